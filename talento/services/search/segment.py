"""An index of some people that never changes: sets by facet value, words, and the order of every sort."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from talento.services.search.asked import Sort
from talento.services.search.bitmaps import Ids, by_code, ids_of, of_ids
from talento.services.search.lexicon import Lexicon
from talento.services.search.ranges import Ranges
from talento.services.search.reading import HIDDEN, SUSPENDED, UNCONSENTED, Chunk
from talento.services.search.sorted_texts import SortedTexts, Unsorted
from talento.services.search.words import MARK, folded_together
from talento.vocabulary.people import ADULT

AGE_BANDS = {
    "-17": (0, 17),
    "18-24": (18, 24),
    "25-34": (25, 34),
    "35-44": (35, 44),
    "45-59": (45, 59),
    "60-": (60, 120),
}
MONTH = 30 * 86_400
MOST = (1 << 16) - 1
WALKED = 4_096
TINY = 4_096
_ID_BITS, _SECOND_BITS = 25, 31
_EPOCH = 1_577_836_800  # 2020: instants then fit in 31 bits until 2088


class Segment:
    """Some people, ready to be searched. Arrays are looked up by id.

    Args:
        bits: the flag of each facet that people have or have not.
        bands: the ages that the facet of ages counts.
    """

    def __init__(
        self, chunks: Iterable[Chunk], bits: Mapping[str, int], bands: Mapping[str, tuple[int, int]] = AGE_BANDS
    ) -> None:
        draft = _Draft(bits)
        for chunk in chunks:
            draft.take(chunk)
        self.people = of_ids(draft.ids, is_sorted=True)
        self.places = _Places(draft.ids)
        self._arrange(draft)
        self.facets: dict[str, dict[str, BitMap]] = draft.facets()
        self.codes_of: dict[str, tuple[NDArray[np.uint16], list[str]]] = {
            name: (self.places.spread(codes, draft.ids), values)
            for name, (codes, values) in draft.single.items()
            if len(values) > 16
        }
        self._open = of_ids(draft.ids[(draft.flags & (HIDDEN | SUSPENDED)) == 0], is_sorted=True)
        self._unconsented = of_ids(draft.ids[(draft.flags & UNCONSENTED) > 0], is_sorted=True)
        self.names_words = Lexicon(draft.name_words)
        self.bio_words = Lexicon(draft.bio_words)
        self.emails: SortedTexts = draft.emails.sorted()
        self.codes: SortedTexts = draft.codes.sorted()
        self._born = Ranges(draft.born, draft.ids, 10_000, lambda ids: self._born_on[self.places(ids)])
        self._since = Ranges(draft.registered, draft.ids, MONTH, lambda ids: self._registered[self.places(ids)])
        self._of_bands = bands
        self._bands: tuple[date, dict[str, BitMap]] | None = None
        self._seen: tuple[date, BitMap] | None = None
        self._amounts, self._away = draft.amounts(), draft.days()
        self._ids = draft.ids if self._amounts else draft.ids[:0]
        self._orders: dict[Sort, Ids] = (
            {sort: self._order(sort) for sort in Sort if sort is not Sort.COMPLETE} if len(self) > TINY else {}
        )
        self._shrink()

    def __len__(self) -> int:
        return len(self.people)

    def visible(self, today: date) -> BitMap:
        """Whom recruiters may find: not hidden, not suspended, and of age unless somebody agreed for them."""
        if not self._unconsented:
            return self._open
        if self._seen is None or self._seen[0] != today:
            self._seen = today, self._open - (self._unconsented & self.of_age(None, ADULT - 1, today))
        return self._seen[1]

    def of_age(self, low: int | None, high: int | None, today: date) -> BitMap:
        """Everybody who is between `low` and `high` years old today, both included; nobody of unknown age."""
        now = _number(today)
        latest = now - (low or 0) * 10_000 + 1
        earliest = now - ((high if high is not None else 150) + 1) * 10_000 + 1
        return self._born.between(max(earliest, 1), latest)

    def age_bands(self, today: date) -> dict[str, BitMap]:
        """The facet of ages, which moves on with the date."""
        if self._bands is None or self._bands[0] != today:
            bands = {name: self.of_age(low, high, today) for name, (low, high) in self._of_bands.items()}
            self._bands = today, bands
        return self._bands[1]

    def registered(self, start: int, end: int) -> BitMap:
        """Everybody who registered from second `start` until before second `end`."""
        return self._since.between(start, end)

    def amounting(self, name: str, low: int | None, high: int | None) -> BitMap:
        """Everybody whose amount is between two, both included; nobody of an unknown amount."""
        amounts = self._amounts[name]
        return self._where((amounts >= max(low or 1, 1)) & (amounts <= (MOST if high is None else high)))

    def knowing(self, name: str) -> BitMap:
        """Everybody of whom an amount is known."""
        return self._where(self._amounts[name] > 0)

    def overlapping(self, lower: str, upper: str, low: int, high: int) -> BitMap:
        """Everybody with a range of amounts, open where an end is unknown, that has some of `low` to `high`."""
        starts, ends = self._amounts[lower], self._amounts[upper]
        is_known = (starts > 0) | (ends > 0)
        return self._where(is_known & (starts <= high) & ((ends >= low) | (ends == 0)))

    def away(self, first: date, last: date) -> BitMap:
        """Everybody with a stretch of days of which some are between `first` and `last`."""
        owners, starts, ends = self._away
        return of_ids(owners[(starts <= _number(last)) & (ends >= _number(first))], is_sorted=True)

    def registered_at(self, ids: Ids) -> NDArray[np.uint32]:
        """In which second these people registered."""
        return self._registered[self.places(ids)]  # type: ignore[no-any-return]

    def _where(self, chosen: NDArray[np.bool_]) -> BitMap:
        return of_ids(self._ids[chosen], is_sorted=True)

    def first(self, people: BitMap, sort: Sort, most: int) -> list[int]:
        """The first `most` of `people` in an order."""
        size = len(people)
        most = min(most, size)
        if not most:
            return []
        if _same(sort) in self._orders and most * len(self.people) / size < size / 8:
            return list(self._walk(people, sort, most))
        ids = ids_of(people)
        keys = self.keys(sort, ids)
        if size > 4 * most:
            chosen = np.argpartition(keys, most - 1)[:most]
            ids, keys = ids[chosen], keys[chosen]
        return ids[np.argsort(keys)][:most].tolist()  # type: ignore[no-any-return]

    def keys(self, sort: Sort, ids: Ids) -> NDArray[np.int64]:
        """Numbers that ascend in an order; no two people have the same. Names count within this segment only."""
        places = self.places(ids)
        if sort is Sort.NAME:
            return self._name_rank[places].astype(np.int64)
        instants = self._updated if sort is Sort.UPDATED else self._registered
        seconds = np.clip(instants[places].astype(np.int64) - _EPOCH, 0, (1 << _SECOND_BITS) - 1)
        key = (seconds << _ID_BITS) | ids.astype(np.int64)
        if sort in (Sort.BEST, Sort.COMPLETE):
            key |= self._completeness[places].astype(np.int64) << (_ID_BITS + _SECOND_BITS)
        return -key

    def _shrink(self) -> None:
        """Give back what growing sets have set aside."""
        for sets in (*self.facets.values(), self.names_words.by_word(), self.bio_words.by_word()):
            for people in sets.values():
                people.shrink_to_fit()

    def _walk(self, people: BitMap, sort: Sort, most: int) -> Iterator[int]:
        """Along the whole order, keeping who is wanted: quick when most are."""
        order = self._orders[_same(sort)]
        left = most
        for start in range(0, len(order), WALKED):
            for person in order[start : start + WALKED].tolist():
                if person in people:
                    yield person
                    left -= 1
                    if not left:
                        return

    def _order(self, sort: Sort) -> Ids:
        ids = ids_of(self.people)
        return ids[np.argsort(self.keys(sort, ids))]

    def _arrange(self, draft: "_Draft") -> None:
        def spread(values: NDArray) -> NDArray:
            return self.places.spread(values, draft.ids)

        self._born_on = spread(draft.born.astype(np.int32))
        self._registered = spread(draft.registered.astype(np.uint32))
        self._updated = spread(draft.updated.astype(np.uint32))
        self._completeness = spread(draft.completeness.astype(np.uint8))
        self.shown_names: SortedTexts = draft.shown_names.sorted()
        ranks = np.empty(len(draft.ids), np.uint32)
        ranks[np.searchsorted(draft.ids, self.shown_names.ids)] = np.arange(len(draft.ids), dtype=np.uint32)
        self._name_rank = spread(ranks)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _same(sort: Sort) -> Sort:
    """Without words to match, the best profile is the most complete one."""
    return Sort.BEST if sort is Sort.COMPLETE else sort


class _Places:
    """Where in the arrays a person is: at their own number, or, when numbers are far apart, in a packed row."""

    def __init__(self, ids: Ids) -> None:
        self._size = int(ids[-1]) + 1 if len(ids) else 0
        self._ids = ids if self._size > 2 * len(ids) + 1_000 else None

    def __call__(self, ids: Ids) -> NDArray[np.intp] | Ids:
        return ids if self._ids is None else np.searchsorted(self._ids, ids)

    def spread(self, values: NDArray, ids: Ids) -> NDArray:
        """One value per person, moved to where they are looked up."""
        if self._ids is not None:
            return values
        spread = np.zeros(self._size, values.dtype)
        spread[ids] = values
        return spread


@dataclass
class _Draft:
    """What is gathered chunk by chunk before it is put in order."""

    bits: Mapping[str, int]
    parts: dict[str, list[NDArray]] = field(default_factory=lambda: defaultdict(list))
    slugs: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(count().__next__)))
    many: dict[str, dict[str, BitMap]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(BitMap)))
    name_words: dict[str, BitMap] = field(default_factory=lambda: defaultdict(BitMap))
    bio_words: dict[str, BitMap] = field(default_factory=lambda: defaultdict(BitMap))
    emails: Unsorted = field(default_factory=Unsorted)
    codes: Unsorted = field(default_factory=Unsorted)
    shown_names: Unsorted = field(default_factory=Unsorted)

    def take(self, chunk: Chunk) -> None:
        """Add some people; chunks come in ascending order of id."""
        for name in ("ids", "flags", "city", "born", "completeness", "registered", "updated"):
            self.parts[name].append(getattr(chunk, name))
        for name, values in chunk.choices.items():
            numbers = self.slugs[name]
            self.parts[f"{name} slug"].append(np.fromiter(map(numbers.__getitem__, values), np.uint16, len(values)))
        for name, amounts in chunk.numbers.items():
            self.parts[f"{name} amount"].append(amounts.astype(np.uint16))
        for name, (owners, ones) in chunk.many.items():
            self._take_many(name, owners, np.asarray(ones))
        for name, part in zip(("owners", "starts", "ends"), chunk.spans or (), strict=False):
            self.parts[f"span {name}"].append(part)
        self.emails.add(chunk.emails, chunk.ids)
        self.codes.add(chunk.codes, chunk.ids)
        self.codes.add([code.encode() for code in chunk.aliases[1]], chunk.aliases[0])
        self._take_names(chunk)
        for owners, texts in ((chunk.ids, chunk.bios), *chunk.texts):
            _add_words(self.bio_words, folded_together(texts).split(), owners, per_person=1)

    def facets(self) -> dict[str, dict[str, BitMap]]:
        """People by facet and value."""
        found = {name: by_code(codes, self.ids, values) for name, (codes, values) in self.single.items()}
        for sets in found.values():
            sets.pop("", None)
        for name, bit in self.bits.items():
            found[name] = {name: of_ids(self.ids[(self.flags & bit) > 0], is_sorted=True)}
        return found | {name: dict(sets) for name, sets in self.many.items()}

    @property
    def single(self) -> Mapping[str, tuple[NDArray[np.uint16], list[str]]]:
        """For facets with one value a person: which, as its place in a list of values."""
        if not hasattr(self, "_single"):
            self._single = {name: (self._joined(f"{name} slug"), list(slugs)) for name, slugs in self.slugs.items()}
            cities, places = np.unique(self._joined("city"), return_inverse=True)
            self._single["city"] = places.astype(np.uint16), list(map(str, cities.tolist()))
        return self._single

    def __getattr__(self, name: str) -> NDArray:
        if name.startswith("_"):
            raise AttributeError(name)
        joined = self._joined(name)
        setattr(self, name, joined)
        return joined

    def amounts(self) -> dict[str, NDArray]:
        """Amounts by name, one a person, in the order of their ids."""
        suffix = " amount"
        names = [name for name in self.parts if name.endswith(suffix)]
        return {name.removesuffix(suffix): self._joined(name) for name in names}

    def days(self) -> tuple[NDArray, NDArray, NDArray]:
        """Owners, ascending, first and last days of all stretches."""
        owners, starts, ends = (self._joined(f"span {name}") for name in ("owners", "starts", "ends"))
        order = np.argsort(owners, kind="stable")
        return owners[order], starts[order].astype(np.int32), ends[order].astype(np.int32)

    def _joined(self, name: str) -> NDArray:
        parts = self.parts.pop(name, None)
        return np.concatenate(parts) if parts else np.empty(0, np.uint32 if name == "ids" else np.int64)

    def _take_many(self, facet: str, owners: Ids, ones: NDArray) -> None:
        if len(owners) == 0:
            return
        values, codes = np.unique(ones, return_inverse=True)
        order = np.lexsort([owners, codes])
        for value, people in by_code(codes[order], owners[order], values.tolist()).items():
            self.many[facet][str(value)] |= people

    def _take_names(self, chunk: Chunk) -> None:
        found = folded_together(chunk.names).split()
        texts = " ".join(found).encode().split(MARK.encode())
        self.shown_names.add([text.strip() for text in texts[::2]], chunk.ids)
        _add_words(self.name_words, found, chunk.ids, per_person=2)


def _add_words(postings: dict[str, BitMap], found: list[str], ids: Ids, *, per_person: int) -> None:
    """Note who has which word. MARK stands between texts, `per_person` of which are one person's."""
    numbers: dict[str, int] = defaultdict(count().__next__)
    assert numbers[MARK] == 0
    codes = np.fromiter(map(numbers.__getitem__, found), np.uint32, len(found))
    is_word = codes != 0
    texts = np.cumsum(~is_word, dtype=np.int32)[is_word]
    codes = codes[is_word].astype(np.uint16 if len(numbers) < 1 << 16 else np.uint32)
    order = np.argsort(codes, kind="stable")  # a radix sort for numbers of 16 bits
    codes, owners = codes[order], ids[texts[order] // per_person]
    is_new = np.ones(len(codes), bool)
    is_new[1:] = (codes[1:] != codes[:-1]) | (owners[1:] != owners[:-1])
    codes, owners = codes[is_new], owners[is_new]
    ends = np.searchsorted(codes, np.arange(1, len(numbers), dtype=codes.dtype), side="right").tolist()
    for word, start, end in zip(list(numbers)[1:], [0, *ends], ends, strict=False):
        postings[word] |= of_ids(owners[start:end], is_sorted=True)
