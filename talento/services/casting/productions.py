"""Production companies: found while typing, edited in their place, deleted softly. Recruiters and admins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from talento.errors import Conflict, Forbidden, Invalid, NotFound
from talento.models.casting import Production, Project
from talento.models.facts import ProductionStep
from talento.services import audit, live
from talento.services.casting import access, rows
from talento.services.casting.finding import answers, folded
from talento.services.forms import Form
from talento.services.uploads import store
from talento.services.work import Work
from talento.vocabulary.casting import ProjectStatus
from talento.vocabulary.permissions import Permission

PAGE = 24
FORM = Form(Production, ProductionStep)


@dataclass(frozen=True, slots=True)
class Line:
    """A company in the list. `projects` counts those that are not completed."""

    id: int
    name: str
    specialization: str
    place_en: str
    place_fr: str
    logo_url: str
    is_verified: bool
    is_deleted: bool
    projects: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the companies that answer to a search, and how many there are in all."""

    rows: list[Line]
    total: int


@dataclass(frozen=True, slots=True)
class Known:
    """A project of a company that the reader works on."""

    id: int
    code: str
    name: str
    status: str


@dataclass(frozen=True, slots=True)
class Company:
    """Everything about one company."""

    id: int
    revision: int
    name: str
    logo_url: str
    is_verified: bool
    is_deleted: bool
    may_delete: bool
    active: int
    shown_en: dict[str, str]
    shown_fr: dict[str, str]
    links: dict[str, str]
    projects: list[Known]
    raw: dict[str, str] = field(repr=False)


def page(work: Work, *, text: str = "", is_verified: bool = False, is_deleted: bool = False, offset: int = 0) -> Page:
    """Companies by name, city or specialisation, in alphabetical order.

    Args:
        is_verified: only those that an admin has checked.
        is_deleted: the deleted ones instead; recruiters see those that they made themselves.
    """
    work.require(Permission.CASTING)
    wanted = [answers(Production.folded, text), _kept(work, is_deleted)]
    if is_verified:
        wanted.append(Production.is_verified.is_(True))
    total = work.session.scalar(select(func.count()).select_from(Production).where(*wanted)) or 0
    found = select(Production).where(*wanted).order_by(Production.folded, Production.id)
    return Page(_lines(work, work.session.scalars(found.offset(max(offset, 0)).limit(PAGE)).all()), total)


def one(work: Work, production_id: int) -> Company:
    """One company.

    Raises:
        NotFound: none, or deleted by somebody else.
    """
    work.require(Permission.CASTING)
    row = _row(work, production_id)
    return Company(
        id=production_id,
        revision=row.revision,
        name=row.name,
        logo_url=logo_url(row),
        is_verified=row.is_verified,
        is_deleted=row.deleted_at is not None,
        may_delete=_may_delete(work, row),
        active=_active(work, [production_id]).get(production_id, 0),
        shown_en=rows.shown(FORM, row, "en"),
        shown_fr=rows.shown(FORM, row, "fr"),
        links=rows.links(FORM, row),
        projects=_projects(work, production_id),
        raw=rows.raw(FORM, row),
    )


def choices(work: Work) -> list[tuple[int, str, str]]:
    """Every company that a project may belong to: its key, its name and its city."""
    work.require(Permission.CASTING)
    listed = select(Production.id, Production.name, Production.city).where(Production.deleted_at.is_(None))
    return [(key, name, city) for key, name, city in work.session.execute(listed.order_by(Production.folded))]


def create(work: Work, typed: Mapping[str, Any]) -> int:
    """Add a company; returns its key.

    Raises:
        InvalidForm: answers that need attention, by field.
    """
    work.require(Permission.CASTING)
    filled = rows.columns(Production, FORM.checked(typed).values)
    made = Production(**filled, created_at=work.now, updated_at=work.now, created_by=work.actor.user_id)
    made.folded = _folded(made)
    work.session.add(made)
    work.session.flush()
    _note(work, made, "production_created")
    return made.id or 0


def edit(work: Work, production_id: int, *, step: str, typed: Mapping[str, Any], revision: int | None = None) -> int:
    """Save the answers of one part; returns the new revision.

    Raises:
        InvalidForm: answers that need attention, by field.
        Conflict: it was changed elsewhere since it was opened.
    """
    work.require(Permission.CASTING)
    row = _row(work, production_id, lock=True, is_kept=True)
    rows.check_revision(row, revision)
    checked = FORM.checked({"country": row.country} | dict(typed), steps=[_step(step)])
    for column, value in rows.columns(Production, checked.values).items():
        setattr(row, column, value)
    return _touched(work, row, "production_changed", fields=sorted(checked.values))


