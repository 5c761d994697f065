"""A guardian decides: whose data are kept for what, then yes or no."""

from typing import Any

import reflex as rx

from talento.components.actions import button
from talento.components.choices import checkbox
from talento.components.feedback import empty
from talento.components.fields import field, field_error, text_input
from talento.components.icons import icon
from talento.components.overlays import confirm
from talento.components.progress import skeleton_rows
from talento.components.surfaces import card, key_values
from talento.components.text import date, t, worded
from talento.i18n import phrase
from talento.pages.frame import narrow
from talento.state.consent import ConsentState

KEPT = (
    ("user", phrase("Name, age, nationality, place of residence, languages, measurements, skills and photos.")),
    (
        "lock",
        phrase("Identity number and contact of the child and of the guardian: encrypted, never in a list."),
    ),
    ("eye", phrase("Casting teams find the child by name, age and looks. They never see contact details.")),
    ("image", phrase("Photos open only to teams that consider or employ the child, and to administrators.")),
    ("globe", phrase("There is no public page for anybody under 18.")),
    ("undo-2", phrase("You can take your consent back at any time; the profile is then hidden.")),
)


TOLD = {
    "agreed": (
        "circle-check",
        phrase("Thank you"),
        phrase("Your consent is noted with today's date. We have sent you a message with a link to take it back."),
    ),
    "refused": (
        "shield-check",
        phrase("It is done"),
        phrase("Nobody sees this profile. You can close this page."),
    ),
    "bad": (
        "link-2-off",
        phrase("This link was already used or has expired"),
        phrase("Ask the child to send you a new one from their profile."),
    ),
}


def consent() -> rx.Component:
    """What the link asks, or what was decided."""
    return narrow(
        rx.match(ConsentState.stage, ("bad", t("This link does not work")), t("Consent of a guardian")),
        card(
            rx.match(
                ConsentState.stage,
                ("asked", _ask()),
                ("given", _given()),
                *((stage, _told(*told)) for stage, told in TOLD.items()),
                rx.el.div(skeleton_rows(5), aria_busy="true"),
            )
        ),
    )


def _who() -> rx.Component:
    return key_values(
        (t("Child"), rx.el.span(ConsentState.child, class_name="font-medium break-words")),
        (t("Date of birth"), date(ConsentState.born_on)),
        (t("Guardian"), rx.el.span(ConsentState.guardian, class_name="break-words")),
    )


def _ask() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            t("{child} would like to be found for film, series and commercials. It needs your consent.",
              child=ConsentState.child),
            class_name="text-ink",
        ),
        rx.el.div(_who(), class_name="my-3"),
        rx.el.h2(t("What is kept, and for what"), class_name="mt-5 text-sm font-semibold"),
        rx.el.ul(*(_kept(sign, text) for sign, text in KEPT), class_name="mt-3 flex flex-col gap-3"),
        rx.el.form(
            field(
                t("Your full name, as a signature"),
                text_input("signed", auto_complete="name", max_length=200),
                error=_problem("signed"),
                required=True,
            ),
            rx.el.div(
                checkbox(
                    "agreed",
                    t("I am the guardian of this child, I have read this, and I consent."),
                    checked=ConsentState.is_ticked,
                    on_change=ConsentState.tick,
                ),
                field_error(_problem("agreed"), "agreed"),
            ),
            button(t("I consent"), type="submit", size="lg", wide=True),
            class_name="mt-6 flex flex-col gap-4 border-t border-line pt-5",
            no_validate=True,
            on_submit=ConsentState.agree,
        ),
        rx.el.div(_no(t("I do not consent"), t("Refuse?"), t("Nobody will see this profile.")), class_name="mt-3"),
    )  # fmt: skip


def _given() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("You consented on {day}.", day=date(ConsentState.given_on)), class_name="text-ink"),
        rx.el.div(_who(), class_name="my-3"),
        _no(
            t("Take my consent back"),
            t("Take your consent back?"),
            t("The profile is hidden at once. The child can ask you again later."),
        ),
    )


def _no(words: Any, asked: Any, text: Any) -> rx.Component:
    return confirm(
        asked,
        text,
        trigger=button(words, tone="secondary", size="lg", wide=True),
        yes=button(words, tone="danger", on_click=ConsentState.refuse),
    )


def _kept(sign: str, text: str) -> rx.Component:
    return rx.el.li(
        icon(sign, 18, "mt-0.5 text-brand-ink"), rx.el.span(worded(text)), class_name="flex gap-3 text-sm text-muted"
    )


def _told(sign: str, title: str, text: str) -> rx.Component:
    return rx.el.div(empty(worded(title), worded(text), before=sign), role="status", class_name="-m-4")


def _problem(name: str) -> rx.Var[str]:
    return rx.cond(ConsentState.problems.contains(name), ConsentState.problems[name], "").to(str)
