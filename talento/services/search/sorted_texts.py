"""Texts in order, each with its owner: prefixes in twenty steps, a million of them in thirty megabytes."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from talento.services.search.bitmaps import Ids

_KEY = 32
_GATHERED = 50_000


class SortedTexts:
    """Byte strings in ascending order beside the ids they belong to; equal texts by ascending id."""

    def __init__(self, ids: Ids, blob: bytes, ends: NDArray[np.uint32]) -> None:
        self.ids = ids
        self._blob = blob
        self._ends = ends

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, place: int) -> bytes:
        return self._blob[self._ends[place] : self._ends[place + 1]]

    def starting_with(self, prefix: str) -> Ids:
        """The owners of the texts that begin so."""
        start = _bytes(prefix)
        return self.ids[self._place(start) : self._place(start + b"\xff")]

    def equal_to(self, text: str) -> Ids:
        """The owners of exactly this text."""
        return self.ids[slice(*self._span(text))]

    def place_of(self, text: str, owner: int) -> int:
        """How many entries come before this one."""
        low, high = self._span(text)
        return low + int(np.searchsorted(self.ids[low:high], owner))

    def _span(self, text: str) -> tuple[int, int]:
        encoded = _bytes(text)
        return self._place(encoded), self._place(encoded + b"\x00")

    def _place(self, text: bytes) -> int:
        low, high = 0, len(self.ids)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < text:
                low = middle + 1
            else:
                high = middle
        return low


class Unsorted:
    """Texts on their way to be sorted: kept as bytes, because a million `str` would weigh a hundred megabytes."""

    def __init__(self) -> None:
        self._ids: list[Ids] = []
        self._blobs: list[bytes] = []
        self._lengths: list[NDArray[np.uint32]] = []
        self._heads: list[NDArray[np.bytes_]] = []

    def add(self, texts: Sequence[bytes], ids: Ids) -> None:
        """Take `texts[i]`, which belongs to `ids[i]`."""
        self._ids.append(ids)
        self._blobs.append(b"".join(texts))
        self._lengths.append(np.fromiter(map(len, texts), np.uint32, len(texts)))
        self._heads.append(np.array(texts, dtype=f"S{_KEY}"))

    def sorted(self) -> SortedTexts:
        """All of them in order; what was gathered is let go."""
        if not self._ids:
            return SortedTexts(np.empty(0, np.uint32), b"", np.zeros(1, np.uint32))
        ids, lengths = np.concatenate(self._ids), np.concatenate(self._lengths)
        blob, heads = b"".join(self._blobs), np.concatenate(self._heads)
        self.__init__()  # type: ignore[misc]
        starts = (np.cumsum(lengths, dtype=np.uint32) - lengths).astype(np.uint32)
        order = _order(heads, ids)
        arranged = heads[order]
        alike = np.flatnonzero((arranged[1:] == arranged[:-1]) & (lengths[order][1:] >= _KEY))
        del heads, arranged
        _mend(order, alike, lambda place: (blob[starts[place] : starts[place] + lengths[place]], ids[place]))
        ends = np.concatenate([np.zeros(1, np.uint32), np.cumsum(lengths[order], dtype=np.uint32)])
        return SortedTexts(ids[order], _gathered(blob, starts[order], lengths[order]), ends)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _order(heads: NDArray[np.bytes_], ids: Ids) -> NDArray[np.int32]:
    """Where each text goes by its first bytes, taken as four numbers: much quicker than comparing texts."""
    columns = heads.view(">u8").reshape(-1, _KEY // 8)
    numbers = [columns[:, place].astype(np.uint64) for place in reversed(range(_KEY // 8))]
    used = [column for column in numbers if column.any()]
    return np.lexsort([ids, *used]).astype(np.int32)


def _mend(order: NDArray[np.int32], alike: NDArray[np.intp], text: Callable[[int], tuple[bytes, int]]) -> None:
    """Put right the few runs whose first bytes are alike and whose later ones decide."""
    for run in np.split(alike, np.flatnonzero(np.diff(alike) > 1) + 1):
        if len(run):
            span = slice(int(run[0]), int(run[-1]) + 2)
            order[span] = sorted(order[span].tolist(), key=text)


def _gathered(blob: bytes, starts: NDArray[np.uint32], lengths: NDArray[np.uint32]) -> bytes:
    """The texts one after another in their new order, without making each of them an object."""
    source = np.frombuffer(blob, np.uint8)
    parts = []
    for place in range(0, len(starts), _GATHERED):
        sizes = lengths[place : place + _GATHERED].astype(np.int64)
        shifts = starts[place : place + _GATHERED].astype(np.int64) - (np.cumsum(sizes) - sizes)
        parts.append(source[np.repeat(shifts, sizes) + np.arange(int(sizes.sum()))].tobytes())
    return b"".join(parts)
