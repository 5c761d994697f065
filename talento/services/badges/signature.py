"""What a badge's QR says, and how anybody checks it: no database, no network, one public key.

`TB1:<assignment code>:<serial>:<last day>:<signature>`, all of it in the alphanumeric alphabet of QR codes
(ISO/IEC 18004), so that 128 characters make a symbol of 41 modules, half a millimetre each on 25 mm.

- serial: a number in base 36; it grows when the badge is revoked and made again.
- last day: days since 2020-01-01 in base 36; the badge is good on that day and not after it.
- signature: Ed25519 (RFC 8032) over `talento badge` and a zero byte and all that stands before the last colon,
  in base 32 (RFC 4648) without padding.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from talento.errors import Invalid

PREFIX = "TB1"
EPOCH = date(2020, 1, 1)
LONGEST = 2000
"""A text longer than this is no badge and no address either."""

DOMAIN, LIST = b"talento badge\0", b"talento revoked\0"

_SIGNED = re.compile(r"TB1:([A-Z]{8}[0-9]{3,9}-[0-9]{3,9}):([0-9A-Z]{1,6}):([0-9A-Z]{1,5}):([A-Z2-7]{103})")


class Forged(Invalid):
    """It looks like a badge of ours and is none."""


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge claims; `last_day` is the last day on which it is good."""

    code: str
    serial: int
    last_day: date


def signed(badge: Badge, key: Ed25519PrivateKey) -> str:
    """The text of the QR."""
    said = f"{PREFIX}:{badge.code}:{_base36(badge.serial)}:{_base36((badge.last_day - EPOCH).days)}"
    signature = key.sign(DOMAIN + said.encode())
    return f"{said}:{base64.b32encode(signature).decode().rstrip('=')}"


def verified(text: str, key: Ed25519PublicKey, *, today: date, revoked: Container[str] = ()) -> Badge:
    """What a scanned text claims, once it is proved.

    Args:
        today: the shooting day, where the badge is shown.
        revoked: the `fingerprint` of each badge that is not good any more, as far as they are known here.

    Raises:
        Invalid: not a signed badge, forged, expired, or revoked; the sentence says which.
    """
    found = _SIGNED.fullmatch(tidy(text))
    if not found:
        raise Invalid("This is not a signed badge.")
    said = found[0].rpartition(":")[0]
    try:
        key.verify(base64.b32decode(found[4] + "="), DOMAIN + said.encode())
    except (InvalidSignature, binascii.Error) as error:
        raise Forged("This badge is not genuine: its signature is wrong.") from error
    badge = Badge(found[1], int(found[2], 36), EPOCH + timedelta(days=int(found[3], 36)))
    if badge.last_day < today:
        raise Invalid("This badge has expired.")
    if fingerprint(badge.code, badge.serial) in revoked:
        raise Invalid("This badge was revoked.")
    return badge


def public_key(pem: bytes) -> Ed25519PublicKey:
    """The key in a PEM file.

    Raises:
        Invalid: it holds something else.
    """
    try:
        key = load_pem_public_key(pem)
    except ValueError as error:
        raise Invalid("This is not the public key of badges.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise Invalid("This is not the public key of badges.")
    return key


def signed_list(revoked: Iterable[str], at: datetime, key: Ed25519PrivateKey) -> bytes:
    """The list of revoked badges as JSON, signed like a badge so that nobody can shorten it unnoticed."""
    said = json.dumps({"issued_at": at.isoformat(), "revoked": list(revoked)}, separators=(",", ":"))
    signature = base64.b64encode(key.sign(LIST + said.encode())).decode()
    return json.dumps({"list": said, "signature": signature}).encode()


def revoked_in(published: bytes, key: Ed25519PublicKey) -> frozenset[str]:
    """The fingerprints in a published list.

    Raises:
        Invalid: it was altered, or is something else.
    """
    try:
        read = json.loads(published)
        said, signature = str(read["list"]), base64.b64decode(read["signature"], validate=True)
        key.verify(signature, LIST + said.encode())
        return frozenset(map(str, json.loads(said)["revoked"]))
    except (InvalidSignature, ValueError, TypeError, KeyError) as error:
        raise Invalid("This is not the list of revoked badges.") from error


def is_signed(text: str) -> bool:
    """Whether a text claims to be a signed badge."""
    return tidy(text).startswith(f"{PREFIX}:")


def tidy(text: str) -> str:
    """A scanned text without the spaces and the case that scanners add."""
    return re.sub(r"\s", "", text[:400]).upper()


def fingerprint(code: str, serial: int) -> str:
    """What the public list of revoked badges says of one: enough to refuse it, too little to learn codes from."""
    return hashlib.sha256(f"{code}:{serial}".encode()).hexdigest()[:24]


def _base36(number: int) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = digits[digit] + text
    return text or "0"
