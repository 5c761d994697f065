"""A recruiter finds faces while typing, looks at them large, and puts them on a role's board."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import REPOSITORY, Open, Site
from tests.e2e.test_search import box, people, total

pytestmark = pytest.mark.e2e

ROLE = """
import talento.models.tables
from sqlalchemy import select
from talento.models.accounts import User
from talento.services.casting import roles
from talento.services.work import SYSTEM, Actor, look, run
from talento.vocabulary.permissions import Role
from tests import factories
mine = select(User).where(User.email == "recruiter@demo.example.com")
who = look(SYSTEM, lambda work: work.session.scalars(mine).one())
actor = Actor(who.id, Role.RECRUITER, None, who.name)
role = factories.role(actor, factories.project(actor), name="Water seller")
run(actor, roles.save_criteria, role, "kind=extra")
print(role)
"""


@pytest.fixture(scope="module")
def role(site: Site) -> str:
    """A role of the recruiter's that looks for extras."""
    command = [sys.executable, "-c", ROLE]
    done = subprocess.run(command, cwd=REPOSITORY, env=site.environment, capture_output=True, text=True, check=True)
    return done.stdout.split()[-1]


@pytest.fixture
def recruiter(site: Site, open_browser: Open) -> Page:
    page = open_browser()
    site.sign_in(page, *site.account("recruiter"))
    return page


def arrive(page: Page, site: Site, address: str = "") -> None:
    page.goto(f"{site.address}/cinema{address}")
    expect(people(page)).not_to_have_count(0)


def test_faces_and_counts_follow_the_keys_and_the_filters(site: Site, recruiter: Page) -> None:
    arrive(recruiter, site)
    everybody = total(recruiter)
    expect(people(recruiter)).to_have_count(60)

    box(recruiter).press_sequentially("stunt", delay=40)
    recruiter.wait_for_url(re.compile("q=stunt"))
    typed = total(recruiter)
    assert 0 < typed < everybody
    recruiter.locator("label").filter(has_text=re.compile(r"^Woman")).first.click()
    recruiter.wait_for_url(re.compile("gender=F"))
    assert total(recruiter) < typed
    recruiter.get_by_role("button", name="Remove the filter Woman").click()
    expect(recruiter).not_to_have_url(re.compile("gender"))
    assert total(recruiter) == typed


def test_arrow_keys_walk_the_grid_and_enter_opens_a_person(site: Site, recruiter: Page) -> None:
    arrive(recruiter, site)
    box(recruiter).focus()
    recruiter.keyboard.press("ArrowDown")
    expect(people(recruiter).nth(0)).to_be_focused()
    recruiter.keyboard.press("ArrowRight")
    expect(people(recruiter).nth(1)).to_be_focused()
    recruiter.keyboard.press("ArrowDown")
    recruiter.keyboard.press("ArrowUp")
    expect(people(recruiter).nth(1)).to_be_focused()
    name = people(recruiter).nth(1).inner_text()
    recruiter.keyboard.press("Enter")

    panel = recruiter.get_by_role("dialog").filter(visible=True)
    expect(panel).to_contain_text(name)
    expect(panel).to_contain_text(re.compile(r"[A-Z]{5}\d{5}[MFN]"))
    recruiter.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_a_photo_opens_large_and_the_arrows_go_on(site: Site, recruiter: Page) -> None:
    arrive(recruiter, site)
    recruiter.locator("main [data-photo]").first.click()

    stage = recruiter.get_by_role("dialog").filter(visible=True)
    expect(stage.locator("img").last).to_have_js_property("complete", True)
    assert stage.locator("img[src*='size=large']").evaluate("image => image.naturalWidth") > 240
    expect(stage).to_contain_text("1 /")
    recruiter.keyboard.press("ArrowRight")
    expect(stage).to_contain_text("2 /")
    recruiter.keyboard.press("Escape")
    expect(stage).to_have_count(0)


def test_faces_chosen_for_a_role_go_to_its_board(site: Site, recruiter: Page, role: str) -> None:
    arrive(recruiter, site, f"?role={role}")
    expect(recruiter.get_by_role("heading", name="Water seller")).to_be_visible()
    recruiter.wait_for_url(re.compile(f"role={role}&kind=extra"))

    ticks = recruiter.locator("main li input[type=checkbox]")
    ticks.nth(0).click()
    ticks.nth(2).click(modifiers=["Shift"])
    bar = recruiter.get_by_role("region", name="Chosen people")
    expect(bar).to_contain_text("3 people chosen")
    bar.get_by_role("button", name="Add to the board").click()

    expect(recruiter.get_by_text("3 people were added to the board.")).to_be_visible()
    expect(recruiter.locator("main li").filter(has_text="Considered")).to_have_count(3)
    recruiter.reload()
    expect(recruiter.locator("main li").filter(has_text="Considered")).to_have_count(3)


def test_protected_traits_are_not_offered_to_a_plain_search(site: Site, recruiter: Page) -> None:
    arrive(recruiter, site, "?ethnicities=arab&skin_tone=olive")

    assert recruiter.locator("summary").filter(has_text=re.compile("Ethnicity|Skin tone")).count() == 0
    expect(recruiter).to_have_url(f"{site.address}/cinema")


def test_on_a_phone_the_filters_are_a_sheet(site: Site, open_browser: Open) -> None:
    phone = open_browser(width=360, height=740, locale="fr-FR")
    site.sign_in(phone, *site.account("recruiter"))
    arrive(phone, site)
    before = total(phone)

    phone.get_by_role("button", name="Filtres").click()
    phone.get_by_role("dialog").filter(visible=True).locator("label").filter(has_text="Cascadeur").click()
    phone.get_by_role("dialog").filter(visible=True).get_by_role("button", name=re.compile("^Voir")).click()
    expect(phone.get_by_role("dialog").filter(visible=True)).to_have_count(0)
    assert 0 < total(phone) < before
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_dashboard_counts_and_follows(site: Site, recruiter: Page, role: str) -> None:
    recruiter.goto(f"{site.address}/cinema/dashboard")
    chart = recruiter.get_by_role("table", name="Talents by kind of part")
    expect(chart.get_by_role("row").filter(has_text="Extra").first).to_contain_text(re.compile(r"\d"))
    fills = recruiter.get_by_role("listitem").filter(has_text="Water seller")
    expect(fills).to_have_count(1)

    subprocess.run([sys.executable, "-c", ROLE], cwd=REPOSITORY, env=site.environment, check=True)
    expect(fills).to_have_count(2, timeout=5_000)
