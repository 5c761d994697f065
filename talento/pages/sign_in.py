"""Signing in."""

import reflex as rx

from talento.components.actions import button
from talento.components.choices import checkbox
from talento.components.factors import either_line, passkey_button
from talento.components.fields import field, password_input, text_input
from talento.components.forms import post_form
from talento.components.links import text_link
from talento.components.surfaces import card
from talento.components.text import t
from talento.pages.frame import narrow
from talento.state.account import EntryState


def sign_in() -> rx.Component:
    """By e-mail or code."""
    return narrow(
        t("Sign in"),
        card(
            post_form(
                rx.el.input(type="hidden", name="next", value=EntryState.next_path, read_only=True),
                field(
                    t("E-mail or talent code"),
                    text_input(
                        "identifier", auto_complete="username webauthn", auto_capitalize="none", auto_focus=True
                    ),
                ),
                field(
                    t("Password"),
                    password_input("password"),
                    action=text_link(t("Forgotten?"), href="/forgot"),
                ),
                checkbox("remember", t("Remember me on this device")),
                button(t("Sign in"), type="submit", size="lg", wide=True),
                passkey_button(
                    either_line(), path="/auth/passkey/sign-in", use=t("Sign in with a passkey"), suggests=True
                ),
                action="/auth/sign-in",
            ),
        ),
        rx.el.p(
            t("New here?"),
            " ",
            text_link(t("Register as a talent"), href="/register"),
            class_name="mt-6 text-center text-sm text-muted",
        ),
        text=t("Welcome back."),
    )
