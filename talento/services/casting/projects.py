"""Projects: made, edited, staffed and closed by their team; nobody else knows of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from talento.errors import Forbidden, Invalid, InvalidForm, NotFound
from talento.models.accounts import User
from talento.models.casting import Production, Project, ProjectMember, ProjectStatusChange
from talento.models.facts import ProjectStep
from talento.services import audit, codes, live, text
from talento.services.casting import access, productions, rows, team
from talento.services.casting.finding import folded
from talento.services.forms import Answers, Form, Raw
from talento.services.reference import book
from talento.services.work import Work
from talento.vocabulary.casting import ProjectStatus
from talento.vocabulary.permissions import Permission


@dataclass(frozen=True)
class ProjectForm(Form):
    """The questions about a project; its last day is not before its first."""

    def checked(self, raw: Raw, **options: Any) -> Answers:
        found = super().checked(raw, **options)
        check_days(found["starts_on"], found["ends_on"])
        return found


FORM = ProjectForm(Project, ProjectStep)


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the life of a project."""

    status: str
    at: datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one project but its roles and its people."""

    id: int
    revision: int
    code: str
    name: str
    status: str
    production_id: int
    production: str
    logo_url: str
    production_type: str
    place_en: str
    place_fr: str
    starts_on: str
    ends_on: str
    currency: str
    is_deleted: bool
    may_delete: bool
    history: list[Step]
    team: list[team.Member]
    shown_en: dict[str, str]
    shown_fr: dict[str, str]
    raw: dict[str, str] = field(repr=False)


def check_days(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse an end before the start, beside the field.

    Raises:
        InvalidForm: the last day is before the first.
    """
    if starts_on and ends_on and ends_on < starts_on:
        raise InvalidForm({"ends_on": Invalid("The last day is before the first.", field="ends_on")})


def one(work: Work, project_id: int) -> Sheet:
    """One project of the reader's.

    Raises:
        NotFound: none, not theirs, or deleted by somebody else.
    """
    work.require(Permission.CASTING)
    row = _row(work, project_id)
    company = work.session.get(Production, row.production_id) if row.production_id else None
    return Sheet(
        id=project_id,
        revision=row.revision,
        code=row.code,
        name=row.name,
        status=row.status.value,
        production_id=row.production_id or 0,
        production=company.name if company else "",
        logo_url=productions.logo_url(company) if company else "",
        production_type=row.production_type.value,
        place_en=rows.row_place(row, "en"),
        place_fr=rows.row_place(row, "fr"),
        starts_on=rows.iso(row.starts_on),
        ends_on=rows.iso(row.ends_on),
        currency=book().currencies[row.country],
        is_deleted=row.deleted_at is not None,
        may_delete=_may_delete(work, row),
        history=_history(work, project_id),
        team=team.members(work, project_id),
        shown_en=rows.shown(FORM, row, "en"),
        shown_fr=rows.shown(FORM, row, "fr"),
        raw=rows.raw(FORM, row) | {"production": str(row.production_id or "")},
    )


def create(work: Work, typed: Mapping[str, Any]) -> int:
    """Start a project: its code is given for good, its creator is on the team; returns its key.

    Raises:
        InvalidForm: answers that need attention, by field.
    """
    work.require(Permission.CASTING)
    checked = FORM.checked(typed)
    kind, city = checked["production_type"], book().cities[checked["city"]]
    code = codes.new_project_code(work, country=checked["country"], city=city.letters, specialty=kind.specialty)
    filled = rows.columns(Project, checked.values) | {"production_id": _production(work, typed.get("production"))}
    made = Project(**filled, code=str(code), created_at=work.now, updated_at=work.now, created_by=work.actor.user_id)
    made.folded = _folded(made)
    work.session.add(made)
    work.session.flush()
    project_id = made.id or 0
    _step_to(work, made, ProjectStatus.PRE_PRODUCTION, "")
    if work.actor.user_id:
        work.insert(ProjectMember, project_id=project_id, user_id=work.actor.user_id, added_at=work.now)
    _note(work, made, "project_created", code=made.code)
    return project_id


