"""The list of desks that are open to the reader."""

import reflex as rx

from talento.services.presence import open_desks
from talento.services.presence.open_desks import Card
from talento.state import live
from talento.state.doors import current, event
from talento.state.session import look
from talento.vocabulary.permissions import Permission


class PresenceState(rx.State):
    """The desks, each with who is there; live."""

    is_ready: bool = False
    text: str = ""
    cards: list[Card] = []

    @event(Permission.SEE_SHEET)
    async def open(self):
        """Show the desks, and follow them."""
        self.text = ""
        live.subscribe(self, "presence", PresenceState.refreshed)
        live.subscribe(self, "project", PresenceState.refreshed)
        live.subscribe(self, "assignment", PresenceState.refreshed)
        await self._read()
        self.is_ready = True

    @event(Permission.SEE_SHEET, supersedes=True)
    async def search(self, text: str):
        """Find a desk while typing."""
        self.text = text[:200]
        await self._read()

    @event(Permission.SEE_SHEET, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Somebody came or left somewhere."""
        await self._read()

    async def _read(self) -> None:
        self.cards = await look(open_desks.desks, self.text, locale=current().locale)
