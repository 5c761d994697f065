"""Scheduled jobs run once a slot whatever happens: many processes, crashes, downtime, clocks that change."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from talento.errors import Forbidden, NotFound
from talento.models.operations import Counter as Stored
from talento.models.operations import JobSlot
from talento.services import jobs
from talento.services.jobs import Every, Job, JobView, Weekly
from talento.services.work import SYSTEM, Actor, Work, look, run
from tests.conftest import Hands
from tests.factories import Cast

HOUR = timedelta(hours=1)


def counted(work: Work) -> str:
    """Leaves a row in the database."""
    work.insert(Stored, scope=uuid4().hex, value=0)
    return "a row"


def job(action: Any = counted, slots: Any = Every(HOUR)) -> Job:  # noqa: B008
    return Job("recap", "Recap", "", slots, action)


def runs() -> int:
    return look(SYSTEM, lambda work: work.session.scalar(select(func.count()).select_from(Stored))) or 0


def view(actor: Actor, one: Job) -> JobView:
    return look(actor, jobs.listed, [one])[0]


@pytest.fixture
def begun(db: str, hands: Hands) -> Job:
    """A job that was seen before, whose next slot has come."""
    one = job()
    jobs.tick([one])
    hands.later(hours=1)
    return one


def test_a_new_job_waits_for_its_first_slot(db: str, hands: Hands) -> None:
    assert jobs.tick([job()]) == 0
    hands.later(minutes=59)
    assert jobs.tick([job()]) == 0
    hands.later(minutes=1)

    assert jobs.tick([job()]) == 1
    assert jobs.tick([job()]) == 0
    assert runs() == 1


def test_of_many_processes_one_runs_each_slot(begun: Job, hands: Hands) -> None:
    with ThreadPoolExecutor(4) as pool:
        for _ in range(12):
            assert sum(pool.map(lambda _: jobs.tick([begun]), range(4))) == 1
            hands.later(hours=1)

    assert runs() == 12


def test_of_many_that_try_the_same_slot_one_runs_it(begun: Job, hands: Hands) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: jobs._attempt(begun, hands.now), range(4))) == 1

    assert runs() == 1


def test_without_the_row_of_the_slot_many_run_it(begun: Job, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: what the row is for."""
    insert = Work.insert

    def unprotected(self: Work, table: Any, **values: Any) -> int:
        if table is JobSlot:
            values["job"] = uuid4().hex
        return insert(self, table, **values)

    monkeypatch.setattr(Work, "insert", unprotected)
    with ThreadPoolExecutor(4) as pool:
        ran = list(pool.map(lambda _: jobs._attempt(begun, hands.now), range(4)))

    assert runs() == sum(ran) > 1


def test_after_a_downtime_it_runs_once(begun: Job, hands: Hands) -> None:
    hands.later(days=9)

    assert [jobs.tick([begun]) for _ in range(3)] == [1, 0, 0]
    assert runs() == 1


def test_a_clock_that_is_set_back_runs_nothing_twice(begun: Job, hands: Hands) -> None:
    jobs.tick([begun])
    hands.later(hours=-1)
    jobs.tick([begun])
    hands.later(hours=1)
    jobs.tick([begun])

    assert runs() == 1


def test_what_failed_leaves_nothing_and_is_tried_again_with_growing_pauses(db: str, hands: Hands, cast: Cast) -> None:
    tries = []

    def failing(work: Work) -> str:
        counted(work)
        tries.append(work.now)
        raise ValueError("the disk is full\nand more")

    broken = job(failing)
    jobs.tick([broken])
    hands.later(hours=1)
    for _ in range(400):
        jobs.tick([broken])
        hands.later(seconds=30)

    assert runs() == 0
    assert view(cast.awa, broken).said == "ValueError: the disk is full"
    waits = [(after - before).total_seconds() / 60 for before, after in zip(tries, tries[1:], strict=False)]
    assert waits[:3] == [1, 4, 16]

    mended = job()
    hands.later(hours=1)
    assert jobs.tick([mended]) == 1
    assert view(cast.awa, mended).outcome == "done"


def test_after_five_failures_the_slot_is_given_up(db: str, hands: Hands) -> None:
    tries: Counter[str] = Counter()

    def failing(work: Work) -> str:
        tries["all"] += 1
        raise ValueError

    broken = job(failing, Every(timedelta(days=30)))
    jobs.tick([broken])
    hands.later(days=30)
    for _ in range(3000):
        jobs.tick([broken])
        hands.later(minutes=1)

    assert tries["all"] == jobs.TRIES


