"""The two logs, for admins: who did what, what concerns safety, and whether anybody tampered with either."""

from typing import Any

import reflex as rx

from talento.components.actions import button, icon_button, link_button
from talento.components.badges import badge
from talento.components.choices import segmented
from talento.components.factors import PROVED
from talento.components.feedback import alert, empty
from talento.components.fields import date_input, live_text_input, option, select, text_input
from talento.components.links import anchor
from talento.components.navigation import newer_older
from talento.components.overlays import side_panel
from talento.components.progress import skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import card, key_values
from talento.components.tables import Column, data_table
from talento.components.text import either, label, moment, number, plural, t
from talento.i18n import phrase
from talento.pages.frame import inside, only
from talento.services.chain import Verdict
from talento.services.logs import Entry
from talento.state.admin_logs import LogsState
from talento.vocabulary.logs import NAMES, Severity
from talento.vocabulary.permissions import Permission

TONES = {Severity.INFO: "neutral", Severity.WARNING: "warning", Severity.CRITICAL: "danger"}
FILTERS = "flex flex-wrap items-center gap-3"
DAYS = "flex gap-3 max-sm:w-full max-sm:flex-col"
CHOSEN = (
    "inline-flex h-control max-w-full items-center gap-1 rounded-control bg-brand-soft ps-3 text-sm font-medium "
    "text-brand-ink"
)
FAULTS = {
    "altered": phrase("Entry {seq} was altered."),
    "deleted": phrase("Entry {seq} was deleted."),
    "reordered": phrase("Entry {seq} is not in its place."),
    "added": phrase("An entry was added after entry {seq}, outside the chain."),
    "head": phrase("The record of where the log begins or ends was altered (entry {seq})."),
}


def admin_logs() -> rx.Component:
    """The list, its filters, the check, and the entry that is open."""
    return inside(
        screen(
            t("Logs"),
            only(
                Permission.ADMINISTER,
                rx.fragment(
                    _checking(),
                    _filters(),
                    rx.cond(LogsState.is_ready, _list(), card(skeleton_rows(8))),
                    _opened(),
                ),
            ),
            text=t("Who did what, and what concerns safety. Entries are linked, so that tampering shows."),
            actions=rx.fragment(
                button(
                    t("Check for tampering"),
                    tone="secondary",
                    before="shield-check",
                    loading=LogsState.is_checking,
                    on_click=LogsState.check,
                ),
                link_button(
                    t("Download (CSV)"),
                    href=LogsState.address,
                    external=True,
                    before="file-down",
                    download=LogsState.log + "-log.csv",
                    custom_attrs=PROVED,
                ),
            ),
        )
    )


# The check


def _checking() -> rx.Component:
    return rx.el.div(
        rx.cond(
            LogsState.is_checking,
            alert(
                plural(LogsState.checked, one="{n} entry checked so far…", other="{n} entries checked so far…"),
                action=button(t("Stop"), tone="secondary", size="sm", on_click=LogsState.stop),
            ),
        ),
        rx.foreach(LogsState.verdicts, _verdict),
        role="status",
        class_name="flex flex-col gap-3 not-empty:mb-5 empty:hidden",
    )


def _verdict(one: rx.Var[Verdict]) -> rx.Component:
    title = rx.cond(one.log == "security", t("Security log"), t("Activity log"))
    whole = plural(one.checked, one="{n} entry is whole.", other="{n} entries are whole.")
    older = rx.cond(
        one.older > 0,
        rx.el.p(
            plural(one.older, one="{n} entry is older than the chain.", other="{n} entries are older than the chain.")
        ),
        rx.fragment(),
    )
    wrong = rx.match(one.fault, *((name, t(text, seq=number(one.seq))) for name, text in FAULTS.items()), "")
    return rx.cond(
        one.fault == "",
        alert(rx.el.p(whole), older, title=title, tone="success"),
        alert(
            rx.el.p(wrong, rx.cond(one.at, rx.fragment(" (", moment(one.at), ")"), rx.fragment())),
            rx.el.p(plural(one.checked, one="{n} entry before it is whole.", other="{n} entries before it are whole.")),
            rx.el.p(t("Somebody changed the database directly. Keep a copy of it before anything else.")),
            title=title,
            tone="danger",
        ),
    )


