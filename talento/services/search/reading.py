"""Talents read in bulk: whole columns of thousands of people as one text each, which a loop over rows can't match."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Engine,
    Select,
    String,
    Text,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
)

from talento.models.accounts import User
from talento.models.talents import CodeAlias, Talent, TalentLanguage, TalentSkill
from talento.services.search.bitmaps import Ids
from talento.services.search.words import MARK
from talento.vocabulary.visibility import Visibility

CHUNK = 10_000
FEW = 500
BETWEEN = f" {MARK} "

CV, PHOTO, PORTFOLIO, HIDDEN, SUSPENDED, PUBLIC = (1 << place for place in range(6))


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some people, by column, in ascending order of id."""

    ids: Ids
    flags: NDArray[np.uint8]
    city: NDArray[np.int64]
    born: NDArray[np.int64]
    """Birth dates as the number YYYYMMDD; 0 when unknown."""
    completeness: NDArray[np.int64]
    registered: NDArray[np.int64]
    updated: NDArray[np.int64]
    """Instants in whole seconds since 1970."""
    choices: dict[str, list[str]]
    """Slugs and country codes by facet; empty when unknown."""
    codes: list[bytes]
    emails: list[bytes]
    names: str
    """The shown name, then a name behind it if there is one, of each person, with MARK between all of them."""
    bios: str
    """One a person, with MARK between them."""
    skills: tuple[Ids, NDArray[np.int64]]
    languages: tuple[Ids, list[str]]
    aliases: tuple[Ids, list[str]]


CHOICES = {
    "residence": Talent.residence,
    "origin": Talent.origin,
    "gender": Talent.gender,
    "availability": Talent.availability,
    "work_mode": Talent.work_mode,
    "experience": Talent.experience,
}


def everybody(engine: Engine) -> Iterator[Chunk]:
    """All talents; the next chunk is read while the caller works on this one."""
    with _reader(engine) as connection:
        last = connection.execute(select(func.max(Talent.id))).scalar() or 0
    starts = list(range(1, last + 1, CHUNK))
    with ThreadPoolExecutor(1, "search-load") as reader:
        ahead = [reader.submit(_span, engine, start) for start in starts[:1]]
        for place in range(len(starts)):
            chunk = ahead.pop().result()
            if place + 1 < len(starts):
                ahead.append(reader.submit(_span, engine, starts[place + 1]))
            if chunk is not None:
                yield chunk


def some(engine: Engine, ids: Iterable[int]) -> Iterator[Chunk]:
    """These talents, as far as they are still there."""
    ordered = sorted(ids)
    with _reader(engine) as connection:
        for start in range(0, len(ordered), FEW):
            part = ordered[start : start + FEW]
            chunk = _chunk(
                connection,
                Talent.id.in_(part),  # type: ignore[union-attr]
                TalentSkill.talent_id.in_(part),  # type: ignore[attr-defined]
                TalentLanguage.talent_id.in_(part),  # type: ignore[attr-defined]
                CodeAlias.talent_id.in_(part),  # type: ignore[attr-defined]
            )
            if chunk is not None:
                yield chunk


def _reader(engine: Engine) -> Connection:
    return engine.execution_options(writes=False).connect()


def _span(engine: Engine, start: int) -> Chunk | None:
    span = (start, start + CHUNK - 1)
    with _reader(engine) as connection:
        return _chunk(
            connection,
            Talent.id.between(*span),  # type: ignore[union-attr]
            TalentSkill.talent_id.between(*span),  # type: ignore[attr-defined]
            TalentLanguage.talent_id.between(*span),  # type: ignore[attr-defined]
            CodeAlias.talent_id.between(*span),  # type: ignore[attr-defined]
        )


def _chunk(
    connection: Connection,
    who: ColumnElement[bool],
    whose_skills: ColumnElement[bool],
    whose_languages: ColumnElement[bool],
    whose_aliases: ColumnElement[bool],
) -> Chunk | None:
    """Everything about the people that the conditions name; None when there is nobody."""
    row = connection.execute(_people(connection.dialect.name, who)).one()
    if row.ids is None:
        return None
    found = Chunk(
        ids=_numbers(row.ids).astype(np.uint32),
        flags=_numbers(row.flags).astype(np.uint8),
        city=_numbers(row.city),
        born=_numbers(row.born),
        completeness=_numbers(row.completeness),
        registered=_numbers(row.registered),
        updated=_numbers(row.updated),
        choices={name: getattr(row, name).split(",") for name in CHOICES},
        codes=row.codes.encode().split(b","),
        emails=row.emails.encode("utf-8", "surrogatepass").split(BETWEEN.encode()),
        names=row.names,
        bios=row.bios,
        skills=_pairs_of_numbers(connection, TalentSkill.talent_id, TalentSkill.skill_id, whose_skills),
        languages=_pairs(connection, TalentLanguage.talent_id, TalentLanguage.language, whose_languages),
        aliases=_pairs(connection, CodeAlias.talent_id, CodeAlias.code, whose_aliases),
    )
    return found if bool(np.all(found.ids[1:] > found.ids[:-1])) else _arranged(found)


