"""What any search is made of: every field checked and bounded, and the whole of it in the address bar."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cache
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from talento.vocabulary.choice import Choice
from talento.vocabulary.countries import COUNTRIES

LONGEST_TEXT = 100
MOST_VALUES = 30
MOST_PAGES = 100_000
OLDEST = 120

Values = tuple[str, ...]
Check = Callable[[Any], Any]


class Sort(Choice):
    """In which order people are listed."""

    BEST = "best", "Best match", "Pertinence"
    NEWEST = "newest", "Newest first", "Plus récents"
    NAME = "name", "Name, A to Z", "Nom, de A à Z"
    COMPLETE = "complete", "Most complete profile", "Profil le plus complet"
    UPDATED = "updated", "Recently updated", "Mis à jour récemment"


class Asked:
    """A search among some people; each roster has its own, a frozen dataclass of what it may ask.

    `CHECKS` makes something that can be run of whatever a field was given; `NAMES` are the fields by their names in
    the address; `SPANS` two fields that are written there as one, `18-25`; `CHOICES` the fields of several values.
    """

    __slots__ = ()

    CHECKS: ClassVar[Mapping[str, Check]]
    NAMES: ClassVar[Mapping[str, str]]
    SPANS: ClassVar[Mapping[str, tuple[str, str]]] = {"age": ("age_min", "age_max")}
    CHOICES: ClassVar[tuple[str, ...]]

    text: str
    has: Values
    age_min: int | None
    age_max: int | None
    sort: Sort
    page: int

    def __post_init__(self) -> None:
        """Whatever was given becomes a search that can be run: bounded, and without what cannot be."""
        for name in _defaults(type(self)):
            object.__setattr__(self, name, self.CHECKS[name](getattr(self, name)))

    @classmethod
    def from_address(cls, params: Mapping[str, str]) -> Self:
        """The search that an address holds; what makes no sense is dropped. Never raises."""
        known = {cls.NAMES[name]: value for name, value in params.items() if name in cls.NAMES}
        asked = {name: value for name, value in known.items() if isinstance(value, str)}
        for span in cls.SPANS:
            asked |= cls._ends(span, asked.pop(span, ""))
        return cls(**asked)

    def to_address(self) -> str:
        """The query part of an address, without `?`; only what differs from an empty search."""
        said = {name: text for name, attribute in self.NAMES.items() if (text := self._said(attribute))}
        return urlencode(said, safe=",")

    def replaced(self, **changes: Any) -> Self:
        """This search with some fields changed; anything but turning pages starts again at the first."""
        return replace(self, **({"page": 1} | changes))  # type: ignore[type-var]

    def toggled(self, facet: str, value: str, is_on: bool) -> Self:
        """This search with one value of a facet chosen, or no longer; an unknown facet changes nothing."""
        if facet in self.SPANS:
            return self.replaced(**dict.fromkeys(self.SPANS[facet]) | self._ends(facet, value if is_on else ""))
        if facet not in self.CHOICES:
            return self
        kept = [one for one in getattr(self, facet) if one != value]
        return self.replaced(**{facet: (*kept, value) if is_on else tuple(kept)})

    def chosen(self, facet: str) -> Values:
        """The chosen values of a facet."""
        if facet in self.SPANS:
            return (self._said(facet),) if self.is_bounded(facet) else ()
        return getattr(self, facet)  # type: ignore[no-any-return]

    def bounds(self, span: str) -> tuple[int | None, int | None]:
        """The two ends of a span, each None when it is open."""
        low, high = self.SPANS[span]
        return getattr(self, low), getattr(self, high)

    def is_bounded(self, span: str) -> bool:
        """Whether a span matters."""
        return self.bounds(span) != (None, None)

    @classmethod
    def _ends(cls, span: str, said: str) -> dict[str, Any]:
        low, _, high = said.partition("-")
        return dict(zip(cls.SPANS[span], (low or None, high or None), strict=True))

    def _said(self, attribute: str) -> str:
        if attribute in self.SPANS:
            low, high = self.bounds(attribute)
            is_open = low is None and high is None
            return "" if is_open else f"{'' if low is None else low}-{'' if high is None else high}"
        value = getattr(self, attribute)
        if isinstance(value, tuple):
            return ",".join(value)
        if isinstance(value, bool):
            return "1" if value else ""
        return "" if value == _defaults(type(self))[attribute] else str(value)


@cache
def _defaults(asked: type[Asked]) -> dict[str, Any]:
    return {field.name: field.default for field in fields(asked)}  # type: ignore[arg-type]


def text(value: Any) -> str:
    """A text to search for, without what no text has."""
    said = value if isinstance(value, str) else ""
    return " ".join(said[: LONGEST_TEXT * 4].replace("\x00", " ").encode("utf-8", "ignore").decode().split())[
        :LONGEST_TEXT
    ].strip()


def flag(value: Any) -> bool:
    """Yes, or no."""
    return value is True or value == "1"


def between(low: int, high: int) -> Check:
    """A number within bounds; else None."""

    def checked(value: Any) -> int | None:
        number = _number(value)
        return number if number is not None and low <= number <= high else None

    return checked


def page(value: Any) -> int:
    """A page that there may be."""
    return min(max(_number(value) or 1, 1), MOST_PAGES)


def day(value: Any) -> date | None:
    """A day of the calendar, as `2027-03-12`; else None."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def order(value: Any) -> Sort:
    """One of the orders; the best match if it is none."""
    try:
        return Sort(value)
    except ValueError:
        return Sort.BEST


def among(allowed: Callable[[str], bool]) -> Callable[[Any], Values]:
    """The values that are allowed, each once, as many as there may be."""

    def checked(value: Any) -> Values:
        parts = value.split(",") if isinstance(value, str) else value if isinstance(value, Iterable) else ()
        known = [str(part) for part in parts if isinstance(part, str) and allowed(part)]
        return tuple(dict.fromkeys(known))[:MOST_VALUES]

    return checked


def one_of(choices: type[Choice]) -> Callable[[Any], Values]:
    """Values of a closed list."""
    return among(frozenset(choice.value for choice in choices).__contains__)


def _number(value: Any) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value) else None


slugs = among(lambda text: re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,79}", text) is not None)
cities = among(lambda text: re.fullmatch(r"[1-9][0-9]{0,8}", text) is not None)
countries = among(COUNTRIES.__contains__)
age = between(0, OLDEST)
