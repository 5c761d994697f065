"""Projects: the list while typing, a new one, and one with its sections, its team and its history."""

from typing import Any

import reflex as rx

from talento.errors import InvalidForm, NotFound
from talento.i18n import phrase
from talento.models.facts import ProjectStep
from talento.services import preferences
from talento.services.casting import assignments, criteria, overview, productions, projects, roles, team
from talento.services.casting.assignments import Assigned
from talento.services.casting.overview import Line
from talento.services.casting.projects import Step
from talento.services.casting.roles import RoleView
from talento.services.casting.team import Member
from talento.services.forms import Form
from talento.services.preferences import registry
from talento.services.work import Work
from talento.state import live
from talento.state.doors import current, event
from talento.state.facts import FactsMixin
from talento.state.sections import SheetMixin
from talento.state.session import do, key_in_address, look, said, text_in
from talento.vocabulary.permissions import Permission

FILTERS = {"status", "production_type"}
TABS = ("roles", "people", "team", "presence", "details", "history")
PARTS = {ProjectStep.PROJECT, ProjectStep.PLACES, ProjectStep.DATES}
SHOWN = (
    "code", "name", "status", "production", "production_id", "logo_url", "production_type", "place_en", "place_fr",
    "starts_on", "ends_on", "is_deleted", "may_delete", "history", "team",
)  # fmt: skip