def _people(dialect: str, who: ColumnElement[bool]) -> Select:
    hidden = Talent.visibility == Visibility.HIDDEN
    flags = (
        _flag(Talent.cv_id.is_not(None), CV)  # type: ignore[union-attr]
        + _flag(Talent.photo_id.is_not(None), PHOTO)  # type: ignore[union-attr]
        + _flag(Talent.portfolio_url != "", PORTFOLIO)
        + _flag(hidden, HIDDEN)
        + _flag(User.suspended_at.is_not(None), SUSPENDED)  # type: ignore[union-attr]
        + _flag(Talent.visibility == Visibility.PUBLIC, PUBLIC)
    )
    full = Talent.first_name + " " + Talent.last_name
    shown = case((Talent.display_name != "", Talent.display_name), else_=full)
    behind = case((Talent.display_name != "", full), else_="")
    return (
        select(
            _joined(Talent.id).label("ids"),
            _joined(flags).label("flags"),
            _joined(Talent.city_id).label("city"),
            _joined(_day(dialect, Talent.born_on)).label("born"),
            _joined(Talent.completeness).label("completeness"),
            _joined(_seconds(dialect, Talent.registered_at)).label("registered"),
            _joined(_seconds(dialect, Talent.updated_at)).label("updated"),
            *(_joined(func.coalesce(type_coerce(column, String), "")).label(name) for name, column in CHOICES.items()),
            _joined(Talent.code).label("codes"),
            _joined(_clean(User.email), BETWEEN).label("emails"),
            _joined(_clean(shown) + BETWEEN + _clean(behind), BETWEEN).label("names"),
            _joined(_clean(Talent.bio), BETWEEN).label("bios"),
        )
        .join_from(Talent, User, User.id == Talent.user_id)  # type: ignore[arg-type]
        .where(who)
    )


def _joined(column: object, separator: str = ",") -> ColumnElement[str]:
    text = column if isinstance(column, ColumnElement) and isinstance(column.type, Text) else cast(column, Text)  # type: ignore[arg-type]
    return func.aggregate_strings(text, separator)


def _clean(column: object) -> ColumnElement[str]:
    """A text that can't contain MARK."""
    return func.replace(type_coerce(column, Text), MARK, " ", type_=Text)


def _flag(condition: ColumnElement[bool] | bool, value: int) -> ColumnElement[int]:
    return case((condition, literal(value)), else_=literal(0))  # type: ignore[arg-type]


def _day(dialect: str, column: object) -> ColumnElement[str]:
    if dialect == "postgresql":
        return func.coalesce(func.to_char(type_coerce(column, Date), "YYYYMMDD"), "0", type_=Text)
    return func.coalesce(func.replace(type_coerce(column, Text), "-", ""), "0", type_=Text)


def _seconds(dialect: str, column: object) -> ColumnElement[str]:
    if dialect == "postgresql":
        return cast(func.floor(func.extract("epoch", column)), Text)
    return cast(func.strftime("%s", column), Text)


def _numbers(text: str) -> NDArray[np.int64]:
    return np.fromstring(text, dtype=np.int64, sep=",")


def _pairs(connection: Connection, owner: object, column: object, whose: ColumnElement[bool]) -> tuple[Ids, list[str]]:
    query = select(_joined(owner).label("owners"), _joined(type_coerce(column, String)).label("ones")).where(whose)
    row = connection.execute(query).one()
    if row.owners is None:
        return np.empty(0, np.uint32), []
    return _numbers(row.owners).astype(np.uint32), row.ones.split(",")


def _pairs_of_numbers(
    connection: Connection, owner: object, column: object, whose: ColumnElement[bool]
) -> tuple[Ids, NDArray[np.int64]]:
    row = connection.execute(select(_joined(owner).label("owners"), _joined(column).label("ones")).where(whose)).one()
    if row.owners is None:
        return np.empty(0, np.uint32), np.empty(0, np.int64)
    return _numbers(row.owners).astype(np.uint32), _numbers(row.ones)


def _arranged(chunk: Chunk) -> Chunk:
    """The chunk in ascending order of id; databases may hand rows over in any order."""
    order = np.argsort(chunk.ids)
    places = order.tolist()
    names = chunk.names.split(BETWEEN)
    bios = chunk.bios.split(BETWEEN)
    return Chunk(
        ids=chunk.ids[order],
        flags=chunk.flags[order],
        city=chunk.city[order],
        born=chunk.born[order],
        completeness=chunk.completeness[order],
        registered=chunk.registered[order],
        updated=chunk.updated[order],
        choices={name: [values[place] for place in places] for name, values in chunk.choices.items()},
        codes=[chunk.codes[place] for place in places],
        emails=[chunk.emails[place] for place in places],
        names=BETWEEN.join(BETWEEN.join(names[2 * place : 2 * place + 2]) for place in places),
        bios=BETWEEN.join(bios[place] for place in places),
        skills=chunk.skills,
        languages=chunk.languages,
        aliases=chunk.aliases,
    )
