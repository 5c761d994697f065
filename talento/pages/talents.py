"""Find people: a box, filters that count, and the people who answer; one of them opens at the side."""

from typing import Any

import reflex as rx

from talento.components.actions import button
from talento.components.badges import badge
from talento.components.choices import segmented, switch
from talento.components.facets import facet, filter_chips, result_count
from talento.components.feedback import empty
from talento.components.fields import date_input, field, live_text_input, option, range_input, select
from talento.components.navigation import pagination
from talento.components.overlays import side_panel
from talento.components.people import (
    AddressBar,
    Results,
    Shown,
    called,
    is_wide,
    person_card,
    person_name,
    person_panel,
    rows_of,
    subtitle,
)
from talento.components.progress import skeleton
from talento.components.shells import screen
from talento.components.surfaces import CARD, card
from talento.components.tables import Column, data_table
from talento.components.text import label, number, plural, t, worded
from talento.pages.frame import inside, only
from talento.services.search import GENERAL, Sort
from talento.services.search.facets import Property
from talento.state.session import ReaderState
from talento.state.talents import KINDS, TalentsState
from talento.vocabulary.permissions import Permission

LONG = ("skills", "residence", "city", "languages", "origin")
OPEN = ("skills", "residence", "gender", "age")
GRID = "grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3"


def talents() -> rx.Component:
    """The search and whoever it finds."""
    return inside(
        screen(t("Find people"), only(Permission.SEARCH_TALENTS, _search()), width="full"),
    )


