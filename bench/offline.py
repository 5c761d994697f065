"""300 scans without a network, on two tablets that are reloaded and killed, and come back: each is there once."""

import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

from bench.report import Report
from bench.start import free_port
from bench.town import percentile
from tests.e2e.conftest import REPOSITORY, Site
from tests.tablets import Film, filmed, killed, launched

PEOPLE = 150
RELOADED, KILLED = 25, 50
"""After so many scans each."""

SCAN = """async (code) => {
  const until = (is) => new Promise((done) => {
    const ends = performance.now() + 20_000;
    const look = () => (is() || performance.now() > ends ? done() : requestAnimationFrame(look));
    look();
  });
  const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  press("Shift"); // the first key of a page opens its sound
  [...code, "Enter"].forEach(press);
  const began = performance.now();
  const shown = () => document.querySelector("[data-outcome]");
  await until(() => shown()?.textContent.includes(code));
  const took = performance.now() - began;
  const { outcome } = shown().dataset;
  shown().click();
  await until(() => !shown());
  return [outcome, took];
}"""

STAYS = """
import json, sys
from talento.services.presence import desk
from talento.services.work import SYSTEM, look
sheet = look(SYSTEM, desk.sheet, int(sys.argv[1]), locale="en")
print(json.dumps([[stay.left_at is not None for stay in line.stays] for line in sheet.lines]))
"""


def main() -> None:
    """Scan, reload, kill, come back, and count."""
    report = Report("offline", "Two tablets without a network")
    subprocess.run([sys.executable, "-m", "talento", "build"], cwd=REPOSITORY, check=True)
    with tempfile.TemporaryDirectory(prefix="talento-offline-") as folder, sync_playwright() as playwright:
        site = Site(free_port(), Path(folder), None)  # type: ignore[arg-type]
        site.start()
        try:
            _measure(report, filmed(site, "The Caravan", people=PEOPLE), playwright, Path(folder))
        finally:
            site.stop()
    report.write()


def _measure(report: Report, film: Film, playwright: Playwright, folder: Path) -> None:
    tablets = [Tablet(film, playwright, folder / f"tablet{number}", number) for number in range(2)]
    for tablet in tablets:
        tablet.scan_everybody()
    times = [took for tablet in tablets for took in tablet.times]
    report.add("scans without a network, on two tablets", len(times), target="300")
    report.add("reloads", sum(tablet.reloads for tablet in tablets))
    report.add("browsers killed", sum(tablet.kills for tablet in tablets))
    report.add("badge read → answer on the screen: p50", percentile(times, 50), "ms")
    report.add("badge read → answer on the screen: p95", percentile(times, 95), "ms", target="≤ 1,000")
    backs = [tablet.come_back() for tablet in reversed(tablets)]
    report.add("back in the network → all 150 scans of a tablet taken: longest", max(backs), "s")
    counts = Counter(film.events())
    report.add("scans on the server", counts.total(), target="300")
    report.add("scans lost", sum(max(0, 2 - counts[code]) for code in film.codes), target="0")
    report.add("scans doubled", sum(max(0, counts[code] - 2) for code in film.codes), target="0")
    stays = film.site.tell(STAYS, str(film.project_id)).count("[true]")
    report.add("people with one whole stay: in on one tablet, out on the other", stays, target="150")


class Tablet:
    """A device with a profile on the disk, which scans everybody once."""

    def __init__(self, film: Film, playwright: Playwright, folder: Path, number: int) -> None:
        self.film, self.playwright, self.folder = film, playwright, folder
        self.opened: list[BrowserContext] = []
        self.times: list[float] = []
        self.reloads = self.kills = 0
        film.open(launched(playwright, folder, self.opened).pages[0], number)
        self.opened.pop().close()  # paired on another day
        self.page = self._away()

    def scan_everybody(self) -> None:
        for number, code in enumerate(self.film.codes, 1):
            outcome, took = self.page.evaluate(SCAN, code)
            assert outcome == "in", outcome
            self.times.append(took)
            if number % KILLED == 0:
                killed(self.folder, self.opened)
                self.kills += 1
                self.page = self._away()
            elif number % RELOADED == 0:
                self.page.reload()
                self.reloads += 1
                self._waiting(number)

    def come_back(self) -> float:
        """Seconds until nothing waits any more."""
        began = time.perf_counter()
        self.page.context.set_offline(False)
        expect(self.page.locator("[data-status=online][data-waiting='0']")).to_be_visible(timeout=60_000)
        took = time.perf_counter() - began
        self.opened.pop().close()
        return took

    def _away(self) -> Page:
        """The browser started again where there is no network."""
        context = launched(self.playwright, self.folder, self.opened)
        context.set_offline(True)
        page = context.pages[0]
        page.goto(f"{self.film.site.address}/tablet")
        self.page = page
        self._waiting(len(self.times))
        return page

    def _waiting(self, count: int) -> None:
        expect(self.page.locator("li[data-standing]")).to_have_count(PEOPLE)
        expect(self.page.locator(f"[data-status=offline][data-waiting='{count}']")).to_be_visible()


if __name__ == "__main__":
    main()
