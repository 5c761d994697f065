"""Wording a kind of message: the form, what it would look like, its versions; nothing typed is lost."""

from dataclasses import asdict, replace
from typing import Any

import reflex as rx

from talento.errors import InvalidForm, NotFound
from talento.i18n import LANGUAGES
from talento.services import people
from talento.services.mail import samples, versions
from talento.services.mail.samples import Change, Preview
from talento.services.mail.templates import Typed
from talento.services.mail.versions import Stale, Version
from talento.services.people import Person
from talento.state import live
from talento.state.doors import current, event
from talento.state.session import aside, do, look, said, text_in
from talento.vocabulary.permissions import Permission

ADMIN = Permission.ADMINISTER
FIELDS = tuple(asdict(Typed()))
FOUND = 5


class MailTemplateState(rx.State):
    """One kind in one language. What is typed stays with the server, by kind and language, until it is saved."""

    stage: str = ""
    kind: str = ""
    locale: str = "en"
    shown: Typed = Typed()
    versions: list[Version] = []
    number: int = 0
    is_edited: bool = False
    is_dirty: bool = False
    is_behind: bool = False
    problems: dict[str, str] = {}
    updated: list[Change] = []
    preview: Preview = Preview()
    form: str = "html"
    width: str = "desktop"
    typed_name: str = ""
    found: list[Person] = []
    person: int = 0
    opened: int = 0
    changes: list[Change] = []
    their_name: str = ""
    theirs: list[Change] = []
    turn: int = 0
    _typed: Typed = Typed()
    _saved: Typed = Typed()
    _built_in: Typed = Typed()
    _their_version: Version | None = None
    _drafts: dict[str, tuple[Typed, int]] = {}

    @event(ADMIN)
    async def open(self):
        """Show the kind in the address, in the reader's language."""
        self.kind = self.router.url.path.rstrip("/").rpartition("/")[2][:40]
        self.locale, self.person, self.typed_name, self.found = current().locale, 0, "", []
        live.subscribe(self, versions.TOPIC, MailTemplateState.refreshed)
        await self._show()

    @event(ADMIN)
    async def speak(self, locale: str):
        """Word it in another language; what is typed in this one waits."""
        if locale in LANGUAGES:
            self.locale = locale
            await self._show()

    @event(ADMIN, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Somebody saved a version of some kind."""
        if self.stage == "ready":
            await self._read()

    @event(ADMIN, supersedes=True)
    async def type(self, field: str, text: str):
        """Follow what is typed, and show what it makes."""
        if field not in FIELDS or self.stage != "ready":
            return
        self._typed = replace(self._typed, **{field: text[:20_000]})
        self._note()
        await self._draw()

    @event(ADMIN)
    async def save(self, answers: dict[str, Any]):
        """Word this kind from now on."""
        self._typed = Typed(**{name: text_in(answers, name)[:20_000] for name in FIELDS})
        self._note()
        await self._keep(self.number)

    @event(ADMIN)
    async def keep_mine(self):
        """After a conflict: what was typed here shall count."""
        if self._their_version is not None:
            await self._keep(self._their_version.number)

    @event(ADMIN)
    async def take_theirs(self):
        """After a conflict: what the other saved shall count; what was typed here goes."""
        self._drop()
        await self._show()

    @event(ADMIN)
    async def discard(self):
        """Back to what is saved."""
        self._drop()
        await self._show()

    @event(ADMIN)
    async def bring_back(self, version: int):
        """Let an older version count again; 0 is the built-in text."""
        try:
            await do(versions.bring_back, self.kind, self.locale, version, number=self.number)
        except Stale as stale:
            await said(self, stale.sentence, "warning", **stale.values)
        else:
            self._drop()
            await said(self, "The text is back. The next message will have it.")
        await self._show()

    @event(ADMIN)
    async def compare(self, version: int):
        """Show, or hide, what a version changed."""
        at = next((n for n, one in enumerate(self.versions) if one.number == version), None)
        if at is None or self.opened == version:
            self.opened, self.changes = 0, []
            return
        before = self.versions[at + 1].typed if at + 1 < len(self.versions) else self._built_in
        self.opened, self.changes = version, samples.difference(before, self.versions[at].typed)

    @event(ADMIN)
    async def show_as(self, form: str):
        """Preview the HTML or the plain text."""
        self.form = "text" if form == "text" else "html"

    @event(ADMIN)
    async def widen(self, width: str):
        """Preview as on a phone or on a desktop."""
        self.width = "phone" if width == "phone" else "desktop"

    @event(ADMIN, supersedes=True)
    async def find(self, text: str):
        """Look for somebody whose facts shall fill the preview."""
        self.typed_name = text[:100]
        self.found = (await look(people.page, text=self.typed_name)).rows[:FOUND] if self.typed_name.strip() else []

    @event(ADMIN)
    async def fill_with(self, user_id: int):
        """Fill the preview with somebody's facts; 0 for the last message of this kind."""
        self.person, self.typed_name, self.found = user_id, "", []
        await self._draw()

    @event(ADMIN, rate=(10, 60.0))
    async def send_test(self):
        """Send what is typed to whoever types it."""
        try:
            to = await do(samples.send, self.kind, self.locale, self._typed, self.person)
        except InvalidForm as refused:
            self.problems = refused.texts(current().locale)
            await said(self, "Mend the text first.", "warning")
        else:
            await said(self, "A test message is on its way to {email}.", email=to)

    async def _show(self, *, afresh: bool = True) -> None:
        """Show a kind in a language, with what was typed in it before."""
        self.problems, self.opened, self.changes = {}, 0, []
        self.their_name, self.theirs, self._their_version = "", [], None
        try:
            await self._read(afresh)
        except NotFound:
            self.stage = "missing"
        else:
            self.stage = "ready"

    async def _read(self, afresh: bool = False) -> None:
        """How it is saved now; where somebody types, their text and the version that they began with stay."""
        now = await look(versions.wording, self.kind, self.locale)
        self.versions, self.is_edited = now.versions, now.is_edited
        self._saved, self._built_in = now.typed, now.built_in
        former = now.former_built_in
        self.updated = samples.difference(former, now.built_in) if former else []
        typed, self.number = self._drafts.get(self._key(), (now.typed, now.number))
        self.is_behind, self.is_dirty = self.number != now.number, typed != now.typed
        if afresh or typed != self._typed:
            self._typed = self.shown = typed
            self.turn += 1
        await self._draw()

    async def _keep(self, number: int) -> None:
        try:
            self.number = await aside(versions.save, current(), self.kind, self.locale, self._typed, number=number)
        except InvalidForm as refused:
            self.problems = refused.texts(current().locale)
        except Stale as stale:
            self._their_version, self.their_name = stale.theirs, stale.theirs.by or "Talento"
            self.theirs = samples.difference(stale.theirs.typed, self._typed)
        else:
            self._drop()
            await self._show(afresh=False)
            await said(self, "Saved. The next message will have this text.")

    async def _draw(self) -> None:
        try:
            self.preview = await look(samples.preview, self.kind, self.locale, self._typed, self.person)
        except InvalidForm as refused:
            self.problems = refused.texts(current().locale)
        except NotFound:
            self.person = 0
        else:
            self.problems = {}

    def _note(self) -> None:
        """Remember what is typed for this kind and language, or that it is what is saved."""
        self.is_dirty = self._typed != self._saved
        others = {key: draft for key, draft in self._drafts.items() if key != self._key()}
        self._drafts = others | ({self._key(): (self._typed, self.number)} if self.is_dirty else {})

    def _drop(self) -> None:
        self._typed = self._saved
        self._note()

    def _key(self) -> str:
        return f"{self.kind}:{self.locale}"
