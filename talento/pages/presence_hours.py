"""The office's view of a desk: hours of a period, call times, rules."""

from typing import Any

import reflex as rx

from talento.components.actions import button, button_class, icon_button, link_button
from talento.components.badges import avatar, badge
from talento.components.choices import checkbox, segmented, switch
from talento.components.factors import PROVED
from talento.components.feedback import alert, empty
from talento.components.fields import date_input, field, number_input, option, select, text_input
from talento.components.hours import correction, duration, rule_words, rules_found, stay_line
from talento.components.icons import icon
from talento.components.links import anchor
from talento.components.navigation import tab_panel, tabs
from talento.components.overlays import confirm, menu, menu_link
from talento.components.progress import skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import card, panel, row, stack, stat, stats
from talento.components.tables import Column, data_table
from talento.components.text import LANGUAGE, days_span, label, number, t, time, worded
from talento.pages.frame import inside, only
from talento.services.presence.calls import CallLine
from talento.services.presence.desk import Person
from talento.services.presence.exports import FORMATS
from talento.services.presence.hours import Day, Total
from talento.services.presence.rules import Rule
from talento.state.presence_hours import CUSTOM, HoursState
from talento.vocabulary.permissions import Permission
from talento.vocabulary.presence import RuleKind


def presence_hours() -> rx.Component:
    """The page; a plain word when there is no such desk, or when it is not theirs."""
    return inside(
        only(
            Permission.SEE_SHEET,
            rx.cond(
                HoursState.is_ready,
                rx.cond(HoursState.is_there, _office(), card(_nothing_here())),
                card(skeleton_rows(6)),
            ),
        )
    )


def _nothing_here() -> rx.Component:
    return empty(t("No such desk"), t("The project was deleted, or its desk is not open to you."), before="folder-x")


def _office() -> rx.Component:
    here = HoursState.tab
    entries = [("hours", t("Hours")), ("calls", t("Call times")), ("rules", t("Rules"))]
    return screen(
        HoursState.name,
        rx.cond(
            HoursState.may_plan,
            rx.fragment(
                tabs(t("Parts of the page"), entries, current=here, on_select=HoursState.turn_to),
                tab_panel("hours", here, _hours()),
                tab_panel("calls", here, _calls()),
                tab_panel("rules", here, _rules()),
            ),
            _hours(),
        ),
        text=rx.fragment(
            rx.el.span(HoursState.code, class_name="font-mono", dir="ltr"), " · ", t("Hours of the presence desk")
        ),
        actions=rx.fragment(
            link_button(t("Desk"), href="/presence/" + HoursState.code, before="scan-line"), _exports()
        ),
        width="full",
    )


def _exports() -> rx.Component:
    address = "/documents/presence/" + HoursState.code + "/hours."
    period = "?first=" + HoursState.first + "&last=" + HoursState.last + "&lang=" + LANGUAGE
    return menu(
        rx.el.span(icon("download", 16), t("Export"), icon("chevron-down", 14), class_name=button_class("secondary")),
        *(
            menu_link(
                worded(one.name),
                href=address + one.ending + period,
                before=one.icon,
                external=True,
                download=True,
                custom_attrs=PROVED,
            )
            for one in FORMATS.values()
        ),
        label=t("Export"),
    )


# Hours


def _hours() -> rx.Component:
    return stack(
        _period(),
        rx.cond(HoursState.problem, alert(HoursState.problem, tone="warning")),
        rx.cond(
            HoursState.totals.length() > 0,
            stack(
                stats(
                    stat(t("People"), number(HoursState.totals.length()), before="users"),
                    stat(t("Hours in all"), duration(HoursState.minutes), before="clock"),
                ),
                rx.cond(HoursState.is_one_day, _day(), _totals()),
            ),
            card(
                empty(
                    t("Nobody was here in this period"),
                    t("Hours appear as soon as somebody is scanned in."),
                    before="clock",
                )
            ),
        ),
    )


