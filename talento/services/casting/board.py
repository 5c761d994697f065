"""The casting board of a role: who is considered, and how far each has come. Talents never see any of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from talento.errors import Conflict, Invalid, NotFound
from talento.i18n import phrase
from talento.models.accounts import User
from talento.models.casting import Assignment, Candidate, CandidateNote, CastingRole, Project
from talento.services import audit, live, text
from talento.services.casting import access, assignments, candidates, overlaps, scanning
from talento.services.casting.candidates import TOP as TOP
from talento.services.cinema import faces
from talento.services.cinema.faces import Face
from talento.services.work import Work
from talento.vocabulary.casting import Stage
from talento.vocabulary.permissions import Permission

AT_MOST = 500
BEST = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """Days on which somebody is taken elsewhere; `project` is empty when the reader may not know of it."""

    project: str
    starts_on: date
    ends_on: date
    is_calendar: bool


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody on the board. `warnings` say by what they are taken on the days of the project."""

    id: int
    talent_id: int
    code: str
    name: str
    photo_url: str
    age: int
    is_minor: bool
    stage: str
    rating: int
    notes: int
    answer: str
    reason: str
    moved_at: datetime
    moved_by: str
    warnings: list[Taken]


@dataclass(frozen=True, slots=True)
class Board:
    """A role with everybody on its board, each column from the top."""

    role_id: int
    role_name: str
    kind: str
    wanted: int
    booked: int
    project_id: int
    project_name: str
    project_code: str
    is_open: bool
    cards: list[Card]


def board(work: Work, role_id: int, *, locale: str = "en") -> Board:
    """The board of a role of theirs.

    Raises:
        NotFound: none, or not of a project of theirs.
    """
    role, project = access.role(work, role_id)
    cards = _cards(work, role, project, locale)
    return Board(
        role_id=role_id,
        role_name=role.name,
        kind=role.kind.value,
        wanted=role.wanted,
        booked=_booked(work, role_id),
        project_id=project.id or 0,
        project_name=project.name,
        project_code=project.code,
        is_open=access.may_change(project),
        cards=cards,
    )


def consider(work: Work, role_id: int, talent_ids: Iterable[int]) -> int:
    """Put people at the end of the first column; those already on the board stay where they are.

    Returns how many are new. Whoever is gone or must not be seen is left out.

    Raises:
        Conflict: the project is completed, or the board is full.
    """
    access.role(work, role_id, lock=True, is_open=True)
    there = set(work.session.scalars(select(Candidate.talent_id).where(Candidate.role_id == role_id)))
    wanted = [key for key in dict.fromkeys(talent_ids) if key not in there][: AT_MOST + 1]
    new = [face.id for face in faces.faces(work, wanted, locale="en")]
    if len(there) + len(new) > AT_MOST:
        raise Conflict("A board holds at most {count} people.", count=AT_MOST)
    for talent_id in new:
        candidates.add(work, role_id, talent_id, Stage.CONSIDERED)
    if new:
        _note(work, role_id, "considered", talents=new)
    return len(new)


def consider_code(work: Work, role_id: int, scanned: str) -> Face:
    """Put whoever answers to a code on the board.

    Raises:
        NotFound, Conflict: as `scanning.somebody`; or they are on the board already.
    """
    access.role(work, role_id)
    talent = scanning.somebody(work, scanned)
    if not consider(work, role_id, [talent.id or 0]):
        raise Conflict("{name} is on this board already.", name=faces.shown_name(talent))
    return faces.of(work, [talent], locale=work.actor.locale)[0]


def move(
    work: Work,
    candidate_id: int,
    stage: str,
    after: int | None = None,
    reason: str = "",
    *,
    overlap_reason: str = "",
) -> None:
    """Move a card. Moves on one board take turns; each is logged.

    To be booked makes the assignment; to leave the booked ends it.

    Args:
        after: the card that stands above; `TOP` for none; left out for the end of the column.
        reason: why declined (required), or why an assignment ends.
        overlap_reason: why a booking that overlaps with another one is accepted.

    Raises:
        NotFound: no such card, or not of a project of theirs.
        Invalid: no such column, or declined without a reason.
        DoubleBooked: taken elsewhere on the days of the project, and no reason was given.
        Conflict: the project is completed, or somebody has another role on it.
    """
    known = Stage.parse(stage)
    if known is None:
        raise Invalid("There is no such column.", field="stage")
    card, role, project = _card(work, candidate_id, lock=True)
    said = text.line(reason)[:500]
    if known is Stage.DECLINED and card.stage is not Stage.DECLINED and not said:
        raise Invalid("Please say why, so that the team knows later.", field="reason")
    if known is Stage.BOOKED and card.stage is not Stage.BOOKED:
        _book(work, role, project, card.talent_id, overlap_reason)
    elif card.stage is Stage.BOOKED and known is not Stage.BOOKED:
        _release(work, role, card.talent_id, said)
    candidates.shift(work, card, known, after=after, reason=said or card.reason)
    _note(work, role.id or 0, "candidate_moved", candidate=candidate_id, to=known.value)


