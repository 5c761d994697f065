"""People for tests: a cast with names instead of numbers."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from PIL import Image

from talento.models.accounts import User
from talento.models.cinema import CinemaChoice, CinemaSkill, CinemaTalent
from talento.services import accounts, codes, live, passwords
from talento.services.casting import board, projects, roles
from talento.services.cinema import form as cinema_form
from talento.services.cinema import register as cinema_register
from talento.services.reference import book
from talento.services.talents import form, register
from talento.services.work import SYSTEM, VISITOR, Actor, Work, look, run
from talento.vocabulary.casting import DocumentType
from talento.vocabulary.people import Gender
from talento.vocabulary.permissions import Role
from talento.vocabulary.visibility import Visibility

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True, slots=True)
class Cast:
    """Those who work here."""

    awa: Actor
    youssef: Actor
    nadia: Actor
    zoe: Actor


def cast() -> Cast:
    """An admin, a recruiter, a presence desk and somebody without a profile."""
    return Cast(
        awa=staff("Awa", Role.ADMIN),
        youssef=staff("Youssef", Role.RECRUITER),
        nadia=staff("Nadia", Role.PRESENCE),
        zoe=staff("Zoé", Role.USER),
    )


def staff(name: str, role: Role) -> Actor:
    """An account with the password of all tests."""
    kept = passwords.hashed(PASSWORD)
    email = f"{name.lower().replace('é', 'e')}@agency.example.com"
    user = run(SYSTEM, accounts.create_staff, email=email, role=role, name=name, password_hash=kept)
    return Actor(user.id, role, None, name)


def answers(**changes: Any) -> dict[str, Any]:
    """Amina's registration as she typed it."""
    rabat = next(city.id for city in book().cities_of["MA"] if city.fr == "Rabat")
    return {
        "first_name": "Amina",
        "last_name": "Benali",
        "born_on": "1999-02-03",
        "gender": "F",
        "passport_number": "AB1234567",
        "email": "amina@example.com",
        "phone": "0612345678",
        "phone_country": "MA",
        "origin": "MA",
        "nationality": "MA",
        "residence": "MA",
        "city": str(rabat),
        "bio": "Stunt rider and dancer.",
        "languages": ["ar", "fr"],
        "skills": ["mason", "electrician"],
        "daily_rate": "1200",
        "linkedin": "https://www.linkedin.com/in/amina",
    } | changes


def talent(**changes: Any) -> tuple[Actor, register.Registered]:
    """Somebody registered, and able to act."""
    made = run(VISITOR, register.register, form.checked(answers(**changes)), locale="en")
    user_id = run(SYSTEM, _owner, made.talent_id)
    return Actor(user_id, Role.USER, None, made.first_name), made


def cinema_answers(**changes: Any) -> dict[str, Any]:
    """Amina's cinema registration as she typed it."""
    rabat = next(city.id for city in book().cities_of["MA"] if city.fr == "Rabat")
    return {
        "first_name": "Amina",
        "last_name": "Benali",
        "born_on": "1999-02-03",
        "gender": "F",
        "document_type": "passport",
        "document_number": "ZQ7654321",
        "email": "amina@example.com",
        "phone": "0612345678",
        "phone_country": "MA",
        "origin": "MA",
        "nationality": "MA",
        "residence": "MA",
        "city": str(rabat),
        "languages": ["ar", "fr"],
        "kinds": ["lead_actor", "stunt_performer"],
        "height": "172",
        "eye_color": "hazel",
        "bio": "Stunt rider and dancer.",
        "showreel_url": "https://vimeo.example/amina",
        "instagram": "@amina",
    } | changes


def child_answers(born_on: str = "2015-05-06", **changes: Any) -> dict[str, Any]:
    """The registration of somebody under 18, with a guardian."""
    guardian = {
        "guardian_name": "Salma Benali",
        "guardian_relation": "mother",
        "guardian_email": "salma@example.com",
        "guardian_phone": "0612345679",
    }
    return cinema_answers(born_on=born_on, email="yasmine@example.com", first_name="Yasmine", **guardian) | changes