def _period() -> rx.Component:
    names = {"day": t("Day"), "week": t("Week"), "month": t("Month"), "all": t("All"), CUSTOM: t("From – to")}
    is_stepped = (HoursState.period != CUSTOM) & (HoursState.period != "all")
    return rx.el.div(
        segmented(
            "period",
            list(names.items()),
            value=HoursState.period,
            on_change=HoursState.choose_period,
            label=t("Period"),
        ),
        rx.cond(
            HoursState.period == CUSTOM,
            rx.el.div(
                date_input(
                    "first", value=HoursState.first, aria_label=t("First day"), on_change=HoursState.choose_first
                ),
                rx.el.span("–", class_name="text-muted", aria_hidden="true"),
                date_input("last", value=HoursState.last, aria_label=t("Last day"), on_change=HoursState.choose_last),
                class_name="flex items-center gap-2",
            ),
            rx.el.div(
                rx.cond(
                    is_stepped,
                    icon_button("chevron-left", t("Earlier"), tone="secondary", on_click=HoursState.step(-1)),
                ),
                rx.el.p(
                    days_span(HoursState.first, HoursState.last),
                    class_name="min-w-36 text-center text-sm font-medium text-ink tabular-nums",
                    aria_live="polite",
                ),
                rx.cond(
                    is_stepped,
                    icon_button("chevron-right", t("Later"), tone="secondary", on_click=HoursState.step(1)),
                ),
                rx.cond(is_stepped, button(t("Today"), tone="ghost", size="sm", on_click=HoursState.go_to_today)),
                class_name="flex flex-wrap items-center gap-1",
            ),
        ),
        class_name="flex flex-wrap items-center gap-x-5 gap-y-3",
    )


def _day() -> rx.Component:
    return data_table(
        [
            Column(t("Person"), lambda one: _person(one.person), is_title=True),
            Column(t("Call time"), _called),
            Column(t("Stays"), _stays),
            Column(t("Breaks"), lambda one: _minutes(one.break_minutes), is_end=True),
            Column(t("Total"), lambda one: rx.el.span(duration(one.minutes), class_name="font-medium"), is_end=True),
            Column(t("Rules"), lambda one: rules_found(one.rules)),
        ],
        HoursState.days,
        caption=t("Hours of the day"),
        key=lambda one: one.person.code,
    )


def _called(one: rx.Var[Day]) -> rx.Component:
    return rx.cond(
        one.call_at,
        rx.el.div(
            rx.el.p(time(one.call_at, HoursState.zone), class_name="tabular-nums"),
            rx.cond(
                one.late_minutes > 0,
                rx.el.p(
                    t("{n} min after", n=one.late_minutes), class_name="text-xs whitespace-nowrap text-warning-ink"
                ),
            ),
        ),
        rx.el.span("–", class_name="text-faint"),
    )


def _stays(one: rx.Var[Day]) -> rx.Component:
    return rx.fragment(
        rx.el.ul(rx.foreach(one.stays, lambda stay: stay_line(stay, HoursState.zone)), class_name="grid gap-1"),
        rx.foreach(one.loose, lambda found: correction(found, HoursState.zone)),
    )


def _minutes(minutes: Any) -> rx.Component:
    return rx.cond(minutes > 0, rx.el.span(duration(minutes)), rx.el.span("–", class_name="text-faint"))


def _totals() -> rx.Component:
    return data_table(
        [
            Column(t("Person"), lambda one: _person(one.person), is_title=True),
            Column(t("Days"), lambda one: rx.el.span(number(one.days)), is_end=True),
            Column(t("Total"), lambda one: rx.el.span(duration(one.minutes), class_name="font-medium"), is_end=True),
            Column(t("Rules"), lambda one: rules_found(one.rules)),
            Column(t("To look at"), _open),
        ],
        HoursState.totals,
        caption=t("Hours of the period"),
        key=lambda one: one.person.code,
    )


def _open(one: rx.Var[Total]) -> rx.Component:
    return rx.cond(
        one.open_stays > 0,
        badge(t("Without departure: {n}", n=one.open_stays), tone="warning"),
        rx.el.span("–", class_name="text-faint"),
    )


def _person(one: rx.Var[Person]) -> rx.Component:
    return rx.el.div(
        avatar(one.name, one.photo_url, "md"),
        rx.el.div(
            anchor(
                one.name,
                href="/presence/" + HoursState.code + "/hours/" + one.assignment_id.to(str),
                class_name="block truncate text-sm font-medium text-ink hover:underline",
            ),
            rx.el.p(
                rx.el.span(one.code, class_name="font-mono whitespace-nowrap", dir="ltr"),
                rx.el.span(one.role, class_name="truncate"),
                class_name="flex min-w-0 flex-wrap gap-x-2 text-xs text-muted",
            ),
            class_name="min-w-0",
        ),
        class_name="flex min-w-0 items-center gap-3",
    )


