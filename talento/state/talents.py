"""The search for people, and the person who is open beside it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import reflex as rx

from talento.errors import NotFound
from talento.services import search
from talento.services.reference import book
from talento.services.search import GENERAL, Facet, Found, PersonRow, Query, Wide, facets
from talento.services.search.query import PAGE
from talento.services.talents import profile
from talento.services.talents.profile import Panel
from talento.state import live
from talento.state.doors import event
from talento.state.locale import LocaleState
from talento.state.session import look, said
from talento.vocabulary.permissions import Permission

KINDS = {"residence": "country", "origin": "country", "cv": "has", "photo": "has", "portfolio": "has"}
"""Where the label of a facet's value is found, unless under the facet's own name."""

OWN_LABELS = {"city", "age"}
VIEWS = ("cards", "table")
STEP = 40

Line = list[Any]


class TalentsState(rx.State):
    """One search: what is asked, the page of people that answers, the counts of every facet."""

    is_ready: bool = False
    names: dict[str, list[str]] = {}
    address: str = ""
    text: str = ""
    rows: list[Line] = []
    facets: dict[str, list[Line]] = {facet.name: [] for facet in GENERAL.facets}
    more: dict[str, bool] = {}
    chips: list[list[str]] = []
    ages: list[str] = ["", ""]
    days: list[str] = ["", ""]
    all_of: list[str] = []
    sort: str = "best"
    total: int = 0
    first: int = 0
    last: int = 0
    is_everyone: bool = False
    arrived: int = 0
    view: str = rx.LocalStorage(VIEWS[0], name="talento_talents_view")
    panel: Panel | None = None
    is_open: bool = False
    _query: Query = Query()
    _newest: int = 0
    _pages: int = 1
    _wide: dict[str, Wide] = {}

    @event(Permission.SEARCH_TALENTS)
    async def open(self):
        """Show what the address asks for, and follow it."""
        live.subscribe(self, "talent", TalentsState.refreshed)
        self._wide, self.is_open = {}, False
        self._put(names=_names())
        await self._ask(Query.from_address(self.router.url.query_parameters))
        self.is_ready = True

    @event(Permission.SEARCH_TALENTS, supersedes=True)
    async def typed(self, text: str):
        """Search for what is in the box; called at every keystroke."""
        await self._ask(self._query.replaced(text=text))

    @event(Permission.SEARCH_TALENTS)
    async def toggled(self, facet: str, value: str, on: bool):
        """Choose a value of a facet, or no longer."""
        field = "has" if KINDS.get(facet) == "has" else facet
        await self._ask(self._query.toggled(field, value, on))

    @event(Permission.SEARCH_TALENTS)
    async def removed(self, facet: str, value: str):
        """Take a chip away."""
        blank = {"registered_from": None, "registered_to": None}
        changed = self._query.replaced(**{facet: None}) if facet in blank else self._query.toggled(facet, value, False)
        await self._ask(changed)

    @event(Permission.SEARCH_TALENTS)
    async def cleared(self):
        """Begin again, in the same order."""
        self._wide = {}
        await self._ask(Query(sort=self._query.sort, everyone=self._query.everyone))

    @event(Permission.SEARCH_TALENTS)
    async def insisted(self, facet: str, on: bool):
        """Want all the chosen skills or languages, or any of them."""
        if facet in GENERAL.many:
            await self._ask(self._query.replaced(**{f"{facet}_all": on}))

    @event(Permission.SEARCH_TALENTS, supersedes=True)
    async def aged(self, low: str | None, high: str | None):
        """Want people of an age; None leaves that end as it is."""
        known = self._query
        ends = {"age_min": known.age_min if low is None else low, "age_max": known.age_max if high is None else high}
        await self._ask(known.replaced(**ends))

    @event(Permission.SEARCH_TALENTS, supersedes=True)
    async def registered(self, start: str | None, end: str | None):
        """Want people who registered between two days; None leaves that end as it is."""
        known = self._query
        ends = {
            "registered_from": known.registered_from if start is None else start,
            "registered_to": known.registered_to if end is None else end,
        }
        await self._ask(known.replaced(**ends))

    @event(Permission.SEARCH_TALENTS)
    async def arranged(self, sort: str):
        """List people in another order."""
        await self._ask(self._query.replaced(sort=sort))

    @event(Permission.SEARCH_TALENTS)
    async def turned(self, by: int):
        """Go a page forward or back."""
        await self._ask(self._query.replaced(page=self._query.page + (1 if by > 0 else -1)))

    @event(Permission.ADMINISTER)
    async def widened(self, on: bool):
        """See hidden and suspended people, too."""
        await self._ask(self._query.replaced(everyone=on))

    @event(Permission.SEARCH_TALENTS, supersedes=True)
    async def looked_for(self, facet: str, text: str):
        """Show the values of a facet whose label has words that begin so."""
        if facet in GENERAL.by_name:
            self._wide = {**self._wide, facet: Wide(text[:60])}
            await self._ask(self._query)

    @event(Permission.SEARCH_TALENTS)
    async def unfolded(self, facet: str):
        """Show more values of a facet."""
        if facet in GENERAL.by_name:
            before = self._wide.get(facet, facets.SHOWN)
            self._wide = {**self._wide, facet: Wide(before.like, min(before.most + STEP, 1000))}
            await self._ask(self._query)

    @event(Permission.SEARCH_TALENTS)
    async def viewed(self, view: str):
        """Show cards, or a table."""
        if view in VIEWS:
            self.view = view

    @event(Permission.SEARCH_TALENTS)
    async def welcomed(self):
        """Show those who arrived since."""
        await self._ask(self._query)

    @event(Permission.SEARCH_TALENTS, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Somebody changed: whoever is shown stays in place as they are now, arrivals are counted."""
        shown = [line[0] for line in self.rows]
        keys = [key for key in keys if 0 < key < 2**31]  # a browser could send any number
        locale = await self._locale()
        news = await look(search.follow, self._query, shown, self._newest, keys, locale, wide=dict(self._wide))
        if news is not None:
            self._put(total=news.total, arrived=news.arrived, rows=_lines(news.rows), **_counted(news.facets))
        if self.is_open and self.panel is not None and (not keys or self.panel.id in keys):
            await self._look_at(self.panel.id)

    @event(Permission.SEARCH_TALENTS, supersedes=True)
    async def looked_at(self, talent_id: int):
        """Open a person beside the list."""
        await self._look_at(talent_id)

    @event(Permission.SEARCH_TALENTS)
    async def closed(self):
        """Back to the list."""
        self.is_open = False

    async def _ask(self, query: Query) -> None:
        self._query = query
        locale = await self._locale()
        found = await look(search.find, query, locale, wide=dict(self._wide))
        self._show(found, locale)

    def _show(self, found: Found, locale: str) -> None:
        query = self._query = self._query.replaced(page=found.page)
        self._newest, self._pages = found.newest, found.pages
        first = (found.page - 1) * PAGE + 1
        self._put(
            address=query.to_address(),
            text=query.text,
            total=found.total,
            rows=_lines(found.rows),
            first=first if found.rows else 0,
            last=first + len(found.rows) - 1 if found.rows else 0,
            arrived=0,
            sort=query.sort.value,
            is_everyone=query.everyone,
            chips=_chips(query, locale),
            ages=[_said(query.age_min), _said(query.age_max)],
            days=[_said(query.registered_from), _said(query.registered_to)],
            all_of=[name for name in GENERAL.many if getattr(query, f"{name}_all")],
            **_counted(found.facets),
        )

    async def _look_at(self, talent_id: int) -> None:
        try:
            self.panel = await look(profile.panel, talent_id, locale=await self._locale())
            self.is_open = True
        except NotFound:
            self.is_open = False
            await said(self, "This person is no longer here.", "info")

    async def _locale(self) -> str:
        return (await self.get_state(LocaleState)).language

    def _put(self, **values: Any) -> None:
        """Assign what differs: the rest is not sent to the browser."""
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)


