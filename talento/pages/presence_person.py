"""One person's hours: this project's first, then the others that the reader may see."""

import reflex as rx

from talento.components.actions import link_button
from talento.components.badges import avatar
from talento.components.feedback import empty
from talento.components.hours import correction, duration, rules_found, stay_line
from talento.components.progress import skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import card, panel, stack
from talento.components.tables import Column, data_table
from talento.components.text import date, plural, t, time
from talento.pages.frame import inside, only
from talento.services.presence.hours import Day, History
from talento.state.presence_hours import HistoryState
from talento.vocabulary.permissions import Permission


def presence_person() -> rx.Component:
    """The page."""
    found = HistoryState.histories
    return inside(
        only(
            Permission.SEE_SHEET,
            rx.cond(
                HistoryState.is_ready,
                rx.cond(found.length() > 0, _person(found[0]), card(_nobody())),
                card(skeleton_rows(6)),
            ),
        )
    )


def _person(first: rx.Var[History]) -> rx.Component:
    back = "/presence/" + HistoryState.code + "/hours"
    return screen(
        first.total.person.name,
        stack(rx.foreach(HistoryState.histories, _project)),
        text=t("Hours, the latest day first"),
        actions=rx.fragment(
            avatar(first.total.person.name, first.total.person.photo_url, "lg"),
            link_button(t("Everybody's hours"), href=back, before="arrow-left"),
        ),
    )


def _project(one: rx.Var[History]) -> rx.Component:
    return panel(
        one.name,
        rx.cond(
            one.days.length() > 0,
            data_table(
                [
                    Column(t("Day"), _day, is_title=True),
                    Column(t("Stays"), lambda day: _stays(day, one.zone)),
                    Column(t("Breaks"), lambda day: _minutes(day), is_end=True),
                    Column(t("Total"), lambda day: rx.el.span(duration(day.minutes), class_name="font-medium"),
                           is_end=True),
                    Column(t("Rules"), lambda day: rules_found(day.rules)),
                ],
                one.days,
                caption=t("Hours"),
                key=lambda day: day.day.to(str),
                framed=False,
            ),
            rx.el.p(t("No hours yet."), class_name="p-5 text-sm text-muted sm:px-6"),
        ),
        text=rx.fragment(
            rx.el.span(one.total.person.code, class_name="font-mono", dir="ltr"),
            " · ",
            plural(one.total.days, one="{n} day", other="{n} days"),
            " · ",
            duration(one.total.minutes),
        ),
        flush=True,
        key=one.code,
    )  # fmt: skip


def _day(one: rx.Var[Day]) -> rx.Component:
    return rx.el.p(date(one.day), class_name="font-medium whitespace-nowrap")


def _stays(one: rx.Var[Day], zone: rx.Var[str]) -> rx.Component:
    return rx.fragment(
        rx.cond(
            one.call_at,
            rx.el.p(t("Called at {hour}", hour=time(one.call_at, zone)), class_name="text-xs text-muted"),
        ),
        rx.el.ul(rx.foreach(one.stays, lambda stay: stay_line(stay, zone)), class_name="grid gap-1"),
        rx.foreach(one.loose, lambda found: correction(found, zone)),
    )


def _minutes(one: rx.Var[Day]) -> rx.Component:
    empty_cell = rx.el.span("–", class_name="text-faint")
    return rx.cond(one.break_minutes > 0, rx.el.span(duration(one.break_minutes)), empty_cell)


def _nobody() -> rx.Component:
    return empty(
        t("Nobody has this number"), t("They were never on this project, or its desk is not open to you."),
        before="user-x",
    )  # fmt: skip
