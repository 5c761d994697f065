"""Alerts in two browsers: what one causes, the other sees at once, and keeps out."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open, Site

pytestmark = pytest.mark.e2e

FORGED = "203.0.113.77"


def test_an_alert_appears_while_the_page_is_open_and_its_address_is_kept_out(site: Site, open_browser: Open) -> None:
    admin, stranger = open_browser(), open_browser()
    site.sign_in(admin, *site.account("admin"))
    admin.goto(f"{site.address}/admin/security")
    expect(admin.get_by_role("heading", name="Security", exact=True)).to_be_visible()
    expect(admin.get_by_role("heading", name="Block a network")).to_be_visible()

    stranger.set_extra_http_headers({"X-Forwarded-For": FORGED})
    stranger.goto(f"{site.address}/sign-in")
    for _ in range(10):
        stranger.request.post(f"{site.address}/mail/events", data="[]", headers={"X-Forwarded-For": FORGED})

    mine = admin.get_by_role("listitem").filter(has_text="Mail events with a wrong signature")
    expect(mine).to_be_visible(timeout=5_000)
    expect(admin.get_by_role("link", name=re.compile(r"^Security\s*\d+$")).first).to_be_visible()
    mine.get_by_role("button", name="Block…").click()
    expect(admin.locator("#block_network")).to_have_value(FORGED)
    expect(admin.locator("#block_reason")).to_be_focused()
    admin.fill("#block_reason", "Pretends to be the mail provider")
    admin.get_by_role("button", name="Block", exact=True).click()
    expect(admin.get_by_text(f"{FORGED}/32", exact=True)).to_be_visible()

    stranger.goto(f"{site.address}/sign-in")
    expect(stranger.get_by_role("heading", name="Your network is blocked")).to_be_visible()

    mine.get_by_role("button", name="Resolve…").click()
    admin.fill("#alert_note", "Blocked for an hour")
    admin.get_by_role("button", name="Resolve", exact=True).click()
    expect(mine).to_be_hidden()
    admin.get_by_role("button", name="Lift the block").click()
    admin.get_by_role("button", name="Lift it").click()
    expect(admin.get_by_text(f"{FORGED}/32", exact=True)).to_be_hidden()
