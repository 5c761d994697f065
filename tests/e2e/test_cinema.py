"""Somebody registers for cinema on a phone, adds the profile to an account, or is a child whose guardian decides."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open, Site
from tests.e2e.test_register import choose, go_on, tick, unique
from tests.factories import picture

pytestmark = pytest.mark.e2e

PASSWORD = "purple lantern above the harbour"


def send(page: Page) -> None:
    page.locator("form button[type=submit]").last.click()


def photos(count: int) -> list[dict]:
    return [
        {"name": f"{n}.png", "mimeType": "image/png", "buffer": picture(300 + 10 * n, 400)} for n in range(count)
    ]  # fmt: skip


def identity(page: Page, site: Site, email: str, born_on: str = "1999-02-03") -> None:
    page.goto(f"{site.address}/cinema/register")
    page.fill("#first_name", "Amina")
    page.fill("#last_name", "Benali")
    page.fill("#born_on", born_on)
    page.select_option("#gender", "F")
    page.fill("#email", email)
    page.fill("#phone", "0612345678")
    page.select_option("#document_type", "passport")
    page.fill("#document_number", "ZQ7654321")


def middle(page: Page, country: str, nationality: str) -> None:
    """From the origins to the last step of questions."""
    choose(page, "origin", country)
    choose(page, "nationality", nationality)
    go_on(page, "#residence")
    choose(page, "residence", country)
    choose(page, "city", "Rabat")
    go_on(page, "label:has(input[name=languages])")
    tick(page, "languages")
    go_on(page, "#height")
    page.fill("#height", "172")
    go_on(page, "label:has(input[name=kinds])")
    tick(page, "kinds")
    go_on(page, "label:has(input[name=skills])")
    go_on(page, "#showreel_url")
    go_on(page, "#gallery")


def enter(page: Page, site: Site, email: str) -> None:
    """Choose a password with the welcome link."""
    page.goto(site.link("welcome", email))
    page.fill("#password", PASSWORD)
    send(page)
    page.wait_for_url("**/profile")


def test_a_visitor_registers_on_a_phone_with_photos_and_a_credit(site: Site, open_browser: Open) -> None:
    page, email = open_browser(width=360, locale="fr-FR"), unique("amina")
    identity(page, site, email)
    go_on(page, "#origin")
    middle(page, "Maroc", "Marocaine")
    page.set_input_files("#gallery", photos(3))
    expect(page.locator("li[data-key]")).to_have_count(3)
    first = page.locator("li[data-key]").first.get_attribute("data-key")
    page.locator("li[data-key] [data-handle]").first.press("ArrowRight")
    expect(page.get_by_text("Maintenant photo 2 sur 3.")).to_be_attached()
    expect(page.locator("li[data-key]").nth(1)).to_have_attribute("data-key", str(first))
    page.get_by_role("button", name="Ajouter une ligne").click()
    page.fill("#credit_title", "Atlas")
    page.locator("#credit_title").press("Enter")
    expect(page.get_by_role("button", name="Modifier : Atlas")).to_be_visible()
    go_on(page, "dl")
    send(page)

    code = page.locator("p.font-mono")
    expect(code).to_have_text(re.compile(r"^MARAB\d{5,}F$"))
    expect(page.locator("img[src^='/documents/qr/MARAB']")).to_be_visible()
    page.wait_for_function("document.querySelector('img[src^=\"/documents/qr/\"]').naturalWidth > 0")


def test_too_many_and_too_large_files_are_refused_before_they_are_sent(site: Site, open_browser: Open) -> None:
    page, sent = open_browser(), []
    identity(page, site, unique("karim"))
    go_on(page, "#origin")
    page.get_by_role("button", name="Photos and credits").click()
    expect(page.locator("#gallery")).to_be_attached()
    page.on("request", lambda request: sent.append(request.url) if "/files?" in request.url else None)
    video = """(input) => {
        const big = new File([new Uint8Array(11 * 1024 * 1024)], "big.png", { type: "image/png" });
        const film = new File([new Uint8Array(10)], "film.mp4", { type: "video/mp4" });
        const list = new DataTransfer();
        [big, film].forEach((file) => list.items.add(file));
        input.files = list.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
    }"""
    page.locator("#gallery").evaluate(video)
    expect(page.get_by_text("This file is larger than 10 MB.")).to_be_visible()
    expect(page.get_by_text("This type of file is not accepted.")).to_be_visible()
    assert sent == []

    page.set_input_files("#gallery", photos(11))

    expect(page.get_by_role("alert").filter(has_text="10.png")).to_contain_text("at most 10 photos")
    expect(page.locator("li[data-key]")).to_have_count(10)
    assert len(sent) == 10


def test_a_child_is_seen_once_their_guardian_has_agreed(site: Site, open_browser: Open) -> None:
    child, guardian = open_browser(width=360), open_browser(width=360)
    email, hers = unique("yasmine"), unique("salma")
    identity(child, site, email, "2013-05-06")
    child.locator("#born_on").blur()
    child.fill("#guardian_name", "Salma Benali")
    child.select_option("#guardian_relation", "mother")
    child.fill("#guardian_email", hers)
    child.fill("#guardian_phone", "0612345679")
    go_on(child, "#origin")
    middle(child, "Morocco", "Moroccan")
    go_on(child, "dl")
    send(child)
    expect(child.get_by_text("Your guardian decides")).to_be_visible()
    enter(child, site, email)
    child.goto(f"{site.address}/cinema/profile")
    expect(child.get_by_text("Your guardian has not answered yet")).to_be_visible()

    guardian.goto(site.link("guardian_asked", hers))
    guardian.fill("#signed", "Salma Benali")
    guardian.locator("label:has(#agreed)").click()
    guardian.get_by_role("button", name="I consent").click()

    expect(guardian.get_by_role("status").filter(has_text="Thank you")).to_be_visible()
    expect(child.get_by_text("Your guardian has not answered yet")).to_be_hidden()
    guardian.goto(site.link("guardian_consented", hers))
    expect(guardian.get_by_text("You consented on")).to_be_visible()


def test_a_member_adds_the_profile_edits_it_and_looks_at_it(site: Site, open_browser: Open) -> None:
    page = open_browser()
    site.sign_in(page, *site.account("user"))
    page.goto(f"{site.address}/cinema/register")
    expect(page.locator("#first_name")).not_to_have_value("")
    expect(page.locator("#email")).to_be_hidden()
    page.fill("#born_on", "1999-02-03")
    page.select_option("#document_type", "passport")
    page.fill("#document_number", "ZQ7654321")
    go_on(page, "#origin")
    page.get_by_role("button", name="Kinds of part").click()
    tick(page, "kinds")
    page.get_by_role("button", name="Review").click()
    send(page)
    page.get_by_role("link", name="See my cinema profile").click()
    page.wait_for_url("**/cinema/profile")

    section = page.locator("#section-appearance")
    section.get_by_role("button", name="Edit").click()
    section.locator("#height").fill("181")
    section.get_by_role("button", name="Save").click()
    expect(section.get_by_text("181 cm")).to_be_visible()
    page.set_input_files("#gallery", photos(2))
    expect(page.locator("li[data-key]")).to_have_count(2)
    page.get_by_role("button", name="See it as others do").click()
    page.locator("dialog[open] [data-photo]").first.click()
    expect(page.get_by_text(re.compile(r"^1 / \d"))).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text(re.compile(r"^2 / \d"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text(re.compile(r"^2 / \d"))).to_be_hidden()
    expect(page.locator("dialog[open]").get_by_text("181 cm")).to_be_visible()
    assert "ZQ7654321" not in page.content()
