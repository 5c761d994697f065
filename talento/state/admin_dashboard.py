"""The dashboard of administrators: counted afresh when something of it changed, once a second at most."""

import asyncio

import reflex as rx

from talento.services import dashboard, jobs
from talento.services.dashboard import SPANS, Cinema, House, People
from talento.services.mail import outbox
from talento.services.security import alerts
from talento.services.work import Work
from talento.state import live
from talento.state.doors import event
from talento.state.session import look
from talento.vocabulary.permissions import Permission

TOPICS = ("talent", "cinema", "project", "role", "assignment", "presence", jobs.TOPIC, outbox.TOPIC, alerts.TOPIC)
PAUSE = 1.0


class AdminDashboardState(rx.State):
    """The numbers of the house; `days` is how far back registrations are shown."""

    days: int = SPANS[0]
    people: People | None = None
    cinema: Cinema | None = None
    house: House | None = None
    _is_stale: bool = False
    _is_drawing: bool = False

    @event(Permission.ADMINISTER)
    async def open(self):
        """Show the numbers, and follow them."""
        for topic in TOPICS:
            live.subscribe(self, topic, AdminDashboardState.refreshed)
        await self._read()

    @event(Permission.ADMINISTER)
    async def look_back(self, days: str):
        """Show another span of days."""
        if days in map(str, SPANS):
            self.days = int(days)
            await self._read()

    @event(Permission.ADMINISTER, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Something changed: draw it with whatever changes in the same second."""
        self._is_stale = True
        if not self._is_drawing:
            self._is_drawing = True
            return AdminDashboardState.redraw

    @event(Permission.ADMINISTER, background=True)
    async def redraw(self):
        """Count again, a second later, as long as things change."""
        try:
            while True:
                await asyncio.sleep(PAUSE)
                async with self:
                    if not self._is_stale:
                        return
                    self._is_stale = False
                    await self._read()
        finally:
            async with self:
                self._is_drawing = False

    async def _read(self) -> None:
        self.people, self.cinema, self.house = await look(_everything, self.days)


def _everything(work: Work, days: int) -> tuple[People, Cinema, House]:
    return dashboard.people(work, days=days), dashboard.cinema(work), dashboard.house(work)
