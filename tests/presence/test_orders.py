"""Several tablets send what they scanned, in any order, split and sent again: the sheet is that of all at once."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, update

from talento import clock
from talento.models.casting import Project
from talento.models.presence import PresenceEvent
from talento.services import database
from talento.services.casting import assignments
from talento.services.presence import batches, desk, devices, folds, pairing
from talento.services.presence.batches import Sent
from talento.services.presence.devices import Wish
from talento.services.work import SYSTEM, VISITOR, Actor, look, run
from tests import conftest, factories

START = datetime.fromisoformat("2027-04-12T06:00+00:00")
NOW = START + timedelta(hours=14)
TABLETS = 3
NAMES = ("Amina", "Karim", "Salma")
SKEWS = (timedelta(), timedelta(hours=12), timedelta(minutes=-7))
"""How wrong the clock of each tablet is."""


@dataclass
class Scan:
    """A badge before a tablet; `number` makes the id that it keeps for good."""

    number: int
    person: int
    at: datetime


class World:
    """Three tablets at two desks with the same three people: one hears of scans as they come, one of all at once."""

    def __init__(self, template: Path, folder: Path) -> None:
        shutil.copy(template, folder / "talento.db")
        conftest.point_at(f"sqlite:///{folder}/talento.db")
        cast = factories.cast()
        self.desks = [factories.project(cast.youssef, name=name) for name in ("As it comes", "All at once")]
        talents = [factories.cinema_talent(first_name=name)[1] for name in NAMES]
        self.codes = [
            [run(cast.youssef, assignments.assign, one, talent_id=talent, overlap_reason="a test").code
             for talent in talents] for one in self.desks
        ]  # fmt: skip
        self.tablets = [self._tablet(cast.awa, number) for number in range(TABLETS)]

    def _tablet(self, admin: Actor, number: int) -> Actor:
        made = run(admin, devices.add, Wish(f"Tablet {number}", self.desks))
        return pairing.holder(VISITOR, pairing.pair(VISITOR, run(admin, devices.new_code, made)).token)

    def begin(self, cool_down: int) -> None:
        """Forget every scan."""
        run(SYSTEM, lambda work: work.session.execute(update(Project).values(cool_down=cool_down)))
        self.empty(0)
        self.empty(1)

    def empty(self, place: int) -> None:
        mine = delete(PresenceEvent).where(PresenceEvent.project_id == self.desks[place])
        run(SYSTEM, lambda work: work.session.execute(mine))
        folds.forget()

    def send(self, place: int, tablet: int, scans: Sequence[tuple[UUID, Scan]]) -> set[str]:
        """Deliver scans to one of the desks from a tablet whose clock is wrong."""
        skew, codes = SKEWS[tablet], self.codes[place]
        sent = [Sent(str(key), codes[one.person], "camera", one.at + skew) for key, one in scans]
        answers = batches.take(self.tablets[tablet], self.desks[place], sent, device_now=NOW + skew)
        return {one.outcome for one in answers}

    def sheet(self, place: int) -> list[Any]:
        shown = look(SYSTEM, desk.sheet, self.desks[place], day=START.date(), locale="en")
        return [
            (line.person.name, line.standing, line.minutes, [(stay.arrived_at, stay.left_at) for stay in line.stays])
            for line in shown.lines
        ]


@pytest.fixture(scope="module")
def world(sqlite_template: Path) -> Iterator[World]:
    stopped = pytest.MonkeyPatch()
    stopped.setattr(clock, "now", lambda: NOW)
    with tempfile.TemporaryDirectory() as folder:
        yield World(sqlite_template, Path(folder))
        database.engine().dispose()
    stopped.undo()
    conftest.forget()


class Tablets(RuleBasedStateMachine):
    """What tablets may do to their queues. Whatever was delivered so far, the first desk shows what the second does."""

    there: World
    cool_downs = st.sampled_from([0, 60])

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        self.there.begin(data.draw(self.cool_downs))
        self.queues: list[list[Scan]] = [[] for _ in range(TABLETS)]
        self.delivered: dict[int, Scan] = {}
        self.count = 0

    @rule(
        tablet=st.integers(0, TABLETS - 1),
        person=st.integers(0, len(NAMES) - 1),
        minute=st.integers(0, 13 * 60) | st.integers(0, 4),
        second=st.sampled_from([0, 1, 30, 59]),
    )
    def scan(self, tablet: int, person: int, minute: int, second: int) -> None:
        """Somebody holds a badge before a tablet that has no network."""
        self.count += 1
        at = START + timedelta(minutes=minute, seconds=second)
        self.queues[tablet].append(Scan(self.count, person, at))

    @rule(tablet=st.integers(0, TABLETS - 1), through=st.integers(0, TABLETS - 1), data=st.data())
    def send(self, tablet: int, through: int, data: st.DataObject) -> None:
        """Any of what waits, in any order, some of it twice, even through another tablet; perhaps no answer returns."""
        queue = self.queues[tablet]
        if not queue:
            return
        chosen = data.draw(st.lists(st.sampled_from(queue), min_size=1, max_size=8))
        outcomes = self.there.send(0, through, [(self.id_of(one), one) for one in chosen])
        assert outcomes <= {"in", "out", "repeated"}
        self.delivered |= {one.number: one for one in chosen}
        if data.draw(st.booleans()):
            self.queues[tablet] = [one for one in queue if one not in chosen]

    def id_of(self, scan: Scan) -> UUID:
        return UUID(int=scan.number)

    @invariant()
    def the_sheet_is_that_of_all_at_once(self) -> None:
        if getattr(self, "delivered", None):
            self.there.empty(1)
            numbers = sorted(self.delivered)
            self.there.send(1, 0, [(UUID(int=2**100 + number), self.delivered[number]) for number in numbers])
            assert self.there.sheet(0) == self.there.sheet(1)


class Forgetful(Tablets):
    """The twin: a tablet that gives a scan a new id each time it sends it, where no cool-down hides that."""

    cool_downs = st.just(0)

    def id_of(self, scan: Scan) -> UUID:
        self.sent = getattr(self, "sent", 0) + 1
        return UUID(int=scan.number * 2**32 + self.sent)


def tried(machine: type[Tablets], there: World, *phases: Phase) -> None:
    machine.there = there
    patient = settings(
        max_examples=100, stateful_step_count=20, deadline=None, derandomize=True, database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=patient)


def test_any_order_split_and_repetition_gives_the_sheet_of_all_at_once(world: World) -> None:
    tried(Tablets, world, Phase.generate, Phase.shrink)


def test_twin_that_numbers_a_scan_anew_each_time_doubles_it(world: World) -> None:
    with pytest.raises(AssertionError):
        tried(Forgetful, world, Phase.generate)
