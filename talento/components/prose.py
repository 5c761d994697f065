"""Written text of several paragraphs, from plain data: nothing in it is ever markup."""

import reflex as rx

from talento.components.links import text_link, web_link
from talento.services.markdown import Block, Item, Span

H2 = "mt-10 text-xl font-semibold text-ink first:mt-0"
H3 = "mt-8 text-lg font-semibold text-ink"
P = "mt-3 text-pretty break-words whitespace-pre-line text-ink/90"
LIST = "mt-3 flex flex-col gap-1.5 ps-6 text-ink/90 marker:text-muted"


def prose(blocks: rx.Var[list[Block]], **props: str) -> rx.Component:
    """Headings, paragraphs, lists and links."""
    return rx.el.div(rx.foreach(blocks, _block), **props)


def _block(block: rx.Var[Block]) -> rx.Component:
    return rx.match(
        block.kind,
        ("h2", rx.el.h2(rx.foreach(block.parts, _inline), class_name=H2)),
        ("h3", rx.el.h3(rx.foreach(block.parts, _inline), class_name=H3)),
        ("ul", rx.el.ul(rx.foreach(block.parts, _entry), class_name=f"{LIST} list-disc")),
        ("ol", rx.el.ol(rx.foreach(block.parts, _entry), class_name=f"{LIST} list-decimal")),
        ("quote", rx.el.blockquote(rx.foreach(block.parts, _inline), class_name=f"{P} border-s-2 border-line ps-4")),
        ("rule", rx.el.hr(class_name="mt-8 border-line")),
        rx.el.p(rx.foreach(block.parts, _inline), class_name=P),
    )


def _entry(item: rx.Var[Item]) -> rx.Component:
    return rx.el.li(_inline(item), class_name="break-words")


def _inline(item: rx.Var[Item]) -> rx.Component:
    return rx.fragment(rx.foreach(item.spans, _span))


def _span(span: rx.Var[Span]) -> rx.Component:
    look = [
        rx.cond(span.is_strong, "font-semibold text-ink", ""),
        rx.cond(span.is_emphasized, "italic", ""),
        rx.cond(span.is_code, "font-mono text-sm", ""),
    ]
    words = rx.el.span(span.text, class_name=look)
    inside = text_link(words, href=span.href, external=True)
    return rx.cond(span.href, rx.cond(span.is_outside, web_link(span.href, words), inside), words)
