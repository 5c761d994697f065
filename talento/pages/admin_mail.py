"""Mail, for admins: what was sent, what waits, what failed and why; the kinds of message; a test."""

from typing import Any

import reflex as rx

from talento.components import modules
from talento.components.actions import button, copy_button, link_button
from talento.components.badges import badge
from talento.components.choices import HIDDEN, TRACK
from talento.components.facets import fold
from talento.components.feedback import alert, empty
from talento.components.fields import email_input, live_text_input, option, select
from talento.components.icons import icon
from talento.components.mailing import kind_name
from talento.components.navigation import newer_older, tab_panel, tabs
from talento.components.overlays import side_panel
from talento.components.progress import skeleton_rows
from talento.components.shells import SITE, screen
from talento.components.surfaces import card, key_values, panel, section_header, stat, stats
from talento.components.tables import Column, data_table
from talento.components.text import ago, label, moment, number, t, worded
from talento.i18n import LANGUAGES, phrase
from talento.pages.frame import inside, only
from talento.services.mail.kinds import KINDS, Kind, Standing
from talento.services.mail.listing import MailLine
from talento.services.mail.suppression import Suppressed
from talento.state.admin_mail import MailState
from talento.vocabulary.mailing import Reason
from talento.vocabulary.permissions import Permission

STATUSES = {
    "waiting": (phrase("Waiting"), "warning"),
    "sent": (phrase("Sent"), "success"),
    "local": (phrase("Kept here"), "info"),
    "failed": (phrase("Failed"), "danger"),
    "suppressed": (phrase("Not sent"), "danger"),
}
OUTCOMES = {
    "delivered": (phrase("Delivered"), "success"),
    "bounced": (phrase("Bounced"), "danger"),
    "dropped": (phrase("Dropped"), "danger"),
    "complained": (phrase("Complained of"), "danger"),
}
"""What the provider told later; says more than that it was sent."""

AGAIN = ("failed", "local", "sent", "suppressed")
"""What can be sent once more."""

SETTINGS = "/admin/settings/mail"


def admin_mail() -> rx.Component:
    """The messages, their kinds, and the message that is open."""
    return inside(
        screen(
            t("Mail"),
            only(
                Permission.ADMINISTER,
                rx.fragment(
                    rx.cond(MailState.is_ready, rx.fragment(_notices(), _stands(), _parts()), card(skeleton_rows(8))),
                    _opened(),
                ),
            ),
            text=t("Every message {site} writes, latest first.", site=SITE.name),
            actions=rx.fragment(
                link_button(t("Settings of mail"), href=SETTINGS, before="settings"),
                button(
                    t("Send me a test"), tone="secondary", before="send", loading=MailState.is_testing,
                    on_click=MailState.try_out,
                ),
            ),
        )
    )  # fmt: skip


def _notices() -> rx.Component:
    """What an admin should know before anything else."""
    return rx.el.div(
        rx.cond(
            MailState.tested,
            rx.cond(
                MailState.has_worked,
                alert(t("A test message is on its way to {email}.", email=MailState.tested), tone="success"),
                alert(MailState.tested, tone="danger"),
            ),
        ),
        rx.cond(MailState.is_local, _local_only()),
        rx.cond(MailState.missing, _waiting_for_settings()),
        rx.cond(
            MailState.health.is_full,
            alert(
                t("Today's share of messages is used up. The others leave after midnight."),
                title=t("Messages wait."),
                tone="warning",
            ),
        ),
        rx.cond(MailState.health.failed > 0, _failures()),
        role="status",
        class_name="mb-5 flex flex-col gap-3 empty:hidden",
    )


def _local_only() -> rx.Component:
    return alert(
        t("Open a message to read it and to copy its link. Choose a way of sending in the settings."),
        title=t("Messages stay here."),
        tone="warning",
    )


def _waiting_for_settings() -> rx.Component:
    return alert(
        rx.el.span(MailState.missing, dir="auto"),
        title=t("Nothing leaves: a setting is missing."),
        tone="danger",
        action=link_button(t("Settings of mail"), href=SETTINGS, size="sm"),
    )


def _failures() -> rx.Component:
    return alert(
        t("They were refused, or tried twelve times in vain. Open one to see why."),
        title=t("{count} messages failed.", count=MailState.health.failed),
        tone="danger",
        action=button(t("Send them again"), tone="secondary", size="sm", on_click=MailState.resend_failed),
    )


