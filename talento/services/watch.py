"""The watch-list: names that administrators want to hear of, and whoever registers under one of them.

A name answers in one of three ways, and the reader is told which: the same words (whatever their order, accents, case,
spaces or hyphens), the watched words among further ones, or a close spelling, a letter apart in each word at most, two
in long ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import delete, func, select

from talento.errors import Conflict, Invalid, NotFound
from talento.models.accounts import User
from talento.models.cinema import CinemaTalent
from talento.models.operations import Watched, WatchHit
from talento.models.talents import Talent
from talento.services import audit, live
from talento.services.mail import outbox
from talento.services.mail.versions import worded
from talento.services.text import line
from talento.services.work import Actor, Work, look, run
from talento.settings import settings
from talento.vocabulary.folding import fold
from talento.vocabulary.permissions import Permission, Role
from talento.vocabulary.watching import Why

TOPIC = "watch"
MOST_NAMES = 1_000
SHOWN = 200
SLICE = 5_000
CLOSE_FROM, LOOSE_FROM = 4, 8
"""Words of so many letters may be one letter apart, and two."""

NAMES = frozenset({"first_name", "last_name", "stage_name", "display_name"})
"""The facts whose change is compared again."""

KINDS: dict[str, type[Talent] | type[CinemaTalent]] = {"talent": Talent, "cinema_talent": CinemaTalent}


@dataclass(frozen=True, slots=True)
class Name:
    """A watched name, and how many answer to it."""

    id: int
    name: str
    note: str
    created_at: datetime
    hits: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who answers to a watched name. `why`: slug of `Why`; `page` shows the person."""

    id: int
    watched: str
    note: str
    name: str
    code: str
    why: str
    at: datetime
    is_seen: bool
    page: str


@dataclass(frozen=True, slots=True)
class WatchList:
    """The names by spelling, the hits newest first, and how many nobody has seen yet."""

    names: list[Name]
    hits: list[Hit]
    unseen: int


def why(watched: Sequence[str], person: Sequence[str]) -> Why | None:
    """How a person's words answer to the watched ones, both folded; None when they don't."""
    if not watched or not person:
        return None
    if sorted(watched) == sorted(person) or "".join(watched) == "".join(person):
        return Why.SAME
    if set(watched) <= set(person):
        return Why.PART
    left = list(person)
    for word in sorted(watched, key=len, reverse=True):
        close = next((other for other in left if _is_close(word, other)), None)
        if close is None:
            return None
        left.remove(close)
    return Why.CLOSE


def words(name: str) -> list[str]:
    """The words of a name, folded."""
    parts = name.replace("-", " ").replace("’", " ").replace("'", " ").split()
    return [folded for part in parts if (folded := fold(part))]


def shown(work: Work) -> WatchList:
    """The whole watch-list, for administrators."""
    work.require(Permission.ADMINISTER)
    counted = select(WatchHit.watched_id, func.count()).group_by(WatchHit.watched_id)
    counts: dict[int, int] = dict(work.session.execute(counted).tuples().all())
    rows = {row.id or 0: row for row in work.session.scalars(select(Watched))}
    names = [Name(key, row.name, row.note, row.created_at, counts.get(key, 0)) for key, row in rows.items()]
    newest = select(WatchHit).order_by(WatchHit.id.desc()).limit(SHOWN)
    hits = [_hit(row, rows[row.watched_id]) for row in work.session.scalars(newest)]
    unseen = work.session.scalar(select(func.count()).select_from(WatchHit).where(WatchHit.seen_at.is_(None))) or 0
    return WatchList(sorted(names, key=lambda one: fold(one.name)), hits, unseen)


def add(actor: Actor, name: str, note: str = "") -> int:
    """Watch a name from now on; says how many who are here already answer to it.

    Raises:
        Invalid: no name, or a name so short that half of everybody answers to it.
        Conflict: it is watched already, or the list is full.
    """
    key = run(actor, _added, line(name)[:120], line(note)[:300])
    return sum(run(actor, _compared, key, kind, after) for kind, after in look(actor, _slices))


def remove(work: Work, watched_id: int) -> None:
    """Watch a name no longer; its hits go with it."""
    work.require(Permission.ADMINISTER)
    row = work.get(Watched, watched_id)
    audit.security(work, "watch_removed", name=row.name)
    work.session.execute(delete(WatchHit).where(WatchHit.watched_id == watched_id))
    work.session.delete(row)
    live.publish(work, TOPIC, watched_id)


def see(work: Work, hit_id: int) -> None:
    """Note that an administrator looked at a hit."""
    work.require(Permission.ADMINISTER)
    row = work.session.get(WatchHit, hit_id)
    if row is None:
        raise NotFound("There is no such thing.")
    if row.seen_at is None:
        row.seen_at, row.seen_by = work.now, work.actor.user_id
        audit.activity(work, "watch_seen", "watch", hit_id, name=row.name)
        live.publish(work, TOPIC, row.watched_id)


