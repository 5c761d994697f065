"""A search that answers while somebody types: what the searches of every roster share."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import reflex as rx

from talento.errors import NotFound
from talento.services.reference import book
from talento.services.search import Facet, Found, News, Roster, Wide, facets
from talento.services.search.asked import Asked
from talento.state.doors import event
from talento.state.locale import LocaleState
from talento.state.session import said
from talento.vocabulary.permissions import Permission

OWN_LABELS = {"city", "age"}
STEP = 40
LARGEST = 2**31

Line = list[Any]


class SearchMixin(rx.State, mixin=True):
    """One search: what is asked, the page of people that answers, the counts of every facet.

    A state says in `_roster` whom it searches, in `_days` which two fields are days. It keeps `facets` and `bounds`
    with nothing in them yet, an empty `_query` (a state may vanish and answer its next event without `open`), `view`,
    and the `panel` of whoever is open; it asks its services in `_find`, `_follow`
    and `_panel`. `_line` is one row without the names of its columns, which would be half of the bytes.
    """

    is_ready: bool = False
    names: dict[str, list[str]] = {}
    address: str = ""
    text: str = ""
    rows: list[Line] = []
    more: dict[str, bool] = {}
    chips: list[list[str]] = []
    days: list[str] = ["", ""]
    all_of: list[str] = []
    sort: str = "best"
    total: int = 0
    first: int = 0
    last: int = 0
    arrived: int = 0
    is_open: bool = False
    _newest: int = 0
    _wide: dict[str, Wide] = {}

    @event(Permission.SEARCH_TALENTS, supersedes=True)
    async def typed(self, text: str):
        """Search for what is in the box; called at every keystroke."""
        await self._ask(self._query.replaced(text=text))

    @event(Permission.SEARCH_TALENTS)
    async def toggled(self, facet: str, value: str, on: bool):
        """Choose a value of a facet, or no longer."""
        known = self._roster().by_name.get(facet)
        await self._ask(self._query.toggled("has" if known and known.is_flag else facet, value, on))

    @event(Permission.SEARCH_TALENTS)
    async def removed(self, facet: str, value: str):
        """Take a chip away."""
        if facet in self._days():
            await self._ask(self._query.replaced(**{facet: None}))
        else:
            await self._ask(self._query.toggled(facet, value, False))

    @event(Permission.SEARCH_TALENTS)
    async def cleared(self):
        """Begin again, in the same order."""
        self._wide = {}
        await self._ask(self._blank())

    @event(Permission.SEARCH_TALENTS)
    async def insisted(self, facet: str, on: bool):
        """Want all the chosen skills or languages, or any of them."""
        if facet in self._roster().many:
            await self._ask(self._query.replaced(**{f"{facet}_all": on}))

    @event(Permission.SEARCH_TALENTS, supersedes=True)
    async def bounded(self, span: str, low: str | None, high: str | None):
        """Want an amount between two, such as an age; None leaves that end as it is."""
        if span in self._query.SPANS:
            ends = zip(self._query.SPANS[span], self._query.bounds(span), (low, high), strict=True)
            await self._ask(self._query.replaced(**{name: was if new is None else new for name, was, new in ends}))

    @event(Permission.SEARCH_TALENTS, supersedes=True)
    async def dated(self, start: str | None, end: str | None):
        """Want days from one to another; None leaves that end as it is."""
        ends = zip(self._days(), (start, end), strict=True)
        await self._ask(self._query.replaced(**{name: day for name, day in ends if day is not None}))

    @event(Permission.SEARCH_TALENTS)
    async def arranged(self, sort: str):
        """List people in another order."""
        await self._ask(self._query.replaced(sort=sort))

    @event(Permission.SEARCH_TALENTS)
    async def turned(self, by: int):
        """Go a page forward or back."""
        await self._ask(self._query.replaced(page=self._query.page + (1 if by > 0 else -1)))

    @event(Permission.SEARCH_TALENTS, supersedes=True)
    async def looked_for(self, facet: str, text: str):
        """Show the values of a facet whose label has words that begin so."""
        if facet in self._roster().by_name:
            self._wide = {**self._wide, facet: Wide(text[:60])}
            await self._ask(self._query)

    @event(Permission.SEARCH_TALENTS)
    async def unfolded(self, facet: str):
        """Show more values of a facet."""
        if facet in self._roster().by_name:
            before = self._wide.get(facet, facets.SHOWN)
            self._wide = {**self._wide, facet: Wide(before.like, min(before.most + STEP, 1000))}
            await self._ask(self._query)

    @event(Permission.SEARCH_TALENTS)
    async def viewed(self, view: str):
        """Show people in another way."""
        if view in self._views():
            self.view = view

    @event(Permission.SEARCH_TALENTS)
    async def welcomed(self):
        """Show those who arrived since."""
        await self._ask(self._query)

    @event(Permission.SEARCH_TALENTS, supersedes=True)
    async def looked_at(self, talent_id: int):
        """Open a person beside the list."""
        await self._look_at(talent_id)

    @event(Permission.SEARCH_TALENTS)
    async def closed(self):
        """Back to the list."""
        self.is_open = False

    @event(Permission.SEARCH_TALENTS, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Somebody changed: whoever is shown stays in place as they are now, arrivals are counted."""
        keys = [key for key in keys if 0 < key < LARGEST]  # a browser could send any number
        await self._hear(topic, keys)

    def _roster(self) -> Roster:
        raise NotImplementedError

    def _blank(self) -> Asked:
        raise NotImplementedError

    def _days(self) -> tuple[str, str]:
        raise NotImplementedError

    def _views(self) -> tuple[str, ...]:
        raise NotImplementedError

    async def _find(self, query: Any, locale: str) -> Found:
        raise NotImplementedError

    async def _follow(self, shown: list[int], keys: list[int], locale: str) -> News | None:
        raise NotImplementedError

    async def _panel(self, talent_id: int, locale: str) -> Any:
        raise NotImplementedError

    def _line(self, row: Any) -> Line:
        raise NotImplementedError

    async def _begin(self, query: Asked) -> None:
        """Show a search on a page that has just opened."""
        self._wide, self.is_open = {}, False
        self._put(names=_names(self._roster()))
        await self._ask(query)
        self.is_ready = True

    async def _ask(self, query: Asked) -> None:
        self._query = query
        locale = await self._locale()
        self._show(await self._find(query, locale), locale)

    async def _hear(self, topic: str, keys: list[int]) -> None:
        news = await self._follow([line[0] for line in self.rows], keys, await self._locale())
        if news is not None:
            rows = [self._line(row) for row in news.rows]
            self._put(total=news.total, arrived=news.arrived, rows=rows, **_counted(news.facets))
        if self.is_open and self.panel is not None and (not keys or self.panel.id in keys):
            await self._look_at(self.panel.id)

    def _show(self, found: Found, locale: str) -> None:
        query = self._query = self._query.replaced(page=found.page)
        self._newest = found.newest
        first = (found.page - 1) * self._roster().page + 1
        self._put(
            address=self._written(query),
            text=query.text,
            total=found.total,
            rows=[self._line(row) for row in found.rows],
            first=first if found.rows else 0,
            last=first + len(found.rows) - 1 if found.rows else 0,
            arrived=0,
            sort=query.sort.value,
            chips=self._chips(query, locale),
            bounds={span: [_said(end) for end in query.bounds(span)] for span in query.SPANS},
            days=[_said(getattr(query, name)) for name in self._days()],
            all_of=[name for name in self._roster().many if getattr(query, f"{name}_all")],
            **_counted(found.facets),
        )

    def _written(self, query: Asked) -> str:
        """What the address bar says."""
        return query.to_address()

    async def _look_at(self, talent_id: int) -> None:
        try:
            self.panel = await self._panel(talent_id, await self._locale())
            self.is_open = True
        except NotFound:
            self.is_open = False
            await said(self, "This person is no longer here.", "info")

    def _chips(self, query: Asked, locale: str) -> list[list[str]]:
        """`[facet, kind, value, label]`; the label is empty where the page knows it."""
        known, properties = book(), self._roster().by_name
        chips = []
        for name in query.CHOICES:
            kind = "has" if name == "has" else properties[name].labels
            for value in query.chosen(name):
                label = properties[name].label(known, value, locale) if name == "city" else ""
                chips.append([name, kind, value, label])
        for span in query.SPANS:
            if query.is_bounded(span):
                chips.append([span, "span", "", _between(query.chosen(span)[0])])
        for name, sign in zip(self._days(), ("≥", "≤"), strict=True):
            day: date | None = getattr(query, name)
            if day:
                chips.append([name, "day", day.isoformat(), f"{sign} {day.isoformat()}"])
        return chips

    async def _locale(self) -> str:
        return (await self.get_state(LocaleState)).language

    def _put(self, **values: Any) -> None:
        """Assign what differs: the rest is not sent to the browser."""
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)


