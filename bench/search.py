"""The search service: how long a search takes, how long the index takes to load, what it weighs, how fresh it is.

`python -m bench.search [sizes…]` (default 1000 100000 1000000). Databases are made once in $BENCH_DATA
(default data/bench) and kept.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil

from bench import town
from bench.report import Report

ROOT = Path(__file__).parents[1]

SIZES = (1_000, 100_000, 1_000_000)
LATENCY = {1_000: "≤ 3", 100_000: "≤ 10", 1_000_000: "≤ 40"}
LOAD = {100_000: "≤ 2", 1_000_000: "≤ 15"}
SEARCHES = 1_000
CHANGES = 40


def main() -> None:
    """Measure each size in a process of its own: the memory of one must not count for another."""
    sizes = [int(argument) for argument in sys.argv[1:] if argument.isdigit()] or list(SIZES)
    result = Report("search", "Search service: text, three facets, the counts of all facets, 50 rows of the database")
    for size in sizes:
        town.database(size)
        for what, value, unit, target in _apart(size):
            result.add(what, value, unit, target=target)
    result.write()


def _apart(size: int) -> list[list[Any]]:
    command = [sys.executable, "-c", f"from bench.search import measure; measure({size})"]
    done = subprocess.run(
        command, env=os.environ | town.environment(size), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]


def measure(size: int) -> None:
    """Print the figures of one size, a line of JSON each."""
    from talento.services import database, search
    from talento.services.search import reading

    list(reading.some(database.engine(), search.GENERAL.source, [1, 2, 3]))
    before = psutil.Process().memory_info().rss
    start = time.perf_counter()
    search.index().load()
    seconds = time.perf_counter() - start
    megabytes = (psutil.Process().memory_info().rss - before) / 2**20
    told(f"{size:,} people: index load", seconds, "s", LOAD.get(size, ""))
    told(f"{size:,} people: memory of the index", megabytes, "MB", "≤ 250" if size == 1_000_000 else "")
    times = searches(size)
    told(f"{size:,} people: {len(times):,} distinct searches, p50", town.percentile(times, 50), "ms", "")
    told(
        f"{size:,} people: {len(times):,} distinct searches, p95",
        town.percentile(times, 95),
        "ms",
        LATENCY.get(size, ""),
    )
    told(f"{size:,} people: {len(times):,} distinct searches, worst", max(times), "ms", "")
    waits = freshness()
    told(f"{size:,} people: changed in another process, found here, p50", town.percentile(waits, 50), "ms", "")
    told(f"{size:,} people: changed in another process, found here, worst", max(waits), "ms", "≤ 1000")


def searches(size: int) -> list[float]:
    """Milliseconds of distinct searches, each as a recruiter makes it: text, three facets, a sort, a page."""
    from talento.services.search import find
    from talento.services.work import work

    times = []
    queries = town.queries(SEARCHES + 50, seed=3)
    for number, query in enumerate(queries):
        start = time.perf_counter()
        with work(town.RECRUITER, writes=False) as opened:
            find(opened, query, "en")
        if number >= 50:
            times.append((time.perf_counter() - start) * 1000)
    return times


def freshness() -> list[float]:
    """Milliseconds from the commit in another process until a search here finds what it wrote."""
    from talento.services import live, search
    from talento.services.search import Query, find
    from talento.services.work import work

    feed = live.Feed([search.heard])
    feed.start()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert writer.stdin
    assert writer.stdout
    waits = []
    run = random.Random().randrange(10**9)
    for number in range(CHANGES):
        word = "zq" + "".join(chr(97 + int(digit)) for digit in f"{run}{number:03d}")
        writer.stdin.write(f"{1 + number * 7} {word}\n")
        writer.stdin.flush()
        writer.stdout.readline()
        start = time.perf_counter()
        while True:
            with work(town.ADMIN, writes=False) as opened:
                if find(opened, Query(text=word, everyone=True)).total:
                    break
            time.sleep(0.005)
        waits.append((time.perf_counter() - start) * 1000)
    writer.stdin.close()
    writer.wait()
    feed.stop()
    return waits


WRITER = """
import sys
import talento.models.tables
from talento.models.talents import Talent
from talento.services import live
from talento.services.work import SYSTEM, work
for line in sys.stdin:
    key, word = line.split()
    with work(SYSTEM) as opened:
        talent = opened.session.get(Talent, int(key))
        talent.bio = word
        live.publish(opened, "talent", int(key))
    print("stored", flush=True)
"""


def told(what: str, value: float, unit: str, target: str) -> None:
    """One figure for the parent process."""
    print(json.dumps([what, round(value, 2), unit, target]), flush=True)


if __name__ == "__main__":
    main()
