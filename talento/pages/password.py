"""Choosing a password with a single-use link."""

import reflex as rx

from talento.components.actions import button, link_button
from talento.components.feedback import empty
from talento.components.fields import field, password_input
from talento.components.forms import post_form
from talento.components.progress import skeleton_rows
from talento.components.surfaces import card
from talento.components.text import t
from talento.pages.frame import narrow
from talento.state.account import EntryState


def password() -> rx.Component:
    """The form for a good link; what to do for another."""
    return narrow(
        t("Choose your password"),
        rx.match(
            EntryState.link,
            ("good", _form()),
            ("bad", card(_expired())),
            card(skeleton_rows(3)),
        ),
        text=rx.cond(EntryState.link_email, EntryState.link_email, t("The link in your mail works once.")),
    )


def _form() -> rx.Component:
    return card(
        post_form(
            rx.el.input(type="hidden", name="token", value=EntryState.link_token, read_only=True),
            rx.el.input(
                type="hidden", name="username", value=EntryState.link_email, auto_complete="username", read_only=True
            ),
            field(
                t("New password"),
                password_input("password", new=True),
                hint=t("At least 12 characters. A short sentence works well."),
            ),
            button(t("Save and sign in"), type="submit", size="lg", wide=True),
            action="/auth/password",
        )
    )


def _expired() -> rx.Component:
    return empty(
        t("This link no longer works"),
        t("It was already used or has expired. Ask for a new one; it takes a minute."),
        before="link",
        action=link_button(t("Ask for a new link"), href="/forgot", tone="primary"),
    )
