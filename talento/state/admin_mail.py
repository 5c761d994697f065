"""Mail, as admins see it: the outbox, live; the way that messages take; which kinds are sent."""

from typing import Any

import reflex as rx

from talento.errors import NotFound, Refusal
from talento.i18n import say
from talento.services.mail import delivery, kinds, outbox, suppression, ways
from talento.services.mail.kinds import Standing
from talento.services.mail.outbox import MailLine, MailView
from talento.services.mail.suppression import Suppressed
from talento.services.mail.transport import Refused, is_local
from talento.services.preferences.cache import TOPIC as SETTING
from talento.services.work import Work
from talento.state import live
from talento.state.doors import current, event
from talento.state.session import aside, do, look, said, text_in
from talento.vocabulary.permissions import Permission

ADMIN = Permission.ADMINISTER


class MailState(rx.State):
    """One page of messages; perhaps one of them opened."""

    is_ready: bool = False
    is_local: bool = False
    missing: str = ""
    is_full: bool = False
    tab: str = "messages"
    offset: int = 0
    total: int = 0
    failed: int = 0
    rows: list[MailLine] = []
    standings: dict[str, Standing] = {}
    suppressed: list[Suppressed] = []
    suppressed_total: int = 0
    address: str = ""
    turns: int = 0
    message: MailView | None = None
    is_open: bool = False
    is_testing: bool = False
    tested: str = ""
    has_worked: bool = False

    @rx.var
    def last(self) -> int:
        """The number of the last row shown."""
        return self.offset + len(self.rows)

    @event(ADMIN)
    async def open(self):
        """Show the latest messages, and follow them."""
        live.subscribe(self, outbox.TOPIC, MailState.refreshed)
        live.subscribe(self, kinds.TOPIC, MailState.refreshed)
        live.subscribe(self, suppression.TOPIC, MailState.refreshed)
        live.subscribe(self, SETTING, MailState.refreshed)
        self.is_open, self.message, self.offset, self.tested, self.tab = False, None, 0, "", "messages"
        self.address = ""
        await self._read()
        self.is_ready = True

    @event(ADMIN, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Something was written, sent, or set."""
        await self._read()

    @event(ADMIN)
    async def show(self, tab: str):
        """Show messages, their kinds, or who is not written to."""
        self.tab = tab if tab in ("messages", "kinds", "suppressed") else "messages"

    @event(ADMIN)
    async def turn(self, by: int):
        """Go one page forward or back."""
        self.offset = max(0, self.offset + outbox.PAGE * (1 if by > 0 else -1))
        await self._read()

    @event(ADMIN)
    async def look_at(self, mail_id: int):
        """Read one message."""
        try:
            self.message = await look(outbox.read, mail_id)
        except NotFound:
            self.message = None
        self.is_open = self.message is not None

    @event(ADMIN)
    async def close(self):
        """Back to the list; a link does not stay in the page."""
        self.is_open, self.message = False, None

    @event(ADMIN)
    async def resend(self, mail_id: int):
        """Send a message once more."""
        await do(outbox.resend, mail_id)
        self.is_open, self.message = False, None
        await self._read()
        await said(self, "It will be sent in a moment.")

    @event(ADMIN)
    async def resend_failed(self):
        """Send everything that failed once more."""
        count = await do(outbox.resend_failed)
        await self._read()
        await said(self, "{count} will be sent in a moment.", count=count)

    @event(ADMIN, rate=(10, 60.0))
    async def try_out(self):
        """Send a test message to whoever asks."""
        self.is_testing, self.tested = True, ""
        yield
        try:
            to = await aside(ways.try_out, current())
        except Refusal as refused:
            self.tested, self.has_worked = refused.text(current().locale), False
        else:
            self.tested, self.has_worked = to, True
        finally:
            self.is_testing = False

    @event(ADMIN)
    async def switch(self, kind: str, is_on: bool):
        """Send messages of a kind, or don't."""
        await do(kinds.switch, kind, is_on=is_on)
        self.standings = await look(kinds.standings)

    @event(ADMIN)
    async def copy_kind(self, kind: str, is_on: bool):
        """Copy messages of a kind to the admins, or don't."""
        await do(kinds.copy, kind, is_copied=is_on)
        self.standings = await look(kinds.standings)

    @event(ADMIN, supersedes=True)
    async def find_address(self, text: str):
        """Show the addresses that contain what is typed."""
        self.address = text[:100]
        await self._read_suppressed()

    @event(ADMIN)
    async def suppress(self, answers: dict[str, Any]):
        """Let nobody write to an address any more."""
        email = await do(suppression.add, text_in(answers, "email"))
        self.turns += 1
        await self._read_suppressed()
        await said(self, "{email} is not written to any more.", email=email)

    @event(ADMIN)
    async def lift(self, email: str):
        """Write to an address again."""
        await do(suppression.lift, email)
        await self._read_suppressed()
        await said(self, "{email} is written to again.", email=email[:254])

    async def _read_suppressed(self) -> None:
        self.suppressed, self.suppressed_total = await look(suppression.listed, self.address)

    async def _read(self) -> None:
        self.is_local, self.missing = is_local(), _missing()
        self.rows, self.total = await look(outbox.page, offset=self.offset)
        self.failed, self.is_full = await look(_health)
        self.standings = await look(kinds.standings)
        await self._read_suppressed()


def _health(work: Work) -> tuple[int, bool]:
    return outbox.failures(work), delivery.room(work) == 0


def _missing() -> str:
    """What keeps messages from leaving, in words for whoever sets it."""
    try:
        ways.configured()
    except Refused as missing:
        return say(current().locale, str(missing))
    return ""
