"""Which kinds of message one receives: by the link of a mail, and on one's account."""

import reflex as rx

from talento.errors import NotFound
from talento.services.mail import unsubscribing
from talento.services.mail.unsubscribing import Wish
from talento.state import live
from talento.state.doors import PUBLIC, event
from talento.state.session import do, look
from talento.vocabulary.permissions import Permission


class UnsubscribeState(rx.State):
    """What the link of a mail is about. `stage`: empty while it is read, then `bad`, `asked`, `off` or `on`."""

    stage: str = ""
    kind: str = ""

    @event(PUBLIC, rate=(20, 60.0))
    async def open(self):
        """Show what the link is about. Looking changes nothing."""
        try:
            wish = await look(unsubscribing.asked, self._token())
        except NotFound:
            self.stage, self.kind = "bad", ""
            return
        self.kind, self.stage = wish.kind, "asked" if wish.is_on else "off"

    @event(PUBLIC, rate=(10, 60.0))
    async def leave(self):
        """Receive no more messages of this kind."""
        await self._answer(False)

    @event(PUBLIC, rate=(10, 60.0))
    async def stay(self):
        """Receive them again."""
        await self._answer(True)

    async def _answer(self, is_on: bool) -> None:
        try:
            await do(unsubscribing.answer, self._token(), is_on=is_on)
        except NotFound:
            self.stage = "bad"
        else:
            self.stage = "on" if is_on else "off"

    def _token(self) -> str:
        return self.router.url.path.rstrip("/").rsplit("/", 1)[-1][:1000]


class MyMailState(rx.State):
    """The kinds of message that one may refuse, on one's account."""

    wishes: list[Wish] = []

    @event(Permission.OWN_PROFILE)
    async def open(self):
        """Show them, and follow what a mail program's button says."""
        live.subscribe(self, unsubscribing.TOPIC, MyMailState.refreshed)
        self.wishes = await look(unsubscribing.mine)

    @event(Permission.OWN_PROFILE, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Somebody refused a kind, or took it again."""
        self.wishes = await look(unsubscribing.mine)

    @event(Permission.OWN_PROFILE)
    async def choose(self, kind: str, is_on: bool):
        """Receive a kind of message, or don't."""
        await do(unsubscribing.choose, kind, is_on=is_on)
        self.wishes = await look(unsubscribing.mine)
