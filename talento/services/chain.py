"""The chain of the logs: each entry carries a code over itself and the code of the entry before it (`LG-02`).

Whoever changes, removes, adds or swaps entries in the database without our key breaks the chain at that place. Entries
are linked in the order of their commits: the head of a log is locked at the very end of a transaction, for the time of
two statements. What retention lets go is remembered by a sealed mark, so that the rest can still be checked. The end
of the chain can only be checked against a head that was kept elsewhere: the recap and the server's log carry it.
"""

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, func, select, update

from talento.models.operations import ActivityLog, AppSettings, LogHead, SecurityLog
from talento.services import encryption
from talento.services.work import Work

KEY = "audit_key"
LOGS: dict[str, type[ActivityLog] | type[SecurityLog]] = {"activity": ActivityLog, "security": SecurityLog}
CONTENT = {
    "activity": ("user_id", "action", "subject", "subject_id", "ip", "details"),
    "security": ("user_id", "event", "severity", "ip", "agent", "details"),
}
PAGE = 5_000
FAULTS = {
    "altered": "Entry {seq}{when} was altered.",
    "deleted": "Entry {seq} was deleted.",
    "reordered": "Entry {seq}{when} is not in its place.",
    "added": "An entry was added that is no link of the chain, after entry {seq}.",
    "head": "The record of where the chain begins or ends ({seq}) was altered.",
}
NOTHING_GONE = {"kept_after": 0, "kept_mac": "", "kept_seal": ""}

_quoted = json.encoder.encode_basestring_ascii


class NoKey(Exception):
    """The key of the chain is not in the settings any more: nothing can be checked."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a log's chain: how many entries there ever were, and the code of the last one."""

    log: str
    seq: int
    mac: str

    def __str__(self) -> str:
        return f"{self.log}:{self.seq}:{self.mac}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `fault`: "", "altered", "deleted", "reordered", "added" or "head"; `seq` is where."""

    log: str
    checked: int
    older: int
    fault: str = ""
    seq: int = 0
    at: datetime | None = None


def append(work: Work, log: str, entries: Sequence[dict[str, Any]]) -> None:
    """Link entries to the end of a log and store them; to be called last in a transaction."""
    head, key = _locked_head(work, log), _key(work)
    seq, mac, rows = head.seq, head.mac, []
    for entry in entries:
        seq += 1
        mac = _mac(key, log, seq, mac, entry["at"], [entry[name] for name in CONTENT[log]])
        rows.append(entry | {"seq": seq, "mac": mac})
    work.insert_many(LOGS[log], rows)
    work.session.execute(update(LogHead).where(LogHead.log == log).values(seq=seq, mac=mac))


def head(work: Work, log: str) -> Head:
    """The end of a log's chain now."""
    row = work.session.get(LogHead, log)
    return Head(log, row.seq, row.mac) if row else Head(log, 0, "")


def heads(work: Work) -> list[Head]:
    """The ends of all logs."""
    return [head(work, log) for log in LOGS]


def head_of(text: str) -> Head:
    """A head as it was printed.

    Raises:
        ValueError: it is none.
    """
    log, _, rest = text.strip().partition(":")
    seq, _, mac = rest.partition(":")
    if log not in LOGS or not seq.isdigit() or not re.fullmatch("[0-9a-f]{64}", mac):
        raise ValueError(f"{text[:100]!r} is no head of a log: log:number:code")
    return Head(log, int(seq), mac)


def told(verdict: Verdict) -> str:
    """What a check found, for an operator."""
    older = f"; {verdict.older:,} older ones are from before the chain" if verdict.older else ""
    if not verdict.fault:
        return f"{verdict.checked:,} entries are whole{older}."
    when = f" of {verdict.at:%Y-%m-%d %H:%M} UTC" if verdict.at else ""
    what = FAULTS[verdict.fault].format(seq=f"{verdict.seq:,}", when=when)
    return f"{what} {verdict.checked:,} before it are whole{older}."


def verify(
    work: Work, log: str, *, known: Head | None = None, progress: Callable[[int], None] = lambda done: None
) -> Verdict:
    """Check a log from its first entry that is kept to its head.

    Args:
        known: a head that was kept elsewhere; the chain must still pass through it.
        progress: told now and then how many entries were checked; what it raises ends the check.

    Raises:
        NoKey: the key of the chain is gone.
    """
    stored, older = work.session.get(LogHead, log), _unlinked(work, log)
    end = stored or LogHead(log=log)
    if stored is None and next(_links(work, log), None) is None and not known:
        return Verdict(log, 0, older)
    key = _key(work, is_writing=False)
    if not hmac.compare_digest(end.kept_seal, _kept_seal(key, log, end.kept_after, end.kept_mac)):
        return Verdict(log, 0, older, "head", end.kept_after)
    seq, mac, last_id = end.kept_after, end.kept_mac, 0
    for row in _links(work, log):
        entry_id, at, found_seq, found_mac = row[:4]
        fault = _fault(seq, found_seq, last_id, entry_id)
        if fault:
            return Verdict(log, seq - end.kept_after, older, fault, seq + 1, at)
        seq, last_id, mac = found_seq, entry_id, _mac(key, log, found_seq, mac, at, row[4:])
        if seq % PAGE == 0:
            progress(seq - end.kept_after)
        if mac != found_mac:
            return Verdict(log, seq - 1 - end.kept_after, older, "altered", seq, at)
        if known and known.seq == seq and known.mac != mac:
            return Verdict(log, seq - end.kept_after, older, "altered", seq, at)
    return _ending(work, end, known, Verdict(log, seq - end.kept_after, older), mac)


