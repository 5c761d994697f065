"""What a search should answer, worked out one person at a time."""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Engine, select
from sqlmodel import Session

from talento import clock
from talento.models.accounts import User
from talento.models.talents import CodeAlias, Talent, TalentLanguage, TalentSkill
from talento.services import codes
from talento.services.reference import book
from talento.services.search.query import Query, Sort
from talento.vocabulary.visibility import Visibility

BANDS = {"-17": (0, 17), "18-24": (18, 24), "25-34": (25, 34), "35-44": (35, 44), "45-59": (45, 59), "60-": (60, 120)}
SINGLE = ("residence", "city", "origin", "gender", "availability", "work_mode", "experience")


@dataclass
class Person:
    """Everything that a search looks at."""

    id: int
    visible: bool
    facets: dict[str, set[str]]
    age: int | None
    names: list[str]
    skills: list[str]
    bio: list[str]
    email: str
    codes: set[str]
    shown: str
    completeness: int
    registered: int
    updated: int


def words(text: str) -> list[str]:
    """Letters and digits without case, accents and whatever marks them."""
    spelled = text.casefold().translate(str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ى": "ي", "ة": "ه", "ـ": None}))
    plain = [c for c in unicodedata.normalize("NFKD", spelled) if unicodedata.category(c)[0] != "M"]
    return "".join(c if c.isalnum() else " " for c in plain).split()


def everybody(engine: Engine, today: date) -> list[Person]:
    known = book()
    with Session(engine.execution_options(writes=False)) as session:
        skills, languages, aliases = {}, {}, {}
        for row in session.scalars(select(TalentSkill)):
            skills.setdefault(row.talent_id, set()).add(known.skill_ids[row.skill_id])
        for row in session.scalars(select(TalentLanguage)):
            languages.setdefault(row.talent_id, set()).add(row.language.value)
        for row in session.scalars(select(CodeAlias)):
            aliases.setdefault(row.talent_id, set()).add(row.code)
        pairs = session.execute(select(Talent, User).join(User, User.id == Talent.user_id).order_by(Talent.id)).all()
        return [
            _person(talent, user, skills.get(talent.id, set()), languages.get(talent.id, set()), aliases, today)
            for talent, user in pairs
        ]


def _person(talent, user, skills, languages, aliases, today) -> Person:
    facets = {name: {str(getattr(talent, name))} for name in SINGLE if name != "city" and getattr(talent, name)}
    facets |= {"city": {str(talent.city_id)}, "skills": {s.slug for s in skills}, "languages": languages}
    given = {"cv": talent.cv_id, "photo": talent.photo_id, "portfolio": talent.portfolio_url}
    facets |= {name: {name} if value else set() for name, value in given.items()}
    age = clock.age_on(talent.born_on, today) if talent.born_on else None
    facets["age"] = {name for name, (low, high) in BANDS.items() if age is not None and low <= age <= high}
    bands = {"0-24": (0, 24), "25-49": (25, 49), "50-74": (50, 74), "75-99": (75, 99), "100": (100, 100)}
    facets["complete"] = {name for name, (low, high) in bands.items() if low <= talent.completeness <= high}
    shown = talent.display_name or f"{talent.first_name} {talent.last_name}"
    return Person(
        id=talent.id,
        visible=talent.visibility is not Visibility.HIDDEN and user.suspended_at is None,
        facets=facets,
        age=age,
        names=words(f"{talent.display_name} {talent.first_name} {talent.last_name}"),
        skills=[word for skill in skills for word in words(f"{skill.en} {skill.fr}")],
        bio=words(talent.bio),
        email=user.email,
        codes={talent.code} | aliases.get(talent.id, set()),
        shown=" ".join(words(shown)),
        completeness=talent.completeness,
        registered=int(talent.registered_at.timestamp()),
        updated=int(talent.updated_at.timestamp()),
    )


def slip(word: str, other: str) -> bool:
    """Whether some beginning of `other` is at most one letter more, less, other or swapped away from `word`."""
    return any(
        _one_apart(word, other[:length]) for length in range(len(word) - 1, len(word) + 2) if length <= len(other)
    )


def _one_apart(a: str, b: str) -> bool:
    if a == b:
        return True
    if len(a) == len(b):
        apart = [place for place in range(len(a)) if a[place] != b[place]]
        is_swap = (
            len(apart) == 2 and apart[1] == apart[0] + 1 and a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]
        )
        return len(apart) == 1 or is_swap
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) == len(shorter) + 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


@dataclass
class Answer:
    total: int
    counts: dict[str, Counter[str]]
    ids: list[int]


