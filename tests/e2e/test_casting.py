"""Casting from the company to the badge's code, and one board that several people move at once."""

import re
import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Open, Site

pytestmark = pytest.mark.e2e


@pytest.fixture
def recruiter(site: Site, open_browser: Open) -> Page:
    page = open_browser()
    site.sign_in(page, *site.account("recruiter"))
    return page


def unique() -> str:
    return secrets.token_hex(3)


def panel(page: Page) -> Locator:
    return page.locator("dialog[open]")


def send(page: Page) -> None:
    """Press the button that sends the form of the open panel."""
    panel(page).locator("button[type=submit]").last.click()
    expect(panel(page)).to_have_count(0)


def choose(page: Page, name: str, said: str) -> None:
    """Type into a list to search, and take the first that answers."""
    page.locator(f"[id={name}][role=combobox]").fill(said)
    page.keyboard.press("Enter")


def column(page: Page, stage: str) -> Locator:
    return page.locator(f"[data-stage={stage}] [data-card]")


def put(page: Page, card: str, stage: str) -> None:
    """Choose a column in the card's own list."""
    page.locator(f"[data-card='{card}'] select").select_option(stage)


def test_from_a_company_to_an_assignment(site: Site, recruiter: Page) -> None:
    page, company, film = recruiter, f"Films {unique()}", f"Caravan {unique()}"

    page.goto(f"{site.address}/productions")
    page.get_by_role("button", name="Add a company").first.click()
    panel(page).locator("#name").fill(company)
    panel(page).locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"/productions/\d+"))
    expect(page.locator("h1")).to_have_text(company)

    page.goto(f"{site.address}/projects")
    page.get_by_role("button", name="Start a project").first.click()
    panel(page).locator("#name").fill(film)
    panel(page).locator("#production_type").select_option("film")
    choose(page, "production", company)
    choose(page, "city", "Ouarza")
    panel(page).locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"/projects/\d+"))
    expect(page.locator("h1")).to_have_text(film)
    code = page.locator("main code").first.inner_text()
    assert re.fullmatch(r"MAOUAFIL\d{3,}", code)
    address = page.url

    page.get_by_role("button", name="Add a role").first.click()
    panel(page).locator("#role_form [name=name]").fill("Merchant")
    send(page)
    page.get_by_role("link", name=re.compile("^Board")).click()
    page.wait_for_url(re.compile(r"/board/\d+"))

    box = page.locator("#board_add")
    box.press_sequentially("benn", delay=30)
    page.locator("main li button:not([disabled])", has_text=re.compile("benn", re.IGNORECASE)).first.click()
    card = column(page, "considered").first
    expect(card).to_be_visible()
    key = card.get_attribute("data-card") or ""

    card.focus()
    for pressed in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(pressed)
    expect(page.locator(f"[data-stage=contacted] [data-card='{key}']")).to_be_focused()
    expect(page.locator("main [aria-live=assertive]")).to_contain_text("Contacted")
    put(page, key, "booked")
    expect(page.locator(f"[data-stage=booked] [data-card='{key}']")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 / 1")

    page.goto(address)
    page.get_by_role("tab", name=re.compile("Assigned people")).click()
    expect(page.get_by_role("tabpanel")).to_contain_text(f"{code}-001")


@pytest.fixture
def two(site: Site, open_browser: Open) -> Iterator[tuple[Page, Page]]:
    """A recruiter and an admin in front of the same board."""
    pages = []
    for role in ("recruiter", "admin"):
        page = open_browser()
        site.sign_in(page, *site.account(role))
        page.goto(f"{site.address}/projects")
        page.get_by_role("link", name=re.compile("Caravane du sel")).click()
        page.get_by_role("link", name=re.compile("^Board")).nth(2).click()
        expect(page.locator("[data-card]").first).to_be_visible()
        pages.append(page)
    yield pages[0], pages[1]


def standing(page: Page) -> list[list[str | None]]:
    columns = page.locator("[data-stage]").all()
    return [[card.get_attribute("data-card") for card in one.locator("[data-card]").all()] for one in columns]


def test_two_people_see_one_board(two: tuple[Page, Page]) -> None:
    mine, hers = two
    key = column(mine, "contacted").or_(column(mine, "available")).first.get_attribute("data-card") or ""

    card = mine.locator(f"[data-card='{key}']")
    card.scroll_into_view_if_needed()
    start, end = card.bounding_box(), mine.locator("[data-stage=on_hold]").bounding_box()
    assert start and end
    mine.mouse.move(start["x"] + 130, start["y"] + start["height"] - 8)
    mine.mouse.down()
    mine.mouse.move(end["x"] + 90, end["y"] + 70, steps=6)
    mine.mouse.up()

    expect(mine.locator(f"[data-stage=on_hold] [data-card='{key}']")).to_be_visible(timeout=1_000)
    expect(hers.locator(f"[data-stage=on_hold] [data-card='{key}']")).to_be_visible(timeout=2_000)
    put(hers, key, "selected")
    expect(mine.locator(f"[data-stage=selected] [data-card='{key}']")).to_be_visible(timeout=2_000)
    mine.wait_for_timeout(500)
    assert standing(mine) == standing(hers)


def test_declined_asks_why_and_an_empty_answer_changes_nothing(two: tuple[Page, Page]) -> None:
    mine, _ = two
    key = column(mine, "considered").or_(column(mine, "on_hold")).first.get_attribute("data-card") or ""

    put(mine, key, "declined")
    panel(mine).locator("button[type=submit]").click()
    expect(mine.locator("#move_reason-error")).to_contain_text("why")
    panel(mine).locator("#move_reason").fill("Too tall for the costume")
    send(mine)

    expect(mine.locator(f"[data-stage=declined] [data-card='{key}']")).to_contain_text("Too tall")


def test_what_was_typed_survives_a_colleague_who_was_quicker(two: tuple[Page, Page]) -> None:
    mine, hers = two
    for page in two:
        page.get_by_label("You are here").get_by_role("link").nth(1).click()
        page.get_by_role("tab", name="Details").click()
        page.locator("#section-project").get_by_role("button", name=re.compile("^Edit")).click()
        page.locator("#section-project #synopsis").wait_for()
    mine.locator("#synopsis").fill(f"Mine {unique()}")
    hers.locator("#synopsis").fill(f"Hers {unique()}")
    hers.locator("#form-project button[type=submit]").click()
    expect(hers.locator("#form-project")).to_have_count(0)

    expect(mine.locator("#section-project")).to_contain_text("changed in another window")
    expect(mine.locator("#synopsis")).to_have_value(re.compile("^Mine"))
    mine.get_by_role("button", name="Save what I typed").click()

    expect(hers.locator("#section-project")).to_contain_text("Mine")


def test_a_project_of_others_is_not_there(site: Site, open_browser: Open) -> None:
    admin = open_browser()
    site.sign_in(admin, *site.account("admin"))
    for path in ("/projects/999999", "/projects/0", "/board/999999", "/productions/abc"):
        admin.goto(site.address + path)
        expect(admin.get_by_text(re.compile("^There is no such")).first).to_be_visible()
    talent = open_browser()
    site.sign_in(talent, *site.account("user"))
    for path in ("/projects", "/projects/1", "/board/1", "/productions"):
        talent.goto(site.address + path)
        expect(talent.get_by_text("This page is not for your account")).to_be_visible()
        assert talent.locator("[data-card]").count() == 0


def test_a_finger_carries_a_card_to_the_next_column(site: Site, open_browser: Open) -> None:
    page = open_browser(width=360, height=780, has_touch=True, is_mobile=True)
    site.sign_in(page, *site.account("recruiter"))
    page.goto(f"{site.address}/board/3")
    card = column(page, "contacted").or_(column(page, "available")).first
    key, stage = card.get_attribute("data-card"), card.locator("xpath=ancestor::section").get_attribute("data-stage")
    following = {"contacted": "available", "available": "on_hold"}[stage or ""]
    card.scroll_into_view_if_needed()
    page.wait_for_timeout(600)
    box = card.bounding_box()
    assert box
    finger, x, y = page.context.new_cdp_session(page), box["x"] + 60, box["y"] + box["height"] - 8

    def touch(kind: str, *points: float) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at, "y": y} for at in points]})

    touch("touchStart", x)
    page.wait_for_timeout(450)
    for step in range(9):
        touch("touchMove", min(330, x + 40 * step))
        page.wait_for_timeout(40)
    touch("touchEnd")

    expect(page.locator(f"[data-stage={following}] [data-card='{key}']")).to_be_visible()
