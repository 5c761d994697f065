"""Talent codes: how they are made, read and numbered. Source: product decisions 2, 3, 5 and 6."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote, urlsplit

from sqlalchemy import text

from talento.errors import Invalid
from talento.services.work import Work
from talento.vocabulary.people import Gender

UNLISTED = "VNL"
TALENT_PATTERN = re.compile(r"([A-Z]{2})([MFN])([0-9]{4,})([A-Z]{3})")
CINEMA_PATTERN = re.compile(r"([A-Z]{2})([A-Z]{3})([0-9]{5,})([MFN])")
LONGEST = 2_000

_NEXT = text(
    "INSERT INTO counter (scope, value) VALUES (:scope, 1)"
    " ON CONFLICT (scope) DO UPDATE SET value = counter.value + 1 RETURNING value"
)


@dataclass(frozen=True, slots=True)
class TalentCode:
    """`PPGNNNNVVV`: origin, gender, number within the origin, letters of the city of residence."""

    origin: str
    gender: Gender
    number: int
    city: str

    def __str__(self) -> str:
        return f"{self.origin}{self.gender.value}{self.number:04d}{self.city}"

    @classmethod
    def parse(cls, code: str) -> Self:
        """The parts of a code as printed.

        Raises:
            Invalid: it is not a talent code.
        """
        found = TALENT_PATTERN.fullmatch(code)
        if not found:
            raise Invalid("This is not a talent code.")
        return cls(found[1], Gender(found[2]), int(found[3]), found[4])


def city_letters(name: str) -> str:
    """The three letters of a city: accents dropped, A to Z only, padded with X.

    >>> city_letters("Fès"), city_letters("El Jadida"), city_letters("Ur"), city_letters("الرباط")
    ('FES', 'ELJ', 'URX', 'XXX')
    """
    letters = re.sub("[^A-Z]", "", unicodedata.normalize("NFKD", name).upper())
    return letters[:3].ljust(3, "X")


def next_number(work: Work, scope: str) -> int:
    """The next number of a scope, never given before.

    One statement in the caller's transaction: it waits for rivals, and a rollback leaves no gap.
    """
    return int(work.session.connection().execute(_NEXT, {"scope": scope}).scalar_one())


def new_talent_code(work: Work, *, origin: str, gender: Gender, city: str) -> TalentCode:
    """A code for a new talent; the number is counted per country of origin."""
    return TalentCode(origin, gender, next_number(work, f"talent:{origin}"), city)


def normalize(scanned: str) -> str:
    """What a person typed or a camera read, as codes are stored.

    Accepts the address that our QR holds, any case, spaces and dashes. Never raises; garbage gives garbage
    that matches nothing.
    """
    said = scanned.strip()[:LONGEST]
    if "://" in said or said.startswith("/"):
        said = _last_segment(said)
    return re.sub(r"[\s\x00-\x1f\-‐‑‒–—_.·]", "", said).upper()


def _last_segment(address: str) -> str:
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return unquote(path.rstrip("/").rsplit("/", 1)[-1])


def is_talent_code(code: str) -> bool:
    """Whether a normalized text has the form of a general talent code."""
    return TALENT_PATTERN.fullmatch(code) is not None
