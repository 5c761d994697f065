"""Databases of invented people for the benchmarks, and what recruiters ask of them."""

import math
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from talento.services.search import Query, Sort
from talento.services.work import Actor
from talento.vocabulary.languages import Language
from talento.vocabulary.people import Experience, Gender
from talento.vocabulary.permissions import Role
from talento.vocabulary.skills import SkillTag, skills
from talento.vocabulary.work import Availability, WorkMode

DATA = Path(os.environ.get("BENCH_DATA", Path(__file__).parents[1] / "data" / "bench"))
RECRUITER = Actor(user_id=1, role=Role.RECRUITER, name="Youssef")
ADMIN = Actor(user_id=2, role=Role.ADMIN, name="Awa")

NAMES = [
    "amina",
    "karim",
    "mohamed",
    "fatima",
    "youssef",
    "benali",
    "alaoui",
    "diallo",
    "traore",
    "kone",
    "martin",
    "dupont",
    "sarah",
    "ines",
    "omar",
    "nadia",
]
WORDS = [
    "plombier",
    "chauffeur",
    "driver",
    "electric",
    "cuisin",
    "photograph",
    "design",
    "teacher",
    "sérieux",
    "years",
    "passion",
    "équipe",
]
COUNTRIES = ("MA", "FR", "SN", "CI", "DZ", "TN", "CM", "BE", "ES", "CA")
SECRETS = {"SECRET_KEY": "bench" * 10, "ENCRYPTION_KEY": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="}


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)]


def environment(size: int) -> dict[str, str]:
    """What a process that works on the town of this size needs."""
    return SECRETS | {"DATABASE_URL": f"sqlite:///{path(size)}", "DATA_DIR": str(DATA)}


def path(size: int) -> Path:
    return DATA / f"people-{size}.db"


def database(size: int) -> None:
    """Make the town unless it is there: a few minutes for a million people."""
    if path(size).exists():
        return
    print(f"Making {size:,} people in {path(size)} …", flush=True)
    DATA.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-c", MAKER, str(size)], env=os.environ | environment(size), check=True)


MAKER = """
import sys
from talento.services import database, reference, seed
from talento.services.work import SYSTEM, run
size = int(sys.argv[1])
database.migrate()
run(SYSTEM, reference.fill)
seed.seed(size, sealed=size <= 100_000, files=size <= 100_000)
"""


def queries(count: int, seed: int = 1) -> list[Query]:
    """Distinct searches with a text and three facets, in every order and some on later pages."""
    found = dict.fromkeys(_asked(Random(seed), count * 3))
    return list(found)[:count]


def _asked(rng: Random, count: int) -> Iterator[Query]:
    for _ in range(count):
        facets = dict(rng.sample(_choices(rng), 3))
        yield Query(text=_text(rng), sort=rng.choice(list(Sort)), page=rng.choice((1, 1, 1, 2, 5)), **facets)


def _text(rng: Random) -> str:
    """A word that is being typed, sometimes with a slip, sometimes after another word."""
    word = rng.choice(NAMES + WORDS)
    typed = word[: rng.randrange(1, len(word) + 1)]
    if rng.random() < 0.15 and len(typed) > 4:
        place = rng.randrange(1, len(typed) - 1)
        typed = typed[:place] + typed[place + 1] + typed[place] + typed[place + 2 :]
    return f"{rng.choice(NAMES)} {typed}" if rng.random() < 0.2 else typed


def _choices(rng: Random) -> list[tuple[str, object]]:
    def some(values: object, most: int) -> tuple[str, ...]:
        known = [str(value) for value in values]  # type: ignore[attr-defined]
        return tuple(rng.sample(known, rng.randrange(1, most + 1)))

    low = rng.randrange(16, 50)
    return [
        ("skills", some((skill.slug for skill in skills(SkillTag.GENERAL)), 4)),
        ("residence", some(COUNTRIES, 3)),
        ("origin", some(COUNTRIES, 3)),
        ("gender", some(Gender, 2)),
        ("languages", some((Language.ARABIC, Language.FRENCH, Language.ENGLISH, Language.DARIJA), 2)),
        ("availability", some(Availability, 3)),
        ("work_mode", some(WorkMode, 3)),
        ("experience", some(Experience, 2)),
        ("has", ("cv",)),
        ("age_min", low),
        ("age_max", low + rng.randrange(5, 30)),
    ]
