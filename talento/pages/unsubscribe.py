"""Receiving no more messages of a kind, by the link at the foot of one."""

import reflex as rx

from talento.components.actions import button, link_button
from talento.components.feedback import empty
from talento.components.mailing import kind_name
from talento.components.progress import skeleton_rows
from talento.components.surfaces import card
from talento.components.text import t
from talento.pages.frame import narrow
from talento.state.unsubscribe import UnsubscribeState


def unsubscribe() -> rx.Component:
    """One question with one button, then what was done and the way back."""
    return narrow(
        t("Messages to you"),
        card(
            rx.match(
                UnsubscribeState.stage,
                (
                    "asked",
                    _answer(
                        t("You receive messages of this kind. Messages about your account itself are always sent."),
                        "mail",
                        button(t("Receive them no more"), size="lg", on_click=UnsubscribeState.leave),
                    ),
                ),
                (
                    "off",
                    _answer(
                        t("You receive no more messages of this kind."),
                        "mail-check",
                        button(t("Receive them again"), tone="secondary", on_click=UnsubscribeState.stay),
                    ),
                ),
                (
                    "on",
                    _answer(
                        t("You receive messages of this kind again."),
                        "mail-check",
                        button(t("Receive them no more"), tone="secondary", on_click=UnsubscribeState.leave),
                    ),
                ),
                ("bad", _bad()),
                skeleton_rows(3),
            )
        ),
    )


def _answer(text: rx.Var, before: str, action: rx.Component) -> rx.Component:
    return empty(kind_name(UnsubscribeState.kind), text, before=before, action=action)


def _bad() -> rx.Component:
    return empty(
        t("This link no longer works"),
        t("It is too old, or was not copied whole. With an account you choose your messages there."),
        before="link",
        action=link_button(t("My account"), href="/account", tone="primary"),
    )