# What to show


def _filters() -> rx.Component:
    first = [
        segmented(
            "logs_which",
            [("activity", t("Activity")), ("security", t("Security"))],
            value=LogsState.log,
            on_change=LogsState.turn_to,
            label=t("Logs"),
        ),
        rx.cond(LogsState.who_id > 0, _one_account(), _by_name()),
        rx.cond(LogsState.log == "security", _kinds("security"), _kinds("activity")),
        rx.cond(LogsState.log == "security", _severities()),
    ]
    second = [
        rx.el.div(_day("first", LogsState.first, t("From")), _day("last", LogsState.last, t("Until")), class_name=DAYS),
        rx.el.div(
            text_input(
                "logs_ip",
                value=LogsState.ip,
                placeholder=t("Network address"),
                aria_label=t("Network address"),
                max_length=45,
                on_blur=lambda value: LogsState.narrow("ip", value),
            ),
            class_name="sm:w-52 max-sm:w-full",
        ),
        rx.cond(LogsState.is_narrowed, button(t("Clear all"), tone="ghost", before="x", on_click=LogsState.clear)),
    ]
    return rx.el.div(
        rx.el.div(*first, class_name=FILTERS),
        rx.el.div(*second, class_name=FILTERS),
        class_name="mb-4 flex flex-col gap-3",
    )


def _by_name() -> rx.Component:
    return rx.el.div(
        live_text_input(
            "logs_who", t("Name, e-mail or code"), value=LogsState.who, on_change=LogsState.search, max_length=200
        ),
        class_name="min-w-0 flex-1 basis-56",
    )


def _one_account() -> rx.Component:
    name = rx.cond(LogsState.whose, LogsState.whose, t("Account {n}", n=LogsState.who_id))
    return rx.el.span(
        rx.el.span(name, class_name="min-w-0 truncate"),
        icon_button("x", t("Everybody"), size="sm", on_click=LogsState.search("")),
        class_name=CHOSEN,
    )


def _severities() -> rx.Component:
    return select(
        "logs_severity",
        *(option(one.value, label(one)) for one in Severity),
        value=LogsState.severity,
        placeholder=t("Every severity"),
        aria_label=t("Severity"),
        on_change=lambda value: LogsState.narrow("severity", value),
        class_name="sm:w-44",
    )


def _day(name: str, value: Any, words: Any) -> rx.Component:
    return rx.el.label(
        rx.el.span(words, class_name="shrink-0 text-sm text-muted"),
        date_input(f"logs_{name}", value=value, on_change=lambda day: LogsState.narrow(name, day)),
        class_name="flex min-w-0 flex-1 items-center gap-2 *:last:min-w-0",
    )


def _kinds(log: str) -> rx.Component:
    return select(
        f"logs_{log}",
        *(option(name, either(en, fr)) for name, (en, fr) in sorted(NAMES[log].items(), key=lambda pair: pair[1])),
        value=LogsState.name,
        placeholder=t("Every kind"),
        aria_label=t("Kind"),
        on_change=lambda value: LogsState.narrow("name", value),
        class_name="sm:w-56",
    )


# The entries


def _list() -> rx.Component:
    return rx.fragment(
        data_table(
            [
                Column(t("Entry"), _title, is_title=True, width="sm:max-w-96"),
                Column(t("Who"), _who),
                Column(t("From network"), _network),
                Column(t("When"), lambda one: moment(one.at), width="whitespace-nowrap"),
            ],
            LogsState.entries,
            caption=t("Logs"),
            key=lambda one: one.id.to(str),
            empty=card(_nothing()),
        ),
        _pages(),
    )


