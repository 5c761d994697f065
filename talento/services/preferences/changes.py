"""Changing settings: one at a time, against what the form showed, with the name of who did it and a way back."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from talento.errors import Conflict, Invalid, NotFound, Refusal
from talento.models.accounts import User
from talento.models.operations import AppSettings, SettingChange
from talento.services import audit, encryption, live
from talento.services.preferences import cache
from talento.services.preferences.kinds import Picture
from talento.services.preferences.registry import ALL, Preference
from talento.services.uploads import store
from talento.services.work import Work
from talento.vocabulary.permissions import Permission

LONGEST_IN_LOG = 200
LISTED = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A setting as a form shows it; of a secret only whether there is one.

    `source`: `chosen`, `environment` or `default`. `typed` is empty for secrets.
    """

    key: str
    typed: str
    revision: int
    source: str
    by: str
    at: datetime | None
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Past:
    """A change that was made. `before` and `after` are as a form shows them, empty for secrets; `action`: `changed`,
    `undone`, `reset`, `replaced` or `removed`."""

    id: int
    action: str
    before: str
    after: str
    by: str
    at: datetime


class Stale(Conflict):
    """Somebody else saved this setting since the form showed it; `theirs` is what they saved."""

    def __init__(self, theirs: Entry) -> None:
        super().__init__("{name} changed this meanwhile.", name=theirs.by or "Talento")
        self.values = {"name": theirs.by or "Talento"}
        self.theirs = theirs


def entries(work: Work) -> dict[str, Entry]:
    """Every setting by its key."""
    work.require(Permission.ADMINISTER)
    rows = work.session.execute(
        select(AppSettings, User.name, User.email)
        .join(User, User.id == AppSettings.updated_by, isouter=True)
        .where(AppSettings.key.in_(ALL))
    )
    found = {row.key: (row, name or email or "") for row, name, email in rows}
    return {one.key: _entry(one, *found.get(one.key, (None, ""))) for one in ALL.values()}


def entry(work: Work, key: str) -> Entry:
    """One setting.

    Raises:
        NotFound: there is no such setting.
    """
    return entries(work)[known(key).key]


def change(work: Work, key: str, typed: str, *, revision: int) -> Entry:
    """Save what was typed.

    Raises:
        NotFound: there is no such setting.
        Invalid: it can't be this.
        Stale: somebody saved another value since `revision`.
    """
    work.require(Permission.ADMINISTER)
    wanted = known(key)
    if wanted.is_secret:
        return _seal(work, wanted, typed)
    stored = _checked(wanted, typed)
    if isinstance(wanted.kind, Picture) and typed:
        store.hand_over(work, typed, store.FileKind.LOGO)
    return _store(work, wanted, stored, revision, "changed")


def reset(work: Work, key: str, *, revision: int) -> Entry:
    """Let the default, or the environment, count again; a secret is removed.

    Raises:
        NotFound, Stale: as `change`.
    """
    work.require(Permission.ADMINISTER)
    wanted = known(key)
    if wanted.is_secret:
        _allow_secrets(work)
    return _store(work, wanted, "", revision, "removed" if wanted.is_secret else "reset")


def undo(work: Work, key: str, *, revision: int) -> Entry:
    """Put back what was there before the last change; done again, it returns.

    Raises:
        NotFound: nothing was changed yet.
        Stale: as `change`.
    """
    work.require(Permission.ADMINISTER)
    last = work.session.scalars(
        select(SettingChange).where(SettingChange.key == known(key).key).order_by(SettingChange.id.desc()).limit(1)
    ).first()
    if last is None:
        raise NotFound("There is nothing to undo.")
    return put_back(work, key, last.id or 0, revision=revision)


def put_back(work: Work, key: str, change_id: int, *, revision: int) -> Entry:
    """Put back what was there before some change.

    Raises:
        NotFound: no such change of this setting; secrets are not kept.
        Stale: as `change`.
        Invalid: the old value is not acceptable any more.
    """
    work.require(Permission.ADMINISTER)
    wanted = known(key)
    past = work.session.get(SettingChange, change_id)
    if past is None or past.key != wanted.key or wanted.is_secret:
        raise NotFound("There is nothing to undo.")
    return _store(work, wanted, _still_good(wanted, past.before), revision, "undone")


def history(work: Work, key: str) -> list[Past]:
    """The latest changes of one setting, newest first."""
    work.require(Permission.ADMINISTER)
    wanted = known(key)
    rows = work.session.execute(
        select(SettingChange, User.name, User.email)
        .join(User, User.id == SettingChange.user_id, isouter=True)
        .where(SettingChange.key == wanted.key)
        .order_by(SettingChange.id.desc())
        .limit(LISTED)
    )
    return [_past(wanted, row, name or email or "") for row, name, email in rows]


