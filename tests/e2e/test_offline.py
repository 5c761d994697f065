"""A paired tablet whose network, page, browser or server is gone: each scan arrives, once; a lost one tells nothing."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect

from tests.e2e.conftest import Open, Site
from tests.presence import fold_cases
from tests.tablets import REVOKE, TABLET, Film, filmed, killed, launched

pytestmark = pytest.mark.e2e


@pytest.fixture
def film(site: Site, request: pytest.FixtureRequest) -> Film:
    return filmed(site, request.node.name[:60], kind=getattr(request, "param", "desk"))


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
        (film.badges[-1], "This badge was revoked."),
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


@pytest.fixture
def profiles() -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


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
    site.tell(REVOKE, str(film.devices[0]))
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
    film.pair(page)
    page.reload()
    kiosk = page.locator("[data-tablet=kiosk] h1")
    expect(kiosk).to_have_text("Show your badge to the camera")
    expect(page.get_by_role("link")).to_have_count(0)
    expect(page.locator("li[data-standing], #desk_typed")).to_have_count(0)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => caches.keys()).then((names) => names.length)")
    expect(page.locator("[data-status=online]")).to_be_visible()
    page.keyboard.press("Shift")  # the first key opens the sound, which takes longer than a scanner between two keys
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
