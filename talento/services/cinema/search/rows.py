"""The faces of one page of results, small enough to send with every keystroke."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, Text, bindparam, cast, func, select, type_coerce

from talento import clock
from talento.models.cinema import CinemaChoice, CinemaTalent
from talento.services.cinema import minors
from talento.services.reference import book
from talento.services.work import Work
from talento.vocabulary.casting import TalentType
from talento.vocabulary.people import ADULT


@dataclass(frozen=True, slots=True)
class FaceRow:
    """One found cinema talent. Slugs and codes stand for what the page has the labels of."""

    id: int
    code: str
    name: str
    photo: str
    """The id of the file; empty when there is none, or none for this reader."""
    age: int
    plays: str
    """The ages they play, as `25-35`; empty when they told none."""
    city: str
    country: str
    """Of residence, ISO 3166-1 alpha-2."""
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    height: int
    """In centimeters; 0 when unknown."""
    experience: str
    is_minor: bool


def faces(work: Work, ids: Sequence[int], locale: str) -> list[FaceRow]:
    """The rows of these people, in this order; whoever has gone in the meantime is left out."""
    found = {row.id: row for row in work.session.connection().execute(_ROWS, {"ids": list(ids)})} if ids else {}
    known, today = book(), work.now.date()
    ages = {key: clock.age_on(row.born_on, today) for key, row in found.items()}
    children = {key for key, age in ages.items() if age < ADULT}
    faceless = children - minors.shown(work, children)
    return [_row(found[key], known, ages[key], locale, key not in faceless) for key in ids if key in found]


def _row(row: Any, known: Any, age: int, locale: str, shows_photo: bool) -> FaceRow:
    place = known.cities.get(row.city_id)
    is_listed = place is not None and not place.is_unlisted
    chosen = [one.partition(":") for one in (row.chosen or "").split(",")]
    kinds = {value for fact, _, value in chosen if fact == "kinds"}
    return FaceRow(
        id=row.id,
        code=row.code,
        name=row.stage_name or f"{row.first_name} {row.last_name}".strip(),
        photo=row.photo_id if row.photo_id and shows_photo else "",
        age=age,
        plays=_span(row.playing_age_min, row.playing_age_max),
        city=place.label(locale) if place and is_listed else row.city_typed,
        country=row.residence,
        kinds=tuple(kind.value for kind in TalentType if kind.value in kinds),
        languages=tuple(sorted(value for fact, _, value in chosen if fact == "languages")),
        height=row.height or 0,
        experience=row.experience or "",
        is_minor=age < ADULT,
    )


def _span(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return ""
    return f"{'' if low is None else low}-{'' if high is None else high}"


_PAIR: Any = CinemaChoice.fact
_CHOSEN = (
    select(func.aggregate_strings(cast(_PAIR + ":" + CinemaChoice.value, Text), ","))
    .where(CinemaChoice.talent_id == CinemaTalent.id, CinemaChoice.fact.in_(("kinds", "languages")))  # type: ignore[attr-defined]
    .scalar_subquery()
)

_COLUMNS: tuple[Any, ...] = (
    CinemaTalent.id,
    CinemaTalent.code,
    CinemaTalent.first_name,
    CinemaTalent.last_name,
    CinemaTalent.stage_name,
    CinemaTalent.photo_id,
    CinemaTalent.born_on,
    CinemaTalent.playing_age_min,
    CinemaTalent.playing_age_max,
    CinemaTalent.city_id,
    CinemaTalent.city_typed,
    CinemaTalent.residence,
    CinemaTalent.height,
    type_coerce(CinemaTalent.experience, String).label("experience"),
    _CHOSEN.label("chosen"),
)
_ROWS: Select = select(*_COLUMNS).where(CinemaTalent.id.in_(bindparam("ids", expanding=True)))  # type: ignore[union-attr]
