"""What a setting can be: each kind turns what was typed into a value, or refuses it in words.

Everything arrives as text, as a form sends it; `typed` is the way back. A value must survive JSON.
"""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlsplit

import phonenumbers
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from talento.errors import Invalid
from talento.services import text
from talento.services.preferences import colors
from talento.vocabulary.choice import Choice
from talento.vocabulary.networks import Network
from talento.vocabulary.zones import zones

V = TypeVar("V")
C = TypeVar("C", bound=Choice)


class Kind(Protocol[V]):
    """One kind of setting; `name` says which control a form shows."""

    @property
    def name(self) -> str: ...

    def checked(self, typed: str) -> V:
        """The value of what was typed.

        Raises:
            Invalid: what is wrong with it.
        """

    def typed(self, value: V) -> str:
        """The value as a form shows it."""


class Plain(Generic[V]):
    """Values that are their own text."""

    def typed(self, value: V) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Line(Plain[str]):
    """One line of text, without markup: whoever shows it escapes it."""

    longest: int = 120
    is_required: bool = False
    name: str = "line"

    def checked(self, typed: str) -> str:
        _short_enough(typed, self.longest)
        cleaned = text.line(typed)
        if self.is_required and not any(character.isalnum() for character in cleaned):
            raise Invalid("Please use at least one letter.")
        return cleaned


@dataclass(frozen=True, slots=True)
class Picture(Plain[str]):
    """An uploaded logo, by the number of its file; empty for none."""

    name: str = "picture"

    def checked(self, typed: str) -> str:
        if typed and not re.fullmatch("[0-9a-f]{32}", typed):
            raise Invalid("Please upload the file again.")
        return typed


