"""Between the password and the session: a code or a passkey, or setting up what answers."""

import reflex as rx

from talento.components.actions import button
from talento.components.factors import app_setup, either_line, passkey_button, passkey_setup
from talento.components.fields import field, text_input
from talento.components.forms import post_form
from talento.components.links import text_link
from talento.components.surfaces import card, stack
from talento.components.text import t
from talento.pages.frame import narrow
from talento.state.account import EntryState

SUMMARY = "cursor-pointer text-sm text-muted underline underline-offset-2 hover:text-ink"


def sign_in_code() -> rx.Component:
    """The code of the app, or a passkey; a recovery code for those who lost them."""
    return narrow(
        t("Second step"),
        card(
            stack(
                rx.cond(EntryState.has_app, _code()),
                rx.cond(EntryState.has_app & EntryState.has_passkey, either_line()),
                rx.cond(EntryState.has_passkey, _passkey()),
            ),
            rx.el.details(
                rx.el.summary(
                    rx.cond(EntryState.has_passkey, t("I don't have it at hand"), t("I don't have the app at hand")),
                    class_name=SUMMARY,
                ),
                rx.el.div(_recovery(), class_name="mt-4"),
                class_name="mt-5 border-t border-line pt-4",
            ),
        ),
        _back(),
        text=t("Your password is right. Your account asks for a second proof."),
    )


def sign_in_app() -> rx.Component:
    """Setting up the app, or making the passkey, without which this account doesn't open."""
    return narrow(
        t("Set up a second factor"),
        card(
            stack(
                app_setup(t("Try again"), is_entering=True, next=EntryState.next_path),
                either_line(),
                passkey_setup(t("Use a passkey instead"), is_entering=True, next=EntryState.next_path),
            )
        ),
        _back(),
        text=t("This site requires one of your account. It takes a minute, once."),
    )


def _code() -> rx.Component:
    return post_form(
        _next(),
        field(
            t("Code that the app shows"),
            text_input(
                "code",
                input_mode="numeric",
                auto_complete="one-time-code",
                auto_focus=True,
                max_length=12,
                required=True,
            ),
            hint=t("Six digits; they change every 30 seconds."),
        ),
        button(t("Sign in"), type="submit", size="lg", wide=True),
        action="/auth/code",
    )


def _passkey() -> rx.Component:
    return passkey_button(
        path="/auth/passkey/code",
        use=t("Use a passkey"),
        next=EntryState.next_path,
        instead=t("This browser can't use passkeys at this address. Try another browser or device."),
    )


def _recovery() -> rx.Component:
    return post_form(
        _next(),
        field(
            t("Recovery code"),
            text_input(
                "code", id="recovery", auto_complete="off", auto_capitalize="none", spell_check=False, max_length=40,
                required=True,
            ),
            hint=t("One of the ten you kept; it works once. Without any, ask an administrator of the site."),
        ),
        button(t("Sign in with it"), type="submit", tone="secondary", wide=True),
        action="/auth/code",
    )  # fmt: skip


def _next() -> rx.Component:
    return rx.el.input(type="hidden", name="next", value=EntryState.next_path, read_only=True)


def _back() -> rx.Component:
    return rx.el.p(text_link(t("Back to sign-in"), href="/sign-in"), class_name="mt-6 text-center text-sm")
