"""What a browser is asked to do with a passkey, and whether its answer is right (WebAuthn level 2, `AU-14`).

Keys belong to the site of PUBLIC_URL, whatever a request claims. A question is not kept: its challenge follows from its
ticket, what it is for and who was asked, so that it counts for that alone, in that browser, for five minutes. Of an
answered one the hash is kept, so that it counts once.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import webauthn
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from sqlalchemy import delete
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    decode_credential_public_key,
    decoded_public_key_to_cryptography,
    options_to_json_dict,
    parse_attestation_object,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.cose import COSECRV, COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationFormat,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from talento.errors import Conflict, Unauthorized
from talento.models.accounts import Passkey, SpentTicket, User
from talento.services import preferences
from talento.services.preferences import registry
from talento.services.tokens import digest, new_token
from talento.services.work import Work
from talento.settings import settings

LASTS = timedelta(minutes=5)
ALGORITHMS = [
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
    COSEAlgorithmIdentifier.EDDSA,
]
LEAST_RSA_BITS = 2048
LONGEST_ID = 1023  # bytes. Source: WebAuthn level 2, §4 "Credential ID"
LONGEST_KEY = 1024
TICKET = re.compile(r"[A-Za-z0-9_-]{43}\.(\d{10})")
MALFORMED = (
    WebAuthnException,
    UnsupportedAlgorithm,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the library raises for an answer that no authenticator gives: it leaves many to the modules it stands on."""


class Purpose(StrEnum):
    """What the answer to a question does."""

    SIGN_IN = "sign_in"
    CODE = "code"
    CONFIRM = "confirm"
    ADD = "add"
    ENROLL = "enroll"


@dataclass(frozen=True, slots=True)
class Question:
    """For `navigator.credentials`: its options, and the ticket that comes back with the answer."""

    ticket: str
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a browser sends: the ticket it was given, and what its authenticator made of the question (JSON)."""

    ticket: str
    credential: str


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key pair that was just made, as far as the site learns of it."""

    credential_id: str
    public_key: str
    sign_count: int
    transports: str
    is_synced: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Which key an answer says it comes from, and whose."""

    credential_id: str
    handle: bytes | None


def host() -> str:
    """The name that keys are bound to; empty where browsers make none: at an IP address, or without https."""
    address = urlsplit(settings().base_url)
    name = address.hostname or ""
    is_local = name == "localhost" or name.endswith(".localhost")
    return name if (settings().is_https or is_local) and not _is_ip(name) else ""


def origin() -> str:
    """Where keys can be used; empty where they can't."""
    return settings().base_url if host() else ""


