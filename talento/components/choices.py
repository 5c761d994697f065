"""Where a reader chooses. Built on the browser's own checkboxes and radios: the keyboard and screen readers work."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from talento.components import modules
from talento.components.fields import LINE, named
from talento.components.icons import icon
from talento.components.text import Text, plural, t

BOX = (
    "peer size-5 shrink-0 appearance-none rounded-md border border-control bg-surface transition-colors lg:size-4.5 "
    "checked:border-brand checked:bg-brand disabled:opacity-50"
)
TICK = "pointer-events-none absolute inset-0 m-auto hidden text-on-brand peer-checked:block"
ROW = "flex min-h-11 cursor-pointer items-start gap-3 py-2.5 lg:min-h-9 lg:py-1.5"
TRACK = (
    "relative h-6 w-10 shrink-0 rounded-pill bg-control transition-colors peer-checked:bg-brand "
    "peer-disabled:opacity-50 "
    "peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-ring "
    "after:absolute after:start-0.5 after:top-0.5 after:size-5 after:rounded-pill after:bg-white after:shadow-control "
    "after:transition-transform peer-checked:after:translate-x-4 rtl:peer-checked:after:-translate-x-4"
)
CARD = (
    "flex h-full cursor-pointer items-start gap-3 rounded-card border border-line bg-surface p-4 shadow-card "
    "transition-colors "
    "hover:border-control has-checked:border-brand has-checked:bg-brand-soft has-checked:ring-1 has-checked:ring-brand "
    "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring "
    "has-disabled:opacity-60"
)
DOT = (
    "mt-0.5 size-4.5 shrink-0 appearance-none rounded-pill border border-control bg-surface transition-all "
    "outline-none "
    "checked:border-[5px] checked:border-brand"
)
CHIP = (
    "inline-flex min-h-11 cursor-pointer items-center gap-1.5 rounded-pill border border-line bg-surface px-3.5 "
    "text-sm "
    "font-medium text-ink transition-colors select-none lg:min-h-8 lg:px-3 hover:border-control "
    "has-checked:border-brand has-checked:bg-brand-soft has-checked:text-brand-ink "
    "has-disabled:cursor-not-allowed has-disabled:opacity-45 "
    "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
)
SEGMENT = (
    "flex flex-1 cursor-pointer items-center justify-center gap-1.5 whitespace-nowrap rounded-[0.375rem] px-3 text-sm "
    "font-medium text-muted transition-colors hover:text-ink has-checked:bg-surface has-checked:text-ink "
    "has-checked:shadow-control has-focus-visible:outline-2 has-focus-visible:outline-ring"
)
HIDDEN = "sr-only"


def checkbox(name: str, label: Any, *, checked: Any = False, hint: Text = "", **props: Any) -> rx.Component:
    """A box to tick. on_change(ticked)."""
    return rx.el.label(
        rx.el.span(
            modules.FollowedTick.create(**named(name, props), type="checkbox", value=checked, class_name=BOX, **props),
            icon("check", 14, TICK),
            class_name="relative mt-0.5 flex shrink-0",
        ),
        worded_choice(label, hint),
        class_name=ROW,
    )


def switch(name: str, label: Any, *, checked: Any = False, hint: Text = "", **props: Any) -> rx.Component:
    """On or off, at once. on_change(on)."""
    return rx.el.label(
        worded_choice(label, hint),
        modules.FollowedTick.create(
            **named(name, props), type="checkbox", role="switch", value=checked, class_name=f"peer {HIDDEN}", **props
        ),
        rx.el.span(class_name=TRACK, aria_hidden="true"),
        class_name=f"{ROW} relative items-center justify-between",
    )


def radio_cards(
    name: str, *options: "rx.Component", columns: str = "grid gap-3 sm:grid-cols-2", **props: Any
) -> rx.Component:
    """One of a few, each worth a sentence. Options are `radio_card(...)`, or one `rx.foreach` of them."""
    return rx.el.div(*options, role="radiogroup", class_name=columns, **props)


def radio_card(
    name: str, value: Any, title: Text, text: Text = "", *, chosen: Any = None, before: str = "", **props: Any
) -> rx.Component:
    """One option of `radio_cards`; `chosen` is the group's value. on_change(value)."""
    return rx.el.label(
        *([rx.el.span(icon(before, 20), class_name="mt-0.5 text-brand-ink")] if before else []),
        worded_choice(title, text, strong=True),
        modules.FollowedRadio.create(name=name, value=value, chosen=chosen, class_name=DOT, **props),
        class_name=CARD,
    )


