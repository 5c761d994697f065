"""What holds on every page: it fits a phone, it speaks the reader's language, it asks nobody else for anything."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open, Site

pytestmark = pytest.mark.e2e

PHONE = 360
PUBLIC = (
    "/",
    "/sign-in",
    "/sign-in/code",
    "/forgot",
    "/register",
    "/cinema/register",
    "/consent/unknown",
    "/legal/privacy",
    "/legal/terms",
    "/pair",
    "/tablet",
    "/t/ZZF9999XXX",
    "/nowhere",
)
INSIDE = {
    "recruiter": ("/talents", "/cinema", "/cinema/dashboard", "/account"),
    "user": ("/profile", "/cinema/profile", "/account"),
    "presence": ("/presence", "/presence/MAOUAFIL001"),
    "admin": (
        "/admin",
        "/admin/health",
        "/admin/people",
        "/admin/settings",
        "/admin/devices",
        "/admin/mail",
        "/admin/logs",
        "/admin/jobs",
        "/admin/security",
        "/admin/watch-list",
        "/talents",
    ),
}
OVERFLOW = """() => {
    const wide = document.documentElement.clientWidth;
    const reach = [...document.querySelectorAll("body *")]
        .filter((one) => one.getBoundingClientRect().right > wide + 1)
        .map((one) => `${one.tagName.toLowerCase()}.${one.className}`.slice(0, 120));
    const whole = document.documentElement.scrollWidth;
    return whole > wide + 1 ? [whole, ...reach.slice(0, 5)] : [];
}"""


def visit(page: Page, site: Site, path: str) -> None:
    page.goto(site.address + path)
    expect(page.locator("main")).to_be_visible()
    page.wait_for_load_state("networkidle")


def listen(page: Page) -> list[str]:
    """The addresses that the page asks, as they come."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    return asked


def foreign(asked: list[str], site: Site) -> list[str]:
    own = re.compile(rf"(http|ws)://localhost:{site.port}/|data:|blob:{site.address}/")
    return [address for address in asked if not own.match(address)]


def walk(page: Page, site: Site, paths: tuple[str, ...]) -> list[str]:
    """What is wrong on these pages, on a phone in French."""
    asked, wrong = listen(page), []
    for path in paths:
        visit(page, site, path)
        expect(page.locator("html")).to_have_attribute("lang", "fr")
        page.wait_for_timeout(300)
        wrong += [f"{path}: {too_wide}" for too_wide in [page.evaluate(OVERFLOW)] if too_wide]
    return wrong + foreign(asked, site)


def test_a_visitors_pages_fit_a_phone_in_french_and_stay_at_home(site: Site, open_browser: Open) -> None:
    page = open_browser(width=PHONE, height=740, locale="fr-FR")

    assert walk(page, site, PUBLIC) == []


@pytest.mark.parametrize("role", INSIDE)
def test_the_pages_inside_fit_a_phone_in_french_and_stay_at_home(site: Site, open_browser: Open, role: str) -> None:
    page = open_browser(width=PHONE, height=740, locale="fr-FR")
    site.sign_in(page, *site.account(role))

    assert walk(page, site, INSIDE[role]) == []


def switch(page: Page, to: str) -> None:
    page.get_by_label(re.compile("^(Language|Langue)$")).first.click()
    page.get_by_role("menuitemradio", name=to).first.click()


def test_another_language_keeps_what_was_typed(site: Site, open_browser: Open) -> None:
    page = open_browser()
    visit(page, site, "/sign-in")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.fill("#identifier", "amina@example.com")
    page.fill("#password", "half a pass")

    switch(page, "Français")

    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("main").get_by_role("button", name="Se connecter", exact=True)).to_be_visible()
    expect(page.locator("#identifier")).to_have_value("amina@example.com")
    expect(page.locator("#password")).to_have_value("half a pass")


def test_another_language_keeps_the_form_and_is_remembered(site: Site, open_browser: Open) -> None:
    page = open_browser(width=PHONE, locale="fr-FR")
    visit(page, site, "/register")
    page.fill("#first_name", "Amina")
    page.fill("#last_name", "Bena")

    switch(page, "English")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#first_name")).to_have_value("Amina")
    expect(page.locator("#last_name")).to_have_value("Bena")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Register as a talent")).to_be_visible()
