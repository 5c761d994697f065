"""How titles are looked up, as an admin sets it."""

from typing import Any

import reflex as rx

from talento.errors import Invalid, Refusal
from talento.services import credits
from talento.services.preferences import changes, registry
from talento.services.preferences.changes import Entry
from talento.state.doors import current, event
from talento.state.session import aside, do, look, said
from talento.vocabulary.permissions import Permission


class CinemaSettingsState(rx.State):
    """Whether a key is there; never the key."""

    is_ready: bool = False
    service: Entry | None = None
    problem: str = ""
    outcome: str = ""
    is_good: bool = False
    is_trying: bool = False
    saves: int = 0

    @event(Permission.ADMINISTER)
    async def open(self):
        """Show how it is set up."""
        self.problem = self.outcome = ""
        await self._read()
        self.is_ready = True

    @event(Permission.ADMINISTER)
    async def keep(self, answers: dict[str, Any]):
        """Keep a new key."""
        self.outcome = ""
        try:
            await do(changes.change, registry.OMDB_KEY.key, str(answers.get("omdb_key") or ""), revision=0)
        except Invalid as refused:
            self.problem = refused.text(current().locale)
            return
        self.problem = ""
        self.saves += 1
        await self._read()
        await said(self, "Saved.")

    @event(Permission.ADMINISTER)
    async def forget(self):
        """Remove the key."""
        await self._read()
        assert self.service is not None
        await do(changes.reset, registry.OMDB_KEY.key, revision=self.service.revision)
        self.outcome = ""
        await self._read()
        await said(self, "Saved.")

    @event(Permission.ADMINISTER, rate=(10, 60.0))
    async def try_out(self):
        """Ask one question with the key."""
        self.is_trying, self.outcome = True, ""
        yield
        try:
            await aside(credits.try_out, current())
        except Refusal as refused:
            self.is_good, self.outcome = False, refused.text(current().locale)
        else:
            self.is_good, self.outcome = True, "ok"
        finally:
            self.is_trying = False

    async def _read(self) -> None:
        self.service = await look(changes.entry, registry.OMDB_KEY.key)
