"""Who wants no more messages of a kind, and the link by which they say so without signing in. Source: RFC 8058."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update

from talento.errors import Invalid, NotFound
from talento.models.accounts import User
from talento.models.cinema import CinemaTalent
from talento.models.operations import Unsubscribed
from talento.models.talents import Talent
from talento.services import audit, encryption, live
from talento.services.encryption import Unreadable
from talento.services.mail.kinds import ESSENTIAL, KINDS
from talento.services.text import line
from talento.services.work import Work
from talento.settings import settings
from talento.vocabulary.permissions import Permission

TOPIC = "mail_unsubscribed"
LIFE = timedelta(days=400)
"""How long a link works after its message was sent."""

PLACE = ("mail", "unsubscribe")
LISTED = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether somebody receives a kind of message that they may refuse."""

    kind: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Left:
    """An address whose owner wants no more of a kind."""

    email: str
    kind: str
    at: datetime


def link(email: str, kind: str, today: date) -> str:
    """Where the reader of a message refuses further ones of its kind; the address in it is sealed."""
    sealed = encryption.keyring().seal(json.dumps([email.lower(), kind, today.isoformat()]), *PLACE)
    return f"{settings().base_url}/unsubscribe/{sealed.replace(':', '.').rstrip('=')}"


def asked(work: Work, token: str) -> Wish:
    """What a link is about. Looking changes nothing.

    Raises:
        NotFound: it is none of ours, was altered, or is too old.
    """
    email, kind = _opened(work, token)
    return Wish(kind, not has_left(work, email, kind))


def answer(work: Work, token: str, *, is_on: bool) -> Wish:
    """Receive no more of the kind of a link, or receive it again; the link is the proof of who asks.

    Raises:
        NotFound: as `asked`.
    """
    email, kind = _opened(work, token)
    return _set(work, email, kind, is_on)


def mine(work: Work) -> list[Wish]:
    """The kinds that the actor may refuse, in the order of the kinds."""
    work.require(Permission.OWN_PROFILE)
    email = work.get(User, work.actor.user_id or 0).email
    left = set(work.session.scalars(select(Unsubscribed.kind).where(Unsubscribed.email == email)))
    is_talent = any(
        work.session.scalar(select(table.id).where(table.user_id == work.actor.user_id).limit(1))
        for table in (Talent, CinemaTalent)
    )
    offered = {True: work.actor.can(Permission.ADMINISTER), False: is_talent}
    return [
        Wish(name, name not in left)
        for name, kind in KINDS.items()
        if name not in ESSENTIAL and (name in left or offered[kind.is_for_admins])
    ]


def choose(work: Work, kind: str, *, is_on: bool) -> Wish:
    """Receive a kind of message, or don't.

    Raises:
        Invalid: it is no kind that can be refused.
    """
    work.require(Permission.OWN_PROFILE)
    if kind not in KINDS or kind in ESSENTIAL:
        raise Invalid("This kind of message can't be refused.")
    return _set(work, work.get(User, work.actor.user_id or 0).email, kind, is_on)


def listed(work: Work, typed: str = "") -> list[Left]:
    """The latest who refused a kind, of the addresses that contain what was typed; for admins, who can't undo it."""
    work.require(Permission.ADMINISTER)
    wanted = select(Unsubscribed).order_by(Unsubscribed.at.desc(), Unsubscribed.kind).limit(LISTED)
    if said := line(typed).lower()[:100]:
        wanted = wanted.where(Unsubscribed.email.contains(said, autoescape=True))
    return [Left(row.email, row.kind, row.at) for row in work.session.scalars(wanted)]


def has_left(work: Work, email: str, kind: str) -> bool:
    """Whether an address wants no more of a kind; nobody can refuse an essential one."""
    return kind not in ESSENTIAL and work.session.get(Unsubscribed, (email.lower(), kind)) is not None


def moved(work: Work, before: str, after: str) -> None:
    """What somebody refused stays refused at their new address."""
    known = select(Unsubscribed.kind).where(Unsubscribed.email == after).scalar_subquery()
    work.session.execute(delete(Unsubscribed).where(Unsubscribed.email == before, Unsubscribed.kind.in_(known)))
    work.session.execute(update(Unsubscribed).where(Unsubscribed.email == before).values(email=after))


def _set(work: Work, email: str, kind: str, is_on: bool) -> Wish:
    if is_on:
        gone = delete(Unsubscribed).where(Unsubscribed.email == email, Unsubscribed.kind == kind)
        is_new = work.changed(gone) > 0
    else:
        is_new = work.insert_new(Unsubscribed, email=email, kind=kind, at=work.now)
    if is_new:
        audit.activity(work, "subscribed" if is_on else "unsubscribed", "mail", None, email=email, kind=kind)
        live.publish(work, TOPIC, 0)
    return Wish(kind, is_on)


def _opened(work: Work, token: str) -> tuple[str, str]:
    sealed = token.replace(".", ":")
    sealed += "=" * (-len(sealed.rpartition(":")[2]) % 4)
    try:
        email, kind, day = json.loads(encryption.keyring().open(sealed, *PLACE))
        is_fresh = work.now.date() - date.fromisoformat(day) <= LIFE
    except (Unreadable, ValueError, TypeError) as error:
        raise NotFound("This link no longer works.") from error
    if not is_fresh or kind not in KINDS or kind in ESSENTIAL:
        raise NotFound("This link no longer works.")
    return email, kind
