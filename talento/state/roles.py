"""A role of a project in its form, and the protected traits it may call for."""

from typing import Any

import reflex as rx

from talento.errors import Conflict, InvalidForm
from talento.i18n import phrase
from talento.services.casting import roles
from talento.services.casting.roles import RoleView
from talento.services.forms import Form
from talento.services.reference import book
from talento.state.doors import current, event
from talento.state.facts import FactsMixin
from talento.state.projects import ProjectState
from talento.state.session import do, said, text_in
from talento.vocabulary.permissions import Permission

NEW = {"kind": "extra", "wanted": "1"}


class RoleState(FactsMixin, rx.State):
    """The role that is being typed; `id` is 0 for a new one."""

    lists: dict[str, list[str]] = {}
    is_open: bool = False
    is_saving: bool = False
    is_stale: bool = False
    id: int = 0
    traits: list[str] = []
    reason: str = ""
    is_declaring: bool = False

    _revision: int = 0

    @event(Permission.CASTING)
    async def begin(self):
        """Start a new role; what was typed before and not saved is still there."""
        project = await self.get_state(ProjectState)
        if self.id or not self.raw:
            self.id, self.problems, self.is_stale = 0, {}, False
            country = project._now.get("country", "")
            self._fill(NEW | {"fee_currency": book().currencies.get(country, "")})
        self.is_open = True

    @event(Permission.CASTING)
    async def edit(self, role_id: int):
        """Open a role in its form."""
        role = await self._role(role_id)
        if role is not None:
            self.id, self._revision = role.id, role.revision
            self.problems, self.is_stale = {}, False
            self._fill(role.raw)
            self.is_open = True

    @event(Permission.CASTING)
    async def close(self):
        """Leave the form; what was typed for a new role stays for later."""
        self.is_open = False

    @event(Permission.CASTING)
    async def keep(self, name: str, value: str):
        """Note an answer while it is typed."""
        self._take(name, value)

    @event(Permission.CASTING)
    async def check(self, name: str, value: str):
        """Note an answer and say whether it is acceptable."""
        self._take(name, value)
        if known := roles.FORM.names.get(name):
            self._judge_one(known.step.value, name)

    @event(Permission.CASTING)
    async def save(self, answers: dict[str, Any]):
        """Save the role."""
        for step in roles.FORM.steps:
            self._take_all(step.value, answers)
        self.is_saving = True
        yield
        try:
            await self._store(self._revision)
        finally:
            self.is_saving = False

    @event(Permission.CASTING)
    async def keep_mine(self):
        """After a conflict: what was typed here shall replace what was saved elsewhere."""
        await self._store(None)

    @event(Permission.CASTING)
    async def take_theirs(self):
        """After a conflict: show what was saved elsewhere in the form."""
        role = await self._role(self.id)
        if role is not None:
            self._revision, self.is_stale, self.problems = role.revision, False, {}
            self._fill(role.raw)

    @event(Permission.CASTING)
    async def delete(self, role_id: int):
        """Take a role out of its project."""
        await do(roles.delete, role_id)
        self.is_open = False
        await self._refresh(phrase("The role was deleted."))

    @event(Permission.CASTING)
    async def think_of_traits(self, role_id: int):
        """Open the declaration of protected traits."""
        role = await self._role(role_id)
        if role is not None:
            self.id, self.traits, self.reason, self.problems = role.id, list(role.traits), role.traits_reason, {}
            self.raw, self.is_declaring = {}, True

    @event(Permission.CASTING)
    async def leave_traits(self):
        """Rather declare nothing."""
        self.is_declaring = False

    @event(Permission.CASTING)
    async def call_for(self, trait: str, is_on: bool):
        """Tick or untick a trait."""
        others = [one for one in self.traits if one != trait]
        self.traits = [*others, trait] if is_on and trait in roles.TRAITS else others

    @event(Permission.CASTING)
    async def declare(self, answers: dict[str, Any]):
        """Declare the ticked traits with their reason; none withdraws them."""
        self.reason = text_in(answers, "traits_reason")[:500]
        try:
            await do(roles.declare_traits, self.id, self.traits, self.reason)
        except InvalidForm as refused:
            self.problems = refused.texts(current().locale)
            return
        self.is_declaring = False
        await self._refresh(phrase("Saved."))

    def _form(self) -> Form:
        return roles.FORM

    async def _store(self, revision: int | None) -> None:
        project = await self.get_state(ProjectState)
        try:
            if self.id:
                await do(roles.edit, self.id, self._typed(), revision=revision)
            else:
                await do(roles.create, project.id, self._typed())
        except InvalidForm as refused:
            self.problems = refused.texts(current().locale)
            return
        except Conflict:
            before = self._revision
            await project._read()
            role = await self._role(self.id)
            self.is_stale = role is not None and role.revision != before
            if not self.is_stale:
                raise
            return
        self.raw, self.problems, self.is_open, self.is_stale = {}, {}, False, False
        await self._refresh(phrase("Saved."))

    async def _role(self, role_id: int) -> RoleView | None:
        project = await self.get_state(ProjectState)
        return next((role for role in project.roles if role.id == role_id), None)

    async def _refresh(self, sentence: str) -> None:
        project = await self.get_state(ProjectState)
        await project._read()
        await said(self, sentence)
