"""The first page as somebody sees it who was never here: its bytes, and how soon a slow phone shows it.

Chromium asks for gzip over http and adds Brotli over https: the same files are asked for in both ways.
"""

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from bench.report import Report
from tests.e2e.conftest import QUIET, REPOSITORY, Site

RUNS = 5
LIMIT = 180.0
LINK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4
SHOWN = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
LARGEST = """() => new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
        .observe({type: "largest-contentful-paint", buffered: true});
    setTimeout(() => done(0), 1000);
})"""


@dataclass
class Load:
    """What one first load cost."""

    bytes: int = 0
    painted: float = 0
    largest: float = 0
    alive: float = 0
    sizes: dict[str, int] = field(default_factory=dict)
    encodings: set[str] = field(default_factory=set)


def main() -> None:
    """Measure the landing page and the search of a fresh installation."""
    report = Report("first_page", "The first page, with an empty cache")
    subprocess.run([sys.executable, "-m", "talento", "build"], cwd=REPOSITORY, check=True)
    with served() as site, chromium() as browser:
        for path, role in (("/", ""), ("/talents", "recruiter")):
            about(report, browser, site, path, role)
    report.write()


def about(report: Report, browser: Browser, site: Site, path: str, role: str) -> None:
    """The figures of one page."""
    cookies = signed_in(browser, site, role) if role else []
    plain = load(browser, site, path, cookies)
    packed = "/".join(sorted(plain.encodings - {""})) or "nothing"
    report.add(f"{path}: transferred ({packed}, as over http)", plain.bytes / 1000, "kB", target=f"≤ {LIMIT:g} kB")
    for words, asks in (("as over https", "gzip, deflate, br, zstd"), ("if nothing else is asked for", "br")):
        size, used = asked_with(site, plain, asks)
        report.add(f"{path}: transferred ({used}, {words})", size / 1000, "kB", target=f"≤ {LIMIT:g} kB")
    report.add(f"{path}: files", len(plain.sizes))
    for name, size in sorted(plain.sizes.items(), key=lambda pair: -pair[1])[:12]:
        print(f"      {size / 1000:8.1f} kB  {name}")
    slow = [load(browser, site, path, cookies, is_slow=True) for _ in range(RUNS)]
    what = f"{path}: 1.6 Mb/s, 150 ms, CPU {SLOWER}× slower"
    report.add(f"{what}: first contentful paint", median(one.painted for one in slow), "ms", target="≤ 1,000 ms")
    report.add(f"{what}: largest contentful paint", median(one.largest for one in slow), "ms")
    report.add(f"{what}: alive (its socket has answered)", median(one.alive for one in slow), "ms")


@contextmanager
def served() -> Iterator[Site]:
    """A fresh installation on a port of its own."""
    with tempfile.TemporaryDirectory() as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        site = Site(port, Path(folder), None)  # type: ignore[arg-type]
        site.start()
        try:
            yield site
        finally:
            site.stop()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


def signed_in(browser: Browser, site: Site, role: str) -> list[Any]:
    """The cookies of somebody who signed in."""
    context = browser.new_context(locale="en-GB")
    site.sign_in(context.new_page(), *site.account(role))
    cookies = context.cookies()
    context.close()
    return cookies


def load(browser: Browser, site: Site, path: str, cookies: list[Any], *, is_slow: bool = False) -> Load:
    """Open a page with an empty cache."""
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    context.add_cookies(cookies)
    try:
        return measured(context, context.new_page(), site.address + path, is_slow)
    finally:
        context.close()


def measured(context: BrowserContext, page: Page, address: str, is_slow: bool) -> Load:
    wire, made = context.new_cdp_session(page), Load()
    wire.send("Network.enable")
    listen(wire, made)
    if is_slow:
        wire.send("Network.emulateNetworkConditions", LINK)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    heard: list[float] = []
    page.on("websocket", lambda opened: opened.on("framereceived", lambda text: noted(heard, text)))
    start = time.monotonic()
    page.goto(address, wait_until="load", timeout=60_000)
    while not heard and time.monotonic() < start + 30:
        page.wait_for_timeout(20)
    page.wait_for_timeout(1200 if not is_slow else 300)
    made.painted, made.largest = page.evaluate(SHOWN), page.evaluate(LARGEST)
    made.alive = (heard[0] - start) * 1000 if heard else 0
    return made


def noted(heard: list[float], text: Any) -> None:
    """The first answer of the server to the page's first event: from here on it does what one asks."""
    if str(text).startswith("42/_event,"):
        heard.append(time.monotonic())


def listen(wire: CDPSession, made: Load) -> None:
    """Add up what comes over the network, headers included."""
    names: dict[str, str] = {}

    def answered(event: dict[str, Any]) -> None:
        names[event["requestId"]] = re.sub(r"^https?://[^/]+", "", event["response"]["url"])[:90]
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        made.encodings.add(headers.get("content-encoding", ""))

    def finished(event: dict[str, Any]) -> None:
        name = names.get(event["requestId"], "?")
        size = int(event["encodedDataLength"])
        made.bytes += size
        made.sizes[name] = made.sizes.get(name, 0) + size

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", finished)


def asked_with(site: Site, made: Load, accepts: str) -> tuple[int, str]:
    """The bytes of the same files for a browser that takes these encodings, and the ones that it was given."""
    total, used = 0, set()
    with httpx.Client(base_url=site.address, headers={"Accept-Encoding": accepts}) as client:
        for name in made.sizes:
            if name.startswith("/"):
                with client.stream("GET", name) as answer:
                    total += sum(map(len, answer.iter_raw()))
                    total += sum(len(key) + len(value) + 4 for key, value in answer.headers.raw)
                    used.add(answer.headers.get("content-encoding", ""))
    return total, "/".join(sorted(used - {""})) or "nothing"


if __name__ == "__main__":
    main()
