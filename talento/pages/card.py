"""What a talent publishes at `/t/<code>`: the page behind a QR, mostly read on a phone."""

from typing import Any

import reflex as rx

from talento.components.actions import button_class, link_button
from talento.components.badges import called
from talento.components.cinema import credit_list, gallery_strip, kind_badge, lightbox, measures
from talento.components.feedback import empty
from talento.components.icons import icon
from talento.components.modules import CopyButton
from talento.components.progress import skeleton
from talento.components.shells import SITE
from talento.components.surfaces import CARD
from talento.components.text import either, t
from talento.pages.frame import outside
from talento.services.wording import Line
from talento.state.card import CardState
from talento.state.session import ReaderState
from talento.vocabulary.permissions import Permission

HEADING = "text-xs font-semibold tracking-wide text-faint uppercase"
LABEL = "max-w-full rounded-pill px-3 py-1 text-sm font-medium break-words"
TITLE = rx.cond(CardState.name, CardState.name, "Card")


def card() -> rx.Component:
    """One person's card, or the same friendly answer for hidden and unknown codes."""
    return outside(
        rx.el.div(
            rx.cond(CardState.is_ready, rx.cond(CardState.code, _card(), _none()), _loading()),
            class_name="mx-auto w-full max-w-3xl px-4 py-6 sm:px-6 sm:py-12",
        ),
        sign_in=False,
    )


def _card() -> rx.Component:
    return rx.el.article(
        _person(),
        rx.el.div(
            _kinds(),
            _about(),
            _showreel(),
            _photos(),
            _looks(),
            _labels(t("Skills"), either(CardState.skills_en, CardState.skills_fr), "bg-brand-soft text-brand-ink"),
            _labels(t("Languages"), either(CardState.languages_en, CardState.languages_fr), "bg-sunken text-ink"),
            _credits(),
            class_name="flex flex-col gap-7 p-6 empty:hidden sm:p-8",
        ),
        _share(),
        class_name=f"{CARD} overflow-clip",
    )


def _person() -> rx.Component:
    return rx.el.header(
        _portrait(),
        rx.el.div(
            rx.el.h1(
                CardState.name,
                id="page-title",
                tab_index=-1,
                class_name="text-2xl font-semibold tracking-tight break-words text-ink sm:text-3xl",
            ),
            rx.cond(
                CardState.place_en,
                rx.el.p(
                    icon("map-pin", 16, "text-faint"),
                    either(CardState.place_en, CardState.place_fr),
                    class_name="mt-2 flex items-center justify-center gap-1.5 text-muted sm:justify-start",
                ),
            ),
            rx.el.p(
                CardState.code,
                class_name="mt-4 inline-flex rounded-pill border border-line bg-surface px-3.5 py-1 font-mono text-sm "
                "font-medium tracking-wider text-ink",
                dir="ltr",
            ),
            rx.el.div(_for_recruiters(), class_name="mt-5 empty:hidden"),
            class_name="min-w-0 flex-1 text-center sm:text-start",
        ),
        class_name="flex flex-col items-center gap-6 border-b border-line bg-linear-to-br from-brand-soft via-surface "
        "to-accent-soft p-6 pt-8 sm:flex-row sm:gap-8 sm:p-8",
    )


def _portrait() -> rx.Component:
    shape = "size-40 shrink-0 rounded-overlay shadow-float ring-4 ring-surface sm:size-48"
    return rx.cond(
        CardState.photo_url,
        rx.el.img(
            src=CardState.photo_url + "?size=large",
            alt=CardState.name,
            class_name=f"{shape} bg-sunken object-cover",
        ),
        rx.el.span(
            called("initialsOf", CardState.name),
            class_name=[f"{shape} grid place-items-center text-4xl font-semibold", called("toneOf", CardState.name)],
            aria_hidden="true",
        ),
    )


def _for_recruiters() -> rx.Component:
    return rx.cond(
        ReaderState.permissions.contains(Permission.SEARCH_TALENTS.value),
        link_button(
            t("See the whole profile"),
            href=rx.cond(CardState.is_cinema, "/cinema?q=", "/talents?q=").to(str) + CardState.code,
            size="sm",
            before="search",
            tone="primary",
        ),
    )


