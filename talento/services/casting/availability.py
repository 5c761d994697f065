"""Asking people on a board whether they are free; they answer by the link of a mail, or on their own page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import Select, select

from talento.errors import Conflict, Invalid, NotFound
from talento.models.accounts import User
from talento.models.casting import Candidate, CastingRole, Project
from talento.models.cinema import CinemaTalent
from talento.services import audit, live, text
from talento.services.casting import access, candidates, mine, papers
from talento.services.cinema import faces
from talento.services.days import span
from talento.services.mail import messages
from talento.services.mail.messages import Inquiry
from talento.services.tokens import digest, new_token
from talento.services.work import Work
from talento.settings import settings
from talento.vocabulary.casting import Answer, ProjectStatus, Stage

LASTS = timedelta(days=14)
ASKABLE = (Stage.CONSIDERED, Stage.CONTACTED, Stage.AVAILABLE, Stage.ON_HOLD, Stage.SELECTED)
"""Where it makes sense to ask; answers never move anybody out of the columns that a booking made."""

UNDECIDED = (Stage.CONSIDERED, Stage.CONTACTED)
LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody is asked, in their language; the board's column is not part of it. `answer`: slug of `Answer`."""

    candidate_id: int
    talent: str
    project: str
    production_type: str
    role: str
    days: str
    place: str
    fee: str
    answer: str


@dataclass(frozen=True, slots=True)
class Asked:
    """How many mails are on their way, and how many people could not be asked."""

    count: int
    skipped: int


def ask(work: Work, role_id: int, candidate_ids: Collection[int], *, note: str = "") -> Asked:
    """Mail a question to these people of a board, with a link that answers it; who was considered is then contacted.

    An earlier link of theirs stops working. Whoever is booked, released or has declined is left alone.

    Raises:
        NotFound: no such role of a project of theirs.
        Conflict: the project is completed.
        Invalid: the note is too long.
    """
    role, project = access.role(work, role_id, lock=True, is_open=True)
    said = text.lines(note)
    if len(said) > LONGEST_NOTE:
        raise Invalid("At most {count} characters, please.", field="note", count=LONGEST_NOTE)
    rows = work.session.execute(_rows().where(Candidate.role_id == role_id, Candidate.id.in_(candidate_ids))).all()
    askable = [row for row in rows if row[0].stage in ASKABLE and _may_be_asked(work, row[1])]
    for card, talent, user, *_ in askable:
        _ask(work, role, project, card, talent, user, said)
    live.publish(work, "role", role_id)
    return Asked(len(askable), len(set(candidate_ids)) - len(askable))


def question(work: Work, token: str, *, locale: str) -> Question:
    """What the link of a mail asks. Anybody who holds it may look; looking answers nothing.

    Raises:
        NotFound: unknown, expired, withdrawn, or the project is over.
    """
    return _question(*_linked(work, token), locale=locale)


def answer(work: Work, token: str, *, is_free: bool, reason: str = "") -> str:
    """Answer by the link of a mail; may be answered again while the link works. Returns the slug of the answer.

    Raises:
        NotFound: as `question`.
        Invalid: a no without a reason.
    """
    card, talent, _, role, _ = _linked(work, token)
    _hold(work, role)
    return _take(work, card, talent, is_free, reason)


def asked(work: Work, *, locale: str) -> list[Question]:
    """What the reader is asked and has not answered, latest first.

    Raises:
        NotFound: the account has no cinema profile.
    """
    talent = mine.profile(work)
    rows = work.session.execute(
        _rows()
        .where(
            Candidate.talent_id == talent.id,
            Candidate.asked_at.is_not(None),
            Candidate.answer == Answer.WAITING,
            Candidate.stage.in_(ASKABLE),
            Project.deleted_at.is_(None),
            Project.status != ProjectStatus.COMPLETED,
            CastingRole.deleted_at.is_(None),
        )
        .order_by(Candidate.asked_at.desc())
    )
    return [_question(*row, locale=locale) for row in rows]


def answer_own(work: Work, candidate_id: int, *, is_free: bool, reason: str = "") -> str:
    """Answer a question on one's own page.

    Raises:
        NotFound: it is somebody else's, was never asked, or is over.
        Invalid: a no without a reason.
    """
    talent = mine.profile(work)
    found = work.session.execute(
        _rows().where(Candidate.id == candidate_id, Candidate.talent_id == talent.id, Candidate.asked_at.is_not(None))
    ).first()
    if found is None or not _is_open(found[0], found[3], found[4]):
        raise NotFound("This question is no longer open.")
    _hold(work, found[3])
    return _take(work, found[0], talent, is_free, reason)


