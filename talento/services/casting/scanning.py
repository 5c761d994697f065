"""Whom a scanned or typed text means: any code of a person, whatever its form (decision 6)."""

from sqlalchemy import select

from talento.errors import Conflict, NotFound
from talento.models.casting import Assignment
from talento.models.cinema import CinemaTalent
from talento.services import codes
from talento.services.cinema import faces
from talento.services.talents import profile
from talento.services.work import Work


def somebody(work: Work, scanned: str) -> CinemaTalent:
    """The cinema talent behind a cinema code, a talent code, an assignment code, an alias, or the address of a QR.

    Raises:
        NotFound: nobody, or nobody who may be seen.
        Conflict: under 18, and no guardian has consented.
    """
    found = known(work, scanned)
    if found is None:
        raise NotFound("Nobody on the casting roster answers to this code.", field="scanned")
    if faces.is_minor(found) and found.guardian_consented_at is None:
        raise Conflict("This person is under 18, and no guardian has consented yet.", field="scanned")
    return faces.visible(work, found.id or 0)


def known(work: Work, scanned: str) -> CinemaTalent | None:
    """The same, whoever may see them; for the desk of a project that they are on."""
    return faces.by_code(work, scanned) or _by_talent_code(work, scanned) or _by_assignment(work, scanned)


def _by_talent_code(work: Work, scanned: str) -> CinemaTalent | None:
    talent = profile.by_code(work, scanned)
    if talent is None:
        return None
    return work.session.scalars(select(CinemaTalent).where(CinemaTalent.user_id == talent.user_id)).first()


def _by_assignment(work: Work, scanned: str) -> CinemaTalent | None:
    readings = codes.assignment_readings(scanned[: codes.LONGEST])
    owner = select(Assignment.talent_id).where(Assignment.code.in_(readings))
    found = list(work.session.scalars(select(CinemaTalent).where(CinemaTalent.id.in_(owner)))) if readings else []
    return found[0] if len(found) == 1 else None
