"""The desks that are open to the reader."""

from typing import Any

import reflex as rx

from talento.components.badges import badge
from talento.components.casting import days, logo, status_badge
from talento.components.feedback import empty
from talento.components.fields import text_input
from talento.components.progress import skeleton
from talento.components.shells import screen
from talento.components.surfaces import card, card_link, grid
from talento.components.text import number, t, time
from talento.pages.frame import inside, only
from talento.services.presence.open_desks import Card
from talento.state.presence import PresenceState
from talento.vocabulary.permissions import Permission

COLUMNS = "sm:grid-cols-2 xl:grid-cols-3"


def presence() -> rx.Component:
    """The list, and a box to find a desk."""
    content = rx.cond(PresenceState.is_ready, _desks(), _loading())
    return inside(
        screen(
            t("Presence"),
            only(Permission.SEE_SHEET, content),
            text=t("Open the desk of a project to scan who comes and who leaves."),
        )
    )


def _desks() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            text_input(
                "desks",
                value=PresenceState.text,
                before="search",
                aria_label=t("Find a desk"),
                placeholder=t("Project, code or place"),
                auto_complete="off",
                max_length=200,
                on_change=PresenceState.search,
            ),
            class_name="mb-5 max-w-md",
        ),
        rx.cond(
            PresenceState.cards.length() > 0,
            grid(rx.foreach(PresenceState.cards, _card), columns=COLUMNS),
            card(_nothing()),
        ),
    )


def _card(one: rx.Var[Card]) -> rx.Component:
    return card_link(
        rx.el.div(
            logo(one.logo_url, "sm"),
            rx.el.div(
                rx.el.h2(one.name, class_name="text-base font-semibold break-words text-ink"),
                rx.el.p(rx.el.bdi(one.code), class_name="truncate text-sm text-muted"),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex items-start gap-3",
        ),
        rx.el.div(
            status_badge(one.status),
            rx.cond(~one.is_open, badge(t("Can only be looked at"))),
            rx.el.span(days(one.starts_on, one.ends_on, t("Not fixed")), class_name="text-sm text-muted"),
            class_name="mt-4 flex flex-wrap items-center gap-x-3 gap-y-1.5",
        ),
        rx.el.div(
            _figure(number(one.here), t("Here"), "text-success-ink"),
            _figure(number(one.awaited), t("Awaited"), "text-ink"),
            _figure(time(one.now, one.zone), t("Local time"), "text-ink"),
            class_name="mt-4 grid grid-cols-3 gap-3 border-t border-line pt-4",
        ),
        href=f"/presence/{one.code}",
    )


def _figure(value: Any, words: Any, ink: str) -> rx.Component:
    return rx.el.div(
        rx.el.div(value, class_name=f"text-xl font-bold whitespace-nowrap tabular-nums {ink}"),
        rx.el.div(words, class_name="truncate text-xs text-muted"),
        class_name="min-w-0",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        PresenceState.text,
        empty(t("No desk found"), t("Try another spelling, or the code of the project."), before="search-x"),
        empty(
            t("No desk is open to you yet"),
            t("The casting team of a project opens its desk to those who keep it."),
            before="scan-line",
        ),
    )


def _loading() -> rx.Component:
    return grid(*(skeleton("h-48 w-full") for _ in range(3)), columns=COLUMNS, aria_busy="true")
