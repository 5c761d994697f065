"""The roles of a project, each with how far it is filled, its board and its search."""

from typing import Any

import reflex as rx

from talento.components.actions import button, icon_button, link_button
from talento.components.badges import badge
from talento.components.casting import fill_bar, filled, period_of
from talento.components.choices import checkbox
from talento.components.cinema import kind_badge
from talento.components.feedback import alert, empty
from talento.components.fields import field, fieldset, textarea
from talento.components.icons import icon
from talento.components.overlays import dialog, menu, menu_item, menu_separator, side_panel
from talento.components.questions import Answers, questions
from talento.components.sheets import conflict
from talento.components.surfaces import card, stack
from talento.components.text import either, t, worded
from talento.i18n import phrase
from talento.models.facts import RoleStep
from talento.services.casting import roles as service
from talento.services.casting.roles import RoleView
from talento.state.projects import ProjectState
from talento.state.roles import RoleState

TRAITS = {"ethnicities": phrase("Ethnicity"), "skin_tone": phrase("Skin tone")}
ANSWERS = Answers(state=RoleState, keep=RoleState.keep, check=RoleState.check, form=service.FORM)


def roles() -> rx.Component:
    """The list, and what opens from it."""
    return rx.fragment(
        rx.cond(
            ProjectState.roles.length() > 0,
            rx.fragment(
                rx.el.div(
                    rx.el.p(
                        t("In the order of the cast list. Each has its own board."), class_name="text-sm text-muted"
                    ),
                    _add(),
                    class_name="mb-4 flex flex-wrap items-center justify-between gap-3",
                ),
                rx.el.ul(rx.foreach(ProjectState.roles, _role), class_name="grid gap-3 xl:grid-cols-2"),
            ),
            card(
                empty(
                    t("No role yet"),
                    t("A role says who is wanted, how many, and for what fee. Its search finds them, its board books."),
                    before="drama",
                    action=_add(),
                )
            ),
        ),
        _form(),
        _declaration(),
    )


def _add() -> rx.Component:
    return rx.cond(ProjectState.is_open, button(t("Add a role"), before="plus", on_click=RoleState.begin))


def _role(role: rx.Var[RoleView], index: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h3(role.name, class_name="text-base font-semibold break-words text-ink"),
                rx.el.div(
                    kind_badge(role.kind),
                    rx.cond(role.fee, rx.el.span(_fee(role), class_name="text-sm text-muted")),
                    class_name="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1",
                ),
                class_name="min-w-0 flex-1",
            ),
            _menu(role, index),
            class_name="flex items-start gap-3",
        ),
        rx.cond(
            role.description, rx.el.p(role.description, class_name="line-clamp-2 text-sm whitespace-pre-line text-ink")
        ),
        _fill(role),
        _criteria(role),
        rx.el.div(
            link_button(
                t("Board"),
                rx.cond(role.considered > 0, badge(role.considered, tone="brand")),
                href=f"/board/{role.id}",
                tone="primary",
                size="sm",
                before="square-kanban",
            ),
            link_button(t("Find people for this role"), href=f"/cinema?role={role.id}", size="sm", before="search"),
            class_name="mt-auto flex flex-wrap gap-2 pt-1",
        ),
        key=role.id.to(str),
        class_name="flex flex-col gap-3.5 rounded-card border border-line bg-surface p-5 shadow-card",
    )


def _fee(role: rx.Var[RoleView]) -> rx.Component:
    return rx.el.span(role.fee, " ", period_of(role.fee_period), class_name="tabular-nums")


def _fill(role: rx.Var[RoleView]) -> rx.Component:
    words = t("{booked} of {wanted} booked", booked=role.booked, wanted=role.wanted)
    return rx.el.div(
        rx.el.div(
            rx.el.span(t("Booked"), class_name="text-xs text-muted"),
            filled(role.booked, role.wanted),
            class_name="flex items-baseline justify-between gap-3",
        ),
        fill_bar(role.booked, role.wanted, words),
        class_name="flex flex-col gap-1.5",
    )


