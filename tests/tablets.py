"""Tablets for browser tests and benchmarks: a film with people and devices, browsers that are killed, what arrived."""

import json
import os
import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from tests.e2e.conftest import QUIET, Site

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

name, kind, cool_down, size = sys.argv[1:]
place = next(city.id for city in reference.book().cities_of["MA"] if city.fr == "Ouarzazate")
typed = {"name": name, "production_type": "film", "country": "MA", "city": str(place), "zone": "Africa/Casablanca"}
project_id = run(SYSTEM, projects.create, typed | {"day_break": "5"})
grown = CinemaTalent.visibility != "hidden", CinemaTalent.born_on < date(2005, 1, 1)
who = run(SYSTEM, lambda work: list(work.session.scalars(select(CinemaTalent.id).where(*grown).limit(int(size)))))
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
    return [row.code for row in rows], [badge(work, row) for row in rows], rows[-1].id, admin.id

codes, badges, lost, admin = run(SYSTEM, setting)
awa = Actor(admin, Role.ADMIN, None, "Awa", "en", "", "")
run(awa, revocation.revoke, lost)
wish = Wish(name, [project_id], None, kind == "kiosk", "4711" if kind == "kiosk" else None)
made = [run(awa, devices.add, wish) for _ in range(2)]
names = run(SYSTEM, lambda work: [line.face.name for line in assignments.roster(work, project_id, locale="en")])
pairing = [run(awa, devices.new_code, one) for one in made]
print(json.dumps([project_id, made, pairing, codes, badges, names]))
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
    """People and two devices: codes, signed badges (the last one revoked), and what pairs the devices."""

    site: Site
    project_id: int
    devices: list[int]
    pairing: list[str]
    codes: list[str]
    badges: list[str]
    names: list[str]

    def open(self, page: Page, device: int = 0) -> Page:
        """Pair the browser, open the tablet's page, and wait until it works alone."""
        self.pair(page, device)
        page.goto(f"{self.site.address}/tablet")
        self.wait(page)
        return page

    def pair(self, page: Page, device: int = 0) -> None:
        """Make the browser one of the devices, as the page of the pairing code does."""
        address, code = f"{self.site.address}/devices/pair", {"code": self.pairing[device]}
        said = page.context.request.post(address, data=code, headers={"X-Talento": "1"})
        assert said.ok, said.text()

    def wait(self, page: Page) -> None:
        """Until the copy is there, and the page is kept for later."""
        expect(page.locator("li[data-standing]")).to_have_count(len(self.codes))
        expect(page.locator("[data-status=online]")).to_be_visible()
        page.wait_for_function("navigator.serviceWorker.ready.then(() => caches.keys()).then((names) => names.length)")

    def events(self) -> list[str]:
        """Whose scans the server holds, in the order in which they came; all of them from these devices."""
        rows = json.loads(self.site.tell(EVENTS, str(self.project_id)))
        assert {device for _, device in rows} <= set(self.devices)
        return [code for code, _ in rows]


def filmed(site: Site, name: str, *, kind: str = "desk", people: int = 6) -> Film:
    """A new film in Ouarzazate, whose badges count again after two seconds."""
    return Film(site, *json.loads(site.tell(SETTING, name, kind, str(COOL_DOWN), str(people)).splitlines()[-1]))


def launched(playwright: Playwright, folder: Path, opened: list[BrowserContext]) -> BrowserContext:
    """A browser with a profile on the disk."""
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
    with suppress(Error):  # it is gone already
        opened.pop().close()
