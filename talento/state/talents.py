"""The search for people, and the person who is open beside it."""

import reflex as rx

from talento.services import search
from talento.services.search import GENERAL, Found, News, PersonRow, Query
from talento.services.talents import profile
from talento.services.talents.profile import Panel
from talento.state import live
from talento.state.doors import event
from talento.state.searching import Line, SearchMixin, bounds_of, lines_of
from talento.state.session import look
from talento.vocabulary.permissions import Permission

VIEWS = ("cards", "table")


class TalentsState(SearchMixin, rx.State):
    """One search among talents."""

    facets: dict[str, list[Line]] = lines_of(GENERAL)
    bounds: dict[str, list[str]] = bounds_of(Query)
    is_everyone: bool = False
    view: str = rx.LocalStorage(VIEWS[0], name="talento_talents_view")
    panel: Panel | None = None
    _query: Query = Query()

    @event(Permission.SEARCH_TALENTS)
    async def open(self):
        """Show what the address asks for, and follow it."""
        live.subscribe(self, "talent", TalentsState.refreshed)
        await self._begin(Query.from_address(self.router.url.query_parameters))

    @event(Permission.ADMINISTER)
    async def widened(self, on: bool):
        """See hidden and suspended people, too."""
        await self._ask(self._query.replaced(everyone=on))

    def _roster(self):
        return GENERAL

    def _blank(self) -> Query:
        return Query(sort=self._query.sort, everyone=self._query.everyone)

    def _days(self) -> tuple[str, str]:
        return "registered_from", "registered_to"

    def _views(self) -> tuple[str, ...]:
        return VIEWS

    async def _find(self, query: Query, locale: str) -> Found:
        self._put(is_everyone=query.everyone)
        return await look(search.find, query, locale, wide=dict(self._wide))

    async def _follow(self, shown: list[int], keys: list[int], locale: str) -> News | None:
        return await look(search.follow, self._query, shown, self._newest, keys, locale, wide=dict(self._wide))

    async def _panel(self, talent_id: int, locale: str) -> Panel:
        return await look(profile.panel, talent_id, locale=locale)

    def _line(self, row: PersonRow) -> Line:
        return [
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
