"""One's own general profile."""

from typing import Any

import reflex as rx

from talento.errors import NotFound, Refusal
from talento.models.facts import Step
from talento.services.talents import form, profile
from talento.services.work import Work
from talento.state import live
from talento.state.doors import current, event
from talento.state.editing import EditingMixin, Subject
from talento.state.session import ReaderState, do, look, said
from talento.vocabulary.permissions import Permission

SECTIONS = tuple(step.value for step in Step if step not in (Step.DOCUMENTS, Step.REVIEW))
SUBJECT = Subject(form.FORM, SECTIONS, profile.edit, profile.show_to)
FILES = {"photo", "cv"}


class ProfileState(EditingMixin, rx.State):
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
    display_name: str = ""
    is_minor: bool = False

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
    async def sign_as(self, display_name: str):
        """Choose the name on the public card."""
        if display_name.strip() != self.display_name:
            await self._show_to(display_name=display_name)

    def _subject(self) -> Subject:
        return SUBJECT

    def _choices(self) -> dict[str, Any]:
        return super()._choices() | {"display_name": self.display_name}

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
        self._show_words(english.sections, french.sections, english.raw, english.revision)

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


def _both(work: Work) -> tuple[profile.Own, profile.Own]:
    """The reader's profile in English and in French: changing the language asks nobody."""
    return profile.own(work, locale="en"), profile.own(work, locale="fr")