def let_go(work: Work, log: str, before: datetime) -> int:
    """Delete the entries older than `before`, remembering where the rest of the chain begins; returns how many."""
    table = LOGS[log]
    end = _locked_head(work, log)
    older = select(table.seq, table.mac).where(table.at < before, table.seq.is_not(None))
    last = work.session.execute(older.order_by(table.seq.desc()).limit(1)).first()
    if last is not None:
        seal = _kept_seal(_key(work), log, last.seq, last.mac)
        kept = {"kept_after": last.seq, "kept_mac": last.mac, "kept_seal": seal}
        work.session.execute(update(LogHead).where(LogHead.log == end.log).values(**kept))
    gone = (table.at < before) & ((table.seq.is_(None)) | (table.seq <= (last.seq if last else 0)))
    return work.changed(delete(table).where(gone))


def _fault(seq: int, found: int, last_id: int, found_id: int) -> str:
    if found_id < last_id:
        return "reordered"
    return "deleted" if found != seq + 1 else ""


def _ending(work: Work, end: LogHead, known: Head | None, so_far: Verdict, mac: str) -> Verdict:
    log, last = so_far.log, end.kept_after + so_far.checked
    if _added(work, log):
        return Verdict(log, so_far.checked, so_far.older, "added", last)
    if last < end.seq or (known and last < known.seq):
        return Verdict(log, so_far.checked, so_far.older, "deleted", last + 1)
    if last != end.seq or mac != end.mac:
        return Verdict(log, so_far.checked, so_far.older, "head", end.seq)
    return so_far


def _links(work: Work, log: str) -> Iterator[Sequence[Any]]:
    """The linked entries in the order of the chain, a few thousand at a time."""
    table = LOGS[log].__table__  # type: ignore[attr-defined]
    columns = [table.c[name] for name in ("id", "at", "seq", "mac", *CONTENT[log])]
    last = None
    while True:
        rest = table.c.seq.is_not(None) if last is None else table.c.seq > last
        rows = work.session.execute(select(*columns).where(rest).order_by(table.c.seq).limit(PAGE)).all()
        yield from rows
        if len(rows) < PAGE:
            return
        last = rows[-1].seq


def _unlinked(work: Work, log: str) -> int:
    """How many entries are older than the chain itself."""
    table = LOGS[log]
    return work.session.scalar(select(func.count()).select_from(table).where(table.seq.is_(None))) or 0


def _added(work: Work, log: str) -> bool:
    """Whether an entry without a link was put in after the chain had begun."""
    table = LOGS[log]
    first = select(table.id).where(table.seq.is_not(None)).order_by(table.id).limit(1).scalar_subquery()
    return work.session.execute(select(table.id).where(table.seq.is_(None), table.id > first)).first() is not None


def _mac(key: bytes, log: str, seq: int, before: str, at: datetime, content: Sequence[Any]) -> str:
    facts = [_quoted(fact) if isinstance(fact, str) else str(fact) for fact in content]
    return _code(key, f"{log},{seq},{before},{at.timestamp()!r}," + ",".join(facts))


def _kept_seal(key: bytes, log: str, seq: int, mac: str) -> str:
    return _code(key, f"kept,{log},{seq},{mac}") if seq else ""


def _code(key: bytes, plain: str) -> str:
    """The keyed BLAKE2b (RFC 7693) of a text."""
    return hashlib.blake2b(plain.encode(), key=key, digest_size=32).hexdigest()


def _locked_head(work: Work, log: str) -> LogHead:
    query = select(LogHead).where(LogHead.log == log).with_for_update().execution_options(populate_existing=True)
    row = work.session.scalars(query).first()
    if row is None:
        work.insert_new(LogHead, log=log, seq=0, mac="", **NOTHING_GONE)
        row = work.session.scalars(query).one()
    return row


def _key(work: Work, *, is_writing: bool = True) -> bytes:
    """The key of the codes: made once, sealed in the settings; it moves along when keys are rotated."""
    row = work.session.get(AppSettings, KEY)
    if row is None and not is_writing:
        raise NoKey
    if row is None:
        fresh = base64.b64encode(secrets.token_bytes(32)).decode()
        sealed = encryption.keyring().seal(fresh, "app_settings", KEY, "value")
        work.insert_new(AppSettings, key=KEY, value=sealed, updated_at=work.now)
        row = work.session.get_one(AppSettings, KEY)
    return _opened(row.value)


@lru_cache(8)
def _opened(sealed: str) -> bytes:
    return base64.b64decode(encryption.keyring().open(sealed, "app_settings", KEY, "value"))
