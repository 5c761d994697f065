"""The settings of the site: groups at the side, every field saved when it is left, a search over all of them."""

import reflex as rx

from talento.components.actions import button
from talento.components.badges import avatar
from talento.components.feedback import empty
from talento.components.fields import live_text_input, option, select
from talento.components.icons import icon
from talento.components.links import anchor
from talento.components.overlays import side_panel
from talento.components.progress import skeleton_rows
from talento.components.settings import setting
from talento.components.shells import screen
from talento.components.surfaces import CARD
from talento.components.text import ago, t
from talento.pages.frame import inside, only
from talento.services.preferences.readers import Reader
from talento.services.preferences.registry import GROUPS, Group, of_group
from talento.state.settings import Before, SettingsState
from talento.vocabulary.permissions import Permission

HOME = "/admin/settings"
PLACE = (
    "flex min-h-9 items-center gap-3 rounded-control px-3 py-1 text-sm font-medium text-muted hover:bg-sunken "
    "hover:text-ink aria-[current=page]:bg-brand-soft aria-[current=page]:text-brand-ink"
)


def admin_settings() -> rx.Component:
    """Every setting, group by group."""
    page = screen(
        t("Settings"),
        rx.el.div(SettingsState.announced, role="status", aria_live="polite", class_name="sr-only"),
        rx.el.div(
            _groups(),
            rx.el.div(
                rx.cond(
                    SettingsState.is_ready,
                    rx.el.div(*map(_group, GROUPS), _nothing(), class_name="flex flex-col gap-6"),
                    rx.el.div(skeleton_rows(6), class_name=f"{CARD} p-5 sm:p-6"),
                ),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex flex-col gap-5 lg:flex-row lg:items-start lg:gap-8",
        ),
        _earlier(),
        text=t("Every change is saved when you leave its field, and seen by everybody at once."),
        actions=rx.el.div(
            live_text_input(
                "find_setting", t("Find a setting"), value=SettingsState.typed, on_change=SettingsState.search
            ),
            class_name="w-full sm:w-72",
        ),
    )
    return inside(only(Permission.ADMINISTER, page))


# Groups


def _groups() -> rx.Component:
    return rx.el.nav(
        rx.el.div(
            select(
                "settings_group",
                *(option(group.key, t(group.label)) for group in GROUPS),
                value=SettingsState.group,
                on_change=SettingsState.visit,
                aria_label=t("Groups of settings"),
            ),
            class_name="lg:hidden",
        ),
        rx.el.ul(*(rx.el.li(_place(group)) for group in GROUPS), class_name="hidden flex-col gap-1 lg:flex"),
        aria_label=t("Groups of settings"),
        class_name="lg:sticky lg:top-20 lg:w-60 lg:shrink-0",
    )


def _place(group: Group) -> rx.Component:
    is_here = (SettingsState.group == group.key) & (SettingsState.typed == "")
    return anchor(
        icon(group.icon, 18),
        rx.el.span(t(group.label), class_name="flex-1"),
        rx.foreach(SettingsState.others, lambda one: rx.cond(one.group == group.key, _face(one))),
        href=f"{HOME}/{group.key}",
        aria_current=rx.cond(is_here, "page", "false"),
        class_name=PLACE,
    )


def _face(one: rx.Var[Reader]) -> rx.Component:
    return rx.el.span(
        avatar(one.name, "", "xs"), title=t("{name} is here", name=one.name), class_name="-ms-1 flex", key=one.user_id
    )


def _group(group: Group) -> rx.Component:
    return rx.cond(
        SettingsState.groups.contains(group.key),
        rx.el.section(
            rx.el.div(
                rx.el.div(
                    rx.el.h2(t(group.label), id=f"group-{group.key}", class_name="text-base font-semibold text-ink"),
                    rx.el.p(t(group.text), class_name="mt-0.5 text-sm text-muted"),
                    class_name="min-w-0 flex-1 basis-64",
                ),
                rx.foreach(SettingsState.others, lambda one: rx.cond(one.group == group.key, _too(one))),
                class_name="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-5 py-4 sm:px-6",
            ),
            rx.el.div(
                *(rx.cond(SettingsState.shown.contains(one.key), setting(one)) for one in of_group(group)),
                class_name="divide-y divide-line",
            ),
            aria_labelledby=f"group-{group.key}",
            class_name=f"{CARD} overflow-clip",
        ),
    )


def _too(one: rx.Var[Reader]) -> rx.Component:
    return rx.el.span(
        avatar(one.name, "", "xs"),
        t("{name} is here too", name=one.name),
        role="status",
        class_name="inline-flex max-w-full items-center gap-2 rounded-pill bg-brand-soft py-1 ps-1 pe-3 text-xs "
        "font-medium text-brand-ink",
        key=one.user_id,
    )


def _nothing() -> rx.Component:
    nothing = empty(
        t("No setting is called so"),
        t("Try another word: settings are found by their names and explanations."),
        before="search-x",
        action=button(t("Show all groups"), tone="secondary", on_click=SettingsState.search("")),
    )
    return rx.cond(SettingsState.groups.length() == 0, rx.el.div(nothing, class_name=CARD))


# What was there before


def _earlier() -> rx.Component:
    return side_panel(
        t("Earlier values"),
        rx.el.ol(rx.foreach(SettingsState.past, _before), class_name="-my-4 divide-y divide-line"),
        open=SettingsState.past_key != "",
        on_close=SettingsState.close_past,
    )


def _before(one: rx.Var[Before]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(one.value, one.value, rx.el.span(t("Empty"), class_name="text-faint")),
            class_name="max-h-60 overflow-y-auto text-sm break-words whitespace-pre-wrap text-ink",
        ),
        rx.el.div(
            rx.el.span(
                t("Until {name} changed it, {ago}", name=one.by, ago=ago(one.at)), class_name="min-w-0 flex-1 text-xs"
            ),
            button(t("Put it back"), tone="secondary", size="sm", on_click=SettingsState.put_back(one.id)),
            class_name="mt-2 flex items-center gap-3 text-muted",
        ),
        class_name="py-4",
        key=one.id.to(str),
    )
