"""The papers and mails of a project: who they are for, how they are laid out, and how far the making is."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import reflex as rx

from talento.errors import NotFound
from talento.i18n import say_plural
from talento.services.badges import revocation
from talento.services.casting import papers, selection
from talento.services.casting.papers import Heading, Member
from talento.services.casting.selection import Preview, Recipient, Sent
from talento.services.documents import badges, casting, contact_sheet, shelf
from talento.services.documents.made import Made
from talento.services.work import Actor, Work
from talento.state import live
from talento.state.doors import current, event, tell
from talento.state.locale import LocaleState
from talento.state.session import aside, do, look, said
from talento.vocabulary.permissions import Permission

LAYOUTS = {"badges": tuple(badges.LAYOUTS), "faces": tuple(contact_sheet.GRIDS)}
MAKERS: dict[str, Callable[..., Made]] = {"badges": casting.badge_sheet, "faces": casting.contacts}
TOLD_EVERY = 0.2
LONGEST_NOTE = 1000


@dataclass(frozen=True)
class Line:
    """Somebody of the cast."""

    id: int
    code: str
    name: str
    photo: str
    role: str
    kind: str
    days: str
    mailed_at: str
    is_to_guardian: bool
    is_unsubscribed: bool


class PapersState(rx.State):
    """One project's cast, who of it is chosen, and what is being made."""

    is_ready: bool = False
    project_id: int = 0
    project: str = ""
    about: str = ""
    people: list[Line] = []
    chosen: list[int] = []
    language: str = "en"
    badge_layout: str = "8"
    face_layout: str = "9"
    busy: str = ""
    done: int = 0
    total: int = 0
    ready: str = ""
    url: str = ""
    file_name: str = ""
    note: str = ""
    is_again: bool = False
    is_looking: bool = False
    preview: Preview | None = None
    _is_stopped: bool = False

    @event(Permission.CASTING)
    async def open(self):
        """Show a project's cast, everybody chosen."""
        self.project_id = _number(self.router.url.query_parameters.get("id") or _segment(self.router.url.path))
        self.language = (await self.get_state(LocaleState)).language
        self.url, self.busy, self.is_looking, self.note, self.is_ready = "", "", False, "", False
        try:
            await self._read()
        except NotFound as refused:
            self.project_id, self.people, self.is_ready = 0, [], True
            await said(self, refused.sentence, "error")
            return
        self.chosen = [one.id for one in self.people]
        live.subscribe(self, "assignment", PapersState.refreshed, key=self.project_id)
        self.is_ready = True

    @event(Permission.CASTING, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Somebody came, went, or was told."""
        if self.project_id:
            await self._read()

    @event(Permission.CASTING)
    async def choose(self, assignment_id: int, on: bool):
        """Choose somebody, or no longer."""
        others = [one for one in self.chosen if one != assignment_id]
        self.chosen = [*others, assignment_id] if on else others

    @event(Permission.CASTING)
    async def choose_all(self, on: bool):
        """Choose everybody, or nobody."""
        self.chosen = [one.id for one in self.people] if on else []

    @event(Permission.CASTING)
    async def choose_untold(self):
        """Choose those who were not told yet."""
        self.chosen = [one.id for one in self.people if not one.mailed_at]

    @event(Permission.CASTING)
    async def lay_out(self, what: str, layout: str):
        """How many to a page."""
        if layout not in LAYOUTS.get(what, ()):
            return
        if what == "badges":
            self.badge_layout = layout
        else:
            self.face_layout = layout

    @event(Permission.CASTING)
    async def speak(self, language: str):
        """In which language papers are made."""
        if language in ("en", "fr"):
            self.language = language

    @event(Permission.CASTING, background=True, rate=(10, 60.0))
    async def make(self, what: str):
        """Make badges or a contact sheet for those chosen, telling how far it is; `stop` ends it."""
        actor = current()
        async with self:
            if self.busy or what not in MAKERS or not self.chosen:
                return
            self.busy, self.done, self.total, self.url, self._is_stopped = what, 0, len(self.chosen), "", False
            layout = self.badge_layout if what == "badges" else self.face_layout
            job = _Job(actor, what, self.project_id, tuple(self.chosen), layout, self.language)
        task = asyncio.create_task(aside(job.run))
        try:
            while not task.done():
                await asyncio.wait([task], timeout=TOLD_EVERY)
                async with self:
                    self.done, job.is_stopped = job.done, self._is_stopped
            url = await task
            async with self:
                self.ready, self.url, self.file_name = what, url, job.name
        finally:
            async with self:
                self.busy = ""

    @event(Permission.CASTING)
    async def stop(self):
        """Give up what is being made."""
        self._is_stopped = True

    @event(Permission.CASTING)
    async def keep_note(self, text: str):
        """Remember the personal words while they are typed."""
        self.note = text[:LONGEST_NOTE]

    @event(Permission.CASTING)
    async def repeat(self, on: bool):
        """Also tell those who were told before, or not."""
        self.is_again = on

    @event(Permission.CASTING)
    async def look_over(self):
        """Show the mail as the first of those chosen would get it."""
        first = next((one.id for one in self.people if one.id in self.chosen), 0)
        if first:
            self.preview = await look(selection.preview, self.project_id, first, note=self.note)
            self.is_looking = True

    @event(Permission.CASTING)
    async def look_away(self):
        """Close the preview; nothing was sent."""
        self.is_looking = False

    @event(Permission.CASTING, rate=(10, 60.0))
    async def send(self):
        """Tell those chosen that they were selected."""
        sent = await do(selection.send, self.project_id, list(self.chosen), note=self.note, is_again=self.is_again)
        self.is_looking, self.is_again = False, False
        await self._read()
        await tell(self, _told(sent, current().locale), "success" if sent.count else "info")

    @event(Permission.CASTING, rate=(30, 60.0))
    async def revoke(self, assignment_id: int):
        """Make somebody's badge worthless; the next one made for them is good again."""
        await do(revocation.revoke, assignment_id)
        await said(self, "The badge was revoked. The next one you make is good.")

    async def _read(self) -> None:
        locale = (await self.get_state(LocaleState)).language
        heading, members, recipients = await look(_everything, self.project_id, locale)
        told = {one.assignment_id: one for one in recipients}
        self.project, self.about = heading.name, heading.line
        self.people = [_line(one, told.get(one.assignment_id)) for one in members]
        there = {one.id for one in self.people}
        self.chosen = [one for one in self.chosen if one in there]


class _Job:
    """One document being made in a thread; `done` and `is_stopped` are how it and the page speak."""

    def __init__(
        self, actor: Actor, what: str, project_id: int, ids: tuple[int, ...], layout: str, locale: str
    ) -> None:
        self._actor, self._what, self._project, self._ids = actor, what, project_id, ids
        self._options = {"layout" if what == "badges" else "grid": layout, "locale": locale}
        self.done, self.is_stopped, self.name = 0, False, ""

    def run(self) -> str:
        """The address of the finished document; empty when it was stopped."""
        try:
            made = MAKERS[self._what](self._actor, self._project, ids=self._ids, told=self._told, **self._options)
        except _Stopped:
            return ""
        self.name = made.name
        return shelf.put(self._actor, made)

    def _told(self, done: int) -> None:
        self.done = done
        if self.is_stopped:
            raise _Stopped


class _Stopped(Exception):
    """Somebody pressed stop."""


def _everything(work: Work, project_id: int, locale: str) -> tuple[Heading, list[Member], list[Recipient]]:
    heading, members = papers.cast(work, project_id, locale=locale)
    return heading, members, selection.recipients(work, project_id, locale=locale)


def _line(member: Member, told: Recipient | None) -> Line:
    return Line(
        id=member.assignment_id,
        code=member.code,
        name=member.name,
        photo=f"/files/{member.photo_id}?size=small" if member.photo_id else "",
        role=member.role,
        kind=member.kind.value,
        days=member.days,
        mailed_at=_iso(told.mailed_at) if told else "",
        is_to_guardian=bool(told and told.is_to_guardian),
        is_unsubscribed=bool(told and told.is_unsubscribed),
    )


def _told(sent: Sent, locale: str) -> str:
    gone = say_plural(locale, sent.count, one="{n} mail is on its way.", other="{n} mails are on their way.")
    had = say_plural(locale, sent.skipped, one="{n} person had it already.", other="{n} people had it already.")
    none = say_plural(
        locale,
        sent.unsubscribed,
        one="{n} person wants no such mail: please call.",
        other="{n} people want no such mail: please call.",
    )
    return " ".join([gone, *([had] if sent.skipped else []), *([none] if sent.unsubscribed else [])])


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _segment(path: str) -> str:
    parts = [part for part in path.split("/") if part]
    return parts[1] if len(parts) > 1 else ""


def _number(text: object) -> int:
    said = str(text)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
