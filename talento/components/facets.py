"""Narrowing a list: each property with its values, how many people each would leave, and what is chosen."""

from typing import Any

import reflex as rx

from talento.components import modules
from talento.components.actions import button
from talento.components.choices import BOX, TICK
from talento.components.fields import is_blank
from talento.components.icons import icon
from talento.components.text import Text, number, t

LINE = (
    "flex min-h-11 cursor-pointer items-center gap-2.5 rounded-control px-2 text-sm text-ink hover:bg-sunken "
    "lg:min-h-8 "
    "has-checked:font-medium"
)
HEAD = (
    "flex h-11 cursor-pointer list-none items-center justify-between gap-2 rounded-control px-2 text-sm font-semibold "
    "hover:bg-sunken [&::-webkit-details-marker]:hidden"
)
CHIP = (
    "inline-flex min-h-9 items-center gap-1.5 rounded-pill bg-brand-soft ps-3 pe-2 text-sm font-medium text-brand-ink "
    "hover:brightness-95 lg:min-h-7 lg:text-xs"
)


def facet(
    title: Text,
    values: rx.Var,
    *,
    on_toggle: Any,
    open: bool = True,
    search: Any = None,
    has_more: Any = False,
    on_more: Any = None,
) -> rx.Component:
    """One property. `values`: [{value, label, count, is_on}]; `on_toggle(value, on)`; `search(text)` for long lists."""

    def line(one: Any) -> rx.Component:
        return facet_line(one, on_toggle)

    more = (
        []
        if on_more is None
        else [rx.cond(has_more, button(t("Show more"), tone="ghost", size="sm", on_click=on_more))]
    )
    return fold(
        title,
        *([facet_search(title, search)] if search is not None else []),
        rx.el.div(
            rx.foreach(values.to(list[dict[str, Any]]), line),
            class_name="flex flex-col",
            role="group",
            aria_label=title,
        ),
        *more,
        open=open,
    )


def fold(title: Text, *content: Any, open: Any = False) -> rx.Component:
    """A heading among the filters, with what it opens."""
    return rx.el.details(
        rx.el.summary(
            title, icon("chevron-down", 16, "text-faint transition-transform group-open:rotate-180"), class_name=HEAD
        ),
        *content,
        open=open,
        class_name="group border-b border-line py-2 first:pt-0 last:border-b-0 last:pb-0",
    )


def facet_line(one: Any, on_toggle: Any) -> rx.Component:
    """One value and its live count."""
    return rx.el.label(
        rx.el.span(
            modules.FollowedTick.create(
                type="checkbox",
                value=one["is_on"],
                class_name=BOX,
                on_change=lambda on: on_toggle(one["value"].to(str), on),
            ),
            icon("check", 14, TICK),
            class_name="relative flex shrink-0",
        ),
        rx.el.span(one["label"].to(str), class_name="min-w-0 flex-1 truncate"),
        rx.el.span(number(one["count"]), class_name="shrink-0 text-xs tabular-nums font-normal text-muted"),
        class_name=[LINE, rx.cond(one["count"].to(int) == 0, "text-muted", "")],
        key=one["value"].to(str),
    )


def facet_search(title: Text, search: Any) -> rx.Component:
    """A small search box inside a long facet."""
    return rx.el.div(
        modules.SearchBox.create(
            rx.el.span(icon("search", 14), class_name="absolute inset-y-0 start-2.5 flex items-center text-faint"),
            on_change=search,
            shortcut="",
            clear=t("Clear the search"),
            aria_label=title,
            placeholder=t("Search in the list"),
            wrap_class="relative block",
            button_class="absolute inset-y-0 end-0 grid w-8 place-items-center text-muted",
            class_name="h-10 w-full rounded-control border border-line bg-surface px-8 text-base lg:h-8 lg:text-sm",
        ),
        class_name="px-2 pb-2",
    )


def filter_chips(chosen: rx.Var, *, on_remove: Any, on_clear: Any) -> rx.Component:
    """What is chosen, each with a cross. `chosen`: [{facet, value, label}]; `on_remove(facet, value)`."""

    def chip(one: Any) -> rx.Component:
        return rx.el.button(
            one["label"].to(str),
            icon("x", 14),
            type="button",
            class_name=CHIP,
            aria_label=t("Remove the filter {name}", name=one["label"].to(str)),
            on_click=on_remove(one["facet"].to(str), one["value"].to(str)),
            key=one["facet"].to(str) + one["value"].to(str),
        )

    return rx.cond(
        chosen.to(list).length() > 0,
        rx.el.div(
            rx.foreach(chosen.to(list[dict[str, Any]]), chip),
            button(t("Clear all"), tone="ghost", size="sm", on_click=on_clear),
            class_name="flex flex-wrap items-center gap-2",
        ),
    )


def result_count(words: Any) -> rx.Component:
    """How many were found, announced as it changes."""
    return (
        rx.el.p(words, role="status", aria_live="polite", class_name="text-sm font-medium tabular-nums text-ink")
        if not is_blank(words)
        else rx.fragment()
    )
