"""Asking for a new password."""

import reflex as rx

from talento.components.actions import button
from talento.components.fields import field, text_input
from talento.components.forms import post_form
from talento.components.links import text_link
from talento.components.surfaces import card
from talento.components.text import t
from talento.pages.frame import narrow


def forgot() -> rx.Component:
    """A link by mail."""
    return narrow(
        t("Forgotten password"),
        card(
            post_form(
                field(
                    t("E-mail or talent code"),
                    text_input("identifier", auto_complete="username", auto_capitalize="none", auto_focus=True),
                ),
                button(t("Send me a link"), type="submit", size="lg", wide=True),
                action="/auth/forgot",
            ),
        ),
        rx.el.p(text_link(t("Back to sign-in"), href="/sign-in"), class_name="mt-6 text-center text-sm"),
        text=t("We mail you a link to choose a new one. It works once, for 30 minutes."),
    )