def chips(
    name: str,
    options: Sequence[dict[str, Any]] | rx.Var,
    *,
    chosen: rx.Var | Sequence[str] = (),
    on_toggle: Any = None,
    most: Any = 0,
) -> rx.Component:
    """Several of many. `options`: [{value, label}]; `on_toggle(value, ticked)`; no more than `most` when given."""
    picked = rx.Var.create(list(chosen) if not isinstance(chosen, rx.Var) else chosen).to(list[str])
    is_counted = isinstance(most, rx.Var) or most > 0
    full = picked.length() >= most if is_counted else rx.Var.create(False)

    def chip(one: rx.Var) -> rx.Component:
        return option_chip(name, one, picked, full, on_toggle)

    listed = rx.Var.create(options if isinstance(options, rx.Var) else list(options)).to(list[dict[str, Any]])
    count = plural(picked.length(), one="{n} of {most} chosen", other="{n} of {most} chosen", most=most)
    return rx.el.div(
        rx.el.div(rx.foreach(listed, chip), class_name="flex flex-wrap gap-2"),
        *([rx.el.p(count, class_name="mt-2 text-xs text-muted", aria_live="polite")] if is_counted else []),
    )


def option_chip(name: str, one: rx.Var, picked: rx.Var, full: rx.Var, on_toggle: Any) -> rx.Component:
    """One chip: it takes no tick when the others have used up the limit."""
    ticked = picked.contains(one["value"].to(str))
    return rx.el.label(
        modules.FollowedTick.create(
            type="checkbox",
            name=name,
            value=ticked,
            disabled=full & ~ticked,
            class_name=f"peer {HIDDEN}",
            **({} if on_toggle is None else {"on_change": lambda on: on_toggle(one["value"].to(str), on)}),
        ),
        icon("check", 14, "hidden peer-checked:block"),
        one["label"].to(str),
        class_name=f"relative {CHIP}",
        key=one["value"].to(str),
    )


def segmented(
    name: str,
    options: Sequence[tuple[Any, Text | rx.Component]],
    *,
    value: Any,
    on_change: Any = None,
    label: Text = "",
) -> rx.Component:
    """One of two to five, side by side. `options`: (value, label)."""
    given = {} if on_change is None else {"on_change": on_change}
    return rx.el.div(
        *(
            rx.el.label(
                modules.FollowedRadio.create(name=name, value=one, chosen=value, class_name=HIDDEN, **given),
                words,
                class_name=f"relative {SEGMENT}",
            )
            for one, words in options
        ),
        role="radiogroup",
        aria_label=label,
        class_name=(
            "inline-flex h-control max-w-full self-start items-stretch gap-1 overflow-x-auto rounded-control "
            "bg-sunken p-1"
        ),
    )


def combobox(
    name: str,
    *,
    options: Sequence[dict[str, Any]] | rx.Var,
    value: Any = None,
    free: dict[str, Any] | None = None,
    placeholder: Text | None = None,
    clearable: bool = True,
    **props: Any,
) -> rx.Component:
    """A long list to search: [{value, label, hint?, search?}]. `free` is always offered last. on_change(value)."""
    return modules.Combobox.create(
        **named(name, props),
        options=options if isinstance(options, rx.Var) else list(options),
        value=value,
        placeholder=placeholder if placeholder is not None else t("Search or choose"),
        nothing=t("Nothing found"),
        more=t("{n} more: keep typing"),
        wrap_class="relative block",
        class_name=f"{LINE} pe-16",
        **({"clear": t("Clear")} if clearable else {}),
        **({"free": free} if free else {}),
        **props,
    )


def worded_choice(label: Any, hint: Text = "", strong: bool = False) -> rx.Component:
    """A choice's label and what it means."""
    weight = "font-medium" if strong else ""
    return rx.el.span(
        rx.el.span(label, class_name=f"block text-sm text-ink {weight}"),
        *(
            [rx.el.span(hint, class_name="mt-0.5 block text-xs text-muted")]
            if not (isinstance(hint, str) and not hint)
            else []
        ),
        class_name="min-w-0 flex-1",
    )
