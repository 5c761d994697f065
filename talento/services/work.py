"""One action, one transaction: `Work` is the session, the actor, the instant and what to do after the commit."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Delete, Engine, Insert, Update, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from talento import clock
from talento.errors import Forbidden, NotFound, NotFresh, Unauthorized
from talento.models import accounts
from talento.services import database, preferences
from talento.services.preferences import registry
from talento.vocabulary.permissions import OF_DEVICES, Permission, Role, allowed

log = logging.getLogger(__name__)

T = TypeVar("T", bound=SQLModel)
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: taken from the session or the token, never from what was sent.

    A paired tablet acts as itself: it has a `device_id` and no account, and may keep the desks that it was paired for.
    An administrator who impersonates somebody is that account in all but what `require_fresh` guards; `by_id` and
    `by_name` say who it is.
    """

    user_id: int | None = None
    role: Role | None = None
    session_id: int | None = None
    name: str = ""
    locale: str = "en"
    ip: str = ""
    agent: str = ""
    device_id: int | None = None
    by_id: int | None = None
    by_name: str = ""
    browser: str = field(default="", repr=False)
    """What the browser shows to prove that somebody signed in with it before; `entry` can tell."""

    def can(self, permission: Permission) -> bool:
        """Whether the matrix grants it; a visitor is granted nothing."""
        if self.device_id is not None:
            return permission in OF_DEVICES
        return allowed(self.role, permission)


FRESH = timedelta(minutes=10)
VISITOR = Actor()
SYSTEM = Actor(role=Role.ADMIN, name="Talento")


@dataclass(slots=True)
class Work:
    """An open transaction in somebody's name."""

    session: Session
    actor: Actor
    now: datetime
    entries: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _before: list[Callable[[], None]] = field(default_factory=list)
    _after: list[Callable[[], None]] = field(default_factory=list)

    def require(self, permission: Permission) -> None:
        """Go on only if the actor may.

        Raises:
            Unauthorized: nobody is signed in.
            Forbidden: somebody is, who may not.
        """
        if self.actor.can(permission):
            return
        if self.actor.role is None and self.actor.device_id is None:
            raise Unauthorized("Please sign in.")
        raise Forbidden("You are not allowed to do this.")

    def require_fresh(self) -> None:
        """Go on only if the actor proved who they are moments ago, by password or second factor (`AU-18`).

        The operator and scheduled tasks act without a browser and have nothing to prove again.

        Raises:
            Unauthorized: nobody is signed in.
            Forbidden: an administrator acts in somebody's name, who alone may do this.
            NotFresh: somebody is signed in, since longer than `FRESH`.
        """
        if self.actor.role is None:
            raise Unauthorized("Please sign in.")
        self.require_self()
        if self.actor.session_id is None:
            return
        row = self.session.get(accounts.Session, self.actor.session_id)
        if row is None or row.proved_at is None or row.proved_at + FRESH <= self.now:
            raise NotFresh

    def require_self(self) -> None:
        """Go on only if nobody acts in the actor's name.

        Raises:
            Forbidden: an administrator does.
        """
        if self.actor.by_id is not None:
            raise Forbidden("Only {name} can do this. Stop acting in their name first.", name=self.actor.name)

    def get(self, table: type[T], key: Any) -> T:
        """One row by its key.

        Raises:
            NotFound: there is none.
        """
        row = self.session.get(table, key)
        if row is None:
            raise NotFound("There is no such thing.")
        return row

    def insert(self, table: type[SQLModel], **values: Any) -> int:
        """Add one row without the ceremony of an object; returns its number (0 when its key is not a number)."""
        key = self.session.connection().execute(_insert(table), values).inserted_primary_key
        return key[0] if key and isinstance(key[0], int) else 0

    def insert_new(self, table: type[SQLModel], **values: Any) -> bool:
        """Add one row unless one with its key, or another unique value of it, is there; says whether it was added."""
        dialect = postgresql if self.session.get_bind().dialect.name == "postgresql" else sqlite
        wanted = dialect.insert(table).values(**values).on_conflict_do_nothing()
        added = self.session.execute(wanted, execution_options={"preserve_rowcount": True})
        return added.rowcount == 1  # type: ignore[attr-defined,no-any-return]

    def insert_many(self, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
        """Add several rows in one statement; none is fine."""
        if rows:
            self.session.connection().execute(_insert(table), rows)

    def changed(self, statement: Update | Delete) -> int:
        """Run an update or a delete; returns how many rows it found."""
        return self.session.execute(statement).rowcount  # type: ignore[attr-defined, no-any-return]

    def before_commit(self, action: Callable[[], None]) -> None:
        """Do this last in the transaction: what it locks is held for as short as can be."""
        self._before.append(action)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do this once the transaction is safely stored."""
        self._after.append(action)

    def prepare(self) -> None:
        """Run what was waiting for the end of the transaction."""
        if self._before:
            self.session.flush()
        for action in self._before:
            action()

    def finish(self) -> None:
        """Run what was waiting for the commit; one failure does not stop the others."""
        for action in self._after:
            try:
                action()
            except Exception:  # an edge: the fact is stored, its echo may be lost
                log.exception("after commit")


@lru_cache
def _insert(table: type[SQLModel]) -> Insert:
    return insert(table.__table__)  # type: ignore[attr-defined]


@contextmanager
def work(actor: Actor = VISITOR, *, writes: bool = True, on: Engine | None = None) -> Iterator[Work]:
    """Open a transaction; commit on the way out, roll back on any error, then run what waited for the commit."""
    engine = (on or database.engine()).execution_options(writes=writes, closed=writes and is_closed_to(actor))
    with Session(engine, expire_on_commit=False) as session:
        opened = Work(session, actor, clock.now())
        yield opened
        opened.prepare()
        session.commit()
    opened.finish()


def is_closed_to(actor: Actor) -> bool:
    """Whether the site is read-only for somebody; it never is for admins and for its own tasks."""
    return actor.role is not Role.ADMIN and preferences.value(registry.READ_ONLY)


def run(actor: Actor, action: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do one service function in a transaction of its own."""
    with work(actor) as opened:
        return action(opened, *args, **kwargs)


def look(actor: Actor, query: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Ask one service function that only reads: never waits for a writer."""
    with work(actor, writes=False) as opened:
        return query(opened, *args, **kwargs)


async def perform(actor: Actor, action: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """`run`, away from the event loop."""
    return await asyncio.to_thread(run, actor, action, *args, **kwargs)


async def ask(actor: Actor, query: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """`look`, away from the event loop."""
    return await asyncio.to_thread(look, actor, query, *args, **kwargs)
