"""Where a reader types. Every control is named after its field: `text_input("email")` has the id and the name `email`.

No control is controlled: a value from the server is shown when nobody is typing there, and no keystroke waits for it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import reflex as rx
from reflex_base.components.component import BaseComponent

from talento.components import modules
from talento.components.icons import icon
from talento.components.text import Text, t

LOOK = (
    "w-full rounded-control border border-control bg-surface text-base text-ink shadow-control transition-colors "
    "lg:text-sm hover:border-muted focus:border-brand focus:outline-2 focus:outline-offset-0 focus:outline-ring/30 "
    "aria-invalid:border-danger disabled:border-line disabled:bg-sunken disabled:text-muted disabled:shadow-none"
)
LINE = f"{LOOK} h-control px-3"
AREA = f"{LOOK} min-h-24 resize-none px-3 py-2.5"
INSIDE = "absolute inset-y-0 flex items-center text-sm text-muted"
EYE = f"{INSIDE} end-0 w-11 justify-center rounded-control hover:text-ink lg:w-10"


def field(
    label: Text | rx.Component,
    control: rx.Component,
    *,
    hint: Text | rx.Component = "",
    error: str | rx.Var[str] = "",
    required: bool | rx.Var[bool] = False,
    optional: bool = False,
    action: rx.Component | None = None,
    **props: Any,
) -> rx.Component:
    """A control with its label, a hint, and what is wrong; all tied together for screen readers."""
    name = described(control, error)
    return rx.el.div(
        rx.el.div(
            rx.el.label(
                label, star(required), optional_note(optional), html_for=name, class_name="text-sm font-medium"
            ),
            *([action] if action else []),
            class_name="flex items-baseline justify-between gap-3",
        ),
        control,
        field_error(error, name),
        *([rx.el.p(hint, id=f"{name}-hint", class_name="text-xs text-muted")] if not is_blank(hint) else []),
        class_name=["flex min-w-0 flex-col gap-1.5", props.pop("class_name", "")],
        **props,
    )


def fieldset(legend: Text, *content: Any, hint: Text = "", error: str | rx.Var[str] = "", **props: Any) -> rx.Component:
    """Several controls that answer one question (radio cards, chips, a range)."""
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="mb-1.5 text-sm font-medium"),
        *([rx.el.p(hint, class_name="-mt-1 mb-2 text-xs text-muted")] if not is_blank(hint) else []),
        *content,
        field_error(error, "group"),
        class_name=["min-w-0", props.pop("class_name", "")],
        **props,
    )


def field_error(error: str | rx.Var[str], name: str) -> rx.Component:
    """What is wrong, announced when it appears; empty when nothing is."""
    sentence = rx.el.span(icon("circle-alert", 14, "mt-0.5"), error, class_name="flex gap-1.5 text-sm text-danger-ink")
    shown = rx.cond(error, sentence) if isinstance(error, rx.Var) else (sentence if error else rx.fragment())
    return rx.el.div(shown, id=f"{name}-error", aria_live="polite", class_name="empty:hidden")


def text_input(name: str, *, value: Any = None, type: str = "text", before: str = "", **props: Any) -> rx.Component:
    """One line of text; `before` names an icon. on_change(text), on_blur(text, when changed), on_enter(text)."""
    control = modules.FollowedInput.create(
        **named(name, props),
        value=value,
        type=type,
        class_name=[LINE, "ps-10" if before else "", props.pop("class_name", "")],
        **props,
    )
    if not before:
        return control
    return rx.el.span(
        rx.el.span(icon(before, 16), class_name=f"{INSIDE} start-3.5"), control, class_name="relative block"
    )


def email_input(name: str = "email", **props: Any) -> rx.Component:
    """An e-mail address."""
    props = {"auto_complete": "email", "input_mode": "email", "auto_capitalize": "none", "spell_check": False} | props
    return text_input(name, type="email", **props)


def password_input(name: str = "password", *, new: bool = False, **props: Any) -> rx.Component:
    """A password with a button that reveals it; `new` lets a password manager offer one."""
    return modules.PasswordInput.create(
        **named(name, props),
        auto_complete="new-password" if new else "current-password",
        show=t("Show the password"),
        hide=t("Hide the password"),
        class_name=f"{LINE} pe-11",
        wrap_class="relative block",
        button_class=EYE,
        **props,
    )


def textarea(name: str, *, value: Any = None, limit: int = 0, rows: int = 4, **props: Any) -> rx.Component:
    """Several lines, growing with the text; with a `limit`, a counter."""
    counted = {"limit": limit, "left": t("Characters used"), "counter_id": f"{name}-count", "counter_class": COUNT}
    return rx.el.span(
        modules.FollowedTextarea.create(
            **named(name, props), value=value, rows=rows, class_name=AREA, **(counted if limit else {}), **props
        ),
        class_name="relative block",
    )


COUNT = "mt-1 block text-end text-xs tabular-nums text-faint"


def select(name: str, *options: Any, value: Any = None, placeholder: Text | None = None, **props: Any) -> rx.Component:
    """The browser's own list. Options are `option(...)` or one `rx.foreach`. on_change(value)."""
    first = [rx.el.option(placeholder, value="")] if placeholder is not None else []
    return modules.FollowedSelect.create(
        *first,
        *options,
        **named(name, props),
        value=value,
        class_name=[LINE, "native-select pe-9", props.pop("class_name", "")],
        **props,
    )


