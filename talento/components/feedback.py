"""What the application answers: nothing here, something went wrong, it is done."""

from typing import Any, Literal

import reflex as rx
from reflex_components_core.core.banner import has_too_many_connection_errors

from talento.components.badges import TONES
from talento.components.fields import is_blank
from talento.components.icons import icon, spinner
from talento.components.modules import Toaster
from talento.components.text import Text, t

Tone = Literal["info", "success", "warning", "danger"]
SIGNS: dict[str, str] = {
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
}


def empty(title: Text, text: Text = "", *, before: str = "inbox", action: Any = None) -> rx.Component:
    """Nothing here yet, why, and what to do about it."""
    return rx.el.div(
        rx.el.div(icon(before, 24), class_name="grid size-12 place-items-center rounded-card bg-sunken text-muted"),
        rx.el.p(title, class_name="mt-4 text-base font-semibold text-ink"),
        *([rx.el.p(text, class_name="mt-1 max-w-md text-sm text-muted")] if not is_blank(text) else []),
        *([rx.el.div(action, class_name="mt-5")] if action is not None else []),
        class_name="flex flex-col items-center px-6 py-14 text-center",
    )


def failure(title: Text | None = None, text: Text = "", *, action: Any = None) -> rx.Component:
    """Something could not be shown."""
    words = title if title is not None else t("This could not be loaded.")
    return rx.el.div(empty(words, text, before="cloud-off", action=action), role="alert")


def alert(*content: Any, tone: Tone = "info", title: Text = "", action: Any = None) -> rx.Component:
    """A message that stays, in its place on the page."""
    return rx.el.div(
        icon(SIGNS[tone], 18, "mt-0.5"),
        rx.el.div(
            *([rx.el.p(title, class_name="font-semibold")] if not is_blank(title) else []),
            rx.el.div(*content),
            class_name="min-w-0 flex-1",
        ),
        *([action] if action is not None else []),
        role="alert" if tone == "danger" else "status",
        class_name=f"flex items-start gap-3 rounded-card px-4 py-3 text-sm {TONES[tone]}",
    )


def banner(*content: Any, tone: Tone | str = "warning", action: Any = None) -> rx.Component:
    """A message across the top of every page (maintenance, a trial, a missing setting)."""
    return rx.el.div(
        icon(SIGNS[tone], 16),
        rx.el.div(*content, class_name="min-w-0 break-words"),
        *([action] if action is not None else []),
        class_name=f"flex items-center justify-center gap-2 px-4 py-2 text-center text-sm font-medium {TONES[tone]}",
    )


def saving(is_saving: Any, saved_at: Any = "") -> rx.Component:
    """Beside a live form: saving, or saved."""
    done = rx.el.span(icon("check", 14), t("Saved"), class_name="inline-flex items-center gap-1.5 text-success-ink")
    under_way = rx.el.span(spinner(14), t("Saving…"), class_name="inline-flex items-center gap-1.5 text-muted")
    return rx.el.span(rx.cond(is_saving, under_way, rx.cond(saved_at, done)), class_name="text-xs", aria_live="polite")


def toaster(messages: Any = ()) -> rx.Component:
    """Messages that come and go.

    `messages`: a Var of [{id, tone: success|info|warning|error, text, detail}]; append to it, ids are never reused.
    """
    given = messages if isinstance(messages, rx.Var) else rx.Var.create(list(messages))
    return Toaster.create(messages=given, label=t("Messages"), dismiss=t("Dismiss"))


def connection_notice() -> rx.Component:
    """Says that the server cannot be reached; what is typed is kept by the page meanwhile. For the app's overlay."""
    return rx.cond(
        has_too_many_connection_errors,
        rx.el.div(
            spinner(14),
            t("Connection lost. Trying again…"),
            role="status",
            class_name=(
                "fixed inset-x-0 top-3 z-50 mx-auto flex w-fit items-center gap-2 rounded-pill bg-ink px-4 py-2 "
                "text-sm "
                "font-medium text-canvas shadow-overlay"
            ),
        ),
    )
