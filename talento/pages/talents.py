"""Find people: a box, filters that count, and the people who answer; one of them opens at the side."""

import reflex as rx

from talento.components.choices import switch
from talento.components.people import Shown, person_card, person_name, person_panel, rows_of, subtitle
from talento.components.progress import skeleton
from talento.components.searching import Search
from talento.components.shells import screen
from talento.components.surfaces import CARD
from talento.components.tables import Column, data_table
from talento.components.text import plural, t
from talento.pages.frame import inside, only
from talento.services.search import GENERAL
from talento.state.session import ReaderState
from talento.state.talents import TalentsState
from talento.vocabulary.permissions import Permission

SEARCH = Search(
    "talents",
    TalentsState,
    GENERAL,
    unfolded=("skills", "residence", "gender", "age"),
    long=("skills", "residence", "city", "languages", "origin"),
)
GRID = "grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3"


def talents() -> rx.Component:
    """The search and whoever it finds."""
    return inside(
        screen(t("Find people"), only(Permission.SEARCH_TALENTS, _search()), width="full"),
    )


def _search() -> rx.Component:
    person = TalentsState.panel
    return rx.fragment(
        SEARCH.page(
            above=[SEARCH.box(t("Name, code, skill, e-mail or a word of the biography"))],
            summary=SEARCH.summary(
                count=plural(TalentsState.total, one="{n} person", other="{n} people"),
                news=plural(
                    TalentsState.arrived, one="{n} new person matches — show", other="{n} new people match — show"
                ),
                show=plural(TalentsState.total, one="Show {n} person", other="Show {n} people"),
                views=[("cards", t("Cards")), ("table", t("Table"))],
                filters=_filters(),
            ),
            filters=_filters(),
            shown=SEARCH.results(_people(), skeletons=_skeletons()),
        ),
        SEARCH.opened(rx.cond(person, person.name, ""), rx.cond(person, person_panel(person))),
    )


def _filters() -> rx.Component:
    return rx.fragment(
        *(_facet(one.name) for one in GENERAL.facets if not one.is_flag),
        SEARCH.having(t("Profile contains")),
        SEARCH.days(t("Registered from"), t("Registered until")),
        rx.cond(
            ReaderState.permissions.contains(Permission.ADMINISTER.value),
            rx.el.div(
                switch(
                    "talents_everyone",
                    t("Hidden and suspended too"),
                    checked=TalentsState.is_everyone,
                    on_change=TalentsState.widened,
                ),
                class_name="px-2 pt-2",
            ),
        ),
    )


def _facet(name: str) -> rx.Component:
    ages = [rx.el.div(SEARCH.span("age"), class_name="border-b border-line px-2 pb-3")] if name == "age" else []
    return SEARCH.facet(name, *ages)


def _people() -> rx.Component:
    people = rows_of(TalentsState.rows, TalentsState.names)
    return rx.cond(TalentsState.view == "table", _table(people), _cards(people))


def _cards(people: rx.Var[list[Shown]]) -> rx.Component:
    return rx.el.ul(rx.foreach(people, lambda one: person_card(one, TalentsState.looked_at)), class_name=GRID)


def _table(people: rx.Var[list[Shown]]) -> rx.Component:
    return data_table(
        [
            Column(
                t("Person"), lambda one: person_name(one, TalentsState.looked_at), is_title=True, width="sm:max-w-72"
            ),
            Column(t("Place"), _place),
            Column(t("Skills"), _skills),
            Column(t("Availability"), _offer),
        ],
        people,
        caption=t("People"),
        key=lambda one: one.id.to(str),
    )


def _place(person: rx.Var[Shown]) -> rx.Component:
    return _two_lines(subtitle(person), person.languages)


def _skills(person: rx.Var[Shown]) -> rx.Component:
    return rx.el.span(person.skills.join(", "), class_name="line-clamp-2 max-w-40 2xl:max-w-72")


def _offer(person: rx.Var[Shown]) -> rx.Component:
    return _two_lines(person.availability, person.experience)


def _two_lines(upper: rx.Var[str], lower: rx.Var[str]) -> rx.Component:
    return rx.el.span(
        rx.el.span(upper, class_name="block truncate"),
        rx.el.span(lower, class_name="block truncate text-xs text-muted"),
        class_name="block max-w-36 min-w-0 2xl:max-w-56",
    )


def _skeletons() -> rx.Component:
    return rx.el.div(
        *(
            rx.el.div(skeleton("h-14 w-full"), skeleton("h-5 w-2/3"), class_name=f"{CARD} flex flex-col gap-3 p-4")
            for _ in range(9)
        ),
        class_name=GRID,
        aria_hidden="true",
    )
