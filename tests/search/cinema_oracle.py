"""What a cinema search should answer, worked out one person at a time."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, select
from sqlmodel import Session

from talento import clock
from talento.models.accounts import User
from talento.models.casting import Assignment, Project
from talento.models.cinema import (
    CinemaAlias,
    CinemaChoice,
    CinemaSkill,
    CinemaTalent,
    Credit,
    Unavailability,
)
from talento.services import encryption
from talento.services.cinema.search import AMOUNTS, CinemaQuery
from talento.services.reference import book
from talento.services.search.query import Sort
from talento.vocabulary.casting import ProjectStatus, TalentType
from talento.vocabulary.visibility import Visibility
from tests.search.oracle import Answer, _begins, _has, _has_each, _near, _slippable, _soft, words

BANDS = {
    "-11": (0, 11), "12-17": (12, 17), "18-24": (18, 24), "25-34": (25, 34), "35-44": (35, 44), "45-59": (45, 59),
    "60-": (60, 120),
}  # fmt: skip
SINGLE = ("residence", "origin", "nationality", "gender", "experience", "eye_color", "hair_color", "hair_type", "build")
LISTED = ("kinds", "languages", "accents", "licenses", "skills")
TRAITS = ("ethnicities", "skin_tone")
FLAGS = ("photo", "showreel", "voice_reel")


@dataclass
class Face:
    """Everything that a cinema search looks at."""

    id: int
    visible: bool
    facets: dict[str, set[str]]
    age: int
    plays: tuple[int | None, int | None]
    amounts: dict[str, int | None]
    away: list[tuple[date, date]]
    booked: list[tuple[date, date]]
    names: list[str]
    labels: list[str]
    wrote: list[str]
    email: str
    codes: set[str]
    shown: str
    completeness: int
    registered: int
    updated: int


def everybody(engine: Engine, today: date) -> list[Face]:
    known = book()
    with Session(engine.execution_options(writes=False)) as session:
        lists: dict[tuple[int, str], set[str]] = {}
        for row in session.scalars(select(CinemaChoice)):
            lists.setdefault((row.talent_id, row.fact), set()).add(row.value)
        for row in session.scalars(select(CinemaSkill)):
            lists.setdefault((row.talent_id, "skills"), set()).add(known.skill_ids[row.skill_id].slug)
        for row in session.scalars(select(CinemaAlias)):
            lists.setdefault((row.talent_id, "codes"), set()).add(row.code)
        titles: dict[int, list[str]] = {}
        for row in session.scalars(select(Credit)):
            titles.setdefault(row.talent_id, []).append(row.title)
        away: dict[int, list[tuple[date, date]]] = {}
        for row in session.scalars(select(Unavailability)):
            away.setdefault(row.talent_id, []).append((row.starts_on, row.ends_on))
        booked = _booked(session)
        pairs = session.execute(select(CinemaTalent, User).join(User, User.id == CinemaTalent.user_id)).all()
        faces = [_face(t, u, lists, titles, away, booked, today) for t, u in pairs]
    return sorted(faces, key=lambda face: face.id)


def _booked(session: Session) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = {}
    for assignment, project in session.execute(select(Assignment, Project).join(Project)):
        start, end = assignment.starts_on or project.starts_on, assignment.ends_on or project.ends_on
        is_over = project.deleted_at or assignment.removed_at or project.status is ProjectStatus.COMPLETED
        if not is_over and (start or end):
            found.setdefault(assignment.talent_id, []).append((start or end, end or start))
    return found


def _face(talent, user, lists, titles, away, booked, today) -> Face:
    facets = {name: {str(getattr(talent, name))} for name in SINGLE if getattr(talent, name)}
    facets |= {name: lists.get((talent.id, name), set()) for name in LISTED} | {"city": {str(talent.city_id)}}
    given = {"photo": talent.photo_id, "showreel": talent.showreel_url, "voice_reel": talent.voice_reel_url}
    facets |= {name: {name} if value else set() for name, value in given.items()}
    for name in TRAITS:
        sealed = getattr(talent, f"{name}_sealed") if talent.traits_consented_at else None
        plain = encryption.keyring().open(sealed, "cinema_talent", talent.uid, name) if sealed else ""
        facets[name] = set(plain.split(",")) if plain else set()
    age = clock.age_on(talent.born_on, today)
    facets["age"] = {name for name, (low, high) in BANDS.items() if low <= age <= high}
    is_open = talent.visibility is not Visibility.HIDDEN and user.suspended_at is None
    full = f"{talent.first_name} {talent.last_name}"
    known = book().skills
    labels = [f"{known[slug].en} {known[slug].fr}" for slug in facets["skills"]]
    labels += [f"{TalentType(kind).en} {TalentType(kind).fr}" for kind in facets["kinds"]]
    wrote = [talent.bio, talent.agent, talent.trade_union, *titles.get(talent.id, [])]
    return Face(
        id=talent.id,
        visible=is_open and (age >= 18 or talent.guardian_consented_at is not None),
        facets=facets,
        age=age,
        plays=(talent.playing_age_min, talent.playing_age_max),
        amounts={name: getattr(talent, "shoe_size" if name == "shoe" else name) for name in AMOUNTS},
        away=away.get(talent.id, []),
        booked=booked.get(talent.id, []),
        names=words(f"{talent.stage_name} {full}"),
        labels=[word for label in labels for word in words(label)],
        wrote=[word for text in wrote for word in words(text)],
        email="" if age < 18 else user.email,
        codes={talent.code} | lists.get((talent.id, "codes"), set()),
        shown=" ".join(words(talent.stage_name or full)),
        completeness=talent.completeness,
        registered=int(talent.registered_at.timestamp()),
        updated=int(talent.updated_at.timestamp()),
    )


def answer(people: list[Face], query: CinemaQuery, declared: tuple[str, ...] = ()) -> Answer:
    """Total, counts of every facet that may be counted, and all ids in order."""
    scope = [face for face in people if face.visible and not _is_within(face.booked, query.free)]
    tiers = _tiers(scope, query.text)
    base = [face for face in scope if face.id in tiers]
    names = ["kinds", "languages", "accents", "licenses", "skills", "city", "age", *SINGLE, *FLAGS, *declared]
    counts = {}
    for name in names:
        passing = [face for face in base if _passes(face, query, declared, but=name)]
        counts[name] = Counter(value for face in passing for value in face.facets.get(name, ()))
    found = [face for face in base if _passes(face, query, declared)]
    found.sort(key=lambda face: _order(face, query, tiers))
    return Answer(len(found), counts, [face.id for face in found])


def _order(face: Face, query: CinemaQuery, tiers: dict[int, int]):
    newest = (-face.registered, -face.id)
    return {
        Sort.BEST: (tiers[face.id], -face.completeness, *newest),
        Sort.COMPLETE: (-face.completeness, *newest),
        Sort.NEWEST: newest,
        Sort.UPDATED: (-face.updated, -face.id),
        Sort.NAME: (face.shown.encode(), face.id),
    }[query.sort]


def _passes(face: Face, query: CinemaQuery, declared: tuple[str, ...], but: str = "") -> bool:
    checks = {}
    for name in (*SINGLE, *LISTED, "city", *declared):
        chosen = set(query.chosen(name))
        if name in ("skills", "languages") and getattr(query, f"{name}_all"):
            checks[name] = chosen <= face.facets[name]
        else:
            checks[name] = not chosen or bool(chosen & face.facets.get(name, set()))
    for name in FLAGS:
        checks[name] = name not in query.has or bool(face.facets[name])
    checks["age"] = _is_between(face.age, query.age_min, query.age_max)
    checks["plays"] = _can_play(face, query.plays_min, query.plays_max)
    for name in AMOUNTS:
        low, high = query.bounds(name)
        checks[name] = (low is None and high is None) or _is_between(face.amounts[name], low, high)
    checks["free"] = not _is_within(face.away, query.free)
    return all(value for name, value in checks.items() if name != but)


def _is_between(value: int | None, low: int | None, high: int | None) -> bool:
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


def _can_play(face: Face, low: int | None, high: int | None) -> bool:
    if low is None and high is None:
        return True
    youngest, oldest = face.plays
    if youngest is None and oldest is None:
        return _is_between(face.age, low, high)
    return (high is None or youngest is None or youngest <= high) and (low is None or oldest is None or oldest >= low)


def _is_within(spans: list[tuple[date, date]], free: tuple[date, date] | None) -> bool:
    return free is not None and any(start <= free[1] and end >= free[0] for start, end in spans)


def _tiers(scope: list[Face], text: str) -> dict[int, int]:
    from talento.services import codes

    typed = [(word.lower(), words(word)) for word in text.split()[:12]]
    typed = [pair for pair in typed if pair[1]]
    if not typed:
        return {face.id: 0 for face in scope}
    code = codes.normalize(text)
    is_code = len(code) >= 3 and code[0].isalpha() and any(c.isdigit() for c in code)
    forgiving = [any(map(_slippable, parts)) and _exactly(scope, word, parts) < 3 for word, parts in typed]
    tiers = {}
    for face in scope:
        checks = (
            code in face.codes or (text.lower() == face.email),
            all(_has(face.names, parts) for _, parts in typed),
            all(_has_each([face.names, face.labels], parts) for _, parts in typed),
            all(_exact(face, *pair) for pair in typed) or (is_code and any(c.startswith(code) for c in face.codes)),
            all(
                _has(face.names, parts) or (soft and _soft(face.names, parts))
                for (_, parts), soft in zip(typed, forgiving, strict=True)
            ),
            all(
                _exact(face, *pair) or (soft and _soft_any(face, pair[1]))
                for pair, soft in zip(typed, forgiving, strict=True)
            ),
        )
        if True in checks:
            tiers[face.id] = checks.index(True)
    return tiers


def _exactly(scope: list[Face], typed: str, parts: list[str]) -> int:
    return sum(_exact(face, typed, parts) for face in scope)


def _exact(face: Face, typed: str, parts: list[str]) -> bool:
    is_mailed = len(typed) >= 3 and face.email.startswith(typed)
    return is_mailed or all(
        any(_begins(known, part) for known in (face.names, face.labels, face.wrote)) for part in parts
    )


def _soft_any(face: Face, parts: list[str]) -> bool:
    return all(any(_near(known, part) for known in (face.names, face.labels, face.wrote)) for part in parts)
