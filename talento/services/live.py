"""The feed of changes: what was committed, heard by every process, handed to whoever listens.

A change is a row written in the transaction that caused it, so none is lost and none is early. Each process reads
the feed several times a second; a commit of its own, or a knock over Redis, makes it read at once.
"""

import logging
import threading
from datetime import timedelta
from typing import Protocol

import redis
from sqlalchemy import Connection, Engine, Row, delete, func, select
from sqlalchemy.exc import SQLAlchemyError

from talento import clock
from talento.models.operations import Change
from talento.services import database
from talento.services.work import Work
from talento.settings import settings

log = logging.getLogger(__name__)

CHANNEL = "talento:changes"
EVERY = 0.25
KEPT = timedelta(days=1)
LATE_SECONDS = 60.0
BATCH = 5_000


_NEWS = select(Change.id, Change.topic, Change.key).order_by(Change.id)  # type: ignore[arg-type]


class Listener(Protocol):
    def __call__(self, changes: list[tuple[str, int]]) -> None:
        """Take `(topic, key)` pairs, oldest first."""


def publish(work: Work, topic: str, key: int) -> None:
    """Tell every process that `key` of `topic` changed, once this transaction is stored."""
    work.insert(Change, topic=topic, key=key, at=work.now)
    if not any(action is knock for action in work._after):
        work.after_commit(knock)


def knock() -> None:
    """Make every process read the feed now."""
    _door.set()
    if settings().redis_url:
        try:
            _redis().publish(CHANNEL, "")
        except redis.RedisError:
            log.warning("redis is away: other processes hear of this within %s s", EVERY)


class Feed:
    """One process's reader of the feed.

    PostgreSQL gives serial numbers before they are committed, so a lower one may appear after a higher one: the
    reader keeps asking for the numbers it has not seen, for a minute.
    """

    def __init__(self, listeners: list[Listener], engine: Engine | None = None) -> None:
        self.listeners = listeners
        self._engine = engine
        self.read_at: float | None = None
        """When it was last read, by the monotonic clock."""
        self._high = 0
        self._missing: dict[int, float] = {}
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def begin(self) -> None:
        """Take the present end of the feed as the start: what came before is not news."""
        with self._connect() as connection:
            self._high = connection.execute(select(func.max(Change.id))).scalar() or 0
            recent = connection.execute(select(Change.id).where(Change.id > self._high - BATCH)).scalars()
            self._note_missing(max(0, self._high - BATCH), set(recent))

    def read(self) -> list[tuple[str, int]]:
        """Hand on what is new; returns it."""
        with self._connect() as connection:
            rows = list(connection.execute(_NEWS.where(Change.id > self._high).limit(BATCH)))
            if self._missing:
                rows += connection.execute(_NEWS.where(Change.id.in_(list(self._missing)[:1000])))  # type: ignore[union-attr]
        self._note(rows)
        self.read_at = clock.monotonic()
        changes = list(dict.fromkeys((row.topic, row.key) for row in rows))
        if changes:
            self._hand_on(changes)
        if len(rows) >= BATCH:
            _door.set()
        return changes

    def start(self) -> None:
        """Read in the background until `stop`."""
        self.begin()
        self._threads = [threading.Thread(target=self._loop, name="feed", daemon=True)]
        if settings().redis_url:
            self._threads.append(threading.Thread(target=self._listen, name="feed-redis", daemon=True))
        for thread in self._threads:
            thread.start()
        _running.append(self)

    def stop(self) -> None:
        if self in _running:
            _running.remove(self)
        self._stop.set()
        _door.set()
        for thread in self._threads:
            thread.join(timeout=2)

    def behind(self, newest: int) -> int:
        """How many changes there are after the last one that this process has read."""
        return max(0, newest - self._high)

    def _connect(self) -> Connection:
        return (self._engine or database.engine()).execution_options(writes=False).connect()

    def _note(self, rows: list[Row]) -> None:
        serials = {row.id for row in rows}
        for serial in serials & self._missing.keys():
            del self._missing[serial]
        if serials and max(serials) > self._high:
            before, self._high = self._high, max(serials)
            self._note_missing(before, serials)
        for serial in [s for s, until in self._missing.items() if until < clock.monotonic()]:
            del self._missing[serial]

    def _note_missing(self, low: int, seen: set[int]) -> None:
        until = clock.monotonic() + LATE_SECONDS
        self._missing.update({serial: until for serial in range(low + 1, self._high) if serial not in seen})

    def _hand_on(self, changes: list[tuple[str, int]]) -> None:
        for listener in self.listeners:
            try:
                listener(changes)
            except Exception:  # an edge: one deaf listener must not silence the others
                log.exception("a listener failed")

    def _loop(self) -> None:
        while not self._stop.is_set():
            _door.wait(EVERY)
            _door.clear()
            try:
                self.read()
            except SQLAlchemyError:
                log.warning("the feed of changes can't be read; trying again")
                self._stop.wait(1)

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                channel = _redis().pubsub(ignore_subscribe_messages=True)
                channel.subscribe(CHANNEL)
                while not self._stop.is_set():
                    if channel.get_message(timeout=1):
                        _door.set()
            except redis.RedisError:
                self._stop.wait(1)


def sweep(work: Work) -> int:
    """Forget changes older than a day; returns how many."""
    return work.changed(delete(Change).where(Change.at < work.now - KEPT))


def reader() -> Feed | None:
    """The reader of this process, if it has one."""
    return _running[-1] if _running else None


_door = threading.Event()
_running: list[Feed] = []
_connection: list[redis.Redis] = []


def _redis() -> redis.Redis:
    if not _connection:
        _connection.append(redis.Redis.from_url(settings().redis_url, socket_timeout=2, socket_connect_timeout=2))
    return _connection[0]
