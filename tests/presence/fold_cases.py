"""What the browser's half of a desk must compute exactly as the server does: the cases that both are held to.

`python -m tests.presence.fold_cases` writes them anew, after a rule has changed.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from talento.services import codes
from talento.services.presence.stays import Mark, day_of, stays
from talento.vocabulary.presence import Action

FILE = Path(__file__).with_suffix(".json")
START = datetime(2027, 3, 12, 8, 0, tzinfo=UTC)
ZONES = ("Africa/Casablanca", "Europe/Paris", "America/New_York", "Asia/Kathmandu", "Pacific/Apia")
TYPED = (
    "MAOUAFIL001-007", "maoua fil 001 007", " maouafil001–007 ", "MAOUAFIL0011007", "MAOUAFIL1234567", "MAOUAFIL01-7",
    "https://talento.example/t/MAM0001RAB", "/t/MAM%300001RAB/", "MAM 0001 RAB", "ma.m_0001·rab", "MACAS00001F",
    "https://x.example/a/MAOUAFIL001-007?x=1#y", "", "   ", "://", "/", "%", "/t/%", "ÉTÉ", "x\ty\nz", "--", "1" * 40,
    "http://[broken", "MAOUAFIL001007\n", "SNDAKSER001-1234", "SNDAKSER0011234", "SNDAKSER1000100",
)  # fmt: skip


def fold(case: dict[str, Any]) -> list[list[Any]]:
    """The stays of a case, as the file has them: seconds since the start, ids, whether forgotten."""
    marks = [
        Mark(key, Action(action), START + timedelta(seconds=at), START + timedelta(seconds=made), target)
        for key, action, at, made, target in case["marks"]
    ]
    return [
        [seconds(one.arrived_at), one.arrival, seconds(one.left_at), one.departure, one.is_forgotten]
        for one in stays(marks, cool_down=timedelta(seconds=case["cool_down"]))
    ]


def seconds(at: datetime | None) -> float | None:
    return (at - START).total_seconds() if at else None


def days(case: list[Any]) -> str:
    at, zone, day_break = case[:3]
    return day_of(START + timedelta(seconds=at), zone, day_break).isoformat()


def made() -> dict[str, Any]:
    """The cases: seeded, so that they are the same each time."""
    random = Random(20270312)
    folds = [_case(random) for _ in range(240)]
    instants = [[random.randint(0, 400 * 86_400), random.choice(ZONES), random.randint(0, 12)] for _ in range(120)]
    return {
        "folds": [case | {"stays": fold(case)} for case in folds],
        "days": [[*case, days(case)] for case in instants],
        "codes": [[text, codes.normalize(text), codes.assignment_readings(text)] for text in TYPED],
    }


def _case(random: Random) -> dict[str, Any]:
    """Mostly scans, some minutes or hours apart; some corrected, taken back, brought back, or sent for both ends."""
    names = [f"{number:02d}" for number in range(random.randint(1, 14))]
    random.shuffle(names)
    at, marks = 0.0, []
    for name in names:
        at += random.choice([0, 1, 20, 59, 60, 61, 900, 14_400, 57_599, 57_600, 57_601, 90_000])
        action = random.choice(["scan"] * 6 + ["in", "out", "cancel", "move"])
        target = random.choice(names) if action in ("cancel", "move") else ""
        moved = at + random.randint(-7_200, 7_200) if action == "move" else at + random.choice([0, 0, 0.25])
        marks.append([name, action, moved, at + random.randint(0, 3), target])
    random.shuffle(marks)
    return {"cool_down": random.choice([0, 60, 60, 300]), "marks": marks}


def main() -> None:
    """Write the file, a case on each line."""
    parts = (
        f' "{name}": [\n' + ",\n".join("  " + json.dumps(one, ensure_ascii=False) for one in cases) + "\n ]"
        for name, cases in made().items()
    )
    FILE.write_text("{\n" + ",\n".join(parts) + "\n}\n")


if __name__ == "__main__":
    main()
