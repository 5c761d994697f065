"""A paired tablet whose network, page, browser or server is gone: each scan arrives, once; a lost one tells nothing."""

import json
import os
import re
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect

from tests.e2e.conftest import QUIET, Open, Site
from tests.presence import fold_cases

pytestmark = pytest.mark.e2e

TABLET = {"width": 820, "height": 1180}
COOL_DOWN = 2

SETTING = """
import json, sys
from datetime import date
from sqlalchemy import select
from talento.models.accounts import User
from talento.models.casting import Assignment, Project
from talento.models.cinema import CinemaTalent
from talento.services import reference
from talento.services.badges import keys, revocation, signature
from talento.services.casting import assignments, projects
from talento.services.presence import devices
from talento.services.presence.devices import Wish
from talento.services.work import SYSTEM, Actor, run
from talento.vocabulary.permissions import Role

name, kind, cool_down = sys.argv[1:]
place = next(city.id for city in reference.book().cities_of["MA"] if city.fr == "Ouarzazate")
typed = {"name": name, "production_type": "film", "country": "MA", "city": str(place), "zone": "Africa/Casablanca"}
project_id = run(SYSTEM, projects.create, typed | {"day_break": "5"})
grown = CinemaTalent.visibility != "hidden", CinemaTalent.born_on < date(2005, 1, 1)
who = run(SYSTEM, lambda work: list(work.session.scalars(select(CinemaTalent.id).where(*grown).limit(6))))
for one in who:
    run(SYSTEM, assignments.assign, project_id, talent_id=one, overlap_reason="test")
key = keys.signing_key()
badge = lambda work, row: signature.signed(
    revocation.claims(row, work.get(Project, row.project_id), work.now.date()), key
)

def setting(work):
    work.get(Project, project_id).cool_down = int(cool_down)
    rows = list(work.session.scalars(select(Assignment).where(Assignment.project_id == project_id)))
    admin = work.session.scalars(select(User).where(User.role == Role.ADMIN)).first()
    return [row.code for row in rows], [badge(work, row) for row in rows], rows[5].id, admin.id

codes, badges, lost, admin = run(SYSTEM, setting)
awa = Actor(admin, Role.ADMIN, None, "Awa", "en", "", "")
run(awa, revocation.revoke, lost)
wish = Wish(name, [project_id], None, kind == "kiosk", "4711" if kind == "kiosk" else None)
device_id = run(awa, devices.add, wish)
names = run(SYSTEM, lambda work: [line.face.name for line in assignments.roster(work, project_id, locale="en")])
print(json.dumps([project_id, device_id, run(awa, devices.new_code, device_id), codes, badges, names]))
"""

EVENTS = """
import json, sys
from sqlalchemy import select
from talento.models.casting import Assignment
from talento.models.presence import PresenceEvent
from talento.services.work import SYSTEM, run
rows = select(Assignment.code, PresenceEvent.device_id).join(Assignment, Assignment.id == PresenceEvent.assignment_id)
found = run(SYSTEM, lambda work: [tuple(row) for row in work.session.execute(
    rows.where(PresenceEvent.project_id == int(sys.argv[1])).order_by(PresenceEvent.id))])
print(json.dumps(found))
"""

REVOKE = """
import sys
from sqlalchemy import select
from talento.models.accounts import User
from talento.services.presence import devices
from talento.services.work import SYSTEM, Actor, run
from talento.vocabulary.permissions import Role
admin = run(SYSTEM, lambda work: work.session.scalars(select(User.id).where(User.role == Role.ADMIN)).first())
run(Actor(admin, Role.ADMIN, None, "Awa", "en", "", ""), devices.revoke, int(sys.argv[1]))
"""


