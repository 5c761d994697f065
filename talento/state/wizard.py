"""A registration wizard. Every answer goes to the draft on the server; this state may vanish at any moment."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from talento.errors import Conflict, InvalidForm, NotFound, Unavailable
from talento.services import accounts, cookies, drafts, wording
from talento.services.forms import Form
from talento.services.registration import Registered, Registration
from talento.services.work import Work
from talento.settings import settings
from talento.state.doors import PUBLIC, current, event
from talento.state.facts import FactsMixin
from talento.state.session import ReaderState, aside, do, look, said


@dataclass(frozen=True)
class Course:
    """One wizard.

    Args:
        registration: what is asked, and what becomes of it.
        known: what another profile of the reader says already; None when they have this one.
        home: where this profile lives once it is there.
    """

    registration: Registration
    known: Callable[[Work], dict[str, Any] | None]
    home: str

    @property
    def name(self) -> str:
        """The name of its drafts."""
        return self.registration.draft

    @property
    def steps(self) -> list[str]:
        return [step.value for step in self.registration.form.steps]


FIRST = "identity"
"""The step at which every wizard begins, and a state that has vanished begins anew."""


class WizardMixin(FactsMixin, mixin=True):
    """Where the reader stands in a wizard, and what they answered. A state says which one in `_course`."""

    step: str = FIRST
    done: list[str] = []
    wrong: list[str] = []
    is_ready: bool = False
    is_busy: bool = False
    is_resumed: bool = False
    is_member: bool = False
    is_known: bool = False
    tries: int = 0
    saved_at: str = ""
    photo_id: str = ""
    photo_url: str = ""
    cv_id: str = ""
    cv_name: str = ""
    link: str = ""
    failure: str = ""
    code: str = ""
    address: str = ""
    sent_to: str = ""
    first_name: str = ""
    summary: dict[str, str] = {}

    @event(PUBLIC, rate=(60, 60.0))
    async def open(self):
        """Go on where this browser, this account, or the link in the address, left off."""
        token = str(self.router.url.query_parameters.get("resume", ""))[:100]
        self.is_member = current().user_id is not None
        known = await look(self._course().known) if self.is_member else {}
        if known is None:
            return rx.redirect(self._course().home, replace=True)
        self.code = ""
        if token:
            return await self._resume(token)
        draft = await self._draft(known)
        self._show(draft)
        self.is_known = bool(known)
        self.is_ready = True

    @event(PUBLIC)
    async def keep(self, name: str, value: str):
        """Save an answer while it is typed."""
        self._take(name, value)
        await self._save({name: value})

    @event(PUBLIC)
    async def check(self, name: str, value: str):
        """Save an answer and say whether it is acceptable."""
        self._take(name, value)
        self._judge_one(self.step, name)
        await self._save(self._typed(self.step))

    @event(PUBLIC)
    async def toggle(self, name: str, value: str, is_on: bool):
        """Tick or untick one of several."""
        self._toggle(name, value, is_on)
        if name in self.problems:
            self._judge_one(self.step, name)
        await self._save(self._typed(self.step))

    @event(PUBLIC)
    async def advance(self, answers: dict[str, Any]):
        """Go on to the next step if this one is in order."""
        self._take_all(self.step, answers)
        self.problems = self._judge(self.step)
        await self._save(self._typed(self.step))
        self._mark(self.step)
        if not self.problems:
            await self._go(self._beside(1))
        else:
            self.tries += 1

    @event(PUBLIC)
    async def back(self):
        """Return to the step before; nothing is lost."""
        await self._go(self._beside(-1))

    @event(PUBLIC)
    async def visit(self, step: str):
        """Jump to a step."""
        if step in self._course().steps:
            await self._go(step)

    @event(PUBLIC)
    async def attached(self, kind: str, file_id: str, name: str, url: str):
        """A file arrived through `POST /files`."""
        self._attach(kind, file_id, name)
        await self._save({kind: file_id, f"{kind}_name": name})

    @event(PUBLIC)
    async def removed(self, kind: str):
        """Take a file away."""
        self._attach(kind, "", "")
        await self._save({kind: "", f"{kind}_name": ""})

    @event(PUBLIC, rate=(10, 60.0))
    async def make_link(self):
        """An address that opens this draft on another device."""
        self.link = await do(drafts.new_link, self._holder(), self._course().name)

    @event(PUBLIC, rate=(5, 60.0))
    async def mail_link(self):
        """The same by mail."""
        email = await do(drafts.mail_link, self._holder(), locale=current().locale, form=self._course().name)
        await said(self, "The link is on its way to {email}.", email=email)

    @event(PUBLIC)
    async def start_over(self):
        """Forget the draft."""
        await do(drafts.let_go, self._holder(), self._course().name)
        self._show(None)
        self.is_resumed, self.link, self.code, self.failure = False, "", "", ""

    @event(PUBLIC, rate=(6, 60.0))
    async def finish(self):
        """Send everything; the answer is a code."""
        self.is_busy, self.failure = True, ""
        yield
        try:
            finish = self._course().registration.finish
            made = await aside(finish, current(), self._holder(), locale=current().locale)
        except InvalidForm as refused:
            self._show_problems(refused)
        except Conflict as refused:
            self._show_problems(InvalidForm({refused.field: refused}))
            self.failure = refused.text(current().locale)
        except Unavailable as refused:
            self.failure = refused.text(current().locale)
        else:
            self._show_done(made)
            yield ReaderState.enter
        finally:
            self.is_busy = False

    def _course(self) -> Course:
        raise NotImplementedError

    def _form(self) -> Form:
        return self._course().registration.form

    def _holder(self) -> str:
        return drafts.holder(current(), self._browser())

    def _browser(self) -> str:
        return cookies.visitor_in(self.router.headers.cookie)

    async def _draft(self, known: dict[str, Any]) -> drafts.DraftView | None:
        """The draft, with what is known beneath what was typed."""
        name = self._course().name
        if self.is_member:
            await do(drafts.adopt, self._browser(), name)
            known = known | {"email": (await look(accounts.me)).email}
        draft = await look(drafts.current, self._holder(), name)
        there = draft.data if draft else {}
        self.is_resumed = bool(there)
        missing = {key: value for key, value in known.items() if key not in there}
        if "email" in known and there.get("email") != known["email"]:
            missing["email"] = known["email"]
        if not missing:
            return draft
        step = draft.step if draft else self._course().steps[0]
        return await do(drafts.save, self._holder(), step=step, data=missing, form=name)

    async def _resume(self, token: str):
        try:
            draft = await do(drafts.resume, self._holder(), token=token, form=self._course().name)
        except NotFound as refused:
            self.is_ready = True
            self.failure = refused.text(current().locale)
            self._show(None)
            return None
        self._show(draft)
        self.is_resumed = self.is_ready = True
        return rx.redirect(drafts.PAGES[self._course().name], replace=True)

    def _show(self, draft: drafts.DraftView | None) -> None:
        data, steps = draft.data if draft else {}, self._course().steps
        self._fill(data)
        self._attach("photo", str(data.get("photo") or ""), "")
        self._attach("cv", str(data.get("cv") or ""), str(data.get("cv_name") or ""))
        self.step = draft.step if draft and draft.step in steps else steps[0]
        self.saved_at = draft.updated_at.isoformat() if draft else ""
        self.problems, self.wrong = {}, []
        passed = steps[: steps.index(self.step)]
        self.done = [step for step in passed if not self._judge(step)]
        if self.step == steps[-1]:
            self._look_over()

    def _attach(self, kind: str, file_id: str, name: str) -> None:
        if kind == "photo":
            self.photo_id, self.photo_url = file_id, f"/files/{file_id}" if file_id else ""
        elif kind == "cv":
            self.cv_id, self.cv_name = file_id, name or ("CV" if file_id else "")

    def _files(self) -> dict[str, Any]:
        return {"photo": self.photo_id, "cv": self.cv_id}

    async def _save(self, data: dict[str, Any]) -> None:
        view = await do(drafts.save, self._holder(), step=self.step, data=data, form=self._course().name)
        self.saved_at = view.updated_at.isoformat()

    def _beside(self, by: int) -> str:
        steps = self._course().steps
        return steps[min(max(steps.index(self.step) + by, 0), len(steps) - 1)]

    async def _go(self, step: str) -> None:
        self._mark(self.step)
        self.step, self.problems = step, {}
        await self._save({})
        if step == self._course().steps[-1]:
            self._look_over()

    def _mark(self, step: str) -> None:
        has_problem = bool(self._judge(step))
        self.done = [one for one in self.done if one != step] + ([] if has_problem else [step])
        self.wrong = [one for one in self.wrong if one != step] + ([step] if has_problem else [])

    def _look_over(self) -> None:
        self.summary = wording.spoken(self._form(), self._typed() | {"cv": self.cv_name}, current().locale)
        for step in self._course().steps[:-1]:
            self._mark(step)

    def _show_problems(self, refused: InvalidForm) -> None:
        self.problems = refused.texts(current().locale)
        first = next(iter(refused.problems))
        facts = self._form().facts()
        self.step = next((known.step.value for known in facts if known.name == first), self.step)
        self.wrong = sorted({known.step.value for known in facts if known.name in refused.problems})
        self.done = [step for step in self.done if step not in self.wrong]

    def _show_done(self, made: Registered) -> None:
        self.code, self.sent_to, self.first_name = made.code, made.email, made.first_name
        self.address = f"{settings().base_url}/t/{made.code}"
        self.raw, self.lists = {}, dict.fromkeys(self.lists, [])
