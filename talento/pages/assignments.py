"""The people on a project: added by name or by any code, changed, taken off."""

from typing import Any

import reflex as rx

from talento.components.actions import button, icon_button
from talento.components.badges import avatar, badge, code_text
from talento.components.casting import answer_badge, days, found_people
from talento.components.cinema import kind_badge
from talento.components.feedback import alert, empty
from talento.components.fields import date_input, field, option, select, text_input, textarea
from talento.components.links import text_link
from talento.components.overlays import dialog, side_panel
from talento.components.surfaces import card, stack
from talento.components.tables import Column, data_table
from talento.components.text import label, t
from talento.services.casting.assignments import Assigned
from talento.state.assigning import AssigningState
from talento.state.projects import ProjectState
from talento.vocabulary.casting import TalentType


def people() -> rx.Component:
    """The list, and what opens from it."""
    return rx.fragment(
        rx.cond(
            ProjectState.people.length() > 0,
            rx.fragment(
                rx.el.div(
                    rx.el.p(
                        t("Each has a number of their own on this project, which is never given again."),
                        class_name="text-sm text-muted",
                    ),
                    _add(),
                    class_name="mb-4 flex flex-wrap items-center justify-between gap-3",
                ),
                _table(),
            ),
            card(
                empty(
                    t("Nobody is assigned yet"),
                    t("Assign somebody by name or code, or book them on the board of a role."),
                    before="id-card",
                    action=_add(),
                )
            ),
        ),
        _form(),
        _removal(),
    )


def _add() -> rx.Component:
    return rx.cond(
        ProjectState.is_open, button(t("Assign somebody"), before="user-plus", on_click=AssigningState.begin)
    )


def _table() -> rx.Component:
    return data_table(
        [
            Column(t("Person"), _person, is_title=True, width="sm:max-w-80"),
            Column(t("Part"), _part),
            Column(t("Days"), lambda one: days(one.starts_on, one.ends_on, _whole())),
            Column(t("Answer"), lambda one: answer_badge(one.answer)),
            Column(t("Contact"), _contact),
            Column(t("Actions"), _actions, is_end=True),
        ],
        ProjectState.people,
        caption=t("Assigned people"),
        key=lambda one: one.id.to(str),
    )


def _whole() -> rx.Component:
    return rx.el.span(t("Whole project"), class_name="whitespace-nowrap text-muted")


def _person(one: rx.Var[Assigned]) -> rx.Component:
    name = rx.cond(one.is_withheld, t("Name withheld"), one.face.name)
    return rx.el.div(
        avatar(one.face.name, one.face.photo_url, "md"),
        rx.el.div(
            rx.el.p(
                name,
                rx.cond(one.face.is_minor, rx.fragment(" ", badge(t("Under 18"), tone="warning"))),
                class_name="flex min-w-0 items-center gap-2 truncate text-sm font-medium text-ink",
            ),
            rx.el.p(code_text(one.code), class_name="whitespace-nowrap"),
            class_name="min-w-0",
        ),
        class_name="flex min-w-0 items-center gap-3",
    )


def _part(one: rx.Var[Assigned]) -> rx.Component:
    return rx.el.div(
        rx.cond(one.role_name, rx.el.p(one.role_name, class_name="truncate text-sm text-ink")),
        kind_badge(one.kind),
        rx.cond(one.description, rx.el.p(one.description, class_name="line-clamp-2 text-xs text-muted")),
        rx.cond(
            one.overlap_reason,
            rx.el.p(
                t("Also booked elsewhere: {reason}", reason=one.overlap_reason),
                class_name="line-clamp-2 text-xs text-warning-ink",
            ),
        ),
        class_name="max-w-64 min-w-0",
    )


def _contact(one: rx.Var[Assigned]) -> rx.Component:
    return rx.cond(
        one.email,
        rx.el.div(
            rx.cond(
                one.phone,
                rx.el.p(text_link(one.phone, href=f"tel:{one.phone}", external=True), class_name="whitespace-nowrap"),
            ),
            rx.el.p(text_link(one.email, href=f"mailto:{one.email}", external=True), class_name="truncate"),
            class_name="max-w-44 min-w-0 text-sm 2xl:max-w-64",
        ),
        rx.el.span(
            rx.cond(one.face.is_minor, t("Through the guardian"), t("Not given")), class_name="text-sm text-faint"
        ),
    )


def _actions(one: rx.Var[Assigned]) -> rx.Component:
    name = rx.cond(one.face.name, one.face.name, one.code)
    return rx.cond(
        ProjectState.is_open,
        rx.el.div(
            rx.cond(
                one.is_withheld,
                rx.fragment(),
                icon_button("pencil", t("Edit {name}", name=name), on_click=AssigningState.edit(one.id)),
            ),
            icon_button(
                "user-minus",
                t("Take {name} off the project", name=name),
                on_click=AssigningState.think_of_removing(one.id),
            ),
            class_name="flex justify-end gap-1",
        ),
    )


# The form


