"""The page of a search, whatever its roster: the box, how many, the filters with their counts, the results."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from talento.components.actions import button
from talento.components.badges import badge
from talento.components.choices import segmented, switch
from talento.components.facets import facet, filter_chips, fold, result_count
from talento.components.feedback import empty
from talento.components.fields import date_input, field, live_text_input, option, range_input, select
from talento.components.navigation import pagination
from talento.components.overlays import side_panel
from talento.components.people import AddressBar, Results, called, is_wide
from talento.components.progress import skeleton
from talento.components.surfaces import CARD, card
from talento.components.text import Text, label, number, t, worded
from talento.services.search import Roster
from talento.services.search.asked import Sort
from talento.services.search.facets import Property

APART = "[contain-intrinsic-size:auto_20rem] [content-visibility:auto]"


@dataclass(frozen=True)
class Search:
    """One roster's search page: its state, and `name`, with which the ids of its elements begin."""

    name: str
    state: Any
    roster: Roster
    unfolded: Sequence[str]
    """Facets whose values are in sight at once."""
    long: Sequence[str]
    """Facets with so many values that they have a box of their own."""

    def page(
        self, *, above: Sequence[rx.Component] = (), summary: rx.Component, filters: rx.Component, shown: rx.Component
    ) -> rx.Component:
        """Everything in its place: the filters beside the results where there is room."""
        state = self.state
        return rx.fragment(
            AddressBar.create(search=state.address, ready=state.is_ready),
            *above,
            rx.el.div(
                rx.cond(
                    is_wide(),
                    rx.el.aside(filters, aria_label=t("Filters"), class_name=f"{CARD} w-72 shrink-0 self-start p-3"),
                ),
                rx.el.div(summary, shown, class_name="min-w-0 flex-1"),
                class_name="flex gap-6",
            ),
        )

    def box(self, hint: Text) -> rx.Component:
        """Where the reader types."""
        return rx.el.div(
            live_text_input(
                f"{self.name}_search",
                hint,
                value=self.state.text,
                on_change=self.state.typed,
                large=True,
                max_length=100,
                auto_complete="off",
                spell_check=False,
            ),
            class_name="mb-4",
        )

    def summary(
        self, *, count: Any, news: Any, show: Any, views: list[tuple[str, Any]], filters: rx.Component
    ) -> rx.Component:
        """How many, narrowed by what, in which order; `show` is what the button under the filters of a phone says."""
        state = self.state
        return rx.el.div(
            rx.el.div(
                rx.cond(state.is_ready, result_count(count), skeleton("h-5 w-28")),
                rx.cond(state.arrived > 0, button(news, tone="accent", size="sm", on_click=state.welcomed)),
                rx.el.div(class_name="flex-1"),
                rx.cond(~is_wide(), self._drawer(show, filters)),
                rx.el.div(
                    select(
                        f"{self.name}_sort",
                        *(option(sort.value, label(sort)) for sort in Sort),
                        value=state.sort,
                        aria_label=t("Order"),
                        on_change=state.arranged,
                    ),
                    class_name="w-52 max-sm:order-last max-sm:flex-1",
                ),
                segmented(f"{self.name}_view", views, value=state.view, on_change=state.viewed, label=t("View")),
                class_name="flex flex-wrap items-center gap-3",
            ),
            filter_chips(
                called("chosenValues", state.chips, state.names), on_remove=state.removed, on_clear=state.cleared
            ),
            class_name="mb-4 flex flex-col gap-3",
        )

    def _drawer(self, show: Any, filters: rx.Component) -> rx.Component:
        """The filters on a narrow screen."""
        chosen = self.state.chips.length()
        return side_panel(
            t("Filters"),
            filters,
            footer=button(show, wide=True, custom_attrs={"data-close": ""}),
            trigger=button(
                t("Filters"),
                rx.cond(chosen > 0, badge(number(chosen), tone="brand")),
                tone="secondary",
                before="sliders-horizontal",
            ),
            id=f"{self.name}_filters",
        )

    def facet(self, name: str, *below: rx.Component) -> rx.Component:
        """One property, with what belongs to it below."""
        one = self.roster.by_name[name]
        is_long = name in self.long
        shown = facet(
            worded(one.text),
            self.values(one),
            on_toggle=lambda value, on: self.state.toggled(name, value, on),
            open=name in self.unfolded,
            search=(lambda text: self.state.looked_for(name, text)) if is_long else None,
            has_more=self.state.more[name],
            on_more=self.state.unfolded(name) if is_long else None,
        )
        every = [self._every(name)] if name in self.roster.many else []
        return rx.el.div(shown, *every, *below, class_name=APART)

    def values(self, one: Property) -> rx.Var:
        """The values of a facet with their counts."""
        lines = self.state.facets[one.name]
        return called("facetValues", lines, self.state.names, one.labels).to(list[dict[str, Any]])

    def having(self, title: Text) -> rx.Component:
        """What a profile contains: a few choices under one heading."""
        lines = [self.state.facets[one.name] for one in self.roster.facets if one.is_flag]
        joined = sum(lines[1:], lines[0])
        values = called("facetValues", joined, self.state.names, "has").to(list[dict[str, Any]])
        return facet(title, values, on_toggle=lambda value, on: self.state.toggled(value, value, on), open=False)

    def span(self, name: str, unit: Text = "") -> rx.Component:
        """Two ends of an amount, such as an age."""
        return range_input(
            f"{self.name}_{name}",
            low=self.state.bounds[name][0],
            high=self.state.bounds[name][1],
            unit=unit,
            on_low=lambda low: self.state.bounded(name, low, None),
            on_high=lambda high: self.state.bounded(name, None, high),
        )

    def days(self, first: Text, last: Text) -> rx.Component:
        """Two days."""
        state = self.state
        since = date_input(f"{self.name}_since", value=state.days[0], on_change=lambda day: state.dated(day, None))
        until = date_input(f"{self.name}_until", value=state.days[1], on_change=lambda day: state.dated(None, day))
        return rx.el.div(field(first, since), field(last, until), class_name="flex flex-col gap-3 px-2 py-3")

    def results(self, people: rx.Component, *, skeletons: rx.Component, is_grid: bool = False) -> rx.Component:
        """The people of a page, or what there is to say instead."""
        state = self.state
        shown = Results.create(people, box=f"{self.name}_search", grid=is_grid)
        pages = pagination(
            first=state.first,
            last=state.last,
            total=state.total,
            on_previous=state.turned(-1),
            on_next=state.turned(1),
        )
        found = rx.cond(state.total > 0, rx.fragment(shown, rx.el.div(pages, class_name="mt-4")), card(self._nobody()))
        return rx.cond(state.is_ready, found, skeletons)

    def opened(self, name: Any, panel: rx.Component) -> rx.Component:
        """Whoever is open beside the list."""
        return side_panel(name, panel, open=self.state.is_open, on_close=self.state.closed, id=f"{self.name}_person")

    def _every(self, name: str) -> rx.Component:
        want = switch(
            f"{self.name}_{name}_all",
            t("All of the chosen ones"),
            checked=self.state.all_of.contains(name),
            on_change=lambda on: self.state.insisted(name, on),
        )
        has_several = self.state.chips.to(list[list[str]]).length() > 1
        return rx.cond(has_several, rx.el.div(want, class_name="border-b border-line px-2 pb-2 text-sm"))

    def _nobody(self) -> rx.Component:
        return empty(
            t("Nobody found"),
            t("Try fewer filters, or another spelling."),
            before="user-search",
            action=button(t("Clear all"), tone="secondary", on_click=self.state.cleared),
        )


def folded(title: Text, *content: Any, open: Any = False) -> rx.Component:
    """Criteria that are no facet, under a heading of the same look."""
    return fold(title, rx.el.div(*content, class_name="flex flex-col gap-3 px-2 pb-2"), open=open)
