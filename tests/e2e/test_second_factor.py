"""A second factor in a real browser: set up from the picture, asked for at the next sign-in, opened by a kept code."""

import re
import time
from base64 import b32decode

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import expect

from tests.e2e.conftest import Open, Site

pytestmark = pytest.mark.e2e

CAREFUL = """
from talento.services import accounts, passwords
from talento.services.work import SYSTEM, run
from talento.vocabulary.permissions import Role
email, kept = "careful@agency.example.com", passwords.hashed("a lantern above the harbour")
run(SYSTEM, accounts.create_staff, email=email, role=Role.USER, name="Salma", password_hash=kept)
print(email)
"""
PASSWORD = "a lantern above the harbour"


def test_an_app_is_set_up_and_then_asked_for(site: Site, open_browser: Open) -> None:
    email = site.tell(CAREFUL)
    page = open_browser()
    site.sign_in(page, email, PASSWORD)
    page.goto(f"{site.address}/account")
    page.get_by_role("button", name="Set up an app").click()
    key = page.locator("[data-key]").get_attribute("data-key")
    assert key
    code = TOTP(b32decode(key), 6, SHA1(), 30).generate(int(time.time())).decode()
    page.get_by_label("Code that the app shows").fill(code)
    page.get_by_role("button", name="Confirm").click()
    kept = page.locator("ol li.tabular-nums")
    expect(kept).to_have_count(10)
    recovery = kept.first.inner_text()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 recovery codes left")).to_be_visible()

    other = open_browser(locale="fr-FR", width=360)
    other.goto(f"{site.address}/sign-in?next=/account")
    other.fill("#identifier", email)
    other.fill("#password", PASSWORD)
    other.locator("form button[type=submit]").last.click()
    other.wait_for_url(re.compile("/sign-in/code"))
    other.fill("#code", code)
    other.get_by_role("button", name="Se connecter", exact=True).last.click()
    expect(other.get_by_text("a déjà servi")).to_be_visible()
    other.get_by_text("Je n’ai pas l’application sous la main").click()
    other.fill("#recovery", recovery)
    other.get_by_role("button", name="Se connecter avec ce code").click()

    other.wait_for_url("**/account")
    expect(other.get_by_text("9 codes de secours restants")).to_be_visible()
    expect(page.get_by_text("9 recovery codes left")).to_be_visible()


STALE = """
from sqlalchemy import update
from talento.models.accounts import Session
from talento.services.work import SYSTEM, run
run(SYSTEM, lambda work: work.session.execute(update(Session).values(proved_at=None)))
"""


def test_a_download_and_a_secret_ask_for_a_proof_and_then_go_on(site: Site, open_browser: Open) -> None:
    email, password = site.account("admin")
    page = open_browser(accept_downloads=True)
    site.sign_in(page, email, password)
    page.goto(f"{site.address}/admin/logs")
    site.tell(STALE)
    dialog = page.get_by_role("dialog", name="Is it you?")

    page.get_by_role("link", name="Download (CSV)").click()
    dialog.get_by_label("Password").fill("not the password")
    dialog.get_by_role("button", name="Go on").click()
    expect(dialog.get_by_text("This is not right.")).to_be_visible()
    dialog.get_by_label("Password").fill(password)
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Go on").click()
    assert download.value.suggested_filename == "activity-log.csv"
    expect(dialog).to_be_hidden()

    page.goto(f"{site.address}/admin/settings/services")
    site.tell(STALE)
    page.get_by_label("OMDb key").fill("abcd1234")
    page.get_by_role("button", name="Save", exact=True).click()
    dialog.get_by_label("Password").fill(password)
    dialog.get_by_role("button", name="Go on").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("Remove"))).to_be_visible()
