"""A project's desk as its team sets it up: who keeps it, and the cool-down."""

import reflex as rx

from talento.errors import Invalid, NotFound
from talento.services.presence import desks
from talento.services.presence.desks import Keeper
from talento.state import live
from talento.state.doors import current, event
from talento.state.session import do, key_in_address, look, said, text_in
from talento.vocabulary.permissions import Permission


class DesksState(rx.State):
    """Who keeps the desk of the project of the address."""

    project_id: int = 0
    keepers: list[Keeper] = []
    cool_down: int = 60
    looked_for: str = ""
    found: list[Keeper] = []
    problem: str = ""

    @event(Permission.CASTING)
    async def open(self):
        """Show the desk's settings, and follow them."""
        key = key_in_address(self)
        if key != self.project_id:
            self.looked_for, self.found, self.problem = "", [], ""
        self.project_id = key
        live.subscribe(self, "project", DesksState.refreshed, key=key)
        await self._read()

    @event(Permission.CASTING, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """A colleague changed something."""
        await self._read()

    @event(Permission.CASTING, supersedes=True)
    async def look_for(self, text: str):
        """Find presence staff while typing."""
        self.looked_for = text[:100]
        self.found = await look(desks.staff, self.project_id, text[:100])

    @event(Permission.CASTING)
    async def open_to(self, user_id: int):
        """Let somebody keep the desk."""
        await do(desks.open_to, self.project_id, user_id)
        self.looked_for, self.found = "", []
        await self._read()

    @event(Permission.CASTING)
    async def close_to(self, user_id: int):
        """Take the desk from somebody."""
        await do(desks.close_to, self.project_id, user_id)
        await self._read()

    @event(Permission.CASTING)
    async def save_cool_down(self, answers: dict[str, str]):
        """Keep for how long a badge that is held up is one scan."""
        typed = text_in(answers, "cool_down").strip()
        try:
            await do(desks.set_cool_down, self.project_id, int(typed) if typed.isdecimal() else 0)
        except Invalid as refused:
            self.problem = refused.text(current().locale)
            return
        self.problem = ""
        await self._read()
        await said(self, "Saved.")

    async def _read(self) -> None:
        try:
            shown = await look(desks.desk, self.project_id)
        except NotFound:
            self.keepers = []
            return
        self.keepers, self.cool_down = shown.keepers, shown.cool_down