def _about() -> rx.Component:
    return rx.cond(
        CardState.bio,
        rx.el.section(
            rx.el.h2(t("About"), class_name=HEADING),
            rx.el.p(CardState.bio, class_name="mt-2.5 max-w-prose leading-relaxed break-words whitespace-pre-line"),
        ),
    )


def _kinds() -> rx.Component:
    return rx.cond(
        CardState.kinds.length() > 0,
        rx.el.div(rx.foreach(CardState.kinds, kind_badge), class_name="flex flex-wrap gap-2"),
    )


def _showreel() -> rx.Component:
    words = t("Watch the showreel")
    return rx.cond(
        CardState.showreel,
        rx.el.div(
            link_button(
                words, href=CardState.showreel, before="play", external=True, target="_blank",
                rel="noopener nofollow noreferrer",
            )
        ),
    )  # fmt: skip


def _photos() -> rx.Component:
    return rx.cond(
        CardState.gallery.length() > 0,
        rx.el.section(
            rx.el.h2(t("Photos"), class_name=HEADING),
            lightbox(gallery_strip(CardState.gallery), class_name="mt-2.5"),
        ),
    )


def _looks() -> rx.Component:
    found = either(CardState.measures_en, CardState.measures_fr).to(list[Line])
    return rx.cond(
        CardState.measures_en.length() > 0,
        rx.el.section(rx.el.h2(t("Appearance"), class_name=HEADING), rx.el.div(measures(found), class_name="mt-2.5")),
    )


def _credits() -> rx.Component:
    return rx.cond(
        CardState.credits.length() > 0,
        rx.el.section(
            rx.el.h2(t("Credits"), class_name=HEADING),
            rx.el.div(credit_list(CardState.credits), class_name="mt-2.5"),
        ),
    )


def _labels(title: Any, words: rx.Var, tone: str) -> rx.Component:
    listed = words.to(list[str])
    return rx.cond(
        listed.length() > 0,
        rx.el.section(
            rx.el.h2(title, class_name=HEADING),
            rx.el.ul(
                rx.foreach(listed, lambda word: rx.el.li(word, class_name=f"{LABEL} {tone}", key=word)),
                class_name="mt-2.5 flex flex-wrap gap-2",
            ),
        ),
    )


def _share() -> rx.Component:
    return rx.el.footer(
        rx.el.img(
            src="/documents/qr/" + CardState.code + ".svg",
            alt=t("QR code of this card"),
            loading="lazy",
            class_name="size-32 shrink-0 rounded-card border border-line bg-white sm:size-28",
        ),
        rx.el.div(
            rx.el.h2(t("Share this card"), class_name="font-semibold text-ink"),
            rx.el.p(
                t("Scan the QR, give the code, or send the link."),
                class_name="mt-0.5 text-sm text-muted",
            ),
            rx.el.div(
                _copy(CardState.url, t("Copy the link"), "link"),
                _copy(CardState.code, t("Copy the code"), "copy"),
                class_name="mt-3 flex flex-wrap justify-center gap-2 sm:justify-start",
            ),
            class_name="min-w-0 flex-1 text-center sm:text-start",
        ),
        class_name="no-print flex flex-col items-center gap-5 border-t border-line bg-canvas p-6 sm:flex-row sm:px-8",
    )


def _copy(text: rx.Var, words: rx.Var, sign: str) -> rx.Component:
    return CopyButton.create(
        icon(sign, 16),
        words,
        text=text,
        copied=t("Copied"),
        class_name=f"min-w-40 {button_class('secondary', 'sm')}",
    )


def _none() -> rx.Component:
    return rx.el.div(
        rx.el.h1(t("No card here"), id="page-title", tab_index=-1, class_name="sr-only"),
        empty(
            t("There is no public card with this code"),
            t("It may be mistyped, or its owner may not show it. Ask them for their link or QR."),
            before="id-card",
            action=link_button(t("What is {site}?", site=SITE.name), href="/"),
        ),
        class_name=CARD,
    )


def _loading() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            skeleton("size-40 rounded-overlay sm:size-48"),
            rx.el.div(skeleton("h-8 w-56"), skeleton("mt-4 h-4 w-40"), skeleton("mt-5 h-7 w-36 rounded-pill")),
            class_name="flex flex-col items-center gap-6 sm:flex-row sm:gap-8",
        ),
        class_name=f"{CARD} p-6 pt-8 sm:p-8",
        aria_busy="true",
    )
