"""Encrypted blobs in a folder outside the web root; without its row's key a blob is noise (`EN-08`)."""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from talento.services.encryption import Unreadable
from talento.settings import settings


def folder() -> Path:
    """Where blobs live."""
    return settings().data_dir / "files"


def write(file_id: str, size: str, key: bytes, data: bytes) -> None:
    """Store one blob, whole or not at all."""
    path = path_of(file_id, size)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    nonce = secrets.token_bytes(12)
    temporary = path.with_suffix(f".{secrets.token_hex(4)}.tmp")
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(nonce + AESGCM(key).encrypt(nonce, data, _bound(file_id, size)))
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)


def read(file_id: str, size: str, key: bytes) -> bytes:
    """One blob's content.

    Raises:
        FileNotFoundError: there is none.
        Unreadable: another key, or the blob was altered.
    """
    stored = path_of(file_id, size).read_bytes()
    try:
        return AESGCM(key).decrypt(stored[:12], stored[12:], _bound(file_id, size))
    except (InvalidTag, ValueError) as error:
        raise Unreadable("this file was altered") from error


def remove(file_id: str, sizes: list[str]) -> None:
    """Delete a file's blobs; those already gone are fine."""
    for size in sizes:
        path_of(file_id, size).unlink(missing_ok=True)


def path_of(file_id: str, size: str) -> Path:
    """Where one size of a file is, or would be."""
    return folder() / file_id[:2] / (f"{file_id}.{size}" if size else file_id)


def _bound(file_id: str, size: str) -> bytes:
    return f"{file_id}.{size}".encode()
