"""The page on which a guardian decides."""

from typing import Any

import reflex as rx

from talento.errors import InvalidForm, NotFound
from talento.services.cinema import guardians
from talento.state.doors import PUBLIC, current, event
from talento.state.session import do, look


class ConsentState(rx.State):
    """What a guardian's link asks.

    `stage` is empty while it is read, then one of `bad`, `asked`, `given`, `agreed`, `refused`.
    """

    stage: str = ""
    child: str = ""
    born_on: str = ""
    guardian: str = ""
    given_on: str = ""
    is_ticked: bool = False
    problems: dict[str, str] = {}

    @event(PUBLIC, rate=(20, 60.0))
    async def open(self):
        """Whom the link is about, or that it is spent."""
        self.problems, self.is_ticked = {}, False
        try:
            asked = await look(guardians.asked, self._token())
        except NotFound:
            self.stage, self.child, self.born_on, self.guardian, self.given_on = "bad", "", "", "", ""
            return
        self.child, self.guardian, self.born_on = asked.child, asked.guardian, asked.born_on.isoformat()
        self.given_on = asked.given_at.isoformat() if asked.given_at else ""
        self.stage = "given" if asked.is_given else "asked"

    @event(PUBLIC)
    async def tick(self, is_on: bool):
        """The box that says so."""
        self.is_ticked = is_on

    @event(PUBLIC, rate=(10, 60.0))
    async def agree(self, answers: dict[str, Any]):
        """Consent."""
        signed = str(answers.get("signed") or "")
        try:
            await do(guardians.consent, token=self._token(), signed=signed, is_ticked=self.is_ticked)
        except InvalidForm as refused:
            self.problems = refused.texts(current().locale)
        except NotFound:
            self.stage = "bad"
        else:
            self.stage, self.problems = "agreed", {}

    @event(PUBLIC, rate=(10, 60.0))
    async def refuse(self):
        """Refuse, or take a consent back."""
        try:
            await do(guardians.refuse, token=self._token())
        except NotFound:
            self.stage = "bad"
        else:
            self.stage = "refused"

    def _token(self) -> str:
        return self.router.url.path.rstrip("/").rsplit("/", 1)[-1][:100]
