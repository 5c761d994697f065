"""Icons (lucide, one import each) and the mark."""

import reflex as rx

from talento.state.site import SiteState

NAME = SiteState.shown.name

MIRRORED = ("arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-in", "log-out", "panel-left", "send")


def icon(name: str, size: int = 18, class_name: str = "") -> rx.Component:
    """A decorative icon; one that points is mirrored from right to left."""
    mirrored = "mirrored" if name.startswith(MIRRORED) else ""
    return rx.icon(
        name, size=size, stroke_width=1.75, aria_hidden="true", class_name=f"shrink-0 {mirrored} {class_name}".strip()
    )


def spinner(size: int = 16) -> rx.Component:
    """Something is under way."""
    return icon("loader-circle", size, "spin")


def mark(size: int = 28) -> rx.Component:
    """The mark: a T whose stem is a spotlight's beam."""
    return rx.el.svg(
        rx.el.svg.rect(width="32", height="32", rx="9", class_name="fill-brand"),
        rx.el.svg.path(d="M8 9.25h16", stroke="white", stroke_width="3.5", stroke_linecap="round"),
        rx.el.svg.path(
            d="M14.3 13.5h3.4l4.1 11.1a.9.9 0 0 1-.85 1.2h-9.9a.9.9 0 0 1-.85-1.2z", fill="white", opacity="0.38"
        ),
        rx.el.svg.path(d="M14.3 13.5h3.4l1 11.9a.4.4 0 0 1-.4.4h-4.6a.4.4 0 0 1-.4-.4z", fill="white"),
        view_box="0 0 32 32",
        width=str(size),
        height=str(size),
        aria_hidden="true",
        class_name="shrink-0",
    )


def wordmark(size: int = 28) -> rx.Component:
    """The mark, or the logo of the settings, and the name."""
    shown = SiteState.shown
    picture = rx.el.img(src=shown.logo_url, alt="", class_name="h-7 w-auto max-w-40 shrink-0 object-contain")
    look = "truncate text-lg font-semibold text-ink"
    beside = rx.cond(shown.is_logo_alone, rx.fragment(), rx.el.span(NAME, class_name=f"{look} max-sm:hidden"))
    return rx.el.span(
        rx.cond(shown.logo_url, picture, mark(size)),
        rx.cond(shown.logo_url, beside, rx.el.span(NAME, class_name=look)),
        class_name="inline-flex min-w-0 items-center gap-2.5",
        aria_label=NAME,
        role="img",
    )
