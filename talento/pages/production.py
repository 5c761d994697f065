"""One production company: who it is, what it has, what it shoots."""

from typing import Any

import reflex as rx

from talento.components.actions import button, button_class
from talento.components.badges import badge
from talento.components.casting import logo, status_badge
from talento.components.feedback import alert, empty
from talento.components.files import logo_drop
from talento.components.links import anchor
from talento.components.navigation import breadcrumbs
from talento.components.overlays import confirm
from talento.components.progress import skeleton_rows
from talento.components.questions import Answers
from talento.components.sheets import in_words, section
from talento.components.surfaces import card, panel, row, stack
from talento.components.text import t
from talento.i18n import phrase
from talento.models.facts import ProductionStep
from talento.pages.frame import inside, only
from talento.services.casting import productions as companies
from talento.services.casting.productions import Known
from talento.state.productions import ProductionState
from talento.state.session import ReaderState
from talento.vocabulary.permissions import Permission

TITLES = {
    ProductionStep.COMPANY: phrase("The company"),
    ProductionStep.CONTACT: phrase("Contact"),
    ProductionStep.NETWORKS: phrase("On the web"),
    ProductionStep.ABOUT: phrase("Work and means"),
}
ANSWERS = Answers(state=ProductionState, keep=ProductionState.keep, check=ProductionState.check, form=companies.FORM)
MAY_EDIT = ~ProductionState.is_deleted
DANGEROUS = "text-danger-ink hover:bg-danger-soft hover:text-danger-ink"


def production() -> rx.Component:
    """The company; a plain word when there is none."""
    return inside(
        only(
            Permission.CASTING,
            rx.el.div(
                rx.el.div(breadcrumbs((t("Productions"), "/productions"), (_name(), "")), class_name="mb-3"),
                rx.cond(
                    ProductionState.is_ready,
                    rx.cond(ProductionState.is_there, _company(), missing(t("There is no such company."))),
                    card(skeleton_rows(6)),
                ),
                class_name="mx-auto w-full max-w-page",
            ),
        )
    )


def missing(words: Any) -> rx.Component:
    """Nothing behind this address, or nothing for this reader."""
    return card(rx.el.h1(words, id="page-title", tab_index=-1, class_name="sr-only"), empty(words, before="search-x"))


def _name() -> rx.Var[str]:
    return rx.cond(ProductionState.name, ProductionState.name, "…").to(str)


def _company() -> rx.Component:
    return stack(
        rx.cond(ProductionState.is_deleted, _deleted()),
        _header(),
        rx.el.div(
            rx.el.aside(stack(_logo(), _projects()), class_name="min-w-0 lg:order-last lg:w-88 lg:shrink-0"),
            stack(
                *(section(step, TITLES[step], ANSWERS, may_edit=MAY_EDIT) for step in ProductionStep),
                class_name="flex-1",
            ),
            class_name="flex flex-col gap-5 lg:flex-row lg:items-start",
        ),
    )


def _deleted() -> rx.Component:
    return alert(
        t("This company was deleted. Nobody finds it any more."),
        tone="warning",
        action=button(t("Bring back"), tone="secondary", size="sm", on_click=ProductionState.restore),
    )


def _header() -> rx.Component:
    return card(
        logo(ProductionState.logo_url, "lg"),
        rx.el.div(
            rx.el.h1(
                ProductionState.name,
                id="page-title",
                tab_index=-1,
                class_name="text-xl font-semibold break-words text-ink sm:text-2xl",
            ),
            row(
                rx.cond(
                    ProductionState.is_verified,
                    badge(t("Verified"), tone="success", before="badge-check"),
                    badge(t("Not verified"), tone="neutral"),
                ),
                rx.el.span(in_words(ProductionState, "specialization"), class_name="text-sm text-muted"),
                class_name="mt-2",
            ),
            class_name="min-w-0 flex-1 basis-56",
        ),
        row(_verify(), _delete(), gap="gap-2"),
        class_name="flex flex-wrap items-center gap-x-5 gap-y-4",
    )


def _verify() -> rx.Component:
    may = ReaderState.permissions.contains(Permission.ADMINISTER.value) & ~ProductionState.is_deleted
    return rx.cond(
        may,
        rx.cond(
            ProductionState.is_verified,
            button(t("Withdraw the check"), tone="ghost", size="sm", on_click=ProductionState.verify(False)),
            button(
                t("Mark as verified"),
                tone="secondary",
                size="sm",
                before="badge-check",
                on_click=ProductionState.verify(True),
            ),
        ),
    )


def _delete() -> rx.Component:
    return rx.cond(
        ProductionState.may_delete & ~ProductionState.is_deleted,
        confirm(
            t("Delete this company?"),
            t("It leaves every list. Whoever added it, and administrators, can bring it back."),
            trigger=button(t("Delete"), tone="ghost", size="sm", before="trash-2", class_name=DANGEROUS),
            yes=button(t("Delete"), tone="danger", on_click=ProductionState.delete),
        ),
    )


def _logo() -> rx.Component:
    return rx.cond(
        MAY_EDIT,
        panel(
            t("Logo"),
            logo_drop(
                url=ProductionState.logo_url, on_done=ProductionState.attached, on_remove=ProductionState.removed
            ),
        ),
    )


def _projects() -> rx.Component:
    return panel(
        t("Your projects with it"),
        rx.cond(
            ProductionState.projects.length() > 0,
            rx.el.ul(rx.foreach(ProductionState.projects, _project), class_name="divide-y divide-line"),
            rx.el.p(t("None yet."), class_name="px-5 py-4 text-sm text-muted sm:px-6"),
        ),
        actions=anchor(t("All projects"), href="/projects", class_name=button_class("ghost", "sm")),
        flush=True,
    )


def _project(one: rx.Var[Known]) -> rx.Component:
    return rx.el.li(
        anchor(
            rx.el.span(
                rx.el.span(one.name, class_name="block truncate text-sm font-medium text-ink"),
                rx.el.span(one.code, class_name="block truncate text-xs text-muted tabular-nums", dir="ltr"),
                class_name="min-w-0 flex-1",
            ),
            status_badge(one.status),
            href=f"/projects/{one.id}",
            class_name="flex items-center gap-3 px-5 py-3 hover:bg-sunken sm:px-6",
        ),
        key=one.id.to(str),
    )