def ask_for_new(work: Work, purpose: Purpose, holder: str, user: User, known: Iterable[Passkey]) -> Question:
    """Have a key made for somebody, on a device that holds none of theirs.

    Raises:
        Conflict: the site has no name that keys could be bound to.
    """
    ticket = _ticket(work)
    options = webauthn.generate_registration_options(
        rp_id=_named_host(),
        rp_name=preferences.value(registry.SITE_NAME),
        user_id=handle_of(user),
        user_name=user.email,
        user_display_name=user.name or user.email,
        challenge=_challenge(purpose, holder, ticket),
        timeout=_milliseconds(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[_described(key) for key in known],
        supported_pub_key_algs=ALGORITHMS,
    )
    return Question(ticket, options_to_json_dict(options))


def ask_for_one(work: Work, purpose: Purpose, holder: str, known: Iterable[Passkey] = ()) -> Question:
    """Have one of the known keys used; without any, whichever of this site the device holds.

    Raises:
        Conflict: the site has no name that keys could be bound to.
    """
    ticket = _ticket(work)
    options = webauthn.generate_authentication_options(
        rp_id=_named_host(),
        challenge=_challenge(purpose, holder, ticket),
        timeout=_milliseconds(),
        allow_credentials=[_described(key) for key in known],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Question(ticket, options_to_json_dict(options))


def redeem(work: Work, purpose: Purpose, holder: str, ticket: str) -> bytes:
    """The challenge behind a ticket, once. What another browser was asked, or for another purpose, matches no answer.

    Raises:
        Unauthorized: it was answered before, or too long ago.
    """
    said = TICKET.fullmatch(ticket)
    until = datetime.fromtimestamp(int(said[1]), UTC) if said else work.now
    if not holder or not work.now < until <= work.now + LASTS:
        raise Unauthorized("That took too long. Please try again.")
    work.session.execute(delete(SpentTicket).where(SpentTicket.expires_at <= work.now))
    if not _spend(work, ticket, until):
        raise Unauthorized("That took too long. Please try again.")
    return _challenge(purpose, holder, ticket)


def made(credential: str, challenge: bytes) -> NewKey | None:
    """The key that an authenticator made after verifying its owner; None for any other answer."""
    try:
        sent = parse_registration_credential_json(credential)
        _require_plain(sent.response.attestation_object)
        key = webauthn.verify_registration_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=host(),
            expected_origin=origin(),
            require_user_verification=True,
            supported_pub_key_algs=ALGORITHMS,
        )
        _require_sound(key.credential_id, key.credential_public_key)
    except MALFORMED:
        return None
    return NewKey(
        bytes_to_base64url(key.credential_id),
        bytes_to_base64url(key.credential_public_key),
        key.sign_count,
        ",".join(sorted({transport.value for transport in sent.response.transports or []})),
        key.credential_backed_up,
    )


def shown(credential: str) -> Shown | None:
    """Which key an answer names; nothing is proved by that."""
    try:
        sent = parse_authentication_credential_json(credential)
    except MALFORMED:
        return None
    return Shown(bytes_to_base64url(sent.raw_id), sent.response.user_handle)


def signed(credential: str, challenge: bytes, public_key: str) -> int | None:
    """The counter of an answer that the key has signed after verifying its owner; None for any other answer.

    The counter is judged by the caller, once the signature has shown that it is the key's own.
    """
    try:
        answer = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=host(),
            expected_origin=origin(),
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except MALFORMED:
        return None
    return answer.new_sign_count


def handle_of(user: User) -> bytes:
    """What authenticators call an account: random, and nothing that anybody knows it by."""
    return bytes.fromhex(user.uid)


def in_session(session_id: int | None) -> str:
    """The holder of a question that is asked of a signed-in browser."""
    return f"session:{session_id}" if session_id else ""


def _is_ip(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _named_host() -> str:
    name = host()
    if not name:
        raise Conflict("Passkeys can't be used at this address of the site.")
    return name


def _milliseconds() -> int:
    return int(LASTS.total_seconds() * 1000)


def _ticket(work: Work) -> str:
    return f"{new_token()}.{int((work.now + LASTS).timestamp())}"


def _challenge(purpose: Purpose, holder: str, ticket: str) -> bytes:
    asked = json.dumps(["passkey", purpose, holder, ticket]).encode()
    return hmac.digest(settings().secret_key.encode(), asked, hashlib.sha256)


def _spend(work: Work, ticket: str, until: datetime) -> bool:
    """Mark a ticket as answered; False when it was, here or at the same moment."""
    return work.insert_new(SpentTicket, hash=digest(ticket), expires_at=until)


def _described(key: Passkey) -> PublicKeyCredentialDescriptor:
    transports = [AuthenticatorTransport(name) for name in key.transports.split(",") if name]
    return PublicKeyCredentialDescriptor(base64url_to_bytes(key.credential_id), transports=transports)


def _require_plain(attestation: bytes) -> None:
    """Who built the device is not asked; an answer that tells in spite of it is not read further."""
    told = parse_attestation_object(attestation)
    if told.fmt not in (AttestationFormat.NONE, AttestationFormat.PACKED) or told.att_stmt.x5c:
        raise ValueError("an attestation that was not asked for")


def _require_sound(credential_id: bytes, public_key: bytes) -> None:
    """The key can be read, is of a curve or a length that is safe, and fits its row."""
    decoded = decode_credential_public_key(public_key)
    key = decoded_public_key_to_cryptography(decoded)
    is_weak = isinstance(key, RSAPublicKey) and key.key_size < LEAST_RSA_BITS
    is_other_curve = getattr(decoded, "crv", COSECRV.P256) not in (COSECRV.P256, COSECRV.ED25519)
    if is_weak or is_other_curve or len(credential_id) > LONGEST_ID or len(public_key) > LONGEST_KEY:
        raise ValueError("a key that is not accepted")
