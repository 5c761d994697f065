"""One setting on the page: what it is called, its control, what became of it, and the way back."""

from typing import Any

import reflex as rx

from talento.components import modules
from talento.components.actions import button
from talento.components.badges import badge
from talento.components.choices import HIDDEN, TRACK, combobox
from talento.components.feedback import alert
from talento.components.fields import AREA, LINE, described, field_error, option, password_input, select
from talento.components.files import logo_drop
from talento.components.icons import icon
from talento.components.overlays import confirm
from talento.components.surfaces import row
from talento.components.text import ago, label, t, worded
from talento.services.preferences.registry import Preference
from talento.services.preferences.trials import TRIALS
from talento.state.settings import Field, SettingsState
from talento.vocabulary.zones import zones

AREAS = {"text": 3, "list": 5, "markdown": 6}
"""Kinds of several lines, and how many are shown at least."""

TYPES = {"email": "email", "url": "url", "phone": "tel", "number": "number", "hour": "time", "moment": "datetime-local"}
"""The browser's own controls of one line; text for others."""

BESIDE = "lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"

QUIET = (
    "inline-flex min-h-11 items-center gap-1.5 rounded-control px-1.5 text-xs font-medium text-muted lg:min-h-7 "
    "hover:bg-sunken hover:text-ink"
)


def setting(one: Preference[Any]) -> rx.Component:
    """A setting, from its name to its way back."""
    now = SettingsState.fields[one.key].to(Field)
    control = _secret(one, now) if one.is_secret else CONTROLS.get(one.kind.name, _line)(one, now)
    name = described(control, now.problem)
    words = rx.el.label if not one.is_secret else rx.el.div
    return rx.el.div(
        rx.el.div(
            words(
                t(one.label),
                class_name="text-sm font-medium text-ink",
                **({} if one.is_secret else {"html_for": name}),
            ),
            *([rx.el.p(t(one.text), id=f"{name}-hint", class_name="mt-1 text-sm text-muted")] if one.text else []),
            class_name="min-w-0",
        ),
        rx.el.div(
            control,
            rx.el.div(field_error(now.problem, name), class_name="mt-1.5 empty:hidden"),
            rx.cond(now.is_stale, _conflict(one, now)),
            _state(one, now),
            class_name="min-w-0",
        ),
        id=f"setting-{one.key}",
        class_name=f"grid gap-x-8 gap-y-3 px-5 py-5 sm:px-6 {'' if one.kind.name == 'markdown' else BESIDE}",
    )


# Controls


def _typing(one: Preference[Any], now: Any, **props: Any) -> rx.Component:
    return modules.SettingInput.create(
        id=rx.Var.create(one.key),
        name=one.key,
        value=now.typed,
        revision=now.revision,
        turn=now.turn,
        on_save=lambda text, revision: SettingsState.keep(one.key, text, revision),
        auto_complete="off",
        **props,
    )


def _line(one: Preference[Any], now: Any) -> rx.Component:
    kind: Any = one.kind
    longest = {"max_length": kind.longest} if hasattr(kind, "longest") else {}
    is_code = one.kind.name in ("email", "url", "phone")
    own = {"spell_check": False, "auto_capitalize": "none", "dir": "ltr"} if is_code else {}
    return _typing(one, now, type=TYPES.get(one.kind.name, "text"), class_name=LINE, **longest, **own)


def _area(one: Preference[Any], now: Any) -> rx.Component:
    look = f"{AREA} font-mono lg:text-[0.8125rem]" if one.kind.name == "markdown" else AREA
    return _typing(one, now, lines=AREAS[one.kind.name], class_name=f"{look} block max-h-[32rem] overflow-y-auto")


def _number(one: Preference[Any], now: Any) -> rx.Component:
    kind: Any = one.kind
    unit = [rx.el.span(t(kind.unit), class_name="text-sm text-muted", aria_hidden="true")] if kind.unit else []
    bounds = t("{low} to {high}", low=kind.low, high=kind.high)
    typing = _typing(one, now, type="number", min=str(kind.low), max=str(kind.high), class_name=LINE)
    return row(
        rx.el.span(typing, class_name="block w-28"),
        *unit,
        rx.el.span(bounds, class_name="text-xs tabular-nums text-faint"),
    )


