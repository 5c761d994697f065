"""Settings in real browsers: what one admin changes, everybody else sees at once."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open, Site

SALMA = """
import sys
from talento.services import accounts, passwords
from talento.services.work import SYSTEM, run
from talento.vocabulary.permissions import Role
kept = passwords.hashed(sys.argv[1])
run(SYSTEM, accounts.create_staff, email="salma@example.com", role=Role.ADMIN, name="Salma", password_hash=kept)
"""

AS_BEFORE = """
from talento.services.preferences import changes
from talento.services.work import SYSTEM, look, run
for key, entry in look(SYSTEM, changes.entries).items():
    if entry.source == "chosen":
        run(SYSTEM, changes.reset, key, revision=entry.revision)
"""


@pytest.fixture
def settings(site: Site, open_browser: Open) -> Iterator[Page]:
    """An admin's browser on the settings; everything is as before afterwards."""
    page = open_browser()
    site.sign_in(page, *site.account("admin"))
    page.goto(f"{site.address}/admin/settings")
    expect(page.locator("#site_name")).to_be_visible()
    yield page
    site.tell(AS_BEFORE)


def test_a_visitor_sees_a_new_name_color_and_announcement_without_reloading(
    site: Site, open_browser: Open, settings: Page
) -> None:
    visitor = open_browser(width=390, locale="fr-FR")
    visitor.goto(site.address)
    expect(visitor.get_by_role("link", name="Talento, accueil")).to_be_visible()

    settings.fill("#site_name", "<b>Atlas</b> Casting")
    settings.keyboard.press("Enter")
    expect(visitor.get_by_role("link", name="<b>Atlas</b> Casting, accueil")).to_be_visible()
    expect(visitor).to_have_title(re.compile("· <b>Atlas</b> Casting$"))

    settings.fill("#brand_color", "#0a7a45")
    settings.keyboard.press("Enter")
    button = visitor.get_by_role("main").get_by_role("link", name=re.compile("inscrire comme talent")).first
    expect(button).to_have_css("background-color", "rgb(10, 122, 69)")

    settings.goto(f"{site.address}/admin/settings/switches")
    settings.fill("#announcement_fr", "<img src=x onerror=alert(1)> Mise à jour dimanche.")
    settings.keyboard.press("Enter")
    settings.locator("label", has=settings.locator("#announced")).click()
    expect(visitor.get_by_text("<img src=x onerror=alert(1)> Mise à jour dimanche.")).to_be_visible()

    settings.get_by_role("button", name="Undo the last change of Show the announcement").click()
    expect(visitor.get_by_text("Mise à jour dimanche.")).to_have_count(0)


def test_a_pause_reaches_somebody_who_is_registering_and_keeps_what_they_typed(
    site: Site, open_browser: Open, settings: Page
) -> None:
    talent = open_browser(width=360)
    talent.goto(f"{site.address}/register")
    talent.fill("#first_name", "Amina")
    talent.locator("#first_name").blur()
    expect(talent.get_by_text("Saved", exact=True)).to_be_visible()

    settings.goto(f"{site.address}/admin/settings/switches")
    settings.locator("label", has=settings.locator("#registration_paused")).click()
    settings.locator("label", has=settings.locator("#read_only")).click()

    expect(talent.get_by_text("Registration is closed for now")).to_be_visible()
    expect(talent.get_by_text("The site is read-only for now")).to_be_visible()
    expect(talent.locator("#first_name")).to_have_value("Amina")
    talent.reload()
    expect(talent.get_by_text("Registration is closed for now")).to_be_visible()
    expect(talent.locator("#first_name")).to_have_value("Amina")


def test_two_admins_see_each_other_and_a_stale_save_shows_both_values(
    site: Site, open_browser: Open, settings: Page
) -> None:
    password = "a quiet evening in Ouarzazate"
    site.tell(SALMA, password)
    other = open_browser()
    site.sign_in(other, "salma@example.com", password)
    other.goto(f"{site.address}/admin/settings/site")
    expect(settings.get_by_text("Salma is here too")).to_be_visible()

    other.locator("#tagline_en").press("End")
    other.locator("#tagline_en").press_sequentially(" in Morocco")
    settings.fill("#tagline_en", "Films and faces")
    settings.keyboard.press("Enter")
    expect(other.locator("#setting-tagline_en").get_by_text("Changed by Admin")).to_be_visible()
    other.keyboard.press("Enter")

    stale = other.locator("#setting-tagline_en")
    expect(stale.get_by_text("Admin changed this meanwhile.")).to_be_visible()
    expect(stale.get_by_text("Talent registry and casting in Morocco")).to_be_visible()
    expect(stale.get_by_text("Films and faces")).to_be_visible()
    stale.get_by_role("button", name="Save mine").click()
    expect(settings.locator("#tagline_en")).to_have_value("Talent registry and casting in Morocco")

    other.goto(f"{site.address}/talents")
    expect(settings.get_by_text("Salma is here too")).to_have_count(0)
