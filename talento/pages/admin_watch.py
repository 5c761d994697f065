"""The watch-list: names that administrators want to hear of, and whoever answers to them."""

import reflex as rx

from talento.components.actions import button, icon_button
from talento.components.badges import badge, code_text
from talento.components.feedback import alert, empty
from talento.components.fields import field, text_input
from talento.components.links import anchor
from talento.components.overlays import confirm
from talento.components.progress import skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import card, panel
from talento.components.tables import Column, data_table
from talento.components.text import ago, label, plural, t
from talento.pages.frame import inside, only
from talento.services.watch import Hit, Name
from talento.state.admin_watch import WatchState
from talento.vocabulary.permissions import Permission
from talento.vocabulary.watching import Why


def admin_watch() -> rx.Component:
    """The form, the hits and the names."""
    return inside(
        screen(
            t("Watch-list"),
            only(
                Permission.ADMINISTER,
                rx.cond(
                    WatchState.is_ready,
                    rx.el.div(
                        rx.el.div(_hits(), class_name="min-w-0 flex-1"),
                        rx.el.div(_form(), _names(), class_name="flex min-w-0 flex-col gap-5 lg:w-96 lg:shrink-0"),
                        class_name="flex flex-col-reverse gap-5 lg:flex-row lg:items-start",
                    ),
                    card(skeleton_rows(6)),
                ),
            ),
            text=t("You hear by mail when somebody registers under one of these names. Only administrators see this."),
        )
    )


def _form() -> rx.Component:
    return panel(
        t("Watch a name"),
        rx.cond(WatchState.problem, rx.el.div(alert(WatchState.problem, tone="danger"), class_name="mb-4")),
        rx.el.form(
            field(
                t("Name"),
                text_input("watch_name", max_length=120, required=True, auto_complete="off"),
                hint=t("Order, accents, case and small slips of spelling do not matter."),
            ),
            field(t("Note"), text_input("watch_note", max_length=300, auto_complete="off"), optional=True),
            button(t("Watch"), type="submit", before="eye", wide=True),
            on_submit=WatchState.add,
            key=WatchState.round.to(str),
            class_name="flex flex-col gap-4",
        ),
    )


def _names() -> rx.Component:
    return rx.cond(
        WatchState.names.length() > 0,
        panel(
            plural(WatchState.names.length(), one="{n} watched name", other="{n} watched names"),
            rx.el.ul(rx.foreach(WatchState.names, _name), class_name="-my-3 divide-y divide-line"),
        ),
    )


def _name(one: rx.Var[Name]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(one.name, class_name="text-sm font-medium break-words text-ink"),
            rx.cond(one.note, rx.el.p(one.note, class_name="mt-0.5 text-xs break-words text-muted")),
            rx.el.p(plural(one.hits, one="{n} hit", other="{n} hits"), class_name="mt-0.5 text-xs text-muted"),
            class_name="min-w-0 flex-1",
        ),
        confirm(
            t("Watch this name no longer?"),
            t("The hits of “{name}” go with it. The logs keep them.", name=one.name),
            trigger=icon_button("trash-2", t("Remove"), size="sm"),
            yes=button(t("Remove"), tone="danger", on_click=WatchState.remove(one.id)),
        ),
        class_name="flex items-start gap-3 py-3",
        key=one.id.to(str),
    )


def _hits() -> rx.Component:
    return data_table(
        [
            Column(t("Person"), _person, is_title=True),
            Column(t("Answers to"), _answers),
            Column(t("When"), lambda one: ago(one.at), width="whitespace-nowrap"),
            Column("", _seen, is_end=True),
        ],
        WatchState.hits,
        caption=t("Watch-list"),
        key=lambda one: one.id.to(str),
        empty=card(
            empty(t("No hit yet"), t("Whoever answers to a watched name is listed here."), before="user-search")
        ),
    )


def _person(one: rx.Var[Hit]) -> rx.Component:
    return rx.el.div(
        anchor(one.name, href=one.page, class_name="text-sm font-medium break-words text-ink hover:underline"),
        rx.el.div(code_text(one.code, copy=False), class_name="mt-0.5 text-xs text-muted"),
    )


def _answers(one: rx.Var[Hit]) -> rx.Component:
    return rx.el.div(
        rx.el.p(one.watched, class_name="text-sm break-words text-ink"),
        rx.el.p(
            rx.match(one.why, *((how.value, label(how)) for how in Why), ""), class_name="mt-0.5 text-xs text-muted"
        ),
        rx.cond(one.note, rx.el.p(one.note, class_name="mt-0.5 text-xs break-words text-muted italic")),
        class_name="max-w-80",
    )


def _seen(one: rx.Var[Hit]) -> rx.Component:
    return rx.cond(
        one.is_seen,
        badge(t("Seen"), tone="neutral"),
        button(t("Mark as seen"), tone="secondary", size="sm", before="check", on_click=WatchState.see(one.id)),
    )
