"""Making a browser a paired tablet: what the code would make of it, before anybody agrees."""

from datetime import date

import reflex as rx

from talento.errors import NotFound, TooMany
from talento.services.presence import pairing
from talento.state.doors import PUBLIC, current, event
from talento.state.session import aside, text_in


class PairState(rx.State):
    """The code of the address or as typed, and what it says. Looking uses nothing up: a button does."""

    step: str = ""
    code: str = ""
    name: str = ""
    projects: list[str] = []
    is_kiosk: bool = False
    expires_on: date | None = None
    problem: str = ""

    @event(PUBLIC, rate=(20, 60.0))
    async def open(self):
        """Read the code from the address, or ask for it."""
        said = self.router.url.path.rstrip("/").removeprefix("/pair").strip("/")[:60]
        self.step, self.problem = "", ""
        if said:
            await self._look_at(said)
        else:
            self.step = "ask"

    @event(PUBLIC, rate=(20, 60.0))
    async def look_at(self, answers: dict[str, str]):
        """Read the code that was typed."""
        await self._look_at(text_in(answers, "pairing_code").strip()[:60])

    @event(PUBLIC)
    async def ask(self):
        """Another code."""
        self.step, self.problem = "ask", ""

    async def _look_at(self, code: str) -> None:
        try:
            found = await aside(pairing.announced, current(), code)
        except (NotFound, TooMany) as refused:
            self.step, self.problem = "ask", refused.text(current().locale)
            return
        self.step, self.code, self.problem = "good", code, ""
        self.name, self.projects = found.name, found.projects
        self.is_kiosk, self.expires_on = found.is_kiosk, found.expires_on
