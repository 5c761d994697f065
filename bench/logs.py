"""The logs: a page of a million entries under any filter, and how long a check of the chain takes."""

import itertools
import os
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.report import Report

if TYPE_CHECKING:
    from talento.services.work import Work

ENTRIES = 1_000_000
CHECKED = 100_000
TURNS = 10


def main() -> None:
    """Fill a log of its own, read it in every way, check it."""
    report = Report("logs", "Logs: a million entries read, a hundred thousand checked")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/talento.db"
        os.environ.setdefault("DATA_DIR", str(Path(folder) / "data"))
        _measure(report)
    report.write()


def _measure(report: Report) -> None:
    from talento.cli import checked_settings, prepare_empty
    from talento.services import chain
    from talento.services.work import SYSTEM, look

    checked_settings()
    prepare_empty()
    people = _people()
    _fill(CHECKED, people)
    start = time.perf_counter()
    verdict = look(SYSTEM, chain.verify, "activity")
    assert (verdict.checked, verdict.fault) == (CHECKED, "")
    report.add(f"{CHECKED:,} entries checked", time.perf_counter() - start, "s", target="≤ 1 s")
    _fill(ENTRIES - CHECKED, people)
    slowest, waits = 0.0, []
    for name, taken in _pages(people):
        waits += taken
        slowest = max(slowest, statistics.median(taken))
        report.add(name, statistics.median(taken), "ms")
    report.add(f"any page at {ENTRIES:,} entries, p95", statistics.quantiles(waits, n=20)[-1], "ms", target="≤ 100 ms")
    report.add("the slowest kind of filter, p50", slowest, "ms", target="≤ 100 ms")


def _people() -> list[int]:
    from talento.services import accounts
    from talento.services.cinema import seed as cinema_seed
    from talento.services.work import SYSTEM, run
    from talento.vocabulary.permissions import Role

    made = [
        run(SYSTEM, accounts.create_staff, email=f"staff{n}@agency.example.com", role=Role.RECRUITER, name=f"Staff {n}",
            password_hash=None)
        for n in range(40)
    ]  # fmt: skip
    ids = [user.id or 0 for user in made]
    cinema_seed.seed(len(ids))
    run(SYSTEM, _give, ids)
    return ids


def _give(work: "Work", user_ids: list[int]) -> None:
    """The first twenty of them are on the casting roster, too."""
    from talento.models.cinema import CinemaTalent

    for number, user_id in enumerate(user_ids[:20], start=1):
        work.get(CinemaTalent, number).user_id = user_id


def _fill(count: int, people: list[int]) -> None:
    """Entries of these people, half of them about a talent; twenty talents are theirs."""
    from talento.services import chain
    from talento.services.work import SYSTEM, run
    from talento.vocabulary.logs import ACTIVITY

    chance, names, talents = Random(count), list(ACTIVITY), range(1, 2_000)
    weights = [1 / (rank + 1) for rank in range(len(names))]
    begun = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=count)

    def entry(number: int) -> dict[str, object]:
        return {
            "at": begun + timedelta(seconds=number * 20),
            "user_id": chance.choice(people),
            "action": chance.choices(names, weights)[0],
            "subject": (subject := chance.choice(("project", "cinema_talent"))),
            "subject_id": chance.choice(talents) if subject == "cinema_talent" else chance.randrange(500),
            "ip": f"203.0.{chance.randrange(200)}.0/24",
            "details": '{"reason": "a reason of ordinary length", "count": 3}',
        }

    for start in range(0, count, 10_000):
        entries = [entry(number) for number in range(start, min(start + 10_000, count))]
        run(SYSTEM, chain.append, "activity", entries)


def _pages(people: list[int]) -> list[tuple[str, list[float]]]:
    from talento.services.logs import Filters
    from talento.vocabulary.logs import ACTIVITY

    common, rare = next(iter(ACTIVITY)), list(ACTIVITY)[-1]
    day = {"first": date(2026, 5, 1), "last": date(2026, 5, 1)}
    names: dict[str, str] = {"any kind": "", "a common kind": common, "a rare kind": rare}
    whose: dict[str, dict[str, object]] = {
        "": {},
        ", one person": {"who_id": people[3]},
        ", a name": {"who": "staff 1"},
    }
    rest: dict[str, dict[str, object]] = {
        "": {},
        ", one day": day,
        ", a network": {"ip": "203.0.77.0/24"},
        ", a network that has none": {"ip": "198.18.0.0"},
    }
    made = []
    for (kind, name), (who, person), (other, more) in itertools.product(names.items(), whose.items(), rest.items()):
        made.append((f"{kind}{who}{other}", _turns(Filters(name=name, **person, **more))))  # type: ignore[arg-type]
    return made


def _turns(filters: object) -> list[float]:
    """How long it takes to open the newest page, to turn some pages, and to begin far back."""
    from bench import town
    from talento.services import logs
    from talento.services.work import look

    taken, before = [], 0
    for turn in range(TURNS):
        start = time.perf_counter()
        found = look(town.ADMIN, logs.page, "activity", filters, before=before)
        taken.append((time.perf_counter() - start) * 1000)
        before = ENTRIES // 2 if turn == 2 or not found.entries else found.entries[-1].id
    return taken


if __name__ == "__main__":
    main()
