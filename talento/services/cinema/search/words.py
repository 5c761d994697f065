"""A cinema search in words, for whoever reads what a role looks for."""

from urllib.parse import parse_qsl

from talento.i18n import say
from talento.services.cinema.search.query import CinemaQuery
from talento.services.cinema.search.roster import CINEMA
from talento.services.reference import book


def said(criteria: str, locale: str) -> list[str]:
    """What an address asks for, a short text for each criterion; values of one property stand together."""
    query = CinemaQuery.from_address(dict(parse_qsl(criteria)))
    texts = [f"“{query.text}”"] if query.text else []
    for name in query.CHOICES:
        chosen = [_label(name, value, locale) for value in query.chosen(name)]
        joint = " + " if getattr(query, f"{name}_all", False) else " / "
        texts += [joint.join(chosen)] if chosen else []
    for span in query.SPANS:
        if query.is_bounded(span):
            low, high = query.bounds(span)
            ends = f"{low}–{high}" if None not in (low, high) else f"≥ {low}" if high is None else f"≤ {high}"
            texts.append(f"{say(locale, CINEMA.spans[span])} {ends}")
    if query.free:
        days = " – ".join(dict.fromkeys(day.isoformat() for day in query.free))
        texts.append(f"{say(locale, CINEMA.spans['free_from'])} {days}")
    return texts


def _label(name: str, value: str, locale: str) -> str:
    properties = CINEMA.by_name
    return properties[value if name == "has" else name].label(book(), value, locale)
