"""What the settings say outside of pages: the brand's shades, and whether crawlers are welcome."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from talento.edge.headers import Headers
from talento.errors import Invalid
from talento.services import preferences, site
from talento.services.preferences import changes, colors
from talento.services.uploads import store
from talento.services.work import run
from tests import factories
from tests.factories import Cast
from tests.http.conftest import Open


def test_the_brands_shades_are_served_and_revalidated(opened: Open, cast: Cast) -> None:
    visitor = opened()
    assert visitor.get("/site.css").text == ""
    run(cast.awa, changes.change, "brand_color", "#0a7a45", revision=0)

    answer = visitor.get("/site.css")
    assert "--color-brand:#0a7a45;" in answer.text and answer.headers["content-type"].startswith("text/css")
    assert visitor.get("/site.css", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_the_logo_is_everybodys_once_an_admin_has_chosen_it(opened: Open, cast: Cast) -> None:
    visitor = opened()
    mine = store.receive(cast.awa, kind="logo", name="logo.png", data=factories.picture(300, 80)).id
    portrait = store.receive(cast.awa, kind="photo", name="me.png", data=factories.picture()).id
    assert visitor.get(f"/site/logo/{mine}").status_code == 404
    chosen = run(cast.awa, changes.change, "logo", mine, revision=0)

    answer = visitor.get(f"/site/logo/{mine}")
    assert answer.headers["content-type"] == "image/webp" and answer.headers["cache-control"].startswith("public")
    assert site.shown().logo_url == f"/site/logo/{mine}"

    for other in (portrait, "0" * 32, "../../etc/passwd", "x"):
        with pytest.raises(Invalid):
            run(cast.awa, changes.change, "logo", other, revision=chosen.revision)
        assert visitor.get(f"/site/logo/{other}").status_code == 404
    gone = run(cast.awa, changes.undo, "logo", revision=chosen.revision)
    assert visitor.get(f"/site/logo/{mine}").status_code == 404
    assert site.shown().logo_url == ""
    run(cast.awa, changes.undo, "logo", revision=gone.revision)
    assert visitor.get(f"/site/logo/{mine}").is_success


def test_nobody_makes_a_logo_of_what_somebody_else_sent(opened: Open, cast: Cast) -> None:
    theirs = store.receive(cast.youssef, kind="logo", name="logo.png", data=factories.picture(300, 80)).id

    with pytest.raises(Invalid):
        run(cast.awa, changes.change, "logo", theirs, revision=0)


def test_crawlers_are_welcome_until_an_admin_says_no(opened: Open, cast: Cast) -> None:
    visitor = opened()
    assert "Disallow: /admin\n" in visitor.get("/robots.txt").text
    run(cast.awa, changes.change, "findable", "false", revision=0)

    assert visitor.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


async def a_page(scope: dict, receive: object, send: Callable[[dict], Awaitable[None]]) -> None:
    """Any page of the build."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b"<!doctype html>"})


def test_every_page_asks_not_to_be_listed_once_an_admin_says_so(cast: Cast, tmp_path: Path) -> None:
    browser = TestClient(Headers(a_page, pages=tmp_path / "none.json"))
    preferences.load()
    assert "x-robots-tag" not in browser.get("/").headers
    run(cast.awa, changes.change, "findable", "false", revision=0)

    assert browser.get("/").headers["x-robots-tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    "brand", ["#000000", "#0a7a45", "#4a3ad6", "#c0131f", "#767676", "#3b0764", "#7a5000", "#0000ff"]
)
def test_every_shade_of_a_brand_can_be_read(brand: str) -> None:
    shades = colors.shades(brand)

    for mode, ground in (("light", "#ffffff"), ("dark", "#151821")):
        tokens = shades[mode]
        assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in tokens.values())
        assert colors.contrast(tokens["brand-ink"], tokens["brand-soft"]) >= 4.5
        assert colors.contrast(tokens["brand-ink"], ground) >= 4.5
        assert min(colors.contrast(tokens[name], "#ffffff") for name in ("brand", "brand-hover")) >= 4.5
        assert colors.contrast(tokens["ring"], ground) >= 3


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    assert colors.contrast(one, other) == pytest.approx(ratio, abs=0.005)
