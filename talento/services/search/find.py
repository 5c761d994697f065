"""One search: the people of a page, how many there are, and how many each further choice would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any

import numpy as np
from pyroaring import BitMap

from talento import clock
from talento.services.reference import Book, book
from talento.services.search import facets
from talento.services.search.asked import Asked, Sort
from talento.services.search.bitmaps import NOBODY, all_of, any_of, ids_of
from talento.services.search.facets import Facet, FacetValue, Property, Wide
from talento.services.search.live_index import Index, Part, Snapshot, index
from talento.services.search.matching import Reach, labels_of, like
from talento.services.search.roster import Roster
from talento.services.search.segment import Segment
from talento.services.work import Work
from talento.vocabulary.people import ADULT
from talento.vocabulary.permissions import Permission

__all__ = ["Facet", "FacetValue", "Found", "News", "Terms", "Wide", "count_new", "find", "follow", "matching"]

LAST_ID = 2**32


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms somebody searches.

    `declared` are the protected facets that there is a reason for; others are neither searched nor counted.
    `taken` are people who are not there for this search.
    """

    declared: frozenset[str] = frozenset()
    taken: BitMap = NOBODY


PLAIN = Terms()


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query; `newest` is the highest id there was, by which later arrivals are told."""

    total: int
    facets: list[Facet]
    rows: list[Any]
    page: int
    pages: int
    newest: int
    took_ms: float


@dataclass(frozen=True, slots=True)
class News:
    """What became of an answer since: the same people as they are now, and how many have come."""

    total: int
    facets: list[Facet]
    rows: list[Any]
    arrived: int


def find(
    work: Work,
    query: Asked,
    locale: str = "en",
    *,
    wide: Mapping[str, Wide] | None = None,
    on: Index | None = None,
    terms: Terms = PLAIN,
) -> Found:
    """Search; a page beyond the last one shows the last.

    Args:
        wide: facets of which more is wanted than the most frequent values.
        on: the index of the roster that is searched; the general one unless told otherwise.
    """
    start = clock.monotonic()
    search = _Search(work, query, on or index(), terms)
    size = search.roster.page
    pages = max(1, -(-search.total // size))
    page = min(query.page, pages)
    ids = search.page((page - 1) * size, size)
    shown = search.shown(locale, wide)
    found = search.roster.rows(work, ids, locale)
    return Found(search.total, shown, found, page, pages, search.newest, (clock.monotonic() - start) * 1000)


def follow(
    work: Work,
    query: Asked,
    shown: Sequence[int],
    newest: int,
    keys: Sequence[int] = (),
    locale: str = "en",
    *,
    wide: Mapping[str, Wide] | None = None,
    on: Index | None = None,
    terms: Terms = PLAIN,
) -> News | None:
    """What changed for somebody who looks at the people `shown`; None when the changed `keys` do not concern them.

    Whoever was hidden or suspended is gone from the rows; whoever came since is counted, not shown.
    """
    search = _Search(work, query, on or index(), terms)
    if keys and not set(keys) & set(shown) and not search.holds_any(keys):
        return None
    there = [person for person in shown if search.sees(person)]
    rows = search.roster.rows(work, there, locale)
    return News(search.total, search.shown(locale, wide), rows, search.arrived(newest))


def matching(work: Work, query: Asked, *, on: Index | None = None, terms: Terms = PLAIN) -> BitMap:
    """The ids of everybody who matches, for exports and shortlists; as scoped as `find`."""
    return reduce(BitMap.__or__, _Search(work, query, on or index(), terms).found, BitMap())


def count_new(work: Work, query: Asked, newest: int, *, on: Index | None = None, terms: Terms = PLAIN) -> int:
    """How many people match who came after the one with the id `newest`."""
    return _Search(work, query, on or index(), terms).arrived(newest)


@dataclass
class _Search:
    """One query against one snapshot, for somebody who may search."""

    work: Work
    query: Asked
    on: Index
    terms: Terms = PLAIN
    snapshot: Snapshot = field(init=False)
    book: Book = field(init=False)
    found: list[BitMap] = field(init=False)

    def __post_init__(self) -> None:
        self.work.require(self.roster.permission)
        self.snapshot = self.on.loaded()
        self.book = book()
        self._facets = [one for one in self.roster.facets if not one.is_protected or one.name in self.terms.declared]
        self._today = self.work.now.date()
        self._parts = [part for part in self.snapshot.parts if len(part.segment)]
        self._scopes = [self._scope(part) for part in self._parts]
        self._segments = [part.segment for part in self._parts]
        labels = labels_of(self.roster, self.book)
        self._like = like(self._reaches(), self.query.text, labels)
        self._filters = [self._filters_of(segment) for segment in self._segments]
        self._bases = [self._base(place) for place in range(len(self._parts))]
        self.found = [self._without(place, None) for place in range(len(self._parts))]

    @property
    def roster(self) -> Roster:
        """Who is searched."""
        return self.on.roster

    @property
    def total(self) -> int:
        """How many people match."""
        return sum(map(len, self.found))

    @property
    def newest(self) -> int:
        """The highest id there is, found or not."""
        return max((segment.people.max() for segment in self._segments), default=0)

    def sees(self, person: int) -> bool:
        """Whether the reader may find this person at all."""
        return any(person in scope for scope in self._scopes)

    def holds_any(self, keys: Sequence[int]) -> bool:
        """Whether one of these people matches."""
        return any(key in people for people in self.found for key in keys)

    def arrived(self, newest: int) -> int:
        """How many of those who match came after an id."""
        return sum(people.range_cardinality(newest + 1, LAST_ID) for people in self.found)

    def page(self, skipped: int, most: int) -> list[int]:
        """The ids from place `skipped` on, at most `most` of them, in the query's order."""
        chosen: list[int] = []
        for tier in self._tiers():
            size = sum(map(len, tier))
            if skipped < size:
                chosen += self._first(tier, skipped + most - len(chosen))[skipped:]
                if len(chosen) >= most:
                    return chosen
            skipped = max(0, skipped - size)
        return chosen

    def counts(self) -> dict[str, Counter[str]]:
        """How many people each value of each facet would leave, its own facet's choices aside."""
        return {facet.name: self.count(facet.name) for facet in self._facets}

    def shown(self, locale: str, wide: Mapping[str, Wide] | None) -> list[Facet]:
        """The facets with their counts, as pages show them."""
        return facets.shown(self.counts(), self.roster.by_name, self.query, self.book, locale, wide)

    def count(self, facet: str) -> Counter[str]:
        """The same for one facet."""
        total: Counter[str] = Counter()
        for place, segment in enumerate(self._segments):
            people = self._without(place, facet) if facet in self._filters[place] else self.found[place]
            if people:
                total.update(_count(segment, facet, people, self._today))
        return total

    def _scope(self, part: Part) -> BitMap:
        sees_all = getattr(self.query, "everyone", False) and self.work.actor.can(Permission.ADMINISTER)
        scope = part.everybody if sees_all else part.visible(self._today)
        return scope - self.terms.taken if self.terms.taken else scope

    def _reaches(self) -> list[Reach]:
        pairs = zip(self._segments, self._scopes, strict=True)
        if not self.roster.hides_mail_of_minors:
            return [Reach(segment, scope) for segment, scope in pairs]
        return [Reach(segment, scope, segment.of_age(None, ADULT - 1, self._today)) for segment, scope in pairs]

    def _base(self, place: int) -> BitMap:
        scope = self._scopes[place]
        return scope if self._like is None else scope & self._like[place].everybody

    def _without(self, place: int, facet: str | None) -> BitMap:
        filters = [people for name, people in self._filters[place].items() if name != facet]
        return reduce(BitMap.__and__, sorted(filters, key=len), self._bases[place])

    def _filters_of(self, segment: Segment) -> dict[str, BitMap]:
        """Whom each narrowed facet, and each other criterion, lets through."""
        chosen = ((facet, self._chosen(facet, segment)) for facet in self._facets)
        found = {facet.name: people for facet, people in chosen if people is not None}
        return found | self.roster.narrowed(self.query, segment, self._today)

    def _chosen(self, facet: Property, segment: Segment) -> BitMap | None:
        """Whom the chosen values of a facet let through; None when nothing is chosen."""
        query, sets = self.query, segment.facets
        if facet.name == "age":
            is_bounded = query.is_bounded("age")
            return segment.of_age(query.age_min, query.age_max, self._today) if is_bounded else None
        chosen = query.chosen(facet.field)
        if facet.is_flag:
            return sets[facet.name][facet.name] if facet.name in chosen else None
        if not chosen:
            return None
        is_all = facet.name in self.roster.many and getattr(query, f"{facet.name}_all")
        join = all_of if is_all else any_of
        return join(sets.get(facet.name, {}), facets.keys(facet.name, chosen, self.book))

    def _tiers(self) -> Iterable[list[BitMap]]:
        """The found people from the most alike to the least."""
        if self._like is None or self.query.sort is not Sort.BEST:
            yield self.found
            return
        left = self.found
        for tier in range(len(self._like[0].tiers) if self._like else 0):
            alike = [people & like.tiers[tier] for people, like in zip(left, self._like, strict=True)]
            if any(alike):
                yield alike
                left = [people - seen for people, seen in zip(left, alike, strict=True)]

    def _first(self, tier: Sequence[BitMap], most: int) -> list[int]:
        sort = self.query.sort
        lists = [segment.first(people, sort, most) for segment, people in zip(self._segments, tier, strict=True)]
        filled = [place for place, ids in enumerate(lists) if ids]
        if len(filled) < 2:
            return lists[filled[0]] if filled else []
        ids = np.concatenate([np.array(lists[place], np.uint32) for place in filled])
        parts = self.snapshot.parts
        keys = [
            self.snapshot.keys(parts.index(self._parts[place]), sort, np.array(lists[place], np.uint32))
            for place in filled
        ]
        return ids[np.argsort(np.concatenate(keys))][:most].tolist()  # type: ignore[no-any-return]


def _count(segment: Segment, facet: str, people: BitMap, today: date) -> dict[str, int]:
    if facet == "age":
        sets = segment.age_bands(today)
    else:
        coded = segment.codes_of.get(facet)
        if coded is not None and len(people) < len(coded[1]) * (70 + 40 * len(segment) // 65_536):
            places = segment.places(ids_of(people))
            amounts = np.bincount(coded[0][places], minlength=len(coded[1])).tolist()
            return {value: amount for value, amount in zip(coded[1], amounts, strict=True) if amount and value}
        sets = segment.facets.get(facet, {})
    amount_of = people.intersection_cardinality
    return {value: amount for value, having in sets.items() if (amount := amount_of(having))}