def _search() -> rx.Component:
    return rx.fragment(
        AddressBar.create(search=TalentsState.address, ready=TalentsState.is_ready),
        _box(),
        rx.el.div(
            rx.cond(
                is_wide(),
                rx.el.aside(_filters(), aria_label=t("Filters"), class_name=f"{CARD} w-72 shrink-0 self-start p-3"),
            ),
            rx.el.div(
                _summary(),
                rx.cond(TalentsState.is_ready, _results(), _skeletons()),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex gap-6",
        ),
        _opened(),
    )


def _box() -> rx.Component:
    return rx.el.div(
        live_text_input(
            "talents_search",
            t("Name, code, skill, e-mail or a word of the biography"),
            value=TalentsState.text,
            on_change=TalentsState.typed,
            large=True,
            max_length=100,
            auto_complete="off",
            spell_check=False,
        ),
        class_name="mb-4",
    )


def _summary() -> rx.Component:
    """How many, narrowed by what, in which order."""
    return rx.el.div(
        rx.el.div(
            rx.cond(
                TalentsState.is_ready,
                result_count(plural(TalentsState.total, one="{n} person", other="{n} people")),
                skeleton("h-5 w-28"),
            ),
            _news(),
            rx.el.div(class_name="flex-1"),
            rx.cond(~is_wide(), _drawer()),
            rx.el.div(
                select(
                    "talents_sort",
                    *(option(sort.value, label(sort)) for sort in Sort),
                    value=TalentsState.sort,
                    aria_label=t("Order"),
                    on_change=TalentsState.arranged,
                ),
                class_name="w-52 max-sm:order-last max-sm:flex-1",
            ),
            segmented(
                "talents_view",
                [("cards", t("Cards")), ("table", t("Table"))],
                value=TalentsState.view,
                on_change=TalentsState.viewed,
                label=t("View"),
            ),
            class_name="flex flex-wrap items-center gap-3",
        ),
        filter_chips(
            called("chosenValues", TalentsState.chips, TalentsState.names),
            on_remove=TalentsState.removed,
            on_clear=TalentsState.cleared,
        ),
        class_name="mb-4 flex flex-col gap-3",
    )


def _news() -> rx.Component:
    """Who came while the reader was looking."""
    return rx.cond(
        TalentsState.arrived > 0,
        button(
            plural(TalentsState.arrived, one="{n} new person matches — show", other="{n} new people match — show"),
            tone="accent",
            size="sm",
            on_click=TalentsState.welcomed,
        ),
    )


def _drawer() -> rx.Component:
    """The filters on a narrow screen."""
    chosen = TalentsState.chips.length()
    return side_panel(
        t("Filters"),
        _filters(),
        footer=button(
            plural(TalentsState.total, one="Show {n} person", other="Show {n} people"),
            wide=True,
            custom_attrs={"data-close": ""},
        ),
        trigger=button(
            t("Filters"),
            rx.cond(chosen > 0, badge(number(chosen), tone="brand")),
            tone="secondary",
            before="sliders-horizontal",
        ),
        id="talents_filters",
    )


def _filters() -> rx.Component:
    return rx.fragment(
        *(_facet(one) for one in GENERAL.facets if KINDS.get(one.name) != "has"),
        _having(),
        _registered(),
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


def _facet(one: Property) -> rx.Component:
    """One property, with what belongs to it below."""
    is_long = one.name in LONG
    shown = facet(
        worded(one.text),
        _values(one.name),
        on_toggle=lambda value, on: TalentsState.toggled(one.name, value, on),
        open=one.name in OPEN,
        search=(lambda text: TalentsState.looked_for(one.name, text)) if is_long else None,
        has_more=TalentsState.more[one.name],
        on_more=TalentsState.unfolded(one.name) if is_long else None,
    )
    return rx.el.div(
        shown, *_beside(one.name), class_name="[contain-intrinsic-size:auto_20rem] [content-visibility:auto]"
    )


def _beside(name: str) -> list[rx.Component]:
    if name in GENERAL.many:
        want = switch(
            f"talents_{name}_all",
            t("All of the chosen ones"),
            checked=TalentsState.all_of.contains(name),
            on_change=lambda on: TalentsState.insisted(name, on),
        )
        has_several = TalentsState.chips.to(list[list[str]]).length() > 1
        return [rx.cond(has_several, rx.el.div(want, class_name="border-b border-line px-2 pb-2 text-sm"))]
    if name == "age":
        span = range_input(
            "talents_age",
            low=TalentsState.ages[0],
            high=TalentsState.ages[1],
            on_low=lambda low: TalentsState.aged(low, None),
            on_high=lambda high: TalentsState.aged(None, high),
        )
        return [rx.el.div(span, class_name="border-b border-line px-2 pb-3")]
    return []


def _values(name: str) -> rx.Var:
    kind = KINDS.get(name, name)
    return called("facetValues", TalentsState.facets[name], TalentsState.names, kind).to(list[dict[str, Any]])


def _having() -> rx.Component:
    """What a profile contains: three choices under one heading."""
    values = called(
        "facetValues",
        TalentsState.facets["photo"] + TalentsState.facets["cv"] + TalentsState.facets["portfolio"],
        TalentsState.names,
        "has",
    ).to(list[dict[str, Any]])
    return facet(
        t("Profile contains"), values, on_toggle=lambda value, on: TalentsState.toggled(value, value, on), open=False
    )


def _registered() -> rx.Component:
    return rx.el.div(
        field(
            t("Registered from"),
            date_input(
                "talents_since",
                value=TalentsState.days[0],
                on_change=lambda day: TalentsState.registered(day, None),
            ),
        ),
        field(
            t("Registered until"),
            date_input(
                "talents_until",
                value=TalentsState.days[1],
                on_change=lambda day: TalentsState.registered(None, day),
            ),
        ),
        class_name="flex flex-col gap-3 px-2 py-3",
    )


def _results() -> rx.Component:
    people = rows_of(TalentsState.rows, TalentsState.names)
    shown = Results.create(rx.cond(TalentsState.view == "table", _table(people), _cards(people)))
    return rx.cond(
        TalentsState.total > 0,
        rx.fragment(
            shown,
            rx.el.div(
                pagination(
                    first=TalentsState.first,
                    last=TalentsState.last,
                    total=TalentsState.total,
                    on_previous=TalentsState.turned(-1),
                    on_next=TalentsState.turned(1),
                ),
                class_name="mt-4",
            ),
        ),
        card(_nobody()),
    )


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


def _nobody() -> rx.Component:
    return empty(
        t("Nobody found"),
        t("Try fewer filters, or another spelling."),
        before="user-search",
        action=button(t("Clear all"), tone="secondary", on_click=TalentsState.cleared),
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


def _opened() -> rx.Component:
    person = TalentsState.panel
    return side_panel(
        rx.cond(person, person.name, ""),
        rx.cond(person, person_panel(person)),
        open=TalentsState.is_open,
        on_close=TalentsState.closed,
        id="talents_person",
    )
