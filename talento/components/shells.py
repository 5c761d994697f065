"""The frame around every page: where one is, where one can go, who one is."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import reflex as rx

from talento import i18n
from talento.components import modules
from talento.components.badges import avatar
from talento.components.factors import proof_dialog
from talento.components.feedback import banner, connection_notice, toaster
from talento.components.fields import is_blank
from talento.components.icons import icon, wordmark
from talento.components.links import anchor, nav_link
from talento.components.navigation import breadcrumbs
from talento.components.overlays import ITEM, NAV_DRAWER, dialog, menu, menu_item, menu_link, menu_separator
from talento.components.text import LANGUAGE, Text, either, number, t, worded
from talento.services.site import Social
from talento.state.locale import LocaleState
from talento.state.site import SiteState
from talento.vocabulary.announcements import Tone


class MenuItem(NamedTuple):
    """One place of the app. `text` and `group` are written with `phrase()`; no permission means everybody signed in."""

    key: str
    text: str
    icon: str
    href: str
    permission: str = ""
    group: str = ""
    is_exact: bool = False
    """Whether pages below its address are other places."""
    is_tab: bool = False
    count: Any = None
    """A Var: how much waits there; nothing is shown for 0."""


class Reader(NamedTuple):
    """Who is signed in, as Vars of the session's state."""

    name: Any
    role: Any
    photo: Any = ""
    permissions: Any = ()


SKIP = (
    "fixed start-3 top-3 z-50 -translate-y-24 rounded-control bg-brand px-4 py-2 text-sm font-medium text-on-brand "
    "focus:translate-y-0"
)
SIDE = (
    "no-print fixed inset-y-0 start-0 z-30 hidden w-nav flex-col border-e border-line bg-surface lg:flex "
    "in-data-[nav=narrow]:w-nav-narrow"
)
SIDE_LINK = (
    "group flex h-11 items-center gap-3 rounded-control px-3 text-sm font-medium text-muted transition-colors lg:h-9 "
    "hover:bg-sunken hover:text-ink aria-[current=page]:bg-brand-soft aria-[current=page]:text-brand-ink"
)
WIDE_ONLY = "in-data-[nav=narrow]:lg:hidden"
WAITING = f"ms-auto rounded-pill bg-danger-soft px-2 text-xs tabular-nums text-danger-ink {WIDE_ONLY}"
GROUP = f"px-3 pt-5 pb-1.5 text-xs font-medium text-faint {WIDE_ONLY}"
ABOVE = "no-print sticky top-0 z-20"
TOP = "flex h-bar items-center gap-2 border-b border-line bg-canvas/85 px-4 backdrop-blur-md sm:px-6 lg:px-8"
TABS = (
    "no-print fixed inset-x-0 bottom-0 z-30 flex h-16 items-stretch border-t border-line bg-surface "
    "pb-[env(safe-area-inset-bottom)] "
    "lg:hidden"
)
TAB = (
    "flex min-w-0 flex-1 flex-col items-center justify-center gap-1 text-2xs font-medium text-muted "
    "aria-[current=page]:text-brand-ink"
)
BESIDE = "flex min-h-dvh flex-col pb-16 lg:ps-nav lg:pb-0 in-data-[nav=narrow]:lg:ps-nav-narrow"
WIDTHS = {"page": "max-w-page", "form": "max-w-form", "prose": "max-w-prose", "full": ""}
MAIN = "page-content"
SITE = SiteState.shown


def app_shell(
    *content: Any, items: Sequence[MenuItem], reader: Reader, tools: Sequence[Any] = (), notice: Any = None
) -> rx.Component:
    """The frame of a signed-in reader. `tools` stand in the top bar; `notice` above it, always in view."""
    return rx.fragment(
        skip_link(),
        side_nav(items, reader),
        rx.el.div(
            site_notices(),
            rx.el.div(
                *([notice] if notice is not None else []),
                top_bar(items, reader, tools),
                class_name=ABOVE,
            ),
            rx.el.main(*content, id=MAIN, class_name="flex-1 px-4 py-6 sm:px-6 lg:px-8 lg:py-8"),
            class_name=BESIDE,
        ),
        tab_bar(items, reader),
    )


