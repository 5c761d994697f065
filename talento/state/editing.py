"""A profile edited in its place: each section is saved on its own, and other tabs follow."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from talento.errors import InvalidForm
from talento.models.facts import Kind
from talento.services.forms import Form
from talento.services.reference import book
from talento.services.wording import Section
from talento.state.doors import current, event
from talento.state.sections import SectionsMixin
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


class EditingMixin(SectionsMixin, mixin=True):
    """What is shown of a profile in both languages, and the sections that are open for editing.

    A state says what it edits in `_subject`, and reads it afresh in `_read`.
    """

    lists_en: dict[str, list[str]] = {}
    lists_fr: dict[str, list[str]] = {}
    visibility: str = ""
    published: list[str] = []

    erased: list[str] = []

    @event(Permission.OWN_PROFILE)
    async def change(self, step: str):
        """Open a section for editing."""
        self._change(step)

    @event(Permission.OWN_PROFILE)
    async def cancel(self, step: str):
        """Close a section; what was typed there is given up."""
        self._cancel(step)

    @event(Permission.OWN_PROFILE)
    async def keep(self, name: str, value: str):
        """Note an answer while it is typed."""
        self._take(name, value)

    @event(Permission.OWN_PROFILE)
    async def check(self, name: str, value: str):
        """Note an answer and say whether it is acceptable."""
        self._check(name, value)

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
        if not self._is_in_order(step, answers):
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
        await self._keep_mine(step)

    @event(Permission.OWN_PROFILE)
    async def take_theirs(self, step: str):
        """After a conflict: show what was saved elsewhere in the form."""
        self._take_theirs(step)

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

    def _choices(self) -> dict[str, Any]:
        """What was chosen so far of who sees what."""
        return {"visibility": self.visibility, "published": self.published}

    def _form(self) -> Form:
        return self._subject().form

    def _show_words(self, english: list[Section], french: list[Section], raw: dict[str, Any], revision: int) -> None:
        self.lists_en, self.lists_fr = self._labels(raw, "en"), self._labels(raw, "fr")
        self.links = {line.name: line.url for section in english for line in section.lines if line.url}
        self._show_facts(raw, revision, _values(english), _values(french))

    def _sections(self) -> tuple[str, ...]:
        return self._subject().sections

    def _step_of(self, name: str) -> str:
        return self._subject().step_of.get(name, "")

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

    def _finish(self, step: str) -> None:
        super()._finish(step)
        self.erased = [name for name in self.erased if self._step_of(name) != step]

    def _follow_country(self) -> None:
        super()._follow_country()
        if self._subject().places not in self.editing:
            self.cities = []

    def _judge(self, step: str) -> dict[str, str]:
        """What is wrong with a section; an identity number that is on file is not missing."""
        wrong = super()._judge(step)
        untouched = {name for name in self._subject().numbers if not self.raw.get(name)}
        return {name: text for name, text in wrong.items() if name not in untouched}

    async def _save_section(self, step: str, revision: int) -> None:
        await do(self._subject().edit, step=step, typed=self._answers(step), revision=revision)

    def _answers(self, step: str) -> dict[str, Any]:
        """What is sent to be saved: an identity number only when it was typed anew or is to be erased."""
        typed = self._typed(step)
        untouched = {name for name in self._subject().numbers if not typed.get(name) and name not in self.erased}
        return {name: value for name, value in typed.items() if name not in untouched}

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
