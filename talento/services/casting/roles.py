"""The roles of a project: what is cast, how many, for what fee, and the search that finds them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import func, select

from talento.errors import Conflict, Invalid, InvalidForm, NotFound
from talento.i18n import phrase
from talento.models.casting import Assignment, Candidate, CastingRole, Project
from talento.models.facts import RoleStep
from talento.services import audit, live, text
from talento.services.casting import access, rows
from talento.services.forms import Answers, Form, Raw
from talento.services.reference import book
from talento.services.work import Work
from talento.vocabulary.permissions import Permission

TRAITS = ("ethnicities", "skin_tone")
"""The protected traits, by the names of their facts and of their search parameters (`GD-11`)."""
REASON_AT_LEAST = 10
AT_MOST = 200


@dataclass(frozen=True)
class RoleForm(Form):
    """The questions about a role; a fee says what it is paid for."""

    def checked(self, raw: Raw, **options: Any) -> Answers:
        found = super().checked(raw, **options)
        if found["fee"] is not None and found["fee_period"] is None:
            refusal = Invalid("Say what the fee is paid for.", field="fee_period")
            raise InvalidForm({"fee_period": refusal})
        return found


FORM = RoleForm(CastingRole, RoleStep)


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role as its project shows it. `considered` counts everybody on its board, `booked` those assigned."""

    id: int
    revision: int
    name: str
    kind: str
    wanted: int
    booked: int
    considered: int
    description: str
    fee: str
    fee_period: str
    criteria: str
    traits: list[str]
    traits_reason: str
    raw: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class RoleBrief:
    """What a search or a board has to know of a role. `criteria` is a cinema search as the address bar writes it."""

    id: int
    project_id: int
    project_name: str
    project_code: str
    name: str
    kind: str
    criteria: str
    declared_traits: tuple[str, ...]
    traits_reason: str
    starts_on: date | None
    ends_on: date | None


def listed(work: Work, project_id: int) -> list[RoleView]:
    """The roles of a project, in the order that its team chose."""
    access.project(work, project_id)
    found = list(work.session.scalars(_of(project_id)))
    keys = [row.id or 0 for row in found]
    booked = dict(work.session.execute(_booked(keys)).tuples().all())
    considered = dict(work.session.execute(_considered(keys)).tuples().all())
    return [_view(row, booked.get(row.id, 0), considered.get(row.id, 0)) for row in found]


def brief(work: Work, role_id: int, *, locale: str = "en") -> RoleBrief:
    """A role and its project, for the search that casts it.

    Raises:
        NotFound: none, or not of a project of theirs.
    """
    row, project = access.role(work, role_id)
    return RoleBrief(
        id=role_id,
        project_id=project.id or 0,
        project_name=project.name,
        project_code=project.code,
        name=row.name,
        kind=row.kind.value,
        criteria=row.criteria,
        declared_traits=tuple(_traits(row)),
        traits_reason=row.traits_reason,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
    )


def create(work: Work, project_id: int, typed: Mapping[str, Any]) -> int:
    """Add a role at the end of the list; returns its key.

    Raises:
        InvalidForm: answers that need attention, by field.
        Conflict: the project is completed, or has very many roles.
    """
    project = access.project(work, project_id, is_open=True)
    filled = _filled(project, typed)
    count, last = work.session.execute(
        select(func.count(), func.max(CastingRole.place)).where(CastingRole.project_id == project_id)
    ).one()
    if count >= AT_MOST:
        raise Conflict("A project has at most {count} roles.", count=AT_MOST)
    place = 0 if last is None else last + 1
    made = CastingRole(**filled, project_id=project_id, place=place, created_at=work.now, updated_at=work.now)
    work.session.add(made)
    work.session.flush()
    _note(work, made, "role_created")
    return made.id or 0


def edit(work: Work, role_id: int, typed: Mapping[str, Any], *, revision: int | None = None) -> int:
    """Save the answers about a role; returns the new revision.

    Raises:
        InvalidForm: answers that need attention, by field.
        Conflict: it was changed elsewhere since it was opened, or the project is completed.
    """
    row, project = access.role(work, role_id, lock=True, is_open=True)
    rows.check_revision(row, revision)
    filled = _filled(project, typed)
    for column, value in filled.items():
        setattr(row, column, value)
    return _touched(work, row, "role_changed", fields=sorted(filled))


def reorder(work: Work, project_id: int, role_ids: Iterable[int]) -> None:
    """Put the roles in this order; those not named keep their order behind."""
    access.project(work, project_id, is_open=True)
    found = {row.id: row for row in work.session.scalars(_of(project_id, lock=True))}
    wanted = [role_id for role_id in dict.fromkeys(role_ids) if role_id in found]
    behind = sorted(found.keys() - set(wanted), key=lambda role_id: (found[role_id].place, role_id))
    for place, role_id in enumerate([*wanted, *behind]):
        found[role_id].place = place
    work.session.flush()
    audit.activity(work, "roles_reordered", "project", project_id)
    live.publish(work, "project", project_id)


def delete(work: Work, role_id: int) -> None:
    """Take a role out of its project; its board is kept with it.

    Raises:
        Conflict: people are assigned to it, or the project is completed.
    """
    row, _ = access.role(work, role_id, lock=True, is_open=True)
    if count := dict(work.session.execute(_booked([role_id])).tuples().all()).get(role_id, 0):
        raise Conflict("People assigned to this role: {count}. Release them first.", count=count)
    row.deleted_at = work.now
    _touched(work, row, "role_deleted")