def _switch(one: Preference[Any], now: Any) -> rx.Component:
    tick = modules.FollowedTick.create(
        id=rx.Var.create(one.key),
        name=one.key,
        type="checkbox",
        role="switch",
        value=now.typed == "true",
        on_change=lambda on: SettingsState.turn(one.key, on),
        class_name=f"peer {HIDDEN}",
        key=f"{one.key}-{now.turn}-{now.is_stale}",
    )
    return rx.el.label(
        tick,
        rx.el.span(class_name=TRACK, aria_hidden="true"),
        rx.el.span(rx.cond(now.typed == "true", t("On"), t("Off")), class_name="text-sm text-ink", aria_hidden="true"),
        class_name="relative inline-flex min-h-11 cursor-pointer items-center gap-3 lg:min-h-9",
    )


def _choice(one: Preference[Any], now: Any) -> rx.Component:
    kind: Any = one.kind
    options = [option(choice.value, label(choice)) for choice in kind.choices]
    return select(
        one.key, *options, value=now.typed, on_change=lambda value: SettingsState.choose(one.key, value),
        class_name="max-w-xs",
    )  # fmt: skip


def _zone(one: Preference[Any], now: Any) -> rx.Component:
    options = [{"value": zone, "label": zone.replace("_", " ")} for zone in zones()]
    return combobox(
        one.key, options=options, value=now.typed, clearable=False,
        on_change=lambda value: SettingsState.choose(one.key, value),
    )  # fmt: skip


def _color(one: Preference[Any], now: Any) -> rx.Component:
    swatch = _typing(
        one, now, type="color", aria_label=t("Choose a color"),
        class_name="h-control w-12 shrink-0 cursor-pointer rounded-control border border-control bg-surface p-1",
    )  # fmt: skip
    swatch.id = rx.Var.create(f"{one.key}-swatch")
    sample = rx.el.span(
        t("A button"), style={"backgroundColor": now.typed}, aria_hidden="true",
        class_name="inline-flex h-control items-center rounded-control px-4 text-sm font-medium text-white",
    )  # fmt: skip
    typing = _typing(one, now, type="text", spell_check=False, dir="ltr", class_name=f"{LINE} font-mono")
    return row(rx.el.span(typing, class_name="block w-32"), swatch, sample)


def _picture(one: Preference[Any], now: Any) -> rx.Component:
    """Shown on light and on dark ground, as the pages show it."""
    sample = "flex h-14 min-w-0 flex-1 items-center justify-center rounded-control border border-line px-3"
    picture = rx.el.img(src=f"/site/logo/{now.typed}", alt="", class_name="h-7 max-w-full object-contain")
    return rx.el.div(
        logo_drop(
            name=one.key,
            url=rx.cond(now.typed, f"/site/logo/{now.typed}", ""),
            on_done=lambda file_id, name, url: SettingsState.choose(one.key, file_id),
            on_remove=SettingsState.choose(one.key, ""),
            key=now.typed,
        ),
        rx.cond(
            now.typed,
            rx.el.div(
                rx.el.span(picture, class_name=f"{sample} bg-white"),
                rx.el.span(picture, class_name=f"{sample} bg-black"),
                aria_hidden="true",
                class_name="mt-3 flex gap-3",
            ),
        ),
    )


CONTROLS = {
    "picture": _picture,
    "text": _area,
    "list": _area,
    "markdown": _area,
    "number": _number,
    "switch": _switch,
    "choice": _choice,
    "zone": _zone,
    "color": _color,
}
"""What draws a kind; one line of text for others."""


# Secrets


def _secret(one: Preference[Any], now: Any) -> rx.Component:
    """Set, replaced, tried, removed; never shown."""
    is_there = now.source != "default"
    tries = button(
        t("Try it"), tone="secondary", size="sm", before="plug-zap", loading=SettingsState.trying == one.key,
        on_click=SettingsState.try_out(one.key),
    )  # fmt: skip
    return rx.el.div(
        row(
            rx.match(
                now.source,
                ("chosen", badge(t("Set"), tone="success", dot=True)),
                ("environment", badge(t("From the environment"), tone="info", dot=True)),
                badge(t("Not set"), tone="neutral", dot=True),
            ),
            rx.el.span(class_name="flex-1"),
            rx.cond(is_there, tries) if one.key in TRIALS else rx.fragment(),
            rx.cond(now.source == "chosen", _removal(one)),
            class_name="min-h-control",
        ),
        rx.cond(
            SettingsState.outcome.contains(one.key),
            rx.el.div(_outcome(one), class_name="mt-3"),
        ),
        rx.el.form(
            rx.el.div(
                password_input(
                    "secret",
                    new=True,
                    id=one.key,
                    aria_label=t(one.label),
                    max_length=2000,
                    disabled=SettingsState.trying == one.key,
                ),  # fmt: skip
                class_name="min-w-0 flex-1",
            ),
            rx.el.input(type="hidden", name="key", value=one.key, read_only=True),
            button(rx.cond(is_there, t("Replace"), t("Save")), type="submit", tone="secondary"),
            on_submit=SettingsState.replace,
            no_validate=True,
            class_name="mt-3 flex gap-2",
            key=now.revision.to(str),
        ),
        rx.el.p(t("Stored encrypted; nobody sees it again."), class_name="mt-1.5 text-xs text-muted"),
    )