def edit(work: Work, project_id: int, *, step: str, typed: Mapping[str, Any], revision: int | None = None) -> int:
    """Save the answers of one part; the code stays as it is. Returns the new revision.

    Raises:
        InvalidForm: answers that need attention, by field.
        Conflict: it was changed elsewhere since it was opened, or the project is completed.
    """
    row = access.project(work, project_id, lock=True, is_open=True)
    rows.check_revision(row, revision)
    known = _step(step)
    checked = FORM.checked({"country": row.country} | dict(typed), steps=[known])
    for column, value in rows.columns(Project, checked.values).items():
        setattr(row, column, value)
    if known is ProjectStep.PROJECT and "production" in typed:
        row.production_id = _production(work, typed["production"])
    return _touched(work, row, "project_changed", fields=sorted(checked.values))


def set_status(work: Work, project_id: int, status: str, note: str = "") -> None:
    """Move a project on, or back, and say why.

    Raises:
        Invalid: no such status, or the one it has.
    """
    row = access.project(work, project_id, lock=True)
    known = ProjectStatus.parse(status)
    if known is None:
        raise Invalid("Please choose one of the options.", field="status")
    if known is row.status:
        raise Invalid("The project has this status already.", field="status")
    _step_to(work, row, known, note)
    _touched(work, row, "project_status", status=known.value)


def delete(work: Work, project_id: int) -> None:
    """Take a project out of every list. Its creator and admins.

    Raises:
        Forbidden: somebody else made it.
    """
    row = access.project(work, project_id, lock=True)
    _require_owner(work, row)
    row.deleted_at = work.now
    _touched(work, row, "project_deleted")


def restore(work: Work, project_id: int) -> None:
    """Bring a deleted project back. Its creator and admins.

    Raises:
        NotFound: none, or not theirs.
    """
    work.require(Permission.CASTING)
    row = _row(work, project_id, lock=True)
    _require_owner(work, row)
    row.deleted_at = None
    _touched(work, row, "project_restored")


def _row(work: Work, project_id: int, *, lock: bool = False) -> Project:
    """A project of the reader's; a deleted one only for those who may restore it."""
    query = access.theirs(work).where(Project.id == project_id)
    row = work.session.scalars(query.with_for_update(of=Project) if lock else query).first()
    if row is None or (row.deleted_at and not _may_delete(work, row)):
        raise NotFound("There is no such project, or you are not on its team.")
    return row


def _may_delete(work: Work, row: Project) -> bool:
    return work.actor.can(Permission.ADMINISTER) or row.created_by == work.actor.user_id


def _require_owner(work: Work, row: Project) -> None:
    if not _may_delete(work, row):
        raise Forbidden("Only whoever started this project, or an administrator, can do this.")


def _production(work: Work, said: Any) -> int | None:
    """The company that was chosen; None when none was.

    Raises:
        InvalidForm: it is not there any more.
    """
    chosen = str(said or "").strip()
    if not chosen:
        return None
    is_key = chosen.isascii() and chosen.isdigit() and len(chosen) < 10
    found = work.session.get(Production, int(chosen)) if is_key else None
    if found is None or found.deleted_at:
        raise InvalidForm({"production": Invalid("Please choose a company from the list.", field="production")})
    return found.id


def _step_to(work: Work, row: Project, status: ProjectStatus, note: str) -> None:
    row.status = status
    said = text.line(note)[:300]
    work.insert(
        ProjectStatusChange, project_id=row.id, status=status, at=work.now, user_id=work.actor.user_id, note=said
    )


def _history(work: Work, project_id: int) -> list[Step]:
    found = (
        select(ProjectStatusChange, User.name)
        .outerjoin(User, User.id == ProjectStatusChange.user_id)
        .where(ProjectStatusChange.project_id == project_id)
        .order_by(ProjectStatusChange.id.desc())
        .limit(100)
    )
    return [Step(row.status.value, row.at, name or "", row.note) for row, name in work.session.execute(found)]


def _step(name: str) -> ProjectStep:
    try:
        return ProjectStep(name)
    except ValueError as error:
        raise Invalid("There is no such step.", field="step") from error


def _folded(row: Project) -> str:
    places = [rows.row_place(row, locale) for locale in ("en", "fr")]
    return folded(row.name, row.code, *places, row.shooting_places)


def _touched(work: Work, row: Project, action: str, **details: object) -> int:
    row.revision += 1
    row.updated_at = work.now
    row.folded = _folded(row)
    work.session.flush()
    _note(work, row, action, **details)
    return row.revision


def _note(work: Work, row: Project, action: str, **details: object) -> None:
    audit.activity(work, action, "project", row.id, **details)
    live.publish(work, "project", row.id or 0)
