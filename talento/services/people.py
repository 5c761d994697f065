"""The accounts as an admin sees them: found while typing, with what can be done about each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from talento.errors import Conflict
from talento.models.accounts import Session, User
from talento.models.talents import CodeAlias, Talent
from talento.services import accounts, audit, codes, factors
from talento.services.factors import Held
from talento.services.mail import messages
from talento.services.talents import profile
from talento.services.text import line
from talento.services.work import Work
from talento.vocabulary.permissions import Permission, Role

PAGE = 25
ORDERS: Mapping[str, Any] = {
    "name": func.lower(User.name),
    "email": User.email,
    "created": User.created_at,
}
NEWEST = "-created"


@dataclass(frozen=True, slots=True)
class Person:
    """One account. `has_app`, `passkeys`: its second factors. `seen_at`: None for somebody who never signed in.
    `devices`: how many of its sessions are open."""

    id: int
    email: str
    name: str
    role: str
    code: str
    photo_url: str
    is_suspended: bool
    has_password: bool
    has_app: bool
    passkeys: int
    is_you: bool
    created_at: datetime
    seen_at: datetime | None
    devices: int


@dataclass(frozen=True, slots=True)
class People:
    """Some of the accounts that answer to a search, and how many there are in all."""

    rows: list[Person]
    total: int


def page(work: Work, *, text: str = "", role: str = "", state: str = "", sort: str = NEWEST, offset: int = 0) -> People:
    """Accounts by e-mail, name or code.

    Args:
        text: words that must all be in the e-mail or the name; or a code in any form, or its beginning.
        role: a role's slug, or empty for all.
        state: `active`, `suspended`, `invited` (no password yet), or empty for all.
        sort: a key of `ORDERS`, with `-` before it when descending; anything else is newest first.
    """
    work.require(Permission.ADMINISTER)
    found = select(User, Talent).outerjoin(Talent, Talent.user_id == User.id).where(*_wanted(text, role, state))
    total = work.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = work.session.execute(_sorted(found, sort).offset(max(offset, 0)).limit(PAGE)).all()
    return People(_views(work, [(user, talent) for user, talent in rows]), total)


def one(work: Work, user_id: int) -> Person:
    """One account.

    Raises:
        NotFound: there is no such account.
    """
    work.require(Permission.ADMINISTER)
    user = work.get(User, user_id)
    talent = work.session.scalars(select(Talent).where(Talent.user_id == user_id)).first()
    return _views(work, [(user, talent)])[0]


def send_link(work: Work, user_id: int) -> str:
    """Mail somebody a link to choose a password, or their invitation again; returns the address it went to.

    Raises:
        Conflict: the account is suspended, so the link would open nothing.
    """
    work.require(Permission.ADMINISTER)
    user = work.get(User, user_id)
    if user.suspended_at:
        raise Conflict("This account is suspended. Reactivate it first.")
    if user.password_hash is None and user.role in accounts.STAFF:
        messages.invitation(work, user, accounts.new_link(work, user, accounts.Purpose.ACTIVATE))
    else:
        messages.password_reset(work, user, accounts.new_link(work, user, accounts.Purpose.RESET))
    audit.security(work, "reset_sent", subject=user_id)
    return user.email


def _wanted(text: str, role: str, state: str) -> list[ColumnElement[bool]]:
    said = line(text)[:200]
    conditions = [called(said)] if said else []
    if known := Role.parse(role):
        conditions.append(User.role == known)  # type: ignore[arg-type]
    if state in _STATES:
        conditions.append(_STATES[state])
    return conditions


_STATES: Mapping[str, ColumnElement[bool]] = {
    "active": User.suspended_at.is_(None) & User.password_hash.is_not(None),  # type: ignore[union-attr]
    "suspended": User.suspended_at.is_not(None),  # type: ignore[union-attr]
    "invited": User.suspended_at.is_(None) & User.password_hash.is_(None),  # type: ignore[union-attr]
}


def called(text: str) -> ColumnElement[bool]:
    """Accounts, joined with their talents, that a name, an e-mail or a code may mean."""
    words = text.lower().split()[:6]
    by_words = [or_(_contains(User.email, word), _contains(func.lower(User.name), word)) for word in words]
    named = by_words[0]
    for other in by_words[1:]:
        named = named & other
    code = codes.normalize(text)[:20]
    if len(code) < 2 or not code.isalnum():
        return named
    aliased = select(CodeAlias.talent_id).where(CodeAlias.code == code)
    return named | Talent.code.startswith(code, autoescape=True) | Talent.id.in_(aliased)  # type: ignore[attr-defined, union-attr]


def _contains(column: Any, word: str) -> ColumnElement[bool]:
    return column.contains(word[:60], autoescape=True)


def _sorted(found: Select, sort: str) -> Select:
    key = sort.removeprefix("-")
    if key not in ORDERS:
        key, sort = "created", NEWEST
    order = ORDERS[key].desc() if sort.startswith("-") else ORDERS[key].asc()
    return found.order_by(order, User.id.desc())  # type: ignore[union-attr]


def _views(work: Work, rows: Iterable[tuple[User, Talent | None]]) -> list[Person]:
    rows = list(rows)
    ids = [user.id or 0 for user, _ in rows]
    seen, held = _seen(work, ids), factors.among(work, ids)
    return [
        _view(work, user, talent, held.get(user.id or 0, Held()), *seen.get(user.id or 0, (None, 0)))
        for user, talent in rows
    ]


def _view(work: Work, user: User, talent: Talent | None, held: Held, seen_at: datetime | None, devices: int) -> Person:
    return Person(
        id=user.id or 0,
        email=user.email,
        name=user.name,
        role=user.role.value,
        code=talent.code if talent else "",
        photo_url=profile.photo_url(talent) if talent else "",
        is_suspended=user.suspended_at is not None,
        has_password=user.password_hash is not None,
        has_app=held.has_app,
        passkeys=held.passkeys,
        is_you=user.id == work.actor.user_id,
        created_at=user.created_at,
        seen_at=seen_at,
        devices=devices,
    )


def _seen(work: Work, user_ids: list[int]) -> dict[int, tuple[datetime, int]]:
    """When each account was last seen, and how many of its sessions are open."""
    is_open = Session.ended_at.is_(None) & (Session.expires_at > work.now)  # type: ignore[union-attr]
    last = (
        select(Session.user_id, func.max(Session.seen_at), func.count().filter(is_open))
        .where(Session.user_id.in_(user_ids))  # type: ignore[attr-defined]
        .group_by(Session.user_id)
    )
    return {user_id: (seen_at, devices) for user_id, seen_at, devices in work.session.execute(last)}