def registered_in_cinema(**changes: Any) -> tuple[Actor, register.Registered]:
    """Somebody who registered for cinema as people do, and is able to act."""
    made = run(VISITOR, cinema_register.register, cinema_form.checked(cinema_answers() | changes), locale="en")
    user_id = run(SYSTEM, lambda work: work.get(CinemaTalent, made.talent_id).user_id)
    return Actor(user_id, Role.USER, None, made.first_name), made


def cinema_talent(**changes: Any) -> tuple[Actor, int]:
    """Somebody on the casting roster, able to act, and the key of their cinema profile.

    `kinds` are slugs of `TalentType`; `skills` slugs of cinema skills; the rest are columns of the table.
    """
    return run(SYSTEM, _cinema_talent, changes)


def _cinema_talent(work: Work, changes: dict[str, Any]) -> tuple[Actor, int]:
    rabat = next(city for city in book().cities_of["MA"] if city.fr == "Rabat")
    kinds, skills = changes.pop("kinds", ["extra"]), changes.pop("skills", [])
    values: dict[str, Any] = {
        "first_name": "Amina",
        "last_name": "Benali",
        "stage_name": "",
        "born_on": date(1999, 2, 3),
        "gender": Gender.FEMALE,
        "document_type": DocumentType.PASSPORT,
        "guardian_name": "",
        "origin": "MA",
        "nationality": "MA",
        "residence": "MA",
        "city_id": rabat.id,
        "city_typed": "",
        "clothing_size": "",
        "bio": "",
        "trade_union": "",
        "agent": "",
        "website": "",
        "showreel_url": "",
        "voice_reel_url": "",
        "revision": 1,
        "completeness": 50,
        "visibility": Visibility.RECRUITERS,
        "published": "photo,skills,city,languages,bio",
    } | changes
    uid = uuid4().hex
    email = values.pop("email", f"{uid[:8]}@example.com")
    name = f"{values['first_name']} {values['last_name']}"
    user = {"uid": uuid4().hex, "email": email, "name": name, "role": Role.USER, "locale": "en"}
    user_id = work.insert(User, **user, password_version=1, created_at=work.now)
    code = codes.new_cinema_code(work, origin=values["origin"], gender=values["gender"], city=rabat.letters)
    row = {"uid": uid, "user_id": user_id, "code": str(code), "registered_at": work.now, "updated_at": work.now}
    key = work.insert(CinemaTalent, **(values | row))
    work.insert_many(CinemaChoice, [{"talent_id": key, "fact": "kinds", "value": kind} for kind in kinds])
    work.insert_many(CinemaSkill, [{"talent_id": key, "skill_id": book().skills[slug].id} for slug in skills])
    live.publish(work, "cinema", key)
    return Actor(user_id, Role.USER, None, name), key


def project(actor: Actor, **changes: Any) -> int:
    """A project of somebody's: its key."""
    ouarzazate = next(city.id for city in book().cities_of["MA"] if city.fr == "Ouarzazate")
    typed = {
        "name": "The Caravan",
        "production_type": "film",
        "country": "MA",
        "city": str(ouarzazate),
        "zone": "Africa/Casablanca",
        "day_break": "5",
        "starts_on": "2027-04-01",
        "ends_on": "2027-05-15",
    }
    return run(actor, projects.create, typed | changes)


def role(actor: Actor, project_id: int, **changes: Any) -> int:
    """A role on a project: its key."""
    return run(actor, roles.create, project_id, {"name": "Merchant", "kind": "extra", "wanted": "3"} | changes)


def candidate(actor: Actor, role_id: int, **changes: Any) -> tuple[int, int]:
    """Somebody on a board: the keys of their card and of their cinema profile."""
    _, talent_id = cinema_talent(**changes)
    run(actor, board.consider, role_id, [talent_id])
    card = next(card for card in look(actor, board.board, role_id).cards if card.talent_id == talent_id)
    return card.id, talent_id


def with_password(actor: Actor) -> Actor:
    """The same person, with the password of all tests."""
    run(SYSTEM, _give, actor.user_id, passwords.hashed(PASSWORD))
    return actor


def picture(width: int = 400, height: int = 300, kind: str = "PNG", **options: Any) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def _owner(work: Any, talent_id: int) -> int:
    from talento.models.talents import Talent

    return work.get(Talent, talent_id).user_id


def _give(work: Any, user_id: int, kept: str) -> None:
    from talento.models.accounts import User

    work.get(User, user_id).password_hash = kept
