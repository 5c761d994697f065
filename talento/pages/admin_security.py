"""Security, for admins: what looks suspicious and who looks after it, and which networks are kept out; live."""

from typing import Any

import reflex as rx

from talento.components.actions import button, button_class, icon_button, link_button
from talento.components.badges import badge
from talento.components.choices import segmented
from talento.components.feedback import alert, empty
from talento.components.fields import field, option, select, text_input, textarea
from talento.components.icons import icon
from talento.components.links import anchor
from talento.components.overlays import confirm, dialog, menu, menu_item
from talento.components.progress import skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import card, panel
from talento.components.text import ago, label, moment, number, plural, t, worded
from talento.i18n import phrase
from talento.pages.frame import inside, only
from talento.services.security.alerts import AlertView
from talento.services.security.blocks import BlockView
from talento.services.security.rules import RULES
from talento.state.admin_security import SecurityState
from talento.vocabulary.logs import Severity
from talento.vocabulary.permissions import Permission

TONES = {Severity.INFO: "neutral", Severity.WARNING: "warning", Severity.CRITICAL: "danger"}
SPANS = {
    "1": phrase("An hour"),
    "24": phrase("A day"),
    "168": phrase("A week"),
    "720": phrase("30 days"),
    "0": phrase("Until somebody lifts it"),
}
"""For how long a network can be blocked: hours, and their words."""

ADDRESS = "font-mono text-sm break-all text-ink"
NOTHING = {
    "open": (phrase("Nothing is open"), phrase("When something looks suspicious, it is told here and by mail.")),
    "mine": (phrase("Nothing is yours"), phrase("Take an alert, so that the others know you look after it.")),
    "resolved": (phrase("Nothing was resolved yet"), phrase("What came of alerts stays here as long as the logs.")),
}


def admin_security() -> rx.Component:
    """Alerts on one side, blocks on the other."""
    return inside(
        screen(
            t("Security"),
            only(
                Permission.ADMINISTER,
                rx.cond(
                    SecurityState.is_ready,
                    rx.el.div(
                        rx.el.div(_views(), _alerts(), class_name="min-w-0 flex-1"),
                        rx.el.div(_form(), _blocks(), class_name="flex min-w-0 flex-col gap-5 lg:w-96 lg:shrink-0"),
                        class_name="flex flex-col gap-5 lg:flex-row lg:items-start",
                    ),
                    card(skeleton_rows(6)),
                ),
            ),
            _resolving(),
            text=t("What looks suspicious, and which networks are kept out."),
            actions=link_button(t("When to alert"), href="/admin/settings/alerts", tone="secondary", before="settings"),
        )
    )


# Alerts


def _views() -> rx.Component:
    shown = [("open", t("Open ({n})", n=number(SecurityState.open_count))),
             ("mine", t("Mine ({n})", n=number(SecurityState.mine_count))), ("resolved", t("Resolved"))]  # fmt: skip
    return rx.el.div(
        segmented(
            "alert_view", shown, value=SecurityState.view, on_change=SecurityState.turn_to, label=t("Which alerts")
        ),
        class_name="mb-4",
    )


def _alerts() -> rx.Component:
    nothing = rx.match(
        SecurityState.view,
        *((view, empty(t(title), t(text), before="shield-check")) for view, (title, text) in NOTHING.items()),
        rx.fragment(),
    )
    return rx.cond(
        SecurityState.alerts,
        rx.el.ul(rx.foreach(SecurityState.alerts, _alert), class_name="flex flex-col gap-3", aria_label=t("Alerts")),
        card(nothing),
    )


