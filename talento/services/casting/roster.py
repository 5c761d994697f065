"""Who is on a project: the people, their codes, their parts and how to reach them, as far as that is permitted."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from talento.models.accounts import User
from talento.models.casting import Assignment, CastingRole
from talento.models.cinema import CinemaTalent
from talento.services import encryption
from talento.services.casting import access
from talento.services.cinema import faces
from talento.services.cinema.faces import Face
from talento.services.work import Work
from talento.vocabulary.permissions import Permission


@dataclass(frozen=True, slots=True)
class Assigned:
    """Somebody on a project. Without days of their own, they are on it for as long as it lasts.

    `phone` and `email` are empty for whoever may not see them, and for everybody under 18. `is_withheld` says that
    nobody may see who it is at present: name and photo are empty then.
    """

    id: int
    number: int
    code: str
    face: Face
    role_id: int
    role_name: str
    kind: str
    description: str
    starts_on: date | None
    ends_on: date | None
    answer: str
    answer_reason: str
    phone: str
    email: str
    overlap_reason: str
    assigned_at: datetime
    assigned_by: str
    mailed_at: datetime | None
    badge_serial: int
    badge_made_at: datetime | None
    is_withheld: bool


def roster(work: Work, project_id: int, *, locale: str = "en") -> list[Assigned]:
    """Everybody on a project, in the order of their numbers. Never an identity number.

    Raises:
        NotFound: no such project, or not theirs.
    """
    access.project(work, project_id)
    rows = work.session.execute(
        select(Assignment, CinemaTalent, User, CastingRole)
        .join(CinemaTalent, CinemaTalent.id == Assignment.talent_id)
        .join(User, User.id == CinemaTalent.user_id)
        .outerjoin(CastingRole, CastingRole.id == Assignment.role_id)
        .where(Assignment.project_id == project_id, Assignment.removed_at.is_(None))
        .order_by(Assignment.number)
    ).all()
    shown = faces.of(work, [talent for _, talent, _, _ in rows], locale=locale)
    names = _names(work, {row.assigned_by for row, *_ in rows})
    return [
        _assigned(work, row, talent, user, role, face, names.get(row.assigned_by or 0, ""))
        for (row, talent, user, role), face in zip(rows, shown, strict=True)
    ]


def _assigned(
    work: Work, row: Assignment, talent: CinemaTalent, user: User, role: CastingRole | None, face: Face, by: str
) -> Assigned:
    is_withheld = faces.is_withheld(talent)
    shows_contact = not face.is_minor and work.actor.can(Permission.CONTACT_DETAILS)
    return Assigned(
        id=row.id or 0,
        number=row.number,
        code=row.code,
        face=replace(face, name="", photo_url="", age=0, place="") if is_withheld else face,
        role_id=role.id or 0 if role else 0,
        role_name=role.name if role else "",
        kind=row.kind.value,
        description=row.description,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        answer=row.answer.value,
        answer_reason=row.answer_reason,
        phone=_phone(talent) if shows_contact else "",
        email=user.email if shows_contact else "",
        overlap_reason=row.overlap_reason,
        assigned_at=row.assigned_at,
        assigned_by=by,
        mailed_at=row.mailed_at,
        badge_serial=row.badge_serial,
        badge_made_at=row.badge_made_at,
        is_withheld=is_withheld,
    )


def _phone(talent: CinemaTalent) -> str:
    sealed = talent.phone_sealed
    return encryption.keyring().open(sealed, "cinema_talent", talent.uid, "phone") if sealed else ""


def _names(work: Work, user_ids: set[int | None]) -> dict[int, str]:
    found = select(User.id, User.name, User.email).where(User.id.in_({key for key in user_ids if key}))
    return {key: name or email for key, name, email in work.session.execute(found)}
