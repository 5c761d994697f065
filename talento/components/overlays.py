"""What opens over the page. Focus is kept inside and given back; Escape and the backdrop close."""

from itertools import count
from typing import Any

import reflex as rx

from talento.components import modules
from talento.components.actions import icon_button
from talento.components.fields import is_blank
from talento.components.icons import icon
from talento.components.links import anchor
from talento.components.text import Text, t

DIALOG = (
    "overlay m-auto w-[calc(100%-2rem)] max-w-lg flex-col rounded-overlay border border-line bg-raised p-0 "
    "text-ink shadow-overlay "
    "open:flex max-h-[calc(100dvh-2rem)]"
)
DRAWER = (
    "overlay overlay-side my-0 ms-auto me-0 h-dvh max-h-none w-full max-w-none flex-col border-line bg-raised "
    "p-0 text-ink "
    "shadow-overlay open:flex sm:max-w-drawer sm:border-s"
)
NAV_DRAWER = (
    "overlay overlay-start my-0 ms-0 me-auto h-dvh max-h-none w-[min(20rem,86vw)] max-w-none flex-col border-e "
    "border-line "
    "bg-surface p-0 text-ink shadow-overlay open:flex"
)
MENU = (
    "absolute top-full z-40 mt-1.5 min-w-52 rounded-card border border-line bg-raised p-1 shadow-overlay "
    "max-sm:max-w-[calc(100vw-2rem)]"
)
ITEM = (
    "flex min-h-11 w-full items-center gap-2.5 rounded-control px-2.5 text-start text-sm text-ink "
    "transition-colors lg:min-h-9 "
    "hover:bg-sunken focus-visible:bg-sunken"
)
SUMMARY = "list-none rounded-control [&::-webkit-details-marker]:hidden"

NUMBERS = count(1)


def dialog(
    title: Text,
    *body: Any,
    footer: Any = None,
    text: Text = "",
    open: Any = None,
    on_close: Any = None,
    trigger: rx.Component | None = None,
    shape: str = DIALOG,
    **props: Any,
) -> rx.Component:
    """A question or a short form. Opened by `open` (a Var; `on_close` then sets it back), or by its `trigger` alone.

    With a trigger, anything inside that carries `custom_attrs={"data-close": ""}` closes it.
    """
    name = props.pop("id", f"dialog-{next(NUMBERS)}")
    shown = modules.Overlay.create(
        overlay_head(title, text, f"{name}-title"),
        rx.el.div(*body, class_name="min-h-0 flex-1 overflow-y-auto px-5 py-4 sm:px-6"),
        *([rx.el.div(footer, class_name=FOOTER)] if footer is not None else []),
        id=name,
        title_id=f"{name}-title",
        class_name=shape,
        **({} if open is None else {"open": open}),
        **({} if on_close is None else {"on_close": on_close}),
        **props,
    )
    return shown if trigger is None else rx.fragment(modules.Opener.create(trigger, target=name), shown)


FOOTER = "flex flex-wrap justify-end gap-2 border-t border-line px-5 py-4 sm:px-6 max-sm:*:flex-1"


def side_panel(title: Text, *body: Any, **props: Any) -> rx.Component:
    """A drawer at the end side, the whole screen on a phone: a person's preview, filters. Arguments as for `dialog`."""
    return dialog(title, *body, shape=DRAWER, **props)


def confirm(
    question: Text,
    text: Text,
    *,
    trigger: rx.Component | None = None,
    yes: Any,
    open: Any = None,
    on_close: Any = None,
) -> rx.Component:
    """ "Are you sure?" `yes` is the button that does it; it closes the dialog too."""
    from talento.components.actions import button

    closing = {"data-close": ""}
    yes.custom_attrs |= closing
    footer = rx.fragment(button(t("Cancel"), tone="secondary", custom_attrs=closing), yes)
    return dialog(
        question,
        rx.el.p(text, class_name="text-sm text-muted"),
        footer=footer,
        trigger=trigger,
        open=open,
        on_close=on_close,
    )


def overlay_head(title: Text, text: Text, title_id: str) -> rx.Component:
    """A title, and a cross that closes."""
    return rx.el.div(
        rx.el.div(
            rx.el.h2(title, id=title_id, class_name="text-lg font-semibold text-ink"),
            *([rx.el.p(text, class_name="mt-0.5 text-sm text-muted")] if not is_blank(text) else []),
            class_name="min-w-0 flex-1",
        ),
        icon_button("x", t("Close"), custom_attrs={"data-close": ""}, class_name="-me-2 -mt-1.5"),
        class_name="flex items-start gap-4 border-b border-line px-5 py-4 sm:px-6",
    )


def menu(
    trigger: Any, *entries: Any, label: Text, end: bool = True, up: bool = False, trigger_class: str = ""
) -> rx.Component:
    """A button that unfolds a list of actions (`menu_item`, `menu_link`, `menu_separator`)."""
    place = ("bottom-full top-auto mb-1.5 " if up else "") + ("end-0" if end else "start-0")
    return modules.Menu.create(
        rx.el.summary(trigger, aria_label=label, aria_haspopup="menu", class_name=f"{SUMMARY} {trigger_class}"),
        rx.el.div(*entries, role="menu", aria_label=label, class_name=f"{MENU} {place}"),
        class_name="relative",
        custom_attrs={"data-menu": ""},
    )


def menu_item(words: Any, *, before: str = "", danger: bool = False, **props: Any) -> rx.Component:
    """An action of a menu."""
    return rx.el.button(
        *([icon(before, 16, "text-muted")] if before else []),
        words,
        type=props.pop("type", "button"),
        role="menuitem",
        class_name=[ITEM, "text-danger-ink" if danger else ""],
        **props,
    )


def menu_link(words: Any, *, href: str, before: str = "", **props: Any) -> rx.Component:
    """A place that a menu leads to."""
    return anchor(
        *([icon(before, 16, "text-muted")] if before else []),
        words,
        href=href,
        role="menuitem",
        class_name=ITEM,
        **props,
    )


def menu_separator() -> rx.Component:
    """A line between groups of a menu."""
    return rx.el.div(role="separator", class_name="my-1 h-px bg-line")
