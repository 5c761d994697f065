"""The two logs, for admins: filtered, paged, and checked against tampering."""

import asyncio
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import reflex as rx

from talento.errors import NotFound
from talento.services import logs, people
from talento.services.chain import Verdict
from talento.services.logs import Entry, Filters
from talento.services.work import Actor
from talento.state.doors import current, event
from talento.state.session import aside, look
from talento.vocabulary.permissions import Permission

TABS = ("activity", "security")
FIELDS = {"name": 60, "severity": 10, "ip": 45, "first": 10, "last": 10}
TOLD_EVERY = 0.2


class LogsState(rx.State):
    """One page of one log; perhaps an entry opened, perhaps a check that runs."""

    is_ready: bool = False
    log: str = "activity"
    name: str = ""
    severity: str = ""
    who: str = ""
    who_id: int = 0
    whose: str = ""
    ip: str = ""
    first: str = ""
    last: str = ""
    entries: list[Entry] = []
    has_newer: bool = False
    has_older: bool = False
    shown: Entry | None = None
    is_open: bool = False
    is_checking: bool = False
    checked: int = 0
    verdicts: list[Verdict] = []
    _is_stopped: bool = False

    @rx.var
    def address(self) -> str:
        """Where the entries that are shown can be downloaded."""
        chosen = {name: getattr(self, name) for name in ("name", "severity", "ip", "first", "last", "who")}
        asked = {name: value for name, value in chosen.items() if value} | ({"of": self.who_id} if self.who_id else {})
        return f"/documents/logs/{self.log}.csv?{urlencode(asked)}"

    @rx.var
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return any((self.name, self.severity, self.who, self.who_id, self.ip, self.first, self.last))

    @event(Permission.ADMINISTER)
    async def open(self):
        """Show the newest entries; of one account, when the address names it."""
        asked = self.router.url.query_parameters
        self.log = asked["log"] if asked.get("log") in TABS else self.log
        self.is_open, self.shown, self.verdicts, self.checked = False, None, [], 0
        chosen, whose = {name: asked[name] for name in FIELDS if name in asked}, asked.get("who", "")
        if chosen or whose.isdigit():
            self._clear()
        for name, value in chosen.items():
            setattr(self, name, value[: FIELDS[name]])
        if whose.isdigit():
            self.who_id = int(whose[:9])
            self.whose = await _called(self.who_id)
        await self._read()
        self.is_ready = True

    @event(Permission.ADMINISTER)
    async def turn_to(self, log: str):
        """Read the other log."""
        if log in TABS:
            self.log, self.name, self.severity = log, "", ""
            await self._read()

    @event(Permission.ADMINISTER)
    async def narrow(self, name: str, value: str):
        """Show only one kind, one place, one period."""
        if name in FIELDS:
            setattr(self, name, value[: FIELDS[name]])
            await self._read()

    @event(Permission.ADMINISTER, supersedes=True)
    async def search(self, text: str):
        """Show what one person did, by part of a name or an e-mail."""
        self.who, self.who_id, self.whose = text[:200], 0, ""
        await self._read()

    @event(Permission.ADMINISTER)
    async def clear(self):
        """Show everything again."""
        self._clear()
        await self._read()

    @event(Permission.ADMINISTER)
    async def older(self):
        """The page before in time."""
        if self.entries:
            await self._read(before=self.entries[-1].id)

    @event(Permission.ADMINISTER)
    async def newer(self):
        """The page after in time."""
        if self.entries:
            await self._read(after=self.entries[0].id)

    @event(Permission.ADMINISTER)
    async def refresh(self):
        """The newest page, read afresh."""
        await self._read()

    @event(Permission.ADMINISTER)
    async def look_at(self, entry_id: int):
        """Read one entry whole."""
        self.shown = next((one for one in self.entries if one.id == entry_id), None)
        self.is_open = self.shown is not None

    @event(Permission.ADMINISTER)
    async def close(self):
        """Back to the list."""
        self.is_open = False

    @event(Permission.ADMINISTER, background=True, rate=(6, 60.0))
    async def check(self):
        """Check both logs against tampering, telling how far it is; `stop` ends it."""
        actor = current()
        async with self:
            if self.is_checking:
                return
            self.is_checking, self.checked, self.verdicts, self._is_stopped = True, 0, [], False
        job = _Check(actor)
        task = asyncio.create_task(aside(job.run))
        try:
            while not task.done():
                await asyncio.wait([task], timeout=TOLD_EVERY)
                async with self:
                    self.checked, job.is_stopped = job.done, self._is_stopped
            found = await task
        finally:
            async with self:
                self.is_checking = False
        async with self:
            self.verdicts, self.checked = found, sum(one.checked for one in found)
            await self._read()

    @event(Permission.ADMINISTER)
    async def stop(self):
        """Check no further."""
        self._is_stopped = True

    def _clear(self) -> None:
        self.name = self.severity = self.who = self.whose = self.ip = self.first = self.last = ""
        self.who_id = 0

    async def _read(self, *, before: int = 0, after: int = 0) -> None:
        filters = logs.cleaned(
            Filters(self.name, self.severity, self.who, self.who_id, self.ip, _day(self.first), _day(self.last)),
            self.log,
        )
        found = await look(logs.page, self.log, filters, before=before, after=after, locale=current().locale)
        self.entries, self.has_newer, self.has_older = found.entries, found.has_newer, found.has_older


class _Stopped(Exception):
    """The reader wants no more of it."""


@dataclass
class _Check:
    """A check in a thread of its own: `done` says how far it is, `is_stopped` ends it."""

    actor: Actor
    done: int = 0
    is_stopped: bool = False

    def run(self) -> list[Verdict]:
        try:
            return logs.check(self.actor, progress=self._told)
        except _Stopped:
            return []

    def _told(self, done: int) -> None:
        self.done = done
        if self.is_stopped:
            raise _Stopped


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


async def _called(user_id: int) -> str:
    try:
        person = await look(people.one, user_id)
    except NotFound:
        return ""
    return person.name or person.email
