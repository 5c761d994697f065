"""Demo cinema talents straight into the tables, so that the casting search is full of faces from the first day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, insert, select

from talento.models.accounts import User
from talento.models.cinema import (
    PUBLISHED,
    CinemaChoice,
    CinemaLink,
    CinemaSkill,
    CinemaTalent,
    Credit,
    Unavailability,
)
from talento.models.files import StoredFile
from talento.models.operations import Change
from talento.services import encryption, live, portraits, reference
from talento.services.cinema import rows
from talento.services.cinema.demo import DemoTalent, look_of, talents
from talento.services.codes import CinemaCode
from talento.services.reference import Book
from talento.services.seed import ANNOUNCED, BATCH, EVERYBODY, Rows, city_keys, code_numbers, serials, stored
from talento.services.uploads.store import FileKind
from talento.services.work import SYSTEM, Work, work
from talento.vocabulary.appearance import HairColor
from talento.vocabulary.people import Gender
from talento.vocabulary.permissions import Role
from talento.vocabulary.visibility import Visibility

TABLES = (
    User, StoredFile, CinemaTalent, CinemaChoice, CinemaSkill, CinemaLink, Credit, Unavailability,
)  # fmt: skip
TOPIC = "cinema"


def seed(
    count: int,
    seed: int = 1,
    *,
    progress: Callable[[int], None] = lambda done: None,
    sealed: bool = True,
    files: bool = True,
    on: Engine | None = None,
) -> int:
    """Add the first `count` cinema talents of `seed` who are not there yet; returns how many were added.

    Args:
        progress: told how many people were looked at so far.
        sealed: False leaves contacts and document numbers empty; traits with consent are kept all the same.
        files: False gives people their photo as a row without content.
    """
    crowd, book, album = talents(count, seed), reference.book(), _Album(files)
    added = seen = 0
    while batch := list(islice(crowd, BATCH)):
        with work(SYSTEM, on=on) as opened:
            added += _add(opened, book, album, batch, sealed, is_announced=count <= ANNOUNCED)
        progress(seen := seen + len(batch))
    if count > ANNOUNCED and added:
        with work(SYSTEM, on=on) as opened:
            live.publish(opened, TOPIC, EVERYBODY)
    return added


def _add(
    opened: Work, book: Book, album: "_Album", batch: list[DemoTalent], is_sealed: bool, *, is_announced: bool
) -> int:
    emails = [talent.email for talent in batch]
    there = set(opened.session.scalars(select(User.email).where(User.email.in_(emails))))  # type: ignore[attr-defined]
    new = [talent for talent in batch if talent.email not in there]
    if not new:
        return 0
    tables: Rows = {table: [] for table in TABLES}
    keys = zip(serials(opened, User, len(new)), serials(opened, CinemaTalent, len(new)), strict=True)
    numbers = code_numbers(opened, "cinema", [talent.person.origin for talent in new])
    for talent, (user_id, key) in zip(new, keys, strict=True):
        entry = _Entry(talent, user_id, key, book, is_sealed)
        entry.write(tables, album, next(numbers[talent.person.origin]))
    if is_announced:
        tables[Change] = [{"topic": TOPIC, "key": row["id"], "at": opened.now} for row in tables[CinemaTalent]]
        opened.after_commit(live.knock)
    for table, lines in tables.items():
        if lines:
            opened.session.execute(insert(table.__table__), lines)  # type: ignore[attr-defined]
    return len(new)


@dataclass(slots=True)
class _Entry:
    """One person on the way into the tables."""

    talent: DemoTalent
    user_id: int
    key: int
    book: Book
    is_sealed: bool
    uid: str = field(default_factory=lambda: uuid4().hex)

    def write(self, tables: Rows, album: "_Album", number: int) -> None:
        """Add this person's lines to those of the batch."""
        talent, person = self.talent, self.talent.person
        photo = album.photo_of(talent, self.user_id, tables[StoredFile])
        tables[User].append(self._user())
        tables[CinemaTalent].append(self._row(number, photo))
        tables[CinemaChoice] += [
            {"talent_id": self.key, "fact": fact, "value": choice.value}
            for fact, chosen in self._choices().items()
            for choice in chosen
        ]
        tables[CinemaSkill] += [
            {"talent_id": self.key, "skill_id": self.book.skills[slug].id} for slug in talent.skills
        ]
        tables[Credit] += [
            {"talent_id": self.key, "title": one.title, "year": one.year, "kind": one.kind.value, "part": one.part,
             "imdb_id": "", "place": place}
            for place, one in enumerate(talent.credits)
        ]  # fmt: skip
        tables[Unavailability] += [
            {"talent_id": self.key, "starts_on": start, "ends_on": end, "note": note}
            for start, end, note in talent.away
        ]
        if self.is_sealed:
            tables[CinemaLink] += [
                {
                    "talent_id": self.key,
                    "network": network,
                    "url_sealed": encryption.keyring().seal(url, "cinema_link", self.uid, network.value),
                }
                for network, url in person.networks.items()
            ]

    def _choices(self) -> dict[str, tuple[Any, ...]]:
        talent = self.talent
        return {
            "languages": talent.languages,
            "accents": talent.accents,
            "kinds": talent.kinds,
            "licenses": talent.licenses,
        }

    def _user(self) -> dict[str, Any]:
        person = self.talent.person
        return {
            "id": self.user_id,
            "uid": uuid4().hex,
            "email": self.talent.email,
            "name": f"{person.first_name} {person.last_name}",
            "password_version": 1,
            "role": Role.USER,
            "locale": "en",
            "created_at": person.registered_at,
        }

    def _row(self, number: int, photo: str | None) -> dict[str, Any]:
        talent, person = self.talent, self.talent.person
        city = city_keys(self.book)[person.residence, person.residence_city]
        told = {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "stage_name": talent.stage_name,
            "born_on": talent.born_on,
            "gender": person.gender,
            "document_type": talent.document_type,
            "origin": person.origin,
            "nationality": person.nationality,
            "residence": person.residence,
            "city_id": city,
            "eye_color": talent.eye_color,
            "hair_color": talent.hair_color,
            "hair_type": talent.hair_type,
            "build": talent.build,
            **{name: talent.sizes.get(name) for name in _SIZES},
            "clothing_size": talent.clothing_size,
            "playing_age_min": talent.playing_ages[0] if talent.playing_ages else None,
            "playing_age_max": talent.playing_ages[1] if talent.playing_ages else None,
            "experience": talent.experience,
            "bio": talent.bio,
            "trade_union": talent.trade_union,
            "agent": talent.agent,
            "website": person.website or "",
            "showreel_url": talent.showreel_url,
            "voice_reel_url": talent.voice_reel_url,
            "photo_id": photo,
        }
        return (
            told
            | self._sealed()
            | self._guardian()
            | {
                "id": self.key,
                "uid": self.uid,
                "user_id": self.user_id,
                "code": str(CinemaCode(person.origin, self.book.cities[city].letters, number, person.gender)),
                "revision": 1,
                "registered_at": person.registered_at,
                "updated_at": person.registered_at,
                "completeness": _completeness(talent, told),
                "visibility": person.visibility,
                "published": PUBLISHED,
                "city_typed": "",
            }
        )

    def _sealed(self) -> dict[str, Any]:
        talent, person = self.talent, self.talent.person
        ethnicities, skin_tone = talent.traits or ((), None)
        return {
            "traits_consented_at": person.registered_at if talent.traits else None,
            "ethnicities_sealed": self._seal("ethnicities", ",".join(one.value for one in ethnicities)),
            "skin_tone_sealed": self._seal("skin_tone", skin_tone.value if skin_tone else ""),
            "phone_sealed": self._contact("phone", person.phone),
            "whatsapp_sealed": self._contact("whatsapp", person.whatsapp or ""),
            "document_number_sealed": self._contact("document_number", talent.document_number),
            "phone_index": encryption.keyring().blind("phone", person.phone) if self.is_sealed else None,
        }

    def _guardian(self) -> dict[str, Any]:
        guardian = self.talent.guardian
        has_consented = guardian is not None and guardian.has_consented
        return {
            "guardian_name": guardian.name if guardian else "",
            "guardian_relation": guardian.relation if guardian else None,
            "guardian_phone_sealed": self._contact("guardian_phone", guardian.phone if guardian else ""),
            "guardian_consented_at": self.talent.person.registered_at if has_consented else None,
        }

    def _contact(self, name: str, value: str) -> str | None:
        return self._seal(name, value) if self.is_sealed else None

    def _seal(self, name: str, value: str) -> str | None:
        return encryption.keyring().seal(value, "cinema_talent", self.uid, name) if value else None