def _parts() -> rx.Component:
    return rx.fragment(
        tabs(
            t("Mail"),
            [
                ("messages", t("Messages")),
                ("kinds", t("Kinds of message")),
                ("suppressed", t("Not written to"), MailState.health.suppressed),
            ],
            current=MailState.tab,
            on_select=MailState.show,
        ),
        tab_panel("messages", MailState.tab, _list()),
        tab_panel("kinds", MailState.tab, _kinds()),
        tab_panel("suppressed", MailState.tab, _suppressed()),
    )


def _stands() -> rx.Component:
    health = MailState.health
    since = rx.cond(health.oldest, t("Oldest: {ago}", ago=ago(health.oldest)), "")
    return rx.el.div(
        stats(
            stat(t("Sent today"), number(health.sent_today), before="send"),
            stat(t("Waiting"), number(health.waiting), before="clock", note=since),
            stat(t("Failed"), number(health.failed), before="circle-alert"),
            stat(t("Not written to"), number(health.suppressed), before="mail-x"),
        ),
        class_name="mb-6",
    )


def _list() -> rx.Component:
    return rx.fragment(
        _filters(),
        data_table(
            [
                Column(t("Message"), _subject, is_title=True, width="sm:max-w-96"),
                Column(t("Kind"), lambda line: kind_name(line.kind)),
                Column(t("State"), _status),
                Column(t("Written"), lambda line: ago(line.created_at), width="whitespace-nowrap"),
            ],
            MailState.rows,
            caption=t("Mail"),
            key=lambda line: line.id.to(str),
            empty=card(_none()),
        ),
        rx.cond(MailState.is_cut & (MailState.rows.length() > 0), _cut()),
        rx.cond(MailState.has_newer | MailState.has_older, _pages()),
    )


def _filters() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            live_text_input(
                "find_mail", t("Find an address or a subject"), value=MailState.typed, on_change=MailState.search
            ),
            class_name="w-full sm:max-w-80",
        ),
        select(
            "mail_kind",
            *(option(key, t(kind.label)) for key, kind in KINDS.items()),
            value=MailState.kind,
            placeholder=t("Every kind"),
            aria_label=t("Kind"),
            on_change=lambda value: MailState.narrow("kind", value),
            class_name="sm:w-56",
        ),
        select(
            "mail_status",
            *(option(key, t(words)) for key, (words, _) in STATUSES.items()),
            value=MailState.status,
            placeholder=t("Every state"),
            aria_label=t("State"),
            on_change=lambda value: MailState.narrow("status", value),
            class_name="sm:w-44",
        ),
        rx.cond(MailState.is_narrowed, button(t("Clear all"), tone="ghost", on_click=MailState.clear)),
        class_name="mb-4 flex flex-wrap items-center gap-3",
    )


def _cut() -> rx.Component:
    """A search that took long stopped: what it did not reach is a press away."""
    return rx.el.div(
        alert(
            t("There are very many messages. Only the later ones have been looked through so far."),
            action=button(t("Look further back"), tone="secondary", size="sm", on_click=MailState.older),
        ),
        class_name="mt-4",
    )


def _none() -> rx.Component:
    further = button(t("Look further back"), tone="secondary", on_click=MailState.older)
    return rx.cond(
        MailState.is_cut,
        empty(
            t("Nothing among the later messages"),
            t("There are very many. Only the later ones have been looked through so far."),
            before="search",
            action=further,
        ),
        _nothing(),
    )


def _nothing() -> rx.Component:
    return rx.cond(
        MailState.is_narrowed,
        empty(
            t("No message found"),
            t("No message answers to these filters."),
            before="search-x",
            action=button(t("Clear all"), tone="secondary", on_click=MailState.clear),
        ),
        empty(t("No message yet"), t("Welcome mails and password links will be listed here."), before="mail"),
    )


def _pages() -> rx.Component:
    return newer_older(
        has_newer=MailState.has_newer,
        has_older=MailState.has_older,
        on_newer=MailState.newer,
        on_older=MailState.older,
    )


# Kinds of message


def _kinds() -> rx.Component:
    return panel(
        t("Kinds of message"),
        rx.el.ul(*(_kind(key, kind) for key, kind in KINDS.items()), class_name="-my-4 divide-y divide-line"),
        text=t("What is sent, whom it is copied to, and its words; a language is named where you changed them."),
    )


