"""Rows and columns; on a phone, each row is a card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from talento.components.icons import icon
from talento.components.surfaces import CARD
from talento.components.text import Text

HEAD = "h-11 px-4 text-xs font-medium whitespace-nowrap text-muted first:ps-5 sm:first:ps-6 last:pe-5 sm:last:pe-6"
CELL = "px-4 py-3 align-middle text-sm text-ink sm:first:ps-6 sm:last:pe-6"
LINE = (
    "border-b border-line transition-colors last:border-b-0 hover:bg-sunken/60 max-sm:py-3 "
    "has-[a:focus-visible]:bg-sunken/60"
)
TITLES = (
    "max-sm:sr-only *:*:bg-surface *:*:first:rounded-ss-card *:*:last:rounded-se-card "
    "*:*:shadow-[inset_0_-1px_0_var(--color-line)] lg:*:*:sticky lg:*:*:top-bar lg:*:*:z-10"
)
SORTER = "inline-flex h-11 items-center gap-1 rounded-control hover:text-ink"


@dataclass(frozen=True)
class Column:
    """One column: its title, its cell, and the key it sorts by, if it can.

    A cell takes the row's Var. `is_end` aligns figures to the end. On a phone, `is_title` heads the card.
    """

    title: Text
    cell: Callable[[Any], Any]
    sort: str = ""
    is_end: bool = False
    is_title: bool = False
    width: str = ""


def data_table(
    columns: Sequence[Column],
    rows: rx.Var,
    *,
    caption: Text,
    key: Callable[[Any], Any],
    sort: Any = "",
    on_sort: Any = None,
    empty: rx.Component | None = None,
    framed: bool = True,
) -> rx.Component:
    """A table of `rows`. `sort` is a column's key, with `-` before it when descending; `on_sort(key)` gets the next."""

    def line(one: Any) -> rx.Component:
        return rx.el.tr(*(cell(column, one) for column in columns), class_name=LINE, key=key(one))

    table = rx.el.table(
        rx.el.caption(caption, class_name="sr-only"),
        rx.el.thead(
            rx.el.tr(*(head(column, rx.Var.create(sort), on_sort) for column in columns)),
            class_name=TITLES,
        ),
        rx.el.tbody(rx.foreach(rows, line)),
        class_name="stacked w-full border-collapse",
    )
    shown = rx.el.div(
        table,
        class_name=f"overflow-x-auto lg:overflow-visible {CARD if framed else ''}",
        tab_index=0,
        role="region",
        aria_label=caption,
    )
    return shown if empty is None else rx.cond(rows.to(list).length() > 0, shown, empty)


def cell(column: Column, one: Any) -> rx.Component:
    """One value, with its column's title for the phone."""
    aligned = "sm:text-end tabular-nums" if column.is_end else ""
    return rx.el.td(
        rx.el.div(column.cell(one), class_name="min-w-0"),
        custom_attrs={"data-label": "" if column.is_title else column.title},
        class_name=f"{CELL} {aligned} {column.width}",
    )


def head(column: Column, sort: rx.Var, on_sort: Any) -> rx.Component:
    """A column's title; a button when it sorts."""
    side = "text-end" if column.is_end else "text-start"
    if not column.sort:
        return rx.el.th(column.title, scope="col", class_name=f"{HEAD} {side}")
    rising, falling = sort == column.sort, sort == f"-{column.sort}"
    return rx.el.th(
        rx.el.button(
            column.title,
            rx.cond(
                rising,
                icon("arrow-up", 14, "text-brand-ink"),
                rx.cond(falling, icon("arrow-down", 14, "text-brand-ink"), icon("chevrons-up-down", 14, "text-faint")),
            ),
            type="button",
            class_name=SORTER,
            on_click=on_sort(rx.cond(rising, f"-{column.sort}", column.sort)),
        ),
        scope="col",
        aria_sort=rx.cond(rising, "ascending", rx.cond(falling, "descending", "none")),
        class_name=f"{HEAD} {side}",
    )
