"""Encryption of single values: Fernet with rotation, bound to where the value belongs, and blind indexes.

A stored value reads `v1:<key id>:<token>`. The token's plaintext carries its context (table, row, field), because
Fernet has no associated data: a ciphertext copied to another row is refused (`EN-01`).
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from talento.settings import BadConfiguration, settings

VERSION = "v1"


class Unreadable(Exception):
    """A stored value can't be decrypted here: the key is missing, or the value was altered or moved."""


@dataclass(frozen=True, slots=True)
class Key:
    """One master key's derived keys."""

    id: str
    fields: Fernet
    index: bytes
    files: bytes
    signing: bytes


class Keyring:
    """The keys of ENCRYPTION_KEY, first one active."""

    def __init__(self, masters: Iterable[str]) -> None:
        self.keys = [_derived(master.strip()) for master in masters if master.strip()]
        if not self.keys:
            raise BadConfiguration("ENCRYPTION_KEY is missing; make one with `talento keys new`.")
        self._by_id = {key.id: key for key in self.keys}

    @property
    def active(self) -> Key:
        return self.keys[0]

    def seal(self, value: str, *context: object) -> str:
        """`value` encrypted for one place; reading it back needs the same context."""
        plain = json.dumps([_place(context), value], ensure_ascii=False).encode()
        return f"{VERSION}:{self.active.id}:{self.active.fields.encrypt(plain).decode()}"

    def open(self, sealed: str, *context: object) -> str:
        """The value that was sealed for this context.

        Raises:
            Unreadable: another key, an altered text, or a value that belongs elsewhere.
        """
        place, value = self._plain(sealed)
        if place != _place(context):
            raise Unreadable(f"a value of {place.split(':')[0]} was found in another place")
        return value

    def resealed(self, sealed: str) -> str | None:
        """The same value under the active key; None when it already is."""
        if key_id(sealed) == self.active.id:
            return None
        place, value = self._plain(sealed)
        return self.seal(value, place)

    def place_of(self, sealed: str) -> str:
        """Where a value was sealed for, without saying what it is.

        Raises:
            Unreadable: as `open`.
        """
        return self._plain(sealed)[0]

    def blind(self, label: str, value: str) -> str:
        """What equality search compares instead of the value itself (`EN-07`)."""
        return _blind(self.active, label, value)

    def blinds(self, label: str, value: str) -> list[str]:
        """The same under every key still in use, for searching while a rotation runs."""
        return [_blind(key, label, value) for key in self.keys]

    def _plain(self, sealed: str) -> tuple[str, str]:
        version, _, rest = sealed.partition(":")
        key = self._by_id.get(rest.partition(":")[0])
        if version != VERSION or key is None:
            raise Unreadable("no key for this value")
        try:
            place, value = json.loads(key.fields.decrypt(rest.partition(":")[2].encode()))
        except (InvalidToken, ValueError) as error:
            raise Unreadable("this value was altered") from error
        return place, value


def key_id(sealed: str) -> str:
    """Which key sealed a value."""
    return sealed.split(":", 2)[1] if sealed.startswith(f"{VERSION}:") else ""


def _place(context: tuple[object, ...]) -> str:
    return ":".join(str(part) for part in context)


def _blind(key: Key, label: str, value: str) -> str:
    return hmac.new(key.index, f"{label}\0{value}".encode(), hashlib.sha256).hexdigest()


def _derived(master: str) -> Key:
    secret = base64.urlsafe_b64decode(master)
    return Key(
        id=hashlib.sha256(b"talento key id" + secret).hexdigest()[:8],
        fields=Fernet(base64.urlsafe_b64encode(_subkey(secret, "fields"))),
        index=_subkey(secret, "blind index"),
        files=_subkey(secret, "files"),
        signing=_subkey(secret, "signing"),
    )


def _subkey(secret: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=f"talento {purpose}".encode()).derive(secret)


@lru_cache
def keyring() -> Keyring:
    """The keys of this process."""
    return Keyring(settings().encryption_key.split(","))
