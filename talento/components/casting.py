"""What the casting pages share: a status, a kind of part, a span of days, a logo, a person in a row, a found person."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from talento.components.badges import avatar, badge
from talento.components.icons import icon
from talento.components.text import date, days_span, label, number, t
from talento.vocabulary.casting import Answer, FeePeriod, ProductionType, ProjectStatus

STATUS_TONES = {
    ProjectStatus.PRE_PRODUCTION: "info",
    ProjectStatus.SHOOTING: "success",
    ProjectStatus.POST_PRODUCTION: "brand",
    ProjectStatus.COMPLETED: "neutral",
}
ANSWER_TONES = {Answer.WAITING: "neutral", Answer.ACCEPTED: "success", Answer.DECLINED: "danger"}
LOGOS = {"sm": "size-10 rounded-control p-1", "md": "size-14 rounded-card p-1.5", "lg": "size-20 rounded-card p-2"}
FOUND = (
    "flex w-full min-h-14 items-center gap-3 px-3 py-2 text-start transition-colors hover:bg-sunken "
    "disabled:opacity-60 disabled:hover:bg-transparent"
)


def worded_choice(choices: Any, value: Any) -> rx.Var[str]:
    """A slug of a closed list in the reader's language."""
    return rx.match(value, *((one.value, label(one)) for one in choices), "").to(str)


def status_badge(status: Any) -> rx.Component:
    """Where a project stands."""
    tone = rx.match(status, *((one.value, tone) for one, tone in STATUS_TONES.items()), "neutral").to(str)
    return badge(worded_choice(ProjectStatus, status), tone=tone, dot=True)


def answer_badge(answer: Any) -> rx.Component:
    """What somebody said to a booking."""
    tone = rx.match(answer, *((one.value, tone) for one, tone in ANSWER_TONES.items()), "neutral").to(str)
    return badge(worded_choice(Answer, answer), tone=tone, dot=True)


def type_of(production_type: Any) -> rx.Var[str]:
    """A type of production in words."""
    return worded_choice(ProductionType, production_type)


def period_of(period: Any) -> rx.Var[str]:
    """What a fee is paid for, in words."""
    return worded_choice(FeePeriod, period)


def days(starts_on: Any, ends_on: Any, otherwise: Any = "") -> rx.Component:
    """From a day to another, as far as known."""
    first, last = rx.Var.create(starts_on), rx.Var.create(ends_on)
    return rx.cond(
        first & last,
        rx.el.span(days_span(first, last), class_name="sm:whitespace-nowrap"),
        rx.cond(
            first,
            rx.el.span(t("from {day}", day=date(first))),
            rx.cond(last, rx.el.span(t("until {day}", day=date(last))), otherwise),
        ),
    )


def logo(url: Any, size: str = "md") -> rx.Component:
    """A company's logo on a light ground, whole; a building when there is none. Decorative."""
    shape = f"shrink-0 border border-line {LOGOS[size]}"
    picture = rx.el.img(
        src=url, alt="", loading="lazy", decoding="async", class_name=f"{shape} bg-white object-contain"
    )
    sign = rx.el.span(
        icon("building-2", 20), class_name=f"{shape} grid place-items-center bg-sunken text-muted", aria_hidden="true"
    )
    return rx.cond(url, picture, sign)


def fill_bar(booked: Any, wanted: Any, words: Any) -> rx.Component:
    """How many of the wanted people are booked, as a bar; `words` say it to those who do not see it."""
    part = rx.Var.create(booked).to(int) / rx.Var.create(wanted).to(int)
    is_full = rx.Var.create(booked).to(int) >= rx.Var.create(wanted).to(int)
    percent = rx.cond(is_full, 100, part * 100).to(int)
    return rx.el.div(
        rx.el.div(
            class_name=[
                "h-full rounded-pill transition-[width] duration-300",
                rx.cond(is_full, "bg-success", "bg-brand"),
            ],
            style={"width": f"{percent}%"},
        ),
        role="img",
        aria_label=words,
        class_name="h-1.5 w-full overflow-hidden rounded-pill bg-sunken",
    )


def filled(booked: Any, wanted: Any) -> rx.Component:
    """`3 / 8`."""
    return rx.el.span(number(booked), " / ", number(wanted), class_name="text-sm tabular-nums whitespace-nowrap")


def found_people(found: Any, on_choose: Callable[[Any], Any], there: Any) -> rx.Component:
    """The people who answer to what is typed; those already there can't be chosen and say so (`there`)."""

    def line(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                avatar(one.name, one.photo_url, "md"),
                rx.el.span(
                    rx.el.span(one.name, class_name="block truncate text-sm font-medium text-ink"),
                    rx.el.span(
                        one.code, " · ", t("{age} y", age=one.age), " · ", one.place,
                        class_name="block truncate text-xs text-muted",
                    ),
                    class_name="min-w-0 flex-1",
                ),
                rx.cond(one.is_there, badge(there)),
                type="button",
                disabled=one.is_there,
                on_click=on_choose(one.id),
                class_name=FOUND,
            ),
            key=one.id.to(str),
        )  # fmt: skip

    return rx.cond(
        found.length() > 0,
        rx.el.ul(
            rx.foreach(found, line),
            class_name="mt-2 divide-y divide-line overflow-hidden rounded-card border border-line bg-raised",
        ),
    )
