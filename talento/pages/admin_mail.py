"""The outbox, for admins: what was sent, what waits, what failed; and, without a mail service, what it says."""

from typing import Any

import reflex as rx

from talento.components.actions import button, copy_button
from talento.components.badges import badge
from talento.components.feedback import alert, empty
from talento.components.navigation import pagination
from talento.components.overlays import side_panel
from talento.components.progress import skeleton_rows
from talento.components.shells import SITE, screen
from talento.components.surfaces import card, key_values
from talento.components.tables import Column, data_table
from talento.components.text import ago, moment, t, worded
from talento.i18n import phrase
from talento.pages.frame import inside, only
from talento.services.mail.outbox import MailLine
from talento.state.admin_mail import MailState
from talento.vocabulary.permissions import Permission

STATUSES = {
    "waiting": (phrase("Waiting"), "warning"),
    "sent": (phrase("Sent"), "success"),
    "local": (phrase("Kept here"), "info"),
    "failed": (phrase("Failed"), "danger"),
}


def admin_mail() -> rx.Component:
    """The list, and the message that is open."""
    return inside(
        screen(
            t("Mail"),
            only(
                Permission.ADMINISTER,
                rx.fragment(
                    rx.cond(MailState.is_ready & MailState.is_local, _local_only()),
                    rx.cond(MailState.is_ready, _list(), card(skeleton_rows(8))),
                    _opened(),
                ),
            ),
            text=t("Every message {site} writes, latest first.", site=SITE.name),
            actions=button(t("Refresh"), tone="secondary", before="refresh-cw", on_click=MailState.refresh),
        )
    )


def _local_only() -> rx.Component:
    return rx.el.div(
        alert(
            t("Open a message to read it and to copy its link. Set SENDGRID_API_KEY to have messages sent."),
            title=t("No mail service is configured: messages stay here."),
            tone="warning",
        ),
        class_name="mb-5",
    )


def _list() -> rx.Component:
    return rx.fragment(
        data_table(
            [
                Column(t("Message"), _subject, is_title=True, width="sm:max-w-96"),
                Column(t("State"), _status),
                Column(t("Written"), lambda line: ago(line.created_at)),
            ],
            MailState.rows,
            caption=t("Mail"),
            key=lambda line: line.id.to(str),
            empty=card(
                empty(t("No message yet"), t("Welcome mails and password links will be listed here."), before="mail")
            ),
        ),
        rx.cond(MailState.total > 0, rx.el.div(_pages(), class_name="mt-4")),
    )


def _pages() -> rx.Component:
    return pagination(
        first=MailState.offset + 1,
        last=MailState.last,
        total=MailState.total,
        on_previous=MailState.turn(-1),
        on_next=MailState.turn(1),
    )


def _subject(line: rx.Var[MailLine]) -> rx.Component:
    return rx.el.button(
        rx.el.span(line.subject, class_name="block truncate text-sm font-medium text-ink"),
        rx.el.span(line.recipient, class_name="block truncate text-xs text-muted"),
        type="button",
        on_click=MailState.look_at(line.id),
        class_name="-m-1 block w-full max-w-full rounded-control p-1 text-start hover:underline",
    )


def _status(line: Any) -> rx.Component:
    return badge(
        rx.match(line.status, *((name, worded(words)) for name, (words, _) in STATUSES.items()), line.status),
        tone=rx.match(line.status, *((name, tone) for name, (_, tone) in STATUSES.items()), "neutral").to(str),
        dot=True,
    )


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
                (t("Written"), moment(message.line.created_at)),
            ),
            rx.el.div(
                message.text,
                class_name="mt-4 rounded-card border border-line bg-canvas p-5 text-sm break-words whitespace-pre-wrap",
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
