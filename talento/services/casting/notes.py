"""What the team writes about a candidate, and how the card came to where it is. Talents never see any of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from talento.errors import Conflict, Invalid, NotFound
from talento.models.accounts import User
from talento.models.casting import Candidate, CandidateMove, CandidateNote
from talento.services import live, text
from talento.services.casting import access
from talento.services.work import Work
from talento.vocabulary.permissions import Permission

AT_MOST = 200
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote; one's own can be changed."""

    id: int
    by: str
    at: datetime
    text: str
    is_yours: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One move of a card; the first one has no column that it came from."""

    from_stage: str
    to_stage: str
    by: str
    at: datetime
    reason: str


def notes(work: Work, candidate_id: int) -> list[Note]:
    """The notes about a candidate, newest first."""
    _board(work, candidate_id)
    found = (
        select(CandidateNote, User)
        .outerjoin(User, User.id == CandidateNote.user_id)
        .where(CandidateNote.candidate_id == candidate_id)
        .order_by(CandidateNote.id.desc())
    )
    return [
        Note(row.id or 0, _name(user), row.at, row.text, row.user_id == work.actor.user_id)
        for row, user in work.session.execute(found)
    ]


def moves(work: Work, candidate_id: int) -> list[Move]:
    """Where a card has been, newest first."""
    _board(work, candidate_id)
    found = (
        select(CandidateMove, User)
        .outerjoin(User, User.id == CandidateMove.user_id)
        .where(CandidateMove.candidate_id == candidate_id)
        .order_by(CandidateMove.id.desc())
        .limit(100)
    )
    return [
        Move(row.from_stage.value if row.from_stage else "", row.to_stage.value, _name(user), row.at, row.reason)
        for row, user in work.session.execute(found)
    ]


def write(work: Work, candidate_id: int, said: str) -> int:
    """Add a note; returns its key.

    Raises:
        Invalid: nothing in it, or too much.
    """
    role_id = _board(work, candidate_id)
    count = len(work.session.scalars(select(CandidateNote.id).where(CandidateNote.candidate_id == candidate_id)).all())
    if count >= AT_MOST:
        raise Conflict("There can be {count} notes about a person. Remove one first.", count=count)
    key = work.insert(
        CandidateNote, candidate_id=candidate_id, user_id=work.actor.user_id, at=work.now, text=_checked(said)
    )
    live.publish(work, "role", role_id)
    return key


def rewrite(work: Work, note_id: int, said: str) -> None:
    """Change a note of one's own.

    Raises:
        NotFound: none, or somebody else's.
        Invalid: nothing in it, or too much.
    """
    row, role_id = _own(work, note_id)
    row.text = _checked(said)
    live.publish(work, "role", role_id)


def erase(work: Work, note_id: int) -> None:
    """Remove a note of one's own.

    Raises:
        NotFound: none, or somebody else's.
    """
    row, role_id = _own(work, note_id)
    work.session.delete(row)
    live.publish(work, "role", role_id)


def _board(work: Work, candidate_id: int) -> int:
    """The role whose board a candidate is on, if it is one of theirs."""
    work.require(Permission.CASTING)
    role_id = work.session.scalar(select(Candidate.role_id).where(Candidate.id == candidate_id))
    if role_id is None:
        raise NotFound("This person is not on the board any more.")
    access.role(work, role_id)
    return role_id


def _own(work: Work, note_id: int) -> tuple[CandidateNote, int]:
    work.require(Permission.CASTING)
    row = work.session.get(CandidateNote, note_id)
    if row is None or row.user_id != work.actor.user_id:
        raise NotFound("There is no such note of yours.")
    return row, _board(work, row.candidate_id)


def _checked(said: str) -> str:
    kept = text.lines(said)
    if not kept:
        raise Invalid("Please write something.", field="note")
    if len(kept) > LONGEST:
        raise Invalid("At most {count} characters, please.", field="note", count=LONGEST)
    return kept


def _name(user: User | None) -> str:
    return (user.name or user.email) if user else ""
