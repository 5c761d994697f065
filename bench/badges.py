"""Two hundred badges with photos on sheets of eight: how long, and how much memory the making takes."""

import os
import subprocess
import sys
import tempfile

from bench import town
from bench.report import Report

COUNT = 200

CAST = """
import sys
import talento.models.tables
from sqlalchemy import select
from talento.models.cinema import CinemaTalent
from talento.services import accounts, database, reference
from talento.services.casting import assignments, projects
from talento.services.cinema import seed
from talento.services.work import SYSTEM, run
count = int(sys.argv[1])
database.migrate()
run(SYSTEM, reference.fill)
seed.seed(count * 3)
place = next(city.id for city in reference.book().cities_of["MA"] if city.fr == "Ouarzazate")
typed = {"name": "The Caravan", "production_type": "film", "country": "MA", "city": str(place)}
typed |= {"zone": "Africa/Casablanca", "day_break": "5", "starts_on": "2027-04-01", "ends_on": "2027-05-15"}
project = run(SYSTEM, projects.create, typed)
seen = CinemaTalent.photo_id.is_not(None), CinemaTalent.visibility != "hidden", CinemaTalent.born_on < "2005-01-01"
found = run(SYSTEM, lambda work: list(work.session.scalars(select(CinemaTalent.id).where(*seen).limit(count))))
for talent in found:
    run(SYSTEM, assignments.assign, project, talent_id=talent, overlap_reason="benchmark")
print(project, len(found))
"""

MAKE = """
import resource, sys, time
import talento.models.tables
from talento.services.documents import casting
from talento.services.work import SYSTEM
casting.badge(SYSTEM, 1, locale="fr")  # fonts and keys are read once a process
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
made = casting.badge_sheet(SYSTEM, int(sys.argv[1]), locale="fr", layout="8")
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(took, peak / 1024, (peak - before) / 1024, len(made.data) / 1e6)
"""


def main() -> None:
    """Measure, and store what was measured."""
    report = Report("badges", "Badges on paper")
    with tempfile.TemporaryDirectory(prefix="talento-badges-") as folder:
        environment = os.environ | town.SECRETS | {"DATABASE_URL": f"sqlite:///{folder}/badges.db", "DATA_DIR": folder}
        project, count = _said(CAST, environment, str(COUNT))
        took, peak, more, size = (float(word) for word in _said(MAKE, environment, project))
    report.add(f"{int(count)} badges on sheets of 8, with photos", took, "s", target="≤ 10 s")
    report.add("memory of the process at its peak", peak, "MB", target="≤ 250 MB")
    report.add("of which for the badges", more, "MB")
    report.add("size of the document", size, "MB")
    report.write()


def _said(program: str, environment: dict[str, str], *arguments: str) -> list[str]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout.split()


if __name__ == "__main__":
    main()
