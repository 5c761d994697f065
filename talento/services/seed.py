"""Demo people straight into the tables: for a first look, for tests, and for benchmarks of a million."""

import base64
import hashlib
import secrets
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from random import Random
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, func, insert, select, text

from talento.models.accounts import User
from talento.models.files import StoredFile
from talento.models.operations import Change
from talento.models.talents import SocialLink, Talent, TalentLanguage, TalentSkill
from talento.services import demo, encryption, live, portraits, reference
from talento.services.codes import TalentCode
from talento.services.demo import DemoPerson
from talento.services.reference import Book
from talento.services.talents import rows
from talento.services.uploads import blobs
from talento.services.uploads.store import FileKind
from talento.services.work import SYSTEM, Work, work
from talento.vocabulary.permissions import Role
from talento.vocabulary.visibility import Visibility

BATCH = 2_000
ANNOUNCED = 10_000
EVERYBODY = 0

_RESERVE = text(
    "INSERT INTO counter (scope, value) VALUES (:scope, :count)"
    " ON CONFLICT (scope) DO UPDATE SET value = counter.value + :count RETURNING value"
)
_SERIAL = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")

Rows = dict[type, list[dict[str, Any]]]


def seed(
    count: int,
    seed: int = 1,
    *,
    progress: Callable[[int], None] = lambda done: None,
    sealed: bool = True,
    files: bool = True,
    on: Engine | None = None,
) -> int:
    """Add the first `count` demo people of `seed` who are not there yet; returns how many were added.

    Args:
        progress: told how many people were looked at so far.
        sealed: False leaves contact details empty, which makes a million bearable.
        files: False gives people their photo and CV as rows without content.
    """
    people = demo.people(count, seed)
    book, album = reference.book(), _Album(files)
    added = seen = 0
    while batch := list(islice(people, BATCH)):
        with work(SYSTEM, on=on) as opened:
            added += _add(opened, book, album, batch, sealed, is_announced=count <= ANNOUNCED)
        progress(seen := seen + len(batch))
    if count > ANNOUNCED and added:
        with work(SYSTEM, on=on) as opened:
            live.publish(opened, "talent", EVERYBODY)
    return added


def _add(
    opened: Work, book: Book, album: "_Album", batch: list[DemoPerson], is_sealed: bool, *, is_announced: bool
) -> int:
    emails = [person.email for person in batch]
    there = set(opened.session.scalars(select(User.email).where(User.email.in_(emails))))
    new = [person for person in batch if person.email not in there]
    if not new:
        return 0
    tables: Rows = {table: [] for table in (User, StoredFile, Talent, TalentSkill, TalentLanguage, SocialLink)}
    keys = zip(serials(opened, User, len(new)), serials(opened, Talent, len(new)), strict=True)
    numbers = code_numbers(opened, "talent", [person.origin for person in new])
    for person, (user_id, talent_id) in zip(new, keys, strict=True):
        entry = _Entry(person, user_id, talent_id, book, is_sealed)
        entry.write(tables, album, next(numbers[person.origin]))
    if is_announced:
        tables[Change] = [{"topic": "talent", "key": row["id"], "at": opened.now} for row in tables[Talent]]
    for table, lines in tables.items():
        if lines:
            opened.session.execute(insert(table.__table__), lines)  # type: ignore[attr-defined]
    if is_announced:
        opened.after_commit(live.knock)
    return len(new)


def serials(opened: Work, table: Any, count: int) -> Iterable[int]:
    """Free primary keys: from PostgreSQL's own sequence, or after the last one while SQLite's only writer is us."""
    connection = opened.session.connection()
    if connection.dialect.name == "postgresql":
        name = f'"{table.__tablename__}"'
        return list(connection.execute(_SERIAL, {"table": name, "count": count}).scalars())
    last = connection.execute(select(func.max(table.id))).scalar() or 0
    return range(last + 1, last + 1 + count)


def code_numbers(opened: Work, scope: str, origins: Iterable[str]) -> dict[str, Iterator[int]]:
    """The next code numbers of each origin, taken from the counters at once."""
    connection = opened.session.connection()
    wanted = Tally(origins)
    numbers = {}
    for origin in sorted(wanted):
        last = connection.execute(_RESERVE, {"scope": f"{scope}:{origin}", "count": wanted[origin]}).scalar_one()
        numbers[origin] = iter(range(last - wanted[origin] + 1, last + 1))
    return numbers


