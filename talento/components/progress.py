"""How far along."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import reflex as rx

from talento.components.icons import icon
from talento.components.text import Text, t

SHINE = "skeleton rounded-control"


class Step(NamedTuple):
    """One step of a wizard."""

    key: str
    title: Text


def progress_bar(percent: Any, label: Text, *, tone: str = "bg-brand") -> rx.Component:
    """A part of a whole, in percent."""
    value = rx.Var.create(percent)
    return rx.el.div(
        rx.el.div(
            class_name=f"h-full rounded-pill transition-[width] duration-300 {tone}", style={"width": f"{value}%"}
        ),
        role="progressbar",
        aria_label=label,
        aria_valuenow=value,
        aria_valuemin=0,
        aria_valuemax=100,
        class_name="h-2 w-full overflow-hidden rounded-pill bg-sunken",
    )


def score_ring(percent: Any, label: Text, size: int = 56) -> rx.Component:
    """A score out of 100, as an arc and a figure."""
    value = rx.Var.create(percent).to(int)
    arc = {"cx": "24", "cy": "24", "r": "20", "fill": "none", "stroke_width": "4.5", "path_length": 100}
    tone = rx.cond(value >= 75, "text-success", rx.cond(value >= 45, "text-brand", "text-warning"))
    return rx.el.div(
        rx.el.svg(
            rx.el.svg.circle(**arc, class_name="stroke-sunken"),
            rx.el.svg.circle(
                **arc,
                stroke="currentColor",
                stroke_linecap="round",
                stroke_dasharray=f"{value} 100",
                class_name="transition-all duration-500",
            ),
            view_box="0 0 48 48",
            class_name="absolute inset-0 size-full -rotate-90",
            aria_hidden="true",
        ),
        rx.el.span(value, class_name="text-sm font-semibold tabular-nums text-ink", aria_hidden="true"),
        role="img",
        aria_label=rx.Var.create(label).to(str) + " " + value.to_string() + " / 100",
        class_name=["relative grid shrink-0 place-items-center", tone],
        style={"width": f"{size}px", "height": f"{size}px"},
    )


def stepper(
    steps: Sequence[Step], *, current: Any, done: Any = (), errors: Any = (), on_select: Any = None
) -> rx.Component:
    """Where one is in a wizard: a list at the side of a wide screen, a bar and "Step 3 of 10" on a phone.

    `current` is a step's key, `done` and `errors` lists of keys; `on_select(key)`.
    """
    now, passed, wrong = rx.Var.create(current), listed(done), listed(errors)
    return rx.el.nav(
        compact(steps, now, passed),
        rx.el.ol(
            *(step_line(index, step, now, passed, wrong, on_select) for index, step in enumerate(steps, 1)),
            class_name="hidden flex-col gap-0.5 lg:flex",
        ),
        aria_label=t("Steps"),
    )


def compact(steps: Sequence[Step], now: rx.Var, passed: rx.Var) -> rx.Component:
    """The phone's stepper."""
    position = rx.match(now, *((step.key, index) for index, step in enumerate(steps, 1)), 1)
    title = rx.match(now, *((step.key, rx.Var.create(step.title).to(str)) for step in steps), "")
    return rx.el.div(
        rx.el.div(
            rx.el.span(title, class_name="truncate font-semibold text-ink"),
            rx.el.span(
                t("Step {n} of {total}", n=position, total=len(steps)), class_name="shrink-0 text-sm text-muted"
            ),
            class_name="mb-2 flex items-baseline justify-between gap-3",
        ),
        rx.el.div(*(dash(step, now, passed) for step in steps), class_name="flex gap-1", aria_hidden="true"),
        class_name="lg:hidden",
    )


def dash(step: Step, now: rx.Var, passed: rx.Var) -> rx.Component:
    tone = rx.cond(now == step.key, "bg-brand", rx.cond(passed.contains(step.key), "bg-brand/45", "bg-line"))
    return rx.el.span(class_name=["h-1.5 flex-1 rounded-pill transition-colors", tone])


def step_line(index: int, step: Step, now: rx.Var, passed: rx.Var, wrong: rx.Var, on_select: Any) -> rx.Component:
    """One step: its number, a tick once done, an alert when something is missing."""
    is_now = now == step.key
    sign = rx.cond(
        wrong.contains(step.key),
        rx.el.span(icon("circle-alert", 14), rx.el.span(t("needs attention"), class_name="sr-only")),
        rx.cond(
            passed.contains(step.key),
            rx.el.span(icon("check", 14), rx.el.span(t("done"), class_name="sr-only")),
            rx.el.span(str(index)),
        ),
    )
    return rx.el.li(
        rx.el.button(
            rx.el.span(sign, class_name=[DISC, disc_tone(step.key, is_now, passed, wrong)]),
            rx.el.span(step.title, class_name="truncate"),
            type="button",
            aria_current=rx.cond(is_now, "step", "false"),
            class_name=[STEP, rx.cond(is_now, "bg-brand-soft font-semibold text-brand-ink", "text-muted")],
            **({} if on_select is None else {"on_click": on_select(step.key)}),
        )
    )


STEP = "flex h-11 w-full items-center gap-3 rounded-control px-2.5 text-start text-sm transition-colors hover:text-ink"
DISC = "grid size-6 shrink-0 place-items-center rounded-pill text-xs font-semibold tabular-nums"


def disc_tone(key: str, is_now: rx.Var, passed: rx.Var, wrong: rx.Var) -> rx.Var[str]:
    """The colours of a step's disc."""
    plain = rx.cond(passed.contains(key), "bg-brand-soft text-brand-ink", "border border-line bg-surface text-muted")
    return rx.cond(
        wrong.contains(key), "bg-danger-soft text-danger-ink", rx.cond(is_now, "bg-brand text-on-brand", plain)
    )


def skeleton(class_name: str = "h-4 w-full") -> rx.Component:
    """A place that something will take."""
    return rx.el.div(class_name=f"{SHINE} {class_name}", aria_hidden="true")


def skeleton_rows(rows: int = 5) -> rx.Component:
    """A list that is on its way."""
    line = "h-3.5"
    return rx.el.div(
        *(
            rx.el.div(
                skeleton("size-10 rounded-pill"),
                rx.el.div(skeleton(f"{line} w-2/5"), skeleton(f"{line} mt-2 w-3/5"), class_name="flex-1"),
                class_name="flex items-center gap-4 py-3",
            )
            for _ in range(rows)
        ),
        rx.el.span(t("Loading…"), class_name="sr-only"),
        role="status",
    )


def listed(keys: Any) -> rx.Var:
    """A list of keys as a Var."""
    return keys.to(list[str]) if isinstance(keys, rx.Var) else rx.Var.create(list(keys)).to(list[str])