def _alert(one: rx.Var[AlertView]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            _severity(one),
            rx.el.span(ago(one.last_at), class_name="text-xs whitespace-nowrap text-muted"),
            class_name="flex items-center justify-between gap-3",
        ),
        rx.el.h2(_said(one, "label"), class_name="mt-2 text-base font-semibold text-ink"),
        _about(one),
        rx.cond(one.resolved_at, _outcome(one), rx.el.p(_said(one, "text"), class_name="mt-2 text-sm text-muted")),
        rx.el.div(
            link_button(t("Log"), href=_log_of(one), size="sm", tone="secondary", before="scroll-text"),
            rx.cond(one.resolved_at, _again(one), _steps(one)),
            class_name="mt-4 flex flex-wrap items-center gap-2",
        ),
        class_name="rounded-card border border-line bg-surface p-5 shadow-card",
        key=one.id.to(str),
    )


def _severity(one: Any) -> rx.Component:
    return badge(
        rx.match(one.severity, *((each.value, label(each)) for each in Severity), ""),
        tone=rx.match(one.severity, *((each.value, tone) for each, tone in TONES.items()), "neutral").to(str),
        dot=True,
    )


def _said(one: Any, what: str) -> rx.Var:
    return rx.match(one.rule, *((key, worded(getattr(rule, what))) for key, rule in RULES.items()), one.rule)


def _about(one: Any) -> rx.Component:
    person = anchor(
        rx.cond(one.who, one.who, t("Account {n}", n=one.who_id)),
        href="/admin/people?account=" + one.who_id.to(str),
        class_name="text-sm font-medium break-words text-ink underline underline-offset-2",
    )
    return rx.el.div(
        rx.cond(one.who_id > 0, person, rx.el.span(one.address, class_name=ADDRESS, dir="ltr")),
        rx.cond(one.is_blocked, badge(t("Blocked"), tone="neutral", before="ban")),
        rx.el.span(
            plural(one.count, one="{n} time", other="{n} times"),
            rx.cond(one.count > 1, rx.fragment(" · ", t("first {when}", when=ago(one.first_at)))),
            class_name="text-xs text-muted",
        ),
        class_name="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1",
    )


def _outcome(one: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(one.note, class_name="text-sm break-words whitespace-pre-wrap text-ink"),
        rx.el.p(
            t("Resolved by {name}", name=rx.cond(one.resolved_by, one.resolved_by, "–")),
            " · ",
            moment(one.resolved_at),
            class_name="mt-1 text-xs text-muted",
        ),
        class_name="mt-3 border-s-2 border-line ps-3",
    )


def _steps(one: Any) -> rx.Component:
    """What can be done about an open alert."""
    take = button(t("Take it"), size="sm", tone="secondary", before="hand", on_click=SecurityState.take(one.id))
    return rx.fragment(
        rx.cond(
            (one.address != "") & ~one.is_blocked,
            button(t("Block…"), size="sm", tone="secondary", before="ban", on_click=SecurityState.fill_in(one.address)),
        ),
        rx.cond(one.taken_by, _taken(one), take),
        button(t("Resolve…"), size="sm", tone="secondary", before="check", on_click=SecurityState.begin(one.id)),
    )


def _taken(one: Any) -> rx.Component:
    return menu(
        rx.el.span(
            icon("user", 16),
            rx.el.span(one.taken_by, class_name="max-w-40 truncate"),
            icon("chevron-down", 14, "text-faint"),
            class_name=button_class("secondary", "sm"),
        ),
        rx.foreach(
            SecurityState.admins,
            lambda admin: menu_item(
                admin.name, before="user", on_click=SecurityState.give(one.id, admin.id), key=admin.id.to(str)
            ),
        ),
        label=t("Looked after by {name}: give it to somebody else", name=one.taken_by),
        end=False,
    )


def _again(one: Any) -> rx.Component:
    return button(t("Reopen"), size="sm", tone="secondary", before="rotate-ccw", on_click=SecurityState.reopen(one.id))