def _criteria(role: rx.Var[RoleView]) -> rx.Component:
    """What the role looks for, in words."""
    key = role.id.to(str)
    words = either(ProjectState.wanted_en[key], ProjectState.wanted_fr[key]).to(list[str])
    return rx.el.div(
        rx.cond(
            role.criteria,
            rx.foreach(words, lambda word: badge(word)),
            badge(t("No search saved yet"), before="sliders-horizontal"),
        ),
        rx.foreach(role.traits, lambda trait: badge(_trait(trait), tone="warning", before="shield-alert")),
        class_name="flex flex-wrap gap-2",
    )


def _trait(trait: Any) -> rx.Var[str]:
    return rx.match(trait, *((name, worded(words)) for name, words in TRAITS.items()), "").to(str)


def _menu(role: rx.Var[RoleView], index: Any) -> rx.Component:
    return rx.cond(
        ProjectState.is_open,
        rx.el.div(
            icon_button("pencil", t("Edit {name}", name=role.name), size="sm", on_click=RoleState.edit(role.id)),
            menu(
                rx.el.span(icon("ellipsis", 18), class_name="grid size-control-sm place-items-center text-muted"),
                menu_item(t("Move up"), before="arrow-up", on_click=ProjectState.move_role(role.id, -1)),
                menu_item(t("Move down"), before="arrow-down", on_click=ProjectState.move_role(role.id, 1)),
                menu_separator(),
                menu_item(t("Protected traits…"), before="shield-alert", on_click=RoleState.think_of_traits(role.id)),
                menu_separator(),
                menu_item(t("Delete"), before="trash-2", danger=True, on_click=RoleState.delete(role.id)),
                label=t("More about {name}", name=role.name),
            ),
            class_name="-mt-1 -me-2 flex shrink-0 items-center",
        ),
    )


def _form() -> rx.Component:
    return side_panel(
        rx.cond(RoleState.id > 0, t("Edit the role"), t("A new role")),
        rx.el.form(
            stack(
                rx.cond(RoleState.is_stale, conflict(RoleState.keep_mine, RoleState.take_theirs)),
                questions(RoleStep.ROLE, ANSWERS),
                questions(RoleStep.FEE, ANSWERS),
                gap="gap-6",
            ),
            id="role_form",
            no_validate=True,
            on_submit=RoleState.save,
        ),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=RoleState.close),
            button(t("Save"), type="submit", form="role_form", loading=RoleState.is_saving),
        ),
        open=RoleState.is_open,
        on_close=RoleState.close,
    )


def _declaration() -> rx.Component:
    return dialog(
        t("Does this role call for protected traits?"),
        rx.el.form(
            stack(
                alert(
                    t(
                        "Searching by ethnicity or skin tone is only allowed where the part itself calls for it. "
                        "The declaration and its reason are kept in the security log."
                    ),
                    tone="warning",
                ),
                fieldset(
                    t("The part calls for"),
                    *(
                        checkbox(
                            f"trait_{name}",
                            worded(words),
                            checked=RoleState.traits.contains(name),
                            on_change=lambda is_on, name=name: RoleState.call_for(name, is_on),
                        )
                        for name, words in TRAITS.items()
                    ),
                ),
                field(
                    t("Reason"),
                    textarea("traits_reason", value=RoleState.reason, max_length=500, rows=3),
                    hint=t("At least 10 characters. What in the script calls for it?"),
                    error=rx.cond(
                        RoleState.problems.contains("traits_reason"), RoleState.problems["traits_reason"], ""
                    ).to(str),
                    required=RoleState.traits.length() > 0,
                ),
            ),
            id="traits_form",
            no_validate=True,
            on_submit=RoleState.declare,
        ),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=RoleState.leave_traits),
            button(
                rx.cond(RoleState.traits.length() > 0, t("Declare"), t("None: withdraw")),
                type="submit",
                form="traits_form",
            ),
        ),
        open=RoleState.is_declaring,
        on_close=RoleState.leave_traits,
    )
