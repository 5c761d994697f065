"""A legal text as admins wrote it; a changed one appears in every open page."""

import reflex as rx

from talento.services import legal
from talento.services.markdown import Block
from talento.services.preferences.cache import TOPIC
from talento.state import live
from talento.state.doors import PUBLIC, event
from talento.state.session import look


class LegalState(rx.State):
    """The blocks of the text in the address, in both languages; none where the text that comes with Talento stands."""

    is_ready: bool = False
    en: list[Block] = []
    fr: list[Block] = []
    changed_en: str = ""
    changed_fr: str = ""

    @event(PUBLIC)
    async def open(self):
        """Read the text in the address."""
        live.subscribe(self, TOPIC, LegalState.refreshed)
        await self._read()
        self.is_ready = True

    @event(PUBLIC, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """A setting changed."""
        await self._read()

    async def _read(self) -> None:
        name = self.router.url.path.rstrip("/").rpartition("/")[2]
        english, french = await look(legal.shown, name, "en"), await look(legal.shown, name, "fr")
        self.en, self.fr = english.blocks, french.blocks
        self.changed_en = english.changed_at.isoformat() if english.changed_at else ""
        self.changed_fr = french.changed_at.isoformat() if french.changed_at else ""
