"""The hours of a project's desk: a period of them, call times, rules; and one person's history."""

from contextlib import suppress
from datetime import date, timedelta

import reflex as rx

from talento.errors import Conflict, Forbidden, Invalid, NotFound
from talento.services.presence import access, calls, hours, rules
from talento.services.presence.calls import CallLine
from talento.services.presence.hours import Day, History, Hours, Total
from talento.services.presence.rules import Rule
from talento.services.work import Work
from talento.state import live
from talento.state.doors import current, event
from talento.state.locale import LocaleState
from talento.state.session import do, look, said, text_in
from talento.vocabulary.permissions import Permission

TABS = ("hours", "calls", "rules")
CUSTOM = "custom"
NUMBERS = ("after_minutes", "from_hour", "to_hour", "percent")


class HoursState(rx.State):
    """A period of a desk's hours, the calls of a day, and the rules."""

    is_ready: bool = False
    is_there: bool = False
    code: str = ""
    name: str = ""
    zone: str = ""
    day_break: int = 5
    project_id: int = 0
    may_plan: bool = False
    tab: str = "hours"
    period: str = "day"
    first: str = ""
    last: str = ""
    today: str = ""
    problem: str = ""
    days: list[Day] = []
    totals: list[Total] = []
    minutes: int = 0
    rules: list[Rule] = []
    rule_kind: str = "overtime"
    rule_problem: str = ""
    call_day: str = ""
    calls: list[CallLine] = []
    chosen: list[int] = []
    call_at: str = ""
    call_note: str = ""
    call_problem: str = ""
    is_again: bool = False

    @rx.var
    def is_one_day(self) -> bool:
        """Whether the period is a single day, whose stays are shown one by one."""
        return self.first == self.last

    @rx.var
    def roles(self) -> list[str]:
        """The parts of those who can be called, each once."""
        return sorted({one.role for one in self.calls})

    @event(Permission.SEE_SHEET)
    async def open(self):
        """Show the desk of the address, and follow it."""
        code = segment(self, 1)
        if code != self.code:
            self.is_ready, self.tab, self.period, self.chosen = False, "hours", "day", []
            self.first = self.last = self.call_day = ""
        self.code = code
        try:
            self.project_id, self.first, self.last = await look(_opened, code, self.first, self.last)
        except (NotFound, Forbidden):
            self.is_there, self.is_ready = False, True
            return
        live.unsubscribe(self, "presence")
        live.subscribe(self, "presence", HoursState.refreshed, key=self.project_id)
        self.is_there = True
        await self._read()
        self.is_ready = True

    @event(Permission.SEE_SHEET, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Somebody was scanned, called or corrected."""
        await self._read()

    @event(Permission.SEE_SHEET)
    async def turn_to(self, tab: str):
        """Show hours, call times or rules."""
        if tab in TABS:
            self.tab = tab
            await self._read()

    # The period

    @event(Permission.SEE_SHEET)
    async def choose_period(self, period: str):
        """Another length, around the day that is shown."""
        if period == CUSTOM:
            self.period = period
        elif period in hours.PERIODS:
            await self._go(period, _day(self.first))

    @event(Permission.SEE_SHEET)
    async def step(self, by: int):
        """The period before or after."""
        edge = _day(self.last if by > 0 else self.first)
        if edge is not None and self.period in ("day", "week", "month"):
            await self._go(self.period, edge + timedelta(days=1 if by > 0 else -1))

    @event(Permission.SEE_SHEET)
    async def go_to_today(self):
        """The period that today is in."""
        await self._go(self.period if self.period in hours.PERIODS else "day", None)

    @event(Permission.SEE_SHEET)
    async def choose_first(self, day: str):
        """The first day of a period of one's own."""
        await self._choose(day, self.last)

    @event(Permission.SEE_SHEET)
    async def choose_last(self, day: str):
        """The last day of a period of one's own."""
        await self._choose(self.first, day)

    async def _go(self, period: str, on: date | None) -> None:
        first, last = await look(hours.period, self.project_id, period, on)
        self.period, self.first, self.last = period, first.isoformat(), last.isoformat()
        await self._read()

    async def _choose(self, first: str, last: str) -> None:
        if _day(first) and _day(last):
            self.first, self.last = first, last
            await self._read()

    # Rules

    @event(Permission.CASTING)
    async def choose_rule(self, kind: str):
        """What kind of rule is to be added."""
        self.rule_kind, self.rule_problem = kind, ""

    @event(Permission.CASTING)
    async def add_rule(self, answers: dict[str, str]):
        """Write a rule down."""
        typed = {name: text_in(answers, name).strip() for name in NUMBERS}
        numbers = {
            name: int(said) if said.isdecimal() and len(said) < 6 else -1 for name, said in typed.items() if said
        }
        try:
            await do(rules.add, self.project_id, self.rule_kind, **numbers)
        except (Invalid, Conflict) as refused:
            self.rule_problem = refused.text(current().locale)
            return
        self.rule_problem = ""
        await self._read()

    @event(Permission.CASTING)
    async def remove_rule(self, rule_id: int):
        """Take a rule away."""
        await do(rules.remove, self.project_id, rule_id)
        await self._read()

    # Call times

    @event(Permission.CASTING)
    async def choose_call_day(self, day: str):
        """Plan another day."""
        if _day(day):
            self.call_day, self.chosen, self.call_problem = day, [], ""
            await self._read()

    @event(Permission.CASTING)
    async def choose(self, assignment_id: int, is_on: bool):
        """Choose somebody, or not."""
        others = [key for key in self.chosen if key != assignment_id]
        self.chosen = [*others, assignment_id] if is_on else others

    @event(Permission.CASTING)
    async def choose_role(self, role: str):
        """Choose everybody of a part; everybody at all when it is empty, nobody when it is a dash."""
        able = [one for one in self.calls if not one.has_declined]
        self.chosen = [one.assignment_id for one in able if role in ("", one.role)] if role != "-" else []

    @event(Permission.CASTING)
    async def call(self, answers: dict[str, str]):
        """Call the chosen at an hour."""
        self.call_at, self.call_note = text_in(answers, "call_at"), text_in(answers, "call_note")
        try:
            changed = await self._do(calls.call, at=self.call_at, note=self.call_note)
        except Invalid as refused:
            self.call_problem = refused.text(current().locale)
            return
        self.call_problem = ""
        await self._read()
        await said(self, "Call times set: {n}", n=changed)

    @event(Permission.CASTING)
    async def uncall(self):
        """Take the calls of the chosen back."""
        await self._do(calls.uncall)
        await self._read()

    @event(Permission.CASTING)
    async def repeat(self, is_on: bool):
        """Whether those who were told this very time are told again."""
        self.is_again = is_on

    @event(Permission.CASTING, rate=(20, 60.0))
    async def mail(self):
        """Mail their calls to the chosen."""
        sent = await self._do(calls.mail, is_again=self.is_again)
        await self._read()
        await said(self, "Mails on their way: {sent}. Told before: {known}.", sent=sent.mailed, known=sent.known)
        if sent.unsubscribed:
            await said(self, "Wants no such mail, please call: {count}.", "warning", count=sent.unsubscribed)

    async def _do(self, action, **options):  # type: ignore[no-untyped-def]
        day = _day(self.call_day)
        return await do(action, self.project_id, day, list(self.chosen), **options)

    async def _read(self) -> None:
        first, last = _day(self.first), _day(self.last)
        if not self.project_id or first is None or last is None:
            return
        locale = (await self.get_state(LocaleState)).language
        try:
            found = await look(hours.hours, self.project_id, first=first, last=last, locale=locale)
        except Invalid as refused:
            self.problem, self.days, self.totals, self.minutes = refused.text(current().locale), [], [], 0
            return
        except (NotFound, Forbidden):
            self.is_there = False
            return
        self.problem = ""
        self._show(found)
        self.call_day = self.call_day or self.today
        if self.tab == "calls" and self.may_plan:
            day = _day(self.call_day) or found.today
            self.calls = await look(calls.calls, self.project_id, day, locale=locale)

    def _show(self, found: Hours) -> None:
        self.name, self.zone, self.may_plan, self.day_break = found.name, found.zone, found.may_plan, found.day_break
        self.today, self.minutes, self.rules = found.today.isoformat(), found.minutes, found.rules
        self.days = found.days if found.first == found.last else []
        self.totals = found.totals


class HistoryState(rx.State):
    """One person's hours, project by project."""

    is_ready: bool = False
    code: str = ""
    histories: list[History] = []

    @event(Permission.SEE_SHEET)
    async def open(self):
        """Show the person of the address."""
        self.code, key = segment(self, 1), segment(self, 3)
        self.is_ready, self.histories = False, []
        locale = (await self.get_state(LocaleState)).language
        with suppress(NotFound, Forbidden):
            self.histories = await look(_history, self.code, int(key) if key.isdecimal() else 0, locale)
        self.is_ready = True


def segment(state: rx.State, place: int) -> str:
    """A part of the page's address, counted from 0; empty when there is none."""
    parts = state.router.url.path.strip("/").split("/")
    return parts[place][:20] if place < len(parts) else ""


def _opened(work: Work, code: str, first: str, last: str) -> tuple[int, str, str]:
    """The desk of a code, and the period to begin with: today, unless one was chosen before."""
    key = access.by_code(work, code).id or 0
    begins, ends = hours.period(work, key, "day")
    return key, first or begins.isoformat(), last or ends.isoformat()


def _history(work: Work, code: str, assignment_id: int, locale: str) -> list[History]:
    project_id = access.by_code(work, code).id or 0
    return hours.history(work, project_id, min(assignment_id, 2**31 - 1), locale=locale)


def _day(said: str) -> date | None:
    """A day of this century; None for anything else."""
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None
