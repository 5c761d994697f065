"""People read in bulk: whole columns of thousands of them as one text each, which a loop over rows can't match."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

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
from talento.services.search.bitmaps import Ids
from talento.services.search.words import MARK
from talento.vocabulary.visibility import Visibility

CHUNK = 10_000
FEW = 500
BETWEEN = f" {MARK} "

HIDDEN, SUSPENDED, UNCONSENTED = 1 << 13, 1 << 14, 1 << 15
"""Flags that keep somebody from being found; the last one only until they are of age."""

Within = Callable[[Any], ColumnElement[bool]]
"""Makes, of the column that holds somebody's id, the condition that it is one of those who are read."""


@dataclass(frozen=True, slots=True)
class Many:
    """A property of which somebody has several values, one row each; the values are numbers or texts."""

    owner: Any
    value: Any
    where: ColumnElement[bool] | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where the people of a roster are, and what of them is searched.

    `table` has the columns that all rosters share: names, code, biography, city, birth date, visibility, instants.
    """

    table: Any
    shown: Any
    """The column of the name that is shown, when it is not empty, instead of first and last name."""
    aliases: Any
    """The table of older codes."""
    choices: Mapping[str, Any]
    """Columns with one of a few values, by facet."""
    many: Mapping[str, Many]
    flags: Mapping[str, ColumnElement[bool]]
    """What somebody has or has not, by facet; at most 13."""
    numbers: Mapping[str, Any] = field(default_factory=dict)
    """Columns of amounts above zero, by name."""
    also: tuple[Any, ...] = ()
    """Columns whose words count like those of the biography."""
    texts: tuple[tuple[Any, Any], ...] = ()
    """The same for texts in tables of their own: columns of owner and text."""
    spans: tuple[Any, Any, Any] | None = None
    """Stretches of days in a table of their own: columns of owner, first and last day."""
    unconsented: ColumnElement[bool] | None = None
    """Who must not be found before they are of age."""
    opened: Callable[[Connection, Within], dict[str, tuple[Ids, list[str]]]] | None = None
    """Reads properties of several values that no database can group, because they are sealed."""

    @property
    def bits(self) -> dict[str, int]:
        """The flag of each facet."""
        return {name: 1 << place for place, name in enumerate(self.flags)}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some people, by column, in ascending order of id."""

    ids: Ids
    flags: NDArray[np.uint16]
    city: NDArray[np.int64]
    born: NDArray[np.int64]
    """Birth dates as the number YYYYMMDD; 0 when unknown."""
    completeness: NDArray[np.int64]
    registered: NDArray[np.int64]
    updated: NDArray[np.int64]
    """Instants in whole seconds since 1970."""
    choices: dict[str, list[str]]
    """Slugs and country codes by facet; empty when unknown."""
    numbers: dict[str, NDArray[np.int64]]
    """Amounts by name; 0 when unknown."""
    codes: list[bytes]
    emails: list[bytes]
    names: str
    """The shown name, then a name behind it if there is one, of each person, with MARK between all of them."""
    bios: str
    """One a person, with MARK between them."""
    texts: list[tuple[Ids, str]]
    """More of what people wrote: the owners, ascending, and their texts with MARK between them."""
    many: dict[str, tuple[Ids, NDArray[np.int64] | list[str]]]
    aliases: tuple[Ids, list[str]]
    spans: tuple[Ids, NDArray[np.int64], NDArray[np.int64]] | None
    """Owners, and first and last days as the number YYYYMMDD."""


def everybody(engine: Engine, source: Source) -> Iterator[Chunk]:
    """All people of a roster; the next chunk is read while the caller works on this one."""
    with _reader(engine) as connection:
        last = connection.execute(select(func.max(source.table.id))).scalar() or 0
    starts = list(range(1, last + 1, CHUNK))
    with ThreadPoolExecutor(1, "search-load") as reader:
        ahead = [reader.submit(_span, engine, source, start) for start in starts[:1]]
        for place in range(len(starts)):
            chunk = ahead.pop().result()
            if place + 1 < len(starts):
                ahead.append(reader.submit(_span, engine, source, starts[place + 1]))
            if chunk is not None:
                yield chunk


def some(engine: Engine, source: Source, ids: Iterable[int]) -> Iterator[Chunk]:
    """These people, as far as they are still there."""
    ordered = sorted(ids)
    with _reader(engine) as connection:
        for start in range(0, len(ordered), FEW):
            part = ordered[start : start + FEW]
            chunk = _chunk(connection, source, lambda owner, part=part: owner.in_(part))  # type: ignore[misc]
            if chunk is not None:
                yield chunk


def _reader(engine: Engine) -> Connection:
    return engine.execution_options(writes=False).connect()


def _span(engine: Engine, source: Source, start: int) -> Chunk | None:
    with _reader(engine) as connection:
        return _chunk(connection, source, lambda owner: owner.between(start, start + CHUNK - 1))


