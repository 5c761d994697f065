"""Companies, projects and boards in the middle of the work, for a first look. Everything in them is invented."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from random import Random
from typing import Any

from sqlalchemy import select

from talento.models.accounts import User
from talento.models.casting import Production
from talento.models.cinema import CinemaChoice, CinemaTalent
from talento.models.presence import DeskGrant
from talento.services.casting import board, notes, productions, projects, roles, team
from talento.services.cinema import faces
from talento.services.reference import book
from talento.services.work import SYSTEM, Actor, Work, look, run
from talento.vocabulary.casting import Stage
from talento.vocabulary.permissions import Role

COMPANIES: tuple[Mapping[str, str], ...] = (
    {
        "name": "Atlas Lumière Productions", "specialization": "Période et aventure", "city": "Ouarzazate",
        "country": "MA", "founded_year": "1994", "ceo": "Nezha Lahlou", "employees_count": "38",
        "productions_count": "112", "phone": "+212524882211", "email": "bureau@atlas-lumiere.example.com",
        "website": "https://atlas-lumiere.example.com", "studios": "Two stages and a backlot of 12 hectares.",
        "equipment": "Grip and lighting for two units.", "memberships": "CCM",
    },
    {
        "name": "Teranga Images", "specialization": "Séries et documentaires", "city": "Dakar", "country": "SN",
        "founded_year": "2008", "ceo": "Awa Ndiaye", "employees_count": "21", "productions_count": "46",
        "email": "casting@teranga-images.example.com", "services": "Casting, location scouting, post-production.",
    },
    {
        "name": "Rive Gauche Publicité", "specialization": "Publicité et mode", "city": "Paris", "country": "FR",
        "founded_year": "2015", "ceo": "Camille Aubert", "employees_count": "12", "productions_count": "203",
        "website": "https://rive-gauche.example.com", "awards": "Two Crystal Pens.",
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoRole:
    """A role: how many are wanted, how many people are on its board, and how many of them are booked."""

    name: str
    kind: str
    wanted: int
    considered: int
    booked: int
    fee: str = ""
    period: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class DemoProject:
    """A project that begins `start` days from today and takes `days`."""

    name: str
    company: int
    kind: str
    country: str
    city: str
    start: int
    days: int
    status: str
    synopsis: str
    roles: tuple[DemoRole, ...]


PROJECTS = (
    DemoProject(
        "La Caravane du sel", 0, "film", "MA", "Ouarzazate", -6, 45, "shooting",
        "1907. A caravan of salt traders crosses the Atlas in winter; one of them is not who she says she is.",
        (
            DemoRole("Tamou", "lead_actor", 1, 6, 1, "18000", "day", "Thirty, a rider, keeps a secret."),
            DemoRole("The guide", "supporting_actor", 1, 5, 0, "6000", "day", "Has crossed the pass a hundred times."),
            DemoRole("Merchants", "extra", 12, 18, 9, "450", "day", "At ease with camels."),
            DemoRole("Riders", "stunt_performer", 4, 7, 3, "2500", "day", "Fall from a galloping horse."),
        ),
    ),
    DemoProject(
        "Corniche", 1, "series", "SN", "Dakar", 21, 90, "pre_production",
        "Eight episodes around a fish market that never sleeps.",
        (
            DemoRole("Inspector Sarr", "lead_actor", 1, 7, 0, "12000", "day", ""),
            DemoRole("Market crowd", "extra", 20, 14, 4, "20000", "day", ""),
            DemoRole("Voice of the radio", "voice_over", 1, 3, 0),
        ),
    ),
    DemoProject(
        "Parfum d’ambre", 2, "commercial", "FR", "Paris", 9, 3, "pre_production",
        "Forty seconds, one staircase, no words.",
        (
            DemoRole("The woman on the stairs", "model", 1, 6, 1, "3200", "day"),
            DemoRole("Dancers", "background_dancer", 3, 5, 1, "900", "day"),
        ),
    ),
    DemoProject(
        "Les Mains du potier", 0, "documentary", "MA", "Fès", -160, 30, "completed",
        "Three generations of potters, one kiln.",
        (DemoRole("Narrator", "voice_over", 1, 2, 1, "4000", "day"),),
    ),
)  # fmt: skip

WAY = (Stage.CONSIDERED, Stage.CONTACTED, Stage.AVAILABLE, Stage.ON_HOLD, Stage.SELECTED, Stage.DECLINED)
REMARKS = (
    "Très juste à l’image.",
    "Voice to listen to again.",
    "Rides well; see the showreel from 1:20.",
    "Disponible le matin seulement.",
    "Strong second reading.",
)
OVERLAP = "The two productions share the days."


def seed() -> int:
    """Add the demo companies and their projects that are not there yet; returns how many projects were added.

    The first recruiter and the first admin are their team. Without cinema talents the boards stay empty.
    """
    crew = look(SYSTEM, _crew)
    if not crew:
        return 0
    companies = [_company(crew[0], facts) for facts in COMPANIES]
    return sum(_project(crew, companies, one, Random(place)) for place, one in enumerate(PROJECTS))


def _crew(work: Work) -> list[Actor]:
    found = [
        work.session.scalars(
            select(User).where(User.role == role, User.suspended_at.is_(None)).order_by(User.id)
        ).first()
        for role in (Role.RECRUITER, Role.ADMIN)
    ]
    return [Actor(user.id, user.role, None, user.name) for user in found if user]


def _company(actor: Actor, facts: Mapping[str, str]) -> int:
    known = look(SYSTEM, _company_called, facts["name"])
    if known:
        return known
    made = run(actor, productions.create, facts)
    run(SYSTEM, productions.verify, made, facts["country"] == "MA")
    return made


def _company_called(work: Work, name: str) -> int | None:
    return work.session.scalar(select(Production.id).where(Production.name == name))


def _project(crew: list[Actor], companies: list[int], one: DemoProject, rng: Random) -> bool:
    company = companies[one.company]
    if any(known.name == one.name for known in look(SYSTEM, productions.one, company).projects):
        return False
    key = run(crew[0], _made, one, company)
    for member in crew[1:]:
        run(crew[0], team.add, key, member.user_id or 0)
    for role in one.roles:
        _cast(crew, key, role, rng)
    run(SYSTEM, _open_desk, key)
    if one.status != "pre_production":
        run(crew[0], projects.set_status, key, "shooting", "First day of shooting.")
    if one.status == "completed":
        run(crew[0], projects.set_status, key, "completed", "Delivered.")
    return True


def _made(work: Work, one: DemoProject, company: int) -> int:
    first = work.now.date() + timedelta(days=one.start)
    city = next(place.id for place in book().cities_of[one.country] if place.fr == one.city)
    typed: dict[str, Any] = {
        "name": one.name,
        "production_type": one.kind,
        "production": str(company),
        "synopsis": one.synopsis,
        "country": one.country,
        "city": str(city),
        "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=one.days)).isoformat(),
        "zone": {"MA": "Africa/Casablanca", "SN": "Africa/Dakar", "FR": "Europe/Paris"}[one.country],
        "day_break": "5",
        "contact_name": "Casting office",
        "contact_email": "casting@demo.example.com",
    }
    return projects.create(work, typed)


def _open_desk(work: Work, project: int) -> None:
    """The first account of the presence staff keeps the desk."""
    first = select(User.id).where(User.role == Role.PRESENCE, User.suspended_at.is_(None)).order_by(User.id)
    if keeper := work.session.scalars(first).first():
        work.insert(DeskGrant, project_id=project, user_id=keeper, granted_at=work.now)


def _cast(crew: list[Actor], project: int, role: DemoRole, rng: Random) -> None:
    """One role with its board: some booked, the others on their way, a few with stars and a note."""
    typed = {
        "name": role.name,
        "kind": role.kind,
        "wanted": str(role.wanted),
        "description": role.description,
        "fee": role.fee,
        "fee_period": role.period,
    }
    key = run(crew[0], roles.create, project, typed)
    run(crew[0], roles.save_criteria, key, f"kind={role.kind}")
    people = look(SYSTEM, _people, role.kind)
    run(crew[0], board.consider, key, rng.sample(people, min(role.considered, len(people))))
    cards = look(crew[0], board.board, key).cards
    stages = _stages(role, len(cards), rng)
    for card, stage, actor in zip(cards, stages, cycle(crew), strict=False):
        _bring(actor, card.id, stage, rng)


def _stages(role: DemoRole, count: int, rng: Random) -> Iterator[Stage]:
    """Where each card stands: the booked first, the rest as the work goes."""
    yield from [Stage.BOOKED] * min(role.booked, count)
    yield from rng.choices(WAY, weights=(5, 4, 3, 2, 2, 1), k=max(0, count - role.booked))


def _bring(actor: Actor, card: int, stage: Stage, rng: Random) -> None:
    reason = "Not free on these days." if stage is Stage.DECLINED else ""
    if stage is not Stage.CONSIDERED:
        run(actor, board.move, card, stage.value, None, reason, overlap_reason=OVERLAP)
    if rng.random() < 0.5:
        run(actor, board.rate, card, rng.randint(2, 5))
    if rng.random() < 0.3:
        run(actor, notes.write, card, rng.choice(REMARKS))


def _people(work: Work, kind: str) -> list[int]:
    """The first people of a kind of part who may be seen; anybody when there are few."""
    seen = faces.seen(work.now.date())
    of_kind = select(CinemaChoice.talent_id).where(CinemaChoice.fact == "kinds", CinemaChoice.value == kind)
    found: Iterable[int] = work.session.scalars(
        select(CinemaTalent.id).where(seen, CinemaTalent.id.in_(of_kind)).order_by(CinemaTalent.id).limit(60)
    )
    return list(found)
