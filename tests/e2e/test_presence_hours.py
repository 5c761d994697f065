"""The office of a desk: a call time is set, somebody is late for it, and the hours are taken along."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open, Site

pytestmark = pytest.mark.e2e

CODE = """
from sqlalchemy import delete, select
from talento.models.casting import Project
from talento.models.presence import PresenceEvent
from talento.services.work import SYSTEM, look, run
run(SYSTEM, lambda work: work.session.execute(delete(PresenceEvent)))  # other journeys leave people on the set
print(look(SYSTEM, lambda work: work.session.scalar(select(Project.code).where(Project.name == "La Caravane du sel"))))
"""


def clock(site: Site, ago: timedelta) -> str:
    """The hour of the clock where the film is shot, some time ago."""
    said = site.tell(
        "import sys; from datetime import datetime; from zoneinfo import ZoneInfo; import talento.clock\n"
        "print(datetime.fromisoformat(sys.argv[1]).astimezone(ZoneInfo('Africa/Casablanca')).strftime('%H:%M'))",
        (datetime.now(UTC) - ago).isoformat(),
    )
    return said.strip()


def test_a_call_is_set_somebody_is_late_and_the_hours_are_taken_along(
    site: Site, open_browser: Open, tmp_path: Path
) -> None:
    code = site.tell(CODE)
    office = open_browser(1280, 900)
    site.sign_in(office, *site.account("admin"))
    office.goto(f"{site.address}/presence/{code}/hours")
    office.get_by_role("tab", name="Call times").click()
    called = office.get_by_role("listitem").filter(has_text=f"{code}-010")
    called.get_by_role("checkbox").check()
    expect(office.get_by_text("1 of ")).to_be_visible()
    office.fill("#call_at", clock(site, timedelta(minutes=20)))
    office.get_by_role("button", name="Call the chosen").click()
    expect(office.get_by_text("Call times set: 1")).to_be_visible()

    desk = open_browser(820, 1180)
    site.sign_in(desk, *site.account("presence"))
    desk.goto(f"{site.address}/presence/{code}")
    late = desk.get_by_role("listitem").filter(has_text=f"{code}-010")
    expect(late).to_have_attribute("data-standing", "late")
    desk.fill("#desk_typed", f"{code}-010")
    desk.press("#desk_typed", "Enter")
    expect(late).to_have_attribute("data-standing", "here")

    office.get_by_role("tab", name="Hours").click()
    expect(office.get_by_role("row").filter(has_text=f"{code}-010")).to_contain_text(re.compile(r"\d+ min after"))
    office.locator("summary", has_text="Export").click()
    with office.expect_download() as waiting:
        office.get_by_role("menuitem", name="CSV").click()
    waiting.value.save_as(tmp_path / "hours.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "hours.csv").read_text("utf-8-sig"))))
    assert rows[0][:2] == ["Date", "Code"]
    assert any(f"{code}-010" in row for row in rows[1:])