def public_shell(
    *content: Any,
    links: Sequence[rx.Component] = (),
    footer: Sequence[rx.Component] = (),
    sign_in: Any = None,
    notice: Any = None,
) -> rx.Component:
    """The frame of a visitor: a bar, the page, a footer with the legal pages. `sign_in` ends the bar."""
    return rx.el.div(
        skip_link(),
        site_notices(),
        rx.el.header(
            *([notice] if notice is not None else []),
            rx.el.div(
                home_link(),
                rx.el.nav(
                    *links,
                    class_name="ms-6 hidden items-center gap-6 text-sm font-medium md:flex",
                    aria_label=t("Main menu"),
                ),
                rx.el.div(class_name="flex-1"),
                language_menu(),
                theme_switch(),
                *([sign_in] if sign_in is not None else []),
                class_name="mx-auto flex h-16 w-full max-w-page items-center px-4 sm:gap-1 sm:px-6",
            ),
            class_name=f"{ABOVE} border-b border-line bg-canvas/85 backdrop-blur-md",
        ),
        rx.el.main(*content, id=MAIN, class_name="flex flex-1 flex-col"),
        site_footer(footer),
        class_name="flex min-h-dvh flex-col",
    )


def site_notices() -> rx.Component:
    """What everybody is told above every page, at once: the announcement, and that nothing can be changed."""
    said = SITE.announcement
    read_only = t("The site is read-only for now: you can look at everything, but nothing can be changed.")
    tones = {tone.value: banner(either(said.en, said.fr), tone=tone.value) for tone in Tone}
    return rx.el.div(
        rx.cond(said.en, rx.match(said.tone, *tones.items(), tones[Tone.INFO.value])),
        rx.cond(SITE.is_read_only, banner(read_only, tone="warning")),
        role="status",
        aria_live="polite",
        class_name="no-print",
    )


def screen(
    title: Text,
    *content: Any,
    text: Any = "",
    actions: Any = None,
    trail: Sequence[tuple[Text, str]] = (),
    width: str = "page",
) -> rx.Component:
    """One screen: its heading (focused after a navigation), what can be done, and its content."""
    return rx.el.div(
        *([rx.el.div(breadcrumbs(*trail), class_name="mb-3")] if trail else []),
        rx.el.div(
            rx.el.div(
                rx.el.h1(title, id="page-title", tab_index=-1, class_name="text-xl font-semibold text-ink sm:text-2xl"),
                *([rx.el.p(text, class_name="mt-1 max-w-prose text-sm text-muted")] if not is_blank(text) else []),
                class_name="min-w-0 flex-1 basis-64",
            ),
            *([rx.el.div(actions, class_name="flex flex-wrap items-center gap-2")] if actions is not None else []),
            class_name="mb-6 flex flex-wrap items-end gap-x-6 gap-y-4",
        ),
        *content,
        class_name=f"mx-auto w-full {WIDTHS[width]}",
    )


def overlay(messages: Any = ()) -> rx.Component:
    """What lives above every page, once: messages, the lost connection, the language, focus after a navigation."""
    return rx.fragment(
        rx.cond(SITE.brand_css, rx.el.style(SITE.brand_css)),
        modules.LocaleSync.create(language=LocaleState.locale),
        modules.PageFocus.create(),
        connection_notice(),
        toaster(messages),
        proof_dialog(),
    )


def side_nav(items: Sequence[MenuItem], reader: Reader) -> rx.Component:
    """The menu at the side of a wide screen; it folds to icons."""
    return rx.el.nav(
        rx.el.div(
            home_link("overflow-hidden"),
            class_name="flex h-bar shrink-0 items-center px-5",
        ),
        rx.el.div(*menu_groups(items, reader), class_name="flex-1 overflow-y-auto px-3 pb-4"),
        rx.el.div(
            modules.NavToggle.create(
                icon("panel-left", 18),
                rx.el.span(t("Fold the menu"), class_name=WIDE_ONLY),
                class_name=f"{SIDE_LINK} w-full cursor-pointer",
                aria_label=t("Fold or unfold the menu"),
            ),
            class_name="border-t border-line p-3",
        ),
        class_name=SIDE,
        aria_label=t("Main menu"),
    )


