"""The watch-list, live: names, and who answers to them."""

from typing import Any

import reflex as rx

from talento.errors import Refusal
from talento.services import watch
from talento.services.watch import Hit, Name
from talento.state import live
from talento.state.doors import current, event
from talento.state.session import aside, do, look, said, text_in
from talento.vocabulary.permissions import Permission


class WatchState(rx.State):
    """Names by spelling, hits newest first."""

    is_ready: bool = False
    names: list[Name] = []
    hits: list[Hit] = []
    unseen: int = 0
    problem: str = ""
    round: int = 0

    @event(Permission.ADMINISTER)
    async def open(self):
        """Show the list, and follow it."""
        live.subscribe(self, watch.TOPIC, WatchState.refreshed)
        self.problem = ""
        await self._read()
        self.is_ready = True

    @event(Permission.ADMINISTER, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Somebody registered under a watched name, or the list changed."""
        await self._read()

    @event(Permission.ADMINISTER, rate=(30, 60.0))
    async def add(self, answers: dict[str, Any]):
        """Watch a name from now on, and say who answers to it already."""
        try:
            found = await aside(watch.add, current(), text_in(answers, "watch_name"), text_in(answers, "watch_note"))
        except Refusal as refused:
            self.problem = refused.text(current().locale)
            return
        self.problem, self.round = "", self.round + 1
        await self._read()
        if found:
            await said(self, "Watched. {count} who are here already answer to it.", count=found)
        else:
            await said(self, "Watched. Nobody here answers to it.")

    @event(Permission.ADMINISTER)
    async def remove(self, watched_id: int):
        """Watch a name no longer."""
        await do(watch.remove, watched_id)
        await self._read()

    @event(Permission.ADMINISTER)
    async def see(self, hit_id: int):
        """A hit was looked at."""
        await do(watch.see, hit_id)
        await self._read()

    async def _read(self) -> None:
        found = await look(watch.shown)
        self.names, self.hits, self.unseen = found.names, found.hits, found.unseen
