"""The desk of a project, for a tablet at arm's length: scan, the counts, the sheet of the day."""

from typing import Any

import reflex as rx

from talento.components.actions import button, icon_button, link_button
from talento.components.badges import avatar
from talento.components.casting import worded_choice
from talento.components.choices import checkbox
from talento.components.desk import count_button, scanner, standing_badge, stay_times
from talento.components.feedback import alert, empty
from talento.components.fields import date_input, field, text_input
from talento.components.navigation import breadcrumbs
from talento.components.overlays import dialog, side_panel
from talento.components.progress import skeleton
from talento.components.surfaces import CARD, card, row, stack
from talento.components.text import date, moment, plural, t, time
from talento.pages.frame import inside, only
from talento.services.presence.closing import Overdue
from talento.services.presence.desk import Line, Person, StayView
from talento.services.presence.history import Entry
from talento.state.presence_desk import ADD, CANCEL, CLOSE, MOVE, DeskState
from talento.vocabulary.permissions import Permission
from talento.vocabulary.presence import Action, Source, Standing

TICKED = "mb-4 max-h-[40dvh] divide-y divide-line overflow-y-auto rounded-card border border-line px-4"
ORDER = (Standing.EXPECTED, Standing.HERE, Standing.LATE, Standing.LEFT, Standing.NO_SHOW)


def presence_desk() -> rx.Component:
    """The desk, or why there is none."""
    shown = rx.cond(DeskState.is_there, _desk(), card(_missing()))
    return inside(only(Permission.SEE_SHEET, rx.cond(DeskState.is_ready, shown, _loading())))


def _missing() -> rx.Component:
    return empty(
        t("There is no such desk, or it is not open to you."),
        t("The casting team of a project opens its desk to those who keep it."),
        before="scan-line",
    )


def _desk() -> rx.Component:
    is_today = DeskState.day == DeskState.today
    return rx.el.div(
        _head(),
        _counts(),
        rx.el.div(
            rx.cond(
                DeskState.may_record & is_today,
                rx.el.div(
                    scanner(
                        code=DeskState.code, zone=DeskState.zone, people=DeskState.people, is_open=DeskState.is_open
                    ),
                    class_name="min-w-0 lg:sticky lg:top-44 lg:w-[26rem] lg:shrink-0 xl:w-[32rem]",
                ),
            ),
            rx.el.div(_undo(), _overdue(), _tools(), _sheet(), class_name="flex min-w-0 flex-1 flex-col gap-4"),
            class_name="flex flex-col gap-5 lg:flex-row lg:items-start",
        ),
        _all(),
        _panel(),
        class_name="mx-auto w-full",
    )


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            breadcrumbs((t("Presence"), "/presence"), (DeskState.code, "")),
            rx.el.h1(
                DeskState.name,
                id="page-title",
                tab_index=-1,
                class_name="mt-1 text-xl font-semibold break-words text-ink sm:text-2xl",
            ),
            class_name="min-w-0 flex-1 basis-60",
        ),
        rx.el.div(
            date_input(
                "desk_day", value=DeskState.day, max=DeskState.today, aria_label=t("Day"), on_change=DeskState.turn_to
            ),
            rx.cond(
                DeskState.day != DeskState.today,
                button(t("Today"), tone="secondary", on_click=DeskState.turn_to("")),
            ),
            link_button(t("Hours"), href="/presence/" + DeskState.code + "/hours", before="clock"),
            class_name="flex items-center gap-2",
        ),
        class_name="mb-4 flex flex-wrap items-end gap-x-6 gap-y-3",
    )


def _counts() -> rx.Component:
    return rx.el.div(
        *(count_button(one, DeskState.counts, DeskState.standing, DeskState.stand) for one in ORDER),
        role="group",
        aria_label=t("Counts of the day"),
        class_name="sticky top-bar z-10 mb-3 grid grid-cols-5 gap-1.5 bg-canvas py-2 sm:gap-3",
    )


