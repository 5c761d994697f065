"""The feed of changes: every committed change reaches every process, once, and no rolled-back one does."""

import time

import pytest
from sqlalchemy import text
from sqlmodel import Session

from talento.errors import Forbidden
from talento.models.operations import Change
from talento.services import database, live
from talento.services.live import Feed
from talento.services.work import SYSTEM, Work, run

pytestmark = pytest.mark.usefixtures("db")


class Ears:
    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []

    def __call__(self, changes: list[tuple[str, int]]) -> None:
        self.heard += changes


def feed() -> tuple[Feed, Ears]:
    ears = Ears()
    made = Feed([ears])
    made.begin()
    return made, ears


def test_what_came_before_is_not_news() -> None:
    run(SYSTEM, live.publish, "talent", 1)
    made, ears = feed()

    made.read()

    assert ears.heard == []


def test_changes_arrive_once_and_in_order() -> None:
    made, ears = feed()
    for key in range(5):
        run(SYSTEM, live.publish, "talent", key)

    made.read()
    made.read()

    assert ears.heard == [("talent", key) for key in range(5)]


def test_a_rolled_back_change_is_never_heard() -> None:
    def failing(work: Work) -> None:
        live.publish(work, "talent", 1)
        raise Forbidden("no")

    made, ears = feed()
    with pytest.raises(Forbidden):
        run(SYSTEM, failing)
    made.read()

    assert ears.heard == []


def test_a_change_committed_late_is_heard_though_a_higher_number_came_first(db: str) -> None:
    if db == "sqlite":
        return  # one writer at a time: numbers appear in order
    made, ears = feed()
    slow = Session(database.engine())
    slow.execute(text("INSERT INTO change (topic, key, at) VALUES ('talent', 1, now())"))
    run(SYSTEM, live.publish, "talent", 2)
    made.read()
    slow.commit()
    slow.close()

    made.read()

    assert ears.heard == [("talent", 2), ("talent", 1)]


def test_many_changes_come_in_several_helpings_without_a_gap() -> None:
    made, ears = feed()
    run(
        SYSTEM,
        lambda work: work.insert_many(Change, [{"topic": "talent", "key": n, "at": work.now} for n in range(12_000)]),
    )

    while made.read():
        pass

    assert sorted(ears.heard) == [("talent", n) for n in range(12_000)]


def test_a_deaf_listener_does_not_silence_the_others() -> None:
    def deaf(changes: list[tuple[str, int]]) -> None:
        raise RuntimeError("deaf")

    ears = Ears()
    made = Feed([deaf, ears])
    made.begin()
    run(SYSTEM, live.publish, "talent", 1)
    made.read()

    assert ears.heard == [("talent", 1)]


def test_the_background_reader_hears_within_a_second() -> None:
    made, ears = feed()
    made.start()
    try:
        run(SYSTEM, live.publish, "talent", 7)
        end = time.monotonic() + 1
        while not ears.heard and time.monotonic() < end:
            time.sleep(0.01)
    finally:
        made.stop()

    assert ears.heard == [("talent", 7)]
