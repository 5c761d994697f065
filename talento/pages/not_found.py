"""An address that leads nowhere."""

import reflex as rx

from talento.components.actions import link_button
from talento.components.icons import icon
from talento.components.surfaces import row
from talento.components.text import t
from talento.pages.frame import outside


def not_found() -> rx.Component:
    """Says so, and offers the ways out."""
    return outside(
        rx.el.div(
            rx.el.p("404", class_name="font-mono text-sm font-semibold tracking-widest text-brand-ink"),
            rx.el.h1(
                t("This page is not in the cast"),
                id="page-title",
                tab_index=-1,
                class_name="mt-3 text-3xl font-semibold text-balance text-ink sm:text-4xl",
            ),
            rx.el.p(
                t(
                    "The address may be mistyped, or the page has moved. Looking for a person? Their card is at "
                    "/t/ and their code."
                ),
                class_name="mt-4 max-w-md text-pretty text-muted",
            ),
            row(
                link_button(t("To the start page"), href="/", tone="primary", size="lg"),
                link_button(t("Register as a talent"), href="/register", size="lg"),
                class_name="mt-8 justify-center max-sm:flex-col max-sm:self-stretch max-sm:*:w-full",
            ),
            rx.el.span(icon("clapperboard", 120), class_name="mt-14 text-line"),
            class_name="mx-auto flex w-full max-w-page flex-1 flex-col items-center px-4 py-20 text-center sm:py-28",
        )
    )
