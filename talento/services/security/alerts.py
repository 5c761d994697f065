"""Alerts: what a rule was raised about, until an administrator has looked at it and says what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import aliased

from talento.errors import Conflict, Invalid, NotFound
from talento.models.accounts import User
from talento.models.security import Alert
from talento.services import audit, live, throttle
from talento.services.mail import messages
from talento.services.security import blocklist
from talento.services.security.rules import Rule
from talento.services.text import lines
from talento.services.throttle import Limit
from talento.services.work import Work
from talento.vocabulary.logs import Severity
from talento.vocabulary.permissions import Permission, Role

TOPIC = "alert"
SHOWN = 200
VIEWS = ("open", "mine", "resolved")
MAILED = Limit("alert-mail/hour", 1, timedelta(hours=1))
"""So many mails an hour for one rule; the others are on the page."""


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert as admins see it. `address` is what it is about, or `who`, whose number is `who_id`."""

    id: int
    rule: str
    severity: str
    address: str
    who: str
    who_id: int
    count: int
    first_at: datetime
    last_at: datetime
    taken_by: str
    resolved_at: datetime | None
    resolved_by: str
    note: str
    is_blocked: bool
    """Whether its address is kept out now."""


@dataclass(frozen=True, slots=True)
class Admin:
    """Somebody to whom an alert can be given."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How many alerts are open, by how much they matter."""

    open: int = 0
    critical: int = 0
    mine: int = 0


def note(work: Work, rule: Rule, subject: str, *, user_id: int | None, count: int) -> None:
    """Raise an alert, or add to the one that is open about the same."""
    key = f"{rule.key}:{subject}"
    fresh = {"first_at": work.now, "last_at": work.now, "count": count, "note": ""}
    who = {"subject": subject, "user_id": user_id, "open_key": key}
    if work.insert_new(Alert, rule=rule.key, severity=rule.severity.value, **who, **fresh):
        about = {"account": user_id} if user_id else {"network": audit.network_of(subject.partition("/")[0])}
        audit.security(work, "alert_raised", severity=rule.severity.value, user_id=user_id, rule=rule.key, **about)
        if rule.severity is Severity.CRITICAL and throttle.is_first(work, MAILED, rule.key):
            _tell(work, rule, subject, user_id)
    else:
        more = {"count": Alert.count + 1, "last_at": work.now}
        work.session.execute(update(Alert).where(Alert.open_key == key).values(**more))
    live.publish(work, TOPIC, 0)


def listed(work: Work, view: str = "open") -> list[AlertView]:
    """Alerts that are open, open and taken by the reader, or resolved; what matters most and is newest first."""
    work.require(Permission.ADMINISTER)
    owner, taker, resolver = aliased(User), aliased(User), aliased(User)
    is_critical = Alert.severity == Severity.CRITICAL.value
    newest = (Alert.resolved_at.desc(),) if view == "resolved" else (is_critical.desc(), Alert.last_at.desc())  # type: ignore[union-attr, attr-defined]
    rows = work.session.execute(
        select(Alert, owner, taker, resolver)
        .outerjoin(owner, owner.id == Alert.user_id)
        .outerjoin(taker, taker.id == Alert.taken_by)
        .outerjoin(resolver, resolver.id == Alert.resolved_by)
        .where(_shown(work, view))
        .order_by(*newest, Alert.id.desc())  # type: ignore[union-attr]
        .limit(SHOWN)
    )
    return [_view(*row) for row in rows]


def standing(work: Work) -> Standing:
    """How many there are to look at."""
    work.require(Permission.ADMINISTER)
    is_open = Alert.resolved_at.is_(None)  # type: ignore[union-attr]
    found = work.session.execute(
        select(
            func.count(),
            func.count().filter(Alert.severity == Severity.CRITICAL.value),
            func.count().filter(Alert.taken_by == work.actor.user_id),
        ).where(is_open)
    ).one()
    return Standing(*found)


