"""Legal texts: Markdown becomes headings, lists and links, and nothing else."""

import pytest

from talento.services import legal, markdown
from talento.services.markdown import Block, Item, Span
from talento.services.preferences import changes, registry
from talento.services.work import VISITOR, Actor, look, run
from tests.conftest import Hands
from tests.factories import Cast


def write(actor: Actor, key: str, text: str) -> None:
    run(actor, changes.change, key, text, revision=look(actor, changes.entry, key).revision)


def test_headings_paragraphs_lists_and_links() -> None:
    found = markdown.blocks(
        "# Privacy\n\nWe keep **little**, and *briefly*.\nSee [the terms](/legal/terms).\n\n"
        "### More\n\n1. one\n2. two\n   - deep\n\n> said\n\n---\n"
    )

    assert [(block.kind, [[span.text for span in item.spans] for item in block.parts]) for block in found] == [
        ("h2", [["Privacy"]]),
        ("p", [["We keep ", "little", ", and ", "briefly", ".", " ", "See ", "the terms", "."]]),
        ("h3", [["More"]]),
        ("ol", [["one"], ["two"], ["deep"]]),
        ("quote", [["said"]]),
        ("rule", []),
    ]
    spans = found[1].parts[0].spans
    assert (spans[1].is_strong, spans[3].is_emphasized, spans[7].href, spans[7].is_outside) == (
        True, True, "/legal/terms", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "nasty",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b onmouseover=alert(1)>x</b>", "<!-- x -->",
        "<svg/onload=alert(1)>", "<iframe src=//evil.example>",
    ],
)  # fmt: skip
def test_markup_is_only_text(nasty: str) -> None:
    assert markdown.blocks(nasty) == [Block("p", [Item([Span(nasty)])])]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "//evil.example", "\\\\evil.example", "https://user:secret@evil.example", "https:///x",
    ],
)  # fmt: skip
def test_a_link_that_nobody_should_follow_is_only_text(href: str) -> None:
    [block] = markdown.blocks(f"[words](<{href}>)")

    assert all(span.href == "" for span in block.parts[0].spans)


@pytest.mark.parametrize("href", ["https://example.com/a?b=c", "mailto:a@example.com", "/legal/terms", "#part"])
def test_other_links_are_followed(href: str) -> None:
    [block] = markdown.blocks(f"[words]({href})")

    assert block.parts[0].spans == [Span("words", href, is_outside=href.startswith("https"))]


def test_even_the_longest_and_deepest_text_is_read() -> None:
    assert markdown.blocks("x" * 40_000)
    for deep in ("> " * 2_000 + "deep", "* " * 2_000 + "deep", "[" * 10_000, "**" * 10_000, "`" * 10_000):
        assert all(isinstance(block, Block) for block in markdown.blocks(deep))


def test_a_text_is_shown_in_the_language_it_was_written_in(cast: Cast, hands: Hands) -> None:
    assert look(VISITOR, legal.shown, "privacy", "fr").blocks == []
    write(cast.awa, registry.PRIVACY_EN.key, "# Ours")
    only = look(VISITOR, legal.shown, "privacy", "fr")
    hands.later(days=1)
    write(cast.awa, registry.PRIVACY_FR.key, "# La nôtre")

    assert (only.language, only.blocks[0].parts[0].spans[0].text) == ("en", "Ours")
    french = look(VISITOR, legal.shown, "privacy", "fr")
    assert (french.blocks[0].parts[0].spans[0].text, french.changed_at) == ("La nôtre", hands.now)
    assert look(VISITOR, legal.shown, "nonsense", "en").blocks == []


def test_every_version_of_a_text_can_be_put_back(cast: Cast) -> None:
    for text in ("first", "second", "third"):
        write(cast.awa, registry.TERMS_EN.key, text)
    versions = look(cast.awa, changes.history, registry.TERMS_EN.key)

    assert [one.before for one in versions] == ["second", "first", ""]
    run(cast.awa, changes.put_back, registry.TERMS_EN.key, versions[1].id, revision=3)
    assert look(VISITOR, legal.shown, "terms", "en").blocks[0].parts[0].spans[0].text == "first"


def test_the_notice_is_linked_once_it_is_written(cast: Cast) -> None:
    assert not legal.written("notice")
    write(cast.awa, registry.NOTICE_FR.key, "Atlas SARL")
    assert legal.written("notice")