def _kind(key: str, kind: Kind) -> rx.Component:
    standing = MailState.standings[key].to(Standing)
    sent = (
        rx.el.span(icon("lock", 14), t("Always sent"), class_name="flex items-center gap-1.5 text-sm text-muted")
        if kind.is_essential
        else _tick(f"on-{key}", t("Sent"), standing.is_on, lambda on: MailState.switch(key, on))
    )
    return rx.el.li(
        rx.el.div(
            rx.el.h3(
                t(kind.label),
                rx.foreach(
                    MailState.edited[key],
                    lambda locale: badge(rx.match(locale, *LANGUAGES.items(), locale), tone="info"),
                ),
                class_name="flex flex-wrap items-center gap-2 text-sm font-medium text-ink",
            ),
            rx.el.p(t(kind.trigger), class_name="mt-0.5 text-sm text-muted"),
            class_name="min-w-0 flex-1 basis-72",
        ),
        rx.el.div(
            rx.el.div(sent, class_name="w-40"),
            rx.el.div(
                _tick(f"copy-{key}", t("Copied"), standing.is_copied, lambda on: MailState.copy_kind(key, on)),
                class_name="w-32",
            ),
            link_button(
                t("Words"),
                href=f"/admin/mail/templates/{key}",
                size="sm",
                before="pencil",
                aria_label=t("Words of “{kind}”", kind=t(kind.label)),
            ),
            class_name="flex flex-wrap items-center gap-x-4 gap-y-2",
        ),
        class_name="flex flex-wrap items-center gap-x-6 gap-y-2 py-4",
    )


def _tick(name: str, words: Any, is_on: Any, on_change: Any) -> rx.Component:
    """A small switch with its name behind it."""
    return rx.el.label(
        modules.FollowedTick.create(
            id=rx.Var.create(name), name=name, type="checkbox", role="switch", value=is_on, on_change=on_change,
            class_name=f"peer {HIDDEN}",
        ),
        rx.el.span(class_name=TRACK, aria_hidden="true"),
        rx.el.span(words, class_name="text-sm text-ink"),
        class_name="relative inline-flex min-h-11 cursor-pointer items-center gap-3 lg:min-h-9",
    )  # fmt: skip


def _subject(line: rx.Var[MailLine]) -> rx.Component:
    return rx.el.button(
        rx.el.span(line.subject, class_name="block truncate text-sm font-medium text-ink"),
        rx.el.span(
            line.recipient,
            rx.cond(line.is_copy, t(" · copy"), ""),
            rx.cond(line.is_test, t(" · test"), ""),
            class_name="block truncate text-xs text-muted",
        ),
        type="button",
        on_click=MailState.look_at(line.id),
        class_name="-m-1 block w-full max-w-full rounded-control p-1 text-start hover:underline",
    )


def _status(line: Any) -> rx.Component:
    return rx.el.div(
        _status_badge(line),
        rx.cond(
            (line.status == "waiting") & (line.attempts > 0),
            rx.el.span(
                rx.cond(line.is_unsure, t("It may have left."), ""),
                " ",
                t("Tried again {at}", at=moment(line.due_at)),
                class_name="text-xs text-muted",
            ),
        ),
        class_name="flex flex-wrap items-center gap-x-2 gap-y-1",
    )


def _status_badge(line: Any) -> rx.Component:
    known = STATUSES | OUTCOMES
    what = rx.cond(line.outcome != "", line.outcome, line.status)
    return badge(
        rx.match(what, *((name, worded(words)) for name, (words, _) in known.items()), what),
        tone=rx.match(what, *((name, tone) for name, (_, tone) in known.items()), "neutral").to(str),
        dot=True,
    )


# Addresses that are not written to


