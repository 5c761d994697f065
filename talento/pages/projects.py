"""Projects, found while typing; a new one is typed at the side."""

from typing import Any

import reflex as rx

from talento.components.actions import button
from talento.components.casting import days, fill_bar, filled, logo, status_badge, type_of
from talento.components.choices import combobox, switch
from talento.components.feedback import empty
from talento.components.fields import field, live_text_input, option, select
from talento.components.links import anchor
from talento.components.navigation import pagination
from talento.components.overlays import side_panel
from talento.components.progress import skeleton_rows
from talento.components.questions import Answers, questions
from talento.components.shells import screen
from talento.components.surfaces import card, stack
from talento.components.tables import Column, data_table
from talento.components.text import either, label, plural, t
from talento.models.facts import ProjectStep
from talento.pages.frame import inside, only
from talento.services.casting import projects as service
from talento.services.casting.overview import Line
from talento.state.projects import ProjectsState
from talento.state.session import ReaderState
from talento.vocabulary.casting import ProductionType, ProjectStatus
from talento.vocabulary.permissions import Permission

ANSWERS = Answers(state=ProjectsState, keep=ProjectsState.keep, check=ProjectsState.check, form=service.FORM)


def projects() -> rx.Component:
    """The list and its search."""
    return inside(
        screen(
            t("Projects"),
            only(
                Permission.CASTING,
                rx.fragment(_filters(), rx.cond(ProjectsState.is_ready, _list(), card(skeleton_rows(6))), _new()),
            ),
            text=t("What you cast. Only the team of a project sees it."),
            actions=button(t("Start a project"), before="plus", on_click=ProjectsState.begin),
        )
    )


def _filters() -> rx.Component:
    is_admin = ReaderState.permissions.contains(Permission.ADMINISTER.value)
    return rx.el.div(
        rx.el.div(
            live_text_input(
                "projects_search",
                t("Name, code, company or place"),
                value=ProjectsState.text,
                on_change=ProjectsState.search,
                max_length=200,
            ),
            class_name="min-w-0 flex-1 basis-72",
        ),
        _select("status", t("Every status"), t("Status"), ProjectStatus, ProjectsState.status),
        _select("production_type", t("Every type"), t("Type"), ProductionType, ProjectsState.production_type),
        rx.cond(
            is_admin,
            switch("projects_mine", t("Mine only"), checked=ProjectsState.is_mine, on_change=ProjectsState.show_mine),
        ),
        switch(
            "projects_deleted",
            t("Deleted"),
            checked=ProjectsState.is_deleted,
            on_change=ProjectsState.show_deleted,
        ),
        class_name="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2",
    )


def _select(name: str, every: Any, title: Any, choices: Any, value: Any) -> rx.Component:
    return select(
        f"projects_{name}",
        *(option(one.value, label(one)) for one in choices),
        value=value,
        placeholder=every,
        aria_label=title,
        on_change=lambda chosen: ProjectsState.narrow(name, chosen),
        class_name="sm:w-44",
    )


def _list() -> rx.Component:
    return rx.fragment(
        data_table(
            [
                Column(t("Project"), _project, is_title=True, width="sm:max-w-80"),
                Column(t("Status"), lambda one: status_badge(one.status)),
                Column(t("Type"), lambda one: type_of(one.production_type)),
                Column(t("Place"), _place),
                Column(t("Days"), lambda one: days(one.starts_on, one.ends_on, _open())),
                Column(t("Roles"), _roles, width="sm:w-40"),
            ],
            ProjectsState.rows,
            caption=t("Projects"),
            key=lambda one: one.id.to(str),
            empty=card(_nothing()),
        ),
        rx.cond(
            ProjectsState.total > 0,
            rx.el.div(
                pagination(
                    first=ProjectsState.offset + 1,
                    last=ProjectsState.last,
                    total=ProjectsState.total,
                    on_previous=ProjectsState.turn(-1),
                    on_next=ProjectsState.turn(1),
                ),
                class_name="mt-4",
            ),
        ),
    )


def _open() -> rx.Component:
    return rx.el.span(t("Not fixed"), class_name="text-faint")


def _project(one: rx.Var[Line]) -> rx.Component:
    under = rx.cond(one.production, one.code + " · " + one.production, one.code)
    return rx.el.div(
        anchor(
            logo(one.logo_url, "sm"),
            rx.el.span(
                rx.el.span(one.name, class_name="block truncate text-sm font-medium text-ink"),
                rx.el.span(under, class_name="block truncate text-xs text-muted tabular-nums", dir="ltr"),
                class_name="min-w-0",
            ),
            href=f"/projects/{one.id}",
            class_name="flex min-h-11 min-w-0 flex-1 items-center gap-3 rounded-control hover:underline",
        ),
        rx.cond(
            one.is_deleted,
            button(t("Bring back"), tone="secondary", size="sm", on_click=ProjectsState.restore(one.id)),
        ),
        class_name="flex min-w-0 items-center gap-2",
    )


def _place(one: rx.Var[Line]) -> rx.Component:
    return rx.el.span(either(one.place_en, one.place_fr), class_name="line-clamp-2")


def _roles(one: rx.Var[Line]) -> rx.Component:
    words = plural(one.roles, one="{n} role", other="{n} roles")
    return rx.cond(
        one.roles > 0,
        rx.el.div(
            rx.el.div(
                filled(one.booked, one.wanted),
                rx.el.span(words, class_name="text-xs text-muted"),
                class_name="flex items-baseline justify-between gap-3",
            ),
            fill_bar(one.booked, one.wanted, words),
            class_name="flex min-w-28 flex-col gap-1.5",
        ),
        rx.el.span(t("None yet"), class_name="text-faint"),
    )


def _nothing() -> rx.Component:
    state = ProjectsState
    is_narrowed = (
        (state.text != "") | (state.status != "") | (state.production_type != "") | state.is_mine | state.is_deleted
    )
    return rx.cond(
        is_narrowed,
        empty(
            t("No project found"),
            t("Try fewer filters, or another spelling."),
            before="search-x",
            action=button(t("Clear all"), tone="secondary", on_click=ProjectsState.clear),
        ),
        empty(
            t("No project yet"),
            t("Start one: it gets its code at once, and you are its team until you add colleagues."),
            before="film",
            action=button(t("Start a project"), before="plus", on_click=ProjectsState.begin),
        ),
    )


def _new() -> rx.Component:
    return side_panel(
        t("A new project"),
        rx.el.form(
            stack(
                questions(ProjectStep.PROJECT, ANSWERS),
                company_field(ProjectsState),
                questions(ProjectStep.PLACES, ANSWERS),
                questions(ProjectStep.DATES, ANSWERS),
                gap="gap-6",
            ),
            id="new_project",
            no_validate=True,
            on_submit=ProjectsState.create,
        ),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=ProjectsState.leave),
            button(t("Start the project"), type="submit", form="new_project", loading=ProjectsState.is_saving),
        ),
        text=t("Its code is made of the country, the place and the type, and never changes."),
        open=ProjectsState.is_adding,
        on_close=ProjectsState.leave,
    )


def company_field(state: Any) -> rx.Component:
    """For whom it is shot, found by typing."""
    return field(
        t("Production company"),
        combobox(
            "production",
            options=state.companies,
            value=state.company,
            placeholder=t("Search…"),
            on_change=state.choose_company,
        ),
        error=rx.cond(state.problems.contains("production"), state.problems["production"], "").to(str),
        optional=True,
    )