def _chunk(connection: Connection, source: Source, within: Within) -> Chunk | None:
    """Everything about the people within a condition; None when there is nobody."""
    dialect = connection.dialect.name
    row = connection.execute(_people(dialect, source, within)).one()
    if row.ids is None:
        return None
    many = {name: _values(connection, many, within) for name, many in source.many.items()}
    aliases = Many(source.aliases.talent_id, source.aliases.code)
    found = Chunk(
        ids=_numbers(row.ids).astype(np.uint32),
        flags=_numbers(row.flags).astype(np.uint16),
        city=_numbers(row.city),
        born=_numbers(row.born),
        completeness=_numbers(row.completeness),
        registered=_numbers(row.registered),
        updated=_numbers(row.updated),
        choices={name: getattr(row, name).split(",") for name in source.choices},
        numbers={name: _numbers(getattr(row, name)) for name in source.numbers},
        codes=row.codes.encode().split(b","),
        emails=row.emails.encode("utf-8", "surrogatepass").split(BETWEEN.encode()),
        names=row.names,
        bios=row.bios,
        texts=[_texts(connection, owner, text, within) for owner, text in source.texts],
        many=many | (source.opened(connection, within) if source.opened else {}),
        aliases=_values(connection, aliases, within),  # type: ignore[arg-type]
        spans=_days(connection, dialect, source, within),
    )
    return found if bool(np.all(found.ids[1:] > found.ids[:-1])) else _arranged(found)


def _people(dialect: str, source: Source, within: Within) -> Select:
    table = source.table
    flags: ColumnElement[int] = (
        _flag(table.visibility == Visibility.HIDDEN, HIDDEN) + _flag(User.suspended_at.is_not(None), SUSPENDED)  # type: ignore[union-attr]
    )
    if source.unconsented is not None:
        flags = flags + _flag(source.unconsented, UNCONSENTED)
    for name, condition in source.flags.items():
        flags = flags + _flag(condition, source.bits[name])
    full = table.first_name + " " + table.last_name
    shown = case((source.shown != "", source.shown), else_=full)
    behind = case((source.shown != "", full), else_="")
    bio = table.bio
    for column in source.also:
        bio = bio + " " + column
    return (
        select(
            _joined(table.id).label("ids"),
            _joined(flags).label("flags"),
            _joined(table.city_id).label("city"),
            _joined(_day(dialect, table.born_on)).label("born"),
            _joined(table.completeness).label("completeness"),
            _joined(_seconds(dialect, table.registered_at)).label("registered"),
            _joined(_seconds(dialect, table.updated_at)).label("updated"),
            *(_joined(func.coalesce(type_coerce(one, String), "")).label(name) for name, one in source.choices.items()),
            *(_joined(func.coalesce(one, 0)).label(name) for name, one in source.numbers.items()),
            _joined(table.code).label("codes"),
            _joined(_clean(User.email), BETWEEN).label("emails"),
            _joined(_clean(shown) + BETWEEN + _clean(behind), BETWEEN).label("names"),
            _joined(_clean(bio), BETWEEN).label("bios"),
        )
        .join_from(table, User, User.id == table.user_id)
        .where(within(table.id))
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


def _values(connection: Connection, many: Many, within: Within) -> tuple[Ids, NDArray[np.int64] | list[str]]:
    value = many.value if many.is_number else type_coerce(many.value, String)
    query = select(_joined(many.owner).label("owners"), _joined(value).label("ones")).where(within(many.owner))
    row = connection.execute(query if many.where is None else query.where(many.where)).one()
    if row.owners is None:
        return np.empty(0, np.uint32), np.empty(0, np.int64) if many.is_number else []
    return _numbers(row.owners).astype(np.uint32), _numbers(row.ones) if many.is_number else row.ones.split(",")


def _texts(connection: Connection, owner: Any, text: Any, within: Within) -> tuple[Ids, str]:
    query = select(_joined(owner).label("owners"), _joined(_clean(text), BETWEEN).label("texts")).where(within(owner))
    row = connection.execute(query).one()
    if row.owners is None:
        return np.empty(0, np.uint32), ""
    owners = _numbers(row.owners).astype(np.uint32)
    if bool(np.all(owners[1:] >= owners[:-1])):
        return owners, row.texts
    order, texts = np.argsort(owners, kind="stable"), row.texts.split(BETWEEN)
    return owners[order], BETWEEN.join(texts[place] for place in order.tolist())


def _days(
    connection: Connection, dialect: str, source: Source, within: Within
) -> tuple[Ids, NDArray[np.int64], NDArray[np.int64]] | None:
    if source.spans is None:
        return None
    owner, first, last = source.spans
    row = connection.execute(
        select(
            _joined(owner).label("owners"),
            _joined(_day(dialect, first)).label("first"),
            _joined(_day(dialect, last)).label("last"),
        ).where(within(owner))
    ).one()
    if row.owners is None:
        return np.empty(0, np.uint32), np.empty(0, np.int64), np.empty(0, np.int64)
    return _numbers(row.owners).astype(np.uint32), _numbers(row.first), _numbers(row.last)


def _arranged(chunk: Chunk) -> Chunk:
    """The chunk in ascending order of id; databases may hand rows over in any order."""
    order = np.argsort(chunk.ids)
    places = order.tolist()
    names = chunk.names.split(BETWEEN)
    bios = chunk.bios.split(BETWEEN)
    columns = ("ids", "flags", "city", "born", "completeness", "registered", "updated")
    return replace(
        chunk,
        **{name: getattr(chunk, name)[order] for name in columns},
        choices={name: [values[place] for place in places] for name, values in chunk.choices.items()},
        numbers={name: values[order] for name, values in chunk.numbers.items()},
        codes=[chunk.codes[place] for place in places],
        emails=[chunk.emails[place] for place in places],
        names=BETWEEN.join(BETWEEN.join(names[2 * place : 2 * place + 2]) for place in places),
        bios=BETWEEN.join(bios[place] for place in places),
    )
