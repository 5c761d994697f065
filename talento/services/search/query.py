"""What is asked: every field checked and bounded, and the whole of it in the address bar."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from talento.vocabulary.choice import Choice
from talento.vocabulary.countries import COUNTRIES
from talento.vocabulary.languages import Language
from talento.vocabulary.people import Experience, Gender
from talento.vocabulary.work import Availability, WorkMode

LONGEST_TEXT = 100
MOST_VALUES = 30
MOST_PAGES = 100_000
OLDEST = 120
PAGE = 50

Values = tuple[str, ...]


class Sort(Choice):
    """In which order people are listed."""

    BEST = "best", "Best match", "Pertinence"
    NEWEST = "newest", "Newest first", "Plus récents"
    NAME = "name", "Name, A to Z", "Nom, de A à Z"
    COMPLETE = "complete", "Most complete profile", "Profil le plus complet"
    UPDATED = "updated", "Recently updated", "Mis à jour récemment"


class Having(Choice):
    """What a profile may contain."""

    CV = "cv", "Has a CV", "Avec CV"
    PHOTO = "photo", "Has a photo", "Avec photo"
    PORTFOLIO = "portfolio", "Has a portfolio", "Avec portfolio"


@dataclass(frozen=True, slots=True)
class Query:
    """A search. Within one property any value will do, unless `skills_all` or `languages_all` say otherwise."""

    text: str = ""
    skills: Values = ()
    skills_all: bool = False
    residence: Values = ()
    city: Values = ()
    origin: Values = ()
    gender: Values = ()
    age_min: int | None = None
    age_max: int | None = None
    languages: Values = ()
    languages_all: bool = False
    availability: Values = ()
    work_mode: Values = ()
    experience: Values = ()
    has: Values = ()
    registered_from: date | None = None
    registered_to: date | None = None
    sort: Sort = Sort.BEST
    page: int = 1
    everyone: bool = False

    def __post_init__(self) -> None:
        """Whatever was given becomes a search that can be run: bounded, and without what cannot be."""
        for field in fields(self):
            object.__setattr__(self, field.name, _CHECKS[field.name](getattr(self, field.name)))

    @classmethod
    def from_address(cls, params: Mapping[str, str]) -> Self:
        """The search that an address holds; what makes no sense is dropped. Never raises."""
        asked = {_NAMES[name]: value for name, value in params.items() if name in _NAMES and isinstance(value, str)}
        low, _, high = asked.pop("age", "").partition("-")
        return cls(**asked, age_min=low or None, age_max=high or None)  # type: ignore[arg-type]

    def to_address(self) -> str:
        """The query part of an address, without `?`; only what differs from an empty search."""
        return urlencode(
            {name: text for name, attribute in _NAMES.items() if (text := self._said(attribute))}, safe=","
        )

    def replaced(self, **changes: Any) -> Self:
        """This search with some fields changed; anything but turning pages starts again at the first."""
        return replace(self, **({"page": 1} | changes))

    def toggled(self, facet: str, value: str, is_on: bool) -> Self:
        """This search with one value of a facet chosen, or no longer; an unknown facet changes nothing."""
        if facet == "age":
            return self.replaced(**_ages(value if is_on else ""))
        if facet not in FACET_FIELDS:
            return self
        kept = [one for one in getattr(self, facet) if one != value]
        return self.replaced(**{facet: (*kept, value) if is_on else tuple(kept)})

    def chosen(self, facet: str) -> Values:
        """The chosen values of a facet."""
        if facet == "age":
            return (_age_text(self),) if self.is_of_age else ()
        return getattr(self, facet)  # type: ignore[no-any-return]

    @property
    def is_of_age(self) -> bool:
        """Whether the age matters."""
        return self.age_min is not None or self.age_max is not None

    def _said(self, attribute: str) -> str:
        if attribute == "age":
            return _age_text(self) if self.is_of_age else ""
        value = getattr(self, attribute)
        if isinstance(value, tuple):
            return ",".join(value)
        if isinstance(value, bool):
            return "1" if value else ""
        if value == _DEFAULTS[attribute]:
            return ""
        return str(value)


def _age_text(query: Query) -> str:
    return f"{'' if query.age_min is None else query.age_min}-{'' if query.age_max is None else query.age_max}"


def _ages(span: str) -> dict[str, Any]:
    low, _, high = span.partition("-")
    return {"age_min": low or None, "age_max": high or None}


def _text(value: Any) -> str:
    said = value if isinstance(value, str) else ""
    return " ".join(said[: LONGEST_TEXT * 4].replace("\x00", " ").encode("utf-8", "ignore").decode().split())[
        :LONGEST_TEXT
    ].strip()


def _flag(value: Any) -> bool:
    return value is True or value == "1"


def _age(value: Any) -> int | None:
    number = _number(value)
    return number if number is not None and 0 <= number <= OLDEST else None


def _page(value: Any) -> int:
    return min(max(_number(value) or 1, 1), MOST_PAGES)


def _number(value: Any) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value) else None


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _sort(value: Any) -> Sort:
    try:
        return Sort(value)
    except ValueError:
        return Sort.BEST


def _among(allowed: Callable[[str], bool]) -> Callable[[Any], Values]:
    def checked(value: Any) -> Values:
        parts = value.split(",") if isinstance(value, str) else value if isinstance(value, Iterable) else ()
        known = [str(part) for part in parts if isinstance(part, str) and allowed(part)]
        return tuple(dict.fromkeys(known))[:MOST_VALUES]

    return checked


def _one_of(choices: type[Choice]) -> Callable[[Any], Values]:
    return _among(frozenset(choice.value for choice in choices).__contains__)


def _is_slug(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,79}", text) is not None


def _is_city(text: str) -> bool:
    return re.fullmatch(r"[1-9][0-9]{0,8}", text) is not None


_country = _among(COUNTRIES.__contains__)

_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "text": _text,
    "skills": _among(_is_slug),
    "skills_all": _flag,
    "residence": _country,
    "city": _among(_is_city),
    "origin": _country,
    "gender": _one_of(Gender),
    "age_min": _age,
    "age_max": _age,
    "languages": _one_of(Language),
    "languages_all": _flag,
    "availability": _one_of(Availability),
    "work_mode": _one_of(WorkMode),
    "experience": _one_of(Experience),
    "has": _one_of(Having),
    "registered_from": _day,
    "registered_to": _day,
    "sort": _sort,
    "page": _page,
    "everyone": _flag,
}

FACET_FIELDS = (
    "skills",
    "residence",
    "city",
    "origin",
    "gender",
    "languages",
    "availability",
    "work_mode",
    "experience",
    "has",
)

_NAMES: Mapping[str, str] = {
    "q": "text",
    "skill": "skills",
    "skill_all": "skills_all",
    "country": "residence",
    "city": "city",
    "origin": "origin",
    "gender": "gender",
    "age": "age",
    "lang": "languages",
    "lang_all": "languages_all",
    "available": "availability",
    "mode": "work_mode",
    "xp": "experience",
    "has": "has",
    "since": "registered_from",
    "until": "registered_to",
    "sort": "sort",
    "page": "page",
    "everyone": "everyone",
}

_DEFAULTS = {field.name: field.default for field in fields(Query)}
