"""Databases of invented people for the benchmarks, and what recruiters ask of them."""

import math
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from talento.services.cinema.search import CinemaQuery
from talento.services.search import Query, Sort
from talento.services.work import Actor
from talento.vocabulary.appearance import Build, EyeColor, HairColor
from talento.vocabulary.casting import TalentType
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


def environment(size: int, roster: str = "people") -> dict[str, str]:
    """What a process that works on the town of this size needs."""
    return SECRETS | {"DATABASE_URL": f"sqlite:///{path(size, roster)}", "DATA_DIR": str(DATA)}


def path(size: int, roster: str = "people") -> Path:
    return DATA / f"{roster}-{size}.db"


def database(size: int, roster: str = "people") -> None:
    """Make the town unless it is there: a few minutes for a million people. `roster`: `people`, or `cinema`."""
    if path(size, roster).exists():
        return
    print(f"Making {size:,} people in {path(size, roster)} …", flush=True)
    DATA.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", MAKER, str(size), roster]
    subprocess.run(command, env=os.environ | environment(size, roster), check=True)


MAKER = """
import sys
from talento.services import database, reference
from talento.services.work import SYSTEM, run
if sys.argv[2] == "cinema":
    from talento.services.cinema import seed
else:
    from talento.services import seed
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


CINEMA_WORDS = [*NAMES, "figurant", "stunt", "cascadeur", "danse", "caravane", "médina", "camera", "théâtre", "agence"]


def cinema_queries(count: int, seed: int = 1) -> list[CinemaQuery]:
    """Distinct cinema searches with a text and four facets, in every order and some on later pages."""
    rng, found = Random(seed), dict[CinemaQuery, None]()
    while len(found) < count:
        facets = dict(rng.sample(_cinema_choices(rng), 4))
        word = rng.choice(CINEMA_WORDS)
        text = word[: rng.randrange(1, len(word) + 1)]
        spans = {name: end for pair in facets.values() if isinstance(pair, dict) for name, end in pair.items()}
        plain = {name: value for name, value in facets.items() if not isinstance(value, dict)}
        page = rng.choice((1, 1, 1, 2, 5))
        found[CinemaQuery(text=text, sort=rng.choice(list(Sort)), page=page, **plain, **spans)] = None
    return list(found)


def _cinema_choices(rng: Random) -> list[tuple[str, object]]:
    def some(values: object, most: int) -> tuple[str, ...]:
        known = [str(value) for value in values]  # type: ignore[attr-defined]
        return tuple(rng.sample(known, rng.randrange(1, most + 1)))

    low, tall, first = rng.randrange(5, 60), rng.randrange(140, 180), date(2026, 11, 1 + rng.randrange(28))
    return [
        ("kinds", some(TalentType, 3)),
        ("gender", some(Gender, 2)),
        ("residence", some(COUNTRIES, 4)),
        ("languages", some((Language.ARABIC, Language.FRENCH, Language.ENGLISH, Language.DARIJA), 2)),
        ("skills", some((skill.slug for skill in skills(SkillTag.CINEMA)), 4)),
        ("eye_color", some(EyeColor, 3)),
        ("hair_color", some(HairColor, 4)),
        ("build", some(Build, 3)),
        ("experience", some(Experience, 2)),
        ("plays", {"plays_min": low, "plays_max": low + rng.randrange(3, 20)}),
        ("height", {"height_min": tall, "height_max": tall + rng.randrange(5, 30)}),
        ("free", {"free_from": first, "free_to": first + timedelta(days=rng.randrange(20))}),
    ]
