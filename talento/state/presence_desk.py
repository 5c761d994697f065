"""A project's desk: the sheet of a day, live, and what can be done about it. Scans themselves come over HTTP."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import reflex as rx

from talento.errors import Invalid, NotFound
from talento.i18n import phrase, say
from talento.services.presence import access, closing, desk, history
from talento.services.presence.closing import Overdue
from talento.services.presence.desk import Line, Person, Sheet
from talento.services.presence.history import Entry
from talento.services.work import Work
from talento.state import live
from talento.state.doors import current, event
from talento.state.session import do, look, said, text_in
from talento.vocabulary.folding import fold
from talento.vocabulary.permissions import Permission
from talento.vocabulary.presence import Standing

HEAD = ("project_id", "code", "name", "zone", "is_open", "may_record", "counts")
HERE = (Standing.HERE.value,)
AWAITED = (Standing.EXPECTED.value, Standing.LATE.value, Standing.NO_SHOW.value)
MOVE, CANCEL, CLOSE, ADD = "move", "cancel", "close", "add"
UNDONE = phrase("Undone at once")
MINUTE = "%Y-%m-%dT%H:%M"


class DeskState(rx.State):
    """The desk of the address. `lines` are those that answer to the filter; `people` is everybody, for typing."""

    is_ready: bool = False
    is_there: bool = False
    project_id: int = 0
    code: str = ""
    name: str = ""
    zone: str = ""
    day: str = ""
    today: str = ""
    is_open: bool = False
    may_record: bool = False
    counts: dict[str, int] = {}
    lines: list[Line] = []
    people: list[Person] = []
    overdue: list[Overdue] = []

    text: str = ""
    standing: str = ""

    asking: str = ""
    concerned: list[Person] = []
    undoable: list[str] = []
    undoable_way: str = ""
    problem: str = ""

    is_panel_open: bool = False
    shown: Line | None = None
    entries: list[Entry] = []
    editing: str = ""
    edited: str = ""
    edited_at: str = ""

    _sheet: Sheet | None = None

    @event(Permission.SEE_SHEET)
    async def open(self):
        """Show today's sheet of the address, and follow it."""
        code = self.router.url.path.rstrip("/").rpartition("/")[2][:20]
        if code.upper() != self.code:
            self._forget()
        live.unsubscribe(self, "presence")
        try:
            self.project_id = await look(_project, code)
        except NotFound:
            self.is_there, self.is_ready = False, True
            return
        live.subscribe(self, "presence", DeskState.refreshed, key=self.project_id)
        live.subscribe(self, "assignment", DeskState.refreshed, key=self.project_id)
        live.subscribe(self, "project", DeskState.refreshed, key=self.project_id)
        await self._read()
        self.is_ready = True

    @event(Permission.SEE_SHEET, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Somebody was scanned, here or at another tablet."""
        await self._read()

    @event(Permission.SEE_SHEET, supersedes=True)
    async def search(self, text: str):
        """Show only those whose name, code or role answers to this."""
        self.text = text[:200]
        self._narrow()

    @event(Permission.SEE_SHEET)
    async def stand(self, standing: str):
        """Show only those who are late, here, …; once more shows all."""
        known = Standing.parse(standing)
        self.standing = "" if known is None or standing == self.standing else known.value
        self._narrow()

    @event(Permission.SEE_SHEET)
    async def turn_to(self, day: str):
        """Show another day; today when nothing is chosen."""
        self.day = day if _day(day) else ""
        self.is_panel_open, self.editing = False, ""
        await self._read()

    @event(Permission.RECORD_PRESENCE)
    async def ask(self, way: str):
        """All in, or all out: show first whom it concerns."""
        if way not in ("in", "out") or self._sheet is None:
            return
        wanted = AWAITED if way == "in" else HERE
        today = await look(desk.sheet, self.project_id, locale=current().locale)
        self.concerned = [line.person for line in today.lines if line.standing in wanted]
        self.asking, self.problem = way, ""

    @event(Permission.RECORD_PRESENCE)
    async def leave(self):
        """Rather not."""
        self.asking, self.editing, self.problem = "", "", ""

    @event(Permission.RECORD_PRESENCE)
    async def record_all(self, answers: dict[str, Any]):
        """Those who are still ticked came, or left."""
        ids = [one.assignment_id for one in self.concerned if answers.get(f"all_{one.assignment_id}")]
        way, reason = self.asking, text_in(answers, "all_reason")
        if way not in ("in", "out"):
            return
        try:
            noted = await do(desk.everybody, self.project_id, is_arrival=way == "in", ids=ids, reason=reason)
        except Invalid as refused:
            self.problem = refused.text(current().locale)
            return
        self.asking, self.problem, self.undoable, self.undoable_way = "", "", noted, way
        await self._read()

    @event(Permission.RECORD_PRESENCE)
    async def undo(self):
        """Take back what was just noted for all."""
        keys, self.undoable = self.undoable, []
        if keys:
            await do(desk.cancel, self.project_id, keys, reason=say(current().locale, UNDONE))
            await self._read()
            await said(self, "Taken back.")

    @event(Permission.RECORD_PRESENCE)
    async def keep(self):
        """It was right: no need to offer undoing it."""
        self.undoable = []

    @event(Permission.SEE_SHEET)
    async def look_at(self, assignment_id: int):
        """Open a person's day."""
        self.editing, self.problem = "", ""
        self.shown = next((one for one in self.lines if one.person.assignment_id == assignment_id), None)
        self.is_panel_open = self.shown is not None
        await self._read_panel()

    @event(Permission.SEE_SHEET)
    async def close(self):
        """Back to the sheet."""
        self.is_panel_open, self.editing = False, ""

    @event(Permission.RECORD_PRESENCE)
    async def edit(self, what: str, client_id: str):
        """Correct a time, take a scan back, add the departure, or add a stay: ask how."""
        self.problem, self.editing, self.edited, self.edited_at = "", "", client_id[:36], ""
        if what == MOVE:
            self.edited_at = self._local(self._moment_of(client_id))
        elif what == CLOSE:
            late = next((one.suggested_at for one in self.overdue if one.arrival == client_id), None)
            self.edited_at = self._local(late)
        if what in (MOVE, CANCEL, CLOSE, ADD):
            self.editing = what

    @event(Permission.RECORD_PRESENCE)
    async def save(self, answers: dict[str, Any]):
        """Write down what was corrected."""
        try:
            await self._save(answers)
        except Invalid as refused:
            self.problem = refused.text(current().locale)
            return
        self.editing, self.problem = "", ""
        await self._read()

    @event(Permission.RECORD_PRESENCE)
    async def close_stay(self, arrival: str):
        """Close a stay whose departure was forgotten, at the time that is proposed."""
        late = next((one for one in self.overdue if one.arrival == arrival), None)
        if late is not None:
            reason = say(current().locale, "Departure forgotten")
            await do(closing.close, self.project_id, arrival, left_at=late.suggested_at, reason=reason)
            await self._read()

    @event(Permission.RECORD_PRESENCE)
    async def look_at_late(self, assignment_id: int, day: str, arrival: str):
        """Open the day of a forgotten departure, to say another time."""
        self.day, self.text, self.standing = day if _day(day) else "", "", ""
        await self._read()
        self.shown = next((one for one in self.lines if one.person.assignment_id == assignment_id), None)
        self.is_panel_open = self.shown is not None
        await self._read_panel()
        late = next((one.suggested_at for one in self.overdue if one.arrival == arrival), None)
        self.editing, self.edited, self.edited_at, self.problem = CLOSE, arrival[:36], self._local(late), ""

    async def _save(self, answers: dict[str, Any]) -> None:
        reason, key, mine = text_in(answers, "why"), self.edited, self.project_id
        if self.editing == MOVE:
            await do(desk.correct, mine, key, at=self._instant(answers, "at"), reason=reason)
        elif self.editing == CANCEL:
            await do(desk.cancel, mine, [key], reason=reason)
        elif self.editing == CLOSE:
            await do(closing.close, mine, key, left_at=self._instant(answers, "at"), reason=reason)
        elif self.editing == ADD and self.shown is not None:
            left = self._instant(answers, "until") if text_in(answers, "until") else None
            came = self._instant(answers, "at")
            await do(desk.add, mine, self.shown.person.assignment_id, arrived_at=came, left_at=left, reason=reason)

    def _instant(self, answers: dict[str, Any], name: str) -> datetime:
        """A day and hour as typed, where the project is shot."""
        try:
            typed = datetime.fromisoformat(text_in(answers, name)[:16])
        except ValueError:
            raise Invalid("Please give a day and an hour.", field=name) from None
        return typed.replace(tzinfo=ZoneInfo(self.zone))

    def _local(self, at: datetime | None) -> str:
        return at.astimezone(ZoneInfo(self.zone)).strftime(MINUTE) if at else f"{self.day}T09:00"

    def _moment_of(self, client_id: str) -> datetime | None:
        stays = self.shown.stays if self.shown else []
        marks = [(one.arrival, one.arrived_at) for one in stays] + [(one.departure, one.left_at) for one in stays]
        return dict(marks).get(client_id)

    def _forget(self) -> None:
        self.is_ready, self.is_panel_open, self.shown, self.editing = False, False, None, ""
        self.asking, self.text, self.standing, self.day, self.undoable = "", "", "", "", []

    def _narrow(self) -> None:
        lines = self._sheet.lines if self._sheet else []
        words = [fold(word) for word in self.text.split()]
        self.lines = [line for line in lines if self.standing in ("", line.standing) and _answers(line, words)]

    async def _read(self) -> None:
        is_today = self.day in ("", self.today)
        wanted = None if is_today else _day(self.day)
        try:
            sheet, self.overdue = await look(_desk, self.project_id, wanted)
        except NotFound:
            self.is_there, self.is_panel_open = False, False
            return
        self.is_there, self._sheet = True, sheet
        for name in HEAD:
            setattr(self, name, getattr(sheet, name))
        self.day, self.today = sheet.day.isoformat(), sheet.today.isoformat()
        self.people = [line.person for line in sheet.lines]
        self._narrow()
        await self._read_panel()

    async def _read_panel(self) -> None:
        if self.shown is None or not self.is_panel_open:
            return
        try:
            found = await look(
                history.person_day, self.project_id, self.shown.person.assignment_id, day=_day(self.day),
                locale=current().locale,
            )  # fmt: skip
        except NotFound:
            self.is_panel_open = False
            return
        self.shown, self.entries = found.line, found.entries


def _project(work: Work, code: str) -> int:
    return access.by_code(work, code).id or 0


def _desk(work: Work, project_id: int, day: date | None) -> tuple[Sheet, list[Overdue]]:
    locale = work.actor.locale
    return desk.sheet(work, project_id, day=day, locale=locale), closing.overdue(work, project_id, locale=locale)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said) else None
    except ValueError:
        return None


def _answers(line: Line, words: Iterable[str]) -> bool:
    text = fold(f"{line.person.name} {line.person.code} {line.person.role}")
    return all(word in text for word in words)