def fee_in_words(amount: Decimal | None, currency: str, period: object, locale: str) -> str:
    """1 200 MAD per day; empty without an amount."""
    if amount is None:
        return ""
    written = f"{amount:,.2f}".removesuffix(".00").replace(",", "\u202f")
    every = period.label(locale) if hasattr(period, "label") else ""
    return " ".join(part for part in (written, currency, every) if part)


def _rows() -> Select:
    return (
        select(Candidate, CinemaTalent, User, CastingRole, Project)
        .join(CinemaTalent, CinemaTalent.id == Candidate.talent_id)
        .join(User, User.id == CinemaTalent.user_id)
        .join(CastingRole, CastingRole.id == Candidate.role_id)
        .join(Project, Project.id == CastingRole.project_id)
    )


def _may_be_asked(work: Work, talent: CinemaTalent) -> bool:
    try:
        faces.visible(work, talent.id or 0)
    except NotFound:
        return False
    return True


def _ask(
    work: Work, role: CastingRole, project: Project, card: Candidate, talent: CinemaTalent, user: User, note: str
) -> None:
    token = new_token()
    card.link_hash, card.link_expires_at = digest(token), work.now + LASTS
    card.asked_at, card.answer, card.answer_reason, card.answered_at = work.now, Answer.WAITING, "", None
    if card.stage is Stage.CONSIDERED:
        candidates.shift(work, card, Stage.CONTACTED)
    is_minor = faces.is_minor(talent)
    said = _question(card, talent, user, role, project, locale=user.locale)
    inquiry = Inquiry(
        locale=user.locale,
        name=talent.guardian_name if is_minor else talent.first_name,
        talent=said.talent,
        is_to_guardian=is_minor,
        project=said.project,
        production_type=said.production_type,
        role=said.role,
        days=said.days,
        fee=said.fee,
        note=note,
    )
    link = f"{settings().base_url}/answer/{token}"
    messages.availability(work, inquiry, email=papers.address(talent, user), user=None if is_minor else user, link=link)
    audit.activity(work, "availability_asked", "candidate", card.id, role=role.id)


def _linked(work: Work, token: str) -> tuple[Candidate, CinemaTalent, User, CastingRole, Project]:
    is_current = (Candidate.link_hash == digest(token[:100]), Candidate.link_expires_at > work.now)
    found = work.session.execute(_rows().where(*is_current)).first()
    if found is None or not _is_open(found[0], found[3], found[4]):
        raise NotFound("This link was already used or has expired.")
    return found[0], found[1], found[2], found[3], found[4]


def _is_open(card: Candidate, role: CastingRole, project: Project) -> bool:
    """Whether an answer still means something: a no may be taken back while nobody was booked or released."""
    is_asked = card.stage in ASKABLE or (card.stage is Stage.DECLINED and card.answer is Answer.DECLINED)
    is_there = role.deleted_at is None and project.deleted_at is None
    return is_asked and is_there and project.status is not ProjectStatus.COMPLETED


def _hold(work: Work, role: CastingRole) -> None:
    """Take turns with the team's moves on this board."""
    work.session.refresh(role, with_for_update=True)


def _take(work: Work, card: Candidate, talent: CinemaTalent, is_free: bool, reason: str) -> str:
    work.session.refresh(card, with_for_update=True)
    if card.stage in (Stage.BOOKED, Stage.RELEASED):
        raise Conflict("The production has decided meanwhile. Look at your castings.")
    said = "" if is_free else mine.required_reason(reason)
    card.answer, card.answer_reason = (Answer.ACCEPTED if is_free else Answer.DECLINED), said
    card.answered_at = work.now
    if is_free and card.stage in (*UNDECIDED, Stage.DECLINED):
        candidates.shift(work, card, Stage.AVAILABLE)
    elif not is_free and card.stage is not Stage.DECLINED:
        candidates.shift(work, card, Stage.DECLINED, reason=said)
    audit.activity(work, "availability_answered", "candidate", card.id, answer=card.answer.value)
    live.publish(work, "role", card.role_id)
    return card.answer.value


def _question(
    card: Candidate, talent: CinemaTalent, user: User, role: CastingRole, project: Project, *, locale: str
) -> Question:
    return Question(
        candidate_id=card.id or 0,
        talent=faces.shown_name(talent),
        project=project.name,
        production_type=project.production_type.label(locale),
        role=f"{role.name} ({role.kind.label(locale)})",
        days=span(project.starts_on, project.ends_on, locale),
        place=papers.place(project, locale),
        fee=fee_in_words(role.fee, role.fee_currency, role.fee_period, locale),
        answer=card.answer.value,
    )
