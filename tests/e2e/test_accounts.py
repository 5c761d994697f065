"""Signing in and out, and being shut out, in two browsers."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open, Site

pytestmark = pytest.mark.e2e

FORGETFUL = """
from talento.services import accounts, passwords
from talento.services.work import SYSTEM, run
from talento.vocabulary.permissions import Role
email, kept = "forgetful@agency.example.com", passwords.hashed("a password nobody remembers")
run(SYSTEM, accounts.create_staff, email=email, role=Role.USER, name="Zoé", password_hash=kept)
print(email)
"""


def test_a_wrong_password_says_so_and_keeps_what_was_typed(site: Site, open_browser: Open) -> None:
    page = open_browser(locale="fr-FR")
    page.goto(f"{site.address}/sign-in")
    page.fill("#identifier", "nobody@example.com")
    page.fill("#password", "not the password")
    page.locator("form button[type=submit]").last.click()

    expect(page.get_by_role("alert").filter(has_text="n’est pas correct")).to_be_visible()
    expect(page.locator("#identifier")).to_have_value("nobody@example.com")


def test_a_protected_page_asks_to_sign_in_and_then_opens(site: Site, open_browser: Open) -> None:
    page = open_browser()
    page.goto(f"{site.address}/account")
    page.wait_for_url(re.compile(r"/sign-in\?next="))
    email, password = site.account("recruiter")
    page.fill("#identifier", email)
    page.fill("#password", password)
    page.locator("form button[type=submit]").last.click()

    page.wait_for_url("**/account")
    expect(page.get_by_text(email).first).to_be_visible()


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(site: Site, open_browser: Open, target: str) -> None:
    page = open_browser()
    page.goto(f"{site.address}/sign-in?next={target}")
    email, password = site.account("recruiter")
    page.fill("#identifier", email)
    page.fill("#password", password)
    page.locator("form button[type=submit]").last.click()

    page.wait_for_url("**/talents**")
    assert page.url.startswith(site.address)


def test_signing_out_in_one_tab_shuts_the_other(site: Site, open_browser: Open) -> None:
    first = open_browser()
    site.sign_in(first, *site.account("recruiter"))
    second = first.context.new_page()
    second.goto(f"{site.address}/account")
    expect(second.locator("#current")).to_be_visible()

    first.get_by_label("Your account").first.click()
    first.get_by_role("button", name="Sign out").or_(first.get_by_role("menuitem", name="Sign out")).first.click()
    first.wait_for_url("**/sign-in")

    second.wait_for_url(re.compile("/sign-in"), timeout=8_000)


def test_a_suspended_person_is_out_within_seconds(site: Site, open_browser: Open) -> None:
    person, admin = open_browser(), open_browser()
    email, password = site.account("user")
    site.sign_in(person, email, password)
    site.sign_in(admin, *site.account("admin"))
    admin.goto(f"{site.address}/admin/people")
    admin.get_by_role("searchbox").first.fill(email)
    admin.locator("main").get_by_role("button").filter(has_text=email).first.click()
    admin.get_by_role("button", name="Suspend").filter(visible=True).first.click()
    admin.get_by_role("button", name="Suspend", exact=True).filter(visible=True).last.click()

    person.wait_for_url(re.compile("/sign-in"), timeout=8_000)
    admin.get_by_role("button", name=re.compile("Reactivate")).filter(visible=True).first.click()
    expect(admin.get_by_role("button", name="Suspend").filter(visible=True).first).to_be_visible()
    site.sign_in(person, email, password)


def test_a_forgotten_password_is_replaced_by_mail(site: Site, open_browser: Open) -> None:
    page = open_browser()
    email = site.tell(FORGETFUL)
    page.goto(f"{site.address}/forgot")
    page.fill("#identifier", email)
    page.locator("form button[type=submit]").last.click()
    expect(page.get_by_role("status").filter(has_text="a link is on its way")).to_be_visible()

    page.goto(site.link("password_reset", email))
    page.fill("#password", "quiet river under seven bridges")
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url("**/profile")
