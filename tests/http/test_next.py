"""Wherever `next` points, a browser that follows it stays here. Source: WEB-07."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talento.edge.auth import inside

PIECES = (
    "/", "//", "\\", "/\\", "%2f", "%5c", "%2F%2f", "%09", "%0d%0a", "%00", "\t", "\r\n", "\x00", " ", "\x7f",
    "\u2028", "．", "。", "／", "evil.example", "@", ":", "http:", "https://", "HTTPS://", "javascript:", "data:,",
    "?", "#", "..", ".", ";", "talents", "account", "?next=", "a=b", "&", "é", "%", "%e3%80%82", "%252f",
    "localhost:5000",
)  # fmt: skip
TARGETS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=6).map(lambda parts: "/" + "".join(parts)),
    st.text(max_size=30),
    st.text(max_size=30).map(lambda text: "/" + text),
)


def stays(target: str) -> bool:
    """Whether a browser that is here remains here. Source: WHATWG URL, "basic URL parser" for a special scheme."""
    said = re.sub(r"[\t\n\r]", "", target).strip("".join(map(chr, range(33)))).replace("\\", "/")
    return not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", said) and not said.startswith("//")


@given(TARGETS)
@settings(max_examples=10_000, deadline=None, database=None)
def test_no_target_leads_off_this_site(target: str) -> None:
    told = inside(target)

    assert told in (target, "")
    if told:
        assert stays(told)
        assert stays(unquote(told))
        assert re.fullmatch(r"/[!-\[\]-~]*", told)
        assert not re.search(r"[\x00-\x1f\\]", unquote(told))


@pytest.mark.parametrize("target", ["/", "/talents", "/talents?q=a+b&skills=mason", "/t/MAF0001RAB", "/profile#photo"])
def test_a_path_of_ours_is_followed(target: str) -> None:
    assert inside(target) == target