def check(work: Work, kind: str, talent: Talent | CinemaTalent) -> int:
    """Compare somebody who registered, or changed their name, with the list; in the transaction of that.

    Each new hit is noted in the security log and mailed to the administrators. Returns how many there are.
    """
    watched = list(work.session.scalars(select(Watched)))
    if not watched:
        return 0
    known = select(WatchHit.watched_id).where(WatchHit.kind == kind, WatchHit.talent_id == talent.id)
    before = set(work.session.scalars(known))
    found = [(row, how) for row in watched if row.id not in before and (how := _why_of(row, talent))]
    for row, how in found:
        _note(work, row, kind, talent, how)
        _tell(work, row, talent, how)
    return len(found)


def _is_close(word: str, other: str) -> bool:
    if word == other:
        return True
    shorter = min(len(word), len(other))
    allowed = 2 if shorter >= LOOSE_FROM else 1 if shorter >= CLOSE_FROM else 0
    return allowed > 0 and OSA.distance(word, other, score_cutoff=allowed) <= allowed


def _names(talent: Talent | CinemaTalent) -> list[list[str]]:
    """The words of everything somebody is called."""
    other = talent.stage_name if isinstance(talent, CinemaTalent) else talent.display_name
    return [words(f"{talent.first_name} {talent.last_name}"), words(other or "")]


def _why_of(row: Watched, talent: Talent | CinemaTalent) -> Why | None:
    found = [how for person in _names(talent) if (how := why(words(row.name), person))]
    return min(found, key=list(Why).index) if found else None


def _added(work: Work, name: str, note: str) -> int:
    work.require(Permission.ADMINISTER)
    key = " ".join(sorted(words(name)))[:200]
    if len(key.replace(" ", "")) < CLOSE_FROM:
        raise Invalid("Please give at least four letters.", field="name")
    if work.session.scalars(select(Watched).where(Watched.key == key)).first():
        raise Conflict("This name is watched already.", field="name")
    if (work.session.scalar(select(func.count()).select_from(Watched)) or 0) >= MOST_NAMES:
        raise Conflict("The list is full: at most {count} names.", count=MOST_NAMES)
    row = Watched(name=name, key=key, note=note, created_at=work.now, created_by=work.actor.user_id)
    work.session.add(row)
    work.session.flush()
    audit.security(work, "watch_added", name=name)
    live.publish(work, TOPIC, row.id or 0)
    return row.id or 0


def _slices(work: Work) -> list[tuple[str, int]]:
    """Both rosters, a few thousand people at a time: no comparison holds the others up."""
    work.require(Permission.ADMINISTER)
    return [
        (kind, after)
        for kind, table in KINDS.items()
        for after in range(0, (work.session.scalar(select(func.max(table.id))) or 0) + 1, SLICE)
    ]


def _compared(work: Work, watched_id: int, kind: str, after: int) -> int:
    """Compare who is here already; no mail is sent about them: the administrator is looking."""
    work.require(Permission.ADMINISTER)
    row, table = work.get(Watched, watched_id), KINDS[kind]
    people = work.session.scalars(select(table).where(table.id > after, table.id <= after + SLICE))  # type: ignore[operator, arg-type]
    found = [(talent, how) for talent in people if (how := _why_of(row, talent))]
    for talent, how in found:
        _note(work, row, kind, talent, how)
    return len(found)


def _note(work: Work, row: Watched, kind: str, talent: Any, how: Why) -> None:
    name = f"{talent.first_name} {talent.last_name}".strip()
    work.insert(
        WatchHit, watched_id=row.id, kind=kind, talent_id=talent.id, name=name, code=talent.code, why=how.value,
        at=work.now,
    )  # fmt: skip
    audit.security(work, "watch_hit", severity="warning", name=row.name, code=talent.code, why=how.value)
    live.publish(work, TOPIC, row.id or 0)


def _tell(work: Work, row: Watched, talent: Any, how: Why) -> None:
    """Mail the administrators; the note stays on the page."""
    admins: Iterable[User] = work.session.scalars(
        select(User).where(User.role == Role.ADMIN, User.suspended_at.is_(None)).order_by(User.id)
    )
    name = f"{talent.first_name} {talent.last_name}".strip()
    for admin in admins:
        letter = worded(
            work, "watch_hit", admin.locale, f"{settings().base_url}/admin/watch-list",
            name=name, code=talent.code, watched=row.name, why=how.label(admin.locale),
        )  # fmt: skip
        outbox.put(work, "watch_hit", admin, letter)


def _hit(row: WatchHit, watched: Watched) -> Hit:
    page = f"/talents?q={row.code}" if row.kind == "talent" else f"/cinema?q={row.code}"
    return Hit(
        row.id or 0, watched.name, watched.note, row.name, row.code, row.why, row.at, row.seen_at is not None, page
    )