def _suppressed() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                live_text_input(
                    "find_address", t("Find an address"), value=MailState.address, on_change=MailState.find_address
                ),
                class_name="w-full sm:max-w-80",
            ),
            rx.el.form(
                rx.el.div(
                    email_input("email", id="suppress", aria_label=t("Address"), placeholder="name@example.com"),
                    class_name="min-w-0 flex-1 sm:w-72",
                ),
                button(t("Don't write to it"), type="submit", tone="secondary"),
                on_submit=MailState.suppress,
                no_validate=True,
                class_name="flex w-full gap-2 sm:w-auto",
                key=MailState.turns.to_string(),
            ),
            class_name="mb-4 flex flex-wrap items-center justify-between gap-3",
        ),
        data_table(
            [
                Column(t("Address"), _address, is_title=True, width="sm:max-w-96"),
                Column(t("Reason"), _reason),
                Column(t("Since"), lambda one: ago(one.at)),
                Column("", _lifting, is_end=True),
            ],
            MailState.suppressed,
            caption=t("Not written to"),
            key=lambda one: one.email,
            empty=card(
                empty(
                    t("Every address is written to"),
                    t("Addresses that bounce, or complain of spam, will be listed here."),
                    before="mail-check",
                )
            ),
        ),
        rx.cond(MailState.refused, _refused()),
    )


def _refused() -> rx.Component:
    """Kinds that people want no more of: theirs to decide, so there is no button."""
    return rx.el.div(
        section_header(
            t("Refused by their reader"),
            text=t("They said so by the link of a message or on their account, and take it back there."),
        ),
        rx.el.div(
            data_table(
                [
                    Column(t("Address"), _address, is_title=True, width="sm:max-w-96"),
                    Column(t("Kind"), lambda one: kind_name(one.kind)),
                    Column(t("Since"), lambda one: ago(one.at)),
                ],
                MailState.refused,
                caption=t("Refused by their reader"),
                key=lambda one: one.email + one.kind,
            ),
            class_name="mt-4",
        ),
        class_name="mt-8",
    )


def _address(one: rx.Var[Any]) -> rx.Component:
    return rx.el.span(one.email, class_name="block truncate text-sm font-medium text-ink", dir="ltr")


def _reason(one: rx.Var[Suppressed]) -> rx.Component:
    return rx.el.div(
        rx.match(one.reason, *((reason.value, label(reason)) for reason in Reason), one.reason),
        rx.cond(one.note, rx.el.p(one.note, class_name="max-w-96 text-xs break-words text-muted")),
    )


def _lifting(one: rx.Var[Suppressed]) -> rx.Component:
    return button(t("Write again"), tone="secondary", size="sm", on_click=MailState.lift(one.email))


# One message


def _opened() -> rx.Component:
    message = MailState.message
    return side_panel(
        message.line.subject,
        rx.el.div(
            rx.cond(message.line.problem, rx.el.div(alert(message.line.problem, tone="danger"), class_name="mb-4")),
            rx.cond(message.link, _link(message.link)),
            key_values(
                (t("To"), rx.el.span(message.line.recipient, class_name="break-all")),
                (t("State"), _status(message.line)),
                (t("Tries"), message.line.attempts.to_string()),
                (t("Kind"), kind_name(message.line.kind)),
                (t("Written"), moment(message.line.created_at)),
                (t("Sent"), rx.cond(message.line.status == "sent", moment(message.line.sent_at), "–")),
            ),
            rx.el.div(
                rx.cond(
                    rx.Var.create(list(AGAIN)).contains(message.line.status) & ~MailState.is_local,
                    button(
                        t("Send again"), tone="secondary", before="send", on_click=MailState.resend(message.line.id)
                    ),
                ),
                class_name="mt-4 empty:hidden",
            ),
            rx.el.iframe(
                src_doc=message.html,
                sandbox="",
                title=t("The message as it is received"),
                class_name="mt-4 h-[34rem] w-full rounded-card border border-line bg-white",
            ),
            fold(
                t("As plain text"),
                rx.el.div(message.text, class_name="text-sm break-words whitespace-pre-wrap"),
            ),
        ),
        open=MailState.is_open,
        on_close=MailState.close,
    )


def _link(link: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(t("The link of this message"), class_name="text-sm font-medium text-ink"),
        rx.el.p(
            t("Whoever opens it acts as this person. Give it to nobody else."), class_name="mt-0.5 text-xs text-muted"
        ),
        rx.el.div(
            rx.el.code(link, class_name="min-w-0 flex-1 truncate text-xs select-all", dir="ltr"),
            copy_button(link, t("Copy the link")),
            class_name="mt-3 flex items-center gap-2 rounded-control border border-line bg-surface ps-3",
        ),
        class_name="mb-4 rounded-card bg-sunken p-4",
    )