def _undo() -> rx.Component:
    n = DeskState.undoable.length()
    words = rx.cond(
        DeskState.undoable_way == "in",
        plural(n, one="{n} arrival was noted.", other="{n} arrivals were noted."),
        plural(n, one="{n} departure was noted.", other="{n} departures were noted."),
    )
    return rx.cond(
        n > 0,
        alert(
            words,
            tone="success",
            action=row(
                button(t("Undo"), tone="secondary", size="sm", before="undo-2", on_click=DeskState.undo),
                icon_button("x", t("Close"), size="sm", on_click=DeskState.keep),
                gap="gap-1",
            ),
        ),
    )


# Departures that were forgotten


def _overdue() -> rx.Component:
    return rx.cond(
        DeskState.overdue.length() > 0,
        rx.el.section(
            rx.el.h2(t("Departures that were forgotten"), class_name="text-base font-semibold text-warning-ink"),
            rx.el.ul(rx.foreach(DeskState.overdue, _late), class_name="mt-2 divide-y divide-warning/30"),
            class_name="rounded-card bg-warning-soft px-4 py-3",
        ),
    )


def _late(one: rx.Var[Overdue]) -> rx.Component:
    zone = DeskState.zone
    return rx.el.li(
        rx.el.div(
            rx.el.p(one.person.name, class_name="truncate text-sm font-semibold text-ink"),
            rx.el.p(t("Came {when}", when=moment(one.arrived_at, zone)), class_name="text-xs text-muted"),
            class_name="min-w-0 flex-1 basis-48",
        ),
        rx.cond(
            DeskState.may_record,
            rx.el.div(
                button(
                    t("Left at {time}", time=time(one.suggested_at, zone)),
                    tone="secondary",
                    size="sm",
                    on_click=DeskState.close_stay(one.arrival),
                ),
                button(
                    t("Another time"),
                    tone="ghost",
                    size="sm",
                    on_click=DeskState.look_at_late(one.person.assignment_id, one.day.to(str), one.arrival),
                ),
                class_name="flex flex-wrap gap-2",
            ),
        ),
        class_name="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5",
        key=one.arrival,
    )


# The sheet


def _tools() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            text_input(
                "sheet_text",
                value=DeskState.text,
                before="search",
                aria_label=t("Search the sheet"),
                placeholder=t("Search the sheet"),
                auto_complete="off",
                max_length=200,
                on_change=DeskState.search,
            ),
            class_name="min-w-0 flex-1 basis-52",
        ),
        rx.cond(
            DeskState.may_record & DeskState.is_open & (DeskState.day == DeskState.today),
            rx.el.div(
                button(t("All in"), tone="secondary", before="log-in", on_click=DeskState.ask("in")),
                button(t("All out"), tone="secondary", before="log-out", on_click=DeskState.ask("out")),
                class_name="flex gap-2",
            ),
        ),
        class_name="flex flex-wrap items-center gap-2",
    )


def _sheet() -> rx.Component:
    return rx.cond(
        DeskState.lines.length() > 0,
        rx.el.ul(
            rx.foreach(DeskState.lines, _line),
            aria_label=t("Sheet of the day"),
            class_name=f"{CARD} divide-y divide-line overflow-hidden",
        ),
        card(
            rx.cond(
                (DeskState.text != "") | (DeskState.standing != ""),
                empty(t("Nobody answers to this."), before="search-x"),
                empty(t("Nobody is assigned to this project yet."), before="users"),
            )
        ),
    )


def _line(one: rx.Var[Line]) -> rx.Component:
    person = one.person
    return rx.el.li(
        rx.el.button(
            avatar(person.name, _small(person), "lg"),
            rx.el.span(
                rx.el.span(person.name, class_name="block text-base font-semibold break-words text-ink"),
                rx.el.span(person.role, " · ", rx.el.bdi(person.code), class_name="block text-sm text-muted"),
                rx.el.span(
                    rx.cond(
                        one.call_at,
                        rx.el.span(t("Called {time}", time=time(one.call_at, DeskState.zone)), class_name="me-3"),
                    ),
                    rx.foreach(one.stays, lambda stay: rx.el.span(stay_times(stay, DeskState.zone), class_name="me-3")),
                    class_name="mt-0.5 block text-sm text-ink empty:hidden",
                ),
                class_name="min-w-0 flex-1",
            ),
            standing_badge(one.standing),
            type="button",
            on_click=DeskState.look_at(person.assignment_id),
            class_name="flex w-full items-center gap-3 px-4 py-3 text-start transition-colors hover:bg-sunken sm:px-5",
        ),
        key=person.assignment_id.to(str),
        custom_attrs={"data-standing": one.standing},
    )