@dataclass(frozen=True, slots=True)
class Text(Plain[str]):
    """Several lines; `name` is `markdown` where headings, lists and links are understood."""

    longest: int = 500
    name: str = "text"

    def checked(self, typed: str) -> str:
        _short_enough(typed, self.longest)
        return text.lines(typed)


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off."""

    name: str = "switch"

    def checked(self, typed: str) -> bool:
        if typed not in ("true", "false"):
            raise Invalid("Please choose one of the options.")
        return typed == "true"

    def typed(self, value: bool) -> str:
        return "true" if value else "false"


@dataclass(frozen=True, slots=True)
class Whole(Plain[int]):
    """A whole number between two bounds; `unit` is written with `phrase()`."""

    low: int
    high: int
    unit: str = ""
    name: str = "number"

    def checked(self, typed: str) -> int:
        plain = re.sub(r"[\s\u00a0\u202f']", "", typed[:40])
        if not re.fullmatch(r"-?[0-9]{1,9}", plain, re.ASCII):
            raise Invalid("Please write a whole number.")
        if not self.low <= int(plain) <= self.high:
            raise Invalid("This must be between {low} and {high}.", low=self.low, high=self.high)
        return int(plain)


@dataclass(frozen=True, slots=True)
class OneOf(Generic[C]):
    """One option of a closed list."""

    choices: type[C]
    name: str = "choice"

    def checked(self, typed: str) -> C:
        found = self.choices.parse(typed[:200])
        if found is None:
            raise Invalid("Please choose one of the options.")
        return found

    def typed(self, value: C) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Lines:
    """A list, one entry a line; each entry is checked like a single setting. What stands there twice is kept once."""

    each: Callable[[str], str]
    most: int = 200
    name: str = "list"

    def checked(self, typed: str) -> list[str]:
        _short_enough(typed, self.most * 100)
        found = list(dict.fromkeys(self.each(one) for one in text.lines(typed).split("\n") if one))
        if len(found) > self.most:
            raise Invalid("At most {count} lines, please.", count=self.most)
        return found

    def typed(self, value: list[str]) -> str:
        return "\n".join(value)


@dataclass(frozen=True, slots=True)
class Email(Plain[str]):
    """An e-mail address, or none."""

    name: str = "email"

    def checked(self, typed: str) -> str:
        return text.email_address(typed[:400]) if typed.strip() else ""


@dataclass(frozen=True, slots=True)
class Phone(Plain[str]):
    """A phone number with its country prefix, or none."""

    name: str = "phone"

    def checked(self, typed: str) -> str:
        if not typed.strip():
            return ""
        found = re.sub(r"[\s\u00a0\u202f().-]", "", typed[:60])
        try:
            number = phonenumbers.parse(found)
        except phonenumbers.NumberParseException as error:
            raise Invalid("Please write the number with its country prefix, such as +212522000000.") from error
        if not phonenumbers.is_possible_number(number):
            raise Invalid("This is not a phone number.")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


@dataclass(frozen=True, slots=True)
class Address(Plain[str]):
    """A web address, or none; of one network where there is a `network`."""

    network: Network | None = None
    name: str = "url"

    def checked(self, typed: str) -> str:
        if not typed.strip():
            return ""
        _short_enough(typed, 500)
        found = text.address(typed, field="")
        if self.network and not self.network.owns(urlsplit(found).hostname or ""):
            raise Invalid("This address does not belong to {network}.", network=self.network.en)
        return found


@dataclass(frozen=True, slots=True)
class Color(Plain[str]):
    """A color that white text can be read on (WCAG 2.2, 1.4.3), as `#rrggbb`."""

    name: str = "color"

    def checked(self, typed: str) -> str:
        found = typed.strip().lower()
        if not re.fullmatch(r"#?[0-9a-f]{6}", found, re.ASCII):
            raise Invalid("Please write a color as #rrggbb.")
        color = f"#{found.removeprefix('#')}"
        if colors.contrast(color, "#ffffff") < colors.READABLE:
            raise Invalid("White text can't be read on this color. Please choose a darker one.")
        return color


@dataclass(frozen=True, slots=True)
class Zone(Plain[str]):
    """An IANA time zone."""

    name: str = "zone"

    def checked(self, typed: str) -> str:
        if typed.strip() not in zones():
            raise Invalid("Please choose a time zone from the list.")
        return typed.strip()


@dataclass(frozen=True, slots=True)
class Hour(Plain[str]):
    """A time of day, as `12:59`."""

    name: str = "hour"

    def checked(self, typed: str) -> str:
        if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", typed.strip(), re.ASCII):
            raise Invalid("Please write a time, such as 12:59.")
        return typed.strip()


@dataclass(frozen=True, slots=True)
class Moment(Plain[str]):
    """A day and time by the clock of the site, as `2027-03-12T09:00`, or none."""

    name: str = "moment"

    def checked(self, typed: str) -> str:
        if not typed.strip():
            return ""
        if not re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}", typed.strip()[:16], re.ASCII):
            raise Invalid("This is not a day and a time.")
        try:
            return datetime.fromisoformat(typed.strip()[:16]).isoformat(timespec="minutes")
        except ValueError as error:
            raise Invalid("This is not a day and a time.") from error


@dataclass(frozen=True, slots=True)
class Secret(Plain[str]):
    """A key or password: sealed, and never shown again. `pattern` is what it looks like, `otherwise` the refusal."""

    pattern: str
    otherwise: str
    name: str = "secret"

    def checked(self, typed: str) -> str:
        found = text.line(typed[:2_000])
        if not re.fullmatch(self.pattern, found, re.ASCII):
            raise Invalid(self.otherwise)
        return found


@dataclass(frozen=True, slots=True)
class Host(Plain[str]):
    """The name or address of a server, also one of the own network, or none."""

    name: str = "line"

    def checked(self, typed: str) -> str:
        found = typed.strip().lower()
        if found and not re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[?[0-9a-f:]{2,39}\]?", found, re.ASCII):
            raise Invalid("“{said}” is not the name of a server, such as smtp.example.com.", said=typed.strip()[:60])
        return found.strip("[]")


@dataclass(frozen=True, slots=True)
class PublicKey(Plain[str]):
    """A public key on the curve P-256, as base64 of its DER or as PEM; or none."""

    name: str = "line"

    def checked(self, typed: str) -> str:
        found = re.sub(r"-----[A-Z ]+-----|\s", "", typed[:1_000])
        if found:
            try:
                public_key(found)
            except ValueError as error:
                raise Invalid("This is not a public key for ECDSA.") from error
        return found


def public_key(found: str) -> ec.EllipticCurvePublicKey:
    """The key itself.

    Raises:
        ValueError: it can't be read, or is of another kind.
    """
    try:
        key = serialization.load_der_public_key(base64.b64decode(found, validate=True))
    except UnsupportedAlgorithm as error:
        raise ValueError("another kind of key") from error
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise ValueError("another kind of key")
    return key


def domain(said: str) -> str:
    """The part of e-mail addresses after the @, in lower case.

    Raises:
        Invalid: it can't be one.
    """
    found = said.strip().lower().removeprefix("@")
    if not text.is_host(found):
        raise Invalid("“{said}” is not a domain, such as example.com.", said=said[:60])
    return found


def slug_of(choices: type[Choice]) -> Callable[[str], str]:
    """Checks one line of a list that may only name options of a closed list; their labels are understood, too."""

    def checked(said: str) -> str:
        found = choices.parse(said)
        if found is None:
            known = ", ".join(one.value for one in choices)
            raise Invalid("“{said}” is none of these: {known}.", said=said[:60], known=known)
        return found.value

    return checked


def _short_enough(typed: str, longest: int) -> None:
    if len(typed) > longest:
        raise Invalid("At most {count} characters, please.", count=longest)
