"""Passkeys in a real browser, whose authenticator is Chromium's own in software."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open, Site
from tests.e2e.test_second_factor import STALE

pytestmark = pytest.mark.e2e

PASSWORD = "a lantern above the harbour"
ACCOUNT = """
from talento.services import accounts, passwords
from talento.services.work import SYSTEM, run
from talento.vocabulary.permissions import Role
email, kept = "keyholder@agency.example.com", passwords.hashed("a lantern above the harbour")
run(SYSTEM, accounts.create_staff, email=email, role=Role.USER, name="Salma", password_hash=kept)
print(email)
"""


def with_authenticator(page: Page) -> None:
    """Give the browser a device that keeps keys and verifies whoever is before it.

    It picks whatever a field suggests, too, as soon as it is offered: nothing is, but where the address has a `#`.
    """
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.add_init_script("if (!location.hash) delete PublicKeyCredential.isConditionalMediationAvailable")


def test_a_passkey_is_added_opens_alone_proves_and_does_instead_of_a_code(site: Site, open_browser: Open) -> None:
    email = site.tell(ACCOUNT)
    page = open_browser()
    with_authenticator(page)
    site.sign_in(page, email, PASSWORD)
    page.goto(f"{site.address}/account")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("ol li.tabular-nums")).to_have_count(10)
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 recovery codes left")).to_be_visible()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("This device has a passkey of your account already.")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{site.address}/sign-in?next=/account")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/account")

    site.tell(STALE)
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("dialog", name="Is it you?").get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("My laptop")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{site.address}/sign-in?next=/account")
    page.fill("#identifier", email)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile("/sign-in/code"))
    expect(page.get_by_label("Code that the app shows")).to_be_hidden()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/account")

    page.context.clear_cookies()
    page.goto(f"{site.address}/sign-in?next=/account#suggests")
    page.wait_for_url("**/account")