# Call times


def _calls() -> rx.Component:
    return rx.el.div(
        panel(
            t("Who is called"),
            rx.cond(
                HoursState.calls.length() > 0,
                rx.el.ul(rx.foreach(HoursState.calls, _call_line), class_name="divide-y divide-line"),
                empty(t("Nobody is assigned yet"), t("Assign people on the project's page first."), before="users"),
            ),
            text=t("{count} of {total} chosen", count=HoursState.chosen.length(), total=HoursState.calls.length()),
            actions=rx.fragment(_choosing(), button(t("Nobody"), tone="ghost", size="sm",
                                                    on_click=HoursState.choose_role("-"))),
            flush=True,
            class_name="min-w-0 flex-1",
        ),
        stack(_calling(), _mailing(), class_name="lg:w-96 lg:shrink-0"),
        class_name="flex flex-col gap-5 lg:flex-row lg:items-start",
    )  # fmt: skip


def _choosing() -> rx.Component:
    return rx.fragment(
        button(t("Everybody"), tone="secondary", size="sm", on_click=HoursState.choose_role("")),
        rx.el.div(
            select(
                "call_role",
                rx.foreach(HoursState.roles, lambda role: option(role, role)),
                value="",
                placeholder=t("Everybody of a part"),
                aria_label=t("Everybody of a part"),
                on_change=HoursState.choose_role,
            ),
            class_name="w-52",
        ),
    )


def _call_line(one: rx.Var[CallLine]) -> rx.Component:
    return rx.el.li(
        checkbox(
            "called",
            rx.el.span(one.name, class_name="sr-only"),
            checked=HoursState.chosen.contains(one.assignment_id),
            on_change=lambda on: HoursState.choose(one.assignment_id, on),
            id="called-" + one.assignment_id.to(str),
        ),
        rx.el.label(
            avatar(one.name, one.photo_url, "md"),
            rx.el.span(
                rx.el.span(one.name, class_name="block truncate text-sm font-medium text-ink"),
                rx.el.span(
                    rx.el.span(one.code, class_name="font-mono whitespace-nowrap", dir="ltr"),
                    rx.el.span(one.role, class_name="truncate"),
                    class_name="flex min-w-0 flex-wrap gap-x-2 text-xs text-muted",
                ),
                rx.cond(one.note, rx.el.span(one.note, class_name="mt-0.5 block text-xs break-words text-muted")),
                class_name="min-w-0 flex-1",
            ),
            html_for="called-" + one.assignment_id.to(str),
            class_name="flex min-w-0 flex-1 basis-48 cursor-pointer items-center gap-3",
        ),
        rx.el.span(
            rx.cond(one.is_to_guardian, badge(t("Guardian"), tone="info")),
            rx.cond(one.has_declined, badge(t("Declined"), tone="danger")),
            rx.cond(~one.is_booked, badge(t("Not booked that day"), tone="warning")),
            rx.cond(one.is_told, badge(t("Told"), tone="success", before="mail-check")),
            class_name="flex flex-wrap justify-end gap-1.5",
        ),
        rx.el.span(
            rx.cond(one.at, time(one.at, HoursState.zone), "–"),
            class_name="w-20 shrink-0 text-end text-base whitespace-nowrap font-semibold tabular-nums text-ink",
        ),
        key=one.code,
        class_name="flex flex-wrap items-center gap-x-3 gap-y-1 px-5 py-2.5 sm:px-6",
    )


