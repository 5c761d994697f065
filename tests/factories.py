"""People for tests: a cast with names instead of numbers."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image

from talento.services import accounts, passwords
from talento.services.reference import book
from talento.services.talents import form, register
from talento.services.work import SYSTEM, VISITOR, Actor, run
from talento.vocabulary.permissions import Role

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
