"""A part of a sheet of facts: read, or edited in its place with its own Save."""

from enum import StrEnum
from typing import Any

import reflex as rx

from talento.components.actions import button
from talento.components.feedback import alert
from talento.components.links import web_link
from talento.components.questions import Answers, questions
from talento.components.surfaces import panel, row
from talento.components.text import either, t, worded
from talento.models.facts import Fact, Kind

WEB = (Kind.URL, Kind.NETWORK)


def section(
    step: StrEnum,
    title: str,
    answers: Answers,
    *,
    may_edit: Any = True,
    shown_also: Any = None,
    asked_also: Any = None,
) -> rx.Component:
    """One step's facts; `answers.state` is a `SectionsMixin`.

    Args:
        title: written with `phrase()`.
        shown_also, asked_also: what is no fact of the table but belongs here, to read and to answer.
    """
    is_open = answers.state.editing.contains(step.value)
    edit = button(
        t("Edit"),
        rx.el.span(worded(title), class_name="sr-only"),
        tone="ghost",
        size="sm",
        before="pencil",
        on_click=answers.state.change(step.value),
    )
    return panel(
        worded(title),
        rx.cond(is_open, _form(step, answers, asked_also), _facts(step, answers, shown_also)),
        actions=rx.cond(is_open | ~rx.Var.create(may_edit), rx.fragment(), edit),
        id=f"section-{step.value}",
    )


def facts_list(*lines: Any) -> rx.Component:
    """Names and values, two to a row where there is room."""
    return rx.el.dl(*lines, class_name="grid gap-x-6 gap-y-4 sm:grid-cols-2")


def fact_line(name: Any, value: Any, is_known: Any = True, *, wide: bool = False) -> rx.Component:
    """One name and its value."""
    return rx.el.div(
        rx.el.dt(name, class_name="text-xs text-muted"),
        rx.el.dd(
            rx.cond(is_known, value, rx.el.span(t("Not given"), class_name="text-faint")),
            class_name="mt-0.5 text-sm break-words whitespace-pre-line text-ink",
        ),
        class_name="min-w-0 sm:col-span-2" if wide else "min-w-0",
    )


def in_words(state: Any, name: str) -> rx.Var[str]:
    """A fact's value in the reader's language."""
    return either(state.shown_en[name], state.shown_fr[name])


def _facts(step: StrEnum, answers: Answers, more: Any) -> rx.Component:
    also = [] if more is None else [more]
    return facts_list(*(_fact(known, answers.state) for known in answers.form.facts(step)), *also)


def _fact(known: Fact, state: Any) -> rx.Component:
    words = in_words(state, known.name)
    is_link = known.kind in WEB
    value = web_link(state.links[known.name].to(str), words) if is_link else words
    return fact_line(worded(known.text), value, words, wide=known.kind is Kind.LONG_TEXT)


def _form(step: StrEnum, answers: Answers, more: Any) -> rx.Component:
    state = answers.state
    return rx.el.form(
        rx.cond(state.stale.contains(step.value), _conflict(step, state)),
        questions(step, answers),
        *([] if more is None else [rx.el.div(more, class_name="mt-6")]),
        rx.el.div(
            button(t("Cancel"), tone="secondary", on_click=state.cancel(step.value)),
            button(t("Save"), type="submit", loading=state.busy == step.value),
            class_name="mt-6 flex justify-end gap-2 border-t border-line pt-5 max-sm:*:flex-1",
        ),
        id=f"form-{step.value}",
        no_validate=True,
        on_submit=lambda typed: state.save(step.value, typed),
    )


def _conflict(step: StrEnum, state: Any) -> rx.Component:
    return rx.el.div(conflict(state.keep_mine(step.value), state.take_theirs(step.value)), class_name="mb-6")


def conflict(on_mine: Any, on_theirs: Any) -> rx.Component:
    """What is being typed was saved by somebody else meanwhile: whose shall stay?"""
    return alert(
        rx.el.p(t("What you typed is still here. Which shall stay?")),
        row(
            button(t("Save what I typed"), tone="secondary", size="sm", on_click=on_mine),
            button(t("Show what is there now"), tone="ghost", size="sm", on_click=on_theirs),
            gap="gap-2",
            class_name="mt-3",
        ),
        title=t("This section was changed in another window."),
        tone="warning",
    )