def _removal(one: Preference[Any]) -> rx.Component:
    return confirm(
        t("Remove “{name}”?", name=t(one.label)),
        t("It can't be brought back: type it anew if you need it again."),
        trigger=button(t("Remove"), tone="ghost", size="sm"),
        yes=button(t("Remove"), tone="danger", on_click=SettingsState.let_go(one.key)),
    )


def _outcome(one: Preference[Any]) -> rx.Component:
    words = SettingsState.outcome[one.key].to(str)
    return rx.cond(SettingsState.works[one.key], alert(words, tone="success"), alert(words, tone="warning"))


# What became of it


def _conflict(one: Preference[Any], now: Any) -> rx.Component:
    """Somebody saved another value meanwhile: both are shown."""
    return alert(
        rx.el.dl(
            _version(t("Yours"), now.mine),
            _version(t("Theirs"), now.typed),
            class_name="mt-2 grid gap-2 sm:grid-cols-2",
        ),
        row(
            button(t("Save mine"), tone="secondary", size="sm", on_click=SettingsState.keep_mine(one.key)),
            button(t("Keep theirs"), tone="ghost", size="sm", on_click=SettingsState.take_theirs(one.key)),
            gap="gap-2",
            class_name="mt-3",
        ),
        title=t("{name} changed this meanwhile.", name=now.by),
        tone="warning",
    )


def _version(whose: Any, text: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(whose, class_name="text-xs font-medium"),
        rx.el.dd(
            rx.cond(text, text, "–"),
            class_name="mt-0.5 max-h-40 overflow-y-auto rounded-control bg-surface px-2.5 py-1.5 text-sm break-words "
            "whitespace-pre-wrap text-ink",
        ),
    )


def _state(one: Preference[Any], now: Any) -> rx.Component:
    """Saved, by whom and when; undo, what was there before, back to the default."""
    done = rx.match(
        now.note,
        ("saved", _done(t("Saved"))),
        ("undone", _done(t("Former value is back"))),
        ("reset", _done(t("Removed") if one.is_secret else t("Back to the default"))),
        rx.fragment(),
    )
    default = rx.el.span(t("Default"), class_name="text-faint")
    untouched = rx.fragment() if one.is_secret else rx.cond(now.source == "default", default)
    who = rx.cond(
        now.by & now.at,
        rx.el.span(t("Changed by {name}, {ago}", name=now.by, ago=ago(now.at)), class_name="break-words"),
        untouched,
    )
    given = rx.cond(now.source == "environment", badge(t("From the environment"), tone="info"))
    back = [] if one.is_secret else [rx.cond(now.can_undo, _ways_back(one, now))]
    return rx.el.div(
        done,
        who,
        *([] if one.is_secret else [given]),
        *back,
        class_name="mt-2 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted",
    )


def _ways_back(one: Preference[Any], now: Any) -> rx.Component:
    name = worded(one.label)
    return rx.el.span(
        _quiet("undo-2", t("Undo"), t("Undo the last change of {name}", name=name), SettingsState.undo(one.key)),
        _quiet("history", t("History"), t("Earlier values of {name}", name=name), SettingsState.look_back(one.key)),
        rx.cond(
            now.source == "chosen",
            _quiet(
                "rotate-ccw", t("Default"), t("{name}: back to the default", name=name), SettingsState.let_go(one.key)
            ),
        ),
        class_name="-mx-1.5 ms-auto flex flex-wrap items-center max-sm:ms-[-0.375rem]",
    )


def _quiet(sign: str, text: Any, says: Any, on_click: Any) -> rx.Component:
    return rx.el.button(
        icon(sign, 14), text, type="button", aria_label=says, title=says, on_click=on_click, class_name=QUIET
    )


def _done(words: Any) -> rx.Component:
    return rx.el.span(
        icon("check", 14), words, class_name="inline-flex items-center gap-1.5 font-medium text-success-ink"
    )