def menu_groups(items: Sequence[MenuItem], reader: Reader) -> Iterable[rx.Component]:
    """The menu's links under the names of their groups; a group without a link for this reader is not named."""
    for group, members in groupby(items, key=lambda item: item.group):
        members = list(members)
        name = [rx.el.p(worded(group), class_name=GROUP)] if group else []
        yield allowed_any(members, reader, rx.el.div(*name, class_name=""))
        yield rx.el.ul(
            *(allowed(item, reader, rx.el.li(side_link(item))) for item in members), class_name="flex flex-col gap-0.5"
        )


def side_link(item: MenuItem) -> rx.Component:
    """One place in the side menu."""
    return nav_link(
        icon(item.icon, 18),
        rx.el.span(worded(item.text), class_name=f"truncate {WIDE_ONLY}"),
        rx.fragment() if item.count is None else waiting(item.count),
        href=item.href,
        end=item.is_exact,
        class_name=SIDE_LINK,
        title=worded(item.text),
    )


def waiting(count: Any) -> rx.Component:
    """How much waits at a place, when anything does."""
    return rx.cond(count > 0, rx.el.span(number(count), class_name=WAITING))


def top_bar(items: Sequence[MenuItem], reader: Reader, tools: Sequence[Any]) -> rx.Component:
    """The bar above the page."""
    return rx.el.header(
        home_link("lg:hidden"),
        rx.el.div(class_name="flex-1"),
        *tools,
        language_menu(),
        theme_switch(),
        account_menu(reader),
        class_name=TOP,
    )


def tab_bar(items: Sequence[MenuItem], reader: Reader) -> rx.Component:
    """The phone's menu: the few places of every day, and the whole menu in a drawer."""
    more = rx.el.button(icon("menu", 20), t("Menu"), type="button", class_name=f"{TAB} w-full h-full")
    return rx.el.nav(
        *(allowed(item, reader, tab_link(item)) for item in items if item.is_tab),
        dialog(
            t("Menu"),
            *menu_groups(items, reader),
            trigger=rx.el.span(more, class_name="flex min-w-0 flex-1"),
            shape=NAV_DRAWER,
            id="menu-drawer",
            custom_attrs={"data-nav": ""},
        ),
        class_name=TABS,
        aria_label=t("Main menu"),
    )


def tab_link(item: MenuItem) -> rx.Component:
    return nav_link(
        icon(item.icon, 20),
        rx.el.span(worded(item.text), class_name="max-w-full truncate px-1"),
        href=item.href,
        class_name=TAB,
    )


def account_menu(reader: Reader) -> rx.Component:
    """Who is signed in, and the way out (a native POST, so that the cookie goes)."""
    return menu(
        rx.el.span(
            avatar(reader.name, reader.photo, "sm"),
            rx.el.span(reader.name, class_name="hidden max-w-40 truncate text-sm font-medium lg:block"),
            icon("chevron-down", 14, "hidden text-faint lg:block"),
            class_name="flex h-11 items-center gap-2 rounded-control px-1.5 hover:bg-sunken lg:h-9",
        ),
        rx.el.div(
            rx.el.p(reader.name, class_name="truncate text-sm font-medium"),
            rx.el.p(reader.role, class_name="truncate text-xs text-muted"),
            class_name="px-2.5 py-2",
        ),
        menu_separator(),
        menu_link(t("Profile"), href="/profile", before="user"),
        menu_link(t("Account and security"), href="/account", before="shield-check"),
        menu_separator(),
        modules.NativeForm.create(
            menu_item(t("Sign out"), before="log-out", type="submit"), action="/auth/sign-out", method="post"
        ),
        label=t("Your account"),
    )


def language_menu() -> rx.Component:
    """Which language to read."""
    return menu(
        rx.el.span(
            icon("globe", 18),
            rx.el.span(LANGUAGE.upper(), class_name="text-xs font-semibold"),
            class_name=(
                "flex h-11 items-center gap-1.5 rounded-control px-2.5 text-muted hover:bg-sunken hover:text-ink lg:h-9"
            ),
        ),
        *(language_item(code, name) for code, name in i18n.LANGUAGES.items()),
        label=t("Language"),
    )


