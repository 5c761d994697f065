"""Settings of cinema: the key that looks titles up."""

import reflex as rx

from talento.components.actions import button
from talento.components.badges import badge
from talento.components.feedback import alert
from talento.components.fields import field, text_input
from talento.components.links import web_link
from talento.components.progress import skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import panel, row, stack
from talento.components.text import t
from talento.pages.frame import inside, only
from talento.state.admin_cinema import CinemaSettingsState
from talento.vocabulary.permissions import Permission


def admin_cinema() -> rx.Component:
    """One panel per setting."""
    body = rx.cond(CinemaSettingsState.is_ready, _omdb(), skeleton_rows(4))
    return inside(only(Permission.ADMINISTER, screen(t("Cinema settings"), rx.el.div(body, class_name="max-w-form"))))


def _omdb() -> rx.Component:
    service = CinemaSettingsState.service
    state = rx.cond(
        service.source != "default",
        badge(t("In use"), tone="success", dot=True),
        badge(t("Not set up"), tone="neutral", dot=True),
    )
    return panel(
        t("Looking titles up"),
        stack(
            rx.el.p(
                t(
                    "With a key of OMDb, people look up the films and series of their credits. Without one they "
                    "type them."
                ),
                " ",
                web_link("https://www.omdbapi.com/apikey.aspx", t("Get a key")),
                class_name="text-sm text-muted",
            ),
            rx.cond(service.source != "default", _present()),
            _new(),
            gap="gap-5",
        ),
        actions=state,
    )  # fmt: skip


def _present() -> rx.Component:
    service = CinemaSettingsState.service
    forget = button(t("Remove it"), tone="ghost", size="sm", on_click=CinemaSettingsState.forget)
    return rx.el.div(
        row(
            rx.el.code("•••", class_name="text-sm text-ink", aria_hidden="true"),
            rx.cond(service.source == "environment", badge(t("from the environment")), forget),
            rx.el.span(class_name="flex-1"),
            button(
                t("Try it"), tone="secondary", size="sm", before="plug-zap", loading=CinemaSettingsState.is_trying,
                on_click=CinemaSettingsState.try_out,
            ),
            class_name="rounded-control bg-sunken px-3 py-2",
        ),
        rx.el.div(
            rx.cond(
                CinemaSettingsState.outcome,
                rx.cond(
                    CinemaSettingsState.is_good,
                    alert(t("It works: the film database answered."), tone="success"),
                    alert(CinemaSettingsState.outcome, tone="warning"),
                ),
            ),
            class_name="mt-3 empty:hidden",
        ),
    )  # fmt: skip


def _new() -> rx.Component:
    return rx.el.form(
        field(
            rx.cond(CinemaSettingsState.service.source != "default", t("Another key"), t("Key")),
            text_input("omdb_key", auto_complete="off", spell_check=False, max_length=60),
            hint=t("Stored encrypted; nobody sees it again."),
            error=CinemaSettingsState.problem,
            class_name="min-w-0 flex-1",
        ),
        rx.el.div(button(t("Save"), type="submit"), class_name="flex"),
        class_name="flex flex-col gap-4",
        no_validate=True,
        on_submit=CinemaSettingsState.keep,
        key=CinemaSettingsState.saves.to(str),
    )
