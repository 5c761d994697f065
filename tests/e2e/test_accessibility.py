"""Every page under axe, wide and narrow, light and dark: nothing serious, nothing critical. Source: WCAG 2.2 AA."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from talento.models.facts import CinemaStep, Step
from tests.e2e.conftest import Open, Site
from tests.factories import picture

pytestmark = pytest.mark.e2e

GRAVE = {"serious", "critical"}
WIDE, NARROW = 1280, 360
STILL = "*, *::before, *::after { transition: none !important; animation: none !important }"
PUBLIC = (
    "/",
    "/sign-in",
    "/sign-in/code",
    "/forgot",
    "/legal/privacy",
    "/t/ZZF9999XXX",
    "/password/unknown",
    "/tablet",
    "/nowhere",
)


def open_still(open_browser: Open) -> Page:
    """A browser that lets axe in, and in which nothing moves."""
    return open_browser(width=WIDE, height=900, bypass_csp=True, reduced_motion="reduce")


def visit(page: Page, site: Site, path: str) -> None:
    """Open a page and wait until it is alive and quiet."""
    page.goto(site.address + path)
    expect(page.locator("main")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator("main .skeleton")).to_have_count(0)
    settle(page)


def settle(page: Page) -> None:
    page.add_style_tag(content=STILL)
    page.wait_for_timeout(250)


def findings(page: Page, where: str, looks: tuple[tuple[int, str], ...] = ()) -> list[str]:
    """What axe minds in each of the looks, with the rule and the element."""
    found = []
    for width, scheme in looks or ((WIDE, "light"), (WIDE, "dark"), (NARROW, "dark"), (NARROW, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_class(re.compile(rf"\b{scheme}\b"))
        page.wait_for_timeout(100)
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in GRAVE:
                found += [
                    f"{where} {width} {scheme}: {violation['id']} at {node['target']} {node['html'][:160]}"
                    for node in violation["nodes"][:4]
                ]
    page.set_viewport_size({"width": WIDE, "height": 900})
    return found


def told(found: list[str]) -> str:
    return "\n" + "\n".join(found)


def test_what_a_visitor_sees(site: Site, open_browser: Open) -> None:
    page, found = open_still(open_browser), []
    for path in PUBLIC:
        visit(page, site, path)
        found += findings(page, path)

    assert not found, told(found)


def test_every_step_of_registering(site: Site, open_browser: Open) -> None:
    page, found = open_still(open_browser), []
    visit(page, site, "/register")
    expect(page.locator("#first_name")).to_be_visible()
    for number, step in enumerate(Step):
        page.locator("nav ol > li > button").nth(number).click()
        expect(page.locator("nav ol > li > button").nth(number)).to_have_attribute("aria-current", "step")
        settle(page)
        found += findings(page, f"/register {step}", ((WIDE, "light"), (NARROW, "dark")))

    assert not found, told(found)


def test_every_step_of_registering_for_cinema(site: Site, open_browser: Open) -> None:
    page, found = open_still(open_browser), []
    visit(page, site, "/cinema/register")
    page.fill("#first_name", "Amina")
    page.fill("#born_on", "2015-05-06")
    page.locator("#born_on").blur()
    expect(page.locator("#guardian_name")).to_be_visible()
    for number, step in enumerate(CinemaStep):
        page.locator("nav ol > li > button").nth(number).click()
        expect(page.locator("nav ol > li > button").nth(number)).to_have_attribute("aria-current", "step")
        if step is CinemaStep.PHOTOS:
            page.set_input_files("#gallery", [{"name": "a.png", "mimeType": "image/png", "buffer": picture()}])
            expect(page.locator("li[data-key]")).to_have_count(1)
            page.get_by_role("button", name="Add a credit").click()
            expect(page.locator("#credit_title")).to_be_visible()
        settle(page)
        found += findings(page, f"/cinema/register {step}", ((WIDE, "light"), (NARROW, "dark")))

    assert not found, told(found)


def test_what_is_wrong_with_an_answer(site: Site, open_browser: Open) -> None:
    page = open_still(open_browser)
    visit(page, site, "/register")
    page.locator("form button[type=submit]").last.click()
    expect(page.locator("#last_name-error")).to_be_visible()
    settle(page)
    found = findings(page, "/register with mistakes")

    assert not found, told(found)


def test_what_a_recruiter_sees(site: Site, open_browser: Open) -> None:
    page, found = open_still(open_browser), []
    site.sign_in(page, *site.account("recruiter"))
    visit(page, site, "/account")
    found += findings(page, "/account")
    visit(page, site, "/talents")
    expect(page.locator("[data-person]").first).to_be_visible()
    found += findings(page, "/talents")
    page.locator("[data-person]").first.click()
    expect(page.locator("dialog[open]").first).to_be_visible()
    page.wait_for_timeout(600)
    settle(page)
    found += findings(page, "/talents beside a person", ((WIDE, "light"), (NARROW, "dark")))

    assert not found, told(found)


def test_what_a_casting_recruiter_sees(site: Site, open_browser: Open) -> None:
    page, found = open_still(open_browser), []
    site.sign_in(page, *site.account("recruiter"))
    for path in ("/cinema", "/cinema/dashboard"):
        visit(page, site, path)
        expect(page.locator("[data-person], main table").first).to_be_attached()
        found += findings(page, path)
    visit(page, site, "/cinema")
    page.locator("[data-photo]").first.click()
    expect(page.locator("dialog[open]").first).to_be_visible()
    page.wait_for_timeout(600)
    settle(page)
    found += findings(page, "/cinema with a photo large", ((WIDE, "light"), (NARROW, "dark")))

    assert not found, told(found)


def test_what_a_team_sees_of_its_project(site: Site, open_browser: Open) -> None:
    page, found = open_still(open_browser), []
    site.sign_in(page, *site.account("recruiter"))
    for path in ("/productions", "/productions/1", "/projects", "/board/3"):
        visit(page, site, path)
        found += findings(page, path, ((WIDE, "light"), (NARROW, "dark")))
    page.locator("[data-card] button").first.click()
    page.locator("dialog[open]").wait_for()
    page.wait_for_timeout(600)
    settle(page)
    found += findings(page, "/board/3 beside a card", ((WIDE, "dark"), (NARROW, "light")))
    visit(page, site, "/projects/1")
    for tab in ("roles", "people", "team", "details", "history"):
        page.locator(f"#tab-{tab}").click()
        settle(page)
        found += findings(page, f"/projects/1 {tab}", ((WIDE, "dark"), (NARROW, "light")))

    assert not found, told(found)


@pytest.mark.parametrize(
    ("role", "paths"),
    [
        ("user", ("/profile", "/cinema/profile")),
        (
            "admin",
            (
                "/admin",
                "/admin/health",
                "/admin/people",
                "/admin/settings",
                "/admin/settings/switches",
                "/admin/devices",
                "/admin/mail",
                "/admin/mail/templates/selection",
                "/admin/logs",
                "/admin/jobs",
                "/admin/security",
                "/admin/watch-list",
            ),
        ),
        ("presence", ("/presence", "/presence/MAOUAFIL001")),
    ],
)
def test_what_the_others_see(site: Site, open_browser: Open, role: str, paths: tuple[str, ...]) -> None:
    page, found = open_still(open_browser), []
    site.sign_in(page, *site.account(role))
    for path in paths:
        visit(page, site, path)
        found += findings(page, path)

    assert not found, told(found)
