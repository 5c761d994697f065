"""The frame of every page: the menu, and who reads."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from talento.components.actions import button, link_button
from talento.components.feedback import banner, empty
from talento.components.fields import is_blank
from talento.components.links import anchor
from talento.components.shells import SITE, MenuItem, Reader, app_shell, public_shell
from talento.components.surfaces import card
from talento.components.text import t
from talento.i18n import phrase
from talento.state.session import HAS_CINEMA, ReaderState
from talento.vocabulary.permissions import Permission

MENU: Sequence[MenuItem] = (
    MenuItem("talents", phrase("Find people"), "search", "/talents", Permission.SEARCH_TALENTS, is_tab=True),
    MenuItem("profile", phrase("My profile"), "user", "/profile", Permission.OWN_PROFILE, is_tab=True),
    MenuItem("cinema_profile", phrase("Cinema profile"), "star", "/cinema/profile", HAS_CINEMA),
    MenuItem("castings", phrase("My castings"), "clapperboard", "/my-castings", Permission.OWN_PROFILE),
    MenuItem("account", phrase("Account"), "shield-check", "/account", Permission.OWN_PROFILE, is_tab=True),
    MenuItem(
        "casting",
        phrase("Casting search"),
        "scan-face",
        "/cinema",
        Permission.SEARCH_TALENTS,
        phrase("Cinema"),
        is_exact=True,
    ),
    MenuItem(
        "dashboard", phrase("Dashboard"), "chart-column", "/cinema/dashboard", Permission.CASTING, phrase("Cinema")
    ),
    MenuItem("productions", phrase("Productions"), "building-2", "/productions", Permission.CASTING, phrase("Cinema")),
    MenuItem("projects", phrase("Projects"), "film", "/projects", Permission.CASTING, phrase("Cinema")),
    MenuItem(
        "presence", phrase("Presence"), "scan-line", "/presence", Permission.SEE_SHEET, phrase("Cinema"), is_tab=True
    ),
    MenuItem(
        "admin", phrase("Dashboard"), "layout-dashboard", "/admin", Permission.ADMINISTER, phrase("Administration"),
        is_exact=True,
    ),
    MenuItem("people", phrase("Accounts"), "users", "/admin/people", Permission.ADMINISTER, phrase("Administration")),
    MenuItem(
        "devices", phrase("Devices"), "tablet-smartphone", "/admin/devices", Permission.ADMINISTER,
        phrase("Administration"),
    ),
    MenuItem("mail", phrase("Mail"), "mail", "/admin/mail", Permission.ADMINISTER, phrase("Administration")),
    MenuItem(
        "settings", phrase("Settings"), "settings", "/admin/settings", Permission.ADMINISTER, phrase("Administration")
    ),
    MenuItem(
        "security", phrase("Security"), "shield-alert", "/admin/security", Permission.ADMINISTER,
        phrase("Administration"), count=ReaderState.alerts,
    ),
    MenuItem(
        "watch", phrase("Watch-list"), "eye", "/admin/watch-list", Permission.ADMINISTER, phrase("Administration")
    ),
    MenuItem("jobs", phrase("Jobs"), "calendar-clock", "/admin/jobs", Permission.ADMINISTER, phrase("Administration")),
    MenuItem(
        "health", phrase("Health"), "heart-pulse", "/admin/health", Permission.ADMINISTER, phrase("Administration")
    ),
    MenuItem("logs", phrase("Logs"), "scroll-text", "/admin/logs", Permission.ADMINISTER, phrase("Administration")),
)  # fmt: skip


def inside(*content: Any) -> rx.Component:
    """A page for those who are signed in."""
    reader = Reader(ReaderState.name, ReaderState.role, ReaderState.photo, ReaderState.permissions)
    return app_shell(*content, items=MENU, reader=reader, notice=_impersonation())


def _impersonation() -> rx.Component:
    """That an administrator acts in somebody's name, and the way back."""
    said = t("You act in the name of {name}. The logs say that it is you.", name=ReaderState.name)
    stop = button(t("Stop"), size="sm", tone="secondary", on_click=ReaderState.be_oneself)
    return rx.cond(ReaderState.impersonates, banner(said, tone="warning", action=stop))


def only(permission: Permission, content: rx.Component) -> rx.Component:
    """The content for those who may see it, and a plain word for others. (A courtesy: the server checks again.)"""
    refused = card(
        empty(t("This page is not for your account"), t("Ask an administrator if it should be."), before="lock")
    )
    is_refused = ReaderState.is_signed_in & ~ReaderState.permissions.contains(permission.value)
    return rx.cond(is_refused, refused, content)


def outside(*content: Any, sign_in: bool = True) -> rx.Component:
    """A page for anybody."""
    links = [
        anchor(t("Privacy"), href="/legal/privacy", class_name="hover:text-ink"),
        anchor(t("Terms"), href="/legal/terms", class_name="hover:text-ink"),
        rx.cond(SITE.has_notice, anchor(t("Legal notice"), href="/legal/notice", class_name="hover:text-ink")),
    ]
    return public_shell(*content, footer=links, sign_in=_way_in() if sign_in else None, notice=_impersonation())


def _way_in() -> rx.Component:
    return rx.cond(
        ReaderState.is_signed_in,
        link_button(t("My space"), href="/", size="sm", class_name="ms-1"),
        link_button(t("Sign in"), href="/sign-in", size="sm", class_name="ms-1"),
    )


def narrow(title: Any, *content: Any, text: Any = "") -> rx.Component:
    """A short form in the middle of a public page."""
    intro = [] if is_blank(text) else [rx.el.p(text, class_name="mt-2 text-sm text-muted")]
    return outside(
        rx.el.div(
            rx.el.div(
                rx.el.h1(title, id="page-title", tab_index=-1, class_name="text-2xl font-semibold tracking-tight"),
                *intro,
                class_name="mb-6",
            ),
            *content,
            class_name="mx-auto w-full max-w-md px-4 py-12 sm:py-20",
        ),
        sign_in=False,
    )