def known(key: str) -> Preference[Any]:
    """A declared setting.

    Raises:
        NotFound: there is none of this name.
    """
    if key not in ALL:
        raise NotFound("There is no such setting.")
    return ALL[key]


def _seal(work: Work, wanted: Preference[str], typed: str) -> Entry:
    """Replace a secret. It is never shown, so that nothing shown can be stale, and nothing shown can be saved."""
    _allow_secrets(work)
    value = wanted.kind.checked(typed)
    sealed = encryption.keyring().seal(json.dumps(value), cache.PLACE, wanted.key)
    return _store(work, wanted, sealed, None, "replaced")


def _allow_secrets(work: Work) -> None:
    """Whoever touches a secret proves first that it is them."""
    work.require(Permission.ADMINISTER)
    work.require_fresh()


def _store(work: Work, wanted: Preference[Any], stored: str, revision: int | None, action: str) -> Entry:
    row = _locked(work, wanted.key)
    if revision is not None and revision != row.revision and stored != row.value:
        raise Stale(_entry(wanted, row, _name(work, row.updated_by)))
    if stored == row.value and not wanted.is_secret:
        return _entry(wanted, row, _name(work, row.updated_by))
    before = row.value
    row.value, row.updated_at, row.updated_by = stored, work.now, work.actor.user_id
    row.revision += 1
    kept = {"before": "", "after": ""} if wanted.is_secret else {"before": before, "after": stored}
    work.insert(SettingChange, key=wanted.key, action=action, at=work.now, user_id=work.actor.user_id, **kept)
    _note(work, wanted, action, kept)
    live.publish(work, cache.TOPIC, cache.number_of(wanted.key))
    work.after_commit(cache.load)
    work.session.flush()
    return _entry(wanted, row, _name(work, work.actor.user_id))


def _note(work: Work, wanted: Preference[Any], action: str, kept: dict[str, str]) -> None:
    if wanted.is_secret:
        audit.security(work, "setting_changed", setting=wanted.key, action=action)
    details = {name: _shown(wanted, stored)[:LONGEST_IN_LOG] for name, stored in kept.items() if not wanted.is_secret}
    audit.activity(work, f"setting_{action}", "setting", None, setting=wanted.key, **details)


def _locked(work: Work, key: str) -> AppSettings:
    """The row of a setting, locked until the transaction ends."""
    work.insert_new(AppSettings, key=key, value="", updated_at=work.now, revision=0)
    return work.session.get_one(AppSettings, key, with_for_update=True, populate_existing=True)


def _checked(wanted: Preference[Any], typed: str) -> str:
    try:
        return json.dumps(wanted.kind.checked(typed), ensure_ascii=False)
    except Invalid as refused:
        refused.field = wanted.key
        raise


def _still_good(wanted: Preference[Any], stored: str) -> str:
    if not stored:
        return ""
    try:
        cache.unfolded(wanted, stored)
    except (Refusal, ValueError) as error:
        raise Invalid("What was there before is not acceptable any more.", field=wanted.key) from error
    return stored


def _entry(wanted: Preference[Any], row: AppSettings | None, by: str) -> Entry:
    stored = row.value if row else ""
    source = "chosen" if stored else "environment" if cache.from_environment(wanted) else "default"
    is_known = row is not None and row.revision > 0
    return Entry(
        key=wanted.key,
        typed="" if wanted.is_secret else _shown(wanted, stored),
        revision=row.revision if row else 0,
        source=source,
        by=by if is_known else "",
        at=row.updated_at if row is not None and is_known else None,
        can_undo=is_known and not wanted.is_secret,
    )


def _shown(wanted: Preference[Any], stored: str) -> str:
    """A stored text as a form shows it; what is not stored is the environment's or the default."""
    if wanted.is_secret:
        return ""
    if not stored:
        return cache.from_environment(wanted) or wanted.kind.typed(wanted.default)
    try:
        return wanted.kind.typed(cache.unfolded(wanted, stored))
    except (Invalid, ValueError, TypeError, AttributeError):
        return wanted.kind.typed(wanted.default)


def _past(wanted: Preference[Any], row: SettingChange, by: str) -> Past:
    return Past(row.id or 0, row.action, _shown(wanted, row.before), _shown(wanted, row.after), by, row.at)


def _name(work: Work, user_id: int | None) -> str:
    user = work.session.get(User, user_id) if user_id else None
    return (user.name or user.email) if user else ""