def dismiss(work: Work, candidate_id: int) -> None:
    """Take a card off the board that was put there by mistake, with its notes.

    Raises:
        Conflict: booked; release first.
    """
    card, role, _ = _card(work, candidate_id, lock=True)
    if card.stage is Stage.BOOKED:
        raise Conflict("This person is booked. Release them first.")
    work.session.delete(card)
    work.session.flush()
    _note(work, role.id or 0, "candidate_dismissed", talent=card.talent_id)


def rate(work: Work, candidate_id: int, rating: int) -> None:
    """Give 1 to 5 stars, or none (0).

    Raises:
        Invalid: another number.
    """
    card, role, _ = _card(work, candidate_id, lock=True)
    if not 0 <= rating <= BEST:
        raise Invalid("A rating has 0 to 5 stars.", field="rating")
    card.rating = rating
    work.session.flush()
    _note(work, role.id or 0, "candidate_rated", candidate=candidate_id, rating=rating)


def _card(work: Work, candidate_id: int, *, lock: bool = False) -> tuple[Candidate, CastingRole, Project]:
    """A card of a board of theirs; with `lock`, as it is now, and nobody else moves on this board meanwhile."""
    work.require(Permission.CASTING)
    role_id = work.session.scalar(select(Candidate.role_id).where(Candidate.id == candidate_id))
    if role_id is None:
        raise NotFound("This person is not on the board any more.")
    role, project = access.role(work, role_id, lock=lock, is_open=lock)
    card = work.session.scalars(select(Candidate).where(Candidate.id == candidate_id)).first()
    if card is None:
        raise NotFound("This person is not on the board any more.")
    return card, role, project


def _book(work: Work, role: CastingRole, project: Project, talent_id: int, overlap_reason: str) -> None:
    """Make the assignment, unless the person has it already."""
    talent = faces.visible(work, talent_id)
    held = access.project(work, project.id or 0, lock=True, is_open=True)
    known = assignments.of_talent(work, held.id or 0, talent_id)
    if known is None or known.removed_at is not None:
        terms = assignments.Terms(role.kind, overlap_reason=text.line(overlap_reason)[:500])
        assignments.book(work, held, role, talent, terms)
        return
    if known.role_id not in (None, role.id):
        other = work.session.get(CastingRole, known.role_id)
        sentence = phrase("{name} is on this project already, as {role}. Change that assignment instead.")
        raise Conflict(sentence, name=faces.shown_name(talent), role=other.name if other else known.code)
    known.role_id = role.id
    work.session.flush()
    live.publish(work, "assignment", held.id or 0)


def _release(work: Work, role: CastingRole, talent_id: int, reason: str) -> None:
    known = assignments.of_talent(work, role.project_id, talent_id)
    if known is not None and known.removed_at is None and known.role_id == role.id:
        assignments.end(work, known, reason)


def _booked(work: Work, role_id: int) -> int:
    counted = select(func.count()).where(Assignment.role_id == role_id, Assignment.removed_at.is_(None))
    return work.session.scalar(counted) or 0


def _cards(work: Work, role: CastingRole, project: Project, locale: str) -> list[Card]:
    order = {stage: place for place, stage in enumerate(Stage)}
    found = list(work.session.scalars(select(Candidate).where(Candidate.role_id == role.id)))
    found.sort(key=lambda card: (order[card.stage], card.place, card.id))
    known = {face.id: face for face in faces.faces(work, [card.talent_id for card in found], locale=locale)}
    days = overlaps.span(project.starts_on, project.ends_on)
    busy = overlaps.busy(work, known, days, but=project.id or 0)
    notes, movers = _notes(work, found), _movers(work, found)
    return [
        _shown(card, known[card.talent_id], notes.get(card.id or 0, 0), movers, busy.get(card.talent_id, []))
        for card in found
        if card.talent_id in known
    ]


def _shown(card: Candidate, face: Face, notes: int, movers: dict[int, str], busy: list[overlaps.Busy]) -> Card:
    return Card(
        id=card.id or 0,
        talent_id=face.id,
        code=face.code,
        name=face.name,
        photo_url=face.photo_url,
        age=face.age,
        is_minor=face.is_minor,
        stage=card.stage.value,
        rating=card.rating,
        notes=notes,
        answer=card.answer.value if card.asked_at or card.answered_at else "",
        reason=card.reason,
        moved_at=card.moved_at,
        moved_by=movers.get(card.moved_by or 0, ""),
        warnings=[Taken(one.project, one.starts_on, one.ends_on, one.is_calendar) for one in busy],
    )


def _notes(work: Work, found: list[Candidate]) -> dict[int, int]:
    keys = [card.id for card in found]
    counted = select(CandidateNote.candidate_id, func.count()).where(CandidateNote.candidate_id.in_(keys))
    return dict(work.session.execute(counted.group_by(CandidateNote.candidate_id)).tuples().all())


def _movers(work: Work, found: list[Candidate]) -> dict[int, str]:
    keys = {card.moved_by for card in found if card.moved_by}
    people = select(User.id, User.name, User.email).where(User.id.in_(keys))
    return {key: name or email for key, name, email in work.session.execute(people)}


def _note(work: Work, role_id: int, action: str, **details: object) -> None:
    audit.activity(work, action, "role", role_id, **details)
    live.publish(work, "role", role_id)
