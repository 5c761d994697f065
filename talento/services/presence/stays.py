"""From events to stays: a pure function, the same whatever the order, the splits and the repeats of what arrived.

The rules, in the order in which they are applied:

1. An event counts once, by its own id. A cancelled event does not count; a cancelled cancellation does not either.
2. A corrected event counts at its new time; of several corrections the one made last counts.
3. A scan is ignored when it follows the last counted mark of the same person within the project's cool-down.
4. A scan is an arrival when nobody is there, a departure when somebody is. An arrival on top of an arrival, and a
   departure without one, change nothing.
5. A stay that was open for more than 16 hours was forgotten: the next mark begins anew, and the end stays unknown
   until somebody says it.

Source: `security.md` RE-40 to RE-45.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from talento.vocabulary.presence import Action

LONGEST = timedelta(hours=16)
MARKS = (Action.SCAN, Action.IN, Action.OUT)


@dataclass(frozen=True, slots=True)
class Mark:
    """An event as stays see it: `at` is when it happened, `made_at` when it was written down, both aware and in UTC."""

    id: str
    action: Action
    at: datetime
    made_at: datetime
    target: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """One arrival and, once known, one departure; `arrival` and `departure` are the ids of their events."""

    arrived_at: datetime
    arrival: str
    left_at: datetime | None = None
    departure: str = ""
    is_forgotten: bool = False

    @property
    def worked(self) -> timedelta:
        """How long it was; nothing while it is open or when its end was forgotten."""
        return self.left_at - self.arrived_at if self.left_at else timedelta()


def stays(marks: Iterable[Mark], *, cool_down: timedelta) -> list[Stay]:
    """The stays of one person on one project, by arrival."""
    found: list[Stay] = []
    here: Mark | None = None
    last: datetime | None = None
    for mark in counted(marks):
        if mark.action is Action.SCAN and last is not None and mark.at - last < cool_down:
            continue
        if here is not None and mark.at - here.at > LONGEST:
            found.append(Stay(here.at, here.id, is_forgotten=True))
            here = None
        if here is None and mark.action is not Action.OUT:
            here, last = mark, mark.at
        elif here is not None and mark.action is not Action.IN:
            found.append(Stay(here.at, here.id, mark.at, mark.id))
            here, last = None, mark.at
    if here is not None:
        found.append(Stay(here.at, here.id))
    return found


def day_of(at: datetime, zone: str, day_break: int) -> date:
    """The shooting day that an instant belongs to: a night goes with the day it began.

    Args:
        day_break: the hour at which a day begins, where the project is shot.
    """
    local = at.astimezone(ZoneInfo(zone))
    return local.date() - timedelta(days=1) if local.time() < time(day_break) else local.date()


def begins_at(day: date, zone: str, day_break: int) -> datetime:
    """The instant at which a shooting day begins, in UTC."""
    return datetime.combine(day, time(day_break), ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


def is_overdue(stay: Stay, now: datetime, zone: str, day_break: int) -> bool:
    """Whether a departure was probably forgotten: the stay is open past the next day-break."""
    if stay.left_at is not None:
        return False
    next_day = day_of(stay.arrived_at, zone, day_break) + timedelta(days=1)
    return stay.is_forgotten or now >= begins_at(next_day, zone, day_break)


def is_there(stay: Stay, now: datetime) -> bool:
    """Whether somebody is still on set: the stay is open, and no longer than anybody stays.

    A night goes on after the day-break: its departure is proposed then, and nobody is taken off before it is said.
    """
    return stay.left_at is None and now - stay.arrived_at <= LONGEST


def void(marks: Iterable[Mark]) -> set[str]:
    """The ids of what was taken back."""
    return _void({mark.id: mark for mark in marks})


def counted(marks: Iterable[Mark]) -> list[Mark]:
    """The marks that count, at the times at which they count, in the order of time."""
    events = {mark.id: mark for mark in marks}
    void = _void(events)
    moved: dict[str, Mark] = {}
    for event in events.values():
        if event.action is Action.MOVE and event.id not in void:
            before = moved.get(event.target)
            if before is None or (before.made_at, before.id) < (event.made_at, event.id):
                moved[event.target] = event
    counted = [
        Mark(event.id, event.action, moved[event.id].at if event.id in moved else event.at, event.made_at)
        for event in events.values()
        if event.action in MARKS and event.id not in void
    ]
    return sorted(counted, key=lambda mark: (mark.at, mark.id))


def _void(events: Mapping[str, Mark]) -> set[str]:
    """What is cancelled: an event is void when a cancellation of it counts, which is itself not void."""
    against: dict[str, list[str]] = {}
    for event in events.values():
        if event.action is Action.CANCEL:
            against.setdefault(event.target, []).append(event.id)
    known: dict[str, bool] = {}

    def is_void(key: str, seen: tuple[str, ...]) -> bool:
        if key not in known:
            known[key] = any(one not in seen and not is_void(one, (*seen, one)) for one in sorted(against.get(key, ())))
        return known[key]

    return {key for key in events if is_void(key, (key,))}
