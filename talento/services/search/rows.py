"""The people of one page of results, small enough to send with every keystroke."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, Text, bindparam, cast, func, select, type_coerce

from talento import clock
from talento.models.accounts import User
from talento.models.talents import Talent, TalentLanguage, TalentSkill
from talento.services.reference import book
from talento.services.work import Work
from talento.vocabulary.visibility import Visibility

SKILLS = 5


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One found person. Slugs and codes stand for what the page has the labels of."""

    id: int
    code: str
    name: str
    photo: str
    """The id of the file; empty when there is none."""
    city: str
    country: str
    """Of residence, ISO 3166-1 alpha-2."""
    age: int | None
    skills: tuple[str, ...]
    """Slugs."""
    languages: tuple[str, ...]
    availability: str
    experience: str
    completeness: int
    is_hidden: bool


def people(work: Work, ids: Sequence[int], locale: str) -> list[PersonRow]:
    """The rows of these people, in this order; whoever has gone in the meantime is left out."""
    found = {row.id: row for row in work.session.connection().execute(_ROWS, {"ids": list(ids)})} if ids else {}
    known, today = book(), work.now.date()
    return [_row(found[person], known, today, locale) for person in ids if person in found]


def _row(row, known, today, locale) -> PersonRow:  # type: ignore[no-untyped-def]
    place = known.cities.get(row.city_id)
    is_listed = place is not None and not place.is_unlisted
    skills = (known.skill_ids.get(int(key)) for key in (row.skills or "").split(",")[:SKILLS] if key)
    name = row.display_name or f"{row.first_name} {row.last_name}"
    return PersonRow(
        id=row.id,
        code=row.code,
        name=name,
        photo=row.photo_id or "",
        city=place.label(locale) if place and is_listed else row.city_typed,
        country=row.residence,
        age=clock.age_on(row.born_on, today) if row.born_on else None,
        skills=tuple(skill.slug for skill in skills if skill),
        languages=tuple((row.languages or "").split(",")) if row.languages else (),
        availability=row.availability or "",
        experience=row.experience or "",
        completeness=row.completeness,
        is_hidden=row.visibility == Visibility.HIDDEN.value or row.suspended_at is not None,
    )


def _listed(table: type, column: object) -> ColumnElement[str]:
    owned = select(func.aggregate_strings(cast(type_coerce(column, String), Text), ","))  # type: ignore[arg-type]
    return owned.where(table.talent_id == Talent.id).scalar_subquery()  # type: ignore[attr-defined]


_ROWS = (
    select(
        Talent.id,
        Talent.code,
        Talent.first_name,
        Talent.last_name,
        Talent.display_name,
        Talent.photo_id,
        Talent.city_id,
        Talent.city_typed,
        Talent.residence,
        Talent.born_on,
        type_coerce(Talent.availability, String).label("availability"),
        type_coerce(Talent.experience, String).label("experience"),
        type_coerce(Talent.visibility, String).label("visibility"),
        Talent.completeness,
        User.suspended_at,
        _listed(TalentSkill, TalentSkill.skill_id).label("skills"),
        _listed(TalentLanguage, TalentLanguage.language).label("languages"),
    )
    .join(User, User.id == Talent.user_id)  # type: ignore[arg-type]
    .where(Talent.id.in_(bindparam("ids", expanding=True)))  # type: ignore[union-attr]
)
