"""How long one waits: for a start when everything is there, for a stop, and for the first page from a fresh clone."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import median

import httpx
from playwright.sync_api import sync_playwright

from bench.report import Report
from tests.e2e.conftest import QUIET, REPOSITORY, Site

RUNS = 3
PATIENCE = 600.0


def main() -> None:
    """Measure a start, a stop and a fresh clone."""
    report = Report("start", "Starting and stopping")
    subprocess.run([sys.executable, "-m", "talento", "build"], cwd=REPOSITORY, check=True)
    with tempfile.TemporaryDirectory() as folder:
        again(report, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        fresh(report, Path(folder))
    report.write()


def again(report: Report, folder: Path) -> None:
    """A database that is filled, pages that are built."""
    site = Site(free_port(), folder, None)  # type: ignore[arg-type]
    command = [sys.executable, "-m", "talento", "run"]
    report.add("first start: 1,000 people are invented", launched(site, command, REPOSITORY), "s")
    starts, stops = [], []
    for _ in range(RUNS):
        stops.append(stopped_with_a_tab(site))
        starts.append(launched(site, command, REPOSITORY))
    site.stop()
    report.add("start again, until /healthz answers", median(starts), "s", target="≤ 5 s")
    report.add("stop with SIGTERM while a tab is open", median(stops), "s", target="≤ 2 s")


def fresh(report: Report, folder: Path) -> None:
    """What `make run` takes on a machine that has never seen Talento; the caches of pip and npm are as they are."""
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(REPOSITORY), str(clone)], check=True)
    site = Site(free_port(), folder, None)  # type: ignore[arg-type]
    seconds = launched(site, ["make", "run"], clone)
    assert "Talento" in httpx.get(f"{site.address}/").text
    report.add("`make run` in a fresh clone, until the first page", seconds, "s", target="≤ 120 s")
    site.stop()
    seconds = launched(site, ["make", "run"], clone)
    report.add("`make run` there again", seconds, "s", target="≤ 5 s")
    site.stop()


def launched(site: Site, command: list[str], where: Path) -> float:
    """Seconds from the command to the first answer."""
    own = {name: value for name, value in site.environment.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    own["PATH"] = os.pathsep.join(part for part in own["PATH"].split(os.pathsep) if ".venv" not in part)
    start = time.monotonic()
    with (site.folder / "log").open("a") as log:
        site.process = subprocess.Popen(command, cwd=where, env=own, stdout=log, stderr=log, start_new_session=True)
    while time.monotonic() < start + PATIENCE:
        with suppress(httpx.TransportError):
            if httpx.get(f"{site.address}/healthz", timeout=2).is_success:
                return time.monotonic() - start
        assert site.process.poll() is None, site.printed
        time.sleep(0.02)
    raise AssertionError(site.printed)


def stopped_with_a_tab(site: Site) -> float:
    """Seconds from SIGTERM to the end, with a browser looking on."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        page = browser.new_page()
        page.goto(f"{site.address}/register")
        page.wait_for_selector("#first_name")
        start = time.monotonic()
        os.kill(site.process.pid, signal.SIGTERM)
        try:
            site.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(site.process.pid, signal.SIGKILL)
        took = time.monotonic() - start
        browser.close()
    return took


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
