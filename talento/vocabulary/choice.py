"""The closed list: one class per list, one line per option."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Self, TypeVar

from talento.vocabulary.folding import fold


class Choice(StrEnum):
    """One option of a closed list: a stable English slug with its English and French labels.

    Members are declared `HAZEL = "hazel", "Hazel", "Noisette"`, optionally followed by a tuple of further
    spellings that imports must understand. A subclass that overrides `__init__` adds facts to its lines.
    """

    en: str
    fr: str
    aliases: tuple[str, ...]

    def __new__(cls, value: str, *_: object) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        return member

    def __init__(self, _value: str, en: str, fr: str, aliases: tuple[str, ...] = ()) -> None:
        self.en = en
        self.fr = fr
        self.aliases = aliases

    def label(self, locale: str) -> str:
        """What the reader sees: French for any French locale, English otherwise."""
        return self.fr if is_french(locale) else self.en

    @classmethod
    def parse(cls, text: str | None) -> Self | None:
        """The option that answers to `text`: slug, either label or an alias; case, accents and spaces are free."""
        return _spellings(cls).get(fold(text)) if text else None

    @classmethod
    def options(cls, locale: str) -> list[tuple[str, str]]:
        """`(value, label)` pairs in the order of the list, for a select."""
        return [(member.value, member.label(locale)) for member in cls]


C = TypeVar("C", bound=Choice)


def is_french(locale: str) -> bool:
    return locale.lower().replace("_", "-").split("-")[0] == "fr"


@cache
def _spellings(choices: type[C]) -> Mapping[str, C]:
    spellings: dict[str, C] = {}
    for member in choices:
        for text in (member.value, member.en, member.fr, *member.aliases):
            known = spellings.setdefault(fold(text), member)
            if known is not member:
                raise ValueError(f"{choices.__name__}: {text!r} names both {known.value!r} and {member.value!r}")
    return MappingProxyType(spellings)
