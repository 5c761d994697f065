"""Signed-in browsers: rows behind an HttpOnly cookie, read afresh at most every few seconds."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http.cookies import CookieError, SimpleCookie

from sqlalchemy import select, update

from talento import clock
from talento.errors import NotFound
from talento.models.accounts import Session, User
from talento.services import audit, live
from talento.services.tokens import digest, new_token
from talento.services.work import VISITOR, Actor, Work, look, run
from talento.settings import settings
from talento.vocabulary.permissions import Permission, Role

IDLE = {
    Role.ADMIN: timedelta(minutes=30),
    Role.RECRUITER: timedelta(minutes=30),
    Role.PRESENCE: timedelta(hours=12),
    Role.USER: timedelta(days=7),
}
ABSOLUTE = {
    Role.ADMIN: timedelta(hours=12),
    Role.RECRUITER: timedelta(hours=12),
    Role.PRESENCE: timedelta(hours=24),
    Role.USER: timedelta(days=30),
}
REMEMBERED = timedelta(days=30)
CACHE_SECONDS = 4.0
CACHE_SIZE = 20_000
TOUCH = timedelta(minutes=1)

COOKIE = "__Host-talento" if settings().is_https else "talento"


@dataclass(frozen=True, slots=True)
class SessionView:
    """One signed-in browser, as its owner sees it."""

    id: int
    agent: str
    ip: str
    created_at: datetime
    seen_at: datetime
    is_current: bool


class _Cache:
    """Actors by token, for a few seconds; thread-safe."""

    def __init__(self) -> None:
        self._entries: OrderedDict[str, tuple[float, Actor]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, token: str) -> Actor | None:
        with self._lock:
            until, found = self._entries.get(token, (0.0, VISITOR))
        return found if until > clock.monotonic() else None

    def put(self, token: str, actor: Actor) -> None:
        with self._lock:
            self._entries[token] = (clock.monotonic() + CACHE_SECONDS, actor)
            self._entries.move_to_end(token)
            while len(self._entries) > CACHE_SIZE:
                self._entries.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()

    def forget(self, user_ids: set[int]) -> None:
        with self._lock:
            of_them = [token for token, (_, one) in self._entries.items() if {one.user_id, one.by_id} & user_ids]
            for token in of_them:
                del self._entries[token]


_cache = _Cache()
forget_cached = _cache.clear


def token_in(cookie_header: str) -> str | None:
    """The session token among a request's cookies."""
    try:
        morsel = SimpleCookie(cookie_header).get(COOKIE)
    except CookieError:
        return None
    return morsel.value or None if morsel else None


def cached(token: str | None) -> Actor | None:
    """Who holds the token, if that was looked up moments ago."""
    return _cache.get(token) if token else VISITOR


def actor(token: str | None, ip: str = "", agent: str = "") -> Actor:
    """Who holds the token; VISITOR when nobody does, the session ended or the account is suspended."""
    if not token or len(token) > 100:
        return VISITOR
    found = _cache.get(token)
    if found is None:
        found = run(VISITOR, _touched, token) if look(VISITOR, _is_stale, token) else look(VISITOR, _holder, token)
        _cache.put(token, found)
    if found.user_id is None:
        return VISITOR
    return replace(found, ip=ip, agent=agent)


def heard(changes: list[tuple[str, int]]) -> None:
    """Look those up afresh whose sessions changed, in whatever process."""
    if changed := {key for topic, key in changes if topic == "session"}:
        _cache.forget(changed)


def start(work: Work, user: User, *, is_remembered: bool) -> tuple[str, timedelta | None]:
    """Sign a browser in.

    Returns:
        The token for its cookie and how long the cookie lasts; None: until the browser closes.
    """
    token = new_token()
    lasts = max(REMEMBERED, ABSOLUTE[user.role]) if is_remembered and user.role is Role.USER else ABSOLUTE[user.role]
    work.session.add(
        Session(
            user_id=user.id,
            token_hash=digest(token),
            is_remembered=is_remembered,
            agent=work.actor.agent[:200],
            ip=audit.network_of(work.actor.ip),
            created_at=work.now,
            seen_at=work.now,
            expires_at=work.now + lasts,
            proved_at=work.now,
        )
    )
    live.publish(work, "session", user.id or 0)
    return token, lasts if is_remembered else None


