"""The accounts, found while typing, and what an admin does about one of them."""

from typing import Any

import reflex as rx

from talento.errors import Conflict, Invalid, NotFound
from talento.i18n import phrase
from talento.services import accounts, factors, impersonation, people, sessions
from talento.services.people import Person
from talento.services.sessions import SessionView
from talento.state import live
from talento.state.doors import current, event
from talento.state.session import ReaderState, do, look, said, text_in
from talento.vocabulary.permissions import Permission

FILTERS = {"role", "state"}


class PeopleState(rx.State):
    """One page of the accounts that answer to the search; perhaps one of them opened."""

    is_ready: bool = False
    text: str = ""
    role: str = ""
    state: str = ""
    sort: str = people.NEWEST
    offset: int = 0
    total: int = 0
    rows: list[Person] = []
    person: Person | None = None
    devices: list[SessionView] = []
    is_open: bool = False
    is_inviting: bool = False
    invitation_error: str = ""

    @rx.var
    def last(self) -> int:
        """The number of the last row shown."""
        return self.offset + len(self.rows)

    @event(Permission.ADMINISTER)
    async def open(self):
        """Show the accounts, and follow them; one of them opened, when the address names it."""
        live.subscribe(self, "session", PeopleState.refreshed)
        live.subscribe(self, "talent", PeopleState.refreshed)
        self.is_open = self.is_inviting = False
        await self._read()
        self.is_ready = True
        named = self.router.url.query_parameters.get("account", "")
        if named.isdigit():
            await self._look_at(int(named[:9]))
            self.is_open = self.person is not None

    @event(Permission.ADMINISTER, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """An account changed, here or elsewhere."""
        await self._read()
        if self.is_open and self.person is not None:
            await self._look_at(self.person.id)

    @event(Permission.ADMINISTER, supersedes=True)
    async def search(self, text: str):
        """Look for words, or a code."""
        self.text, self.offset = text[:200], 0
        await self._read()

    @event(Permission.ADMINISTER)
    async def narrow(self, name: str, value: str):
        """Show only one role, or one state."""
        if name in FILTERS:
            setattr(self, name, value)
            self.offset = 0
            await self._read()

    @event(Permission.ADMINISTER)
    async def clear(self):
        """Forget the search and the filters."""
        self.text = self.role = self.state = ""
        self.offset = 0
        await self._read()

    @event(Permission.ADMINISTER)
    async def arrange(self, sort: str):
        """Sort by a column."""
        self.sort, self.offset = sort, 0
        await self._read()

    @event(Permission.ADMINISTER)
    async def turn(self, by: int):
        """Go one page forward or back."""
        self.offset = max(0, self.offset + people.PAGE * (1 if by > 0 else -1))
        await self._read()

    @event(Permission.ADMINISTER)
    async def look_at(self, user_id: int):
        """Open one account."""
        await self._look_at(user_id)
        self.is_open = self.person is not None

    @event(Permission.ADMINISTER)
    async def close(self):
        """Back to the list."""
        self.is_open = False

    @event(Permission.ADMINISTER)
    async def suspend(self, user_id: int):
        """Shut an account out at once."""
        await do(accounts.suspend, user_id)
        await self._done(user_id, phrase("{name} is suspended and signed out everywhere."))

    @event(Permission.ADMINISTER)
    async def reactivate(self, user_id: int):
        """Let a suspended account in again."""
        await do(accounts.reactivate, user_id)
        await self._done(user_id, phrase("{name} can sign in again."))

    @event(Permission.ADMINISTER)
    async def end_sessions(self, user_id: int):
        """Sign somebody out everywhere."""
        await do(accounts.end_sessions, user_id)
        await self._done(user_id, phrase("{name} is signed out everywhere."))

    @event(Permission.ADMINISTER)
    async def change_role(self, answers: dict[str, Any]):
        """Give the account that is open another role."""
        user_id = self.person.id if self.person else 0
        await do(accounts.change_role, user_id, text_in(answers, "new_role"))
        await self._done(user_id, phrase("The role of {name} was changed. They sign in again."))

    @event(Permission.ADMINISTER, rate=(20, 60.0))
    async def invite(self, answers: dict[str, Any]):
        """Make an account for somebody who works here, and mail them the way in."""
        said_of = {name: text_in(answers, name) for name in ("email", "name", "role", "locale")}
        try:
            email = await do(accounts.invite, **said_of)
        except (Invalid, Conflict) as refusal:
            self.invitation_error = refusal.text(current().locale)
            return
        self.is_inviting, self.invitation_error = False, ""
        await self._read()
        await said(self, "An invitation is on its way to {email}.", email=email)

    @event(Permission.ADMINISTER)
    async def start_inviting(self):
        """Show the form."""
        self.is_inviting, self.invitation_error = True, ""

    @event(Permission.ADMINISTER)
    async def stop_inviting(self):
        """Put the form away."""
        self.is_inviting = False

    @event(Permission.ADMINISTER)
    async def impersonate(self, user_id: int):
        """Act in the name of somebody, in this browser."""
        await do(impersonation.start, user_id)
        (await self.get_state(ReaderState))._user_id = user_id
        return rx.redirect("/")

    @event(Permission.ADMINISTER)
    async def end_one(self, session_id: int):
        """Sign one device of the account that is open out."""
        await do(sessions.end_one, session_id)
        if self.person is not None:
            await self._look_at(self.person.id)
        await said(self, "That device was signed out.")

    @event(Permission.ADMINISTER)
    async def remove_factor(self, user_id: int):
        """Take a second factor away whose owner lost it."""
        await do(factors.remove_for, user_id)
        await self._done(user_id, phrase("{name} signs in with the password alone now."))

    @event(Permission.ADMINISTER, rate=(20, 60.0))
    async def send_link(self, user_id: int):
        """Mail somebody a link to choose a new password."""
        email = await do(people.send_link, user_id)
        await said(self, "A link is on its way to {email}.", email=email)

    async def _done(self, user_id: int, sentence: str) -> None:
        await self._read()
        await self._look_at(user_id)
        await said(self, sentence, name=self._called())

    def _called(self) -> str:
        return (self.person.name or self.person.email) if self.person else ""

    async def _look_at(self, user_id: int) -> None:
        try:
            self.person = await look(people.one, user_id)
            self.devices = await look(sessions.of, user_id)
        except NotFound:
            self.person, self.devices, self.is_open = None, [], False

    async def _read(self) -> None:
        found = await look(
            people.page, text=self.text, role=self.role, state=self.state, sort=self.sort, offset=self.offset
        )
        self.rows, self.total = found.rows, found.total
