"""The page behind the link of an availability mail: one question, two answers, no signing in."""

import reflex as rx

from talento.errors import Invalid, NotFound
from talento.services.casting import availability
from talento.services.casting.availability import Question
from talento.state.doors import PUBLIC, current, event
from talento.state.locale import LocaleState
from talento.state.session import do, look


class AnswerState(rx.State):
    """What is asked, and what was answered."""

    link: str = ""
    question: Question | None = None
    is_refusing: bool = False
    answered: str = ""
    problem: str = ""
    _token: str = ""

    @event(PUBLIC, rate=(20, 60.0))
    async def open(self):
        """Show the question that the link leads to. Looking answers nothing."""
        self._token = self.router.url.path.rstrip("/").rsplit("/", 1)[-1][:100]
        self.is_refusing, self.problem, self.answered = False, "", ""
        locale = (await self.get_state(LocaleState)).language
        try:
            self.question = await look(availability.question, self._token, locale=locale)
        except NotFound:
            self.link, self.question = "bad", None
            return
        self.link, self.answered = "good", self.question.answer if self.question.answer != "waiting" else ""

    @event(PUBLIC, rate=(10, 60.0))
    async def yes(self):
        """Say that one is free."""
        await self._answer(True, "")

    @event(PUBLIC)
    async def ask_why(self):
        """Ask for a reason before saying no."""
        self.is_refusing, self.answered = True, ""

    @event(PUBLIC)
    async def change(self):
        """Back to the question, to answer it or to answer it otherwise."""
        self.is_refusing, self.answered, self.problem = False, "", ""

    @event(PUBLIC, rate=(10, 60.0))
    async def no(self, form: dict[str, str]):
        """Say that one is not free, and why."""
        await self._answer(False, form.get("reason", ""))

    async def _answer(self, is_free: bool, reason: str) -> None:
        try:
            answer = await do(availability.answer, self._token, is_free=is_free, reason=reason)
        except Invalid as refused:
            self.problem = refused.text(current().locale)
            return
        self.answered, self.is_refusing, self.problem = answer, False, ""
