"""One project: its roles, its people, its team, its details and its history."""

import reflex as rx

from talento.components.actions import button, button_class, icon_button, link_button
from talento.components.badges import avatar, badge, code_text
from talento.components.casting import days, logo, status_badge, type_of, worded_choice
from talento.components.feedback import alert
from talento.components.fields import field, live_text_input, text_input
from talento.components.icons import icon
from talento.components.links import text_link
from talento.components.navigation import breadcrumbs, tab_panel, tabs
from talento.components.overlays import confirm, dialog, menu, menu_item
from talento.components.progress import skeleton_rows
from talento.components.questions import Answers
from talento.components.sheets import fact_line, section
from talento.components.surfaces import card, panel, row, stack
from talento.components.text import either, label, moment, t
from talento.i18n import phrase
from talento.models.facts import ProjectStep
from talento.pages.assignments import people
from talento.pages.frame import inside, only
from talento.pages.production import missing
from talento.pages.project_desk import presence
from talento.pages.projects import company_field
from talento.pages.roles import roles
from talento.services.casting import projects as service
from talento.services.casting.projects import Step
from talento.services.casting.team import Member
from talento.state.projects import ProjectState
from talento.vocabulary.casting import ProjectStatus
from talento.vocabulary.permissions import Permission, Role

TITLES = {
    ProjectStep.PROJECT: phrase("The project"),
    ProjectStep.PLACES: phrase("Places"),
    ProjectStep.DATES: phrase("Days and hours"),
    ProjectStep.CONTACT: phrase("Contact for talents"),
}
ANSWERS = Answers(state=ProjectState, keep=ProjectState.keep, check=ProjectState.check, form=service.FORM)


def project() -> rx.Component:
    """The project; a plain word when there is none, or when it is not theirs."""
    return inside(
        only(
            Permission.CASTING,
            rx.el.div(
                rx.el.div(breadcrumbs((t("Projects"), "/projects"), (_name(), "")), class_name="mb-3"),
                rx.cond(
                    ProjectState.is_ready,
                    rx.cond(
                        ProjectState.is_there,
                        _project(),
                        missing(t("There is no such project, or you are not on its team.")),
                    ),
                    card(skeleton_rows(6)),
                ),
                class_name="mx-auto w-full max-w-page",
            ),
        )
    )


def _name() -> rx.Var[str]:
    return rx.cond(ProjectState.name, ProjectState.name, "…").to(str)


def _project() -> rx.Component:
    return stack(
        rx.cond(ProjectState.is_deleted, _deleted()),
        rx.cond(
            ProjectState.status == ProjectStatus.COMPLETED.value,
            alert(t("This project is completed: nothing but its status can be changed.")),
        ),
        _header(),
        rx.cond(~ProjectState.is_deleted, _parts()),
        _status_dialog(),
    )


def _deleted() -> rx.Component:
    return alert(
        t("This project was deleted. Nobody finds it any more."),
        tone="warning",
        action=button(t("Bring back"), tone="secondary", size="sm", on_click=ProjectState.restore),
    )


# Who and what it is


def _header() -> rx.Component:
    return card(
        logo(ProjectState.logo_url, "lg"),
        rx.el.div(
            rx.el.h1(
                ProjectState.name,
                id="page-title",
                tab_index=-1,
                class_name="text-xl font-semibold break-words text-ink sm:text-2xl",
            ),
            row(
                code_text(ProjectState.code),
                status_badge(ProjectState.status),
                gap="gap-x-4 gap-y-2",
                class_name="mt-1.5",
            ),
            rx.el.p(
                type_of(ProjectState.production_type),
                " · ",
                either(ProjectState.place_en, ProjectState.place_fr),
                rx.cond(
                    (ProjectState.starts_on != "") | (ProjectState.ends_on != ""),
                    rx.fragment(" · ", days(ProjectState.starts_on, ProjectState.ends_on)),
                ),
                class_name="mt-2 text-sm text-muted",
            ),
            rx.cond(
                ProjectState.production,
                rx.el.p(
                    text_link(
                        ProjectState.production,
                        href=f"/productions/{ProjectState.production_id}",
                        class_name="text-sm",
                    ),
                    class_name="mt-1",
                ),
            ),
            class_name="min-w-0 flex-1 basis-64",
        ),
        row(_documents(), _status(), _more(), gap="gap-2", class_name="max-sm:w-full"),
        class_name="flex flex-wrap items-start gap-x-5 gap-y-4",
    )


def _documents() -> rx.Component:
    return rx.cond(
        ~ProjectState.is_deleted,
        link_button(t("Documents and mails"), href=f"/projects/{ProjectState.id}/papers", before="printer"),
    )


def _status() -> rx.Component:
    return rx.cond(
        ~ProjectState.is_deleted,
        menu(
            rx.el.span(t("Change status"), icon("chevron-down", 14), class_name=button_class("secondary")),
            *(
                menu_item(
                    rx.el.span(label(one), class_name="flex-1"),
                    disabled=ProjectState.status == one.value,
                    on_click=ProjectState.ask_status(one.value),
                )
                for one in ProjectStatus
            ),
            label=t("Change status"),
        ),
    )


def _status_dialog() -> rx.Component:
    return dialog(
        t("Change the status?"),
        rx.el.form(
            rx.el.p(
                status_badge(ProjectState.status),
                rx.el.span("→", class_name="text-muted", aria_hidden="true"),
                status_badge(ProjectState.next_status),
                class_name="mb-4 flex items-center gap-3",
            ),
            rx.cond(
                ProjectState.next_status == ProjectStatus.COMPLETED.value,
                rx.el.div(
                    alert(t("Nothing but its status can be changed on a completed project."), tone="warning"),
                    class_name="mb-4",
                ),
            ),
            field(
                t("Note"),
                text_input("status_note", max_length=300),
                hint=t("Kept in the history, with your name."),
                optional=True,
            ),
            id="status_form",
            on_submit=ProjectState.move_on,
        ),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=ProjectState.forget_status),
            button(t("Change the status"), type="submit", form="status_form"),
        ),
        open=ProjectState.next_status != "",
        on_close=ProjectState.forget_status,
    )


