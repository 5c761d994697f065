"""A sheet of facts whose sections are edited in their place, each saved on its own; other tabs follow."""

from collections.abc import Iterable
from typing import Any

import reflex as rx

from talento.errors import Conflict, InvalidForm
from talento.models.facts import Kind
from talento.state.doors import current, event
from talento.state.facts import FactsMixin
from talento.state.session import said
from talento.vocabulary.permissions import Permission


class SectionsMixin(FactsMixin, rx.State, mixin=True):
    """What is known, in both languages, and the sections that are open for editing.

    A state reads afresh in `_read`, which calls `_show_facts`, and saves one section in `_save_section`; `_form` says
    what is asked. The handlers, and who may call them, are its own.
    """

    shown_en: dict[str, str] = {}
    shown_fr: dict[str, str] = {}
    links: dict[str, str] = {}
    editing: list[str] = []
    stale: list[str] = []
    busy: str = ""

    _now: dict[str, Any] = {}
    _revision: int = 0
    _opened: dict[str, tuple[int, dict[str, Any]]] = {}

    async def _read(self) -> Any:
        """Read afresh what is shown."""
        raise NotImplementedError

    async def _save_section(self, step: str, revision: int) -> None:
        """Save one section."""
        raise NotImplementedError

    def _sections(self) -> Iterable[str]:
        """The steps that may be opened."""
        return [step.value for step in self._form().steps]

    def _change(self, step: str) -> None:
        if step in self._sections() and step not in self.editing:
            self._begin(step)
            self.editing = [*self.editing, step]
            self._put(self._being_typed())

    def _cancel(self, step: str) -> None:
        self._finish(step)
        self._put(self._being_typed())

    def _check(self, name: str, value: str) -> None:
        self._take(name, value)
        if step := self._step_of(name):
            self._judge_one(step, name)

    def _is_in_order(self, step: str, answers: dict[str, Any]) -> bool:
        """Whether a section that is being edited can be saved as it was sent; what is wrong is shown."""
        if step not in self.editing:
            return False
        self._take_all(step, answers)
        self._complain(step, self._judge(step))
        return not any(self._step_of(name) == step for name in self.problems)

    async def _keep_mine(self, step: str) -> None:
        if step in self.editing:
            self._begin(step)
            await self._store(step)

    def _take_theirs(self, step: str) -> None:
        if step in self.editing:
            self._begin(step)
            self._complain(step, {})
            self._put(self._being_typed(but=step))

    def _forget_sections(self) -> None:
        """Another row is shown: nothing of the last one is being edited."""
        self.editing, self.stale, self.problems, self._opened, self.busy = [], [], {}, {}, ""

    def _show_facts(self, raw: dict[str, Any], revision: int, english: dict[str, str], french: dict[str, str]) -> None:
        self._now, self._revision = raw, revision
        self.shown_en, self.shown_fr = english, french
        self._notice_conflicts()
        self._put(self._being_typed())

    def _notice_conflicts(self) -> None:
        """A section that nobody else touched goes on; one that was changed elsewhere says so."""
        for step in self.editing:
            if self._opened[step][1] == self._picked(step):
                self._begin(step)
            elif step not in self.stale:
                self.stale = [*self.stale, step]

    def _begin(self, step: str) -> None:
        self._opened = {**self._opened, step: (self._revision, self._picked(step))}
        self.stale = [one for one in self.stale if one != step]

    def _finish(self, step: str) -> None:
        self.editing = [one for one in self.editing if one != step]
        self.stale = [one for one in self.stale if one != step]
        self._complain(step, {})

    def _picked(self, step: str) -> dict[str, Any]:
        return {name: value for name, value in self._now.items() if self._step_of(name) == step}

    def _being_typed(self, but: str = "") -> dict[str, Any]:
        """The answers of the sections that are open, as they stand in their forms."""
        steps = {step for step in self.editing if step != but and step in self._opened}
        return {name: value for name, value in self._typed().items() if self._step_of(name) in steps}

    def _put(self, typed: dict[str, Any]) -> None:
        self._fill({**self._now, **typed})

    async def _store(self, step: str, *, is_again: bool = False) -> None:
        try:
            await self._save_section(step, self._opened[step][0])
        except InvalidForm as refused:
            self._complain(step, refused.texts(current().locale))
            return
        except Conflict:
            before = self._revision
            await self._read()
            if before == self._revision:
                raise
            if step not in self.stale and not is_again:
                await self._store(step, is_again=True)
            return
        self._finish(step)
        await self._read()
        await said(self, "Saved.")

    def _complain(self, step: str, problems: dict[str, str]) -> None:
        kept = {name: text for name, text in self.problems.items() if self._step_of(name) != step}
        self.problems = kept | problems

    def _step_of(self, name: str) -> str:
        """The section that asks for something; empty when none does."""
        known = self._form().names
        if name == "city_typed":
            return next((one.step.value for one in known.values() if one.kind is Kind.CITY), "")
        return known[name].step.value if name in known else ""


class SheetMixin(SectionsMixin, mixin=True):
    """Sections for pages of those who cast."""

    lists: dict[str, list[str]] = {}

    @event(Permission.CASTING)
    async def change(self, step: str):
        """Open a section for editing."""
        self._change(step)

    @event(Permission.CASTING)
    async def cancel(self, step: str):
        """Close a section; what was typed there is given up."""
        self._cancel(step)

    @event(Permission.CASTING)
    async def keep(self, name: str, value: str):
        """Note an answer while it is typed."""
        self._take(name, value)

    @event(Permission.CASTING)
    async def check(self, name: str, value: str):
        """Note an answer and say whether it is acceptable."""
        self._check(name, value)

    @event(Permission.CASTING)
    async def save(self, step: str, answers: dict[str, Any]):
        """Save a section if it is in order."""
        if not self._is_in_order(step, answers):
            return
        self.busy = step
        yield
        try:
            await self._store(step)
        finally:
            self.busy = ""

    @event(Permission.CASTING)
    async def keep_mine(self, step: str):
        """After a conflict: what was typed here shall replace what was saved elsewhere."""
        await self._keep_mine(step)

    @event(Permission.CASTING)
    async def take_theirs(self, step: str):
        """After a conflict: show what was saved elsewhere in the form."""
        self._take_theirs(step)
