"""Key rotation: every sealed value moves to the active key; interrupted, it goes on where it stopped (`EN-06`)."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Table, select, update
from sqlmodel import SQLModel

from talento.models.accounts import Factor, RecoveryCode
from talento.models.cinema import CinemaLink, CinemaTalent
from talento.models.drafts import Draft
from talento.models.files import StoredFile
from talento.models.operations import AppSettings, OutgoingMail
from talento.models.talents import SocialLink, Talent
from talento.services import encryption
from talento.services.cinema import rows as cinema
from talento.services.rows import Rows
from talento.services.talents import rows as talents
from talento.services.work import SYSTEM, Work, run

BATCH = 200
SEALED: dict[type[SQLModel], tuple[str, ...]] = {
    Talent: tuple(f"{name}_sealed" for name in talents.ROWS.sealed),
    SocialLink: ("url_sealed",),
    CinemaTalent: tuple(f"{name}_sealed" for name in cinema.ROWS.sealed),
    CinemaLink: ("url_sealed",),
    Draft: ("data",),
    OutgoingMail: ("secret",),
    StoredFile: ("key",),
    AppSettings: ("value",),
    Factor: ("secret",),
    RecoveryCode: ("hash",),
}
PEOPLE: dict[type[SQLModel], Rows] = {Talent: talents.ROWS, CinemaTalent: cinema.ROWS}


def rotate(progress: Callable[[str, int], None] = lambda table, done: None) -> int:
    """Seal everything again with the active key and renew the blind indexes; returns how many rows changed.

    Each batch is a transaction: a row is either wholly old or wholly new, and old keys still read what is old.
    """
    total = 0
    for table, columns in SEALED.items():
        for keys in list(_batches(table)):
            total += run(SYSTEM, _reseal, table, columns, keys)
            progress(str(table.__tablename__), total)
    return total


def left() -> dict[str, int]:
    """How many values each key still seals; a key that is not listed can be dropped from ENCRYPTION_KEY."""
    counts: dict[str, int] = {}
    for table, columns in SEALED.items():
        for row in run(SYSTEM, _all, table, columns):
            for sealed in row:
                if key := encryption.key_id(sealed or ""):
                    counts[key] = counts.get(key, 0) + 1
    return counts


def _batches(table: type[SQLModel]) -> Iterator[list[tuple[Any, ...]]]:
    key = list(_table(table).primary_key.columns)
    keys = run(SYSTEM, lambda work: [tuple(row) for row in work.session.execute(select(*key))])
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def _all(work: Work, table: type[SQLModel], columns: tuple[str, ...]) -> list[Any]:
    return list(work.session.execute(select(*(_table(table).c[name] for name in columns))))


def _reseal(work: Work, table: type[SQLModel], columns: tuple[str, ...], keys: list[tuple[Any, ...]]) -> int:
    changed = 0
    for key in keys:
        where = [column == value for column, value in zip(_table(table).primary_key.columns, key, strict=True)]
        row = work.session.execute(select(_table(table)).where(*where).with_for_update()).mappings().first()
        renewed = _renewed(table, columns, row) if row else {}
        if renewed:
            work.session.execute(update(_table(table)).where(*where).values(renewed))
            changed += 1
    return changed


def _renewed(table: type[SQLModel], columns: tuple[str, ...], row: Any) -> dict[str, str]:
    keyring = encryption.keyring()
    renewed: dict[str, str] = {}
    for name in columns:
        if encryption.key_id(row[name] or "") and (again := keyring.resealed(row[name])):
            renewed[name] = again
    if people := PEOPLE.get(table):
        for field, index in people.indexed.items():
            if f"{field}_sealed" in renewed:
                number = keyring.open(row[f"{field}_sealed"], people.name, row["uid"], field)
                renewed[index] = keyring.blind(field, number)
    return renewed


def _table(table: type[SQLModel]) -> Table:
    return table.__table__  # type: ignore[attr-defined,no-any-return]
