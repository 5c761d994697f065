"""The outbox, as an admin reads it."""

import reflex as rx

from talento.errors import NotFound
from talento.services.mail import outbox
from talento.services.mail.outbox import MailLine, MailView
from talento.settings import settings
from talento.state.doors import event
from talento.state.session import look
from talento.vocabulary.permissions import Permission


class MailState(rx.State):
    """One page of messages; perhaps one of them opened."""

    is_ready: bool = False
    is_local: bool = False
    offset: int = 0
    total: int = 0
    rows: list[MailLine] = []
    message: MailView | None = None
    is_open: bool = False

    @rx.var
    def last(self) -> int:
        """The number of the last row shown."""
        return self.offset + len(self.rows)

    @event(Permission.ADMINISTER)
    async def open(self):
        """Show the latest messages."""
        self.is_local = not settings().sendgrid_api_key
        self.is_open, self.message, self.offset = False, None, 0
        await self._read()
        self.is_ready = True

    @event(Permission.ADMINISTER)
    async def turn(self, by: int):
        """Go one page forward or back."""
        self.offset = max(0, self.offset + outbox.PAGE * (1 if by > 0 else -1))
        await self._read()

    @event(Permission.ADMINISTER)
    async def refresh(self):
        """Look for newer messages."""
        await self._read()

    @event(Permission.ADMINISTER)
    async def look_at(self, mail_id: int):
        """Read one message."""
        try:
            self.message = await look(outbox.read, mail_id)
        except NotFound:
            self.message = None
        self.is_open = self.message is not None

    @event(Permission.ADMINISTER)
    async def close(self):
        """Back to the list; a link does not stay in the page."""
        self.is_open, self.message = False, None

    async def _read(self) -> None:
        self.rows, self.total = await look(outbox.page, offset=self.offset)
