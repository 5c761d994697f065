"""The key that signs badges: made once, sealed in the settings, its public half for everybody."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from talento.models.operations import AppSettings
from talento.services import encryption
from talento.services.work import SYSTEM, Work, look, run

NAME = "badge_key"


def signing_key() -> Ed25519PrivateKey:
    """The private key; the first to ask makes it, and everybody else gets the same one."""
    sealed = look(SYSTEM, _stored) or run(SYSTEM, _made)
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(_opened(sealed)))


def checking_key(work: Work) -> Ed25519PublicKey:
    """The key that badges are checked with, read in a transaction that is open already.

    Where no badge was signed yet there is none to check with: any other key refuses them all.
    """
    sealed = _stored(work)
    if not sealed:
        return Ed25519PrivateKey.generate().public_key()
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(_opened(sealed))).public_key()


def public_pem() -> bytes:
    """The public key as PEM, for any device that checks badges."""
    return signing_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _stored(work: Work) -> str:
    row = work.session.get(AppSettings, NAME)
    return row.value if row else ""


def _made(work: Work) -> str:
    seed = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    value = encryption.keyring().seal(seed, "app_settings", NAME, "value")
    work.insert_new(AppSettings, key=NAME, value=value, updated_at=work.now)
    work.session.expire_all()
    return _stored(work)


def _opened(sealed: str) -> str:
    return encryption.keyring().open(sealed, "app_settings", NAME, "value")
