"""The cards of a board: where each stands in its column. Callers hold the role's row, so that moves take turns."""

from sqlalchemy import func, select

from talento.models.casting import Candidate, CandidateMove
from talento.services.work import Work
from talento.vocabulary.casting import Stage

GAP = 1024
FARTHEST = 2**30
TOP = 0
"""Given as `after`: nobody stands above."""


def find(work: Work, role_id: int, talent_id: int) -> Candidate | None:
    """Somebody's card on a board."""
    found = select(Candidate).where(Candidate.role_id == role_id, Candidate.talent_id == talent_id)
    return work.session.scalars(found.execution_options(populate_existing=True)).first()


def add(work: Work, role_id: int, talent_id: int, stage: Stage) -> Candidate:
    """Put somebody at the end of a column."""
    place = _end(work, role_id, stage)
    made = Candidate(
        role_id=role_id,
        talent_id=talent_id,
        stage=stage,
        place=place,
        added_at=work.now,
        moved_at=work.now,
        moved_by=work.actor.user_id,
    )
    work.session.add(made)
    work.session.flush()
    _log(work, made, None, "")
    return made


def shift(work: Work, card: Candidate, stage: Stage, *, after: int | None = None, reason: str = "") -> None:
    """Move a card below another one of the column, to its top (`TOP`), or to its end (None, or a card that left)."""
    before = card.stage
    card.place = _place(work, card, stage, after)
    card.stage = stage
    card.reason = reason if stage in (Stage.DECLINED, Stage.RELEASED) else ""
    card.moved_at, card.moved_by = work.now, work.actor.user_id
    work.session.flush()
    _log(work, card, before, reason)


def _log(work: Work, card: Candidate, before: Stage | None, reason: str) -> None:
    work.insert(
        CandidateMove,
        candidate_id=card.id,
        from_stage=before,
        to_stage=card.stage,
        at=work.now,
        user_id=work.actor.user_id,
        reason=reason,
    )


def _end(work: Work, role_id: int, stage: Stage) -> int:
    last = select(func.max(Candidate.place)).where(Candidate.role_id == role_id, Candidate.stage == stage)
    return (work.session.scalar(last) or 0) + GAP


def _place(work: Work, card: Candidate, stage: Stage, after: int | None) -> int:
    """A free place; the column is numbered anew when there is none left between two cards."""
    others = _column(work, card, stage)
    at = _index(others, after)
    above = others[at - 1][1] if at else None
    below = others[at][1] if at < len(others) else None
    place = _between(above, below)
    if place is None or abs(place) > FARTHEST:
        for index, (key, _) in enumerate(others):
            work.get(Candidate, key).place = (index + (index >= at)) * GAP
        place = at * GAP
    return place


def _column(work: Work, card: Candidate, stage: Stage) -> list[tuple[int, int]]:
    """Key and place of the other cards of a column, from the top."""
    found = (
        select(Candidate.id, Candidate.place)
        .where(Candidate.role_id == card.role_id, Candidate.stage == stage, Candidate.id != card.id)
        .order_by(Candidate.place, Candidate.id)
    )
    return [(key, place) for key, place in work.session.execute(found)]


def _index(others: list[tuple[int, int]], after: int | None) -> int:
    if after == TOP:
        return 0
    keys = [key for key, _ in others]
    return keys.index(after) + 1 if after in keys else len(keys)


def _between(above: int | None, below: int | None) -> int | None:
    if above is None and below is None:
        return GAP
    if below is None:
        return (above or 0) + GAP
    if above is None:
        return below - GAP
    return (above + below) // 2 if below - above > 1 else None
