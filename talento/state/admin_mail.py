"""Mail, as admins see it: the outbox, live; the way that messages take; which kinds are sent."""

from typing import Any

import reflex as rx

from talento.errors import NotFound, Refusal
from talento.i18n import say
from talento.services.mail import kinds, listing, outbox, suppression, unsubscribing, versions, ways
from talento.services.mail.kinds import Standing
from talento.services.mail.listing import Health, MailLine, MailView, Wanted
from talento.services.mail.suppression import Suppressed
from talento.services.mail.transport import Refused, is_local
from talento.services.mail.unsubscribing import Left
from talento.services.preferences.cache import TOPIC as SETTING
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
    tab: str = "messages"
    typed: str = ""
    kind: str = ""
    status: str = ""
    rows: list[MailLine] = []
    has_newer: bool = False
    has_older: bool = False
    is_cut: bool = False
    health: Health = Health()
    standings: dict[str, Standing] = {}
    edited: dict[str, list[str]] = {}
    suppressed: list[Suppressed] = []
    refused: list[Left] = []
    address: str = ""
    turns: int = 0
    message: MailView | None = None
    is_open: bool = False
    is_testing: bool = False
    tested: str = ""
    has_worked: bool = False
    _before: int = 0
    _newest: int = 0
    _oldest: int = 0

    @rx.var
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return any((self.typed, self.kind, self.status))

    @event(ADMIN)
    async def open(self):
        """Show the latest messages, and follow them."""
        live.subscribe(self, outbox.TOPIC, MailState.refreshed)
        live.subscribe(self, kinds.TOPIC, MailState.refreshed)
        live.subscribe(self, suppression.TOPIC, MailState.refreshed)
        live.subscribe(self, versions.TOPIC, MailState.refreshed)
        live.subscribe(self, unsubscribing.TOPIC, MailState.refreshed)
        live.subscribe(self, SETTING, MailState.refreshed)
        self.is_open, self.message, self.tested, self.address = False, None, "", ""
        self.tab = "kinds" if self.router.url.path.rstrip("/").endswith("/templates") else "messages"
        self.typed, self.kind, self.status, self._before = "", "", "", 0
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

    @event(ADMIN, supersedes=True)
    async def search(self, text: str):
        """Show the messages with this in their address or subject."""
        self.typed, self._before = text[:100], 0
        await self._read_page()

    @event(ADMIN)
    async def narrow(self, name: str, value: str):
        """Show only one kind, or one state."""
        if (name == "kind" and value in ("", *kinds.KINDS)) or (name == "status" and value in ("", *listing.STATUSES)):
            setattr(self, name, value)
            self._before = 0
            await self._read_page()

    @event(ADMIN)
    async def clear(self):
        """Show every message."""
        self.typed, self.kind, self.status, self._before = "", "", "", 0
        await self._read_page()

    @event(ADMIN)
    async def older(self):
        """The page before in time, or what a search did not reach."""
        if self.has_older:
            self._before = self._oldest
            await self._read_page()

    @event(ADMIN)
    async def newer(self):
        """The page after in time."""
        if self.has_newer:
            await self._read_page(after=self._newest)

    @event(ADMIN)
    async def look_at(self, mail_id: int):
        """Read one message."""
        try:
            self.message = await look(listing.read, mail_id)
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

    async def _read(self) -> None:
        self.is_local, self.missing = is_local(), _missing()
        self.health = await look(listing.health)
        self.standings, self.edited = await look(kinds.standings), await look(versions.edited)
        await self._read_page()
        await self._read_suppressed()

    async def _read_page(self, *, after: int = 0) -> None:
        """The page that is shown, or the one after it; where messages come in live, the newest follow."""
        wanted = Wanted(self.typed, self.kind, self.status)
        found = await look(listing.page, wanted, before=0 if after else self._before, after=after)
        if after and not found.has_newer:
            found = await look(listing.page, wanted)
        self.rows, self.has_newer, self.has_older = found.lines, found.has_newer, found.has_older
        self._newest, self._oldest, self.is_cut = found.newest, found.oldest, found.is_cut
        if after:
            self._before = found.newest + 1 if found.has_newer else 0

    async def _read_suppressed(self) -> None:
        self.suppressed, _ = await look(suppression.listed, self.address)
        self.refused = await look(unsubscribing.listed, self.address)


def _missing() -> str:
    """What keeps messages from leaving, in words for whoever sets it."""
    try:
        ways.configured()
    except Refused as missing:
        return say(current().locale, str(missing))
    return ""