class ProjectsState(FactsMixin, rx.State):
    """One page of the projects that answer to the search, and a new one that is being typed."""

    lists: dict[str, list[str]] = {}
    is_ready: bool = False
    text: str = ""
    status: str = ""
    production_type: str = ""
    is_mine: bool = False
    is_deleted: bool = False
    offset: int = 0
    total: int = 0
    rows: list[Line] = []
    is_adding: bool = False
    is_saving: bool = False
    company: str = ""
    companies: list[dict[str, str]] = []

    @rx.var
    def last(self) -> int:
        """The number of the last row shown."""
        return self.offset + len(self.rows)

    @event(Permission.CASTING)
    async def open(self):
        """Show the projects, and follow them."""
        for topic in ("project", "production", "assignment"):
            live.subscribe(self, topic, ProjectsState.refreshed)
        await self._read()
        self.is_ready = True

    @event(Permission.CASTING, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """A project changed, here or elsewhere."""
        await self._read()

    @event(Permission.CASTING, supersedes=True)
    async def search(self, text: str):
        """Look for words, or a code."""
        self.text, self.offset = text[:200], 0
        await self._read()

    @event(Permission.CASTING)
    async def narrow(self, name: str, value: str):
        """Show only one status, or one type."""
        if name in FILTERS:
            setattr(self, name, value)
            self.offset = 0
            await self._read()

    @event(Permission.CASTING)
    async def show_mine(self, is_mine: bool):
        """Only those whose team the reader is on, or all."""
        self.is_mine, self.offset = is_mine, 0
        await self._read()

    @event(Permission.CASTING)
    async def show_deleted(self, is_deleted: bool):
        """The deleted ones, or those that are there."""
        self.is_deleted, self.offset = is_deleted, 0
        await self._read()

    @event(Permission.CASTING)
    async def clear(self):
        """Forget the search and the filters."""
        self.text = self.status = self.production_type = ""
        self.is_mine = self.is_deleted = False
        self.offset = 0
        await self._read()

    @event(Permission.CASTING)
    async def turn(self, by: int):
        """Go one page forward or back."""
        self.offset = max(0, self.offset + overview.PAGE * (1 if by > 0 else -1))
        await self._read()

    @event(Permission.CASTING)
    async def restore(self, project_id: int):
        """Bring a deleted project back."""
        await do(projects.restore, project_id)
        await self._read()
        await said(self, "The project is back in the list.")

    @event(Permission.CASTING)
    async def begin(self):
        """Start a new project; what was typed before and not saved is still there."""
        if not self.raw:
            self._fill(_new())
        self.companies = await _companies()
        self.is_adding = True

    @event(Permission.CASTING)
    async def leave(self):
        """Close the form; what was typed stays for later."""
        self.is_adding = False

    @event(Permission.CASTING)
    async def keep(self, name: str, value: str):
        """Note an answer while it is typed."""
        self._take(name, value)

    @event(Permission.CASTING)
    async def check(self, name: str, value: str):
        """Note an answer and say whether it is acceptable."""
        self._take(name, value)
        if known := projects.FORM.names.get(name):
            self._judge_one(known.step.value, name)

    @event(Permission.CASTING)
    async def choose_company(self, production_id: str):
        """Say for whom it is shot."""
        self.company = production_id

    @event(Permission.CASTING)
    async def create(self, answers: dict[str, Any]):
        """Save the new project, and go to its page."""
        for step in PARTS:
            self._take_all(step.value, answers)
        self.is_saving = True
        yield
        try:
            made = await do(projects.create, self._typed() | {"production": self.company})
        except InvalidForm as refused:
            self.problems = refused.texts(current().locale)
            return
        finally:
            self.is_saving = False
        self.raw, self.problems, self.company, self.is_adding = {}, {}, "", False
        yield rx.redirect(f"/projects/{made}")

    def _form(self) -> Form:
        return projects.FORM

    async def _read(self) -> None:
        found = await look(
            overview.page,
            text=self.text,
            status=self.status,
            production_type=self.production_type,
            is_mine=self.is_mine,
            is_deleted=self.is_deleted,
            offset=self.offset,
        )
        self.rows, self.total = found.rows, found.total


class ProjectState(SheetMixin, rx.State):
    """One project: who and what it is, its roles, its people and its team."""

    is_ready: bool = False
    is_there: bool = False
    id: int = 0
    tab: str = "roles"
    code: str = ""
    name: str = ""
    status: str = ""
    production: str = ""
    production_id: int = 0
    logo_url: str = ""
    production_type: str = ""
    place_en: str = ""
    place_fr: str = ""
    starts_on: str = ""
    ends_on: str = ""
    is_deleted: bool = False
    may_delete: bool = False
    history: list[Step] = []
    team: list[Member] = []
    roles: list[RoleView] = []
    wanted_en: dict[str, list[str]] = {}
    wanted_fr: dict[str, list[str]] = {}
    people: list[Assigned] = []
    company: str = ""
    companies: list[dict[str, str]] = []
    next_status: str = ""
    colleagues: list[Member] = []
    looked_for: str = ""

    @rx.var
    def is_open(self) -> bool:
        """Whether it may be changed: neither completed nor deleted."""
        return self.is_there and not self.is_deleted and self.status != "completed"

    @event(Permission.CASTING)
    async def open(self):
        """Show the project of the address, and follow it."""
        key = key_in_address(self)
        if key != self.id:
            self._forget_sections()
            self.is_ready, self.tab, self.looked_for, self.colleagues = False, "roles", "", []
        self.id = key
        for topic in ("project", "assignment", "role"):
            live.unsubscribe(self, topic)
        live.subscribe(self, "project", ProjectState.refreshed, key=key)
        live.subscribe(self, "assignment", ProjectState.refreshed, key=key)
        live.subscribe(self, "role", ProjectState.refreshed)
        self.companies = await _companies()
        await self._read()
        self.is_ready = True

    @event(Permission.CASTING, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """It was changed, here or elsewhere: show it, but leave alone what is being typed."""
        is_ours = topic != "role" or not keys or not {role.id for role in self.roles}.isdisjoint(keys)
        if is_ours:
            await self._read()

    @event(Permission.CASTING)
    async def turn_to(self, tab: str):
        """Show another part."""
        if tab in TABS:
            self.tab = tab

    @event(Permission.CASTING)
    async def choose_company(self, production_id: str):
        """Say for whom it is shot."""
        self.company = production_id

    @event(Permission.CASTING)
    async def ask_status(self, status: str):
        """Another status was chosen: ask for a note before it is saved."""
        self.next_status = status if status != self.status else ""

    @event(Permission.CASTING)
    async def forget_status(self):
        """Rather leave the status as it is."""
        self.next_status = ""

    @event(Permission.CASTING)
    async def move_on(self, answers: dict[str, Any]):
        """Move the project on, or back, with a note."""
        status, self.next_status = self.next_status, ""
        await do(projects.set_status, self.id, status, text_in(answers, "status_note"))
        await self._done(phrase("The status was changed."))

    @event(Permission.CASTING, supersedes=True)
    async def look_for(self, text: str):
        """Find colleagues while typing."""
        self.looked_for = text[:100]
        self.colleagues = await look(team.colleagues, self.id, text[:100])

    @event(Permission.CASTING)
    async def add_member(self, user_id: int):
        """Let a colleague work on it."""
        await do(team.add, self.id, user_id)
        self.looked_for, self.colleagues = "", []
        await self._read()

    @event(Permission.CASTING)
    async def remove_member(self, user_id: int):
        """Take somebody off the team."""
        await do(team.remove, self.id, user_id)
        await self._read()

    @event(Permission.CASTING)
    async def move_role(self, role_id: int, by: int):
        """Put a role one place up or down."""
        order = [role.id for role in self.roles]
        if role_id in order:
            at = order.index(role_id)
            order.insert(max(0, at + (1 if by > 0 else -1)), order.pop(at))
            await do(roles.reorder, self.id, order)
            await self._read()

    @event(Permission.CASTING)
    async def delete(self):
        """Take the project out of every list."""
        await do(projects.delete, self.id)
        await self._done(phrase("The project was deleted. It can be brought back."))

    @event(Permission.CASTING)
    async def restore(self):
        """Bring the project back."""
        await do(projects.restore, self.id)
        await self._done(phrase("The project is back in the list."))

    def _form(self) -> Form:
        return projects.FORM

    def _sections(self) -> list[str]:
        return super()._sections() if self.is_there and not self.is_deleted and self.status != "completed" else []

    async def _save_section(self, step: str, revision: int) -> None:
        more = {"production": self.company} if step == ProjectStep.PROJECT.value else {}
        await do(projects.edit, self.id, step=step, typed=self._typed(step) | more, revision=revision)

    async def _done(self, sentence: str) -> None:
        await self._read()
        await said(self, sentence)

    async def _read(self) -> None:
        try:
            sheet, listed, people = await look(_everything, self.id)
        except NotFound:
            self.is_there = False
            return
        self.is_there = True
        for name in SHOWN:
            setattr(self, name, getattr(sheet, name))
        self.roles, self.people = listed, people
        self.wanted_en, self.wanted_fr = (
            {str(role.id): criteria.spoken(role.criteria, locale) for role in listed} for locale in ("en", "fr")
        )
        if ProjectStep.PROJECT.value not in self.editing:
            self.company = str(sheet.production_id or "")
        self._show_facts(sheet.raw, sheet.revision, sheet.shown_en, sheet.shown_fr)


def _everything(work: Work, project_id: int) -> tuple[projects.Sheet, list[RoleView], list[Assigned]]:
    """All that a project's page shows, of one moment."""
    sheet = projects.one(work, project_id)
    if sheet.is_deleted:
        return sheet, [], []
    locale = work.actor.locale
    return sheet, roles.listed(work, project_id), assignments.roster(work, project_id, locale=locale)


async def _companies() -> list[dict[str, str]]:
    """The companies as a list to choose from."""
    found = await look(productions.choices)
    return [{"value": str(key), "label": name, "hint": city} for key, name, city in found]


def _new() -> dict[str, str]:
    """What the form of a new project begins with."""
    return {
        "zone": preferences.value(registry.SITE_ZONE),
        "day_break": str(preferences.value(registry.DAY_BREAK)),
        "country": "MA",
    }