def attach_logo(work: Work, production_id: int, file_id: str) -> int:
    """Put an uploaded logo in place of the old one, or remove it (`file_id` empty); returns the new revision.

    Raises:
        Invalid: the file is not theirs, or no logo.
    """
    work.require(Permission.CASTING)
    row = _row(work, production_id, lock=True, is_kept=True)
    if file_id:
        store.hand_over(work, file_id, store.FileKind.LOGO)
    before, row.logo_id = row.logo_id, file_id or None
    work.session.flush()
    if before != row.logo_id:
        store.drop(work, before)
    return _touched(work, row, "production_changed", fields=["logo"])


def verify(work: Work, production_id: int, is_verified: bool) -> int:
    """Say that a company was checked, or that it is not any more. Admins; logged."""
    work.require(Permission.ADMINISTER)
    row = _row(work, production_id, lock=True, is_kept=True)
    row.is_verified = is_verified
    audit.security(work, "production_verified" if is_verified else "production_unverified", production=production_id)
    return _touched(work, row, "production_verified", is_verified=is_verified)


def delete(work: Work, production_id: int) -> None:
    """Take a company out of every list. Its creator and admins.

    Raises:
        Forbidden: somebody else made it.
        Conflict: projects of it are under way.
    """
    work.require(Permission.CASTING)
    row = _row(work, production_id, lock=True, is_kept=True)
    _require_owner(work, row)
    if count := _active(work, [production_id]).get(production_id, 0):
        raise Conflict("Projects of this company under way: {count}. Complete or delete them first.", count=count)
    row.deleted_at = work.now
    _touched(work, row, "production_deleted")


def restore(work: Work, production_id: int) -> None:
    """Bring a deleted company back. Its creator and admins."""
    work.require(Permission.CASTING)
    row = _row(work, production_id, lock=True)
    _require_owner(work, row)
    row.deleted_at = None
    _touched(work, row, "production_restored")


def logo_url(row: Production) -> str:
    """The address of the logo, or empty."""
    return f"/files/{row.logo_id}" if row.logo_id else ""


def _row(work: Work, production_id: int, *, lock: bool = False, is_kept: bool = False) -> Production:
    query = select(Production).where(Production.id == production_id)
    row = work.session.scalars(query.with_for_update() if lock else query).first()
    if row is None or (row.deleted_at and (is_kept or not _may_delete(work, row))):
        raise NotFound("There is no such company.")
    return row


def _kept(work: Work, is_deleted: bool) -> ColumnElement[bool]:
    if not is_deleted:
        return Production.deleted_at.is_(None)
    mine = Production.created_by == work.actor.user_id
    gone = Production.deleted_at.is_not(None)
    return gone if work.actor.can(Permission.ADMINISTER) else and_(gone, mine)


def _may_delete(work: Work, row: Production) -> bool:
    return work.actor.can(Permission.ADMINISTER) or row.created_by == work.actor.user_id


def _require_owner(work: Work, row: Production) -> None:
    if not _may_delete(work, row):
        raise Forbidden("Only whoever added this company, or an administrator, can do this.")


def _active(work: Work, ids: Iterable[int]) -> dict[int, int]:
    """How many projects of each company are neither deleted nor completed."""
    counted = (
        select(Project.production_id, func.count())
        .where(Project.production_id.in_(ids), Project.deleted_at.is_(None), Project.status != ProjectStatus.COMPLETED)
        .group_by(Project.production_id)
    )
    return dict(work.session.execute(counted).tuples().all())


def _projects(work: Work, production_id: int) -> list[Known]:
    found = access.theirs(work).where(Project.production_id == production_id, Project.deleted_at.is_(None))
    return [
        Known(row.id or 0, row.code, row.name, row.status.value)
        for row in work.session.scalars(found.order_by(Project.created_at.desc(), Project.id.desc()).limit(100))
    ]


def _lines(work: Work, found: Iterable[Production]) -> list[Line]:
    found = list(found)
    active = _active(work, [row.id or 0 for row in found])
    return [
        Line(
            id=row.id or 0,
            name=row.name,
            specialization=row.specialization,
            place_en=rows.place(row.city, row.country, "en"),
            place_fr=rows.place(row.city, row.country, "fr"),
            logo_url=logo_url(row),
            is_verified=row.is_verified,
            is_deleted=row.deleted_at is not None,
            projects=active.get(row.id or 0, 0),
        )
        for row in found
    ]


def _step(name: str) -> ProductionStep:
    try:
        return ProductionStep(name)
    except ValueError as error:
        raise Invalid("There is no such step.", field="step") from error


def _folded(row: Production) -> str:
    return folded(row.name, row.city, row.specialization)


def _touched(work: Work, row: Production, action: str, **details: object) -> int:
    row.revision += 1
    row.updated_at = work.now
    row.folded = _folded(row)
    work.session.flush()
    _note(work, row, action, **details)
    return row.revision


def _note(work: Work, row: Production, action: str, **details: object) -> None:
    audit.activity(work, action, "production", row.id, **details)
    live.publish(work, "production", row.id or 0)
