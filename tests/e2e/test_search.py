"""A recruiter finds people while typing; what changes elsewhere shows here."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Open, Site
from tests.e2e.test_register import WORDS, everything, unique

pytestmark = pytest.mark.e2e


@pytest.fixture
def recruiter(site: Site, open_browser: Open) -> Page:
    page = open_browser()
    site.sign_in(page, *site.account("recruiter"))
    expect(people(page)).not_to_have_count(0)
    return page


def people(page: Page) -> Locator:
    return page.locator("main [data-person]")


def total(page: Page) -> int:
    said = (
        page.locator("main [aria-live=polite], main [role=status]")
        .filter(has_text=re.compile(r"\d"))
        .first.inner_text()
    )
    return int(re.sub(r"\D", "", said))


def box(page: Page) -> Locator:
    return page.get_by_role("searchbox").first


def test_results_and_total_follow_every_keystroke_and_the_address_keeps_them(site: Site, recruiter: Page) -> None:
    everybody = total(recruiter)

    box(recruiter).press_sequentially("benk", delay=40)
    recruiter.wait_for_url(re.compile("q=benk"))
    expect(people(recruiter).first).to_contain_text(re.compile("benk", re.IGNORECASE))
    narrowed = total(recruiter)
    assert 0 < narrowed < everybody

    recruiter.reload()
    expect(box(recruiter)).to_have_value("benk")
    expect(people(recruiter).first).to_contain_text(re.compile("benk", re.IGNORECASE))
    assert total(recruiter) == narrowed


@pytest.mark.parametrize("said", ["%", '"name OR', "*", "a AND NOT b", "' OR 1=1 --", "🙂", "x" * 5000, "\\", "سلام"])
def test_an_operator_in_the_box_is_only_text(recruiter: Page, said: str) -> None:
    box(recruiter).fill(said)

    expect(recruiter.locator("h1")).to_be_visible()
    recruiter.wait_for_timeout(400)
    assert recruiter.get_by_text("Something went wrong").count() == 0


def test_a_slip_of_one_letter_is_forgiven(recruiter: Page) -> None:
    box(recruiter).fill("benkirnae")

    expect(people(recruiter).first).to_contain_text("Benkirane")


def test_a_filter_narrows_and_its_chip_widens_again(recruiter: Page) -> None:
    everybody = total(recruiter)

    recruiter.locator("label").filter(has_text=re.compile(r"^Senegal")).first.click()
    recruiter.wait_for_url(re.compile("country=SN"))
    expect(people(recruiter).first).to_contain_text("Senegal")
    assert total(recruiter) < everybody

    recruiter.goto(recruiter.url)
    expect(people(recruiter).first).to_contain_text("Senegal")


def test_a_person_opens_beside_the_list_and_escape_closes(recruiter: Page) -> None:
    people(recruiter).first.click()

    panel = recruiter.get_by_role("dialog").filter(visible=True)
    expect(panel).to_contain_text(re.compile(r"\+\d{8,}|@"))
    recruiter.keyboard.press("Escape")
    expect(recruiter.get_by_role("dialog").filter(visible=True)).to_have_count(0)
    expect(people(recruiter)).not_to_have_count(0)


def test_nobody_found_says_what_to_do(recruiter: Page) -> None:
    box(recruiter).fill("zzzzqqqq")

    expect(people(recruiter)).to_have_count(0)
    expect(recruiter.get_by_role("button", name=re.compile("[Cc]lear")).first).to_be_visible()


def test_a_new_match_announces_itself(site: Site, recruiter: Page, open_browser: Open) -> None:
    box(recruiter).fill("Stunt rider")
    recruiter.wait_for_timeout(600)
    visitor = open_browser()
    everything(visitor, site, unique("new"), WORDS["en"])
    visitor.locator("form button[type=submit]").last.click()
    expect(visitor.locator("h1")).to_have_text("Welcome, Amina")

    news = recruiter.get_by_role("button", name=re.compile("new|show", re.IGNORECASE)).first
    expect(news).to_be_visible(timeout=5_000)
    news.click()
    expect(people(recruiter).first).to_contain_text("Amina Benali")


def test_a_talent_may_not_search(site: Site, open_browser: Open) -> None:
    page = open_browser()
    site.sign_in(page, *site.account("user"))
    page.goto(f"{site.address}/talents")
    page.wait_for_timeout(1500)

    assert page.locator("main").filter(has_text=re.compile(r"[A-Z]{2}[MFN]\d{4,}[A-Z]{3}")).count() == 0
