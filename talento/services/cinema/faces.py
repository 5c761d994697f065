"""A cinema talent at a glance: what boards, sheets, lists and search results show of a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from talento import clock
from talento.errors import Forbidden, NotFound
from talento.models.accounts import User
from talento.models.cinema import CinemaAlias, CinemaChoice, CinemaTalent
from talento.services import codes
from talento.services.cinema import minors
from talento.services.reference import book
from talento.services.work import Work
from talento.vocabulary.casting import TalentType
from talento.vocabulary.people import ADULT
from talento.vocabulary.permissions import Permission
from talento.vocabulary.visibility import Visibility


@dataclass(frozen=True, slots=True)
class Face:
    """Who it is. `kinds` are slugs of `TalentType`, `gender` one of `Gender`."""

    id: int
    code: str
    name: str
    photo_url: str
    age: int
    gender: str
    kinds: list[str]
    place: str
    is_minor: bool


def faces(work: Work, ids: Iterable[int], *, locale: str) -> list[Face]:
    """These people in the order of `ids`; whoever is gone or must not be seen is left out."""
    _require(work)
    wanted = list(dict.fromkeys(ids))
    found = {
        talent.id or 0: talent
        for start in range(0, len(wanted), 500)
        for talent in work.session.scalars(
            select(CinemaTalent)
            .join(User, User.id == CinemaTalent.user_id)
            .where(CinemaTalent.id.in_(wanted[start : start + 500]), User.suspended_at.is_(None), seen(work.now.date()))
        )
    }
    return of(work, [found[one] for one in wanted if one in found], locale=locale)


def of(work: Work, talents: list[CinemaTalent], *, locale: str) -> list[Face]:
    """These rows as faces; the caller has settled who may see them. A child's photo is for those who may see it."""
    kinds = _kinds(work, [talent.id or 0 for talent in talents])
    children = {talent.id or 0 for talent in talents if is_minor(talent)}
    faceless = children - minors.shown(work, children)
    return [face(one, kinds.get(one.id or 0, []), locale, one.id not in faceless) for one in talents]


def face(talent: CinemaTalent, kinds: list[str], locale: str, shows_photo: bool = True) -> Face:
    """One row as a face."""
    place = book().cities[talent.city_id]
    city = talent.city_typed if place.is_unlisted and talent.city_typed else place.label(locale)
    return Face(
        id=talent.id or 0,
        code=talent.code,
        name=shown_name(talent),
        photo_url=f"/files/{talent.photo_id}" if talent.photo_id and shows_photo else "",
        age=clock.age_on(talent.born_on, clock.today()),
        gender=talent.gender.value,
        kinds=kinds,
        place=f"{city}, {book().countries[talent.residence].label(locale)}",
        is_minor=is_minor(talent),
    )


def shown_name(talent: CinemaTalent) -> str:
    """The stage name, else first and last name."""
    return talent.stage_name or f"{talent.first_name} {talent.last_name}".strip()


def is_minor(talent: CinemaTalent) -> bool:
    """Whether somebody is under 18 today."""
    return clock.age_on(talent.born_on, clock.today()) < ADULT


def seen(today: date) -> ColumnElement[bool]:
    """Whom a casting team may see: not hidden, and of age or with a guardian's consent (`GD-07`)."""
    return and_(CinemaTalent.visibility != Visibility.HIDDEN, consented(today))


def consented(today: date) -> ColumnElement[bool]:
    """Who is of age, or has a guardian's consent that was not taken back (`GD-07`)."""
    return or_(CinemaTalent.born_on <= eighteen_years_before(today), CinemaTalent.guardian_consented_at.is_not(None))


def is_withheld(talent: CinemaTalent) -> bool:
    """Whether somebody under 18 is without a guardian's consent: papers, desks and lists then name nobody."""
    return is_minor(talent) and talent.guardian_consented_at is None


def eighteen_years_before(today: date) -> date:
    """The last birth date of those who are of age; 29 February counts as 28 February of common years."""
    try:
        return today.replace(year=today.year - ADULT)
    except ValueError:
        return today.replace(year=today.year - ADULT, day=28)


def by_code(work: Work, scanned: str) -> CinemaTalent | None:
    """Whoever answers to a cinema code in any form: printed, typed, aliased, or the address of our QR (decision 6)."""
    code = codes.normalize(scanned)
    if not 4 <= len(code) <= 20:
        return None
    found = work.session.scalars(select(CinemaTalent).where(CinemaTalent.code == code)).first()
    if found is None and (alias := work.session.get(CinemaAlias, code)):
        found = work.session.get(CinemaTalent, alias.talent_id)
    return found


def visible(work: Work, talent_id: int) -> CinemaTalent:
    """The row of somebody a casting team may see.

    Raises:
        NotFound: unknown, hidden, suspended, or under 18 without a guardian's consent.
    """
    _require(work)
    found = work.session.scalars(
        select(CinemaTalent)
        .join(User, User.id == CinemaTalent.user_id)
        .where(CinemaTalent.id == talent_id, User.suspended_at.is_(None), seen(work.now.date()))
    ).first()
    if found is None:
        raise NotFound("This person is no longer here.")
    return found


def _kinds(work: Work, ids: list[int]) -> dict[int, list[str]]:
    order = {kind.value: place for place, kind in enumerate(TalentType)}
    kinds: dict[int, list[str]] = {}
    for start in range(0, len(ids), 500):
        rows = work.session.execute(
            select(CinemaChoice.talent_id, CinemaChoice.value).where(
                CinemaChoice.fact == "kinds", CinemaChoice.talent_id.in_(ids[start : start + 500])
            )
        )
        for owner, kind in rows:
            kinds.setdefault(owner, []).append(kind)
    return {owner: sorted(found, key=lambda kind: order.get(kind, 99)) for owner, found in kinds.items()}


def _require(work: Work) -> None:
    if not work.actor.can(Permission.SEE_SHEET):
        work.require(Permission.CASTING)
        raise Forbidden("You are not allowed to do this.")
