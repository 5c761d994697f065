"""Photos and credits in the order their owner chose: the same changes in a draft and in a profile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from talento.vocabulary.casting import PhotoCategory


@dataclass(frozen=True, slots=True)
class PhotoItem:
    """A photo; its key is the file's."""

    key: str
    category: PhotoCategory = PhotoCategory.OTHER


@dataclass(frozen=True, slots=True)
class CreditItem:
    """A production somebody took part in. `year` 0: unknown; `kind`: a slug of `ProductionType`, or empty."""

    key: str
    title: str
    year: int = 0
    kind: str = ""
    part: str = ""
    imdb_id: str = ""


Item = TypeVar("Item", PhotoItem, CreditItem)
Change = Callable[[list[Item]], list[Item]]


def added(item: Item) -> Change[Item]:
    """Puts one at the end; one that is there stays once."""
    return lambda items: [*(one for one in items if one.key != item.key), item]


def removed(key: str) -> Change:
    """Takes one away."""
    return lambda items: [one for one in items if one.key != key]


def replaced(item: Item) -> Change[Item]:
    """Puts one in the place of the one with its key."""
    return lambda items: [item if one.key == item.key else one for one in items]


def moved(key: str, place: int) -> Change:
    """Moves one to a place, counted from 0; beyond the ends it stays at the end."""

    def move(items: list[Any]) -> list[Any]:
        found: list[Any] = []
        others: list[Any] = []
        for one in items:
            (found if one.key == key else others).append(one)
        at = max(0, min(place, len(others)))
        return [*others[:at], *found, *others[at:]]

    return move


def place_of(items: Sequence[PhotoItem | CreditItem], key: str) -> int:
    """Where one stands, from 0; -1 when it is not there."""
    return next((place for place, one in enumerate(items) if one.key == key), -1)
