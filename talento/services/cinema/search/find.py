"""Who may be cast: one search among cinema talents, alone or for a role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyroaring import BitMap
from sqlalchemy import Date, Integer, Select, bindparam, func, select

from talento.models.casting import Assignment, Candidate, Project
from talento.models.operations import Counter
from talento.services import audit, codes
from talento.services.casting import roles
from talento.services.casting.roles import RoleBrief
from talento.services.cinema.search.query import CinemaQuery
from talento.services.cinema.search.roster import CINEMA, TRAITS
from talento.services.search import Found, Index, News, Terms, Wide
from talento.services.search import find as found_by
from talento.services.search import follow as followed
from talento.services.search import matching as matched
from talento.services.work import Work, run
from talento.vocabulary.casting import ProjectStatus


@dataclass(frozen=True, slots=True)
class Casting:
    """What a search for a role adds: the role, and where those who are shown stand on its board."""

    found: Found
    query: CinemaQuery
    """What was really asked: without the traits that nothing calls for."""
    role: RoleBrief | None = None
    stages: Mapping[int, str] | None = None
    """Slugs of `Stage` by id of whom is on the board of the role."""


def find(
    work: Work,
    query: CinemaQuery,
    locale: str = "en",
    *,
    role_id: int | None = None,
    wide: Mapping[str, Wide] | None = None,
    on: Index | None = None,
) -> Casting:
    """Search; protected traits count only within a role that declares them, which is noted (`GD-11`).

    Args:
        role_id: the role that is cast; a project's team may search for its roles.

    Raises:
        NotFound: no such role, or not of a project of theirs.
    """
    role, asked, terms = _asked(work, query, role_id, locale)
    found = found_by(work, asked, locale, wide=wide, on=on or index(), terms=terms)
    return Casting(found, asked, role, _stages(work, role_id, [row.id for row in found.rows]))


def follow(
    work: Work,
    query: CinemaQuery,
    shown: Sequence[int],
    newest: int,
    keys: Sequence[int] = (),
    locale: str = "en",
    *,
    role_id: int | None = None,
    wide: Mapping[str, Wide] | None = None,
    on: Index | None = None,
) -> tuple[News | None, dict[int, str]]:
    """What changed for somebody who looks at the people `shown`, as in the general search; and their stages."""
    _, asked, terms = _asked(work, query, role_id, locale)
    news = followed(work, asked, shown, newest, keys, locale, wide=wide, on=on or index(), terms=terms)
    return news, _stages(work, role_id, shown)


def matching(work: Work, query: CinemaQuery, *, role_id: int | None = None, on: Index | None = None) -> BitMap:
    """The ids of everybody who matches; as scoped as `find`."""
    _, asked, terms = _asked(work, query, role_id, "en")
    return matched(work, asked, on=on or index(), terms=terms)


def allowed(query: CinemaQuery, declared: Sequence[str]) -> CinemaQuery:
    """The search without the protected traits that are not declared."""
    refused = [name for name in TRAITS if name not in declared and query.chosen(name)]
    return query.replaced(**dict.fromkeys(refused, ()), page=query.page) if refused else query


def index() -> Index:
    """The index of this process."""
    return _index


def heard(changes: list[tuple[str, int]]) -> None:
    """What the feed of changes calls in each process; before any listener that makes people search again."""
    _index.heard(changes)


def _asked(
    work: Work, query: CinemaQuery, role_id: int | None, locale: str
) -> tuple[RoleBrief | None, CinemaQuery, Terms]:
    work.require(CINEMA.permission)
    role = roles.brief(work, role_id, locale=locale) if role_id is not None else None
    declared = role.declared_traits if role else ()
    if role and declared:
        _note(work, role)
    taken = _taken(work, query, role.project_id if role else None)
    return role, allowed(query, declared), Terms(frozenset(declared) & frozenset(TRAITS), taken)


def _taken(work: Work, query: CinemaQuery, but: int | None) -> BitMap:
    """Who is booked on some of the wanted days, by another project than the one that searches."""
    if query.free is None:
        return BitMap()
    first, last = query.free
    return BitMap(work.session.scalars(_BOOKED, {"first": first, "last": last, "but": but or 0}))


def _stages(work: Work, role_id: int | None, talent_ids: Sequence[int]) -> dict[int, str]:
    """Where those of these people who are on the board of a role stand."""
    if role_id is None or not talent_ids:
        return {}
    on_board = select(Candidate.talent_id, Candidate.stage).where(
        Candidate.role_id == role_id, Candidate.talent_id.in_(talent_ids)
    )
    return {key: stage.value for key, stage in work.session.execute(on_board)}


def _note(work: Work, role: RoleBrief) -> None:
    """Write down, once for each role, person and day, that protected traits are searched, and why."""
    scope = f"traits:{role.id}:{work.actor.user_id}:{work.now:%Y-%m-%d}"
    if work.session.get(Counter, scope) is None:
        run(work.actor, _noted, scope, role)


def _noted(work: Work, scope: str, role: RoleBrief) -> None:
    if codes.next_number(work, scope) == 1:
        details = {"traits": ",".join(role.declared_traits), "reason": role.traits_reason}
        audit.activity(work, "traits_searched", "role", role.id, **details)


_STARTS = func.coalesce(Assignment.starts_on, Project.starts_on, Assignment.ends_on, Project.ends_on)
_ENDS = func.coalesce(Assignment.ends_on, Project.ends_on, Assignment.starts_on, Project.starts_on)
_BOOKED: Select = (
    select(Assignment.talent_id)
    .join(Project, Project.id == Assignment.project_id)
    .where(
        Assignment.removed_at.is_(None),
        Project.deleted_at.is_(None),
        Project.status != ProjectStatus.COMPLETED,
        Project.id != bindparam("but", type_=Integer),
        bindparam("last", type_=Date) >= _STARTS,
        bindparam("first", type_=Date) <= _ENDS,
    )
)

_index = Index(roster=CINEMA)
