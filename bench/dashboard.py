"""The dashboard of administrators: how long it takes to count everything at a hundred thousand people."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench import town
from bench.report import Report

ROOT = Path(__file__).parents[1]
SIZE = 100_000
TURNS = 60


def main() -> None:
    """Make the town unless it is there, and count it in a process of its own."""
    town.database(SIZE)
    report = Report("dashboard", "Dashboard: people by day, place, skill and completeness, casting, mail, jobs, safety")
    command = [sys.executable, "-c", "from bench.dashboard import measure; measure()"]
    done = subprocess.run(
        command, env=os.environ | town.environment(SIZE), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    half, most = done.stdout.split()[-2:]
    report.add(f"{SIZE:,} people, 90 days: p50", float(half), "ms")
    report.add(f"{SIZE:,} people, 90 days: p95", float(most), "ms", target="≤ 100 ms")
    report.write()


def measure() -> None:
    """Print the median and the 95th percentile, in milliseconds."""
    from talento.services import dashboard, database, search
    from talento.services.cinema import search as cinema
    from talento.services.work import Work, look

    database.migrate()
    search.index().load()
    cinema.index().load()

    def everything(work: Work) -> None:
        dashboard.people(work, days=90)
        dashboard.cinema(work)
        dashboard.house(work)

    taken = []
    for _ in range(TURNS):
        start = time.perf_counter()
        look(town.ADMIN, everything)
        taken.append((time.perf_counter() - start) * 1000)
    print(statistics.median(taken), town.percentile(taken, 95))


if __name__ == "__main__":
    main()
