"""The search for cinema talents, alone or for a role, and who was picked for its board."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import reflex as rx

from talento.errors import NotFound
from talento.i18n import say_plural
from talento.services.casting import board, roles
from talento.services.casting.roles import RoleBrief
from talento.services.cinema import profile, search
from talento.services.cinema.profile import Panel
from talento.services.cinema.search import CINEMA, CinemaQuery, FaceRow
from talento.services.search import Found, News
from talento.state import live
from talento.state.doors import current, event
from talento.state.searching import Line, SearchMixin, bounds_of, lines_of
from talento.state.session import do, look, said
from talento.vocabulary.permissions import Permission

VIEWS = ("faces", "table")
PICKED_AT_MOST = 500
CLEARED = "clear=1"
"""Says in an address that the role's own criteria were taken away on purpose."""


@dataclass(frozen=True, slots=True)
class RoleShown:
    """The role that is cast, as the banner above the search says it."""

    id: int
    name: str
    kind: str
    project: str
    code: str
    project_id: int
    reason: str
    """Why protected traits may be searched; empty when they may not."""


class CastingSearchState(SearchMixin, rx.State):
    """One search among cinema talents."""

    facets: dict[str, list[Line]] = lines_of(CINEMA)
    bounds: dict[str, list[str]] = bounds_of(CinemaQuery)
    view: str = rx.LocalStorage(VIEWS[0], name="talento_cinema_view")
    panel: Panel | None = None
    role: RoleShown | None = None
    declared: list[str] = []
    is_lost: bool = False
    is_saved: bool = False
    picked: list[int] = []
    _query: CinemaQuery = CinemaQuery()
    _stages: dict[int, str] = {}
    _criteria: str = ""
    _last: int = 0

    @event(Permission.SEARCH_TALENTS)
    async def open(self):
        """Show what the address asks for, or what the role in it looks for, and follow it."""
        params = dict(self.router.url.query_parameters)
        self.role, self.declared, self.picked, self._criteria, self.is_lost = None, [], [], "", False
        query = CinemaQuery.from_address(params)
        if params.get("role"):
            query = await self._enter(params["role"], query, "clear" in params)
        for topic in ("cinema", "assignment"):
            live.subscribe(self, topic, CastingSearchState.refreshed)
        await self._begin(query)

    @event(Permission.CASTING)
    async def saved(self):
        """Keep this search as what the role looks for."""
        if self.role:
            await do(roles.save_criteria, self.role.id, self._query.to_address())
            self._criteria = self._query.to_address()
            self.is_saved = True
            await said(self, "The role now looks for this.")

    @event(Permission.CASTING)
    async def pick(self, talent_id: int, on: bool, through: bool):
        """Choose a face for the board, or no longer; `through` takes everybody since the last one along."""
        shown = [line[0] for line in self.rows]
        if talent_id not in shown:
            return
        taken = [talent_id]
        if through and self._last in shown:
            ends = sorted((shown.index(self._last), shown.index(talent_id)))
            taken = shown[ends[0] : ends[1] + 1]
        kept = [one for one in self.picked if one not in taken]
        new = [one for one in taken if one not in self._stages] if on else []
        self.picked = [*kept, *new][:PICKED_AT_MOST]
        self._last = talent_id

    @event(Permission.CASTING)
    async def unpick(self):
        """Choose nobody."""
        self.picked = []

    @event(Permission.CASTING)
    async def considered(self):
        """Put those who are chosen on the board of the role."""
        if self.role and self.picked:
            added = await do(board.consider, self.role.id, list(self.picked))
            self.picked = []
            await self._ask(self._query)
            told = say_plural(
                current().locale,
                added,
                one="{n} person was added to the board.",
                other="{n} people were added to the board.",
            )
            await said(self, told)

    def _roster(self):
        return CINEMA

    def _blank(self) -> CinemaQuery:
        return CinemaQuery(sort=self._query.sort)

    def _days(self) -> tuple[str, str]:
        return "free_from", "free_to"

    def _views(self) -> tuple[str, ...]:
        return VIEWS

    async def _find(self, query: CinemaQuery, locale: str) -> Found:
        answer = await look(search.find, query, locale, role_id=self._role_id(), wide=dict(self._wide))
        self._query, self._stages = answer.query, dict(answer.stages or {})
        self._show_role(answer.role)
        return answer.found

    async def _follow(self, shown: list[int], keys: list[int], locale: str) -> News | None:
        about = {"role_id": self._role_id(), "wide": dict(self._wide)}
        news, self._stages = await look(search.follow, self._query, shown, self._newest, keys, locale, **about)
        return news

    async def _hear(self, topic: str, keys: list[int]) -> None:
        if topic == "cinema":
            await super()._hear(topic, keys)
        elif topic == "role" or self._query.free:
            await super()._hear(topic, [])

    async def _panel(self, talent_id: int, locale: str) -> Panel:
        return await look(profile.panel, talent_id, locale=locale)

    async def _enter(self, said_role: str, query: CinemaQuery, is_cleared: bool) -> CinemaQuery:
        """Search for a role: what the address asks for, else what the role looks for."""
        role_id = int(said_role) if said_role.isascii() and said_role.isdigit() and len(said_role) < 10 else 0
        try:
            role = await look(roles.brief, role_id, locale=current().locale)
        except NotFound:
            self.is_lost = True
            return query
        self._show_role(role)
        live.subscribe(self, "role", CastingSearchState.refreshed, key=role_id)
        has_own = bool(query.to_address()) or is_cleared
        return query if has_own or not role.criteria else CinemaQuery.from_address(_parsed(role.criteria))

    def _show_role(self, role: RoleBrief | None) -> None:
        if role is None:
            return
        self._criteria = role.criteria
        shown = RoleShown(
            role.id,
            role.name,
            role.kind,
            role.project_name,
            role.project_code,
            role.project_id,
            role.traits_reason if role.declared_traits else "",
        )
        self._put(role=shown, declared=list(role.declared_traits))

    def _role_id(self) -> int | None:
        return self.role.id if self.role else None

    def _written(self, query: Any) -> str:
        said = query.to_address()
        self._put(is_saved=self.role is not None and said == self._criteria)
        if self.role is None:
            return said
        return "&".join(filter(None, (f"role={self.role.id}", said or (CLEARED if self._criteria else ""))))

    def _line(self, row: FaceRow) -> Line:
        return [
            row.id,
            row.code,
            row.name,
            row.photo,
            row.age,
            row.plays,
            row.city,
            row.country,
            ",".join(row.kinds),
            ",".join(row.languages),
            row.height,
            row.experience,
            self._stages.get(row.id, ""),
        ]


def _parsed(criteria: str) -> dict[str, str]:
    return dict(parse_qsl(criteria))