@dataclass(slots=True)
class _Entry:
    """One person on the way into the tables."""

    person: DemoPerson
    user_id: int
    talent_id: int
    book: Book
    is_sealed: bool
    uid: str = field(default_factory=lambda: uuid4().hex)

    def write(self, tables: Rows, album: "_Album", number: int) -> None:
        """Add this person's lines to those of the batch."""
        values = self._values()
        photo, cv = album.files_of(self.person, self.user_id, tables[StoredFile])
        tables[User].append(self._user())
        tables[Talent].append(self._talent(values, number, photo, cv))
        tables[TalentSkill] += [{"talent_id": self.talent_id, "skill_id": skill} for skill in values["skills"]]
        tables[TalentLanguage] += [
            {"talent_id": self.talent_id, "language": language} for language in self.person.languages
        ]
        if self.is_sealed:
            tables[SocialLink] += [
                {
                    "talent_id": self.talent_id,
                    "network": network,
                    "url_sealed": encryption.keyring().seal(url, "social_link", self.uid, network.value),
                }
                for network, url in self.person.networks.items()
            ]

    def _values(self) -> dict[str, Any]:
        person, contact = self.person, self.is_sealed
        return {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "born_on": person.born_on,
            "gender": person.gender,
            "phone": person.phone if contact else None,
            "whatsapp": person.whatsapp if contact else None,
            "address": person.address if contact else None,
            "origin": person.origin,
            "nationality": person.nationality,
            "residence": person.residence,
            "city": self._city(),
            "experience": person.experience,
            "bio": person.bio,
            "education": person.education or "",
            "availability": person.availability,
            "work_mode": person.work_mode,
            "hourly_rate": person.hourly_rate,
            "monthly_rate": person.monthly_rate,
            "currency": person.currency,
            "portfolio_url": person.portfolio or "",
            "website": person.website or "",
            "skills": [self.book.skills[slug].id for slug in person.skills],
        }

    def _user(self) -> dict[str, Any]:
        person = self.person
        return {
            "id": self.user_id,
            "uid": uuid4().hex,
            "email": person.email,
            "name": f"{person.first_name} {person.last_name}",
            "password_version": 1,
            "role": Role.USER,
            "locale": "en",
            "created_at": person.registered_at,
        }

    def _talent(self, values: Mapping[str, Any], number: int, photo: str | None, cv: str | None) -> dict[str, Any]:
        person = self.person
        letters = self.book.cities[values["city"]].letters
        networks = {network.value: url for network, url in person.networks.items()}
        told = {**values, "phone": person.phone, "email": person.email, "photo": photo, "cv": cv}
        return rows.columns(self.uid, values) | {
            "id": self.talent_id,
            "uid": self.uid,
            "user_id": self.user_id,
            "code": str(TalentCode(person.origin, person.gender, number, letters)),
            "revision": 1,
            "registered_at": person.registered_at,
            "updated_at": person.registered_at,
            "completeness": rows.complete(told | {"languages": person.languages} | networks),
            "visibility": person.visibility,
            "published": "photo,skills,city,languages,bio",
            "display_name": "",
            "city_typed": "",
            "photo_id": photo,
            "cv_id": cv,
        }

    def _city(self) -> int:
        return city_keys(self.book)[self.person.residence, self.person.residence_city]


def city_keys(book: Book) -> dict[tuple[str, str | None], int]:
    """City keys by country and French name; None stands for a city that is not listed."""
    if id(book) not in _known:
        _known.clear()
        _known[id(book)] = {
            (place.country, None if place.is_unlisted else place.fr): place.id for place in book.cities.values()
        }
    return _known[id(book)]


_known: dict[int, dict[tuple[str, str | None], int]] = {}


class _Album:
    """The few pictures and the one CV that demo people share, each kept by the first visible person who shows it."""

    def __init__(self, has_content: bool) -> None:
        self._has_content = has_content
        self._rng = Random(7)
        self._kept: dict[tuple[FileKind, int], str] = {}

    def files_of(self, person: DemoPerson, user_id: int, lines: list[dict[str, Any]]) -> tuple[str | None, str | None]:
        """The photo and the CV of a person; what is new is written and its line added."""
        number = self._rng.randrange(portraits.COUNT)
        photo = self._file(FileKind.PHOTO, number, person, user_id, lines) if person.has_photo else None
        cv = self._file(FileKind.CV, 0, person, user_id, lines) if person.has_cv else None
        return photo, cv

    def _file(
        self, kind: FileKind, number: int, person: DemoPerson, user_id: int, lines: list[dict[str, Any]]
    ) -> str | None:
        known = self._kept.get((kind, number))
        if known is None and person.visibility is not Visibility.HIDDEN:
            line = stored(kind, number, user_id, person.registered_at, self._has_content)
            lines.append(line)
            known = self._kept[kind, number] = line["id"]
        return known


def stored(kind: FileKind, number: int, user_id: int, at: datetime, has_content: bool) -> dict[str, Any]:
    """The line of a new file; its content is in the store already."""
    file_id, key = uuid4().hex, secrets.token_bytes(32)
    is_photo = kind is FileKind.PHOTO
    sizes = (portraits.photo(number) if is_photo else portraits.cv()) if has_content else {}
    for size, blob in sizes.items():
        blobs.write(file_id, size, key, blob)
    return {
        "id": file_id,
        "kind": kind.value,
        "user_id": user_id,
        "name": "portrait.webp" if is_photo else "cv.pdf",
        "media_type": "image/webp" if is_photo else "application/pdf",
        "size": sum(map(len, sizes.values())),
        "sha256": hashlib.sha256(b"".join(sizes.values())).hexdigest(),
        "key": encryption.keyring().seal(base64.b64encode(key).decode(), "stored_file", file_id, "key"),
        "created_at": at,
    }
