"""Signing in, single-use links, and one's own account."""

from typing import Any

import reflex as rx

from talento.errors import NotFound, Unauthorized
from talento.services import accounts, entry, factors, passkeys, sessions
from talento.services.cookies import cookie_in
from talento.services.passkeys import PasskeyView
from talento.state import live
from talento.state.doors import PUBLIC, current, event
from talento.state.session import do, look, said, text_in
from talento.vocabulary.permissions import Permission


class EntryState(rx.State):
    """What the pages of a visitor read from their address."""

    next_path: str = ""
    link: str = ""
    link_token: str = ""
    link_email: str = ""
    has_app: bool = True
    has_passkey: bool = False

    @event(PUBLIC)
    async def signing_in(self):
        """Remember where the reader wanted to go; the server checks it again."""
        self.next_path = str(self.router.url.query_parameters.get("next", ""))[:500]

    @event(PUBLIC, rate=(60, 60.0))
    async def answering(self):
        """What the owner of this browser's right password can answer with."""
        try:
            ways = await look(entry.ways, cookie_in(self.router.headers.cookie, entry.COOKIE))
        except Unauthorized:
            return  # the answer itself is told so
        self.has_app, self.has_passkey = ways.has_app, ways.passkeys > 0

    @event(PUBLIC, rate=(20, 60.0))
    async def opening_link(self):
        """Whose password the link sets, or that it sets none."""
        token = self.router.url.path.rstrip("/").rsplit("/", 1)[-1][:100]
        try:
            owner = await look(accounts.link_owner, token)
        except NotFound:
            self.link, self.link_token, self.link_email = "bad", "", ""
            return
        self.link, self.link_token, self.link_email = "good", token, owner.email


class AccountState(rx.State):
    """One's own account: who one is, where one is signed in."""

    email: str = ""
    devices: list[sessions.SessionView] = []
    factor: factors.FactorView = factors.FactorView()
    passkeys: list[PasskeyView] = []
    passkey: PasskeyView | None = None
    is_changing: bool = False

    @event(Permission.OWN_PROFILE)
    async def open(self):
        """Show the account, and follow its sessions."""
        live.subscribe(self, "session", AccountState.refreshed, key=current().user_id)
        self.email = (await look(accounts.me)).email
        await self._read()

    @event(Permission.OWN_PROFILE, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """A session began or ended, or the second factor changed, here or elsewhere."""
        await self._read()

    @event(Permission.OWN_PROFILE)
    async def reread(self):
        """Something was changed over HTTP: show how things stand."""
        await self._read()

    @event(Permission.OWN_PROFILE)
    async def end(self, session_id: int):
        """Sign one device out."""
        await do(sessions.end_one, session_id)
        self.devices = await look(sessions.mine)
        await said(self, "That device was signed out.")

    @event(Permission.OWN_PROFILE)
    async def end_others(self):
        """Sign every other device out."""
        await do(sessions.end_others)
        self.devices = await look(sessions.mine)
        await said(self, "Every other device was signed out.")

    @event(Permission.OWN_PROFILE)
    async def change_passkey(self, passkey_id: int):
        """Open one of the passkeys that are shown."""
        self.passkey = next((key for key in self.passkeys if key.id == passkey_id), None)
        self.is_changing = self.passkey is not None

    @event(Permission.OWN_PROFILE)
    async def leave_passkey(self):
        """Close it; nothing was changed."""
        self.is_changing = False

    @event(Permission.OWN_PROFILE)
    async def rename_passkey(self, answers: dict[str, Any]):
        """Call the passkey that is open something else."""
        await do(passkeys.rename, self.passkey.id if self.passkey else 0, text_in(answers, "passkey_name"))
        self.is_changing = False
        await self._read()

    @event(Permission.OWN_PROFILE)
    async def remove_passkey(self):
        """Do without the passkey that is open."""
        await do(passkeys.remove, self.passkey.id if self.passkey else 0)
        self.is_changing = False
        await self._read()
        await said(self, "The passkey was removed. Your other devices were signed out.")

    async def _read(self) -> None:
        self.devices = await look(sessions.mine)
        self.factor = await look(factors.mine)
        self.passkeys = await look(passkeys.mine)