def lines_of(roster: Roster) -> dict[str, list[Line]]:
    """No values yet for each facet: what `facets` of a state begins with."""
    return {facet.name: [] for facet in roster.facets}


def bounds_of(query: type[Asked]) -> dict[str, list[str]]:
    """No bounds yet for each amount: what `bounds` of a state begins with."""
    return {span: ["", ""] for span in query.SPANS}


def _counted(found: Sequence[Facet]) -> dict[str, Any]:
    lines = {
        facet.name: [
            [one.value, one.count, int(one.is_selected), *([one.label] if facet.name in OWN_LABELS else [])]
            for one in facet.values
        ]
        for facet in found
    }
    return {"facets": lines, "more": {facet.name: facet.more > 0 for facet in found}}


def _between(said: str) -> str:
    """`18-25` as people write it, open ends too."""
    low, _, high = said.partition("-")
    return f"{low}–{high}" if low and high else f"≤ {high}" if high else f"≥ {low}"


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _names(roster: Roster) -> dict[str, list[str]]:
    """The labels in both languages, one object for all tabs of this process."""
    known = book()
    kept = _kept.get(roster.topic)
    if kept is None or kept[0] is not known:
        kept = _kept[roster.topic] = known, facets.names(roster.facets, known, roster.tag, roster.spans)
    return kept[1]


_kept: dict[str, tuple[Any, dict[str, list[str]]]] = {}
