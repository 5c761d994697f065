"""The server is killed during scans, again and again: no acknowledged scan may be lost, and none may be there twice.

Several tablets scan over HTTP as paired devices, send again what was not answered, and never stop. The server is the
product's own (`talento run --no-build`); `SIGKILL` to its whole process group leaves it no moment to tidy up.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import httpx

from bench import served, town
from bench.report import Report

KILLS, TABLETS, EACH = 200, 6, 5
PATIENCE = 60.0
LONGEST_LIFE = 0.8

DESK = """
import sys
from datetime import date
import talento.models.tables
from talento.models.casting import Project
from talento.services import database, reference
from talento.services.casting import assignments, projects
from talento.services.cinema import seed
from talento.services.presence import devices, pairing
from talento.services.presence.devices import Wish
from talento.services.work import SYSTEM, VISITOR, run
from talento.models.cinema import CinemaTalent
from sqlalchemy import select
database.migrate()
run(SYSTEM, reference.fill)
seed.seed(int(sys.argv[1]) * 4)
place = next(city.id for city in reference.book().cities_of["MA"] if city.fr == "Ouarzazate")
typed = {"name": "The Caravan", "production_type": "film", "country": "MA", "city": str(place)}
project = run(SYSTEM, projects.create, typed | {"zone": "Africa/Casablanca", "day_break": "5"})
run(SYSTEM, lambda work: setattr(work.get(Project, project), "cool_down", 0))
grown = CinemaTalent.visibility != "hidden", CinemaTalent.born_on < date(2005, 1, 1)
some = select(CinemaTalent.id).where(*grown).limit(int(sys.argv[1]))
for talent in run(SYSTEM, lambda work: list(work.session.scalars(some))):
    run(SYSTEM, assignments.assign, project, talent_id=talent, overlap_reason="benchmark")
for number in range(int(sys.argv[2])):
    made = run(SYSTEM, devices.add, Wish(f"Tablet {number}", [project]))
    print(pairing.pair(VISITOR, run(SYSTEM, devices.new_code, made)).token)
print(*[row.code for row in run(SYSTEM, assignments.roster, project, locale="en")])
"""

STORED = """
import json
from sqlalchemy import select, text
from talento.models.casting import Assignment
from talento.models.presence import PresenceEvent
from talento.services.work import SYSTEM, run
rows = select(Assignment.code, PresenceEvent.device_at).join(Assignment, Assignment.id == PresenceEvent.assignment_id)
print(json.dumps(run(SYSTEM, lambda work: [[code, at.isoformat()] for code, at in work.session.execute(rows)])))
"""

LATE = """
import sys
import threading
from talento.cli import main
from talento.services.presence import batches
from talento.services.work import run, work


def answered_first(actor, action, *args, **kwargs):
    with work(actor) as opened:
        found = action(opened, *args, **kwargs)
        opened.session.rollback()
    threading.Timer(0.3, run, [actor, action, *args], kwargs).start()
    return found


batches.run = answered_first
sys.argv = ["talento", "run", "--no-build"]
main()
"""
"""A server that answers first and stores a moment later: what the twin of the promise runs."""


@dataclass(frozen=True)
class Outcome:
    """What was left when the last server had answered everybody."""

    kills: int
    acknowledged: int
    repeated: int
    lost: int
    doubled: int
    refused: int
    seconds_away: list[float]


@dataclass
class Desk:
    """A database with a project, its codes, and the tokens of its tablets."""

    folder: Path
    port: int
    environment: dict[str, str]
    tokens: list[str]
    codes: list[str]


class Tablet(threading.Thread):
    """Scans its own people without a pause; what was not answered it sends again, under the same ids."""

    def __init__(self, desk: Desk, number: int, stop: threading.Event, *, renumbers: bool) -> None:
        super().__init__(daemon=True)
        self.desk, self.number, self.stop, self.renumbers = desk, number, stop, renumbers
        self.acknowledged: list[tuple[str, str]] = []
        self.repeated = self.refused = 0

    def run(self) -> None:
        mine, rng = self.desk.codes[self.number :: TABLETS], Random(self.number)
        address = f"http://127.0.0.1:{self.desk.port}/desk/{mine[0].partition('-')[0]}/scans"
        headers = {"Authorization": f"Device {self.desk.tokens[self.number]}"}
        with httpx.Client(headers=headers, timeout=5) as client:
            while not self.stop.is_set():
                scans = [scan(code) for code in rng.sample(mine, rng.randint(1, len(mine)))]
                self.deliver(client, address, scans)

    def deliver(self, client: httpx.Client, address: str, scans: list[dict[str, Any]]) -> None:
        """Send a batch until it is answered."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            try:
                answer = client.post(address, json={"device_now": datetime.now(UTC).isoformat(), "scans": scans})
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == 200:
                break
            self.repeated += 1
            time.sleep(0.1)
            scans = [one | {"client_id": str(uuid4())} for one in scans] if self.renumbers else scans
        else:
            raise SystemExit("The server did not come back.")
        for one, said in zip(scans, answer.json()["answers"], strict=True):
            if said["outcome"] == "refused":
                self.refused += 1
            else:
                self.acknowledged.append((one["scanned"], one["device_at"]))


