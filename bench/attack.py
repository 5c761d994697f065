"""An attack on sign-in: 10,000 wrong passwords from 100 addresses on 50 accounts, while others sign in.

A real server behind a trusted proxy (this program, which says whom each request is from). Attackers and the others are
processes of their own on the same machine, so that neither waits for the other.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench import served, town
from bench.report import Report

ADDRESSES, ACCOUNTS, TRIES = 100, 50, 10_000
PAUSE = 3.0  # between two tries of one address: as often as one address may; once it is blocked it goes on at once
OTHERS = 40
EVERY = 1.0  # between two sign-ins of others
ALONE = 30.0
PASSWORD = "correct horse battery staple"
RIGHT = 0  # stands among the statuses for how many right passwords were tried

CAST = """
import sys, json
import talento.models.tables
from talento.services import accounts, database, entry, passwords, reference
from talento.services.work import SYSTEM, run, work
from talento.vocabulary.permissions import Role
database.migrate()
run(SYSTEM, reference.fill)
kept, (victims, others) = passwords.hashed(sys.argv[1]), map(int, sys.argv[2:])
with work(SYSTEM) as opened:
    def made(email, role):
        return accounts.create_staff(opened, email=email, role=role, name=email, password_hash=kept).id
    made("admin@bench.example.com", Role.ADMIN)
    for number in range(victims):
        made(f"victim.{number}@bench.example.com", Role.USER)
    homes = [made(f"other.{number}@bench.example.com", Role.USER) for number in range(others)]
print(json.dumps([entry.device_token(user_id, "salt") for user_id in homes]))
"""

LOCKED = """
import json
import talento.models.tables
from datetime import timedelta
from sqlalchemy import select
from talento.models.accounts import Throttle, User
from talento.services.work import SYSTEM, look
def locked(work):
    waits = select(Throttle.key).where(Throttle.blocked_until > work.now + timedelta(seconds=60))
    keys = set(work.session.scalars(waits))
    return [user.email for user in work.session.scalars(select(User)) if f"failures:account:{user.id}" in keys]
