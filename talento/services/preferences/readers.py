"""Who has the settings open now, so that two admins on one form see each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update

from talento.models.accounts import User
from talento.models.operations import SettingReader
from talento.services import live
from talento.services.preferences import registry
from talento.services.tokens import digest
from talento.services.work import Work
from talento.vocabulary.permissions import Permission

TOPIC = "setting_reader"
EVERY = timedelta(seconds=10)
GONE = timedelta(seconds=35)
"""A tab that was not heard of for so long has gone, or its server has."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with a group of settings open."""

    user_id: int
    name: str
    group: str


def arrive(work: Work, tab: str, group: str) -> None:
    """Note that a tab of the actor shows a group.

    Raises:
        Forbidden: not an admin.
    """
    work.require(Permission.ADMINISTER)
    known = group if any(one.key == group for one in registry.GROUPS) else ""
    work.session.merge(SettingReader(tab=digest(tab), user_id=work.actor.user_id or 0, group=known, seen_at=work.now))
    live.publish(work, TOPIC, 0)


def leave(work: Work, tabs: Iterable[str]) -> None:
    """Note that tabs show the settings no more."""
    gone = delete(SettingReader).where(SettingReader.tab.in_([digest(tab) for tab in tabs]))
    if work.changed(gone):
        live.publish(work, TOPIC, 0)


def keep(work: Work, tabs: Iterable[str]) -> None:
    """Note that tabs are still there, and forget those of whom nobody heard."""
    here = [digest(tab) for tab in tabs]
    work.session.execute(update(SettingReader).where(SettingReader.tab.in_(here)).values(seen_at=work.now))
    if work.changed(delete(SettingReader).where(SettingReader.seen_at < work.now - GONE)):
        live.publish(work, TOPIC, 0)


def here(work: Work) -> list[Reader]:
    """The other admins who have the settings open, each once for every group."""
    work.require(Permission.ADMINISTER)
    rows = work.session.execute(
        select(SettingReader.user_id, User.name, User.email, SettingReader.group)
        .join(User, User.id == SettingReader.user_id)
        .where(SettingReader.seen_at >= work.now - GONE, SettingReader.user_id != work.actor.user_id)
        .order_by(User.name)
        .distinct()
    )
    return [Reader(user_id, name or email, group) for user_id, name, email, group in rows]
