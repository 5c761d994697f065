"""Production companies, found while typing; a new one is typed at the side."""

import reflex as rx

from talento.components.actions import button
from talento.components.badges import badge
from talento.components.casting import logo
from talento.components.choices import switch
from talento.components.feedback import empty
from talento.components.fields import live_text_input
from talento.components.icons import icon
from talento.components.links import anchor
from talento.components.navigation import pagination
from talento.components.overlays import side_panel
from talento.components.progress import skeleton_rows
from talento.components.questions import Answers, questions
from talento.components.shells import screen
from talento.components.surfaces import LIFT, card, stack
from talento.components.text import either, plural, t
from talento.pages.frame import inside, only
from talento.services.casting import productions as companies
from talento.services.casting.productions import Line
from talento.state.productions import STEPS, ProductionsState
from talento.vocabulary.permissions import Permission

GRID = "grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3"

ANSWERS = Answers(state=ProductionsState, keep=ProductionsState.keep, check=ProductionsState.check, form=companies.FORM)


def productions() -> rx.Component:
    """The list and its search."""
    return inside(
        screen(
            t("Productions"),
            only(
                Permission.CASTING,
                rx.fragment(_filters(), rx.cond(ProductionsState.is_ready, _list(), card(skeleton_rows(6))), _new()),
            ),
            text=t("The companies that shoot. Every recruiter sees and completes them."),
            actions=button(t("Add a company"), before="plus", on_click=ProductionsState.begin),
        )
    )


def _filters() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            live_text_input(
                "productions_search",
                t("Name, city or specialisation"),
                value=ProductionsState.text,
                on_change=ProductionsState.search,
                max_length=200,
            ),
            class_name="min-w-0 flex-1 basis-72",
        ),
        switch(
            "productions_verified",
            t("Verified only"),
            checked=ProductionsState.is_verified,
            on_change=ProductionsState.narrow,
        ),
        switch(
            "productions_deleted",
            t("Deleted"),
            checked=ProductionsState.is_deleted,
            on_change=ProductionsState.show_deleted,
        ),
        class_name="mb-4 flex flex-wrap items-center gap-x-6 gap-y-2",
    )


def _list() -> rx.Component:
    return rx.cond(
        ProductionsState.total > 0,
        rx.fragment(
            rx.el.ul(rx.foreach(ProductionsState.rows, _company), class_name=GRID),
            rx.el.div(
                pagination(
                    first=ProductionsState.offset + 1,
                    last=ProductionsState.last,
                    total=ProductionsState.total,
                    on_previous=ProductionsState.turn(-1),
                    on_next=ProductionsState.turn(1),
                ),
                class_name="mt-4",
            ),
        ),
        card(_nothing()),
    )


def _company(one: rx.Var[Line]) -> rx.Component:
    return rx.el.li(
        anchor(
            logo(one.logo_url),
            rx.el.span(
                rx.el.span(
                    rx.el.span(one.name, class_name="truncate font-semibold text-ink"),
                    rx.cond(one.is_verified, verified_sign()),
                    class_name="flex min-w-0 items-center gap-1.5",
                ),
                rx.el.span(
                    rx.cond(one.specialization, one.specialization, t("No specialisation given")),
                    class_name="block truncate text-sm text-muted",
                ),
                rx.el.span(either(one.place_en, one.place_fr), class_name="block truncate text-xs text-faint"),
                class_name="min-w-0 flex-1",
            ),
            rx.cond(
                one.projects > 0,
                badge(plural(one.projects, one="{n} project", other="{n} projects"), tone="brand"),
            ),
            href=f"/productions/{one.id}",
            class_name=f"{LIFT} flex h-full items-start gap-4 p-4",
        ),
        rx.cond(
            one.is_deleted,
            button(
                t("Bring back"),
                tone="secondary",
                size="sm",
                before="rotate-ccw",
                on_click=ProductionsState.restore(one.id),
                class_name="mt-2",
            ),
        ),
        key=one.id.to(str),
    )


def verified_sign() -> rx.Component:
    """An admin has checked that the company exists."""
    return rx.el.span(
        icon("badge-check", 16, "text-success-ink"),
        rx.el.span(t("Verified"), class_name="sr-only"),
        title=t("Verified"),
        class_name="inline-flex shrink-0",
    )


def _nothing() -> rx.Component:
    is_narrowed = (ProductionsState.text != "") | ProductionsState.is_verified | ProductionsState.is_deleted
    return rx.cond(
        is_narrowed,
        empty(
            t("No company found"),
            t("Try fewer filters, or another spelling."),
            before="search-x",
            action=button(t("Clear all"), tone="secondary", on_click=ProductionsState.clear),
        ),
        empty(
            t("No company yet"),
            t("Add the company that shoots; its projects come next."),
            before="building-2",
            action=button(t("Add a company"), before="plus", on_click=ProductionsState.begin),
        ),
    )


def _new() -> rx.Component:
    return side_panel(
        t("A new company"),
        rx.el.form(
            stack(*(questions(step, ANSWERS) for step in STEPS), gap="gap-6"),
            id="new_company",
            no_validate=True,
            on_submit=ProductionsState.create,
        ),
        footer=rx.fragment(
            button(t("Cancel"), tone="secondary", on_click=ProductionsState.leave),
            button(t("Add the company"), type="submit", form="new_company", loading=ProductionsState.is_saving),
        ),
        text=t("Only the name is needed. The rest can wait."),
        open=ProductionsState.is_adding,
        on_close=ProductionsState.leave,
    )