def _small(person: Any) -> Any:
    return rx.cond(person.photo_url, f"{person.photo_url}?size=small", "")


# All in, all out


def _all() -> rx.Component:
    is_in = DeskState.asking == "in"
    n = DeskState.concerned.length()
    return dialog(
        rx.cond(is_in, t("Is everybody here?"), t("Did everybody leave?")),
        rx.cond(
            n > 0,
            rx.el.form(
                rx.el.p(
                    rx.cond(
                        is_in,
                        plural(n, one="{n} person is awaited.", other="{n} people are awaited."),
                        plural(n, one="{n} person is here.", other="{n} people are here."),
                    ),
                    " ",
                    t("Take the tick away from those whom it does not concern."),
                    class_name="mb-3 text-sm text-muted",
                ),
                rx.el.ul(
                    rx.foreach(DeskState.concerned, _ticked),
                    class_name=TICKED,
                ),
                field(
                    t("Reason"),
                    text_input("all_reason", max_length=300, placeholder=t("The bus arrived, wrap, …")),
                    error=DeskState.problem,
                    required=True,
                ),
                id="all_form",
                no_validate=True,
                on_submit=DeskState.record_all,
            ),
            rx.el.p(t("It concerns nobody now."), class_name="text-sm text-muted"),
        ),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=DeskState.leave),
            button(
                rx.cond(is_in, t("Note the arrivals"), t("Note the departures")),
                type="submit",
                form="all_form",
                disabled=n == 0,
            ),
        ),
        open=DeskState.asking != "",
        on_close=DeskState.leave,
    )


def _ticked(one: rx.Var[Person]) -> rx.Component:
    name = f"all_{one.assignment_id}"
    words = rx.el.span(one.name, rx.el.span(" · ", one.role, class_name="text-muted"))
    return rx.el.li(
        checkbox(name, words, checked=True), key=f"{DeskState.asking}{one.assignment_id}", class_name="py-1.5"
    )


# One person's day


def _panel() -> rx.Component:
    line = DeskState.shown
    return side_panel(
        rx.cond(line, line.person.name, ""),
        rx.cond(line, stack(_who(line), _stays(line), _editing(), _events(), gap="gap-6")),
        open=DeskState.is_panel_open,
        on_close=DeskState.close,
    )


def _who(line: Any) -> rx.Component:
    person = line.person
    return rx.el.div(
        avatar(person.name, person.photo_url, "xl"),
        rx.el.div(
            standing_badge(line.standing),
            rx.el.p(person.role, class_name="mt-2 text-base text-ink"),
            rx.el.p(rx.el.bdi(person.code), class_name="text-sm text-muted tabular-nums"),
            rx.el.p(date(DeskState.day), class_name="text-sm text-muted"),
            class_name="min-w-0 flex-1",
        ),
        class_name="flex items-center gap-4",
    )


def _heading(words: Any) -> rx.Component:
    return rx.el.h3(words, class_name="mb-2 text-xs font-semibold tracking-wide text-faint uppercase")


def _stays(line: Any) -> rx.Component:
    return rx.el.section(
        _heading(t("Stays")),
        rx.cond(
            line.stays.length() > 0,
            rx.el.ul(rx.foreach(line.stays.to(list[StayView]), _stay), class_name="flex flex-col gap-2"),
            rx.el.p(t("Not seen on this day."), class_name="text-sm text-muted"),
        ),
        rx.cond(
            DeskState.may_record,
            rx.el.div(
                button(t("Add a stay"), tone="secondary", size="sm", before="plus", on_click=DeskState.edit(ADD, "")),
                class_name="mt-3",
            ),
        ),
    )


def _stay(stay: rx.Var[StayView]) -> rx.Component:
    close = button(t("Say when they left"), tone="secondary", size="sm", on_click=DeskState.edit(CLOSE, stay.arrival))
    return rx.el.li(
        _mark(t("Arrival"), stay.arrived_at, stay.arrival),
        rx.cond(
            stay.left_at,
            _mark(t("Departure"), stay.left_at, stay.departure),
            rx.cond(DeskState.may_record, rx.el.div(close, class_name="py-1.5")),
        ),
        class_name="rounded-card border border-line px-4 py-2",
        key=stay.arrival,
    )


