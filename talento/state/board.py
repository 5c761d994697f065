"""The casting board of a role: everybody who works on it sees each move of the others."""

from typing import Any

import reflex as rx

from talento.errors import Conflict, NotFound
from talento.i18n import say
from talento.services.casting import board, notes, suggest
from talento.services.casting.board import Card
from talento.services.casting.notes import Move, Note
from talento.services.casting.overlaps import DoubleBooked
from talento.services.casting.suggest import Suggestion
from talento.services.cinema import profile
from talento.services.cinema.profile import Panel
from talento.services.work import Work
from talento.state import live
from talento.state.doors import current, event
from talento.state.session import do, key_in_address, look, said, text_in
from talento.vocabulary.casting import Stage
from talento.vocabulary.permissions import Permission

DECLINE, RELEASE, OVERLAP = "decline", "release", "overlap"
HEAD = (
    "role_name", "kind", "wanted", "booked", "project_id", "project_name", "project_code", "is_open", "cards",
)  # fmt: skip


class BoardState(rx.State):
    """A board; `acked` is the number of the last move of this tab that was stored or refused."""

    is_ready: bool = False
    is_there: bool = False
    role_id: int = 0
    role_name: str = ""
    kind: str = ""
    wanted: int = 0
    booked: int = 0
    project_id: int = 0
    project_name: str = ""
    project_code: str = ""
    is_open: bool = False
    cards: list[Card] = []
    acked: int = 0

    text: str = ""
    found: list[Suggestion] = []

    asking: str = ""
    asked_name: str = ""
    asked_text: str = ""
    problem: str = ""

    shown: Card | None = None
    is_panel_open: bool = False
    notes: list[Note] = []
    moves: list[Move] = []
    editing_note: int = 0
    person: Panel | None = None

    _asked: tuple[int, str, int | None] = (0, "", None)

    @event(Permission.CASTING)
    async def open(self):
        """Show the board of the address, and follow it."""
        key = key_in_address(self)
        if key != self.role_id:
            self.is_ready, self.is_panel_open, self.shown, self.asking = False, False, None, ""
            self.text, self.found = "", []
        self.role_id = key
        live.unsubscribe(self, "role")
        live.subscribe(self, "role", BoardState.refreshed, key=key)
        live.subscribe(self, "assignment", BoardState.refreshed)
        live.subscribe(self, "cinema", BoardState.refreshed)
        await self._read()
        self.is_ready = True

    @event(Permission.CASTING, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        """Somebody moved a card, or somebody on the board changed."""
        concerned = {card.talent_id for card in self.cards} | {0}
        if topic != "cinema" or not keys or not concerned.isdisjoint(keys):
            await self._read()

    @event(Permission.CASTING)
    async def move(self, candidate_id: int, stage: str, after: int | None, serial: int):
        """A card was put elsewhere; some moves are asked about before they are made."""
        try:
            if not self._is_asked_about(candidate_id, stage, after):
                await self._move(candidate_id, stage, after)
        finally:
            self.acked = serial
            await self._read()

    @event(Permission.CASTING)
    async def confirm(self, answers: dict[str, Any]):
        """The question was answered: make the move."""
        (candidate_id, stage, after), asking = self._asked, self.asking
        text = text_in(answers, "move_reason")[:500]
        if asking in (DECLINE, OVERLAP) and not text.strip():
            self.problem = say(current().locale, "Please say why, so that the team knows later.")
            return
        self.asking, self.problem = "", ""
        reason, overlap = ("", text) if asking == OVERLAP else (text, "")
        try:
            await self._move(candidate_id, stage, after, reason, overlap)
        finally:
            await self._read()

    @event(Permission.CASTING)
    async def leave(self):
        """Rather leave the card where it is."""
        self.asking, self.problem = "", ""

    @event(Permission.CASTING)
    async def rate(self, candidate_id: int, rating: int):
        """Give stars, or take them."""
        await do(board.rate, candidate_id, rating)
        await self._read()

    @event(Permission.CASTING, supersedes=True)
    async def search(self, text: str):
        """Find people to add while typing."""
        self.text = text[:2000]
        self.found = await look(suggest.for_board, self.role_id, self.text)

    @event(Permission.CASTING)
    async def add(self, talent_id: int):
        """Put somebody found on the board."""
        if await do(board.consider, self.role_id, [talent_id]):
            await self._added(next((one.name for one in self.found if one.id == talent_id), ""))

    @event(Permission.CASTING)
    async def add_code(self, text: str):
        """Enter was pressed: somebody's code, or the one person found."""
        if not text.strip():
            return
        try:
            await self._added((await do(board.consider_code, self.role_id, text[:2000])).name)
        except (NotFound, Conflict):
            found = await look(suggest.for_board, self.role_id, text[:2000])
            if len(found) != 1 or found[0].is_there:
                raise
            await do(board.consider, self.role_id, [found[0].id])
            await self._added(found[0].name)

    @event(Permission.CASTING)
    async def look_at(self, candidate_id: int):
        """Open a card with its notes and its way."""
        self.shown = next((card for card in self.cards if card.id == candidate_id), None)
        self.is_panel_open, self.editing_note = self.shown is not None, 0
        await self._read_panel()

    @event(Permission.CASTING)
    async def close(self):
        """Back to the board."""
        self.is_panel_open = False

    @event(Permission.CASTING)
    async def write(self, answers: dict[str, Any]):
        """Add a note, or save one's own that is being changed."""
        if self.shown is None:
            return
        if self.editing_note:
            await do(notes.rewrite, self.editing_note, text_in(answers, "note"))
        else:
            await do(notes.write, self.shown.id, text_in(answers, "note"))
        self.editing_note = 0
        await self._read()

    @event(Permission.CASTING)
    async def rewrite(self, note_id: int):
        """Change a note of one's own."""
        self.editing_note = note_id if any(note.id == note_id and note.is_yours for note in self.notes) else 0

    @event(Permission.CASTING)
    async def erase(self, note_id: int):
        """Remove a note of one's own."""
        await do(notes.erase, note_id)
        self.editing_note = 0
        await self._read()

    @event(Permission.CASTING)
    async def dismiss(self, candidate_id: int):
        """Take a card off the board that was put there by mistake."""
        await do(board.dismiss, candidate_id)
        self.is_panel_open = False
        await self._read()

    def _is_asked_about(self, candidate_id: int, stage: str, after: int | None) -> bool:
        """Whether the move needs a word first: declined says why, and to leave the booked ends an assignment."""
        card = next((card for card in self.cards if card.id == candidate_id), None)
        if card is None or card.stage == stage:
            return False
        asking = DECLINE if stage == Stage.DECLINED else RELEASE if card.stage == Stage.BOOKED else ""
        if asking:
            self._ask(asking, card.name, "", (candidate_id, stage, after))
        return bool(asking)

    def _ask(self, asking: str, name: str, text: str, move: tuple[int, str, int | None]) -> None:
        self.asking, self.asked_name, self.asked_text, self.problem, self._asked = asking, name, text, "", move

    async def _move(
        self, candidate_id: int, stage: str, after: int | None, reason: str = "", overlap_reason: str = ""
    ) -> None:
        try:
            await do(board.move, candidate_id, stage, after, reason, overlap_reason=overlap_reason)
        except DoubleBooked as refused:
            self._ask(OVERLAP, "", refused.text(current().locale), (candidate_id, stage, after))

    async def _added(self, name: str) -> None:
        self.text, self.found = "", []
        await self._read()
        await said(self, "{name} is on the board.", name=name)

    async def _read(self) -> None:
        try:
            known = await look(board.board, self.role_id, locale=current().locale)
        except NotFound:
            self.is_there, self.is_panel_open = False, False
            return
        self.is_there = True
        for name in HEAD:
            setattr(self, name, getattr(known, name))
        if self.is_panel_open and self.shown is not None:
            self.shown = next((card for card in self.cards if card.id == self.shown.id), None)
            self.is_panel_open = self.shown is not None
            await self._read_panel()

    async def _read_panel(self) -> None:
        if self.shown is not None:
            self.notes, self.moves, self.person = await look(_about, self.shown)


def _about(work: Work, card: Card) -> tuple[list[Note], list[Move], Panel]:
    person = profile.panel(work, card.talent_id, locale=work.actor.locale)
    return notes.notes(work, card.id), notes.moves(work, card.id), person