class _Album:
    """The few portraits that demo people share, each kept by the first of them whom recruiters see."""

    def __init__(self, has_content: bool) -> None:
        self._has_content = has_content
        self._rng = Random(7)
        self._kept: dict[int, str] = {}

    def photo_of(self, talent: DemoTalent, user_id: int, lines: list[dict[str, Any]]) -> str | None:
        """The photo of a person, if they have one; what is new is written and its line added."""
        number = self._rng.choice(_fitting(talent))
        if not talent.person.has_photo:
            return None
        if number not in self._kept and talent.person.visibility is not Visibility.HIDDEN and not talent.is_minor:
            line = stored(FileKind.PHOTO, number, user_id, talent.person.registered_at, self._has_content)
            lines.append(line)
            self._kept[number] = line["id"]
        return self._kept.get(number)


def _fitting(talent: DemoTalent) -> list[int]:
    """The portraits that somebody could be taken for."""
    skins = {"african": portraits.DARK, "european": portraits.FAIR}.get(
        look_of(talent.person.origin), portraits.BETWEEN
    )
    has_long_hair = talent.person.gender is not Gender.MALE and talent.hair_color is not HairColor.SHAVED
    return portraits.fitting(has_long_hair=has_long_hair, skins=skins)


def _completeness(talent: DemoTalent, told: dict[str, Any]) -> int:
    listed = {"kinds": talent.kinds, "languages": talent.languages, "skills": talent.skills, "credits": talent.credits}
    known = told | listed | {"email": talent.email, "phone": talent.person.phone, "photo": told["photo_id"]}
    return rows.complete(known | {"city": told["city_id"]})


_SIZES = ("height", "weight", "chest", "waist", "hips", "inseam", "collar", "shoe_size")
