"""One line of the health page, in both languages: the page shows the reader's."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from talento.i18n import is_singular, phrase, say

NARROW_SPACE = "\u202f"
UNITS = (("TB", "To", 1 << 40), ("GB", "Go", 1 << 30), ("MB", "Mo", 1 << 20), ("kB", "ko", 1 << 10))


class State(StrEnum):
    """How something stands."""

    FINE = "fine"
    LOOK = "look"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in both languages."""

    en: str = ""
    fr: str = ""

    def of(self, locale: str) -> str:
        return self.fr if locale == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands, what was found; `advice` is what to do, empty when all is well."""

    name: str
    title: Words
    state: State
    found: Words
    advice: Words = Words()


def finding(name: str, title: str, state: State, found: Words, advice: str = "") -> Finding:
    """A finding; `title` and `advice` are sentences marked with `phrase()`. Advice is dropped where all is well."""
    is_needed = bool(advice) and state is not State.FINE
    return Finding(name, words(title), state, found, words(advice) if is_needed else Words())


def words(text: str, /, **values: object) -> Words:
    """A sentence marked with `phrase()`, with its numbers written as each language writes them."""
    return Words(*(say(locale, text, **_written(locale, values)) for locale in ("en", "fr")))


def counted(n: int, /, *, one: str, other: str, **values: object) -> Words:
    """The same in the singular or the plural; `{n}` is the number."""
    chosen = {locale: one if is_singular(locale, n) else other for locale in ("en", "fr")}
    return Words(*(say(locale, text, **_written(locale, values | {"n": n})) for locale, text in chosen.items()))


def size(count: int) -> Words:
    """An amount of bytes, to two or three digits."""
    for en, fr, unit in UNITS:
        if count >= unit:
            amount = f"{count / unit:.1f}" if count < 10 * unit else f"{count // unit}"
            return Words(f"{amount} {en}", f"{amount.replace('.', ',')}\u00a0{fr}")
    return words(phrase("{n} bytes"), n=count)


def lasting(span: timedelta) -> Words:
    """A span of time, in the largest unit that fills it."""
    seconds = max(0, int(span.total_seconds()))
    if seconds >= 2 * 86_400:
        return words(phrase("{n} days"), n=seconds // 86_400)
    if seconds >= 2 * 3_600:
        return words(phrase("{n} hours"), n=seconds // 3_600)
    if seconds >= 120:
        return words(phrase("{n} minutes"), n=seconds // 60)
    return words(phrase("{n} s"), n=seconds)


def _written(locale: str, values: dict[str, object]) -> dict[str, object]:
    return {name: _plain(locale, value) for name, value in values.items()}


def _plain(locale: str, value: object) -> object:
    if isinstance(value, Words):
        return value.of(locale)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}" if locale == "en" else f"{value:,}".replace(",", NARROW_SPACE)
    return value
