"""Small things that say one thing."""

from typing import Any, Literal

import reflex as rx
from reflex.vars import VarData
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import LiteralVar

from talento.components.actions import copy_button
from talento.components.icons import icon
from talento.components.text import Text

Tone = Literal["neutral", "brand", "accent", "success", "warning", "danger", "info"]

TONES: dict[str, str] = {
    "neutral": "bg-sunken text-muted",
    "brand": "bg-brand-soft text-brand-ink",
    "accent": "bg-accent-soft text-accent-ink",
    "success": "bg-success-soft text-success-ink",
    "warning": "bg-warning-soft text-warning-ink",
    "danger": "bg-danger-soft text-danger-ink",
    "info": "bg-info-soft text-info-ink",
}
BADGE = "inline-flex max-w-full items-center gap-1.5 whitespace-nowrap rounded-pill px-2.5 py-0.5 text-xs font-medium"
FACES: dict[str, str] = {
    "xs": "size-6 text-2xs",
    "sm": "size-8 text-xs",
    "md": "size-10 text-sm",
    "lg": "size-14 text-lg",
    "xl": "size-24 text-3xl",
}
BUBBLE = (
    "z-40 w-max max-w-60 whitespace-normal rounded-control bg-ink px-2.5 py-1.5 text-xs font-normal text-canvas "
    "shadow-float"
)


def badge(
    *content: Any, tone: Tone | rx.Var[str] = "neutral", before: str = "", dot: bool = False, **props: Any
) -> rx.Component:
    """A word in a tone; the tone may be a Var of the same names."""
    return rx.el.span(
        *([rx.el.span(class_name="size-1.5 rounded-pill bg-current", aria_hidden="true")] if dot else []),
        *([icon(before, 13)] if before else []),
        rx.el.span(*content, class_name="truncate"),
        class_name=[BADGE, tone_class(tone), props.pop("class_name", "")],
        **props,
    )


def tone_class(tone: str | rx.Var[str]) -> str | rx.Var[str]:
    """The classes of a tone."""
    if not isinstance(tone, rx.Var):
        return TONES[tone]
    return rx.match(tone, *TONES.items(), TONES["neutral"])


def avatar(name: Any, photo: Any = "", size: str = "md") -> rx.Component:
    """A person's photo, or initials on a tone that stays the same for a name. Decorative: write the name beside it."""
    shape = f"shrink-0 rounded-pill {FACES[size]}"
    face = rx.el.img(src=photo, alt="", loading="lazy", decoding="async", class_name=f"{shape} object-cover bg-sunken")
    letters = rx.el.span(
        called("initialsOf", name),
        class_name=["inline-grid place-items-center font-semibold select-none", shape, called("toneOf", name)],
        aria_hidden="true",
    )
    return rx.cond(photo, face, letters) if isinstance(photo, rx.Var) else (face if photo else letters)


def called(function: str, argument: Any) -> rx.Var[str]:
    """A call of one of `page.jsx`'s functions."""
    value = LiteralVar.create(argument)
    imported = VarData(imports={"$/public/js/page.jsx": [ImportVar(tag=function)]})
    return rx.Var(
        f"{function}({value!s})", _var_type=str, _var_data=VarData.merge(imported, value._get_all_var_data())
    ).to(str)


def person(name: Any, detail: Any = "", photo: Any = "", size: str = "md") -> rx.Component:
    """A face, a name, and a line under it."""
    return rx.el.div(
        avatar(name, photo, size),
        rx.el.div(
            rx.el.div(name, class_name="truncate text-sm font-medium text-ink"),
            *(
                [rx.el.div(detail, class_name="truncate text-xs text-muted")]
                if not (isinstance(detail, str) and not detail)
                else []
            ),
            class_name="min-w-0",
        ),
        class_name="flex min-w-0 items-center gap-3",
    )


def kbd(key: str) -> rx.Component:
    """A key to press."""
    return rx.el.kbd(key, class_name="rounded border border-line bg-sunken px-1.5 py-0.5 text-xs text-muted")


def code_text(code: Any, *, copy: bool = True) -> rx.Component:
    """A code in monospace, with a button that copies it."""
    written = rx.el.code(code, class_name="text-sm font-medium tracking-wide text-ink", dir="ltr")
    return (
        rx.el.span(written, copy_button(code), class_name="-my-2 inline-flex items-center gap-1") if copy else written
    )


def tooltip(content: rx.Component, text: Text) -> rx.Component:
    """A word of help on hover and focus; never the only place where something is said."""
    return rx.el.span(content, rx.el.span(text, role="tooltip", class_name=BUBBLE), class_name="tip inline-flex")
