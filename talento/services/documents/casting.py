"""The papers of a project: badges, contact sheets and cast lists, and everybody's own badge."""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import select

from talento.errors import Invalid
from talento.i18n import phrase, say, say_plural
from talento.models.accounts import User
from talento.models.casting import Assignment
from talento.models.cinema import CinemaTalent
from talento.services.badges import keys, signature
from talento.services.casting import papers
from talento.services.casting.papers import Heading, Member
from talento.services.documents import badges, cast_list, contact_sheet
from talento.services.documents.made import Made
from talento.services.documents.photos import photo
from talento.services.security import rules, suspicion
from talento.services.work import SYSTEM, Actor, Work, look, run

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Told = Callable[[int], None]


def silent(done: int) -> None:
    """Tells nobody how far it is."""


def badge_sheet(
    actor: Actor,
    project_id: int,
    *,
    locale: str,
    layout: str = "8",
    ids: Collection[int] | None = None,
    told: Told = silent,
) -> Made:
    """Badges of a project's people: one a page, or sheets of 4 or 8 with crop marks.

    Raises:
        NotFound: no such project of theirs.
        Invalid: an unknown layout, or nobody to make a badge for.
    """
    plan = badges.LAYOUTS.get(layout)
    if plan is None:
        raise Invalid("Please choose one of the options.", field="layout")
    heading, people = look(actor, papers.cast, project_id, locale=locale, ids=ids)
    _require_somebody(people)
    data = _badges(actor, heading, people, plan, locale, told)
    run(actor, papers.note_made, [one.assignment_id for one in people])
    return Made(f"{heading.code}-badges.pdf", data, PDF)


def badge(actor: Actor, assignment_id: int, *, locale: str, is_own: bool = False) -> Made:
    """One badge, for the team or, when `is_own`, for the talent themselves.

    Raises:
        NotFound: there is none, or it is not theirs.
    """
    heading, member = look(actor, papers.own if is_own else papers.one, assignment_id, locale=locale)
    data = _badges(actor, heading, [member], badges.LAYOUTS["1"], locale, silent)
    run(actor, papers.note_made, [assignment_id])
    return Made(f"{member.code}.pdf", data, PDF)


def badge_to_mail(assignment_id: int) -> tuple[str, str, bytes]:
    """Name, type and content of a badge that goes with a mail, in the language of its owner.

    Raises:
        NotFound: they were taken off the project meanwhile.
    """
    made = badge(SYSTEM, assignment_id, locale=look(SYSTEM, _locale_of, assignment_id))
    return made.name, made.media_type, made.data


def contacts(
    actor: Actor,
    project_id: int,
    *,
    locale: str,
    grid: str = "9",
    ids: Collection[int] | None = None,
    told: Told = silent,
) -> Made:
    """The faces of a project's people, 1, 4, 9 or 20 to a page, with ages and places: personal data of many at once.

    Raises:
        NotFound, Invalid: as `badge_sheet`.
        NotFresh: the reader proved who they are too long ago.
    """
    if grid not in contact_sheet.GRIDS:
        raise Invalid("Please choose one of the options.", field="layout")
    heading, people = look(actor, _fresh_cast, project_id, locale, ids)
    _require_somebody(people)
    shown = [
        contact_sheet.Face(one.name, one.code, (_about(one, locale), one.role), photo(actor, one.photo_id))
        for one in people
    ]
    data = contact_sheet.drawn(shown, grid, locale, title=heading.name, subtitle=heading.line, told=told)
    return Made(f"{heading.code}-faces.pdf", data, PDF)


def cast(actor: Actor, project_id: int, *, locale: str, is_workbook: bool = False) -> Made:
    """The cast list as PDF or XLSX; contact details only for those who may know them.

    Raises:
        NotFound: no such project of theirs.
        NotFresh: the reader proved who they are too long ago.
    """
    heading, people = look(actor, _fresh_cast, project_id, locale)
    lines = [cast_list.Line(one.code, one.name, one.kind, one.role, one.days, one.contact) for one in people]
    title = f"{say(locale, phrase('Cast list'))} · {heading.name}"
    if is_workbook:
        data = cast_list.workbook(lines, locale, title=title, subtitle=heading.line)
        return Made(f"{heading.code}-cast.xlsx", data, XLSX)
    return Made(f"{heading.code}-cast.pdf", cast_list.drawn(lines, locale, title=title, subtitle=heading.line), PDF)


def _fresh_cast(
    work: Work, project_id: int, locale: str, ids: Collection[int] | None = None
) -> tuple[Heading, list[Member]]:
    work.require_fresh()
    suspicion.suspect_reading(work, rules.EXPORTS)
    return papers.cast(work, project_id, locale=locale, ids=ids)


def _badges(
    actor: Actor, heading: Heading, people: Sequence[Member], plan: badges.Layout, locale: str, told: Told
) -> bytes:
    key = keys.signing_key()
    size = "medium" if plan.scale < 1 else "large"
    made = (
        badges.Badge(
            code=one.code,
            talent_code=one.talent_code,
            name=one.name,
            photo=photo(actor, one.photo_id, size),
            project=heading.name,
            production=heading.production,
            production_type=heading.production_type,
            dates=one.days,
            role=one.role,
            kind=one.kind,
            qr=signature.signed(one.badge, key),
        )
        for one in people
    )
    return badges.drawn(made, plan, locale, title=f"{heading.name} · {heading.code}", told=told)


def _about(member: Member, locale: str) -> str:
    return f"{say_plural(locale, member.age, one='{n} year', other='{n} years')} · {member.place}"


def _require_somebody(people: Sequence[Member]) -> None:
    if not people:
        raise Invalid("Nobody is assigned yet.")


def _locale_of(work: Work, assignment_id: int) -> str:
    owner = select(User.locale).join(CinemaTalent, CinemaTalent.user_id == User.id)
    found = owner.join(Assignment, Assignment.talent_id == CinemaTalent.id).where(Assignment.id == assignment_id)
    return work.session.scalar(found) or "en"