def _form() -> rx.Component:
    is_new = AssigningState.id == 0
    return side_panel(
        rx.cond(is_new, t("Assign somebody"), t("Change the assignment")),
        rx.cond(AssigningState.who, _chosen(is_new), _search()),
        rx.cond(
            AssigningState.who,
            rx.el.form(
                stack(_terms(), gap="gap-6"),
                id="assignment_form",
                no_validate=True,
                on_submit=AssigningState.save,
                class_name="mt-6",
            ),
        ),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=AssigningState.close),
            button(
                rx.cond(is_new, t("Assign"), t("Save")),
                type="submit",
                form="assignment_form",
                disabled=~AssigningState.who.bool(),
                loading=AssigningState.is_saving,
            ),
        ),
        open=AssigningState.is_open,
        on_close=AssigningState.close,
    )


def _search() -> rx.Component:
    return rx.el.div(
        field(
            t("Who?"),
            text_input(
                "who",
                value=AssigningState.text,
                placeholder=t("Name, or scan a code"),
                auto_complete="off",
                spell_check=False,
                max_length=2000,
                on_change=AssigningState.search,
                on_enter=AssigningState.scan,
            ),
            hint=t("Talent code, cinema code, assignment code or the QR of a badge."),
            error=_problem("who"),
        ),
        found_people(AssigningState.found, AssigningState.choose, t("On the project")),
    )


def _chosen(is_new: Any) -> rx.Component:
    who = AssigningState.who
    return rx.el.div(
        avatar(who.name, who.photo_url, "lg"),
        rx.el.div(
            rx.el.p(who.name, class_name="truncate font-semibold text-ink"),
            rx.el.p(who.code, class_name="truncate text-sm text-muted tabular-nums", dir="ltr"),
            class_name="min-w-0 flex-1",
        ),
        rx.cond(
            is_new,
            button(t("Somebody else"), tone="ghost", size="sm", on_click=AssigningState.somebody_else),
        ),
        class_name="flex items-center gap-4 rounded-card bg-sunken p-4",
    )


def _terms() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            field(
                t("Role"),
                select(
                    "role_id",
                    rx.foreach(ProjectState.roles, lambda role: option(role.id.to(str), role.name)),
                    value=_answer("role_id"),
                    placeholder=t("No role"),
                    on_change=lambda value: AssigningState.keep("role_id", value),
                ),
            ),
            field(
                t("Kind of part"),
                select(
                    "kind",
                    *(option(one.value, label(one)) for one in TalentType),
                    value=rx.cond(_answer("kind"), _answer("kind"), TalentType.EXTRA.value),
                    on_change=lambda value: AssigningState.keep("kind", value),
                ),
                error=_problem("kind"),
            ),
            field(
                t("From"),
                date_input(
                    "starts_on",
                    value=_answer("starts_on"),
                    on_blur=lambda text: AssigningState.keep("starts_on", text),
                ),
                error=_problem("starts_on"),
                optional=True,
            ),
            field(
                t("To"),
                date_input(
                    "ends_on", value=_answer("ends_on"), on_blur=lambda text: AssigningState.keep("ends_on", text)
                ),
                error=_problem("ends_on"),
                optional=True,
            ),
            class_name="grid gap-x-5 gap-y-6 sm:grid-cols-2",
        ),
        rx.el.p(t("Without days, for as long as the project lasts."), class_name="-mt-3 text-xs text-muted"),
        field(
            t("Description"),
            textarea(
                "description",
                value=_answer("description"),
                max_length=500,
                rows=2,
                on_blur=lambda text: AssigningState.keep("description", text),
            ),
            optional=True,
        ),
        rx.cond(AssigningState.overlap, _overlap()),
    )


def _overlap() -> rx.Component:
    return stack(
        alert(AssigningState.overlap, tone="warning", title=t("Taken on these days already")),
        field(
            t("Why is it all right?"),
            text_input(
                "overlap_reason",
                value=_answer("overlap_reason"),
                max_length=500,
                on_blur=lambda text: AssigningState.keep("overlap_reason", text),
            ),
            hint=t("Kept with the assignment. Then assign again."),
            required=True,
        ),
        gap="gap-4",
    )


def _answer(name: str) -> rx.Var[str]:
    answers = AssigningState.answers
    return rx.cond(answers.contains(name), answers[name], "").to(str)


def _problem(name: str) -> rx.Var[str]:
    problems = AssigningState.problems
    return rx.cond(problems.contains(name), problems[name], "").to(str)


def _removal() -> rx.Component:
    return dialog(
        t("Take {name} off the project?", name=AssigningState.leaving_name),
        rx.el.form(
            rx.el.p(
                t("The badge stops being valid. The number is kept: whoever comes back has the same code."),
                class_name="mb-4 text-sm text-muted",
            ),
            field(
                t("Reason"),
                text_input("removal_reason", max_length=300),
                error=_problem("removal_reason"),
                required=True,
            ),
            id="removal_form",
            no_validate=True,
            on_submit=AssigningState.remove,
        ),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=AssigningState.stay),
            button(t("Take off the project"), tone="danger", type="submit", form="removal_form"),
        ),
        open=AssigningState.leaving > 0,
        on_close=AssigningState.stay,
    )