def test_a_job_that_fails_does_not_stop_the_next(db: str, hands: Hands) -> None:
    def failing(work: Work) -> str:
        raise ValueError

    both = [Job("first", "", "", Every(HOUR), failing), job()]
    jobs.tick(both)
    hands.later(hours=1)

    assert jobs.tick(both) == 1


def test_a_paused_job_rests_and_catches_up_once(begun: Job, hands: Hands, cast: Cast) -> None:
    run(cast.awa, jobs.pause, [begun], "recap", is_paused=True)
    hands.later(hours=5)
    assert jobs.tick([begun]) == 0
    assert view(cast.awa, begun).next_at is None

    run(cast.awa, jobs.pause, [begun], "recap", is_paused=False)

    assert [jobs.tick([begun]) for _ in range(2)] == [1, 0]


def test_an_admin_runs_it_at_once_and_its_slots_stay(begun: Job, hands: Hands, cast: Cast) -> None:
    assert jobs.run_now(cast.awa, [begun], "recap")
    hands.later(seconds=1)
    assert jobs.run_now(cast.awa, [begun], "recap")

    assert jobs.tick([begun]) == 1
    assert runs() == 3
    assert view(cast.awa, begun).said == "a row"


def test_only_admins_touch_jobs(begun: Job, cast: Cast) -> None:
    for other in (cast.youssef, cast.nadia, cast.zoe):
        with pytest.raises(Forbidden):
            jobs.run_now(other, [begun], "recap")
        with pytest.raises(Forbidden):
            run(other, jobs.pause, [begun], "recap", is_paused=True)
        with pytest.raises(Forbidden):
            view(other, begun)
    with pytest.raises(NotFound):
        jobs.run_now(cast.awa, [begun], "other")
    assert runs() == 0


def sunday(zone: str = "Africa/Casablanca") -> Weekly:
    return Weekly(lambda: (6, time(12, 59), zone))


def test_a_week_ends_on_sunday_by_the_clock_on_the_wall() -> None:
    zone = ZoneInfo("Africa/Casablanca")
    slots, now = sunday(), datetime(2026, 1, 1, tzinfo=UTC)
    while now < datetime(2028, 6, 1, tzinfo=UTC):
        coming = slots.next(now)
        local = coming.astimezone(zone)
        assert (local.weekday(), local.hour, local.minute) == (6, 12, 59)
        assert timedelta(days=7) - HOUR <= coming - slots.last(coming - HOUR) <= timedelta(days=7) + HOUR
        assert slots.last(coming) == coming and slots.last(coming - timedelta(seconds=1)) < coming
        now = coming


def test_weeks_in_which_clocks_change_are_an_hour_longer_or_shorter() -> None:
    lengths = set()
    slots, now = sunday("Europe/Paris"), datetime(2027, 1, 1, tzinfo=UTC)
    for _ in range(52):
        lengths.add(slots.next(now) - slots.last(now))
        now = slots.next(now)

    assert lengths == {timedelta(days=7), timedelta(days=7) - HOUR, timedelta(days=7) + HOUR}


def test_each_slot_is_on_record(begun: Job) -> None:
    jobs.tick([begun])

    assert look(SYSTEM, lambda work: work.session.scalar(select(func.count()).select_from(JobSlot))) == 1


def steady(task: Any) -> Job:
    return Job("mail", "Mail", "", None, task=task)


def test_a_steady_job_notes_what_it_did_and_nothing_when_there_was_nothing(db: str, hands: Hands, cast: Cast) -> None:
    todo = [0, 3, 0]
    mail = steady(lambda: todo.pop(0))

    assert [jobs.turn(mail) for _ in range(3)] == [0, 3, 0]
    assert jobs.tick([mail]) == 0

    shown = view(cast.awa, mail)
    assert (shown.is_steady, shown.outcome, shown.said, shown.next_at) == (True, "done", "3", None)


def test_a_steady_job_that_fails_says_why_until_it_is_well_again(db: str, hands: Hands, cast: Cast) -> None:
    def failing() -> int:
        raise OSError("the provider is away")

    assert jobs.turn(steady(failing)) == -1
    assert view(cast.awa, steady(failing)).said == "OSError: the provider is away"

    jobs.turn(steady(lambda: 0))
    assert view(cast.awa, steady(failing)).outcome == "done"


def test_a_steady_job_rests_when_it_is_told_to(db: str, hands: Hands, cast: Cast) -> None:
    turns = []
    mail = steady(lambda: len(turns.append(1) or turns))
    run(cast.awa, jobs.pause, [mail], "mail", is_paused=True)

    jobs.turn(mail)
    assert turns == []
    assert jobs.run_now(cast.awa, [mail], "mail")
    run(cast.awa, jobs.pause, [mail], "mail", is_paused=False)
    jobs.turn(mail)

    assert len(turns) == 2
