"""A profile edited in its place: each section is saved on its own, and other tabs follow."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from talento.errors import Conflict, InvalidForm
from talento.models.facts import Kind
from talento.services.forms import Form
from talento.services.reference import book
from talento.services.wording import Section
from talento.state.doors import current, event
from talento.state.facts import FactsMixin
from talento.state.session import do, said
from talento.vocabulary.permissions import Permission


@dataclass(frozen=True)
class Subject:
    """What is edited.

    Args:
        form: the questions.
        sections: the steps that are sections of the page.
        edit: the service that saves one of them.
        show_to: the service that chooses who sees what.
    """

    form: Form
    sections: tuple[str, ...]
    edit: Callable[..., Any]
    show_to: Callable[..., Any]

    @cached_property
    def step_of(self) -> dict[str, str]:
        """The section of every fact, and of what is typed beside it."""
        steps = {known.name: known.step.value for known in self.form.facts()}
        return steps | {"city_typed": steps["city"]}

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The identity numbers, which the browser never has."""
        return tuple(known.name for known in self.form.facts() if known.kind is Kind.IDENTITY)

    @property
    def places(self) -> str:
        """The section that asks for the city."""
        return self.step_of["city"]


class EditingMixin(FactsMixin, mixin=True):
    """What is shown of a profile in both languages, and the sections that are open for editing.

    A state says what it edits in `_subject`, and reads it afresh in `_read`.
    """

    shown_en: dict[str, str] = {}
    shown_fr: dict[str, str] = {}
    lists_en: dict[str, list[str]] = {}
    lists_fr: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    visibility: str = ""
    published: list[str] = []

    editing: list[str] = []
    stale: list[str] = []
    erased: list[str] = []
    busy: str = ""

    _now: dict[str, Any] = {}
    _revision: int = 0
    _opened: dict[str, tuple[int, dict[str, Any]]] = {}

    @event(Permission.OWN_PROFILE)
    async def change(self, step: str):
        """Open a section for editing."""
        if step in self._subject().sections and step not in self.editing:
            self._begin(step)
            self.editing = [*self.editing, step]
            self._put(self._being_typed())

    @event(Permission.OWN_PROFILE)
    async def cancel(self, step: str):
        """Close a section; what was typed there is given up."""
        self._finish(step)
        self._put(self._being_typed())

    @event(Permission.OWN_PROFILE)
    async def keep(self, name: str, value: str):
        """Note an answer while it is typed."""
        self._take(name, value)

    @event(Permission.OWN_PROFILE)
    async def check(self, name: str, value: str):
        """Note an answer and say whether it is acceptable."""
        self._take(name, value)
        if name in self._subject().step_of:
            self._judge_one(self._subject().step_of[name], name)

    @event(Permission.OWN_PROFILE)
    async def toggle(self, name: str, value: str, is_on: bool):
        """Tick or untick one of several."""
        self._toggle(name, value, is_on)
        if name in self.problems:
            self._judge_one(self._subject().step_of[name], name)

    @event(Permission.OWN_PROFILE)
    async def erase(self, name: str, is_on: bool):
        """Remove an identity number when the section is saved, or rather keep it."""
        others = [one for one in self.erased if one != name]
        self.erased = [*others, name] if is_on and name in self._subject().numbers else others

    @event(Permission.OWN_PROFILE)
    async def save(self, step: str, answers: dict[str, Any]):
        """Save a section if it is in order."""
        if step not in self.editing:
            return
        self._take_all(step, answers)
        self._complain(step, self._judge(step))
        if self._has_problem(step):
            return
        self.busy = step
        yield
        try:
            await self._store(step)
        finally:
            self.busy = ""

    @event(Permission.OWN_PROFILE)
    async def keep_mine(self, step: str):
        """After a conflict: what was typed here shall replace what was saved elsewhere."""
        if step in self.editing:
            self._begin(step)
            await self._store(step)

    @event(Permission.OWN_PROFILE)
    async def take_theirs(self, step: str):
        """After a conflict: show what was saved elsewhere in the form."""
        if step in self.editing:
            self._begin(step)
            self._complain(step, {})
            self._put(self._being_typed(but=step))

    @event(Permission.OWN_PROFILE)
    async def show_to(self, visibility: str):
        """Choose who finds the profile."""
        await self._show_to(visibility=visibility)

    @event(Permission.OWN_PROFILE)
    async def publish(self, part: str, is_on: bool):
        """Show a part on the public card, or not."""
        others = [one for one in self.published if one != part]
        await self._show_to(published=[*others, part] if is_on else others)

    def _subject(self) -> Subject:
        raise NotImplementedError

    async def _read(self) -> Any:
        raise NotImplementedError

    def _choices(self) -> dict[str, Any]:
        """What was chosen so far of who sees what."""
        return {"visibility": self.visibility, "published": self.published}

    def _form(self) -> Form:
        return self._subject().form

    def _show_words(self, english: list[Section], french: list[Section], raw: dict[str, Any], revision: int) -> None:
        self.shown_en, self.shown_fr = _values(english), _values(french)
        self.lists_en, self.lists_fr = self._labels(raw, "en"), self._labels(raw, "fr")
        self.links = {line.name: line.url for section in english for line in section.lines if line.url}
        self._now, self._revision = raw, revision
        self._notice_conflicts()
        self._put(self._being_typed())

    def _labels(self, raw: dict[str, Any], locale: str) -> dict[str, list[str]]:
        """The chosen options of every list, in words."""
        found = {}
        for known in self._form().facts():
            chosen = raw.get(known.name) or ()
            if known.kind is Kind.SKILLS:
                found[known.name] = [book().skills[slug].label(locale) for slug in chosen]
            elif known.kind is Kind.CHOICES and known.choices is not None:
                found[known.name] = [known.choices(slug).label(locale) for slug in chosen]
        return found

    def _notice_conflicts(self) -> None:
        """A section that nobody else touched goes on; one that was changed elsewhere says so."""
        for step in self.editing:
            before = self._opened[step][1]
            if before == self._picked(step):
                self._begin(step)
            elif step not in self.stale:
                self.stale = [*self.stale, step]

    def _begin(self, step: str) -> None:
        self._opened = {**self._opened, step: (self._revision, self._picked(step))}
        self.stale = [one for one in self.stale if one != step]

    def _finish(self, step: str) -> None:
        self.editing = [one for one in self.editing if one != step]
        self.stale = [one for one in self.stale if one != step]
        self.erased = [name for name in self.erased if self._subject().step_of[name] != step]
        self._complain(step, {})

    def _picked(self, step: str) -> dict[str, Any]:
        step_of = self._subject().step_of
        return {name: value for name, value in self._now.items() if step_of.get(name) == step}

    def _being_typed(self, but: str = "") -> dict[str, Any]:
        """The answers of the sections that are open, as they stand in their forms."""
        steps = {step for step in self.editing if step != but and step in self._opened}
        step_of = self._subject().step_of
        return {name: value for name, value in self._typed().items() if step_of.get(name) in steps}

    def _put(self, typed: dict[str, Any]) -> None:
        self._fill({**self._now, **typed})

    def _follow_country(self) -> None:
        super()._follow_country()
        if self._subject().places not in self.editing:
            self.cities = []

    def _judge(self, step: str) -> dict[str, str]:
        """What is wrong with a section; an identity number that is on file is not missing."""
        wrong = super()._judge(step)
        untouched = {name for name in self._subject().numbers if not self.raw.get(name)}
        return {name: text for name, text in wrong.items() if name not in untouched}

    async def _store(self, step: str, *, is_again: bool = False) -> None:
        try:
            await do(self._subject().edit, step=step, typed=self._answers(step), revision=self._opened[step][0])
        except InvalidForm as refused:
            self._complain(step, refused.texts(current().locale))
            return
        except Conflict:
            await self._read()
            if step not in self.stale and not is_again:
                await self._store(step, is_again=True)
            return
        self._finish(step)
        await self._read()
        await said(self, "Saved.")

    def _answers(self, step: str) -> dict[str, Any]:
        """What is sent to be saved: an identity number only when it was typed anew or is to be erased."""
        typed = self._typed(step)
        untouched = {name for name in self._subject().numbers if not typed.get(name) and name not in self.erased}
        return {name: value for name, value in typed.items() if name not in untouched}

    def _complain(self, step: str, problems: dict[str, str]) -> None:
        step_of = self._subject().step_of
        self.problems = {name: text for name, text in self.problems.items() if step_of.get(name) != step} | problems

    def _has_problem(self, step: str) -> bool:
        return any(self._subject().step_of.get(name) == step for name in self.problems)

    async def _show_to(self, **choice: Any) -> None:
        try:
            await do(self._subject().show_to, **(self._choices() | choice))
        except InvalidForm as refused:
            self.problems = self.problems | refused.texts(current().locale)
            return
        self.problems = {name: text for name, text in self.problems.items() if name != "visibility"}
        await self._read()
        await said(self, "Saved.")


def _values(sections: list[Section]) -> dict[str, str]:
    return {line.name: line.value for section in sections for line in section.lines}
