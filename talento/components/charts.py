"""Charts of a few numbers, drawn with the page's own means: each is a table that anybody can read."""

from typing import Any

import reflex as rx

from talento.components.links import anchor
from talento.components.text import LANGUAGE, Text, date, number, t


def bar_chart(title: Text, bars: rx.Var, *, href: str = "") -> rx.Component:
    """A line for each value: its label, its bar, its number. `bars`: [{value, en, fr, count, share}].

    With `href`, a label leads to that address with the value at its end.
    """

    def line(bar: Any) -> rx.Component:
        label = rx.cond(LANGUAGE == "fr", bar.fr, bar.en)
        name = anchor(label, href=href + bar.value.to(str), class_name="hover:underline") if href else label
        return rx.el.tr(
            rx.el.th(
                name, scope="row", class_name="max-w-48 truncate py-1 pe-3 text-start text-sm font-normal text-ink"
            ),
            rx.el.td(_bar(bar.share, "bg-brand"), class_name="w-full py-1"),
            rx.el.td(number(bar.count), class_name="py-1 ps-3 text-end text-sm tabular-nums text-muted"),
            key=bar.value.to(str),
        )

    return rx.el.table(
        rx.el.caption(title, class_name="sr-only"),
        rx.el.tbody(rx.foreach(bars, line)),
        class_name="w-full border-collapse",
    )


def fill_bar(percent: Any) -> rx.Component:
    """How full something is; the numbers stand beside it."""
    return _bar(percent, rx.cond(percent >= 100, "bg-success", "bg-brand"))


def day_chart(title: Text, days: rx.Var) -> rx.Component:
    """A column for each day: how many people are booked. `days`: [{day, projects, people, share}]."""

    def column(one: Any) -> rx.Component:
        return rx.el.div(
            rx.el.span(rx.cond(one.people > 0, one.people, ""), class_name="text-xs tabular-nums text-muted"),
            rx.el.span(
                class_name=["w-full rounded-t-sm", rx.cond(one.people > 0, "bg-brand", "bg-sunken")],
                style={"height": f"max(3px, {one.share}%)"},
            ),
            class_name="flex h-full min-w-0 flex-1 flex-col items-center justify-end gap-1",
            key=one.day.to(str),
        )

    def line(one: Any) -> rx.Component:
        return rx.el.tr(
            rx.el.th(date(one.day.to(str)), scope="row"),
            rx.el.td(number(one.projects)),
            rx.el.td(number(one.people)),
            key=one.day.to(str),
        )

    table = rx.el.table(
        rx.el.caption(title),
        rx.el.thead(
            rx.el.tr(
                rx.el.th(t("Day"), scope="col"),
                rx.el.th(t("Projects"), scope="col"),
                rx.el.th(t("People"), scope="col"),
            )
        ),
        rx.el.tbody(rx.foreach(days, line)),
        class_name="sr-only",
    )
    ends = rx.el.div(
        rx.el.span(date(days[0].day.to(str))),
        rx.el.span(date(days[days.length() - 1].day.to(str))),
        class_name="mt-2 flex justify-between border-t border-line pt-2 text-xs text-muted",
        aria_hidden="true",
    )
    columns = rx.el.div(rx.foreach(days, column), class_name="flex h-32 items-end gap-1 sm:gap-2", aria_hidden="true")
    return rx.el.div(columns, ends, rx.el.div(table, class_name="relative overflow-hidden"))


def count_chart(title: Text, days: rx.Var, *, href: str = "/talents") -> rx.Component:
    """A column for each day: how many people came, leading to them. `days`: [{day, count, share}]."""

    def leads(one: Any) -> Any:
        return f"{href}?since=" + one.day.to(str) + "&until=" + one.day.to(str)

    def column(one: Any) -> rx.Component:
        return anchor(
            rx.el.span(
                class_name=["block w-full rounded-t-sm", rx.cond(one.count > 0, "bg-brand", "bg-sunken")],
                style={"height": f"max(3px, {one.share}%)"},
            ),
            href=leads(one),
            title=date(one.day.to(str)) + " · " + number(one.count),
            tab_index=-1,
            class_name="flex h-full min-w-0 flex-1 flex-col justify-end hover:opacity-70",
            key=one.day.to(str),
        )

    def line(one: Any) -> rx.Component:
        day = anchor(date(one.day.to(str)), href=leads(one), class_name="hover:underline")
        return rx.el.tr(
            rx.el.th(day, scope="row", class_name="py-1 pe-3 text-start font-normal"),
            rx.el.td(number(one.count), class_name="py-1 text-end tabular-nums"),
            key=one.day.to(str),
        )

    table = rx.el.table(
        rx.el.caption(title, class_name="sr-only"),
        rx.el.thead(
            rx.el.tr(
                rx.el.th(t("Day"), scope="col", class_name="py-1 text-start text-xs font-medium text-muted"),
                rx.el.th(t("People"), scope="col", class_name="py-1 text-end text-xs font-medium text-muted"),
            )
        ),
        rx.el.tbody(rx.foreach(days, line)),
        class_name="w-full max-w-sm border-collapse text-sm text-ink",
    )
    ends = rx.el.div(
        rx.el.span(date(days[0].day.to(str))),
        rx.el.span(date(days[days.length() - 1].day.to(str))),
        class_name="mt-2 flex justify-between border-t border-line pt-2 text-xs text-muted",
        aria_hidden="true",
    )
    columns = rx.el.div(rx.foreach(days, column), class_name="flex h-32 items-end gap-px sm:gap-1", aria_hidden="true")
    shown = rx.el.div(table, class_name="mt-2 max-h-72 overflow-y-auto", tab_index=0, role="region", aria_label=title)
    summary = rx.el.summary(t("As a table"), class_name="cursor-pointer text-sm text-muted hover:text-ink")
    return rx.el.div(columns, ends, rx.el.details(summary, shown, class_name="mt-3"))


def _bar(percent: Any, tone: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(class_name=["h-full rounded-pill", tone], style={"width": f"{percent}%"}),
        class_name="h-2 w-full min-w-16 overflow-hidden rounded-pill bg-sunken",
        aria_hidden="true",
    )
