"""What the events of each person add up to, folded once and remembered until something new is noted of them.

Events are only ever added, so a person's number of events and the newest of them say whether what is remembered holds.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from talento.models.casting import Project
from talento.models.presence import PresenceEvent
from talento.services.presence import events
from talento.services.presence.stays import Mark, Stay, counted, stays
from talento.services.work import Work

MOST = 20_000
"""So many people are remembered; who was asked for least recently gives way."""


@dataclass(frozen=True, slots=True)
class Fold:
    """The stays of one person by arrival, and the marks that count, in the order of time."""

    stays: Sequence[Stay]
    counted: Sequence[Mark]


NOTHING = Fold((), ())

Head = tuple[int, int, str]
"""How many events somebody has, and the newest."""


class _Known:
    """Folds by database and assignment; thread-safe."""

    def __init__(self) -> None:
        self._folds: OrderedDict[tuple[str, int], tuple[Head, int, Fold]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, int], head: Head, cool_down: int) -> Fold | None:
        with self._lock:
            kept = self._folds.get(key)
            if kept is None or kept[:2] != (head, cool_down):
                return None
            self._folds.move_to_end(key)
            return kept[2]

    def put(self, key: tuple[str, int], head: Head, cool_down: int, fold: Fold) -> None:
        with self._lock:
            self._folds[key] = (head, cool_down, fold)
            self._folds.move_to_end(key)
            while len(self._folds) > MOST:
                self._folds.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._folds.clear()


_known = _Known()
forget = _known.clear


def folds(work: Work, project: Project, ids: Sequence[int]) -> dict[int, Fold]:
    """By assignment, for those of these people of whom something was noted."""
    place, cool_down = str(work.session.get_bind().engine.url), project.cool_down
    heads = _heads(work, project.id or 0, ids)
    found = {key: _known.get((place, key), head, cool_down) for key, head in heads.items()}
    new = [key for key, fold in found.items() if fold is None]
    noted = events.marks(work, project.id or 0, new) if new else {}
    for key in new:
        marks = noted.get(key, [])
        fold = Fold(tuple(stays(marks, cool_down=timedelta(seconds=cool_down))), tuple(counted(marks)))
        _known.put((place, key), heads[key], cool_down, fold)
        found[key] = fold
    return {key: fold or NOTHING for key, fold in found.items()}


def _heads(work: Work, project_id: int, ids: Sequence[int]) -> dict[int, Head]:
    newest = (
        select(PresenceEvent.assignment_id, func.count().label("many"), func.max(PresenceEvent.id).label("last"))
        .where(PresenceEvent.project_id == project_id, PresenceEvent.assignment_id.in_(ids))
        .group_by(PresenceEvent.assignment_id)
        .subquery()
    )
    rows = select(newest.c.assignment_id, newest.c.many, newest.c.last, PresenceEvent.client_id)
    rows = rows.join(PresenceEvent, PresenceEvent.id == newest.c.last)
    return {key: (many, last, client_id) for key, many, last, client_id in work.session.execute(rows)}
