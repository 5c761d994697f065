"""Whom somebody means while typing a name or a code, to put them on a project or on a board."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from talento.models.casting import Assignment, Candidate
from talento.services import text
from talento.services.casting import access, scanning
from talento.services.cinema import faces, search
from talento.services.cinema.faces import Face
from talento.services.work import Work

AT_MOST = 8
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who may be meant; `is_there` says that they are on the project, or the board, already."""

    id: int
    code: str
    name: str
    photo_url: str
    age: int
    place: str
    is_there: bool


def for_project(work: Work, project_id: int, said: str) -> list[Suggestion]:
    """People who answer to a name or the beginning of a code, for a project of theirs."""
    access.project(work, project_id)
    return _people(work, said, _assigned(project_id))


def for_board(work: Work, role_id: int, said: str) -> list[Suggestion]:
    """The same for a board."""
    access.role(work, role_id)
    return _people(work, said, select(Candidate.talent_id).where(Candidate.role_id == role_id))


def by_code(work: Work, project_id: int, scanned: str) -> Suggestion:
    """Whoever answers to a whole code in any form.

    Raises:
        NotFound, Conflict: as `scanning.somebody`.
    """
    access.project(work, project_id)
    talent = scanning.somebody(work, scanned)
    return _suggested(
        faces.of(work, [talent], locale=work.actor.locale)[0], set(work.session.scalars(_assigned(project_id)))
    )


def _assigned(project_id: int) -> Select[tuple[int]]:
    return select(Assignment.talent_id).where(Assignment.project_id == project_id, Assignment.removed_at.is_(None))


def _people(work: Work, said: str, there: Select[tuple[int]]) -> list[Suggestion]:
    """Whom the casting search finds first."""
    wanted = text.line(said)[:LONGEST]
    if not wanted:
        return []
    found = search.find(work, search.CinemaQuery(text=wanted), work.actor.locale).found.rows
    shown = faces.faces(work, [row.id for row in found[:AT_MOST]], locale=work.actor.locale)
    known = set(work.session.scalars(there))
    return [_suggested(face, known) for face in shown]


def _suggested(face: Face, known: set[int]) -> Suggestion:
    return Suggestion(face.id, face.code, face.name, face.photo_url, face.age, face.place, face.id in known)