def _calling() -> rx.Component:
    return panel(
        t("Call time"),
        rx.el.form(
            stack(
                field(
                    t("Shooting day"),
                    date_input("call_day", value=HoursState.call_day, on_change=HoursState.choose_call_day),
                ),
                field(
                    t("Call time"),
                    text_input("call_at", type="time", value=HoursState.call_at),
                    hint=t(
                        "By the clock of the place. Before {hour}:00 it is the night that this day ends with.",
                        hour=HoursState.day_break,
                    ),
                    error=HoursState.call_problem,
                ),
                field(
                    t("Note"),
                    text_input("call_note", value=HoursState.call_note, max_length=300),
                    hint=t("Where to go, what to bring."),
                    optional=True,
                ),
                row(
                    button(
                        t("Call the chosen"), type="submit", before="clock", disabled=HoursState.chosen.length() == 0
                    ),
                    confirm(
                        t("Take these call times back?"),
                        t("Nobody is told by mail."),
                        trigger=button(
                            t("Take back"), tone="secondary", disabled=HoursState.chosen.length() == 0, type="button"
                        ),
                        yes=button(t("Take back"), tone="danger", on_click=HoursState.uncall),
                    ),
                    gap="gap-2",
                ),
                gap="gap-4",
            ),
            no_validate=True,
            on_submit=HoursState.call,
        ),
    )


def _mailing() -> rx.Component:
    return panel(
        t("Tell them"),
        stack(
            switch(
                "call_again",
                t("Also those who were told this time before"),
                checked=HoursState.is_again,
                on_change=HoursState.repeat,
            ),
            button(
                t("Mail the call times"),
                tone="secondary",
                before="send",
                wide=True,
                on_click=HoursState.mail,
                disabled=HoursState.chosen.length() == 0,
            ),
            gap="gap-4",
        ),
        text=t("Once for each time that is set, in their language. Guardians get those of people under 18."),
    )


# Rules


def _rules() -> rx.Component:
    return rx.el.div(
        panel(
            t("Rules about hours"),
            rx.cond(
                HoursState.rules.length() > 0,
                rx.el.ul(rx.foreach(HoursState.rules, _rule), class_name="divide-y divide-line"),
                empty(
                    t("No rules yet"),
                    t("Hours are counted as they are. A rule marks overtime, night hours or late arrivals."),
                    before="scale",
                ),
            ),
            text=t("Each line of hours says which rule found how many minutes."),
            flush=True,
            class_name="min-w-0 flex-1",
        ),
        panel(t("Add a rule"), _rule_form(), class_name="lg:w-96 lg:shrink-0"),
        class_name="flex flex-col gap-5 lg:flex-row lg:items-start",
    )


def _rule(one: rx.Var[Rule]) -> rx.Component:
    return rx.el.li(
        rx.el.span(rule_words(one), class_name="min-w-0 flex-1 text-sm text-ink"),
        confirm(
            t("Remove this rule?"),
            t("Hours of past days follow at once."),
            trigger=icon_button("trash-2", t("Remove")),
            yes=button(t("Remove"), tone="danger", on_click=HoursState.remove_rule(one.id)),
        ),
        key=one.id.to(str),
        class_name="flex items-center gap-3 px-5 py-2.5 sm:px-6",
    )


def _rule_form() -> rx.Component:
    kind = HoursState.rule_kind
    return rx.el.form(
        stack(
            segmented(
                "rule_kind",
                [(one.value, label(one)) for one in RuleKind],
                value=kind,
                on_change=HoursState.choose_rule,
                label=t("Kind of rule"),
            ),
            rx.cond(
                kind == RuleKind.NIGHT.value,
                rx.el.div(
                    field(t("From"), number_input("from_hour", value="22", unit="h", min=0, max=23, step=1)),
                    field(t("To"), number_input("to_hour", value="5", unit="h", min=0, max=23, step=1)),
                    class_name="grid grid-cols-2 gap-4",
                ),
                field(
                    rx.cond(kind == RuleKind.LATE.value, t("After the call by more than"), t("A day longer than")),
                    number_input("after_minutes", unit="min", min=0, max=1440, step=1),
                    required=True,
                ),
            ),
            rx.cond(
                kind != RuleKind.LATE.value,
                field(
                    t("Added to the rate"),
                    number_input("percent", unit="%", min=0, max=400, step=1),
                    hint=t("Said beside the minutes; wages are reckoned elsewhere."),
                    optional=True,
                ),
            ),
            rx.cond(HoursState.rule_problem, alert(HoursState.rule_problem, tone="danger")),
            rx.el.div(button(t("Add the rule"), type="submit"), class_name="flex justify-end"),
            gap="gap-4",
        ),
        no_validate=True,
        on_submit=HoursState.add_rule,
    )
