"""One's own profile: each section is edited in its place and saved on its own, and other tabs follow."""

from typing import Any

import reflex as rx

from talento.errors import Conflict, InvalidForm, NotFound, Refusal
from talento.models.facts import Kind, Step
from talento.services.reference import book
from talento.services.talents import form, profile
from talento.services.work import Work
from talento.state import live
from talento.state.doors import current, event
from talento.state.facts import FactsMixin
from talento.state.session import ReaderState, do, look, said
from talento.vocabulary.languages import Language
from talento.vocabulary.permissions import Permission

SECTIONS = tuple(step.value for step in Step if step not in (Step.DOCUMENTS, Step.REVIEW))
STEP_OF = {known.name: known.step.value for known in form.facts()} | {"city_typed": Step.PLACES.value}
IDENTITY = tuple(known.name for known in form.facts() if known.kind is Kind.IDENTITY)
FILES = {"photo", "cv"}


class ProfileState(FactsMixin, rx.State):
    """The reader's profile in both languages, and the sections they are editing."""

    is_ready: bool = False
    has_profile: bool = False
    code: str = ""
    name: str = ""
    photo_url: str = ""
    cv_name: str = ""
    cv_url: str = ""
    completeness: int = 0
    next_name: str = ""
    next_step: str = ""
    next_points: int = 0
    public_url: str = ""
    visibility: str = ""
    published: list[str] = []
    display_name: str = ""
    is_minor: bool = False

    shown_en: dict[str, str] = {}
    shown_fr: dict[str, str] = {}
    lists_en: dict[str, list[str]] = {}
    lists_fr: dict[str, list[str]] = {}
    links: dict[str, str] = {}

    editing: list[str] = []
    stale: list[str] = []
    erased: list[str] = []
    busy: str = ""

    _now: dict[str, Any] = {}
    _revision: int = 0
    _opened: dict[str, tuple[int, dict[str, Any]]] = {}

    @event(Permission.OWN_PROFILE)
    async def open(self):
        """Show the profile, and follow it."""
        try:
            mine = await self._read()
        except NotFound:
            self.has_profile, self.is_ready = False, True
            return
        live.subscribe(self, "talent", ProfileState.refreshed, key=mine.id)
        self.has_profile = self.is_ready = True

    @event(Permission.OWN_PROFILE, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """It was changed, here or elsewhere: show it, but leave alone what is being typed."""
        await self._read()

    @event(Permission.OWN_PROFILE)
    async def change(self, step: str):
        """Open a section for editing."""
        if step in SECTIONS and step not in self.editing:
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
        if name in STEP_OF:
            self._judge_one(STEP_OF[name], name)

    @event(Permission.OWN_PROFILE)
    async def toggle(self, name: str, value: str, is_on: bool):
        """Tick or untick one of several."""
        self._toggle(name, value, is_on)
        if name in self.problems:
            self._judge_one(STEP_OF[name], name)

    @event(Permission.OWN_PROFILE)
    async def erase(self, name: str, is_on: bool):
        """Remove an identity number when the section is saved, or rather keep it."""
        others = [one for one in self.erased if one != name]
        self.erased = [*others, name] if is_on and name in IDENTITY else others

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
    async def attached(self, kind: str, file_id: str, name: str, url: str):
        """A new photo or CV arrived through `POST /files`."""
        if await self._attach(kind, file_id):
            await said(self, "Your photo was replaced." if kind == "photo" else "Your CV was replaced.")

    @event(Permission.OWN_PROFILE)
    async def removed(self, kind: str):
        """Take the photo or the CV away."""
        if await self._attach(kind, ""):
            await said(self, "Your photo was removed." if kind == "photo" else "Your CV was removed.")

    @event(Permission.OWN_PROFILE)
    async def show_to(self, visibility: str):
        """Choose who finds the profile."""
        await self._show_to(visibility=visibility)

    @event(Permission.OWN_PROFILE)
    async def publish(self, part: str, is_on: bool):
        """Show a part on the public card, or not."""
        others = [one for one in self.published if one != part]
        await self._show_to(published=[*others, part] if is_on else others)

    @event(Permission.OWN_PROFILE)
    async def sign_as(self, display_name: str):
        """Choose the name on the public card."""
        if display_name.strip() != self.display_name:
            await self._show_to(display_name=display_name)

    async def _read(self) -> profile.Own:
        english, french = await look(_both)
        self._show(english, french)
        reader = await self.get_state(ReaderState)
        reader.name, reader.photo = english.name, english.photo_url
        return english

    def _show(self, english: profile.Own, french: profile.Own) -> None:
        for name in ("code", "name", "photo_url", "cv_name", "completeness", "next_name", "next_step", "next_points",
                     "public_url", "visibility", "published", "display_name", "is_minor"):  # fmt: skip
            setattr(self, name, getattr(english, name))
        self.cv_url = f"/files/{english.cv_id}" if english.cv_id else ""
        self.shown_en, self.shown_fr = _values(english), _values(french)
        self.lists_en, self.lists_fr = _labels(english.raw, "en"), _labels(english.raw, "fr")
        self.links = {line.name: line.url for section in english.sections for line in section.lines if line.url}
        self._now, self._revision = english.raw, english.revision
        self._notice_conflicts()
        self._put(self._being_typed())

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
        self.erased = [name for name in self.erased if STEP_OF[name] != step]
        self._complain(step, {})

    def _picked(self, step: str) -> dict[str, Any]:
        return {name: value for name, value in self._now.items() if STEP_OF.get(name) == step}

    def _being_typed(self, but: str = "") -> dict[str, Any]:
        """The answers of the sections that are open, as they stand in their forms."""
        steps = {step for step in self.editing if step != but and step in self._opened}
        return {name: value for name, value in self._typed().items() if STEP_OF.get(name) in steps}

    def _put(self, typed: dict[str, Any]) -> None:
        self._fill({**self._now, **typed})

    def _follow_country(self) -> None:
        super()._follow_country()
        if Step.PLACES.value not in self.editing:
            self.cities = []

    async def _store(self, step: str, *, is_again: bool = False) -> None:
        try:
            await do(profile.edit, step=step, typed=self._answers(step), revision=self._opened[step][0])
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
        untouched = {name for name in IDENTITY if not typed.get(name) and name not in self.erased}
        return {name: value for name, value in typed.items() if name not in untouched}

    def _complain(self, step: str, problems: dict[str, str]) -> None:
        self.problems = {name: text for name, text in self.problems.items() if STEP_OF.get(name) != step} | problems

    def _has_problem(self, step: str) -> bool:
        return any(STEP_OF.get(name) == step for name in self.problems)

    async def _attach(self, kind: str, file_id: str) -> bool:
        try:
            await do(profile.attach, kind=kind, file_id=file_id)
        except Refusal as refused:
            if kind not in FILES:
                raise
            self.problems = self.problems | {kind: refused.text(current().locale)}
            return False
        self.problems = {name: text for name, text in self.problems.items() if name != kind}
        await self._read()
        return True

    async def _show_to(self, **choice: Any) -> None:
        chosen = {"visibility": self.visibility, "published": self.published, "display_name": self.display_name}
        try:
            await do(profile.show_to, **(chosen | choice))
        except InvalidForm as refused:
            self.problems = self.problems | refused.texts(current().locale)
            return
        self.problems = {name: text for name, text in self.problems.items() if name != "visibility"}
        await self._read()
        await said(self, "Saved.")


def _both(work: Work) -> tuple[profile.Own, profile.Own]:
    """The reader's profile in English and in French: changing the language asks nobody."""
    return profile.own(work, locale="en"), profile.own(work, locale="fr")


def _values(mine: profile.Own) -> dict[str, str]:
    return {line.name: line.value for section in mine.sections for line in section.lines}


def _labels(raw: dict[str, Any], locale: str) -> dict[str, list[str]]:
    return {
        "skills": [book().skills[slug].label(locale) for slug in raw.get("skills", ())],
        "languages": [Language(slug).label(locale) for slug in raw.get("languages", ())],
    }
