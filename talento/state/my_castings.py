"""One's own castings: bookings to answer, questions about being free, badges."""

import reflex as rx

from talento.errors import NotFound
from talento.services.casting import availability, mine
from talento.services.casting.availability import Question
from talento.services.casting.mine import Casting
from talento.services.work import Work
from talento.state import live
from talento.state.doors import event
from talento.state.locale import LocaleState
from talento.state.session import do, look, said
from talento.vocabulary.permissions import Permission


class MyCastingsState(rx.State):
    """What the reader is booked on and asked."""

    is_ready: bool = False
    has_profile: bool = False
    castings: list[Casting] = []
    past: list[Casting] = []
    questions: list[Question] = []
    declining: int = 0
    refusing: int = 0
    name: str = ""

    @event(Permission.OWN_PROFILE)
    async def open(self):
        """Show them, and follow them."""
        try:
            await self._read()
        except NotFound:
            self.has_profile, self.is_ready = False, True
            return
        live.subscribe(self, "assignment", MyCastingsState.refreshed)
        self.has_profile = self.is_ready = True

    @event(Permission.OWN_PROFILE, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """A team changed something."""
        await self._read()

    @event(Permission.OWN_PROFILE)
    async def accept(self, assignment_id: int):
        """Say yes to a booking."""
        await do(mine.respond, assignment_id, accepts=True)
        await self._read()
        await said(self, "Thank you. The production sees your answer.")

    @event(Permission.OWN_PROFILE)
    async def begin_declining(self, assignment_id: int):
        """Ask why before a booking is declined."""
        found = next((one for one in self.castings if one.assignment_id == assignment_id), None)
        if found is not None:
            self.declining, self.name = assignment_id, found.project

    @event(Permission.OWN_PROFILE)
    async def begin_refusing(self, candidate_id: int):
        """Ask why before a question is answered with no."""
        found = next((one for one in self.questions if one.candidate_id == candidate_id), None)
        if found is not None:
            self.refusing, self.name = candidate_id, found.project

    @event(Permission.OWN_PROFILE)
    async def keep(self):
        """Think again; nothing was said."""
        self.declining = self.refusing = 0

    @event(Permission.OWN_PROFILE)
    async def decline(self, form: dict[str, str]):
        """Say no, and why."""
        reason = form.get("reason", "")
        if self.declining:
            await do(mine.respond, self.declining, accepts=False, reason=reason)
        elif self.refusing:
            await do(availability.answer_own, self.refusing, is_free=False, reason=reason)
        self.declining = self.refusing = 0
        await self._read()
        await said(self, "Thank you. The production sees your answer.")

    @event(Permission.OWN_PROFILE)
    async def be_free(self, candidate_id: int):
        """Say yes to a question."""
        await do(availability.answer_own, candidate_id, is_free=True)
        await self._read()
        await said(self, "Thank you. The production sees your answer.")

    async def _read(self) -> None:
        locale = (await self.get_state(LocaleState)).language
        castings, self.questions = await look(_everything, locale)
        self.castings = [one for one in castings if not one.is_closed]
        self.past = [one for one in castings if one.is_closed]


def _everything(work: Work, locale: str) -> tuple[list[Casting], list[Question]]:
    return mine.castings(work, locale=locale), availability.asked(work, locale=locale)
