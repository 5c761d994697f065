"""The health of the house, for admins: how each part stands, what was found, what to do."""

from typing import Any

import reflex as rx

from talento.components.actions import button
from talento.components.badges import badge
from talento.components.feedback import alert
from talento.components.icons import icon
from talento.components.progress import progress_bar, skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import card, panel, stack
from talento.components.text import either, number, t, worded
from talento.pages.frame import inside, only
from talento.services.health import STEPS, Finding, State
from talento.state.admin_health import HealthState
from talento.vocabulary.permissions import Permission

SIGNS = {
    State.FINE: ("circle-check", "text-success"),
    State.LOOK: ("triangle-alert", "text-warning"),
    State.BROKEN: ("circle-alert", "text-danger"),
}
LINE = "flex items-start gap-3 border-b border-line px-5 py-4 last:border-b-0 sm:px-6"


def admin_health() -> rx.Component:
    """How everything stands, and the check that reads everything through."""
    content = rx.cond(HealthState.is_ready, stack(_summary(), _now(), _integrity()), card(skeleton_rows(8)))
    return inside(
        screen(
            t("Health"),
            only(Permission.ADMINISTER, content),
            text=t("How each part of Talento stands, looked at every few seconds, and what to do where it fails."),
            actions=button(
                t("Check again"),
                tone="secondary",
                before="refresh-cw",
                loading=HealthState.is_looking,
                on_click=HealthState.look_again,
            ),
        )
    )


def _summary() -> rx.Component:
    return rx.match(
        HealthState.worst,
        ("fine", alert(t("Everything is fine."), tone="success")),
        ("look", alert(t("Everything works. Some of it should be looked at."), tone="warning")),
        ("broken", alert(t("Something is broken. The lines below say what to do."), tone="danger")),
        rx.fragment(),
    )


def _now() -> rx.Component:
    return panel(t("Now"), _lines(HealthState.findings), flush=True)


def _integrity() -> rx.Component:
    start = button(
        t("Check the data"),
        tone="secondary",
        before="shield-check",
        loading=HealthState.is_checking,
        on_click=HealthState.check,
    )
    nothing = rx.el.p(t("Not checked since you opened this page."), class_name="px-5 py-6 text-sm text-muted sm:px-6")
    shown = rx.cond(HealthState.integrity.length() > 0, _lines(HealthState.integrity), nothing)
    return panel(
        t("Integrity of the data"),
        rx.cond(HealthState.is_checking, _checking(), shown),
        text=t("Files, codes, encrypted values, references and logs are read through. Everybody goes on working."),
        actions=start,
        flush=True,
    )


def _checking() -> rx.Component:
    step = rx.match(HealthState.step, *((place, worded(title)) for place, (title, _) in enumerate(STEPS)), "")
    return rx.el.div(
        rx.el.div(
            rx.el.span(step, class_name="text-sm font-medium text-ink"),
            rx.el.span(
                t("{n} looked at", n=number(HealthState.done)),
                class_name="text-sm tabular-nums text-muted",
            ),
            class_name="mb-2 flex items-baseline justify-between gap-3",
        ),
        progress_bar(HealthState.step * 100 // len(STEPS), t("Integrity of the data")),
        rx.el.div(
            button(t("Stop"), tone="secondary", size="sm", on_click=HealthState.stop),
            class_name="mt-4 flex justify-end",
        ),
        role="status",
        class_name="p-5 sm:p-6",
    )


def _lines(findings: Any) -> rx.Component:
    return rx.el.ul(rx.foreach(findings, _line))


def _line(one: rx.Var[Finding]) -> rx.Component:
    sign = rx.match(
        one.state.to(str),
        *((state.value, icon(name, 18, f"mt-0.5 {tone}")) for state, (name, tone) in SIGNS.items()),
        rx.fragment(),
    )
    return rx.el.li(
        sign,
        rx.el.div(
            rx.el.div(
                rx.el.p(
                    either(one.title.en, one.title.fr), class_name="text-sm font-medium text-ink sm:w-56 sm:shrink-0"
                ),
                rx.el.p(either(one.found.en, one.found.fr), class_name="min-w-0 text-sm break-words text-muted"),
                class_name="flex min-w-0 flex-col gap-x-6 gap-y-0.5 sm:flex-row",
            ),
            rx.cond(
                one.advice.en,
                rx.el.p(either(one.advice.en, one.advice.fr), class_name="mt-1 text-sm text-ink sm:ps-62"),
            ),
            class_name="min-w-0 flex-1",
        ),
        _state(one.state.to(str)),
        class_name=LINE,
        key=one.name,
    )


def _state(state: rx.Var[str]) -> rx.Component:
    return rx.match(
        state,
        ("fine", rx.el.span(t("Fine"), class_name="sr-only")),
        ("look", badge(t("Look at it"), tone="warning")),
        badge(t("Broken"), tone="danger"),
    )
