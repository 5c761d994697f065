"""The first page a visitor sees: what Talento is, in one glance. The picture is drawn from our own components."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import reflex as rx

from talento.components.actions import link_button
from talento.components.badges import avatar, badge
from talento.components.icons import icon, mark
from talento.components.links import text_link
from talento.components.shells import SITE
from talento.components.surfaces import CARD
from talento.components.text import label, number, t, worded
from talento.i18n import phrase
from talento.pages.frame import outside
from talento.services.documents import qr
from talento.vocabulary.skills import skills

SAMPLE_CODE = "MAF0042RAB"
SAMPLES = (
    ("Amina Benali", "Rabat", ("actor", "dancer"), SAMPLE_CODE),
    ("Karim Diallo", "Casablanca", ("actor", "horse_riding"), "SNM0107CAS"),
    ("Zoé Martin", "Tanger", ("actor", "singer"), "FRF0018TAN"),
)
FACETS = ((phrase("Rabat"), 412, "w-4/5"), (phrase("Casablanca"), 366, "w-3/4"), (phrase("Tangier"), 148, "w-1/3"))
STEPS = (
    (
        phrase("Register once"),
        phrase("Short steps on your phone. Everything is saved as you type, so a lost connection loses nothing."),
    ),
    (
        phrase("Get your code and QR"),
        phrase("One code for life. Show the QR at a casting, send your card, print it."),
    ),
    (
        phrase("Be found"),
        phrase("Recruiters find you by what you do, where you live and when you are free."),
    ),
)
SEARCHING = (
    (
        "zap",
        phrase("Every keystroke answers"),
        phrase("Results and counts move while you type, without accents and with a slip of the finger forgiven."),
    ),
    (
        "sliders-horizontal",
        phrase("Filters that count"),
        phrase("Skills, places, languages, age, availability: each choice shows how many people remain."),
    ),
    (
        "panel-right",
        phrase("A person beside the list"),
        phrase("Photo, CV, contact and links open at the side. You never lose your place."),
    ),
    (
        "radio",
        phrase("Always up to date"),
        phrase("A new talent or a changed profile appears by itself in the search you have open."),
    ),
)
PROMISES = (
    (
        "eye",
        phrase("You decide who sees you"),
        phrase("Public, recruiters only or hidden: change it whenever you like."),
    ),
    (
        "lock",
        phrase("Sensitive data are encrypted"),
        phrase("Identity numbers, phone and address are stored encrypted and never appear in a list."),
    ),
    (
        "languages",
        phrase("English and French"),
        phrase("Pages, mails and cards in both languages; names in any script."),
    ),
)


def landing() -> rx.Component:
    """For talents and for recruiters, with one thing to do first."""
    return outside(_hero(), _talents(), _recruiters(), _promises(), _last_word())


# What it is


def _hero() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h1(
                    t("Register once."),
                    rx.el.br(),
                    rx.el.span(t("Be found every time."), class_name="text-brand-ink"),
                    id="page-title",
                    tab_index=-1,
                    class_name="text-3xl font-semibold text-balance text-ink sm:text-4xl",
                ),
                rx.el.p(
                    t(
                        "{site} is the register of talents for castings and crews. You get a code and a QR; "
                        "recruiters find you while they type.",
                        site=SITE.name,
                    ),
                    class_name="mt-5 max-w-lg text-lg text-pretty text-muted",
                ),
                rx.el.div(
                    link_button(
                        t("Register as a talent"), href="/register", tone="primary", size="lg", after="arrow-right"
                    ),
                    link_button(t("Register for cinema"), href="/cinema/register", size="lg", before="clapperboard"),
                    class_name="mt-8 flex flex-wrap gap-3 max-sm:flex-col",
                ),
                rx.el.p(
                    t("About five minutes. You can stop and go on later."),
                    " ",
                    text_link(t("Sign in"), href="/sign-in"),
                    class_name="mt-4 text-sm text-muted",
                ),
                class_name="min-w-0 lg:w-[44%] lg:shrink-0",
            ),
            _picture(),
            class_name="mx-auto flex w-full max-w-page flex-col gap-14 px-4 py-12 sm:px-6 sm:py-20 lg:flex-row "
            "lg:items-center lg:gap-16",
        ),
        class_name="overflow-x-clip border-b border-line bg-linear-to-b from-brand-soft to-canvas",
    )


def _picture() -> rx.Component:
    """A search under way, and the card of the person it found."""
    return rx.el.div(
        _search(),
        _badge(),
        role="img",
        aria_label=t("A search for actors that finds three people, and the code and QR card of one of them."),
        class_name="relative mx-auto w-full max-w-xl min-w-0 flex-1 pb-24 select-none",
    )


def _search() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            icon("search", 18, "text-muted"),
            rx.el.span(
                t("acto"),
                rx.el.span(class_name="ms-px inline-block h-5 w-0.5 animate-pulse bg-brand align-text-bottom"),
                class_name="flex-1 text-base text-ink",
            ),
            rx.el.span(t("{n} people", n=number(926)), class_name="text-sm font-medium tabular-nums text-muted"),
            class_name="flex items-center gap-3 border-b border-line px-5 py-4",
        ),
        rx.el.div(
            rx.el.div(*(_result(*sample) for sample in SAMPLES), class_name="min-w-0 flex-1 divide-y divide-line"),
            rx.el.div(
                rx.el.p(t("City"), class_name="text-xs font-medium text-muted"),
                *(_facet(*one) for one in FACETS),
                class_name="hidden w-44 shrink-0 flex-col gap-3 border-s border-line p-5 sm:flex",
            ),
            class_name="flex",
        ),
        aria_hidden="true",
        class_name="overflow-clip rounded-overlay border border-line bg-raised shadow-overlay",
    )


def _result(name: str, city: str, does: tuple[str, ...], code: str) -> rx.Component:
    return rx.el.div(
        avatar(name, size="md"),
        rx.el.div(
            rx.el.p(name, class_name="truncate text-sm font-medium text-ink"),
            rx.el.p(
                rx.el.span(code, class_name="font-mono", dir="ltr"),
                " · ",
                city,
                class_name="truncate text-xs text-muted",
            ),
            class_name="min-w-0 flex-1",
        ),
        rx.el.div(
            *(badge(label(_skill(slug)), tone="brand" if slug == "actor" else "neutral") for slug in does),
            class_name="hidden shrink-0 gap-1.5 min-[420px]:flex",
        ),
        class_name="flex items-center gap-3 px-5 py-3.5",
    )


def _facet(name: str, count: int, width: str) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(worded(name)),
            rx.el.span(number(count), class_name="tabular-nums text-muted"),
            class_name="flex justify-between text-xs text-ink",
        ),
        rx.el.div(
            rx.el.div(class_name=f"h-full rounded-pill bg-brand {width}"),
            class_name="mt-1.5 h-1.5 overflow-hidden rounded-pill bg-sunken",
        ),
    )


def _badge() -> rx.Component:
    return rx.el.div(
        rx.el.div(_qr_motif(), class_name="rounded-control bg-white p-2"),
        rx.el.div(
            rx.el.p("Amina Benali", class_name="text-sm font-semibold text-ink"),
            rx.el.p(SAMPLE_CODE, class_name="mt-0.5 font-mono text-sm tracking-wider text-brand-ink", dir="ltr"),
            rx.el.p(t("Actor · Rabat"), class_name="mt-0.5 text-xs text-muted"),
        ),
        aria_hidden="true",
        class_name="absolute end-4 bottom-0 flex items-center gap-4 rounded-overlay border border-line bg-raised p-4 "
        "pe-6 shadow-overlay sm:-end-4 lg:-end-6",
    )


def _qr_motif() -> rx.Component:
    """The modules of a QR that holds our name, as one path."""
    rows = qr.modules("TALENTO")
    dark = "".join(f"M{x} {y}h{length}" for y, row in enumerate(rows) for x, length in _runs(row))
    return rx.el.svg(
        rx.el.svg.path(d=dark, stroke="currentColor", shape_rendering="crispEdges"),
        view_box=f"0 -.5 {len(rows)} {len(rows)}",
        class_name="size-20 text-tone-1-ink dark:text-canvas",
    )


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow each other."""
    at = 0
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            yield at, length
        at += length