def option(value: Any, label: Text) -> rx.Component:
    """One line of a `select`."""
    return rx.el.option(label, value=value)


def date_input(name: str, *, value: Any = None, **props: Any) -> rx.Component:
    """A day, as an ISO date; `min` and `max` too."""
    return text_input(name, value=value, type="date", **props)


def number_input(name: str, *, value: Any = None, unit: Text = "", **props: Any) -> rx.Component:
    """A number; its unit stands inside. on_change and on_blur give text, as typed."""
    props = {"input_mode": "decimal", "step": "any"} | props
    if is_blank(unit):
        return text_input(name, value=value, type="number", **props)
    control = text_input(name, value=value, type="number", class_name="pe-14", **props)
    return rx.el.span(
        control,
        rx.el.span(unit, class_name=f"{INSIDE} end-3 pointer-events-none", aria_hidden="true"),
        class_name="relative block",
    )


def range_input(
    name: str,
    *,
    low: Any = None,
    high: Any = None,
    unit: Text = "",
    on_low: Any = None,
    on_high: Any = None,
    **props: Any,
) -> rx.Component:
    """From … to …: two numbers, named `<name>_min` and `<name>_max`."""
    return rx.el.div(
        number_input(
            f"{name}_min", value=low, unit=unit, aria_label=t("From"), placeholder=t("From"), **heard(on_low), **props
        ),
        rx.el.span("–", class_name="text-muted", aria_hidden="true"),
        number_input(
            f"{name}_max", value=high, unit=unit, aria_label=t("To"), placeholder=t("To"), **heard(on_high), **props
        ),
        class_name="flex items-center gap-2",
    )


def phone_input(
    name: str, *, prefixes: Sequence[dict[str, str]] | rx.Var, value: Any = None, country: Any = "", **props: Any
) -> rx.Component:
    """A phone number: the country's prefix, then the rest; gives E.164. `prefixes`: [{value: "MA", prefix, label}]."""
    return modules.PhoneInput.create(
        **named(name, props),
        value=value,
        prefixes=prefixes,
        country=country,
        prefix_label=t("Country prefix"),
        class_name=f"{LINE} rounded-s-none",
        wrap_class="flex",
        select_class=PREFIX,
        **props,
    )


PREFIX = (
    "flex h-control items-center rounded-s-control border border-e-0 border-control bg-sunken px-3 text-sm "
    "tabular-nums "
    "text-muted peer-focus-visible:outline-2 peer-focus-visible:outline-ring peer-hover:text-ink"
)


def live_text_input(
    name: str,
    label: Text,
    *,
    value: Any = None,
    on_change: Any = None,
    shortcut: str = "/",
    large: bool = False,
    **props: Any,
) -> rx.Component:
    """A search box that answers every keystroke: `/` reaches it, Escape or the cross clears it."""
    return modules.SearchBox.create(
        rx.el.span(icon("search", 18), class_name=f"{INSIDE} start-3.5 pointer-events-none"),
        **named(name, props),
        **heard(on_change),
        value=value,
        shortcut=shortcut,
        clear=t("Clear the search"),
        aria_label=label,
        placeholder=props.pop("placeholder", label),
        class_name=[LOOK, "h-control-lg px-11 lg:text-base" if large else "h-control px-11"],
        wrap_class="relative block w-full",
        button_class=EYE,
        hint_class=SHORTCUT,
        **props,
    )


SHORTCUT = (
    "pointer-events-none absolute end-3 top-1/2 hidden -translate-y-1/2 rounded border border-line bg-sunken px-1.5 "
    "text-xs text-muted pointer-fine:block"
)


def named(name: str, props: dict[str, Any]) -> dict[str, Any]:
    """The id and the name of a control; an explicit `id` wins.

    The id is a Var: for a plain one a form would ask the component behind it, which keeps its text to itself.
    """
    return {"id": rx.Var.create(props.pop("id", name)), "name": name}


def heard(handler: Any) -> dict[str, Any]:
    return {} if handler is None else {"on_change": handler}


def described(control: rx.Component, error: str | rx.Var[str]) -> str:
    """Tie a control to its hint and error; its id."""
    actual = next((part for part in parts_of(control) if getattr(part, "name", None) is not None), control)
    name = plain(getattr(actual, "id", None)) or "field"
    actual.custom_attrs["aria-describedby"] = f"{name}-error {name}-hint"
    actual.custom_attrs["aria-invalid"] = (error != "") if isinstance(error, rx.Var) else bool(error)
    return name


def parts_of(component: BaseComponent) -> Iterator[Any]:
    """The component and everything in it."""
    yield component
    for child in component.children:
        yield from parts_of(child)


def plain(value: Any) -> str:
    """A literal Var's text."""
    return str(getattr(value, "_var_value", value) or "")


def star(required: bool | rx.Var[bool]) -> rx.Component:
    """The mark of a required field, hidden from screen readers: the control itself says it."""
    shown = rx.el.span(" *", class_name="text-danger-ink", aria_hidden="true")
    if isinstance(required, rx.Var):
        return rx.cond(required, shown)
    return shown if required else rx.fragment()


def optional_note(optional: bool) -> rx.Component:
    return rx.el.span(" ", t("(optional)"), class_name="font-normal text-muted") if optional else rx.fragment()


def is_blank(text: Any) -> bool:
    return isinstance(text, str) and not text
