"""What a reader presses."""

from typing import Any, Literal

import reflex as rx

from talento.components.icons import icon, spinner
from talento.components.modules import CopyButton
from talento.components.text import Text, t

Tone = Literal["primary", "secondary", "ghost", "danger", "accent"]
Size = Literal["sm", "md", "lg"]

BASE = (
    "inline-flex items-center justify-center whitespace-nowrap rounded-control font-medium select-none "
    "transition-colors duration-100 disabled:opacity-50 aria-disabled:opacity-50 aria-disabled:pointer-events-none"
)
TONES: dict[str, str] = {
    "primary": "bg-brand text-on-brand shadow-control hover:bg-brand-hover",
    "secondary": "bg-raised text-ink border border-line shadow-control hover:border-control hover:bg-sunken",
    "ghost": "text-muted hover:bg-sunken hover:text-ink",
    "danger": "bg-danger text-on-danger shadow-control hover:bg-danger-hover",
    "accent": "bg-accent text-on-accent shadow-control hover:brightness-95",
}
SIZES: dict[str, str] = {
    "sm": "h-control-sm px-3 gap-1.5 text-sm",
    "md": "h-control px-4 gap-2 text-sm",
    "lg": "h-control-lg px-6 gap-2.5 text-base",
}
SQUARES: dict[str, str] = {"sm": "size-control-sm", "md": "size-control", "lg": "size-control-lg"}


def button_class(tone: Tone = "primary", size: Size = "md") -> str:
    """The classes of a button, for what is not a <button>."""
    return f"{BASE} {TONES[tone]} {SIZES[size]}"


def button(
    *content: Any,
    tone: Tone = "primary",
    size: Size = "md",
    before: str = "",
    after: str = "",
    loading: bool | rx.Var[bool] = False,
    disabled: bool | rx.Var[bool] = False,
    wide: bool = False,
    **props: Any,
) -> rx.Component:
    """A button; `before` and `after` name icons; while `loading` it turns and cannot be pressed."""
    props.setdefault("type", "button")
    return rx.el.button(
        *leading(before, loading),
        *content,
        *([icon(after, 16)] if after else []),
        class_name=[button_class(tone, size), "w-full" if wide else "", props.pop("class_name", "")],
        disabled=either_true(disabled, loading),
        aria_busy=loading,
        **props,
    )


def link_button(
    *content: Any,
    href: str | rx.Var[str],
    tone: Tone = "secondary",
    size: Size = "md",
    before: str = "",
    after: str = "",
    wide: bool = False,
    **props: Any,
) -> rx.Component:
    """A link that looks like a button; one that leaves the app, or downloads, takes `external=True`."""
    from talento.components.links import anchor

    return anchor(
        *([icon(before, 16)] if before else []),
        *content,
        *([icon(after, 16)] if after else []),
        href=href,
        class_name=[button_class(tone, size), "w-full" if wide else "", props.pop("class_name", "")],
        **props,
    )


def icon_button(name: str, label: Text, *, tone: Tone = "ghost", size: Size = "md", **props: Any) -> rx.Component:
    """A square button of one icon; `label` is what a screen reader says."""
    props.setdefault("type", "button")
    return rx.el.button(
        icon(name),
        aria_label=label,
        title=label,
        class_name=[f"{BASE} shrink-0 {TONES[tone]} {SQUARES[size]}", props.pop("class_name", "")],
        **props,
    )


def copy_button(text: str | rx.Var[str], label: Text | None = None, **props: Any) -> rx.Component:
    """Copies `text`, says so, and shows a tick for a moment."""
    return CopyButton.create(
        icon("copy", 16),
        text=text,
        copied=t("Copied"),
        aria_label=label if label is not None else t("Copy"),
        class_name=f"{BASE} shrink-0 {TONES['ghost']} size-control-sm",
        **props,
    )


def leading(before: str, loading: bool | rx.Var[bool]) -> list[Any]:
    """The icon before a button's text, or the spinner that takes its place."""
    still = icon(before, 16) if before else rx.fragment()
    if isinstance(loading, rx.Var):
        return [rx.cond(loading, spinner(), still)]
    if loading:
        return [spinner()]
    return [still] if before else []


def either_true(one: bool | rx.Var[bool], other: bool | rx.Var[bool]) -> bool | rx.Var[bool]:
    """`one or other`, where each may be a Var."""
    if isinstance(one, rx.Var):
        return one if other is False else one | other
    return True if one else other