def _mark(words: Any, at: Any, key: Any) -> rx.Component:
    return rx.el.div(
        rx.el.span(words, class_name="w-24 text-sm text-muted"),
        rx.el.span(time(at, DeskState.zone), class_name="flex-1 text-lg font-semibold text-ink tabular-nums"),
        rx.cond(
            DeskState.may_record,
            rx.el.div(
                icon_button("pencil", t("Correct the time"), size="sm", on_click=DeskState.edit(MOVE, key)),
                icon_button("trash-2", t("Take the scan back"), size="sm", on_click=DeskState.edit(CANCEL, key)),
                class_name="flex",
            ),
        ),
        class_name="flex items-center gap-3",
    )


def _editing() -> rx.Component:
    what = DeskState.editing
    return rx.cond(
        what != "",
        rx.el.form(
            rx.el.h3(
                rx.match(
                    what,
                    (MOVE, t("Correct the time")),
                    (CANCEL, t("Take the scan back")),
                    (CLOSE, t("Say when they left")),
                    t("Add a stay"),
                ),
                class_name="text-base font-semibold text-ink",
            ),
            rx.cond(what != CANCEL, field(_asked_time(what), _minute("at", DeskState.edited_at), required=True)),
            rx.cond(what == ADD, field(t("Left"), _minute("until", ""), optional=True)),
            field(
                t("Reason"),
                text_input("why", max_length=300, key=f"{what}{DeskState.edited}why"),
                error=DeskState.problem,
                required=True,
            ),
            rx.el.div(
                button(t("Cancel"), tone="secondary", on_click=DeskState.leave),
                button(t("Save"), type="submit"),
                class_name="flex justify-end gap-2",
            ),
            no_validate=True,
            on_submit=DeskState.save,
            class_name="flex flex-col gap-4 rounded-card bg-sunken p-4",
        ),
    )


def _asked_time(what: Any) -> rx.Var[str]:
    return rx.match(what, (CLOSE, t("Left")), (ADD, t("Came")), t("Right time")).to(str)


def _minute(name: str, value: Any) -> rx.Component:
    return text_input(name, value=value, type="datetime-local", key=f"{DeskState.editing}{DeskState.edited}{name}")


def _events() -> rx.Component:
    return rx.el.section(
        _heading(t("What was written down")),
        rx.cond(
            DeskState.entries.length() > 0,
            rx.el.ol(rx.foreach(DeskState.entries, _entry), class_name="flex flex-col gap-3"),
            rx.el.p(t("Nothing yet."), class_name="text-sm text-muted"),
        ),
    )


def _entry(one: rx.Var[Entry]) -> rx.Component:
    zone = DeskState.zone
    words = worded_choice(Action, one.action)
    said = rx.match(
        one.action,
        (
            Action.MOVE.value,
            rx.fragment(words, " · ", rx.el.s(time(one.was, zone), class_name="text-muted"), " → ", time(one.at, zone)),
        ),
        (Action.CANCEL.value, rx.fragment(words, " · ", worded_choice(Action, one.of))),
        rx.fragment(words, " · ", time(one.at, zone), " · ", worded_choice(Source, one.source)),
    )
    return rx.el.li(
        rx.el.p(said, class_name=["text-sm text-ink", rx.cond(one.is_void, "line-through opacity-60", "")]),
        rx.cond(one.reason, rx.el.p("“", one.reason, "”", class_name="text-sm break-words text-muted")),
        rx.el.p(
            rx.cond(one.by, rx.fragment(one.by, " · ")), moment(one.made_at, zone), class_name="text-xs text-muted"
        ),
        class_name="border-s-2 border-line ps-3",
        key=one.client_id,
    )


def _loading() -> rx.Component:
    return rx.el.div(
        skeleton("h-8 w-56"),
        rx.el.div(
            skeleton("aspect-[4/3] w-full lg:w-[26rem] xl:w-[32rem]"),
            rx.el.div(skeleton("h-20 w-full"), skeleton("h-80 w-full"), class_name="flex flex-1 flex-col gap-4"),
            class_name="mt-5 flex flex-col gap-5 lg:flex-row",
        ),
        aria_busy="true",
    )
