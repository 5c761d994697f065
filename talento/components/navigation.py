"""Moving between parts of a page."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from talento.components.actions import button, icon_button
from talento.components.fields import is_blank
from talento.components.icons import icon
from talento.components.links import anchor
from talento.components.modules import Roving
from talento.components.text import Text, number, t

TAB = (
    "-mb-px flex h-11 items-center gap-2 border-b-2 border-transparent px-1 text-sm font-medium "
    "whitespace-nowrap text-muted "
    "transition-colors hover:text-ink aria-selected:border-brand aria-selected:text-ink"
)
COUNT = "rounded-pill bg-sunken px-2 text-xs tabular-nums text-muted"


def tabs(label: Text, entries: Sequence[tuple], *, current: Any, on_select: Any) -> rx.Component:
    """Parts of one page. `entries`: (key, title) or (key, title, count); `on_select(key)`; see `tab_panel`."""
    return Roving.create(
        *(tab(entry, current, on_select) for entry in entries),
        role="tablist",
        aria_label=label,
        pick="[role=tab]",
        class_name="flex gap-6 overflow-x-auto border-b border-line",
    )


def tab(entry: tuple, current: Any, on_select: Any) -> rx.Component:
    """One tab; only the current one is in the order of Tab, arrows reach the others."""
    key, title, *count = entry
    is_current = rx.Var.create(current) == key
    return rx.el.button(
        title,
        *([rx.el.span(number(count[0]), class_name=COUNT)] if count else []),
        type="button",
        role="tab",
        id=f"tab-{key}",
        aria_selected=is_current,
        aria_controls=f"panel-{key}",
        tab_index=rx.cond(is_current, 0, -1),
        on_click=on_select(key),
        class_name=TAB,
    )


def tab_panel(key: str, current: Any, *content: Any) -> rx.Component:
    """What a tab shows while it is the current one."""
    return rx.el.div(
        rx.cond(rx.Var.create(current) == key, rx.fragment(*content)),
        role="tabpanel",
        id=f"panel-{key}",
        aria_labelledby=f"tab-{key}",
        hidden=rx.Var.create(current) != key,
        class_name="pt-5",
    )


def pagination(*, first: Any, last: Any, total: Any, on_previous: Any, on_next: Any) -> rx.Component:
    """Which rows of how many, and the way to the others. `first` and `last` are row numbers, from 1."""
    return rx.el.nav(
        rx.el.p(
            t("{first}–{last} of {total}", first=number(first), last=number(last), total=number(total)),
            class_name="text-sm tabular-nums text-muted",
            aria_live="polite",
        ),
        rx.el.div(
            icon_button(
                "chevron-left",
                t("Previous page"),
                tone="secondary",
                disabled=rx.Var.create(first) <= 1,
                on_click=on_previous,
            ),
            icon_button(
                "chevron-right",
                t("Next page"),
                tone="secondary",
                disabled=rx.Var.create(last) >= total,
                on_click=on_next,
            ),
            class_name="flex gap-2",
        ),
        aria_label=t("Pages"),
        class_name="flex items-center justify-between gap-4",
    )


def newer_older(*, has_newer: Any, has_older: Any, on_newer: Any, on_older: Any) -> rx.Component:
    """The way through a list whose length nobody counts, newest first."""
    return rx.el.nav(
        button(t("Newer"), tone="secondary", before="chevron-left", disabled=~has_newer, on_click=on_newer),
        button(t("Older"), tone="secondary", before="chevron-right", disabled=~has_older, on_click=on_older),
        aria_label=t("Pages"),
        class_name="mt-4 flex items-center justify-between gap-4",
    )


def load_more(shown: Any, total: Any, *, on_more: Any, loading: Any = False) -> rx.Component:
    """How many are shown, and a button for more while there are any."""
    return rx.cond(
        rx.Var.create(shown) < total,
        rx.el.div(
            rx.el.p(
                t("{shown} of {total} shown", shown=number(shown), total=number(total)), class_name="text-sm text-muted"
            ),
            button(t("Show more"), tone="secondary", on_click=on_more, loading=loading),
            class_name="flex flex-col items-center gap-3 py-4",
        ),
    )


def breadcrumbs(*trail: tuple[Text, str]) -> rx.Component:
    """The way here: (title, href), the last without href."""
    return rx.el.nav(
        rx.el.ol(
            *(crumb(title, href) for title, href in trail), class_name="flex flex-wrap items-center gap-1.5 text-sm"
        ),
        aria_label=t("You are here"),
    )


def crumb(title: Text, href: str) -> rx.Component:
    """One step of the way."""
    if is_blank(href):
        return rx.el.li(title, aria_current="page", class_name="text-muted")
    link = anchor(title, href=href, class_name="text-muted hover:text-ink hover:underline")
    return rx.el.li(link, icon("chevron-right", 14, "text-faint"), class_name="flex items-center gap-1.5")