def end(work: Work, token: str | None) -> None:
    """Sign this browser out; its open tabs are refused at once."""
    if token:
        _end_where(work, Session.token_hash == digest(token))


def end_all(work: Work, user_id: int, *, but: int | None = None) -> None:
    """Sign every browser of an account out, except one session if asked."""
    _end_where(work, Session.user_id == user_id, *([Session.id != but] if but else []))


def end_one(work: Work, session_id: int) -> None:
    """End one of your own sessions; an admin may end anybody's, which is noted.

    Raises:
        NotFound: no such session, or not yours.
    """
    row = work.get(Session, session_id)
    if row.user_id != work.actor.user_id and not work.actor.can(Permission.ADMINISTER):
        raise NotFound("There is no such session.")
    if row.user_id != work.actor.user_id:
        audit.security(work, "session_ended", subject=row.user_id)
    _end_where(work, Session.id == session_id)


def end_others(work: Work) -> None:
    """Sign your other browsers out."""
    work.require(Permission.OWN_PROFILE)
    end_all(work, work.actor.user_id or 0, but=work.actor.session_id)


def mine(work: Work) -> list[SessionView]:
    """Your signed-in browsers, last used first."""
    work.require(Permission.OWN_PROFILE)
    return _open_of(work, work.actor.user_id or 0)


def of(work: Work, user_id: int) -> list[SessionView]:
    """Somebody's signed-in browsers as an admin sees them, last used first."""
    work.require(Permission.ADMINISTER)
    return _open_of(work, user_id)


def _open_of(work: Work, user_id: int) -> list[SessionView]:
    rows = work.session.scalars(
        select(Session)
        .where(Session.user_id == user_id, Session.ended_at.is_(None), Session.expires_at > work.now)
        .order_by(Session.seen_at.desc())
        .limit(50)
    )
    here = work.actor.session_id
    return [
        SessionView(row.id or 0, device_named(row.agent), row.ip, row.created_at, row.seen_at, row.id == here)
        for row in rows
    ]


_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
             ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
            ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


def device_named(agent: str) -> str:
    """A browser's own description as a person would say it: Firefox, Windows."""
    found = [next((name for mark, name in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found)) or agent[:40]


def _end_where(work: Work, *conditions: object) -> None:
    ended = (
        update(Session)
        .where(*conditions, Session.ended_at.is_(None))
        .values(ended_at=work.now)
        .returning(Session.user_id)
    )
    for user_id in set(work.session.scalars(ended)):
        live.publish(work, "session", user_id)
    work.after_commit(_cache.clear)


def _row(work: Work, token: str) -> tuple[Session, User] | None:
    found = work.session.execute(
        select(Session, User).join(User, User.id == Session.user_id).where(Session.token_hash == digest(token))
    ).first()
    if found is None:
        return None
    session, user = found
    is_over = session.ended_at or session.expires_at <= work.now or user.suspended_at
    is_idle = not session.is_remembered and session.seen_at + IDLE[user.role] <= work.now
    return None if is_over or is_idle else (session, user)


def _is_stale(work: Work, token: str) -> bool:
    found = _row(work, token)
    return found is not None and found[0].seen_at + TOUCH <= work.now


def _touched(work: Work, token: str) -> Actor:
    found = _row(work, token)
    if found is not None:
        found[0].seen_at = work.now
    return _as_actor(work, found)


def _holder(work: Work, token: str) -> Actor:
    return _as_actor(work, _row(work, token))


def _as_actor(work: Work, found: tuple[Session, User] | None) -> Actor:
    if found is None:
        return VISITOR
    session, user = found
    owner = Actor(user.id, user.role, session.id, user.name or user.email, user.locale)
    other = work.session.get(User, session.as_id) if session.as_id else None
    if other is None or not may_impersonate(user, other):
        return owner
    by = {"by_id": owner.user_id, "by_name": owner.name}
    return replace(owner, user_id=other.id, role=other.role, name=other.name or other.email, locale=other.locale, **by)


def may_impersonate(owner: User, other: User) -> bool:
    """Administrators only, never another one nor a suspended account; asked again whenever a session is looked up."""
    return owner.role is Role.ADMIN and other.role is not Role.ADMIN and other.suspended_at is None
