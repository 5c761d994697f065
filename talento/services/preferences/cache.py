"""The settings as this process knows them: read once, read again when the feed says that one changed.

No request asks the database. Secrets stay sealed in here, and are opened for the moment in which they are used.
"""

import json
import logging
import threading
import zlib
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import Session

from talento.errors import Invalid
from talento.models.operations import AppSettings
from talento.services import database, encryption
from talento.services.preferences.registry import ALL, Preference
from talento.settings import settings

log = logging.getLogger(__name__)

V = TypeVar("V")

TOPIC = "setting"
PLACE = "app_settings"
"""What secrets are sealed for, with their key."""


class _Known:
    """The stored settings, as their rows say; a lock, so that an older reading never replaces a newer one."""

    def __init__(self) -> None:
        self.rows: dict[str, str] | None = None
        self.values: dict[str, Any] = {}
        self.lock = threading.Lock()


_known = _Known()


def value(wanted: Preference[V]) -> V:
    """What a setting is now: what an admin chose, else the environment, else its default."""
    if _known.rows is None:
        load()
    return _known.values[wanted.key]  # type: ignore[no-any-return]


def known(wanted: Preference[V]) -> V:
    """The same without ever asking the database: its default until this process has read the settings."""
    return wanted.default if _known.rows is None else value(wanted)


def secret(wanted: Preference[str]) -> str:
    """A secret to use at once; empty when there is none.

    Raises:
        Unreadable: it was sealed with a key that is gone.
    """
    if _known.rows is None:
        load()
    sealed = (_known.rows or {}).get(wanted.key, "")
    if not sealed:
        return from_environment(wanted)
    return str(json.loads(encryption.keyring().open(sealed, PLACE, wanted.key)))


def from_environment(wanted: Preference[Any]) -> str:
    """What the environment says of it; empty for nothing."""
    return str(getattr(settings(), wanted.environment) or "") if wanted.environment else ""


def load() -> None:
    """Read every setting afresh."""
    with _known.lock:
        with Session(database.engine().execution_options(writes=False)) as session:
            found = session.execute(select(AppSettings.key, AppSettings.value).where(AppSettings.key.in_(ALL)))
            rows = {key: stored for key, stored in found if stored}
        _known.values = {one.key: _value(one, rows.get(one.key, "")) for one in ALL.values() if not one.is_secret}
        _known.rows = rows


def heard(changes: list[tuple[str, int]]) -> None:
    """A listener of the feed; stands before those who show what changed."""
    if any(topic == TOPIC for topic, _ in changes):
        load()


def forget() -> None:
    """Let the next question read afresh."""
    _known.rows = None


def number_of(key: str) -> int:
    """What the feed of changes calls a setting."""
    return zlib.crc32(key.encode()) & 0x7FFFFFFF


def unfolded(wanted: Preference[V], stored: str) -> V:
    """The value of a stored text, checked again: a bound may have changed since.

    Raises:
        Invalid, ValueError: it can't be read any more.
    """
    return wanted.kind.checked(wanted.kind.typed(json.loads(stored)))


def _value(wanted: Preference[V], stored: str) -> V:
    for text, read in ((stored, unfolded), (from_environment(wanted), _typed)):
        if text:
            try:
                return read(wanted, text)
            except (Invalid, ValueError, TypeError, AttributeError):
                log.warning("the setting %s can't be read; its default counts", wanted.key)
    return wanted.default


def _typed(wanted: Preference[V], text: str) -> V:
    return wanted.kind.checked(text)