def _lines(rows: Sequence[PersonRow]) -> list[Line]:
    """Rows without the names of their columns, which would be half of the bytes."""
    return [
        [
            row.id,
            row.code,
            row.name,
            row.photo,
            row.city,
            row.country,
            row.age,
            ",".join(row.skills),
            ",".join(row.languages),
            row.availability,
            row.experience,
            row.completeness,
            int(row.is_hidden),
        ]
        for row in rows
    ]


def _counted(found: Sequence[Facet]) -> dict[str, Any]:
    lines = {
        facet.name: [
            [one.value, one.count, int(one.is_selected), *([one.label] if facet.name in OWN_LABELS else [])]
            for one in facet.values
        ]
        for facet in found
    }
    return {"facets": lines, "more": {facet.name: facet.more > 0 for facet in found}}


def _chips(query: Query, locale: str) -> list[list[str]]:
    """`[facet, kind, value, label]`; the label is empty where the page knows it."""
    known = book()
    chips = []
    for name in Query.CHOICES:
        for value in query.chosen(name):
            label = GENERAL.by_name[name].label(known, value, locale) if name == "city" else ""
            chips.append([name, KINDS.get(name, name), value, label])
    if query.is_bounded("age"):
        chips.append(["age", "age", "", GENERAL.by_name["age"].label(known, query.chosen("age")[0], locale)])
    for name, sign in (("registered_from", "≥"), ("registered_to", "≤")):
        day: date | None = getattr(query, name)
        if day:
            chips.append([name, "day", day.isoformat(), f"{sign} {day.isoformat()}"])
    return chips


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _names() -> dict[str, list[str]]:
    """The labels in both languages, one object for all tabs of this process."""
    known = book()
    if _kept.get("book") is not known:
        _kept.update(book=known, names=facets.names(GENERAL.facets, known, GENERAL.tag))
    return _kept["names"]


_kept: dict[str, Any] = {}