def _skill(slug: str) -> Any:
    return next(one for one in skills() if one.slug == slug)


# For whom


def _talents() -> rx.Component:
    return _part(
        t("For talents"),
        t("From your phone to the casting"),
        rx.el.ol(
            *(_step(index, *words) for index, words in enumerate(STEPS, 1)),
            class_name="mt-10 grid gap-8 md:grid-cols-3",
        ),
    )


def _step(index: int, title: str, text: str) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            str(index),
            class_name="grid size-10 place-items-center rounded-pill bg-brand-soft font-semibold text-brand-ink",
            aria_hidden="true",
        ),
        rx.el.h3(worded(title), class_name="mt-4 text-lg font-semibold text-ink"),
        rx.el.p(worded(text), class_name="mt-1.5 text-pretty text-muted"),
    )


def _recruiters() -> rx.Component:
    return rx.el.div(
        _part(
            t("For recruiters"),
            t("A search that keeps up with you"),
            rx.el.ul(*(_feature(*words) for words in SEARCHING), class_name="mt-10 grid gap-4 sm:grid-cols-2 lg:gap-5"),
        ),
        class_name="border-y border-line bg-sunken/60",
    )


def _feature(sign: str, title: str, text: str) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            icon(sign, 20),
            class_name="grid size-10 shrink-0 place-items-center rounded-control bg-brand-soft text-brand-ink",
        ),
        rx.el.div(
            rx.el.h3(worded(title), class_name="font-semibold text-ink"),
            rx.el.p(worded(text), class_name="mt-1 text-sm text-pretty text-muted"),
        ),
        class_name=f"{CARD} flex gap-4 p-5 sm:p-6",
    )


def _promises() -> rx.Component:
    return _part(
        t("Your data"),
        t("Yours, and treated so"),
        rx.el.ul(*(_promise(*words) for words in PROMISES), class_name="mt-10 grid gap-8 md:grid-cols-3"),
    )


def _promise(sign: str, title: str, text: str) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon(sign, 22), class_name="text-brand-ink"),
        rx.el.h3(worded(title), class_name="mt-3 font-semibold text-ink"),
        rx.el.p(worded(text), class_name="mt-1 text-sm text-pretty text-muted"),
    )


def _part(eyebrow: Any, title: Any, content: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.p(eyebrow, class_name="text-sm font-semibold text-brand-ink"),
        rx.el.h2(title, class_name="mt-1.5 text-2xl font-semibold text-balance text-ink sm:text-3xl"),
        content,
        class_name="mx-auto w-full max-w-page px-4 py-14 sm:px-6 sm:py-20",
    )


def _last_word() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            mark(44),
            rx.el.h2(
                t("Your next role starts with your code."),
                class_name="mt-6 text-2xl font-semibold text-balance text-ink sm:text-3xl",
            ),
            rx.el.div(
                link_button(
                    t("Register as a talent"), href="/register", tone="primary", size="lg", after="arrow-right"
                ),
                class_name="mt-7",
            ),
            class_name="mx-auto flex max-w-page flex-col items-center px-4 py-16 text-center sm:px-6 sm:py-24",
        ),
        class_name="border-t border-line bg-linear-to-t from-brand-soft to-canvas",
    )
