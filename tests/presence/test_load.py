"""Sixteen tablets deliver 1,200 scans four times over: each is kept once. Source: `security.md` RE-40, RE-41."""

import threading
from collections import Counter
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import func, select

from talento.models.presence import PresenceEvent
from talento.services.presence import events, hours
from talento.services.presence.batches import Sent, take
from talento.services.work import SYSTEM, look
from tests.presence.conftest import Desk, Somebody

THREADS, SCANS, TIMES = 16, 1_200, 4
START = datetime.fromisoformat("2027-04-12T06:00+00:00")


def scans(people: list[Somebody]) -> list[Sent]:
    """1,200 scans of these people, two minutes apart for each of them."""
    found = []
    for number in range(SCANS):
        turn, place = divmod(number, len(people))
        at = START + timedelta(minutes=2 * turn, seconds=place)
        found.append(Sent(str(UUID(int=number + 1)), people[place].code, "camera", at))
    return found


def delivered(nadias: Desk, sent: list[Sent]) -> Counter[str]:
    """What became of every scan, each delivered four times, in batches of any order by sixteen threads at once."""
    shares: list[list[Sent]] = [[] for _ in range(THREADS)]
    rng = Random(40)
    for one in sent:
        for thread in rng.sample(range(THREADS), TIMES):
            shares[thread].append(one)
    outcomes: Counter[str] = Counter()
    failures: list[Exception] = []
    lock = threading.Lock()

    def tablet(mine: list[Sent], seed: int) -> None:
        Random(seed).shuffle(mine)
        try:
            for first in range(0, len(mine), 50):
                answers = take(
                    nadias.keeper, nadias.project_id, mine[first : first + 50], device_now=nadias.hands.now
                )  # fmt: skip
                with lock:
                    outcomes.update(one.outcome for one in answers)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=tablet, args=(share, seed)) for seed, share in enumerate(shares)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert not failures
    return outcomes


def stored() -> int:
    return look(SYSTEM, lambda work: work.session.scalar(select(func.count()).select_from(PresenceEvent)) or 0)


def test_scans_delivered_four_times_by_sixteen_tablets_are_kept_once(nadias: Desk) -> None:
    people = [nadias.person(first_name=f"Extra {number}") for number in range(12)]
    nadias.at("2027-04-12T12:00+00:00")

    outcomes = delivered(nadias, scans(people))

    assert outcomes["refused"] == 0
    assert outcomes.total() == SCANS * TIMES
    assert stored() == SCANS
    found = look(nadias.keeper, hours.hours, nadias.project_id, first=START.date(), last=START.date(), locale="en")
    stays = [stay for day in found.days for stay in day.stays]
    assert len(stays) == SCANS // 2
    assert all(stay.minutes == 2 for stay in stays)


def test_without_the_scans_own_number_each_delivery_would_count(nadias: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with a new number for every delivery: what the unique number prevents."""
    amina, write, numbers = nadias.person(), events.write, iter(range(1, 10_000))
    nadias.at("2027-04-12T12:00+00:00")

    def renumbered(work, project_id, new):  # type: ignore[no-untyped-def]
        from dataclasses import replace

        return write(work, project_id, replace(new, client_id=str(UUID(int=next(numbers)))))

    monkeypatch.setattr(events, "write", renumbered)
    sent = scans([amina])[:5]
    for _ in range(TIMES):
        take(nadias.keeper, nadias.project_id, sent, device_now=nadias.hands.now)

    assert stored() == 5 * TIMES
