"""A guardian's consent: asked by mail, given or refused on a page of its own, taken back by a later link (`GD-07`)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from urllib.parse import quote

from sqlalchemy import select, update

from talento.errors import Conflict, Invalid, InvalidForm, NotFound, Refusal
from talento.i18n import phrase
from talento.models.accounts import Link, User
from talento.models.cinema import CinemaTalent
from talento.services import audit, live, throttle
from talento.services.cinema import faces, rows
from talento.services.mail import messages
from talento.services.text import line
from talento.services.tokens import digest, new_token
from talento.services.work import Work
from talento.settings import settings
from talento.vocabulary.permissions import Permission

GONE = phrase("This link was already used or has expired. Ask for a new one.")


class Purpose(StrEnum):
    """What a guardian's link lets its holder do."""

    CONSENT = "consent"
    WITHDRAW = "withdraw"


ASKED_FOR = timedelta(days=14)


class Standing(StrEnum):
    """Where the consent for somebody under 18 stands."""

    NOT_NEEDED = "not_needed"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a guardian sees: for whom they decide. `is_given`: they did consent, and may take it back."""

    child: str
    born_on: date
    guardian: str
    is_given: bool
    given_at: datetime | None


def standing(talent: CinemaTalent) -> Standing:
    """Where the consent stands."""
    if not faces.is_minor(talent):
        return Standing.NOT_NEEDED
    if talent.guardian_consented_at is not None:
        return Standing.GIVEN
    return Standing.REFUSED if talent.guardian_refused_at is not None else Standing.ASKED


def ask(work: Work, talent: CinemaTalent, user: User) -> None:
    """Mail the guardian a fresh link; earlier ones stop working. For the services that register and edit."""
    link = _new_link(work, talent, Purpose.CONSENT, work.now + ASKED_FOR)
    messages.guardian_asked(
        work, user, email=rows.ROWS.opened(talent, "guardian_email"), guardian=talent.guardian_name,
        child=_child(talent), link=link,
    )  # fmt: skip
    audit.security(work, "guardian_asked", user_id=user.id, talent=talent.id)


def ask_again(work: Work, talent_id: int | None = None) -> None:
    """Send the guardian's mail again: for your own profile, or as an admin for anybody's.

    Raises:
        Conflict: no consent is missing.
        TooMany: it was sent several times already.
    """
    work.require(Permission.OWN_PROFILE if talent_id is None else Permission.ADMINISTER)
    is_meant = CinemaTalent.user_id == work.actor.user_id if talent_id is None else CinemaTalent.id == talent_id
    talent = work.session.scalars(select(CinemaTalent).where(is_meant).with_for_update()).first()
    if talent is None:
        raise NotFound("Your account has no cinema profile.")
    if standing(talent) in (Standing.NOT_NEEDED, Standing.GIVEN):
        raise Conflict("No consent is missing.")
    if not talent.guardian_email_sealed:
        raise Conflict("No guardian's e-mail is known. Write it in the profile first.")
    throttle.spend(work, throttle.MAIL_TO_ONE, f"guardian:{talent.id}")
    ask(work, talent, work.get(User, talent.user_id))


def asked(work: Work, token: str) -> Asked:
    """What a link asks its holder to decide.

    Raises:
        NotFound: it was used, has expired, or never existed.
    """
    _, talent = _by_token(work, token)
    is_given = talent.guardian_consented_at is not None
    return Asked(_child(talent), talent.born_on, talent.guardian_name, is_given, talent.guardian_consented_at)


def consent(work: Work, *, token: str, signed: str, is_ticked: bool) -> None:
    """Consent, by a name typed and a box ticked; the guardian is mailed a link to take it back.

    Raises:
        NotFound: the link was used, has expired, or never existed.
        InvalidForm: the name or the tick is missing.
    """
    link, talent = _by_token(work, token, lock=True)
    wrong: dict[str, Refusal] = {}
    name = line(signed)[:200]
    if sum(letter.isalpha() for letter in name) < 2:
        wrong["signed"] = Invalid("Please write your full name.", field="signed")
    if not is_ticked:
        wrong["agreed"] = Invalid("Please tick this box to go on.", field="agreed")
    if wrong:
        raise InvalidForm(wrong)
    _spend(work, link)
    talent.guardian_consented_at, talent.guardian_refused_at = work.now, None
    talent.guardian_signed_sealed = rows.ROWS.seal(talent.uid, "guardian_signed", name)
    user = work.get(User, talent.user_id)
    back = _new_link(work, talent, Purpose.WITHDRAW, _coming_of_age(talent))
    messages.guardian_consented(
        work, user, email=rows.ROWS.opened(talent, "guardian_email"), guardian=talent.guardian_name,
        child=_child(talent), link=back,
    )  # fmt: skip
    messages.consent_given(work, user)
    _noted(work, talent, "guardian_consented")


def refuse(work: Work, *, token: str) -> None:
    """Refuse, or take a consent back: from now on nobody sees the child.

    Raises:
        NotFound: the link was used, has expired, or never existed.
    """
    link, talent = _by_token(work, token, lock=True)
    event = "guardian_withdrew" if talent.guardian_consented_at else "guardian_refused"
    _spend(work, link)
    revoke(talent)
    talent.guardian_refused_at = work.now
    messages.consent_refused(work, work.get(User, talent.user_id))
    _noted(work, talent, event)


def revoke(talent: CinemaTalent) -> None:
    """Forget a consent: it was taken back, or another guardian was named."""
    talent.guardian_consented_at = talent.guardian_refused_at = talent.guardian_signed_sealed = None


def _noted(work: Work, talent: CinemaTalent, event: str) -> None:
    talent.revision += 1
    talent.updated_at = work.now
    work.session.flush()
    audit.security(work, event, user_id=talent.user_id, talent=talent.id)
    live.publish(work, "cinema", talent.id or 0)


def _new_link(work: Work, talent: CinemaTalent, purpose: Purpose, until: datetime) -> str:
    """An address for the guardian. It sets no password: it is bound to none, and its purpose is another one."""
    mine = (Link.user_id == talent.user_id) & Link.purpose.in_(list(Purpose)) & Link.used_at.is_(None)
    work.session.execute(update(Link).where(mine).values(used_at=work.now))
    token = new_token()
    work.insert(
        Link, user_id=talent.user_id, purpose=purpose.value, token_hash=digest(token), password_version=0,
        created_at=work.now, expires_at=until,
    )  # fmt: skip
    return f"{settings().base_url}/consent/{quote(token)}"


def _by_token(work: Work, token: str, *, lock: bool = False) -> tuple[Link, CinemaTalent]:
    query = (
        select(Link, CinemaTalent)
        .join(CinemaTalent, CinemaTalent.user_id == Link.user_id)
        .where(Link.token_hash == digest(token[:100]), Link.purpose.in_(list(Purpose)))
        .where(Link.used_at.is_(None), Link.expires_at > work.now)
    )
    found = work.session.execute(query.with_for_update() if lock else query).first()
    if found is None or not faces.is_minor(found[1]) or work.get(User, found[1].user_id).suspended_at:
        raise NotFound(GONE)
    return found[0], found[1]


def _spend(work: Work, link: Link) -> None:
    used = update(Link).where(Link.id == link.id, Link.used_at.is_(None)).values(used_at=work.now)
    if work.changed(used) != 1:
        raise NotFound(GONE)


def _coming_of_age(talent: CinemaTalent) -> datetime:
    """Until when a consent can be taken back: the day the child is 18."""
    year = talent.born_on.year + faces.ADULT
    try:
        day = talent.born_on.replace(year=year)
    except ValueError:  # born on 29 February
        day = date(year, 3, 1)
    return datetime.combine(day, time(), UTC)


def _child(talent: CinemaTalent) -> str:
    return f"{talent.first_name} {talent.last_name}".strip()