def _nothing() -> rx.Component:
    return rx.cond(
        LogsState.is_narrowed,
        empty(
            t("Nothing found"),
            t("No entry answers to these filters."),
            before="search-x",
            action=button(t("Clear all"), tone="secondary", on_click=LogsState.clear),
        ),
        empty(t("Nothing yet"), t("What people do is listed here."), before="scroll-text"),
    )


def _pages() -> rx.Component:
    return rx.cond(
        LogsState.has_newer | LogsState.has_older,
        newer_older(
            has_newer=LogsState.has_newer,
            has_older=LogsState.has_older,
            on_newer=LogsState.newer,
            on_older=LogsState.older,
        ),
    )


def _title(one: rx.Var[Entry]) -> rx.Component:
    return rx.el.button(
        rx.el.span(
            rx.cond(
                (one.severity == Severity.WARNING.value) | (one.severity == Severity.CRITICAL.value), _severity(one)
            ),
            rx.el.span(one.title, class_name="truncate text-sm font-medium text-ink"),
            class_name="flex min-w-0 items-center gap-2",
        ),
        rx.cond(
            one.summary,
            rx.el.span(one.summary, class_name="mt-0.5 block truncate text-xs text-muted"),
            rx.el.span(one.subject, class_name="mt-0.5 block truncate text-xs text-muted empty:hidden"),
        ),
        type="button",
        on_click=LogsState.look_at(one.id),
        class_name="-m-1 block w-full max-w-full rounded-control p-1 text-start hover:underline",
    )


def _severity(one: Any) -> rx.Component:
    return badge(
        rx.match(one.severity, *((each.value, label(each)) for each in Severity), ""),
        tone=rx.match(one.severity, *((each.value, tone) for each, tone in TONES.items()), "neutral").to(str),
        dot=True,
    )


def _who(one: Any) -> rx.Component:
    return rx.cond(
        one.who,
        rx.el.span(one.who, class_name="block max-w-52 truncate"),
        rx.cond(
            one.who_id > 0,
            rx.el.span(t("Account {n}", n=one.who_id), class_name="text-muted"),
            rx.el.span("Talento", class_name="text-faint"),
        ),
    )


def _network(one: Any) -> rx.Component:
    return rx.el.span(one.network, class_name="font-mono text-xs text-muted", dir="ltr")


# One entry


def _opened() -> rx.Component:
    one = LogsState.shown
    return side_panel(
        one.title,
        key_values(
            (t("When"), moment(one.at)),
            (t("Who"), _who_link(one)),
            (t("Number"), rx.cond(one.seq > 0, number(one.seq), "–")),
            (t("From network"), rx.cond(one.network, _network(one), "–")),
        ),
        rx.cond(one.severity, key_values((t("Severity"), _severity(one)))),
        rx.cond(one.subject, key_values((t("Subject"), _subject(one)))),
        rx.cond(one.agent, key_values((t("Browser"), rx.el.span(one.agent, class_name="break-words text-xs")))),
        rx.cond(
            one.details.length() > 0,
            rx.el.dl(
                rx.foreach(one.details, _fact),
                class_name="mt-5 flex flex-col gap-3 rounded-card border border-line bg-canvas p-5",
            ),
        ),
        open=LogsState.is_open,
        on_close=LogsState.close,
    )


def _who_link(one: Any) -> rx.Component:
    return rx.cond(
        one.who_id > 0,
        anchor(
            _who(one),
            href="/admin/logs?log=" + LogsState.log + "&who=" + one.who_id.to(str),
            class_name="underline underline-offset-2",
        ),
        _who(one),
    )


def _subject(one: Any) -> rx.Component:
    linked = anchor(one.subject, href=one.place, class_name="underline underline-offset-2")
    return rx.cond(one.place, linked, rx.el.span(one.subject))


def _fact(pair: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(pair[0], class_name="text-xs font-medium text-muted"),
        rx.el.dd(pair[1], class_name="mt-0.5 text-sm break-words whitespace-pre-wrap text-ink"),
    )