@dataclass
class Film:
    """Six people and a device: their codes, their signed badges (the last one revoked), the code that pairs it."""

    site: Site
    project_id: int
    device_id: int
    pairing: str
    codes: list[str]
    badges: list[str]
    names: list[str]

    def open(self, page: Page) -> Page:
        """Pair the browser, open the tablet's page, and wait until it works alone."""
        said = page.context.request.post(
            f"{self.site.address}/devices/pair", data={"code": self.pairing}, headers={"X-Talento": "1"}
        )
        assert said.ok, said.text()
        page.goto(f"{self.site.address}/tablet")
        self.wait(page)
        return page

    def wait(self, page: Page) -> None:
        """Until the copy is there, and the page is kept for later."""
        expect(page.locator("li[data-standing]")).to_have_count(len(self.codes))
        expect(page.locator("[data-status=online]")).to_be_visible()
        page.wait_for_function("navigator.serviceWorker.ready.then(() => caches.keys()).then((names) => names.length)")

    def events(self) -> list[str]:
        """Whose scans the server holds, in the order in which they came; all of them from this device."""
        rows = json.loads(self.site.tell(EVENTS, str(self.project_id)))
        assert {device for _, device in rows} <= {self.device_id}
        return [code for code, _ in rows]


@pytest.fixture
def film(site: Site, request: pytest.FixtureRequest) -> Film:
    kind = getattr(request, "param", "desk")
    return Film(site, *json.loads(site.tell(SETTING, request.node.name[:60], kind, str(COOL_DOWN)).splitlines()[-1]))


def scan(page: Page, text: str, outcome: str) -> Locator:
    """Type a code; gives the answer, which is on the screen."""
    page.fill("#desk_typed", text)
    page.press("#desk_typed", "Enter")
    answer = page.locator(f"[data-outcome={outcome}]")
    expect(answer).to_be_visible()
    return answer


def dismissed(page: Page, answer: Locator) -> None:
    answer.click()
    expect(page.locator("[data-outcome]")).to_have_count(0)


def waiting(page: Page, count: int) -> None:
    expect(page.locator(f"[data-status=offline][data-waiting='{count}']")).to_contain_text(f"Offline · {count} waiting")


def standing(page: Page, code: str, state: str) -> None:
    expect(page.locator("li[data-standing]").filter(has_text=code)).to_have_attribute("data-standing", state)


def sent(page: Page) -> None:
    expect(page.locator("[data-status=online][data-waiting='0']")).to_be_visible()


def test_without_a_network_a_tablet_answers_as_the_server_would(site: Site, film: Film, open_browser: Open) -> None:
    page = film.open(open_browser(**TABLET))
    first, second, *_ = film.codes
    page.context.set_offline(True)
    expect(page.locator("[data-status=offline]")).to_be_visible()

    expect(scan(page, film.badges[0], "in")).to_contain_text(film.names[0])
    scan(page, first, "repeated")
    expect(page.locator("[data-outcome]")).to_have_count(0)  # longer than the cool-down
    dismissed(page, scan(page, first.replace("-", " ").lower(), "out"))
    dismissed(page, scan(page, second, "in"))
    forged = film.badges[2][:-4] + "AAAA"
    elsewhere = "MAOUAFIL999-001"
    for text, sentence in (
        (forged, "This badge is not genuine: its signature is wrong."),
        (film.badges[5], "This badge was revoked."),
        (elsewhere, "This badge belongs to another project."),
        ("nobody at all", "Nobody has this code."),
        ("1" * 3000, "This is far too long to be a code."),
    ):
        answer = scan(page, text, "refused")
        expect(answer).to_contain_text(sentence)
        expect(answer).to_contain_text("Kept on this tablet, not sent yet")
        dismissed(page, answer)
    waiting(page, 9)

    page.reload()
    waiting(page, 9)
    standing(page, first, "left")
    standing(page, second, "here")
    assert film.events() == []

    page.context.set_offline(False)
    sent(page)
    assert film.events() == [first, first, first, second]
    standing(page, first, "left")
    standing(page, second, "here")
    expect(page.locator("[data-judged]")).to_have_count(0)  # the server found nothing else
    expect(page.locator("[data-outcome]")).to_have_count(0)


Profile = tuple[BrowserContext, Path]


@pytest.fixture
def profiles(playwright: Playwright, tmp_path: Path) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


