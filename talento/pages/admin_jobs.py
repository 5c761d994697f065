"""Scheduled jobs, for admins: what runs by itself, how it went, when it runs next."""

from typing import Any

import reflex as rx

from talento.components.actions import button, link_button
from talento.components.badges import badge
from talento.components.feedback import empty
from talento.components.overlays import dialog
from talento.components.progress import skeleton_rows
from talento.components.shells import screen
from talento.components.surfaces import card, row
from talento.components.tables import Column, data_table
from talento.components.text import ago, moment, t, worded
from talento.pages.frame import inside, only
from talento.services import recap, schedule
from talento.services.jobs import JobView
from talento.services.recap import Preview
from talento.state.admin_jobs import JobsState
from talento.vocabulary.permissions import Permission


def admin_jobs() -> rx.Component:
    """The list, and the recap that is looked over."""
    return inside(
        screen(
            t("Jobs"),
            only(
                Permission.ADMINISTER,
                rx.fragment(rx.cond(JobsState.is_ready, _list(), card(skeleton_rows(4))), _recap()),
            ),
            text=t("What Talento does by itself. Each runs once, however many processes there are."),
            actions=rx.fragment(
                link_button(t("Settings of the recap"), href="/admin/settings/recap", before="settings"),
                button(t("Look the recap over"), tone="secondary", before="eye", on_click=JobsState.look_over),
            ),
        )
    )


def _list() -> rx.Component:
    return data_table(
        [
            Column(t("Job"), _name, is_title=True, width="sm:max-w-96"),
            Column(t("Last run"), _outcome),
            Column(t("Next run"), _next, width="whitespace-nowrap"),
            Column("", _actions, is_end=True),
        ],
        JobsState.rows,
        caption=t("Jobs"),
        key=lambda one: one.name,
    )


def _name(one: rx.Var[JobView]) -> rx.Component:
    return rx.el.div(
        rx.el.p(_word(one, "label"), class_name="text-sm font-medium text-ink"),
        rx.el.p(_word(one, "text"), class_name="mt-0.5 text-xs text-muted"),
    )


def _word(one: Any, what: str) -> rx.Var[str]:
    return rx.match(one.name, *((job.name, worded(getattr(job, what))) for job in schedule.JOBS), one.name).to(str)


def _outcome(one: Any) -> rx.Component:
    tone = rx.cond(one.outcome == "failed", "danger", "success").to(str)
    words = rx.cond(one.outcome == "failed", t("Failed"), t("Done"))
    ran = rx.el.div(
        row(badge(words, tone=tone, dot=True), rx.el.span(ago(one.ran_at), class_name="text-muted"), gap="gap-2"),
        rx.el.p(one.said, class_name="mt-1 max-w-80 text-xs break-words text-muted"),
    )
    return rx.cond(one.outcome == "", rx.el.span(t("Not yet"), class_name="text-faint"), ran)


def _next(one: Any) -> rx.Component:
    return rx.cond(
        one.is_paused,
        badge(t("Paused"), tone="warning", dot=True),
        rx.cond(one.is_steady, t("All the time"), rx.cond(one.next_at, moment(one.next_at), "–")),
    )


def _actions(one: Any) -> rx.Component:
    return rx.el.div(
        button(
            t("Run now"),
            tone="secondary",
            size="sm",
            before="play",
            loading=JobsState.running == one.name,
            on_click=JobsState.run_now(one.name),
        ),
        rx.cond(
            one.is_paused,
            button(t("Resume"), tone="ghost", size="sm", before="play", on_click=JobsState.rest(one.name, False)),
            button(t("Pause"), tone="ghost", size="sm", before="pause", on_click=JobsState.rest(one.name, True)),
        ),
        class_name="flex flex-wrap gap-2 sm:justify-end",
    )


def _recap() -> rx.Component:
    shown = rx.cond(
        JobsState.previews.length() > 0,
        rx.el.div(rx.foreach(JobsState.previews, _preview), class_name="flex flex-col gap-5"),
        empty(
            t("Nothing to tell"),
            t("Nobody registered since the last recap, or the recap is switched off."),
            before="mail",
        ),
    )
    return dialog(
        t("The recap, as it would go out now"),
        shown,
        open=JobsState.is_looking,
        on_close=JobsState.look_away,
        footer=rx.fragment(
            button(t("Close"), tone="ghost", on_click=JobsState.look_away),
            rx.cond(
                JobsState.previews.length() > 0,
                button(
                    t("Send it now"),
                    before="send",
                    loading=JobsState.running == recap.NAME,
                    on_click=JobsState.run_now(recap.NAME),
                ),
            ),
        ),
    )


def _preview(one: rx.Var[Preview]) -> rx.Component:
    return rx.el.article(
        rx.el.h3(one.subject, class_name="text-base font-semibold text-ink"),
        rx.el.p(t("To"), ": ", one.recipients.join(", "), class_name="mt-1 text-xs break-words text-muted"),
        rx.el.div(
            one.text,
            class_name="mt-3 max-h-[40dvh] overflow-y-auto rounded-card border border-line bg-canvas p-4 text-sm "
            "break-words whitespace-pre-wrap",
        ),
    )