print(json.dumps(look(SYSTEM, locked)))
"""

FOUND = """
import json
import talento.models.tables
from talento.services.security import alerts, blocks
from talento.services.work import SYSTEM, look
found = look(SYSTEM, alerts.listed)
print(json.dumps([[one.rule for one in found], len(look(SYSTEM, blocks.listed))]))
"""


@dataclass(frozen=True)
class Answer:
    """What a sign-in was answered, and how long it took."""

    status: int
    seconds: float


def main() -> None:
    """Measure on SQLite: one process, the default cost of passwords."""
    report = Report("attack", f"{TRIES:,} wrong passwords from {ADDRESSES} addresses on {ACCOUNTS} accounts")
    with tempfile.TemporaryDirectory(prefix="talento-attack-") as folder:
        measure(report, Path(folder))
    report.write()


def measure(report: Report, folder: Path) -> None:
    """Attack a server, and sign others in before and meanwhile."""
    environment = os.environ | town.SECRETS | where(folder)
    known = json.loads(said(environment, CAST, PASSWORD, str(ACCOUNTS), str(OTHERS)))
    with served.processes(environment, 1) as (port,):
        report.add("load of the machine before", os.getloadavg()[0])
        calm = asyncio.run(others(port, known, ALONE))
        report.add("others, alone: sign-in p95", town.percentile(ms(calm), 95), "ms")
        command = [sys.executable, "-m", "bench.attack", str(port)]
        attack = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=served.ROOT, env=environment)
        meanwhile = asyncio.run(others(port, known, 600, until=attack))
        statuses = {int(key): count for key, count in json.loads(attack.communicate()[0]).items()}
        rules, blocked = json.loads(said(environment, FOUND))
    told(report, statuses, meanwhile, Counter(rules), blocked)


Others = list[tuple[bool, Answer]]


def told(report: Report, statuses: dict[int, int], others: Others, rules: Counter[str], blocked: int) -> None:
    """The figures of an attack."""
    right = statuses.pop(RIGHT, 0)
    report.add("wrong passwords", sum(statuses.values()) - right)
    report.add("right passwords of locked accounts, from new addresses", right)
    report.add("attackers who got in", statuses.get(200, 0), target="0")
    for status, words in ((403, "blocked"), (429, "too many"), (422, "wrong or locked"), (503, "no place")):
        report.add(f"tries answered {status} ({words})", statuses.get(status, 0))
    report.add("sign-ins of others meanwhile", len(others))
    report.add("of them refused", sum(one.status != 200 for _, one in others), target="0")
    for is_known, words in ((True, "with a known browser"), (False, "with a new browser")):
        times = [one.seconds * 1000 for known, one in others if known is is_known]
        report.add(f"others, {words}: sign-in p50", town.percentile(times, 50), "ms")
        report.add(f"others, {words}: sign-in p95", town.percentile(times, 95), "ms", target="≤ 300")
    report.add("networks blocked", blocked, target=str(ADDRESSES))
    report.add("alerts: many accounts tried from one address", rules["many_accounts"], target=str(ADDRESSES))
    report.add("alerts: many failed sign-ins on one account", rules["one_account"], target=str(ACCOUNTS))


def where(folder: Path) -> dict[str, str]:
    """A database of its own, behind a proxy on this machine."""
    return {
        "DATABASE_URL": f"sqlite:///{folder}/attack.db", "DATA_DIR": str(folder), "TRUSTED_PROXIES": "127.0.0.1/32",
        "REDIS_URL": "",
    }  # fmt: skip


def said(environment: dict[str, str], program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(
        command, env=environment, cwd=served.ROOT, stdout=subprocess.PIPE, text=True, check=True
    ).stdout


# The others


async def others(
    port: int, known: list[str], seconds: float, *, until: subprocess.Popen[str] | None = None
) -> list[tuple[bool, Answer]]:
    """People who sign in one after the other, each from home; half of them with a browser that we know."""
    found, started, number = [], time.monotonic(), 0
    while time.monotonic() - started < seconds and (until is None or until.poll() is None):
        who, is_known = number % len(known), number % 2 == 0
        cookie = f"talento-device={known[who]}" if is_known else ""
        address = f"198.51.{100 + number // 250}.{number % 250 + 1}"
        name = f"other.{who}@bench.example.com"
        found.append((is_known, await tried(port, address, name, PASSWORD, cookie)))
        number += 1
        await asyncio.sleep(max(0.0, started + number * EVERY - time.monotonic()))
    return found


def ms(found: list[tuple[bool, Answer]]) -> list[float]:
    return [one.seconds * 1000 for _, one in found]


# The attackers


async def attack(port: int, addresses: int = ADDRESSES, tries: int = TRIES) -> Counter[int]:
    """Every address guesses at every account, again and again; then right passwords from addresses not seen yet."""
    async with asyncio.TaskGroup() as group:
        each = [group.create_task(_guess(port, number, tries // addresses)) for number in range(addresses)]
    statuses = Counter(status for one in each for status in one.result())
    for number, name in enumerate(json.loads(said(dict(os.environ), LOCKED))):
        right = await tried(port, f"186.{number}.113.7", name, PASSWORD)
        statuses[right.status] += 1
        statuses[RIGHT] += 1
    return statuses


async def _guess(port: int, number: int, tries: int) -> list[int]:
    await asyncio.sleep(PAUSE * number / ADDRESSES)
    found = []
    for turn, name in zip(range(tries), victims(number), strict=False):
        answer = await tried(port, f"203.0.113.{number + 1}", name, f"guess number {turn}")
        found.append(answer.status)
        await asyncio.sleep(0.02 if answer.status == 403 else PAUSE)
    return found


def victims(number: int) -> Iterator[str]:
    """All of them in turn, each address beginning with another."""
    while True:
        yield victim(number % ACCOUNTS)
        number += 1


def victim(number: int) -> str:
    return f"victim.{number}@bench.example.com"


async def tried(port: int, address: str, name: str, password: str, cookie: str = "") -> Answer:
    """One sign-in on a connection of its own, with as little work as can be."""
    body = urlencode({"identifier": name, "password": password})
    lines = [
        "POST /auth/sign-in HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Origin: http://127.0.0.1:{port}", "X-Talento: 1",
        f"X-Forwarded-For: {address}", "Content-Type: application/x-www-form-urlencoded", "Connection: close",
        f"Content-Length: {len(body)}", *([f"Cookie: {cookie}"] if cookie else []), "", body,
    ]  # fmt: skip
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write("\r\n".join(lines).encode())
    status = int((await reader.readline()).split()[1])
    await reader.read()
    took = time.perf_counter() - began
    writer.close()
    return Answer(status, took)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(attack(int(sys.argv[1])))))
