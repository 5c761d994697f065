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
PROJECT_PATTERN = re.compile(r"([A-Z]{2})([A-Z]{3})([A-Z]{3})([0-9]{3,})")
ASSIGNMENT_PATTERN = re.compile(r"([A-Z]{8})([0-9]{6,})")
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


@dataclass(frozen=True, slots=True)
class CinemaCode:
    """`PPVVVNNNNNG`: origin, letters of the city of residence, number within the origin, gender."""

    origin: str
    city: str
    number: int
    gender: Gender

    def __str__(self) -> str:
        return f"{self.origin}{self.city}{self.number:05d}{self.gender.value}"

    @classmethod
    def parse(cls, code: str) -> Self:
        """The parts of a code as printed.

        Raises:
            Invalid: it is not a cinema code.
        """
        found = CINEMA_PATTERN.fullmatch(code)
        if not found:
            raise Invalid("This is not a cinema code.")
        return cls(found[1], found[2], int(found[3]), Gender(found[4]))


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """`CCIIISSSNNN`: country and letters of the main shooting place, specialty, number within that prefix."""

    country: str
    city: str
    specialty: str
    number: int

    def __str__(self) -> str:
        return f"{self.country}{self.city}{self.specialty}{self.number:03d}"


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


def new_cinema_code(work: Work, *, origin: str, gender: Gender, city: str) -> CinemaCode:
    """A code for a new cinema talent; its counter is its own, per country of origin (decision 3)."""
    return CinemaCode(origin, city, next_number(work, f"cinema:{origin}"), gender)


def new_project_code(work: Work, *, country: str, city: str, specialty: str) -> ProjectCode:
    """A code for a new project; the number is counted per prefix (decision 4)."""
    return ProjectCode(country, city, specialty, next_number(work, f"project:{country}{city}{specialty}"))


def new_assignment_number(work: Work, project_id: int) -> int:
    """The next number on a project; one that was removed is not given again (decision 5)."""
    return next_number(work, f"assignment:{project_id}")


def assignment_code(project: str, number: int) -> str:
    """What a badge carries: the project's code, a dash, the assignment's own number."""
    return f"{project}-{number:03d}"


def assignment_readings(scanned: str) -> list[str]:
    """The assignment codes that a text may mean, the dash restored; more than one only past number 999.

    >>> assignment_readings("maoua fil 001 007")
    ['MAOUAFIL001-007']
    """
    said = scanned.strip().upper()
    if found := re.search(r"([A-Z]{8}[0-9]{3,})-([0-9]{3,})$", re.sub(r"\s", "", said)):
        return [f"{found[1]}-{found[2]}"]
    whole = ASSIGNMENT_PATTERN.fullmatch(normalize(scanned))
    if not whole or len(whole[2]) > 18:
        return []
    digits = whole[2]
    splits = ((digits[:at], digits[at:]) for at in range(3, len(digits) - 2))
    return [f"{whole[1]}{left}-{right}" for left, right in splits if _is_number(left) and _is_number(right)]


def _is_number(digits: str) -> bool:
    """Whether digits are written as we write numbers: three of them, or more without a leading zero."""
    return len(digits) == 3 or not digits.startswith("0")


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


def is_cinema_code(code: str) -> bool:
    """Whether a normalized text has the form of a cinema code."""
    return CINEMA_PATTERN.fullmatch(code) is not None


def is_talent_code(code: str) -> bool:
    """Whether a normalized text has the form of a general talent code."""
    return TALENT_PATTERN.fullmatch(code) is not None
