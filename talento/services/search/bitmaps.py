"""Compressed sets of people, as the rest of the search builds and joins them."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

Ids = NDArray[np.uint32]
K = TypeVar("K")

NOBODY = BitMap()


def of_ids(ids: Ids, *, is_sorted: bool = False) -> BitMap:
    """The set of these ids. Far quicker when they are sorted and handed over as one buffer."""
    ordered = ids if is_sorted else np.sort(ids)
    return BitMap(array("I", ordered.astype(np.uint32, copy=False).tobytes()))


def ids_of(people: BitMap) -> Ids:
    """The ids of a set, ascending."""
    return np.frombuffer(people.to_array(), dtype=np.uint32)


def union(sets: Sequence[BitMap]) -> BitMap:
    """Everybody who is in any of the sets."""
    return BitMap.union(*sets) if sets else BitMap()


def intersection(sets: Iterable[BitMap]) -> BitMap | None:
    """Everybody who is in all of the sets; None when there are no sets."""
    found: BitMap | None = None
    for people in sets:
        found = people if found is None else found & people
    return found


def by_code(codes: NDArray[np.integer], ids: Ids, values: Sequence[K]) -> dict[K, BitMap]:
    """The ids under each value, where `codes[i]` is the place in `values` of what `ids[i]` has; `ids` ascend."""
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(values) + 1))
    grouped = ids[order]
    return {
        value: of_ids(grouped[start:end], is_sorted=True)
        for value, start, end in zip(values, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
        if end > start
    }


def any_of(sets: Mapping[K, BitMap], values: Iterable[K]) -> BitMap:
    """Everybody who has any of the values."""
    return union([sets[value] for value in values if value in sets])


def all_of(sets: Mapping[K, BitMap], values: Iterable[K]) -> BitMap:
    """Everybody who has all of the values."""
    return intersection(sets.get(value, NOBODY) for value in values) or BitMap()
