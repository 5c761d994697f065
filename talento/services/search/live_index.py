"""The index of this process: one large segment, small ones for what changed since, and who is where."""

import ctypes
import gc
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap
from sqlalchemy import Engine

from talento.services import database
from talento.services.search import reading
from talento.services.search.asked import Sort
from talento.services.search.bitmaps import NOBODY, Ids
from talento.services.search.general import GENERAL
from talento.services.search.reading import Chunk
from talento.services.search.roster import Roster
from talento.services.search.segment import Segment

EVERYBODY = 0
"""Published as a key, it says that so much changed that reading everything again is quicker."""

FRESH = 500
SMALL_SEGMENTS = 6
WORN = 5_000
WORN_SHARE = 50


@dataclass(frozen=True)
class Part:
    """A segment, without those of its people who changed since."""

    segment: Segment
    gone: BitMap = NOBODY

    def visible(self, today: date) -> BitMap:
        """Whom recruiters may find."""
        seen = self.segment.visible(today)
        return seen - self.gone if self.gone else seen

    @cached_property
    def everybody(self) -> BitMap:
        """The same with those whom they may not."""
        return self.segment.people - self.gone

    def without(self, changed: BitMap) -> "Part":
        """The same part after these people changed."""
        touched = self.segment.people & changed
        return Part(self.segment, self.gone | touched) if touched else self


@dataclass(frozen=True)
class Snapshot:
    """The index at one moment. Never changes, so that readers need no lock."""

    parts: tuple[Part, ...] = ()
    version: int = 0

    def keys(self, place: int, sort: Sort, ids: Ids) -> NDArray[np.int64]:
        """Numbers that ascend in an order and can be compared between parts."""
        segment = self.parts[place].segment
        if sort is not Sort.NAME or len(self.parts) == 1:
            return segment.keys(sort, ids)
        if place == 0:
            return segment.keys(sort, ids) << 20
        known = self._small_names
        return np.fromiter((known[person] for person in ids.tolist()), np.int64, len(ids))

    @cached_property
    def _small_names(self) -> dict[int, int]:
        """Where the people of the small segments stand among the names of the large one."""
        names = self.parts[0].segment.shown_names
        small = sorted(
            (part.segment.shown_names[place], person)
            for part in self.parts[1:]
            for place, person in enumerate(part.segment.shown_names.ids.tolist())
            if person in part.everybody
        )
        return {
            person: (names.place_of(name.decode("utf-8", "surrogatepass"), person) << 20) - len(small) + order
            for order, (name, person) in enumerate(small)
        }


@dataclass
class Index:
    """Keeps a snapshot of a roster up to date. Any thread may read `snapshot`; changes take turns."""

    engine: Engine | None = None
    roster: Roster = GENERAL
    snapshot: Snapshot = field(default_factory=Snapshot)
    is_loaded: bool = False
    _fresh: set[int] = field(default_factory=set)
    _small: list[set[int]] = field(default_factory=list)
    _changing: threading.Lock = field(default_factory=threading.Lock)
    _loading: threading.Lock = field(default_factory=threading.Lock)
    _missed: set[int] | None = None
    _is_due: bool = False

    def load(self) -> None:
        """Read everybody; searches go on with what there was until it is done."""
        with self._loading:
            self._load()

    def loaded(self) -> Snapshot:
        """The present snapshot; the first to ask reads it, and others wait for that."""
        if not self.is_loaded:
            with self._loading:
                if not self.is_loaded:
                    self._load()
        return self.snapshot

    def heard(self, changes: list[tuple[str, int]]) -> None:
        """Take what changed: a listener of the feed."""
        keys = {key for topic, key in changes if topic == self.roster.topic}
        self.apply(keys - {EVERYBODY})
        if EVERYBODY in keys:
            self._load_soon()

    def apply(self, keys: Iterable[int]) -> None:
        """Read these people again. Nothing happens before the first load, which will read them anyway."""
        changed = set(keys)
        with self._changing:
            if self._missed is not None:
                self._missed |= changed
            if not self.is_loaded or not changed:
                return
            self._refresh(changed)
            is_worn = sum(map(len, self._small)) > max(WORN, len(self.snapshot.parts[0].segment) // WORN_SHARE)
        if is_worn:
            self._load_soon()

    def _load(self) -> None:
        with self._changing:
            self._missed = set()
        made = self._segment(reading.everybody(self._engine(), self.roster.source))
        with self._changing:
            self._fresh, self._small = set(), []
            self._show((Part(made),))
            self.is_loaded = True
            missed, self._missed = self._missed, None
            if missed:
                self._refresh(missed)
        _give_back_memory()

    def _refresh(self, changed: set[int]) -> None:
        self._fresh |= changed
        people = BitMap(sorted(changed))
        older = [part.without(people) for part in self.snapshot.parts[: 1 + len(self._small)]]
        made = self._segment(reading.some(self._engine(), self.roster.source, self._fresh))
        self._show((*older, Part(made)))
        if len(self._fresh) >= FRESH:
            self._small.append(self._fresh)
            self._fresh = set()
            if len(self._small) > SMALL_SEGMENTS:
                self._join_small()

    def _join_small(self) -> None:
        together: set[int] = set().union(*self._small)
        made = self._segment(reading.some(self._engine(), self.roster.source, together))
        self._small = [together]
        self._show((self.snapshot.parts[0], Part(made)))

    def _show(self, parts: tuple[Part, ...]) -> None:
        self.snapshot = Snapshot(parts, self.snapshot.version + 1)

    def _load_soon(self) -> None:
        """Load in the background; asked for during a load, once more after it."""
        self._is_due = True
        threading.Thread(target=self._load_if_due, name="search-load", daemon=True).start()

    def _load_if_due(self) -> None:
        with self._loading:
            if self._is_due:
                self._is_due = False
                self._load()

    def _segment(self, chunks: Iterable[Chunk]) -> Segment:
        return Segment(chunks, self.roster.source.bits, self.roster.bands)

    def _engine(self) -> Engine:
        return self.engine or database.engine()


def index() -> Index:
    """The index of this process."""
    return _index


def heard(changes: list[tuple[str, int]]) -> None:
    """What the feed of changes calls in each process; before any listener that makes people search again."""
    _index.heard(changes)


def _give_back_memory() -> None:
    """Loading needs a few times what remains; the C library keeps it unless it is asked (glibc only)."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


_index = Index()
