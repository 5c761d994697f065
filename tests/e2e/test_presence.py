"""A desk on a tablet: scan by camera, by hand-held scanner and by hand; every tablet sees it; nothing is lost."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect

from tests.e2e.conftest import QUIET, Open, Site
from tests.footage import film

pytestmark = pytest.mark.e2e

TABLET = {"width": 820, "height": 1180}
FILM = "La Caravane du sel"


def enter(page: Page, site: Site) -> str:
    """Open the desk of the demonstration film; gives its code."""
    site.sign_in(page, *site.account("presence"))
    expect(page).to_have_url(f"{site.address}/presence")
    page.get_by_role("link", name=re.compile(FILM)).click()
    expect(page.locator("[data-desk=open]")).to_be_visible()
    return page.url.rsplit("/", 1)[1]


def answer(page: Page, outcome: str) -> Locator:
    return page.locator(f"[data-outcome={outcome}]")


def line(page: Page, code: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=code)


def type_in(page: Page, text: str) -> None:
    page.fill("#desk_typed", text)
    page.press("#desk_typed", "Enter")


@pytest.fixture
def tablet(open_browser: Open) -> Page:
    return open_browser(**TABLET)


def test_a_scan_fills_the_screen_and_is_seen_on_another_tablet_within_a_second(
    site: Site, tablet: Page, open_browser: Open
) -> None:
    other = open_browser(1180, 820, "fr-FR")
    code = enter(tablet, site)
    enter(other, site)
    expect(line(other, f"{code}-001")).to_have_attribute("data-standing", "expected")
    other.wait_for_timeout(500)

    type_in(tablet, f"{code}-001")
    expect(answer(tablet, "in")).to_contain_text(f"{code}-001", timeout=1_000)
    expect(line(other, f"{code}-001")).to_have_attribute("data-standing", "here", timeout=1_000)
    expect(answer(tablet, "in")).to_have_count(0)

    type_in(tablet, f"{code}-001")
    expect(answer(tablet, "repeated")).to_contain_text("by Presence")
    type_in(tablet, f"{code}-999")
    expect(answer(tablet, "refused")).to_contain_text("Nobody has this code.")


def test_a_hand_held_scanner_types_anywhere_and_takes_nothing_from_a_box_in_use(site: Site, tablet: Page) -> None:
    code = enter(tablet, site)
    tablet.get_by_role("heading", level=1).click()
    tablet.keyboard.type(f"{code}-002\n", delay=8)
    expect(answer(tablet, "in")).to_contain_text(f"{code}-002")
    expect(answer(tablet, "in")).to_have_count(0)

    tablet.get_by_label("Search the sheet").press_sequentially(f"{code}-003\n", delay=8)
    expect(tablet.get_by_label("Search the sheet")).to_have_value(f"{code}-003")
    tablet.get_by_label("Search the sheet").fill("")
    expect(line(tablet, f"{code}-003")).to_have_attribute("data-standing", "expected")


def test_a_name_is_found_while_typing_and_chosen_by_keyboard(site: Site, tablet: Page) -> None:
    code = enter(tablet, site)
    name = line(tablet, f"{code}-004").locator("button span span").first.inner_text()
    tablet.locator("#desk_typed").press_sequentially(name.casefold())
    expect(tablet.get_by_role("option").first).to_contain_text(name)
    tablet.keyboard.press("ArrowDown")
    tablet.keyboard.press("Enter")
    expect(answer(tablet, "in")).to_contain_text(name)


def test_a_time_is_corrected_with_a_reason_and_the_old_one_stays(site: Site, tablet: Page) -> None:
    code = enter(tablet, site)
    type_in(tablet, f"{code}-005")
    expect(answer(tablet, "in")).to_have_count(1)
    answer(tablet, "in").click()
    line(tablet, f"{code}-005").get_by_role("button").click()
    panel = tablet.get_by_role("dialog")
    panel.get_by_role("button", name="Correct the time").click()
    was = panel.get_by_label("Right time").input_value()
    earlier = datetime.fromisoformat(was) - timedelta(minutes=3)
    panel.get_by_label("Right time").fill(earlier.strftime("%Y-%m-%dT%H:%M"))
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_text("Please say why, in a few words.")).to_be_visible()
    panel.get_by_label("Reason").fill("Came with the first bus")
    panel.get_by_role("button", name="Save").click()

    expect(panel.get_by_text("Came with the first bus")).to_be_visible()
    expect(panel.locator("li s")).to_have_count(1)


def test_all_in_shows_whom_it_concerns_and_can_be_undone(site: Site, tablet: Page) -> None:
    code = enter(tablet, site)
    tablet.get_by_role("button", name="All in").click()
    dialog = tablet.get_by_role("dialog")
    spared = dialog.get_by_role("checkbox").last
    expect(spared).to_be_visible()
    count = dialog.get_by_role("checkbox").count()
    spared.uncheck(force=True)
    dialog.get_by_label("Reason").fill("The bus arrived")
    dialog.get_by_role("button", name="Note the arrivals").click()
    expect(tablet.get_by_text(f"{count - 1} arrivals were noted.")).to_be_visible()
    expect(line(tablet, f"{code}-006")).to_have_attribute("data-standing", "here")

    tablet.get_by_role("button", name="Undo").click()
    expect(line(tablet, f"{code}-006")).to_have_attribute("data-standing", "expected")


def test_without_a_network_scans_wait_and_are_sent_when_it_is_back(site: Site, tablet: Page) -> None:
    code = enter(tablet, site)
    tablet.context.set_offline(True)
    for number in ("007", "008"):
        type_in(tablet, f"{code}-{number}")
        expect(answer(tablet, "pending")).to_have_count(1)
    expect(tablet.locator("[data-waiting='2']")).to_contain_text("Not sent yet · 2")

    tablet.context.set_offline(False)
    expect(tablet.locator("[data-waiting]")).to_have_count(0)
    for number in ("007", "008"):
        expect(line(tablet, f"{code}-{number}")).to_have_attribute("data-standing", "here")


Filmed = Callable[[str], BrowserContext]


@pytest.fixture
def filmed(playwright: Playwright, tmp_path: Path) -> Iterator[Filmed]:
    """A browser before whose camera somebody holds a QR of this text."""
    opened = []

    def open_filmed(text: str) -> BrowserContext:
        fake = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
        file = f"--use-file-for-fake-video-capture={film(tmp_path / 'badge.y4m', text)}"
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *fake, file])
        opened.append(browser)
        return browser.new_context(viewport=TABLET, locale="en-GB", permissions=["camera"])

    yield open_filmed
    for browser in opened:
        browser.close()


def test_the_camera_reads_a_badge_held_before_it_as_one_scan(site: Site, tablet: Page, filmed: Filmed) -> None:
    code = enter(tablet, site)
    page = filmed(f"{code}-009").new_page()
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.post_data or "") if "/scans?" in one.url else None)
    enter(page, site)

    expect(page.locator("[data-camera=on]")).to_be_visible()
    expect(answer(page, "in")).to_contain_text(f"{code}-009", timeout=10_000)
    page.wait_for_timeout(1_500)
    assert len(sent) == 1
    assert '"source":"camera"' in sent[0]
    expect(line(tablet, f"{code}-009")).to_have_attribute("data-standing", "here")


def test_a_casting_team_looks_without_recording(site: Site, open_browser: Open) -> None:
    page = open_browser()
    site.sign_in(page, *site.account("recruiter"))
    page.goto(f"{site.address}/presence")
    page.get_by_role("link", name=re.compile(FILM)).click()
    expect(page.get_by_role("list", name="Sheet of the day")).to_be_visible()
    expect(page.locator("[data-desk]")).to_have_count(0)
    expect(page.get_by_role("button", name="All in")).to_have_count(0)
