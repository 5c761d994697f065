"""One's own castings: questions to answer, bookings with their badge, what is over."""

from typing import Any

import reflex as rx

from talento.components.actions import button, link_button
from talento.components.badges import badge, code_text
from talento.components.feedback import empty
from talento.components.fields import field, textarea
from talento.components.hours import duration, stay_line
from talento.components.icons import icon
from talento.components.overlays import dialog
from talento.components.progress import skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import CARD, card, section_header, stack
from talento.components.text import LANGUAGE, Text, date, label, t, time
from talento.pages.frame import inside
from talento.services.casting.availability import Question
from talento.services.casting.mine import Casting
from talento.services.presence.calls import OwnCall
from talento.services.presence.hours import Day
from talento.state.my_castings import MyCastingsState
from talento.vocabulary.casting import Answer, ProjectStatus

TONES = {Answer.WAITING: "warning", Answer.ACCEPTED: "success", Answer.DECLINED: "danger"}


def my_castings() -> rx.Component:
    """Everything a talent is asked and booked for."""
    return inside(
        screen(
            t("My castings"),
            rx.cond(
                MyCastingsState.is_ready,
                rx.cond(MyCastingsState.has_profile, _everything(), card(_no_profile())),
                card(skeleton_rows(6)),
            ),
            text=t("Where you are booked, what you are asked, and your badges."),
        )
    )


def _everything() -> rx.Component:
    return stack(
        rx.cond(
            MyCastingsState.questions,
            _section(
                t("Are you available?"),
                rx.foreach(MyCastingsState.questions, _question),
                t("A question, not a booking: saying no never counts against you."),
            ),
        ),
        rx.cond(
            MyCastingsState.castings,
            _section(t("Bookings"), rx.foreach(MyCastingsState.castings, _casting)),
            rx.cond(MyCastingsState.questions, rx.fragment(), card(_nothing())),
        ),
        rx.cond(MyCastingsState.past, _section(t("Completed"), rx.foreach(MyCastingsState.past, _casting))),
        _why(),
        gap="gap-8",
    )


def _section(title: Text, content: Any, text: Text = "") -> rx.Component:
    return rx.el.section(
        section_header(title, text=text), rx.el.ul(content, class_name="mt-4 grid gap-4 lg:grid-cols-2")
    )


def _question(asked: rx.Var[Question]) -> rx.Component:
    return rx.el.li(
        _title(asked.project, asked.production_type, ""),
        rx.el.dl(
            _fact("clapperboard", t("Role"), asked.role),
            _fact("calendar", t("Dates"), asked.days),
            _fact("map-pin", t("Place"), asked.place),
            _fact("banknote", t("Fee"), asked.fee),
            class_name="mt-4 grid gap-2",
        ),
        rx.el.div(
            button(t("I am available"), before="check", on_click=MyCastingsState.be_free(asked.candidate_id)),
            button(t("I am not"), tone="secondary", on_click=MyCastingsState.begin_refusing(asked.candidate_id)),
            class_name="mt-5 flex flex-wrap gap-2 border-t border-line pt-4",
        ),
        class_name=f"{CARD} flex flex-col p-5",
        key=asked.candidate_id.to(str),
    )


def _casting(one: rx.Var[Casting]) -> rx.Component:
    return rx.el.li(
        _title(one.project, one.production_type, one.production, _answer_badge(one)),
        rx.el.dl(
            _fact("clapperboard", t("Role"), one.role),
            _fact("calendar", t("Dates"), one.days),
            _fact("map-pin", t("Place"), one.place),
            _fact("phone", t("Contact"), one.contact),
            _fact("file-text", t("About the part"), one.description),
            class_name="mt-4 grid gap-2",
        ),
        rx.cond(
            one.answer_reason,
            rx.el.p(t("You declined: {reason}", reason=one.answer_reason), class_name="mt-3 text-sm text-muted"),
        ),
        _calls(one),
        _hours(one),
        rx.el.div(class_name="min-h-5 flex-1"),
        rx.el.div(
            rx.el.div(
                rx.el.span(t("Badge"), class_name="text-xs text-muted"),
                code_text(one.code, copy=False),
                class_name="flex min-w-0 flex-1 flex-col",
            ),
            rx.cond(
                one.is_closed,
                badge(rx.match(one.status, *((s.value, label(s)) for s in ProjectStatus), ""), tone="neutral"),
                _actions(one),
            ),
            class_name="flex flex-wrap items-center gap-3 border-t border-line pt-4",
        ),
        class_name=f"{CARD} flex flex-col p-5",
        key=one.code,
    )