def launched(playwright: Playwright, folder: Path, opened: list[BrowserContext]) -> BrowserContext:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=path, args=list(QUIET), viewport=TABLET, locale="en-GB"
    )
    opened.append(context)
    return context


def killed(folder: Path, opened: list[BrowserContext]) -> None:
    """End the browser of a profile, and all its processes, in an instant."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"chrom" in command.split(b"\0")[0] and f"--user-data-dir={folder}".encode() in command:
            os.kill(int(process.name), signal.SIGKILL)
    opened.pop().close()


def test_a_killed_browser_loses_no_scan_and_its_disk_tells_nothing(
    site: Site, film: Film, playwright: Playwright, tmp_path: Path, profiles: list[BrowserContext]
) -> None:
    folder = tmp_path / "profile"
    film.open(launched(playwright, folder, profiles).pages[0])
    profiles.pop().close()  # paired on another day: browsers write cookies to the disk within half a minute
    context = launched(playwright, folder, profiles)
    page = context.pages[0]
    page.goto(f"{site.address}/tablet")
    film.wait(page)
    page.evaluate("""() => new Promise((done) => { const asked = indexedDB.open("plain", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("names");
      asked.onsuccess = () => { const change = asked.result.transaction("names", "readwrite", { durability: "strict" });
        change.objectStore("names").put({ name: "Somebody Readable" }, 1); change.oncomplete = done; }; })""")
    context.set_offline(True)
    for code in film.codes[:3]:
        dismissed(page, scan(page, code, "in"))
    scan(page, film.codes[3], "in")
    killed(folder, profiles)

    written = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    held = {text: [form in written for form in (text.encode(), text.encode("utf-16-le"))]
            for text in ("Somebody Readable", *film.codes, *film.names, film.badges[0])}  # fmt: skip
    assert any(held.pop("Somebody Readable"))
    assert not any(found for forms in held.values() for found in forms), held

    context = launched(playwright, folder, profiles)
    context.set_offline(True)
    page = context.pages[0]
    page.goto(f"{site.address}/tablet")
    waiting(page, 4)
    standing(page, film.codes[3], "here")
    context.set_offline(False)
    sent(page)
    assert film.events() == film.codes[:4]


def test_two_tabs_send_what_both_have_scanned_once(site: Site, film: Film, open_browser: Open) -> None:
    page = film.open(open_browser(**TABLET))
    other = page.context.new_page()
    other.goto(f"{site.address}/tablet")
    film.wait(other)
    page.context.set_offline(True)
    for number, tab in enumerate((page, other, page, other)):
        dismissed(tab, scan(tab, film.codes[number], "in"))
    waiting(page, 4)
    waiting(other, 4)

    page.context.set_offline(False)
    for tab in (page, other):
        sent(tab)
        standing(tab, film.codes[0], "here")
        standing(tab, film.codes[3], "here")
    assert sorted(film.events()) == film.codes[:4]


def test_a_server_that_fails_or_is_silent_gets_the_scan_again(film: Film, open_browser: Open) -> None:
    page = film.open(open_browser(**TABLET))
    scans, seen = re.compile(r"/scans\?"), []
    taken = {
        0: lambda route: route.fulfill(status=500, body="<h1>oops</h1>"),
        1: lambda route: route.fulfill(status=502, body=""),
        2: lambda route: route.abort("timedout"),
        3: lambda route: route.fulfill(status=429, headers={"Retry-After": "1"}, json={"detail": "slowly"}),
        4: lambda route: (route.fetch(), route.abort("connectionreset")),  # noted, and the answer lost
    }

    def answer(route: object) -> None:
        seen.append(route.request.post_data)  # type: ignore[attr-defined]
        taken.get(len(seen) - 1, lambda one: one.continue_())(route)

    page.route(scans, answer)
    expect(scan(page, film.codes[0], "in")).to_contain_text(film.names[0])
    expect(page.locator("[data-waiting='1']")).to_be_visible()
    sent(page)

    assert len(seen) == 6
    assert film.events() == [film.codes[0]]


def test_a_revoked_tablet_keeps_nothing(site: Site, film: Film, open_browser: Open) -> None:
    page = film.open(open_browser(**TABLET))
    scan(page, film.codes[0], "in")
    page.context.set_offline(True)
    dismissed(page, scan(page, film.codes[1], "in"))
    site.tell(REVOKE, str(film.device_id))
    page.context.set_offline(False)

    expect(page.get_by_role("heading", name="This device was revoked")).to_be_visible()
    expect(page.get_by_role("link", name="Pair this tablet")).to_have_attribute("href", "/pair")
    assert page.evaluate("indexedDB.databases().then((found) => found.map((one) => one.name))") == []
    assert page.evaluate("caches.keys()") == []
    page.reload()
    expect(page.locator("[data-tablet=unpaired], [data-tablet=wiped]")).to_be_visible()
    assert film.events() == [film.codes[0]]


@pytest.mark.parametrize("film", ["kiosk"], indirect=True)
def test_a_kiosk_is_left_with_its_pin_alone(film: Film, open_browser: Open) -> None:
    page = open_browser(**TABLET)
    page.goto(f"{film.site.address}/tablet")
    said = page.context.request.post(
        f"{film.site.address}/devices/pair", data={"code": film.pairing}, headers={"X-Talento": "1"}
    )
    assert said.ok
    page.reload()
    kiosk = page.locator("[data-tablet=kiosk] h1")
    expect(kiosk).to_have_text("Show your badge to the camera")
    expect(page.get_by_role("link")).to_have_count(0)
    expect(page.locator("li[data-standing], #desk_typed")).to_have_count(0)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => caches.keys()).then((names) => names.length)")
    expect(page.locator("[data-status=online]")).to_be_visible()
    page.keyboard.type(f"{film.codes[0]}\n", delay=8)
    expect(page.locator("[data-outcome=in]")).to_contain_text(film.names[0])
    page.locator("[data-outcome=in]").click()

    for way in (page.go_back, page.go_back, lambda: page.keyboard.press("Escape"), page.reload):
        way()
        expect(kiosk).to_be_visible()
        assert page.url == f"{film.site.address}/tablet"
    page.get_by_role("button", name="Leave the kiosk").click()
    page.get_by_label("PIN of this tablet").fill("0000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="This PIN is not right.")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_label("PIN of this tablet").fill("4711")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Without a network the kiosk cannot be left")).to_be_visible()
    page.context.set_offline(False)
    for digit in "4711":
        page.get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Leave", exact=True).click()

    film.wait(page)
    assert film.events() == [film.codes[0]]


COMPARED = """async ([cases, start]) => {
  const [fold, badge] = await Promise.all([import("/js/desk_fold.js"), import("/js/desk_badge.js")]);
  const at = (seconds) => start + seconds * 1000;
  const since = (instant) => (instant === null ? null : (instant - start) / 1000);
  const mark = ([client_id, action, when, made, target]) =>
    ({ client_id, action, at: at(when), made_at: at(made), target });
  const folded = cases.folds.map(({ marks, cool_down }) => fold.stays(marks.map(mark), cool_down).map(
    (one) => [since(one.arrived_at), one.arrival, since(one.left_at), one.departure, one.is_forgotten]));
  const days = cases.days.map(([when, zone, dayBreak]) => fold.dayOf(at(when), zone, dayBreak));
  const codes = cases.codes.map(([text]) => [text, badge.normalize(text), badge.assignmentReadings(text)]);
  return { folded, days, codes };
}"""


def test_browser_and_server_fold_days_and_read_codes_alike(site: Site, open_browser: Open) -> None:
    cases = json.loads(fold_cases.FILE.read_text())
    page = open_browser(**TABLET)
    page.goto(f"{site.address}/sign-in")
    found = page.evaluate(COMPARED, [cases, fold_cases.START.timestamp() * 1000])

    assert found["folded"] == [case["stays"] for case in cases["folds"]]
    assert found["days"] == [case[3] for case in cases["days"]]
    assert found["codes"] == cases["codes"]
