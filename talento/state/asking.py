"""Asking people on a board whether they are free: whom, with which words."""

from dataclasses import dataclass

import reflex as rx

from talento.i18n import say_plural
from talento.services.casting import availability, board
from talento.state.doors import current, event, tell
from talento.state.session import do, look
from talento.vocabulary.casting import Stage
from talento.vocabulary.permissions import Permission

LONGEST_NOTE = 1000


@dataclass(frozen=True)
class Askable:
    """Somebody who may be asked. `answer`: slug of `Answer`; empty when nobody has asked yet."""

    id: int
    name: str
    photo: str
    stage: str
    answer: str
    is_minor: bool


class AskingState(rx.State):
    """The dialog of a board."""

    role_id: int = 0
    is_open: bool = False
    people: list[Askable] = []
    chosen: list[int] = []
    note: str = ""

    @event(Permission.CASTING)
    async def begin(self, role_id: int):
        """Show who may be asked; those whom nobody has asked yet are chosen."""
        found = await look(board.board, role_id, locale=current().locale)
        open_stages = {stage.value for stage in availability.ASKABLE}
        self.people = [
            Askable(card.id, card.name, card.photo_url, card.stage, card.answer, card.is_minor)
            for card in found.cards
            if card.stage in open_stages
        ]
        self.chosen = [one.id for one in self.people if not one.answer and one.stage != Stage.AVAILABLE]
        self.role_id, self.note, self.is_open = role_id, "", True

    @event(Permission.CASTING)
    async def choose(self, candidate_id: int, on: bool):
        """Choose somebody, or no longer."""
        others = [one for one in self.chosen if one != candidate_id]
        self.chosen = [*others, candidate_id] if on else others

    @event(Permission.CASTING)
    async def keep_note(self, text: str):
        """Remember the personal words while they are typed."""
        self.note = text[:LONGEST_NOTE]

    @event(Permission.CASTING)
    async def leave(self):
        """Ask nobody."""
        self.is_open = False

    @event(Permission.CASTING, rate=(10, 60.0))
    async def ask(self):
        """Mail the question to those chosen."""
        asked = await do(availability.ask, self.role_id, list(self.chosen), note=self.note)
        self.is_open = False
        locale = current().locale
        words = say_plural(
            locale, asked.count, one="{n} person is asked by mail.", other="{n} people are asked by mail."
        )
        await tell(self, words, "success" if asked.count else "info")
