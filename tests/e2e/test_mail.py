"""Mail in the browser: an admin words a message and the next one has it; a reader refuses a kind by its link."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open, Site

pytestmark = pytest.mark.e2e

LINK = """
import sys
from talento import clock
from talento.services.mail import unsubscribing
print(unsubscribing.link(sys.argv[1], "selection", clock.today()))
"""


def test_the_words_that_an_admin_saves_are_those_of_the_next_message(site: Site, open_browser: Open) -> None:
    page = open_browser()
    site.sign_in(page, *site.account("admin"))
    page.goto(f"{site.address}/admin/mail/templates/password_reset")
    subject, shown = page.locator("#subject"), page.frame_locator("iframe").locator("body")
    expect(shown).to_contain_text("Somebody, probably you")

    subject.fill("A key for {nobody}")
    expect(page.get_by_text("There is no variable {nobody} in this message.")).to_be_visible()
    subject.fill("A key for ")
    page.get_by_role("button", name="{site}", exact=True).click()
    expect(subject).to_have_value("A key for {site}")
    page.locator("#body").fill("You lost it <b>again</b>.")
    expect(shown).to_contain_text("You lost it <b>again</b>.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("In use")).to_be_visible()

    visitor = open_browser(width=360)
    visitor.goto(f"{site.address}/forgot")
    visitor.locator("main input").first.fill(site.account("presence")[0])
    visitor.locator("main form button[type=submit]").click()
    site.link("password_reset", site.account("presence")[0])
    page.goto(f"{site.address}/admin/mail")
    page.get_by_role("button", name=re.compile("A key for")).first.click()
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("You lost it <b>again</b>.")


def test_a_reader_refuses_a_kind_by_its_link_and_finds_it_on_their_account(site: Site, open_browser: Open) -> None:
    page = open_browser(width=360)
    email, password = site.account("user")
    page.goto(site.tell(LINK, email))
    page.get_by_role("button", name="Receive them no more").click()
    expect(page.get_by_text("You receive no more messages of this kind.")).to_be_visible()

    site.sign_in(page, email, password)
    page.goto(f"{site.address}/account")
    switch = page.get_by_role("switch", name="Selection")
    expect(switch).not_to_be_checked()
    switch.check(force=True)
    page.reload()
    expect(switch).to_be_checked()
