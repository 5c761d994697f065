"""What a role looks for, in words: its saved search as short phrases."""

from datetime import date
from urllib.parse import parse_qsl

from talento.i18n import say
from talento.services.cinema.search import CINEMA, CinemaHaving, CinemaQuery
from talento.services.days import day
from talento.services.reference import book

UNITS = {"age": "", "plays": "", "weight": " kg", "shoe": ""}


def spoken(criteria: str, locale: str) -> list[str]:
    """The phrases of a search as the address bar writes it, in the order of the filters; none for an empty one."""
    query = CinemaQuery.from_address(dict(parse_qsl(criteria)))
    said = [f"“{query.text}”"] if query.text else []
    for name in query.CHOICES:
        said += [_value(name, value, locale) for value in query.chosen(name)]
    said += [_span(query, name, locale) for name in query.SPANS if query.is_bounded(name)]
    if query.free_from or query.free_to:
        said.append(_free(query.free_from, query.free_to, locale))
    return said


def _value(name: str, value: str, locale: str) -> str:
    if name == "has":
        return CinemaHaving(value).label(locale)
    return CINEMA.by_name[name].label(book(), value, locale)


def _span(query: CinemaQuery, name: str, locale: str) -> str:
    low, high = query.bounds(name)
    if low is not None and high is not None:
        span = str(low) if low == high else f"{low}–{high}"
    else:
        span = f"≥ {low}" if high is None else f"≤ {high}"
    return _named(name, span + UNITS.get(name, " cm"), locale)


def _free(first: date | None, last: date | None, locale: str) -> str:
    days = " – ".join(day(one, locale) for one in (first, last) if one)
    return _named("free_from", days, locale)


def _named(name: str, span: str, locale: str) -> str:
    return say(locale, "{what}: {span}", what=say(locale, CINEMA.spans[name]), span=span)
