"""Production companies: the list while typing, a new one, and one with its sections."""

from typing import Any

import reflex as rx

from talento.errors import InvalidForm, NotFound
from talento.i18n import phrase
from talento.models.facts import ProductionStep
from talento.services.casting import productions
from talento.services.casting.productions import Known, Line
from talento.services.forms import Form
from talento.state import live
from talento.state.doors import current, event
from talento.state.facts import FactsMixin
from talento.state.sections import SheetMixin
from talento.state.session import do, key_in_address, look, said
from talento.vocabulary.permissions import Permission

STEPS = (ProductionStep.COMPANY, ProductionStep.CONTACT)
"""What is asked for at first; the rest is filled in on the company's page."""


class ProductionsState(FactsMixin, rx.State):
    """One page of the companies that answer to the search, and a new one that is being typed."""

    lists: dict[str, list[str]] = {}
    is_ready: bool = False
    text: str = ""
    is_verified: bool = False
    is_deleted: bool = False
    offset: int = 0
    total: int = 0
    rows: list[Line] = []
    is_adding: bool = False
    is_saving: bool = False

    @rx.var
    def last(self) -> int:
        """The number of the last row shown."""
        return self.offset + len(self.rows)

    @event(Permission.CASTING)
    async def open(self):
        """Show the companies, and follow them."""
        live.subscribe(self, "production", ProductionsState.refreshed)
        live.subscribe(self, "project", ProductionsState.refreshed)
        await self._read()
        self.is_ready = True

    @event(Permission.CASTING, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """A company changed, here or elsewhere."""
        await self._read()

    @event(Permission.CASTING, supersedes=True)
    async def search(self, text: str):
        """Look for words."""
        self.text, self.offset = text[:200], 0
        await self._read()

    @event(Permission.CASTING)
    async def narrow(self, is_verified: bool):
        """Only those that were checked, or all."""
        self.is_verified, self.offset = is_verified, 0
        await self._read()

    @event(Permission.CASTING)
    async def show_deleted(self, is_deleted: bool):
        """The deleted ones, or those that are there."""
        self.is_deleted, self.offset = is_deleted, 0
        await self._read()

    @event(Permission.CASTING)
    async def clear(self):
        """Forget the search and the filters."""
        self.text, self.is_verified, self.is_deleted, self.offset = "", False, False, 0
        await self._read()

    @event(Permission.CASTING)
    async def turn(self, by: int):
        """Go one page forward or back."""
        self.offset = max(0, self.offset + productions.PAGE * (1 if by > 0 else -1))
        await self._read()

    @event(Permission.CASTING)
    async def restore(self, production_id: int):
        """Bring a deleted company back."""
        await do(productions.restore, production_id)
        await self._read()
        await said(self, "The company is back in the list.")

    @event(Permission.CASTING)
    async def begin(self):
        """Start a new company; what was typed before and not saved is still there."""
        if not self.raw:
            self._fill({})
        self.is_adding = True

    @event(Permission.CASTING)
    async def leave(self):
        """Close the form; what was typed stays for later."""
        self.is_adding = False

    @event(Permission.CASTING)
    async def keep(self, name: str, value: str):
        """Note an answer while it is typed."""
        self._take(name, value)

    @event(Permission.CASTING)
    async def check(self, name: str, value: str):
        """Note an answer and say whether it is acceptable."""
        self._take(name, value)
        if known := productions.FORM.names.get(name):
            self._judge_one(known.step.value, name)

    @event(Permission.CASTING)
    async def create(self, answers: dict[str, Any]):
        """Save the new company, and go to its page."""
        for step in STEPS:
            self._take_all(step.value, answers)
        self.is_saving = True
        yield
        try:
            made = await do(productions.create, self._typed())
        except InvalidForm as refused:
            self.problems = refused.texts(current().locale)
            return
        finally:
            self.is_saving = False
        self.raw, self.problems, self.is_adding = {}, {}, False
        await said(self, "The company is in the list.")
        yield rx.redirect(f"/productions/{made}")

    def _form(self) -> Form:
        return productions.FORM

    async def _read(self) -> None:
        found = await look(
            productions.page,
            text=self.text,
            is_verified=self.is_verified,
            is_deleted=self.is_deleted,
            offset=self.offset,
        )
        self.rows, self.total = found.rows, found.total


class ProductionState(SheetMixin, rx.State):
    """One company."""

    is_ready: bool = False
    is_there: bool = False
    id: int = 0
    name: str = ""
    logo_url: str = ""
    is_verified: bool = False
    is_deleted: bool = False
    may_delete: bool = False
    active: int = 0
    projects: list[Known] = []

    @event(Permission.CASTING)
    async def open(self):
        """Show the company of the address, and follow it."""
        key = key_in_address(self)
        if key != self.id:
            self._forget_sections()
            self.is_ready = False
        self.id = key
        live.unsubscribe(self, "production")
        live.subscribe(self, "production", ProductionState.refreshed, key=key)
        live.subscribe(self, "project", ProductionState.refreshed)
        await self._read()
        self.is_ready = True

    @event(Permission.CASTING, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """It was changed, here or elsewhere: show it, but leave alone what is being typed."""
        await self._read()

    @event(Permission.CASTING)
    async def attached(self, file_id: str, name: str, url: str):
        """A new logo arrived through `POST /files`."""
        await do(productions.attach_logo, self.id, file_id)
        await self._done(phrase("The logo was replaced."))

    @event(Permission.CASTING)
    async def removed(self):
        """Take the logo away."""
        await do(productions.attach_logo, self.id, "")
        await self._done(phrase("The logo was removed."))

    @event(Permission.ADMINISTER)
    async def verify(self, is_verified: bool):
        """Say that the company was checked, or that it is not any more."""
        await do(productions.verify, self.id, is_verified)
        await self._done(phrase("Saved."))

    @event(Permission.CASTING)
    async def delete(self):
        """Take the company out of every list."""
        await do(productions.delete, self.id)
        await self._done(phrase("The company was deleted. It can be brought back."))

    @event(Permission.CASTING)
    async def restore(self):
        """Bring the company back."""
        await do(productions.restore, self.id)
        await self._done(phrase("The company is back in the list."))

    def _form(self) -> Form:
        return productions.FORM

    def _sections(self) -> list[str]:
        return super()._sections() if self.is_there and not self.is_deleted else []

    async def _save_section(self, step: str, revision: int) -> None:
        await do(productions.edit, self.id, step=step, typed=self._typed(step), revision=revision)

    async def _done(self, sentence: str) -> None:
        await self._read()
        await said(self, sentence)

    async def _read(self) -> None:
        try:
            known = await look(productions.one, self.id)
        except NotFound:
            self.is_there = False
            return
        self.is_there = True
        for name in ("name", "logo_url", "is_verified", "is_deleted", "may_delete", "active", "projects", "links"):
            setattr(self, name, getattr(known, name))
        self._show_facts(known.raw, known.revision, known.shown_en, known.shown_fr)
