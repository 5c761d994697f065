"""What things stand on."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from talento.components.fields import is_blank
from talento.components.icons import icon
from talento.components.links import anchor
from talento.components.text import Text

CARD = "rounded-card border border-line bg-surface shadow-card"
LIFT = f"{CARD} block transition-[border-color,box-shadow] hover:border-control hover:shadow-float"


def card(*content: Any, **props: Any) -> rx.Component:
    """A surface with room around its content."""
    return rx.el.div(*content, class_name=[CARD, "p-5 sm:p-6", props.pop("class_name", "")], **props)


def card_link(*content: Any, href: str | rx.Var[str], **props: Any) -> rx.Component:
    """A card that leads somewhere."""
    return anchor(*content, href=href, class_name=[LIFT, "p-5 sm:p-6", props.pop("class_name", "")], **props)


def panel(
    title: Text, *content: Any, text: Text = "", actions: Any = None, flush: bool = False, **props: Any
) -> rx.Component:
    """A titled part of a page; `flush` lets a table or a list touch its edges."""
    return rx.el.section(
        rx.el.div(
            section_header(title, text=text, actions=actions),
            class_name="border-b border-line px-5 py-4 sm:px-6",
        ),
        rx.el.div(*content, class_name="" if flush else "p-5 sm:p-6"),
        class_name=[CARD, "overflow-clip", props.pop("class_name", "")],
        **props,
    )


def section_header(title: Text, *, text: Text = "", actions: Any = None, level: int = 2) -> rx.Component:
    """A heading, a line under it, and what can be done here."""
    heading = {2: rx.el.h2, 3: rx.el.h3}[level]
    return rx.el.div(
        rx.el.div(
            heading(title, class_name="text-base font-semibold tracking-tight text-ink"),
            *([rx.el.p(text, class_name="mt-0.5 text-sm text-muted")] if not is_blank(text) else []),
            class_name="min-w-0 flex-1" if is_blank(text) else "min-w-0 flex-1 basis-48",
        ),
        *([rx.el.div(actions, class_name="flex shrink-0 flex-wrap gap-2")] if actions is not None else []),
        class_name="flex flex-wrap items-center gap-x-4 gap-y-3",
    )


def stat(title: Text, value: Any, *, before: str = "", note: Any = "", href: str = "") -> rx.Component:
    """One figure and what it counts."""
    content = (
        rx.el.div(
            rx.el.span(title, class_name="text-sm text-muted"),
            *([rx.el.span(icon(before, 18), class_name="text-faint")] if before else []),
            class_name="flex items-center justify-between gap-2",
        ),
        rx.el.div(value, class_name="mt-2 text-2xl font-semibold tabular-nums text-ink"),
        *([rx.el.div(note, class_name="mt-1 text-xs text-muted")] if not is_blank(note) else []),
    )
    return card_link(*content, href=href) if href else card(*content)


def stats(*tiles: rx.Component) -> rx.Component:
    """A row of figures; two abreast on a phone."""
    return rx.el.div(*tiles, class_name="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4 *:p-4 sm:*:p-5")


def key_values(*pairs: tuple[Text, Any]) -> rx.Component:
    """Names and values, aligned."""
    return rx.el.dl(*(key_value(key, value) for key, value in pairs), class_name="divide-y divide-line")


def key_value(key: Text, value: Any) -> rx.Component:
    """One name and its value."""
    return rx.el.div(
        rx.el.dt(key, class_name="text-sm text-muted sm:w-2/5 sm:shrink-0"),
        rx.el.dd(value, class_name="min-w-0 flex-1 text-sm text-ink"),
        class_name="flex flex-col gap-x-6 gap-y-0.5 py-3 sm:flex-row",
    )


def stack(*content: Any, gap: str = "gap-5", **props: Any) -> rx.Component:
    """One under the other."""
    return rx.el.div(*content, class_name=["flex min-w-0 flex-col", gap, props.pop("class_name", "")], **props)


def row(*content: Any, gap: str = "gap-3", **props: Any) -> rx.Component:
    """Side by side, wrapping."""
    return rx.el.div(*content, class_name=["flex flex-wrap items-center", gap, props.pop("class_name", "")], **props)


def grid(*content: Any, columns: str = "sm:grid-cols-2", gap: str = "gap-5", **props: Any) -> rx.Component:
    """In columns, one on a phone."""
    return rx.el.div(*content, class_name=["grid grid-cols-1", columns, gap, props.pop("class_name", "")], **props)


def menu_of_links(links: Sequence[rx.Component]) -> rx.Component:
    """A plain list of links."""
    return rx.el.ul(*(rx.el.li(link) for link in links), class_name="flex flex-col gap-1")