def answer(people: list[Person], query: Query, *, sees_all: bool = False) -> Answer:
    """Total, counts of every facet, and all ids in order."""
    scope = [person for person in people if person.visible or (sees_all and query.everyone)]
    tiers = _tiers(scope, query.text)
    base = [person for person in scope if person.id in tiers]
    names = ["skills", *SINGLE, "complete", "languages", "age", "cv", "photo", "portfolio"]
    counts = {}
    for name in names:
        counts[name] = Counter(
            value for person in base if _passes(person, query, but=name) for value in person.facets.get(name, ())
        )
    found = [person for person in base if _passes(person, query)]
    found.sort(key=lambda person: _order(person, query, tiers))
    return Answer(len(found), counts, [person.id for person in found])


def _order(person: Person, query: Query, tiers: dict[int, int]):
    newest = (-person.registered, -person.id)
    return {
        Sort.BEST: (tiers[person.id], -person.completeness, *newest),
        Sort.COMPLETE: (-person.completeness, *newest),
        Sort.NEWEST: newest,
        Sort.UPDATED: (-person.updated, -person.id),
        Sort.NAME: (person.shown.encode(), person.id),
    }[query.sort]


def _tiers(scope: list[Person], text: str) -> dict[int, int]:
    typed = [(word.lower(), words(word)) for word in text.split()[:12]]
    typed = [pair for pair in typed if pair[1]]
    if not typed:
        return {person.id: 0 for person in scope}
    code = codes.normalize(text)
    is_code = len(code) >= 3 and code[0].isalpha() and any(c.isdigit() for c in code)
    forgiving = [_is_forgiven(scope, *pair) for pair in typed]
    tiers = {}
    for person in scope:
        checks = (
            code in person.codes or text.lower() == person.email,
            all(_has(person.names, parts) for _, parts in typed),
            all(_has_each([person.names, person.skills], parts) for _, parts in typed),
            all(_exact(person, *pair) for pair in typed) or (is_code and any(c.startswith(code) for c in person.codes)),
            all(
                _has(person.names, parts) or (soft and _soft(person.names, parts))
                for (_, parts), soft in zip(typed, forgiving, strict=True)
            ),
            all(
                _exact(person, *pair) or (soft and _soft_any(person, pair[1]))
                for pair, soft in zip(typed, forgiving, strict=True)
            ),
        )
        if True in checks:
            tiers[person.id] = checks.index(True)
    return tiers


def _is_forgiven(scope: list[Person], typed: str, parts: list[str]) -> bool:
    if not any(_slippable(part) for part in parts):
        return False
    return sum(_exact(person, typed, parts) for person in scope) < 3


def _slippable(part: str) -> bool:
    return len(part) >= 4 and not any(c.isdigit() for c in part)


def _begins(known: list[str], part: str) -> bool:
    return any(word.startswith(part) for word in known)


def _has(known: list[str], parts: list[str]) -> bool:
    return all(_begins(known, part) for part in parts)


def _has_each(lists: list[list[str]], parts: list[str]) -> bool:
    return all(any(_begins(known, part) for known in lists) for part in parts)


def _exact(person: Person, typed: str, parts: list[str]) -> bool:
    mailed = len(typed) >= 3 and person.email.startswith(typed)
    return mailed or _has_each([person.names, person.skills, person.bio], parts)


def _near(known: list[str], part: str) -> bool:
    return _begins(known, part) or (_slippable(part) and any(slip(part, word) for word in known))


def _soft(known: list[str], parts: list[str]) -> bool:
    return all(_near(known, part) for part in parts)


def _soft_any(person: Person, parts: list[str]) -> bool:
    return all(any(_near(known, part) for known in (person.names, person.skills, person.bio)) for part in parts)


def _passes(person: Person, query: Query, but: str = "") -> bool:
    checks = {name: _any(person, name, query.chosen(name)) for name in (*SINGLE, "complete")}
    for name in ("skills", "languages"):
        chosen = set(query.chosen(name))
        every = getattr(query, f"{name}_all")
        checks[name] = not chosen or (chosen <= person.facets[name] if every else bool(chosen & person.facets[name]))
    for name in ("cv", "photo", "portfolio"):
        checks[name] = name not in query.has or bool(person.facets[name])
    if query.is_bounded("age"):
        low, high = query.age_min or 0, 150 if query.age_max is None else query.age_max
        checks["age"] = person.age is not None and low <= person.age <= high
    day = datetime.fromtimestamp(person.registered, UTC).date()
    after = query.registered_from is None or day >= query.registered_from
    checks["registered"] = after and (query.registered_to is None or day <= query.registered_to)
    return all(value for name, value in checks.items() if name != but)


def _any(person: Person, name: str, chosen) -> bool:
    return not chosen or bool(set(chosen) & person.facets.get(name, set()))
