"""Amounts by person, such as birth dates: everybody between two of them, exact to the unit."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from talento.services.search.bitmaps import Ids, by_code, ids_of, of_ids, union


class Ranges:
    """People in buckets of `width`: whole buckets are joined, and only those at either end are looked into."""

    def __init__(
        self, values: NDArray[np.integer], ids: Ids, width: int, amounts: Callable[[Ids], NDArray[np.integer]]
    ) -> None:
        buckets = values // width
        present = np.unique(buckets)
        places = by_code(np.searchsorted(present, buckets), ids, range(len(present)))
        self._people = {int(present[place]): people for place, people in places.items()}
        self._width = width
        self._amounts = amounts

    def between(self, low: int, high: int) -> BitMap:
        """Everybody whose amount is at least `low` and less than `high`."""
        whole, cut = [], []
        for bucket, people in self._people.items():
            start, end = bucket * self._width, (bucket + 1) * self._width
            if low <= start and end <= high:
                whole.append(people)
            elif start < high and low < end:
                cut.append(self._part(people, low, high))
        return union(whole + cut)

    def _part(self, people: BitMap, low: int, high: int) -> BitMap:
        ids = ids_of(people)
        amounts = self._amounts(ids)
        return of_ids(ids[(amounts >= low) & (amounts < high)], is_sorted=True)
