"""What the app is given once: style sheets and the head of every page."""

import reflex as rx

from talento.components.tokens import LIGHT

STYLESHEETS = ["styles/tokens.css", "styles/base.css"]


def head() -> list[rx.Component]:
    """Icons, manifest, and the one font that every page needs early."""
    return [
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href="/icon-192.png"),
        rx.el.link(rel="stylesheet", href="/site.css"),
        rx.el.link(rel="manifest", href="/site.webmanifest"),
        rx.el.link(
            rel="preload",
            href="/fonts/inter-latin.woff2",
            custom_attrs={"as": "font", "crossOrigin": "anonymous"},
            type="font/woff2",
        ),
        rx.el.meta(name="theme-color", content=LIGHT["brand"]),
    ]
