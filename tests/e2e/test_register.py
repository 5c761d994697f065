"""A visitor becomes a talent: on a phone in French, on a laptop in English, through a crash and on another device."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open, Site
from tests.factories import picture

pytestmark = pytest.mark.e2e

WORDS = {
    "en": {"country": "Morocco", "nationality": "Moroccan", "done": "Welcome, Amina"},
    "fr": {"country": "Maroc", "nationality": "Marocaine", "done": "Bienvenue, Amina"},
}


def go_on(page: Page, then: str) -> None:
    page.locator("form button[type=submit]").last.click()
    expect(page.locator(then).first).to_be_visible()


def choose(page: Page, name: str, text: str) -> None:
    page.fill(f"#{name}", text)
    page.get_by_role("option").filter(has_text=re.compile(rf"{text}$")).first.click()


def identity(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/register")
    page.fill("#first_name", "Amina")
    page.fill("#last_name", "Benali")
    page.fill("#born_on", "1999-02-03")
    page.select_option("#gender", "F")


def contact(page: Page, email: str) -> None:
    page.fill("#email", email)
    page.fill("#phone", "0612345678")


def places(page: Page, words: dict[str, str]) -> None:
    choose(page, "origin", words["country"])
    choose(page, "nationality", words["nationality"])
    choose(page, "residence", words["country"])
    choose(page, "city", "Rabat")


def tick(page: Page, name: str, at: int = 0) -> None:
    page.locator(f"label:has(input[name={name}])").nth(at).click()


def everything(page: Page, site: Site, email: str, words: dict[str, str]) -> None:
    """The whole wizard."""
    identity(page, site)
    go_on(page, "#email")
    contact(page, email)
    go_on(page, "#origin")
    places(page, words)
    go_on(page, "#bio")
    page.fill("#bio", "Stunt rider and dancer.")
    go_on(page, "label:has(input[name=languages])")
    tick(page, "languages")
    go_on(page, "#daily_rate")
    page.fill("#daily_rate", "1200")
    go_on(page, "label:has(input[name=skills])")
    tick(page, "skills")
    go_on(page, "input[type=file]")
    go_on(page, "#linkedin")
    page.fill("#linkedin", "@amina")
    go_on(page, "dl")


def unique(name: str) -> str:
    return f"{name}.{datetime.now():%H%M%S%f}@example.com"


@pytest.mark.parametrize(("width", "language"), [(360, "fr"), (1440, "en")])
def test_a_visitor_registers_chooses_a_password_and_is_in(
    site: Site, open_browser: Open, width: int, language: str
) -> None:
    page, email = open_browser(width=width, locale=f"{language}-{language.upper()}"), unique("amina")
    everything(page, site, email, WORDS[language])

    page.locator("form button[type=submit]").last.click()
    expect(page.locator("h1")).to_have_text(WORDS[language]["done"])
    code = page.locator("p.font-mono").inner_text()
    assert re.fullmatch(r"MAF\d{4,}RAB", code)
    expect(page.locator("img[src^='/documents/qr/']")).to_be_visible()

    page.goto(site.link("welcome", email))
    page.fill("#password", "purple lantern above the harbour")
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url("**/profile")
    expect(page.get_by_text(code).first).to_be_visible()
    assert page.context.cookies(site.address) and page.evaluate("document.cookie").count("talento=") == 0


def test_a_bad_answer_is_told_beside_its_field_and_nothing_typed_is_lost(site: Site, open_browser: Open) -> None:
    page = open_browser(locale="fr-FR")
    identity(page, site)
    page.fill("#last_name", "")
    page.fill("#born_on", "2999-01-01")
    page.locator("form button[type=submit]").last.click()

    expect(page.locator("#last_name-error")).to_have_text("À remplir, s’il vous plaît.")
    expect(page.locator("#born_on-error")).to_have_text("Cette date est dans le futur.")
    expect(page.locator("#first_name")).to_have_value("Amina")
    page.wait_for_function("document.activeElement.id === 'last_name'")


def test_a_reload_and_going_back_lose_nothing(site: Site, open_browser: Open) -> None:
    page = open_browser()
    identity(page, site)
    go_on(page, "#email")
    page.fill("#email", "half@exa")
    page.wait_for_timeout(1200)
    page.reload()

    expect(page.locator("#email")).to_have_value("half@exa")
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#first_name")).to_have_value("Amina")


def test_a_link_resumes_the_form_on_another_device(site: Site, open_browser: Open) -> None:
    laptop, phone = open_browser(), open_browser(width=360)
    identity(laptop, site)
    go_on(laptop, "#email")
    laptop.get_by_role("button", name="Go on with another device").first.click()
    laptop.get_by_role("button", name="Show the link").first.click()
    link = laptop.locator("code").first.inner_text()

    phone.goto(link)

    expect(phone.locator("#email")).to_be_visible()
    phone.get_by_role("button", name="Back").click()
    expect(phone.locator("#first_name")).to_have_value("Amina")
    expect(phone).to_have_url(f"{site.address}/register")


def test_a_photo_is_cropped_sent_and_shown(site: Site, open_browser: Open) -> None:
    page = open_browser()
    identity(page, site)
    go_on(page, "#email")
    page.get_by_role("button", name=re.compile("Photo and CV")).click()
    page.locator("input[type=file]").first.set_input_files(
        {"name": "me.png", "mimeType": "image/png", "buffer": picture(900, 600)}
    )
    page.get_by_role("button", name="Use this photo").click()

    expect(page.locator("img[src*='/files/']").first).to_be_visible()
    page.reload()
    expect(page.locator("img[src*='/files/']").first).to_be_visible()


def test_a_file_that_lies_is_refused_in_words(site: Site, open_browser: Open) -> None:
    page = open_browser()
    identity(page, site)
    go_on(page, "#email")
    page.get_by_role("button", name=re.compile("Photo and CV")).click()
    page.locator("input[type=file]").last.set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"MZ this is a program"}
    )

    expect(page.get_by_text("This is not a PDF, DOCX or DOC document.")).to_be_visible()


def test_a_server_restart_in_the_middle_loses_nothing(site: Site, open_browser: Open) -> None:
    page = open_browser()
    identity(page, site)
    go_on(page, "#email")
    contact(page, unique("karim"))
    page.locator("#phone").blur()
    page.wait_for_timeout(1200)

    site.stop()
    site.start()
    page.reload()

    expect(page.locator("#email")).to_have_value(re.compile("karim"))
    go_on(page, "#origin")
