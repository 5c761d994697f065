"""The casting search at 100,000 cinema talents: in the service, and from a key pressed to the painted faces."""

import json
import os
import subprocess
import sys
import time

import psutil

from bench import keystroke, served, town
from bench.report import Report
from bench.search import ROOT, told

SIZE = 100_000
SEARCHES = 1_000
FILTERED = "/cinema?kind=extra,supporting_actor&lang=fr&height=150-190&plays=15-60"


def main() -> None:
    """Measure the service in a process of its own, then the page in a browser."""
    town.database(SIZE, "cinema")
    result = Report("cinema_search", f"Casting search: text, four facets, the counts of all facets, {SIZE:,} people")
    command = [sys.executable, "-c", "from bench.cinema_search import measure; measure()"]
    environment = os.environ | town.environment(SIZE, "cinema")
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        if line.startswith("["):
            what, value, unit, target = json.loads(line)
            result.add(what, value, unit, target=target)
    with served.served(SIZE, roster="cinema") as product:
        keystroke.measure(result, product, FILTERED, "#cinema_search", town.CINEMA_WORDS)
    result.write()


def measure() -> None:
    """Print the figures of the service, a line of JSON each."""
    from talento.services import database
    from talento.services.cinema import search
    from talento.services.search import reading

    list(reading.some(database.engine(), search.CINEMA.source, [1, 2, 3]))
    before = psutil.Process().memory_info().rss
    start = time.perf_counter()
    search.index().load()
    told("index load", time.perf_counter() - start, "s", "")
    told("memory of the index", (psutil.Process().memory_info().rss - before) / 2**20, "MB", "")
    times = searches()
    told(f"{len(times):,} distinct searches, p50", town.percentile(times, 50), "ms", "")
    told(f"{len(times):,} distinct searches, p95", town.percentile(times, 95), "ms", "≤ 10")
    told(f"{len(times):,} distinct searches, worst", max(times), "ms", "")


def searches() -> list[float]:
    """Milliseconds of distinct searches: text, four facets, a sort, a page of 60 faces."""
    from talento.services.cinema.search import find
    from talento.services.work import work

    times = []
    for number, query in enumerate(town.cinema_queries(SEARCHES + 50, seed=3)):
        start = time.perf_counter()
        with work(town.RECRUITER, writes=False) as opened:
            find(opened, query, "en")
        if number >= 50:
            times.append((time.perf_counter() - start) * 1000)
    return times


if __name__ == "__main__":
    main()
