"""How hours are shown: durations, stays, what rules found, corrections."""

from typing import Any

import reflex as rx

from talento.components.badges import badge
from talento.components.icons import icon
from talento.components.text import Text, t, time
from talento.services.presence.corrections import Correction
from talento.services.presence.hours import StayHours
from talento.services.presence.rules import Applied, Rule
from talento.vocabulary.presence import RuleKind


def duration(minutes: Any) -> rx.Var[str]:
    """Minutes as hours and minutes: 7 h 05."""
    whole = rx.Var.create(minutes).to(int)
    rest = whole % 60
    return ((whole // 60).to(str) + "\u00a0h\u00a0" + rx.cond(rest < 10, "0", "").to(str) + rest.to(str)).to(str)


def two_digits(hour: Any) -> rx.Var[str]:
    """An hour of the clock: 05:00."""
    whole = rx.Var.create(hour).to(int)
    return (rx.cond(whole < 10, "0", "").to(str) + whole.to(str) + ":00").to(str)


def rule_words(rule: rx.Var[Rule] | rx.Var[Applied]) -> rx.Var[str]:
    """What a rule is about."""
    extra = rx.cond(rule.percent > 0, " (+" + rule.percent.to(str) + " %)", "").to(str)
    overtime = t("Overtime beyond {duration}", duration=duration(rule.after_minutes)) + extra
    night = t("Night, {start} to {end}", start=two_digits(rule.from_hour), end=two_digits(rule.to_hour)) + extra
    late = t("Late by more than {n} min", n=rule.after_minutes)
    return rx.match(rule.kind, (RuleKind.OVERTIME.value, overtime), (RuleKind.NIGHT.value, night), late).to(str)


def rules_found(found: rx.Var) -> rx.Component:
    """What the rules found, a badge each."""

    def one(rule: rx.Var[Applied]) -> rx.Component:
        tone = rx.match(rule.kind, (RuleKind.OVERTIME.value, "info"), (RuleKind.NIGHT.value, "brand"), "warning")
        words = rule_words(rule) + ": " + duration(rule.minutes)
        return rx.el.li(badge(words, tone=tone.to(str)), key=words)

    return rx.el.ul(rx.foreach(found.to(list[Applied]), one), class_name="flex flex-wrap gap-1.5")


def stay_line(stay: rx.Var[StayHours], zone: Any) -> rx.Component:
    """From when to when somebody was there, who noted it, and what was corrected."""
    return rx.el.li(
        rx.el.p(
            rx.el.span(
                time(stay.arrived_at, zone), " – ", _end(stay, zone), class_name="whitespace-nowrap tabular-nums"
            ),
            rx.cond(stay.recorded_by, rx.el.span(stay.recorded_by, class_name="text-xs text-muted")),
            class_name="flex flex-wrap items-baseline gap-x-3 text-sm text-ink",
        ),
        rx.foreach(stay.corrections, lambda one: correction(one, zone)),
        key=stay.arrived_at.to(str),
    )


def correction(one: rx.Var[Correction], zone: Any) -> rx.Component:
    """What was, what is, why, and by whom."""
    return rx.el.p(
        icon("pencil-line", 14, "mt-0.5 shrink-0 text-faint"),
        rx.el.span(
            rx.cond(one.was, rx.el.s(time(one.was, zone), class_name="me-1.5 tabular-nums"), rx.fragment()),
            rx.cond(one.now, rx.el.span(time(one.now, zone), class_name="tabular-nums"), t("Taken back")),
            " · ",
            one.reason,
            rx.cond(one.by, " · " + one.by, ""),
            class_name="min-w-0 break-words",
        ),
        key=one.made_at.to(str),
        class_name="mt-0.5 flex max-w-sm gap-1.5 text-xs text-muted",
    )


def _end(stay: rx.Var[StayHours], zone: Any) -> rx.Component:
    forgotten: Text = t("Departure forgotten?")
    return rx.cond(
        stay.left_at,
        rx.el.span(time(stay.left_at, zone)),
        rx.cond(stay.is_overdue, badge(forgotten, tone="warning"), badge(t("Here"), tone="success", dot=True)),
    )
