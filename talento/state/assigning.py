"""Putting somebody on a project, by name or by any code, and changing or ending it."""

from typing import Any

import reflex as rx

from talento.errors import Conflict, Invalid, InvalidForm, NotFound
from talento.i18n import phrase, say
from talento.services.casting import assignments, suggest
from talento.services.casting.assignments import Assigned
from talento.services.casting.overlaps import DoubleBooked
from talento.services.casting.suggest import Suggestion
from talento.state.doors import current, event
from talento.state.projects import ProjectState
from talento.state.session import do, look, said, text_in
from talento.vocabulary.permissions import Permission

FIELDS = {"role_id", "kind", "description", "starts_on", "ends_on", "overlap_reason"}


class AssigningState(rx.State):
    """The assignment that is being typed; `id` is 0 for a new one."""

    is_open: bool = False
    is_saving: bool = False
    id: int = 0
    text: str = ""
    found: list[Suggestion] = []
    who: Suggestion | None = None
    answers: dict[str, str] = {}
    problems: dict[str, str] = {}
    overlap: str = ""
    leaving: int = 0
    leaving_name: str = ""

    @event(Permission.CASTING)
    async def begin(self):
        """Start a new assignment; what was typed before and not saved is still there."""
        if self.id:
            self._forget()
        self.is_open = True

    @event(Permission.CASTING)
    async def edit(self, assignment_id: int):
        """Open an assignment in its form."""
        one = await self._assigned(assignment_id)
        if one is None:
            return
        self._forget()
        face = one.face
        self.id = one.id
        self.who = Suggestion(face.id, one.code, face.name, face.photo_url, face.age, face.place, True)
        self.answers = {
            "role_id": str(one.role_id or ""),
            "kind": one.kind,
            "description": one.description,
            "starts_on": one.starts_on.isoformat() if one.starts_on else "",
            "ends_on": one.ends_on.isoformat() if one.ends_on else "",
            "overlap_reason": one.overlap_reason,
        }
        self.is_open = True

    @event(Permission.CASTING)
    async def close(self):
        """Leave the form; what was typed for a new assignment stays for later."""
        self.is_open = False

    @event(Permission.CASTING, supersedes=True)
    async def search(self, text: str):
        """Find people while typing."""
        self.text, self.problems = text[:2000], {}
        self.found = await look(suggest.for_project, await self._project(), self.text)

    @event(Permission.CASTING)
    async def scan(self, text: str):
        """Enter was pressed, by a person or a scanner: somebody's code, or the one person found."""
        if not text.strip():
            return
        try:
            self._choose(await look(suggest.by_code, await self._project(), text[:2000]))
        except (NotFound, Conflict) as refused:
            found = await look(suggest.for_project, await self._project(), text[:2000])
            if len(found) == 1:
                self._choose(found[0])
            elif not found:
                self.problems = {"who": refused.text(current().locale)}

    @event(Permission.CASTING)
    async def choose(self, talent_id: int):
        """Take one of those found."""
        one = next((one for one in self.found if one.id == talent_id), None)
        if one is not None:
            self._choose(one)

    @event(Permission.CASTING)
    async def somebody_else(self):
        """Take another person."""
        if not self.id:
            self.who, self.overlap, self.problems = None, "", {}

    @event(Permission.CASTING)
    async def keep(self, name: str, value: str):
        """Note an answer while it is typed; the kind of part follows the role."""
        if name not in FIELDS:
            return
        self.answers = self.answers | {name: value[:500]}
        if name == "role_id":
            project = await self.get_state(ProjectState)
            kind = next((role.kind for role in project.roles if str(role.id) == value), "")
            self.answers = self.answers | ({"kind": kind} if kind else {})

    @event(Permission.CASTING)
    async def save(self, answers: dict[str, Any]):
        """Make the assignment, or change it."""
        self.answers = self.answers | {name: text_in(answers, name)[:500] for name in FIELDS & answers.keys()}
        if self.who is None:
            self.problems = {"who": say(current().locale, "Choose somebody first.")}
            return
        self.is_saving = True
        yield
        try:
            await self._store()
        except InvalidForm as refused:
            self.problems = refused.texts(current().locale)
        except DoubleBooked as refused:
            self.overlap = refused.text(current().locale)
        finally:
            self.is_saving = False

    @event(Permission.CASTING)
    async def think_of_removing(self, assignment_id: int):
        """Ask why somebody leaves the project."""
        one = await self._assigned(assignment_id)
        if one is not None:
            self.leaving, self.leaving_name, self.problems = one.id, one.face.name or one.code, {}

    @event(Permission.CASTING)
    async def stay(self):
        """Rather keep them."""
        self.leaving = 0

    @event(Permission.CASTING)
    async def remove(self, answers: dict[str, Any]):
        """Take them off the project."""
        try:
            await do(assignments.remove, self.leaving, text_in(answers, "removal_reason"))
        except Invalid as refused:
            self.problems = {"removal_reason": refused.text(current().locale)}
            return
        name, self.leaving = self.leaving_name, 0
        await self._refresh()
        await said(self, "{name} is off the project. The badge is not valid any more.", name=name)

    async def _store(self) -> None:
        assert self.who is not None
        starts_on, ends_on = (assignments.day_of(self.answers.get(name, ""), name) for name in ("starts_on", "ends_on"))
        terms = {
            "role_id": int(self.answers.get("role_id") or 0) or None,
            "kind": self.answers.get("kind", ""),
            "description": self.answers.get("description", ""),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "overlap_reason": self.answers.get("overlap_reason", ""),
        }
        if self.id:
            await do(assignments.edit, self.id, **terms)
            sentence = phrase("Saved.")
            named = {}
        else:
            made = await do(assignments.assign, await self._project(), talent_id=self.who.id, **terms)
            sentence = phrase("{name} is on the project, with the code {code}.")
            named = {"name": made.name, "code": made.code}
        self._forget()
        self.is_open = False
        await self._refresh()
        await said(self, sentence, **named)

    def _choose(self, one: Suggestion) -> None:
        self.who, self.found, self.text, self.problems, self.overlap = one, [], "", {}, ""

    def _forget(self) -> None:
        self.id, self.who, self.answers, self.problems = 0, None, {}, {}
        self.text, self.found, self.overlap = "", [], ""

    async def _project(self) -> int:
        return (await self.get_state(ProjectState)).id

    async def _assigned(self, assignment_id: int) -> Assigned | None:
        project = await self.get_state(ProjectState)
        return next((one for one in project.people if one.id == assignment_id), None)

    async def _refresh(self) -> None:
        project = await self.get_state(ProjectState)
        await project._read()
