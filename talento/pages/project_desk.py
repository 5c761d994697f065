"""The presence desk on a project's page: who keeps it, how it scans, where its hours are."""

import reflex as rx

from talento.components.actions import button, icon_button, link_button
from talento.components.badges import avatar, badge
from talento.components.feedback import empty
from talento.components.fields import field, live_text_input, number_input
from talento.components.icons import icon
from talento.components.overlays import confirm
from talento.components.surfaces import panel, stack
from talento.components.text import t
from talento.services.presence.desks import Keeper
from talento.state.desks import DesksState
from talento.state.projects import ProjectState


def presence() -> rx.Component:
    """What the team decides about the desk."""
    return rx.el.div(
        panel(
            t("Who keeps the desk"),
            rx.cond(
                DesksState.keepers.length() > 0,
                rx.el.ul(rx.foreach(DesksState.keepers, _keeper), class_name="divide-y divide-line"),
                empty(
                    t("The desk is open to nobody yet"),
                    t("Add somebody of the presence staff: they scan people in and out on this project."),
                    before="scan-line",
                ),
            ),
            text=t("They see names, photos, roles and codes here, nothing else. Administrators always can."),
            actions=rx.fragment(
                link_button(t("Open the desk"), href=_desk(), before="scan-line", size="sm"),
                link_button(t("Hours and call times"), href=_desk() + "/hours", before="clock", size="sm"),
            ),
            flush=True,
            class_name="min-w-0 flex-1",
        ),
        stack(_adding(), rx.cond(ProjectState.is_open, _cool_down()), class_name="lg:w-96 lg:shrink-0"),
        class_name="flex flex-col gap-5 lg:flex-row lg:items-start",
    )


def _desk() -> rx.Var[str]:
    return ("/presence/" + ProjectState.code).to(str)


def _keeper(one: rx.Var[Keeper]) -> rx.Component:
    return rx.el.li(
        avatar(one.name, "", "md"),
        rx.el.div(
            rx.el.p(one.name, class_name="truncate text-sm font-medium text-ink"),
            rx.el.p(one.email, class_name="truncate text-xs text-muted"),
            class_name="min-w-0 flex-1",
        ),
        rx.cond(one.is_suspended, badge(t("Suspended"), tone="warning")),
        confirm(
            t("Close the desk to {name}?", name=one.name),
            t("Their next scan is refused. What they recorded stays."),
            trigger=icon_button("user-minus", t("Close the desk to {name}", name=one.name)),
            yes=button(t("Close the desk"), tone="danger", on_click=DesksState.close_to(one.id)),
        ),
        key=one.id.to(str),
        class_name="flex items-center gap-3 px-5 py-3 sm:px-6",
    )


def _adding() -> rx.Component:
    return panel(
        t("Open the desk to somebody"),
        live_text_input(
            "keeper_search",
            t("Name or e-mail"),
            value=DesksState.looked_for,
            on_change=DesksState.look_for,
            shortcut="",
            max_length=100,
        ),
        rx.cond(
            DesksState.found.length() > 0,
            rx.el.ul(
                rx.foreach(DesksState.found, _found),
                class_name="mt-3 divide-y divide-line overflow-hidden rounded-card border border-line",
            ),
            rx.el.p(
                rx.cond(
                    DesksState.looked_for,
                    t("Nobody of the presence staff answers to this."),
                    t("Accounts with the role Presence can be added."),
                ),
                class_name="mt-3 text-sm text-muted",
                aria_live="polite",
            ),
        ),
    )


def _found(one: rx.Var[Keeper]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            avatar(one.name, "", "sm"),
            rx.el.span(
                rx.el.span(one.name, class_name="block truncate text-sm font-medium text-ink"),
                rx.el.span(one.email, class_name="block truncate text-xs text-muted"),
                class_name="min-w-0 flex-1",
            ),
            icon("plus", 16, "text-muted"),
            type="button",
            on_click=DesksState.open_to(one.id),
            class_name="flex min-h-12 w-full items-center gap-3 px-3 py-2 text-start hover:bg-sunken",
        ),
        key=one.id.to(str),
    )


def _cool_down() -> rx.Component:
    return panel(
        t("Scanning"),
        rx.el.form(
            field(
                t("The same badge is one scan for"),
                number_input("cool_down", value=DesksState.cool_down.to(str), unit="s", min=5, max=600, step=1),
                hint=t("So that a QR held before the camera does not scan in and out again."),
                error=DesksState.problem,
            ),
            rx.el.div(button(t("Save"), type="submit", tone="secondary"), class_name="mt-4 flex justify-end"),
            no_validate=True,
            on_submit=DesksState.save_cool_down,
        ),
    )
