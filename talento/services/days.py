"""Days in words, in the reader's language."""

from datetime import date, datetime

from babel.dates import format_date, format_time


def day(value: date, locale: str) -> str:
    """A date in words: 3 February 1999, 3 février 1999."""
    return format_date(value, "d MMMM y", locale=_spoken(locale))


def weekday(value: date, locale: str) -> str:
    """A date in words with its weekday: Monday 12 April 2027, lundi 12 avril 2027."""
    return format_date(value, "EEEE d MMMM y", locale=_spoken(locale))


def hour(local: datetime, locale: str) -> str:
    """The hour of a clock on the wall: 07:30."""
    return format_time(local, "HH:mm", tzinfo=local.tzinfo, locale=_spoken(locale))


def span(first: date | None, last: date | None, locale: str) -> str:
    """Two days in words, without saying a month or a year twice: 12 – 15 March 2027. Empty when neither is known."""
    if first is None or last is None or first == last:
        only = first or last
        return day(only, locale) if only else ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {day(last, locale)}"
    start = "d MMMM" if first.year == last.year else "d MMMM y"
    return f"{format_date(first, start, locale=_spoken(locale))} – {day(last, locale)}"


def _spoken(locale: str) -> str:
    return "fr" if locale == "fr" else "en"