def _log_of(one: Any) -> rx.Var[str]:
    """The entries of the log behind an alert, of the address or of the account."""
    logs = {key: rule.entry.partition("/") for key, rule in RULES.items()}
    address = rx.match(
        one.rule,
        *((key, f"/admin/logs?log={log}&name={name}") for key, (log, _, name) in logs.items() if log),
        "/admin/logs?log=security",
    ).to(str)
    return address + rx.cond(one.who_id > 0, "&who=" + one.who_id.to(str), "&ip=" + one.address).to(str)


def _resolving() -> rx.Component:
    return dialog(
        t("Resolve the alert"),
        rx.el.form(
            field(
                t("What came of it"),
                textarea("alert_note", limit=1000, max_length=1000),
                error=SecurityState.missing,
                hint=t("What you found and did. It stays with the alert."),
            ),
            id="resolve-form",
            on_submit=SecurityState.resolve,
            key=SecurityState.resolving.to(str),
        ),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=SecurityState.leave),
            button(t("Resolve"), type="submit", form="resolve-form"),
        ),
        open=SecurityState.resolving > 0,
        on_close=SecurityState.leave,
    )


# Blocks


def _form() -> rx.Component:
    is_wide = SecurityState.wide != ""
    return panel(
        t("Block a network"),
        rx.el.form(
            rx.cond(SecurityState.problem, alert(SecurityState.problem, tone="danger")),
            field(
                t("Address or network"),
                text_input(
                    "block_network", value=SecurityState.typed, max_length=60, required=True,
                    auto_complete="off", dir="ltr", placeholder="203.0.113.0/24",
                ),
                hint=t("Yours is {address}.", address=SecurityState.own_address),
            ),
            field(
                t("Reason"),
                text_input(
                    "block_reason", max_length=300, required=True, auto_complete="off",
                    auto_focus=SecurityState.typed != "",
                ),
            ),
            field(t("For how long"), select("block_hours", *(option(hours, t(text)) for hours, text in SPANS.items()))),
            rx.cond(
                is_wide,
                button(t("Block all of it"), type="submit", tone="danger", before="ban", wide=True),
                button(t("Block"), type="submit", before="ban", wide=True),
            ),
            on_submit=SecurityState.block,
            key=SecurityState.round.to(str),
            class_name="flex flex-col gap-4",
        ),
        text=t("Everything from there is refused at once, and what is open is closed."),
    )  # fmt: skip


def _blocks() -> rx.Component:
    return rx.cond(
        SecurityState.blocks,
        panel(
            plural(SecurityState.blocks.length(), one="{n} network is blocked", other="{n} networks are blocked"),
            rx.el.ul(rx.foreach(SecurityState.blocks, _block), class_name="-my-3 divide-y divide-line"),
        ),
    )


def _block(one: rx.Var[BlockView]) -> rx.Component:
    why = rx.match(one.rule, *((key, worded(rule.label)) for key, rule in RULES.items()), one.reason)
    refused = plural(one.refused, one="{n} request refused", other="{n} requests refused")
    return rx.el.li(
        rx.el.div(
            rx.el.p(one.network, class_name=ADDRESS, dir="ltr"),
            rx.el.p(why, class_name="mt-0.5 text-xs break-words text-ink"),
            rx.el.p(
                rx.cond(one.rule, t("By itself"), rx.cond(one.by, one.by, "–")), ", ", ago(one.created_at), " · ",
                rx.cond(one.expires_at, t("until {when}", when=moment(one.expires_at)), t("until somebody lifts it")),
                rx.cond(one.refused > 0, rx.fragment(" · ", refused)),
                class_name="mt-0.5 text-xs break-words text-muted",
            ),
            class_name="min-w-0 flex-1",
        ),
        confirm(
            t("Let this network in again?"),
            t("{network} can use the site at once. The security log keeps both.", network=one.network),
            trigger=icon_button("lock-open", t("Lift the block"), size="sm"),
            yes=button(t("Lift it"), on_click=SecurityState.lift(one.network)),
        ),
        class_name="flex items-start gap-3 py-3",
        key=one.network,
    )  # fmt: skip
