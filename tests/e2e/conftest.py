"""The product, built and served as an operator would, and a real browser in front of it."""

import itertools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.edge.conftest import build_pages

REPOSITORY = Path(__file__).parents[2]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Site:
    """A running Talento: its address, what it printed, and its demonstration accounts."""

    port: int
    folder: Path
    process: subprocess.Popen = field(repr=False)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def printed(self) -> str:
        return (self.folder / "log").read_text()

    def account(self, role: str) -> tuple[str, str]:
        """E-mail and password of a demonstration account, as printed on the first run."""
        found = re.search(rf"^  {role}\s+(\S+)\s+(\S+)$", self.printed, re.MULTILINE)
        assert found, self.printed
        return found[1], found[2]

    def link(self, kind: str, recipient: str) -> str:
        """The link of a message that the local outbox printed; waits for it."""
        for _ in range(100):
            found = re.findall(rf"✉ {kind} → {re.escape(recipient)}\s+(\S+)", self.printed)
            if found:
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(f"no {kind} for {recipient} in:\n{self.printed}")

    def tell(self, program: str, *arguments: str) -> str:
        """What a Python program prints that works on the site's own data."""
        command = [sys.executable, "-c", f"import talento.models.tables\n{program}", *arguments]
        said = subprocess.run(command, cwd=REPOSITORY, env=self.environment, capture_output=True, text=True)
        assert said.returncode == 0, said.stderr
        return said.stdout.strip()

    def sign_in(self, page: Page, identifier: str, password: str) -> None:
        """Through the form, as people do."""
        page.goto(f"{self.address}/sign-in")
        page.fill("#identifier", identifier)
        page.fill("#password", password)
        page.get_by_role("main").get_by_role("button", name=re.compile("^(Sign in|Se connecter)$")).click()
        page.wait_for_url(re.compile(r"/(talents|profile|presence|admin)"))

    def start(self) -> None:
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "talento", "run", "--no-build"],
                cwd=REPOSITORY, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.address}/healthz", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                assert self.process.poll() is None, self.printed
                time.sleep(0.2)
        raise AssertionError(self.printed)

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "PORT": str(self.port),
            "PUBLIC_URL": "",
            "DATABASE_URL": f"sqlite:///{self.folder}/talento.db",
            "DATA_DIR": str(self.folder / "data"),
            "BCRYPT_COST": "10",
            "PYTHONUNBUFFERED": "1",
            "TALENTO_SOCKETS_PER_ADDRESS": "400",
            "TRUSTED_PROXIES": "127.0.0.1/32",
        }


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser test gets a second try: a click can be lost on a machine that is busy; a fault fails twice."""
    for item in items:
        if item.get_closest_marker("e2e"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def built() -> None:
    """The pages, compiled once however many workers ask."""
    build_pages()


@pytest.fixture(scope="session")
def site(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A fresh installation after its first start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Site(port, tmp_path_factory.mktemp("site"), None)  # type: ignore[arg-type]
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The machine's Chromium where there is one, else Playwright's own."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    made = playwright.chromium.launch(executable_path=path, args=list(QUIET))
    yield made
    made.close()


expect.set_options(timeout=20_000)  # two browsers and two servers may share two cores with the rest of the suite

Open = Callable[..., Page]
ADDRESSES = itertools.count(1)  # each browser sits behind an address of its own: sign-ins are counted per address


@pytest.fixture
def open_browser(browser: Browser, site: Site) -> Iterator[Open]:
    """Opens a new browser profile: `open_browser(width=360, locale="fr-FR")`; errors in its console fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(width: int = 1440, height: int = 900, locale: str = "en-GB", **options: object) -> Page:
        own_address = {"X-Forwarded-For": f"198.51.100.{next(ADDRESSES) % 250}"}
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, extra_http_headers=own_address, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def is_complaint(said: object) -> bool:
    """Errors and policy violations; a refused request and a lost socket are told to the reader instead."""
    text = said.text  # type: ignore[attr-defined]
    expected = "Failed to load resource" in text or "WebSocket connection" in text
    return said.type == "error" and not expected  # type: ignore[attr-defined]
