"""Markdown as plain data: headings, paragraphs, lists, links. Any other markup is only text. Source: WEB-04."""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from talento.errors import Invalid
from talento.services import text

INSIDE = ("/", "#", "mailto:", "tel:")
HEADINGS = {"h1": "h2", "h2": "h2"}
"""The page has a heading of its own; smaller ones are all alike."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `href` is empty for no link; `is_outside`: it leads to another site."""

    text: str
    href: str = ""
    is_outside: bool = False
    is_strong: bool = False
    is_emphasized: bool = False
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, or the only one of anything else."""

    spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Block:
    """`kind`: `h2`, `h3`, `p`, `quote`, `ul`, `ol` or `rule`."""

    kind: str
    parts: list[Item] = field(default_factory=list)


def blocks(source: str) -> list[Block]:
    """What a text consists of, in order; lists within lists are one list."""
    found: list[Block] = []
    lists: list[str] = []
    kind, is_quote = "p", False
    for token in _reader().parse(source):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append("ul" if token.type == "bullet_list_open" else "ol")
            if len(lists) == 1:
                found.append(Block(lists[0]))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "heading_open":
            kind = HEADINGS.get(token.tag, "h3")
        elif token.type in ("blockquote_open", "blockquote_close"):
            is_quote = token.nesting > 0
        elif token.type == "hr":
            found.append(Block("rule"))
        elif token.type in ("fence", "code_block"):
            found.append(Block("p", [Item([Span(token.content, is_code=True)])]))
        elif token.type == "inline":
            item = Item(_spans(token.children or []))
            if lists:
                found[-1].parts.append(item)
            else:
                found.append(Block("quote" if is_quote and kind == "p" else kind, [item]))
            kind = "p"
    return found


def _spans(tokens: list[Token]) -> list[Span]:
    spans: list[Span] = []
    look = Span("")
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            look = replace(look, is_strong=token.nesting > 0)
        elif token.type in ("em_open", "em_close"):
            look = replace(look, is_emphasized=token.nesting > 0)
        elif token.type in ("link_open", "link_close"):
            href = address(str(token.attrGet("href") or "")) if token.nesting > 0 else ""
            look = replace(look, href=href, is_outside=bool(href) and not href.startswith(INSIDE))
        elif token.type in ("softbreak", "hardbreak"):
            spans.append(replace(look, text=" " if token.type == "softbreak" else "\n"))
        elif token.content:
            spans.append(replace(look, text=token.content, is_code=token.type == "code_inline"))
    return spans


def address(href: str) -> str:
    """A link that may be followed: a page of ours, an address to write to or to call, or a web site; else nothing."""
    if href.startswith("//") or "\\" in href:
        return ""
    if href.startswith(INSIDE):
        return href
    try:
        return text.address(href, field="")
    except Invalid:
        return ""


@lru_cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})
