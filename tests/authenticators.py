"""An authenticator in software: it makes real keys, attestations and assertions, as devices do, or wrong on demand."""

import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from talento.services.ceremonies import Question, Reply

ES256, RS256, EDDSA = -7, -257, -8
PRESENT, VERIFIED, ELIGIBLE, SYNCED, WITH_KEY = 0x01, 0x04, 0x08, 0x10, 0x40
HERE = "http://localhost:5000"


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _size(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


@dataclass
class Key:
    """One discoverable credential."""

    alg: int = ES256
    bits: int = 2048
    curve: ec.EllipticCurve = field(default_factory=ec.SECP256R1)
    id: bytes = field(default_factory=lambda: os.urandom(32))
    handle: bytes = b""
    count: int = 0

    def __post_init__(self) -> None:
        if self.alg == RS256:
            self._private: Any = rsa.generate_private_key(65537, self.bits)
        elif self.alg == EDDSA:
            self._private = ed25519.Ed25519PrivateKey.generate()
        else:
            self._private = ec.generate_private_key(self.curve)

    @property
    def cose(self) -> bytes:
        """The public half as authenticators write it (RFC 9053)."""
        public = self._private.public_key()
        if self.alg == RS256:
            numbers = public.public_numbers()
            return cbor2.dumps({1: 3, 3: RS256, -1: _size(numbers.n), -2: _size(numbers.e)})
        if self.alg == EDDSA:
            return cbor2.dumps({1: 1, 3: EDDSA, -1: 6, -2: public.public_bytes_raw()})
        numbers, width = public.public_numbers(), (self.curve.key_size + 7) // 8
        curve = {"secp256r1": 1, "secp384r1": 2}[self.curve.name]
        x, y = numbers.x.to_bytes(width, "big"), numbers.y.to_bytes(width, "big")
        return cbor2.dumps({1: 2, 3: self.alg, -1: curve, -2: x, -3: y})

    def sign(self, data: bytes) -> bytes:
        if self.alg == RS256:
            return self._private.sign(data, padding.PKCS1v15(), SHA256())
        if self.alg == EDDSA:
            return self._private.sign(data)
        return self._private.sign(data, ec.ECDSA(SHA256()))


class Authenticator:
    """A device and the browser before it, at one site. `counts`: hardware that counts its signatures."""

    def __init__(self, *, alg: int = ES256, counts: bool = True, origin: str = HERE, **key: Any) -> None:
        self._alg, self._key, self._counts, self._origin = alg, key, counts, origin
        self.keys: list[Key] = []

    def create(self, question: Question, **wrong: Any) -> Reply:
        """Make a key pair; what is `wrong` takes the place of what belongs there."""
        key = Key(self._alg, handle=unb64(question.options["user"]["id"]), **self._key)
        if "id" in wrong:
            key.id = wrong["id"]
        self.keys.append(key)
        known = os.urandom(16) if wrong.get("is_attested") else bytes(16)
        attested = known + len(key.id).to_bytes(2, "big") + key.id + wrong.get("cose", key.cose)
        flags = PRESENT | VERIFIED | WITH_KEY | (0 if self._counts else ELIGIBLE | SYNCED)
        data = self._data(question.options["rp"]["id"], flags, key, attested, wrong)
        statement = {"alg": ES256, "sig": b"", "x5c": [b"a certificate"]} if wrong.get("is_attested") else {}
        fmt = wrong.get("fmt", "packed" if wrong.get("is_attested") else "none")
        client = self._client("webauthn.create", question, wrong)
        response = {
            "clientDataJSON": b64(client),
            "attestationObject": b64(cbor2.dumps({"fmt": fmt, "attStmt": statement, "authData": data})),
            "transports": ["internal", "hybrid"],
        }
        return self._reply(question, key, response)

    def get(self, question: Question, **wrong: Any) -> Reply:
        """Sign with the first key that is allowed; what is `wrong` takes the place of what belongs there."""
        allowed = [unb64(one["id"]) for one in question.options.get("allowCredentials", [])]
        key = wrong.get("key") or next(key for key in self.keys if not allowed or key.id in allowed)
        data = self._data(question.options["rpId"], PRESENT | VERIFIED, key, b"", wrong)
        client = self._client("webauthn.get", question, wrong)
        signature = wrong.get("signer", key).sign(data + hashlib.sha256(client).digest())
        response = {
            "clientDataJSON": b64(client),
            "authenticatorData": b64(data),
            "signature": b64(signature),
            "userHandle": b64(wrong.get("handle", key.handle)) if wrong.get("handle", key.handle) else None,
        }
        return self._reply(question, key, response)

    def _data(self, rp: str, flags: int, key: Key, attested: bytes, wrong: dict[str, Any]) -> bytes:
        if self._counts:
            key.count = wrong.get("count", key.count + 1)
        flags = (flags | wrong.get("with_flags", 0)) & ~wrong.get("without", 0)
        named = hashlib.sha256(wrong.get("rp", rp).encode()).digest()
        return named + bytes([flags]) + key.count.to_bytes(4, "big") + attested

    def _client(self, kind: str, question: Question, wrong: dict[str, Any]) -> bytes:
        said = {
            "type": wrong.get("kind", kind),
            "challenge": b64(wrong["challenge"]) if "challenge" in wrong else question.options["challenge"],
            "origin": wrong.get("origin", self._origin),
            "crossOrigin": False,
        }
        return json.dumps(said).encode()

    def _reply(self, question: Question, key: Key, response: dict[str, Any]) -> Reply:
        whole = {"id": b64(key.id), "rawId": b64(key.id), "type": "public-key", "response": response}
        return Reply(question.ticket, json.dumps(whole))