def _calls(one: rx.Var[Casting]) -> rx.Component:
    """When they are wanted next."""

    def call(called: rx.Var[OwnCall]) -> rx.Component:
        return rx.el.li(
            icon("alarm-clock", 16, "mt-0.5 text-info-ink"),
            rx.el.span(
                rx.el.span(
                    t("Called on {day} at {hour}", day=date(called.at, one.zone), hour=time(called.at, one.zone)),
                    class_name="font-medium",
                ),
                rx.cond(called.note, rx.el.span(called.note, class_name="block text-muted")),
                class_name="min-w-0 break-words",
            ),
            key=called.at.to(str),
            class_name="flex gap-2.5 text-sm text-ink",
        )

    listed = rx.el.ul(rx.foreach(one.calls, call), class_name="mt-4 grid gap-2 rounded-card bg-info-soft p-4")
    return rx.cond(one.calls.length() > 0, listed)


def _hours(one: rx.Var[Casting]) -> rx.Component:
    """Their own hours, a day each, unfolded on request."""

    def day(worked: rx.Var[Day]) -> rx.Component:
        return rx.el.li(
            rx.el.p(
                rx.el.span(date(worked.day), class_name="font-medium"),
                rx.el.span(duration(worked.minutes), class_name="tabular-nums"),
                class_name="flex justify-between gap-3 text-sm text-ink",
            ),
            rx.el.ul(rx.foreach(worked.stays, lambda stay: stay_line(stay, one.zone)), class_name="mt-1 grid gap-1"),
            key=worked.day.to(str),
            class_name="border-b border-line py-2.5 last:border-b-0",
        )

    return rx.cond(
        one.worked.length() > 0,
        rx.el.details(
            rx.el.summary(
                t("My hours: {duration}", duration=duration(one.minutes)),
                class_name="flex min-h-11 cursor-pointer items-center text-sm font-medium text-brand-ink",
            ),
            rx.el.ul(rx.foreach(one.worked, day)),
            class_name="mt-3",
        ),
    )


def _actions(one: rx.Var[Casting]) -> rx.Component:
    return rx.el.div(
        link_button(
            t("Badge (PDF)"),
            href=f"/documents/my-badge/{one.assignment_id}.pdf?lang=" + LANGUAGE,
            external=True,
            size="sm",
            before="file-down",
            download=one.code + ".pdf",
        ),
        rx.cond(
            one.answer != Answer.ACCEPTED.value,
            button(t("Accept"), size="sm", before="check", on_click=MyCastingsState.accept(one.assignment_id)),
        ),
        rx.cond(
            one.answer != Answer.DECLINED.value,
            button(
                t("Decline"),
                tone="ghost",
                size="sm",
                on_click=MyCastingsState.begin_declining(one.assignment_id),
            ),
        ),
        class_name="flex flex-wrap gap-2",
    )


def _answer_badge(one: rx.Var[Casting]) -> rx.Component:
    return badge(
        rx.match(one.answer, *((answer.value, label(answer)) for answer in Answer), ""),
        tone=rx.match(one.answer, *((answer.value, TONES[answer]) for answer in Answer), "neutral").to(str),
        dot=True,
        class_name="shrink-0",
    )


def _title(project: Any, kind: Any, production: Any, mark: Any = None) -> rx.Component:
    under = rx.cond(production, f"{kind} · {production}", kind) if not isinstance(production, str) else kind
    return rx.el.div(
        rx.el.div(
            rx.el.h3(project, class_name="text-base font-semibold break-words text-ink"),
            rx.el.p(under, class_name="text-sm text-muted"),
            class_name="min-w-0 flex-1",
        ),
        *([mark] if mark is not None else []),
        class_name="flex items-start gap-3",
    )


def _fact(sign: str, name: Text, value: Any) -> rx.Component:
    return rx.cond(
        value,
        rx.el.div(
            rx.el.dt(icon(sign, 16, "mt-0.5 text-faint"), rx.el.span(name, class_name="sr-only")),
            rx.el.dd(value, class_name="min-w-0 break-words whitespace-pre-line text-ink"),
            class_name="flex gap-2.5 text-sm",
        ),
    )


def _why() -> rx.Component:
    """The dialog that asks why, for bookings and questions alike."""
    is_open = (MyCastingsState.declining > 0) | (MyCastingsState.refusing > 0)
    return dialog(
        t("Decline {project}?", project=MyCastingsState.name),
        rx.el.form(
            field(
                t("Reason"),
                textarea("reason", rows=3, max_length=500, auto_focus=True),
                hint=t("The production reads it. A few words are enough."),
                required=True,
            ),
            id="decline-form",
            on_submit=MyCastingsState.decline,
            reset_on_submit=True,
        ),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=MyCastingsState.keep),
            button(t("Decline"), tone="danger", type="submit", form="decline-form"),
        ),
        open=is_open,
        on_close=MyCastingsState.keep,
        id="decline",
    )


def _nothing() -> rx.Component:
    return empty(
        t("No castings yet"),
        t("When a production asks for you or books you, it appears here and you get a mail."),
        before="clapperboard",
        action=link_button(t("Complete my cinema profile"), href="/cinema/profile"),
    )


def _no_profile() -> rx.Component:
    return empty(
        t("You have no cinema profile yet"),
        t("Productions cast from the cinema roster. Joining it takes about ten minutes."),
        before="clapperboard",
        action=link_button(t("Register for cinema"), href="/cinema/register", tone="primary"),
    )