def language_item(code: str, name: str) -> rx.Component:
    """One language, in its own words."""
    return rx.el.button(
        rx.el.span(name, lang=code, class_name="flex-1"),
        rx.cond(code == LANGUAGE, icon("check", 16, "text-brand-ink")),
        type="button",
        role="menuitemradio",
        aria_checked=code == LANGUAGE,
        on_click=LocaleState.speak(code),
        class_name=ITEM,
    )


def theme_switch() -> rx.Component:
    """Light or dark."""
    return rx.el.button(
        icon("moon", 18, "dark:hidden"),
        icon("sun", 18, "hidden dark:block"),
        type="button",
        aria_label=t("Light or dark"),
        title=t("Light or dark"),
        on_click=rx.toggle_color_mode,
        class_name=(
            "grid size-11 shrink-0 place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink "
            "lg:size-9"
        ),
    )


def site_footer(links: Sequence[rx.Component]) -> rx.Component:
    """The name, how to reach its people, where else they are, and the legal pages."""
    tagline = either(SITE.tagline_en, SITE.tagline_fr)
    return rx.el.footer(
        rx.el.div(
            rx.el.div(
                rx.el.p(
                    rx.el.span(SITE.name, class_name="font-medium text-ink"),
                    rx.cond(tagline, rx.el.span(" · ", tagline)),
                    class_name="break-words",
                ),
                rx.cond(SITE.contact_email | SITE.contact_phone, site_contact()),
                class_name="min-w-0 flex-1 basis-64",
            ),
            rx.cond(SITE.social.length() > 0, site_social()),
            rx.el.nav(*links, class_name="flex flex-wrap gap-x-6 gap-y-2", aria_label=t("About this site")),
            class_name="mx-auto flex max-w-page flex-wrap items-start gap-x-8 gap-y-4 px-4 py-8 text-sm text-muted "
            "sm:px-6",
        ),
        class_name="no-print border-t border-line",
    )


def site_contact() -> rx.Component:
    """How to reach the people of the site."""
    look = "break-all hover:text-ink"
    mail, call = ("mailto:" + SITE.contact_email).to(str), ("tel:" + SITE.contact_phone.replace(" ", "")).to(str)
    return rx.el.p(
        rx.cond(SITE.contact_email, anchor(SITE.contact_email, href=mail, external=True, class_name=look)),
        rx.cond(SITE.contact_phone, anchor(SITE.contact_phone, href=call, external=True, class_name=look, dir="ltr")),
        class_name="mt-2 flex flex-wrap gap-x-6 gap-y-1",
    )


def site_social() -> rx.Component:
    """The site on social networks."""

    def link(one: rx.Var[Social]) -> rx.Component:
        return rx.el.li(
            rx.el.a(one.name, href=one.url, target="_blank", rel="noopener noreferrer", class_name="hover:text-ink"),
            key=one.url,
        )

    return rx.el.ul(
        rx.foreach(SITE.social, link),
        aria_label=t("Social networks"),
        class_name="flex max-w-md flex-wrap gap-x-6 gap-y-2",
    )


def home_link(class_name: str = "") -> rx.Component:
    """The name, which leads home."""
    look = f"flex min-w-0 rounded-control {class_name}"
    return anchor(wordmark(), href="/", class_name=look, aria_label=t("{site}, home", site=SITE.name))


def skip_link() -> rx.Component:
    return rx.el.a(t("Skip to the content"), href=f"#{MAIN}", class_name=SKIP)


def allowed(item: MenuItem, reader: Reader, shown: rx.Component) -> rx.Component:
    """The component for those who may go there. (A courtesy: the server checks again.)"""
    if not item.permission:
        return shown
    return rx.cond(permissions_of(reader).contains(item.permission), shown)


def allowed_any(items: Sequence[MenuItem], reader: Reader, shown: rx.Component) -> rx.Component:
    """The component for those who may go to one of these places."""
    needed = {item.permission for item in items}
    if "" in needed:
        return shown
    may = [permissions_of(reader).contains(permission) for permission in sorted(needed)]
    some = may[0]
    for one in may[1:]:
        some = some | one
    return rx.cond(some, shown)


def permissions_of(reader: Reader) -> rx.Var:
    given = reader.permissions
    return given.to(list[str]) if isinstance(given, rx.Var) else rx.Var.create(list(given)).to(list[str])