def admins(work: Work) -> list[Admin]:
    """Those to whom an alert can be given."""
    work.require(Permission.ADMINISTER)
    return [Admin(user.id or 0, _called(user)) for user in _admins(work)]


def give(work: Work, alert_id: int, user_id: int) -> None:
    """Let an administrator, perhaps oneself, look after an alert.

    Raises:
        NotFound: there is no such alert, or no such administrator.
        Conflict: it was resolved meanwhile.
    """
    row = _open(work, alert_id)
    if user_id not in {user.id for user in _admins(work)}:
        raise NotFound("There is no such administrator.")
    if row.taken_by != user_id:
        row.taken_by = user_id
        _noted(work, row, "alert_given", to=user_id)


def resolve(work: Work, alert_id: int, note: str) -> None:
    """Close an alert, saying what came of it.

    Raises:
        Invalid: nothing is said.
        Conflict: somebody else resolved it.
    """
    row = _open(work, alert_id)
    said = lines(note)[:1000]
    if not said:
        raise Invalid("Please say what you found, for those who look at it later.", field="note")
    row.resolved_at, row.resolved_by, row.note, row.open_key = work.now, work.actor.user_id, said, None
    _noted(work, row, "alert_resolved", note=said)


def reopen(work: Work, alert_id: int) -> None:
    """Look at a resolved alert again.

    Raises:
        Conflict: it is open, or another one about the same is.
    """
    row = _row(work, alert_id)
    key = f"{row.rule}:{row.subject}"
    if work.session.scalar(select(Alert.id).where(Alert.open_key == key)):
        raise Conflict("There is an open alert about this already.")
    row.resolved_at, row.resolved_by, row.open_key = None, None, key
    _noted(work, row, "alert_reopened")


def let_old_ones_go(work: Work, days: int) -> int:
    """Delete what was resolved so many days ago; returns how many."""
    old = delete(Alert).where(Alert.resolved_at < work.now - timedelta(days=days))
    return work.changed(old)


def _tell(work: Work, rule: Rule, subject: str, user_id: int | None) -> None:
    owner = work.session.get(User, user_id) if user_id else None
    about = (owner.name or owner.email) if owner else subject
    for admin in _admins(work):
        messages.alert(work, admin, title=rule.label, text=rule.text, about=about)


def _admins(work: Work) -> list[User]:
    active = select(User).where(User.role == Role.ADMIN, User.suspended_at.is_(None))  # type: ignore[union-attr]
    return list(work.session.scalars(active.order_by(User.name, User.id)))


def _row(work: Work, alert_id: int) -> Alert:
    work.require(Permission.ADMINISTER)
    row = work.session.get(Alert, alert_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such thing.")
    return row


def _open(work: Work, alert_id: int) -> Alert:
    row = _row(work, alert_id)
    if row.resolved_at is not None:
        raise Conflict("Somebody resolved this alert already.")
    return row


def _noted(work: Work, row: Alert, action: str, **details: object) -> None:
    audit.activity(work, action, "alert", row.id, rule=row.rule, **details)
    live.publish(work, TOPIC, row.id or 0)


def _shown(work: Work, view: str) -> ColumnElement[bool]:
    is_open: Any = Alert.resolved_at.is_(None)  # type: ignore[union-attr]
    if view == "resolved":
        return ~is_open
    return is_open & (Alert.taken_by == work.actor.user_id) if view == "mine" else is_open


def _view(row: Alert, owner: User | None, taker: User | None, resolver: User | None) -> AlertView:
    is_address = row.user_id is None
    return AlertView(
        id=row.id or 0,
        rule=row.rule,
        severity=row.severity,
        address=row.subject if is_address else "",
        who=_called(owner),
        who_id=row.user_id or 0,
        count=row.count,
        first_at=row.first_at,
        last_at=row.last_at,
        taken_by=_called(taker),
        resolved_at=row.resolved_at,
        resolved_by=_called(resolver),
        note=row.note,
        is_blocked=is_address and blocklist.is_blocked(row.subject.partition("/")[0]),
    )


def _called(user: User | None) -> str:
    return (user.name or user.email) if user else ""
