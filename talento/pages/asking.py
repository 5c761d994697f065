"""Asking people on a board whether they are free."""

from typing import Any

import reflex as rx

from talento.components.actions import button
from talento.components.badges import avatar, badge
from talento.components.casting import worded_choice
from talento.components.choices import checkbox
from talento.components.feedback import empty
from talento.components.fields import field, textarea
from talento.components.overlays import dialog
from talento.components.text import plural, t
from talento.state.asking import Askable, AskingState
from talento.vocabulary.casting import Answer, Stage

TONES = {Answer.WAITING: "warning", Answer.ACCEPTED: "success", Answer.DECLINED: "danger"}


def ask_button(role_id: Any) -> rx.Component:
    """Opens the dialog for a role's board."""
    return button(t("Ask availability"), tone="secondary", before="mail-question", on_click=AskingState.begin(role_id))


def asking() -> rx.Component:
    """Whom to ask, and with which words."""
    return dialog(
        t("Who is available?"),
        rx.cond(
            AskingState.people,
            rx.el.div(
                rx.el.ul(
                    rx.foreach(AskingState.people, _person),
                    class_name="max-h-72 divide-y divide-line overflow-y-auto rounded-card border border-line",
                ),
                rx.el.div(
                    field(
                        t("Personal words"),
                        textarea(
                            "ask_note",
                            value=AskingState.note,
                            rows=3,
                            max_length=1000,
                            on_blur=AskingState.keep_note,
                            on_change=AskingState.keep_note.debounce(700),
                        ),
                        hint=t("Optional. They come before the role, the dates and the fee."),
                    ),
                    class_name="mt-5",
                ),
            ),
            empty(t("Nobody to ask"), t("Those booked, released or declined are not asked."), before="mail-x"),
        ),
        text=t(
            "Each gets a mail with a link that answers without signing in. Guardians are asked for people under 18."
        ),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=AskingState.leave),
            button(
                plural(AskingState.chosen.length(), one="Ask {n} person", other="Ask {n} people"),
                before="send",
                on_click=AskingState.ask,
                disabled=AskingState.chosen.length() == 0,
            ),
        ),
        open=AskingState.is_open,
        on_close=AskingState.leave,
        id="ask-availability",
    )


def _person(one: rx.Var[Askable]) -> rx.Component:
    return rx.el.li(
        checkbox(
            "ask",
            rx.el.span(
                avatar(one.name, one.photo, "sm"),
                rx.el.span(one.name, class_name="min-w-0 flex-1 truncate font-medium"),
                rx.cond(one.is_minor, badge(t("Guardian"), tone="info")),
                rx.cond(
                    one.answer,
                    badge(
                        worded_choice(Answer, one.answer),
                        tone=rx.match(one.answer, *((a.value, TONES[a]) for a in Answer), "neutral").to(str),
                    ),
                    badge(worded_choice(Stage, one.stage), tone="neutral"),
                ),
                class_name="-my-1 flex min-w-0 items-center gap-2.5",
            ),
            checked=AskingState.chosen.contains(one.id),
            on_change=lambda on: AskingState.choose(one.id, on),
            id="ask-" + one.id.to(str),
        ),
        class_name="px-3 [&>label>span:last-child]:min-w-0 [&>label>span:last-child]:flex-1",
        key=one.id.to(str),
    )
