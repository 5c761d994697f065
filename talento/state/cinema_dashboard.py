"""The cinema dashboard: counted afresh whenever something of it changes."""

import reflex as rx

from talento.services.casting import dashboard
from talento.services.casting.dashboard import Dashboard
from talento.services.presence import here
from talento.services.presence.here import Here
from talento.state import live
from talento.state.doors import event
from talento.state.session import look
from talento.vocabulary.permissions import Permission

TOPICS = ("cinema", "production", "project", "role", "assignment")


class CinemaDashboardState(rx.State):
    """The numbers of the day."""

    shown: Dashboard | None = None
    here: list[Here] = []

    @event(Permission.CASTING)
    async def open(self):
        """Show the numbers, and follow them."""
        for topic in TOPICS:
            live.subscribe(self, topic, CinemaDashboardState.refreshed)
        live.subscribe(self, "presence", CinemaDashboardState.counted)
        self.shown = await look(dashboard.overview)
        self.here = await look(here.here)

    @event(Permission.CASTING, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Count again."""
        self.shown = await look(dashboard.overview)

    @event(Permission.CASTING, supersedes=True)
    async def counted(self, topic: str, keys: list[int]):
        """Somebody came or left: count who is on set."""
        self.here = await look(here.here)