def restore(work: Work, role_id: int) -> None:
    """Bring a role back that was deleted by mistake.

    Raises:
        NotFound: none, or not of a project of theirs.
    """
    work.require(Permission.CASTING)
    project_id = work.session.scalar(select(CastingRole.project_id).where(CastingRole.id == role_id))
    if project_id is None:
        raise NotFound("There is no such role.")
    access.project(work, project_id, is_open=True)
    row = work.session.scalars(select(CastingRole).where(CastingRole.id == role_id).with_for_update()).one()
    row.deleted_at = None
    _touched(work, row, "role_restored")


def save_criteria(work: Work, role_id: int, criteria: str) -> int:
    """Keep a cinema search as what the role looks for; returns the new revision.

    Raises:
        Invalid: too long, or it asks for a protected trait that the role does not declare.
    """
    row, _ = access.role(work, role_id, lock=True, is_open=True)
    said = text.line(criteria).lstrip("?")
    if len(said) > 2000:
        raise Invalid("At most {count} characters, please.", field="criteria", count=2000)
    undeclared = {name for name, _ in parse_qsl(said)} & set(TRAITS) - set(_traits(row))
    if undeclared:
        raise Invalid("This role does not call for ethnicity or skin tone. Declare it first, with the reason.")
    row.criteria = said
    return _touched(work, row, "role_criteria")


def declare_traits(work: Work, role_id: int, traits: Iterable[str], reason: str) -> int:
    """Say that a role calls for protected traits, and why; none at all withdraws it. Logged (`GD-11`).

    Raises:
        InvalidForm: an unknown trait, or no reason worth the name.
    """
    row, _ = access.role(work, role_id, lock=True, is_open=True)
    wanted, said = list(dict.fromkeys(traits)), text.line(reason)[:500]
    if unknown := set(wanted) - set(TRAITS):
        raise InvalidForm({"traits": Invalid("Please choose among the options.", field="traits", unknown=unknown)})
    if wanted and len(said) < REASON_AT_LEAST:
        sentence = phrase("Please give the reason in at least {count} characters.")
        refusal = Invalid(sentence, field="traits_reason", count=REASON_AT_LEAST)
        raise InvalidForm({"traits_reason": refusal})
    row.declared_traits = ",".join(name for name in TRAITS if name in wanted)
    row.traits_reason = said if wanted else ""
    kept = [pair for pair in parse_qsl(row.criteria) if pair[0] not in TRAITS or pair[0] in wanted]
    row.criteria = urlencode(kept)
    details = {"role": role_id, "traits": row.declared_traits, "reason": row.traits_reason}
    audit.security(work, "traits_declared" if wanted else "traits_withdrawn", **details)
    return _touched(work, row, "role_traits", traits=row.declared_traits)


def _of(project_id: int, *, lock: bool = False) -> Any:
    kept = CastingRole.project_id == project_id, CastingRole.deleted_at.is_(None)
    if lock:  # always in the order of keys, so that two people never wait for each other
        return select(CastingRole).where(*kept).order_by(CastingRole.id).with_for_update()
    return select(CastingRole).where(*kept).order_by(CastingRole.place, CastingRole.id)


def _booked(role_ids: list[int]) -> Any:
    """How many people are assigned to each role."""
    return (
        select(Assignment.role_id, func.count())
        .where(Assignment.role_id.in_(role_ids), Assignment.removed_at.is_(None))
        .group_by(Assignment.role_id)
    )


def _considered(role_ids: list[int]) -> Any:
    """How many people are on each board."""
    return select(Candidate.role_id, func.count()).where(Candidate.role_id.in_(role_ids)).group_by(Candidate.role_id)


def _filled(project: Project, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that the answers fill; a fee is in the project's currency unless another was chosen."""
    filled = rows.columns(CastingRole, FORM.checked(typed).values)
    if filled["fee"] is not None and not filled["fee_currency"]:
        filled["fee_currency"] = book().currencies[project.country]
    return filled


def _view(row: CastingRole, booked: int, considered: int) -> RoleView:
    return RoleView(
        id=row.id or 0,
        revision=row.revision,
        name=row.name,
        kind=row.kind.value,
        wanted=row.wanted,
        booked=booked,
        considered=considered,
        description=row.description,
        fee=_money(row.fee, row.fee_currency),
        fee_period=row.fee_period.value if row.fee_period else "",
        criteria=row.criteria,
        traits=_traits(row),
        traits_reason=row.traits_reason,
        raw=rows.raw(FORM, row),
    )


def _money(amount: Decimal | None, currency: str) -> str:
    if amount is None:
        return ""
    written = f"{amount:,.2f}".removesuffix(".00").replace(",", "\u202f")
    return f"{written} {currency}".strip()


def _traits(row: CastingRole) -> list[str]:
    return [name for name in row.declared_traits.split(",") if name]


def _touched(work: Work, row: CastingRole, action: str, **details: object) -> int:
    row.revision += 1
    row.updated_at = work.now
    work.session.flush()
    _note(work, row, action, **details)
    return row.revision


def _note(work: Work, row: CastingRole, action: str, **details: object) -> None:
    audit.activity(work, action, "role", row.id, project=row.project_id, **details)
    live.publish(work, "project", row.project_id)
    live.publish(work, "role", row.id or 0)