def main() -> None:
    """Kill it 200 times."""
    report = Report("kills", "The server killed with SIGKILL during the scans of six tablets (SQLite)")
    with tempfile.TemporaryDirectory(prefix="talento-kills-") as folder:
        found = soak(Path(folder), KILLS)
    report.add("kills", found.kills, target=f"{KILLS}")
    report.add("scans acknowledged", found.acknowledged)
    report.add("batches sent again because no answer came", found.repeated)
    report.add("acknowledged scans lost", found.lost, target="0")
    report.add("scans stored twice", found.doubled, target="0")
    report.add("scans refused", found.refused, target="0")
    away = sorted(found.seconds_away)
    report.add("from the start of a process to its first answer, median", away[len(away) // 2], "s")
    report.write()


def soak(folder: Path, kills: int, *, renumbers: bool = False, is_late: bool = False, seed: int = 9) -> Outcome:
    """Kill the server so many times while tablets scan, let it answer everybody, and compare.

    Args:
        renumbers: a twin whose tablets give a scan a new id each time it is sent.
        is_late: a twin whose server answers before it commits.
    """
    desk, rng, stop = prepared(folder), Random(seed), threading.Event()
    command = [sys.executable, *(["-c", LATE] if is_late else ["-m", "talento", "run", "--no-build"])]
    tablets = [Tablet(desk, number, stop, renumbers=renumbers) for number in range(TABLETS)]
    away, server = [], None
    try:
        for number in range(kills + 1):
            began = time.monotonic()
            server = started(desk, command)
            away.append(time.monotonic() - began)
            if number == 0:
                [tablet.start() for tablet in tablets]
            if number < kills:
                await_moment(rng, tablets)
                killed(server)
        stop.set()
        for tablet in tablets:
            tablet.join(PATIENCE)
        time.sleep(1 if is_late else 0)
    finally:
        stop.set()
        if server is not None and server.poll() is None:
            killed(server)
    return compared(desk, kills, tablets, away)


def await_moment(rng: Random, tablets: list[Tablet]) -> None:
    """Any moment, or the very one in which an answer has just arrived: what it promised must be stored by then."""
    time.sleep(rng.uniform(0.02, LONGEST_LIFE))
    known = sum(len(tablet.acknowledged) for tablet in tablets)
    ends = time.monotonic() + (5 if rng.random() < 0.5 else 0)
    while time.monotonic() < ends and sum(len(tablet.acknowledged) for tablet in tablets) == known:
        time.sleep(0.001)


def compared(desk: Desk, kills: int, tablets: list[Tablet], away: list[float]) -> Outcome:
    """What was acknowledged beside what is stored."""
    read = [sys.executable, "-c", STORED]
    said = subprocess.run(read, env=desk.environment, cwd=served.ROOT, stdout=subprocess.PIPE, text=True, check=True)
    stored = Counter((code, at) for code, at in json.loads(said.stdout))
    acknowledged = [one for tablet in tablets for one in tablet.acknowledged]
    return Outcome(
        kills=kills,
        acknowledged=len(acknowledged),
        repeated=sum(tablet.repeated for tablet in tablets),
        lost=sum(one not in stored for one in acknowledged),
        doubled=sum(count - 1 for count in stored.values()),
        refused=sum(tablet.refused for tablet in tablets),
        seconds_away=away,
    )


def prepared(folder: Path) -> Desk:
    """A desk on a fresh SQLite database."""
    where = {"DATABASE_URL": f"sqlite:///{folder}/talento.db", "DATA_DIR": str(folder / "data"), "REDIS_URL": ""}
    port = served.free_port()
    environment = os.environ | town.SECRETS | where | served.generous(port)
    command = [sys.executable, "-c", DESK, str(TABLETS * EACH), str(TABLETS)]
    made = subprocess.run(command, env=environment, cwd=served.ROOT, stdout=subprocess.PIPE, text=True, check=True)
    *tokens, codes = made.stdout.strip().splitlines()
    return Desk(folder, port, environment, tokens, codes.split())


def started(desk: Desk, command: list[str]) -> subprocess.Popen[bytes]:
    """The product's server, once it answers."""
    with (desk.folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=desk.environment, cwd=served.ROOT, stdout=log, stderr=log, start_new_session=True
        )
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"http://127.0.0.1:{desk.port}/healthz", timeout=2).status_code == 200:
                return process
        except httpx.TransportError:
            time.sleep(0.02)
    killed(process)
    raise SystemExit((desk.folder / "server.log").read_text()[-3000:])


def killed(process: subprocess.Popen[bytes]) -> None:
    """End a server and its workers without a word, and wait until they are gone."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(20)


def scan(code: str) -> dict[str, Any]:
    """A badge before a tablet now."""
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    return {"client_id": str(uuid4()), "scanned": code, "source": "camera", "device_at": at}


if __name__ == "__main__":
    main()