def _more() -> rx.Component:
    return rx.cond(
        ProjectState.may_delete & ~ProjectState.is_deleted,
        confirm(
            t("Delete this project?"),
            t("It leaves every list, with its roles, boards and people. Whoever started it can bring it back."),
            trigger=icon_button("trash-2", t("Delete"), tone="secondary"),
            yes=button(t("Delete"), tone="danger", on_click=ProjectState.delete),
        ),
    )


def _parts() -> rx.Component:
    here = ProjectState.tab
    return rx.el.div(
        tabs(
            t("Parts of the project"),
            [
                ("roles", t("Roles"), ProjectState.roles.length()),
                ("people", t("Assigned people"), ProjectState.people.length()),
                ("team", t("Team"), ProjectState.team.length()),
                ("presence", t("Presence")),
                ("details", t("Details")),
                ("history", t("History")),
            ],
            current=here,
            on_select=ProjectState.turn_to,
        ),
        tab_panel("roles", here, roles()),
        tab_panel("people", here, people()),
        tab_panel("team", here, _team()),
        tab_panel("presence", here, presence()),
        tab_panel("details", here, _details()),
        tab_panel("history", here, _history()),
    )


# Details


def _details() -> rx.Component:
    company = fact_line(t("Production company"), ProjectState.production, ProjectState.production)
    return stack(
        *(
            section(
                step,
                TITLES[step],
                ANSWERS,
                may_edit=ProjectState.is_open,
                shown_also=company if step is ProjectStep.PROJECT else None,
                asked_also=company_field(ProjectState) if step is ProjectStep.PROJECT else None,
            )
            for step in ProjectStep
        )
    )


# The team


def _team() -> rx.Component:
    return rx.el.div(
        panel(
            t("Who works on it"),
            rx.el.ul(rx.foreach(ProjectState.team, _member), class_name="divide-y divide-line"),
            text=t("They see and change everything here. Administrators always can."),
            flush=True,
            class_name="min-w-0 flex-1",
        ),
        panel(
            t("Add a colleague"),
            live_text_input(
                "colleague_search",
                t("Name or e-mail"),
                value=ProjectState.looked_for,
                on_change=ProjectState.look_for,
                shortcut="",
                max_length=100,
            ),
            _colleagues(),
            class_name="lg:w-96 lg:shrink-0",
        ),
        class_name="flex flex-col gap-5 lg:flex-row lg:items-start",
    )


def _member(one: rx.Var[Member]) -> rx.Component:
    return rx.el.li(
        avatar(one.name, "", "md"),
        rx.el.div(
            rx.el.p(
                one.name,
                rx.cond(one.is_you, rx.el.span(" ", t("(you)"), class_name="font-normal text-muted")),
                class_name="truncate text-sm font-medium text-ink",
            ),
            rx.el.p(one.email, class_name="truncate text-xs text-muted"),
            class_name="min-w-0 flex-1",
        ),
        badge(worded_choice(Role, one.role)),
        confirm(
            t("Take {name} off the team?", name=one.name),
            t("They do not see the project any more. Their notes stay."),
            trigger=icon_button("user-minus", t("Take {name} off the team", name=one.name)),
            yes=button(t("Take off the team"), tone="danger", on_click=ProjectState.remove_member(one.id)),
        ),
        key=one.id.to(str),
        class_name="flex items-center gap-3 px-5 py-3 sm:px-6",
    )


def _colleagues() -> rx.Component:
    def line(one: rx.Var[Member]) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                avatar(one.name, "", "sm"),
                rx.el.span(
                    rx.el.span(one.name, class_name="block truncate text-sm font-medium text-ink"),
                    rx.el.span(one.email, class_name="block truncate text-xs text-muted"),
                    class_name="min-w-0 flex-1",
                ),
                icon("plus", 16, "text-muted"),
                type="button",
                on_click=ProjectState.add_member(one.id),
                class_name="flex min-h-12 w-full items-center gap-3 px-3 py-2 text-start hover:bg-sunken",
            ),
            key=one.id.to(str),
        )

    return rx.cond(
        ProjectState.colleagues.length() > 0,
        rx.el.ul(
            rx.foreach(ProjectState.colleagues, line),
            class_name="mt-3 divide-y divide-line overflow-hidden rounded-card border border-line",
        ),
        rx.el.p(
            rx.cond(
                ProjectState.looked_for,
                t("No recruiter answers to this."),
                t("Recruiters and administrators can be added."),
            ),
            class_name="mt-3 text-sm text-muted",
            aria_live="polite",
        ),
    )


# History


def _history() -> rx.Component:
    return panel(
        t("Status by status"),
        rx.el.ol(rx.foreach(ProjectState.history, _step), class_name="divide-y divide-line"),
        flush=True,
    )


def _step(one: rx.Var[Step]) -> rx.Component:
    return rx.el.li(
        rx.el.div(status_badge(one.status), class_name="w-40 shrink-0"),
        rx.el.div(
            rx.cond(one.note, rx.el.p(one.note, class_name="text-sm text-ink")),
            rx.el.p(
                rx.cond(one.by, one.by + " · ", ""),
                moment(one.at),
                class_name="text-xs text-muted",
            ),
            class_name="min-w-0 flex-1",
        ),
        class_name="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-5 py-3 sm:px-6",
    )
