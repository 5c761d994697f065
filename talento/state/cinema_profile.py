"""One's own cinema profile: sections edited in their place, photos and credits, days off, and how others see it."""

from typing import Any

import reflex as rx

from talento.errors import InvalidForm, NotFound, Refusal
from talento.models.facts import CinemaStep
from talento.services.cinema import form, guardians, profile
from talento.services.cinema.portfolio import Change, CreditItem, PhotoItem
from talento.services.cinema.profile import DaysOff, Panel
from talento.services.work import Work
from talento.state import live
from talento.state.doors import current, event
from talento.state.editing import EditingMixin, Subject
from talento.state.portfolio import arranged_by
from talento.state.session import ReaderState, do, look, said
from talento.vocabulary.permissions import Permission

SECTIONS = tuple(step.value for step in CinemaStep if step not in (CinemaStep.PHOTOS, CinemaStep.REVIEW))
SUBJECT = Subject(form.FORM, SECTIONS, profile.edit, profile.show_to)


class CinemaProfileState(arranged_by(Permission.OWN_PROFILE), EditingMixin, rx.State):
    """The reader's cinema profile in both languages, and what they are editing."""

    lists: dict[str, list[str]] = {
        "languages": [], "skills": [], "accents": [], "kinds": [], "licenses": [], "ethnicities": [],
    }  # fmt: skip
    is_ready: bool = False
    has_profile: bool = False
    code: str = ""
    name: str = ""
    photo_url: str = ""
    completeness: int = 0
    next_name: str = ""
    next_step: str = ""
    next_points: int = 0
    public_url: str = ""
    is_minor: bool = False
    is_young: bool = False
    consent: str = ""
    days_off: list[DaysOff] = []
    day_problems: dict[str, str] = {}
    day_tries: int = 0
    seen: Panel | None = None
    is_looking: bool = False

    @event(Permission.OWN_PROFILE)
    async def open(self):
        """Show the profile, and follow it."""
        self.is_looking, self.seen = False, None
        self._write(None)
        try:
            mine = await self._read()
        except NotFound:
            self.has_profile, self.is_ready = False, True
            return
        live.subscribe(self, "cinema", CinemaProfileState.refreshed, key=mine.id)
        self.has_profile = self.is_ready = True

    @event(Permission.OWN_PROFILE, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """It was changed, here or elsewhere: show it, but leave alone what is being typed."""
        await self._read()

    @event(Permission.OWN_PROFILE)
    async def attached(self, kind: str, file_id: str, name: str, url: str):
        """A new portrait arrived through `POST /files`."""
        if await self._attach(file_id):
            await said(self, "Your photo was replaced.")

    @event(Permission.OWN_PROFILE)
    async def removed(self, kind: str):
        """Take the portrait away."""
        if await self._attach(""):
            await said(self, "Your photo was removed.")

    @event(Permission.OWN_PROFILE)
    async def take_days_off(self, answers: dict[str, Any]):
        """Note days on which one can't work."""
        typed = {name: str(answers.get(name) or "") for name in ("starts_on", "ends_on", "note")}
        try:
            await do(profile.take_days_off, **typed)
        except InvalidForm as refused:
            self.day_problems = refused.texts(current().locale)
            return
        self.day_problems = {}
        self.day_tries += 1
        await self._read()

    @event(Permission.OWN_PROFILE)
    async def take_back_days_off(self, entry_id: int):
        """One can work on those days after all."""
        await do(profile.take_back_days_off, entry_id)
        await self._read()

    @event(Permission.OWN_PROFILE)
    async def ask_guardian(self):
        """Write to the guardian again."""
        await do(guardians.ask_again)
        await self._read()
        await said(self, "We have written to your guardian again.")

    @event(Permission.OWN_PROFILE)
    async def look_as_others(self):
        """See the profile as a casting team does."""
        self.seen = await look(profile.as_others_see, locale=current().locale)
        self.is_looking = True

    @event(Permission.OWN_PROFILE)
    async def look_away(self):
        """Back to one's own view."""
        self.is_looking, self.seen = False, None

    def _subject(self) -> Subject:
        return SUBJECT

    async def _read(self) -> profile.Own:
        english, french = await look(_both)
        self._show(english, french)
        reader = await self.get_state(ReaderState)
        if not reader.has_profile:
            reader.name, reader.photo = english.name, english.photo_url
        return english

    def _show(self, english: profile.Own, french: profile.Own) -> None:
        for name in ("code", "name", "photo_url", "completeness", "next_name", "next_step", "next_points", "public_url",
                     "visibility", "published", "is_minor", "consent", "gallery", "credits", "days_off"):  # fmt: skip
            setattr(self, name, getattr(english, name))
        self._show_words(english.sections, french.sections, english.raw, english.revision)
        self.is_young = form.is_young(self.raw.get("born_on"))

    def _take(self, name: str, value: str) -> None:
        super()._take(name, value)
        self.is_young = form.is_young(self.raw.get("born_on"))

    async def _attach(self, file_id: str) -> bool:
        try:
            await do(profile.attach, file_id=file_id)
        except Refusal as refused:
            self._complain_of("photo", refused.text(current().locale))
            return False
        self._complain_of("photo", "")
        await self._read()
        return True

    async def _change_gallery(self, change: Change[PhotoItem]) -> None:
        await do(profile.change_gallery, change)
        await self._read()

    async def _change_credits(self, change: Change[CreditItem]) -> None:
        await do(profile.change_credits, change)
        await self._read()


def _both(work: Work) -> tuple[profile.Own, profile.Own]:
    """The reader's profile in English and in French: changing the language asks nobody."""
    return profile.own(work, locale="en"), profile.own(work, locale="fr")
