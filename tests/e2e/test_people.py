"""Accounts in the browser: somebody is invited and comes in; an admin acts in somebody's name and stops."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open, Site

pytestmark = pytest.mark.e2e


def opened_account(page: Page, site: Site, said: str) -> None:
    page.goto(f"{site.address}/admin/people")
    page.get_by_role("searchbox").first.fill(said)
    page.locator("main").get_by_role("button").filter(has_text=said).first.click()


def test_somebody_is_invited_by_mail_and_comes_in(site: Site, open_browser: Open) -> None:
    admin, guest = open_browser(), open_browser(width=360)
    site.sign_in(admin, *site.account("admin"))
    admin.goto(f"{site.address}/admin/people")
    admin.get_by_role("button", name="Invite somebody").click()
    form = admin.get_by_role("dialog")
    form.get_by_label("E-mail address").fill("lina@agency.example.com")
    form.get_by_label("Name").fill("Lina")
    form.get_by_label("Role").select_option("presence")
    form.get_by_role("button", name="Send the invitation").click()
    expect(admin.get_by_text("An invitation is on its way to lina@agency.example.com.")).to_be_visible()
    expect(admin.locator("main").get_by_role("button").filter(has_text="Lina")).to_be_visible()

    guest.goto(site.link("invitation", "lina@agency.example.com"))
    guest.locator("input[type=password]").first.fill("purple lantern above the harbour")
    guest.locator("form button[type=submit]").last.click()
    guest.wait_for_url("**/presence")


def test_an_admin_acts_in_the_name_of_a_recruiter_until_they_stop(site: Site, open_browser: Open) -> None:
    page = open_browser()
    site.sign_in(page, *site.account("admin"))
    other = page.context.new_page()
    other.goto(f"{site.address}/admin/jobs")
    expect(other.get_by_role("heading", level=1)).to_be_visible()
    opened_account(page, site, site.account("recruiter")[0])
    page.get_by_role("button", name="Act in their name").filter(visible=True).first.click()
    page.get_by_role("button", name="Act in their name").filter(visible=True).last.click()

    page.wait_for_url("**/talents**")
    banner = page.get_by_text(re.compile("You act in the name of"))
    expect(banner).to_be_visible()
    expect(page.get_by_role("link", name="Accounts")).to_have_count(0)
    other.wait_for_url(re.compile("/talents"))
    page.goto(f"{site.address}/admin/people")
    expect(page.get_by_text("This page is not for your account")).to_be_visible()

    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_url("**/admin/people")
    expect(banner).to_have_count(0)
    expect(page.get_by_role("link", name="Accounts").first).to_be_visible()
