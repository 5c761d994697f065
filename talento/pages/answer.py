"""Answering whether one is free, by the link of a mail."""

from typing import Any

import reflex as rx

from talento.components.actions import button, link_button
from talento.components.feedback import empty
from talento.components.fields import field, textarea
from talento.components.progress import skeleton_rows
from talento.components.surfaces import card, key_values
from talento.components.text import t
from talento.pages.frame import narrow
from talento.state.answer import AnswerState
from talento.vocabulary.casting import Answer


def answer() -> rx.Component:
    """The question, or a thank-you, or what to do when the link is old."""
    return narrow(
        t("Are you available?"),
        rx.match(
            AnswerState.link,
            ("good", rx.cond(AnswerState.answered, card(_thanks()), _question())),
            ("bad", card(_expired())),
            card(skeleton_rows(4)),
        ),
        text=rx.cond(AnswerState.question, AnswerState.question.talent, ""),
    )


def _question() -> rx.Component:
    asked = AnswerState.question
    return card(
        rx.el.h2(asked.project, class_name="text-lg font-semibold break-words"),
        rx.el.p(asked.production_type, class_name="text-sm text-muted"),
        key_values(
            (t("Role"), asked.role),
            (t("Dates"), rx.cond(asked.days, asked.days, t("Not fixed yet"))),
            (t("Place"), asked.place),
            (t("Fee"), rx.cond(asked.fee, asked.fee, t("To be agreed"))),
        ),
        rx.cond(AnswerState.is_refusing, _why(), _choice()),
    )


def _choice() -> rx.Component:
    return rx.el.div(
        button(t("I am available"), before="check", size="lg", wide=True, on_click=AnswerState.yes),
        button(t("I am not"), tone="secondary", size="lg", wide=True, on_click=AnswerState.ask_why),
        rx.el.p(
            t("A question, not a booking: saying no never counts against you."),
            class_name="text-center text-xs text-muted",
        ),
        class_name="mt-4 flex flex-col gap-3",
    )


def _why() -> rx.Component:
    return rx.el.form(
        field(
            t("Reason"),
            textarea("reason", rows=3, max_length=500, auto_focus=True),
            hint=t("The production reads it. A few words are enough."),
            error=AnswerState.problem,
            required=True,
        ),
        rx.el.div(
            button(t("Back"), tone="ghost", on_click=AnswerState.change),
            button(t("Send"), type="submit"),
            class_name="mt-4 flex justify-end gap-2",
        ),
        on_submit=AnswerState.no,
        class_name="mt-4",
    )


def _thanks() -> rx.Component:
    return empty(
        rx.cond(
            AnswerState.answered == Answer.ACCEPTED.value,
            t("Thank you. The production knows that you are available."),
            t("Thank you for answering. You stay on the roster."),
        ),
        t("You can change your answer with the same link while it works."),
        before="circle-check",
        action=_again(),
    )


def _again() -> Any:
    return button(t("Change my answer"), tone="secondary", on_click=AnswerState.change)


def _expired() -> rx.Component:
    return empty(
        t("This link no longer works"),
        t("The question was withdrawn, or the link has expired. Your open questions are under My castings."),
        before="link",
        action=link_button(t("My castings"), href="/my-castings", tone="primary"),
    )
