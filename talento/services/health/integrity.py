"""Whether what is stored hangs together: read through on demand, a few rows at a time, and stopped when asked."""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import ForeignKey, Table, func, select
from sqlmodel import SQLModel

from talento import clock
from talento.i18n import phrase
from talento.models.casting import Assignment, Project
from talento.models.cinema import CinemaTalent
from talento.models.files import StoredFile
from talento.models.operations import AppSettings
from talento.models.talents import CodeAlias, Talent
from talento.services import audit, chain, codes, encryption, rotation
from talento.services.health.findings import Finding, State, Words, counted, finding, words
from talento.services.uploads import blobs, store
from talento.services.work import Actor, Work, look, run
from talento.vocabulary.permissions import Permission

log = logging.getLogger(__name__)

BATCH = 500
NAMED = 5
YOUNG_SECONDS = 3_600
"""A file this young may belong to an upload that is still being stored."""

OPTIONAL = frozenset({"face"})
"""A size that older portraits do not have."""

Progress = Callable[[int, int], None]
Step = Callable[[Actor, Callable[[int], None]], Finding]


class Stopped(Exception):
    """Whoever asked wants no more of it; raised by their `progress`."""


def checked_through(actor: Actor, progress: Progress = lambda step, done: None) -> list[Finding]:
    """Read everything through; what is found is noted in the security log.

    Args:
        progress: told the number of the step and how many things of it were read; what it raises ends the check.
    """
    look(actor, lambda work: work.require(Permission.ADMINISTER))
    findings = [_tried(actor, title, step, partial(progress, number)) for number, (title, step) in enumerate(STEPS)]
    run(actor, _note, findings)
    return findings


def _tried(actor: Actor, title: str, step: Step, told: Callable[[int], None]) -> Finding:
    try:
        told(0)
        return step(actor, told)
    except Stopped:
        raise
    except Exception as error:  # an edge: one step that fails must not hide what the others find
        log.exception("the check of %s failed", title)
        found = words(phrase("This could not be looked at: {error}."), error=type(error).__name__)
        return finding(title, title, State.BROKEN, found, phrase("The server's log says why."))


def _note(work: Work, findings: list[Finding]) -> None:
    broken = [one.name for one in findings if one.state is not State.FINE]
    severity = "warning" if broken else "info"
    audit.security(work, "integrity_checked", severity=severity, broken=broken)


# Files


def _missing_files(actor: Actor, told: Callable[[int], None]) -> Finding:
    """Rows without their blobs."""
    missing: list[str] = []
    done = 0
    for rows in _pages(actor, StoredFile.id, StoredFile.kind):
        missing += [key for key, kind in rows if not all(path.exists() for path in _blobs(key, kind))]
        done += len(rows)
        told(done)
    one, other = phrase("{n} stored file is not on disk."), phrase("{n} stored files are not on disk.")
    advice = phrase("Put the folder of files back from a copy of it; nothing else brings them back.")
    return _verdict("missing_files", MISSING_FILES, missing, done, one, other, advice)


def _stray_files(actor: Actor, told: Callable[[int], None]) -> Finding:
    """Blobs without their row, which nobody can read any more."""
    known = {key for rows in _pages(actor, StoredFile.id) for (key,) in rows}
    strays: list[str] = []
    done, now = 0, clock.now().timestamp()
    for path in _on_disk():
        done += 1
        if path.name.partition(".")[0] not in known and _age(path, now) > YOUNG_SECONDS:
            strays.append(path.name)
        if done % BATCH == 0:
            told(done)
    one, other = phrase("{n} file on disk belongs to nothing."), phrase("{n} files on disk belong to nothing.")
    advice = phrase("Their keys are gone, so nobody can read them: they may be deleted from the folder of files.")
    return _verdict("stray_files", STRAY_FILES, strays, done, one, other, advice, State.LOOK)


def _blobs(key: str, kind: str) -> list[Path]:
    sizes = store.RULES[store.FileKind(kind)].sizes if kind in set(store.FileKind) else ("",)
    return [blobs.path_of(key, size) for size in sizes if size not in OPTIONAL]


def _on_disk() -> Iterator[Path]:
    root = blobs.folder()
    return (path for path in root.rglob("*") if path.is_file()) if root.exists() else iter(())


def _age(path: Path, now: float) -> float:
    try:
        return now - path.stat().st_mtime
    except OSError:
        return 0.0  # gone meanwhile


# Codes


@dataclass(frozen=True, slots=True)
class _Coded:
    """A table with codes: what one looks like, and the part within which its number is given once."""

    table: Any
    pattern: re.Pattern[str]
    scope: Callable[[re.Match[str]], tuple[str, ...]]


_BADGE = re.compile(r"([A-Z]{8}[0-9]{3,})-([0-9]{3,})")
CODED = (
    _Coded(Talent, codes.TALENT_PATTERN, lambda found: (found[1], found[3])),
    _Coded(CinemaTalent, codes.CINEMA_PATTERN, lambda found: (found[1], found[3])),
    _Coded(Project, codes.PROJECT_PATTERN, lambda found: (found[0],)),
    _Coded(Assignment, _BADGE, lambda found: (found[0],)),
)


def _codes(actor: Actor, told: Callable[[int], None]) -> Finding:
    """Codes that do not read as codes, and numbers that were given twice."""
    wrong: list[str] = []
    done = 0
    for coded in CODED:
        seen: Counter[tuple[str, ...]] = Counter()
        for rows in _pages(actor, coded.table.id, coded.table.code):
            for _, code in rows:
                found = coded.pattern.fullmatch(code)
                scope = coded.scope(found) if found else ()
                seen[scope] += 1
                if not found or seen[scope] > 1:
                    wrong.append(code)
            done += len(rows)
            told(done)
    wrong += look(actor, _taken_aliases)
    one, other = phrase("{n} code is malformed or given twice."), phrase("{n} codes are malformed or given twice.")
    advice = phrase("Somebody changed the database directly. Put back what an older copy says: a code is for life.")
    return _verdict("codes", CODES, wrong, done, one, other, advice)


def _taken_aliases(work: Work) -> list[str]:
    """Older codes that are somebody else's present code."""
    clash = select(CodeAlias.code).join(Talent, Talent.code == CodeAlias.code).where(Talent.id != CodeAlias.talent_id)  # type: ignore[arg-type]
    return list(work.session.scalars(clash))


# Sealed values


def _sealed(actor: Actor, told: Callable[[int], None]) -> Finding:
    """Values that no key of today opens, or that were moved from another row."""
    unreadable: Counter[str] = Counter()
    done = 0
    for table, names in rotation.SEALED.items():
        people = rotation.PEOPLE.get(table)
        made: Table = table.__table__  # type: ignore[attr-defined]
        for rows in _pages(actor, *(made.c[name] for name in names), *([made.c.uid] if people else [])):
            for row in rows:
                places = [f"{people.name}:{row.uid}:{name.removesuffix('_sealed')}" if people else "" for name in names]
                unreadable[made.name] += sum(
                    not _opens(value, place, is_plain_fine=table is AppSettings)
                    for value, place in zip(row, places, strict=False)
                    if value
                )
            done += len(rows)
            told(done)
    where = [f"{table} ({count})" for table, count in unreadable.items() if count]
    count = unreadable.total()
    one, other = phrase("{n} encrypted value can't be opened"), phrase("{n} encrypted values can't be opened")
    advice = phrase("Put the key back that sealed them, at the end of ENCRYPTION_KEY. If it is lost, so are they.")
    return _verdict("sealed", SEALED, where, done, one, other, advice, count=count)


def _opens(value: str, place: str, *, is_plain_fine: bool) -> bool:
    if not encryption.key_id(value):
        return is_plain_fine
    try:
        found = encryption.keyring().place_of(value)
    except encryption.Unreadable:
        return False
    return not place or found == place


# References


def _references(actor: Actor, told: Callable[[int], None]) -> Finding:
    """Rows that refer to something that is not there."""
    broken: list[str] = []
    count = done = 0
    for key in _foreign_keys():
        lost = look(actor, _lost, key)
        if lost:
            count += lost
            broken.append(f"{key.parent.table.name}.{key.parent.name} ({lost})")
        done += 1
        told(done)
    one, other = phrase("{n} row refers to nothing"), phrase("{n} rows refer to nothing")
    advice = phrase("Somebody changed the database directly. An older copy says what these rows referred to.")
    return _verdict("references", REFERENCES, broken, done, one, other, advice, count=count)


def _foreign_keys() -> list[ForeignKey]:
    return [key for table in SQLModel.metadata.sorted_tables for key in sorted(table.foreign_keys, key=_named)]


def _named(key: ForeignKey) -> str:
    return str(key.parent.name)


def _lost(work: Work, key: ForeignKey) -> int:
    child, parent = key.parent, key.column.table.alias()
    there = select(parent.c[key.column.name]).where(parent.c[key.column.name] == child).exists()
    query = select(func.count()).select_from(child.table).where(child.is_not(None), ~there)
    return work.session.scalar(query) or 0


# Logs


def _chains(actor: Actor, told: Callable[[int], None]) -> Finding:
    """The chains of both logs."""
    broken: list[str] = []
    done = 0
    for name in chain.LOGS:
        verdict = look(actor, chain.verify, name, progress=partial(_passed_on, told, done))
        done += verdict.checked
        if verdict.fault:
            broken.append(f"{name} ({verdict.fault} {verdict.seq})")
    one, other = phrase("{n} log was tampered with"), phrase("{n} logs were tampered with")
    advice = phrase("Somebody changed the database directly. Keep a copy of it before anything else.")
    return _verdict("chains", CHAINS, broken, done, one, other, advice)


def _passed_on(told: Callable[[int], None], so_far: int, done: int) -> None:
    told(so_far + done)


# What all share


def _pages(actor: Actor, *columns: Any) -> Iterator[list[Any]]:
    """The rows of a table, some at a time and each time in a transaction of its own: nobody waits for a check."""
    asked = select(*columns)
    key = asked.get_final_froms()[0].primary_key.columns[0]  # type: ignore[attr-defined]
    keys = look(actor, lambda work: list(work.session.scalars(select(key).distinct().order_by(key))))
    for start in range(0, len(keys), BATCH):
        yield look(actor, _rows, asked.where(key.in_(keys[start : start + BATCH])))


def _rows(work: Work, query: Any) -> list[Any]:
    return list(work.session.execute(query))


def _verdict(
    name: str, title: str, wrong: list[str], done: int, one: str, other: str, advice: str,
    state: State = State.BROKEN, *, count: int | None = None,
) -> Finding:  # fmt: skip
    amount = len(wrong) if count is None else count
    if not amount:
        return finding(name, title, State.FINE, words(phrase("All well: {n} looked at."), n=done))
    said = counted(amount, one=one, other=other)
    named = ", ".join(wrong[:NAMED]) + (" …" if len(wrong) > NAMED else "")
    found = Words(f"{said.en.rstrip('.')}: {named}", f"{said.fr.rstrip('.')}\u00a0: {named}")
    return finding(name, title, state, found, advice)


MISSING_FILES, STRAY_FILES = phrase("Stored files"), phrase("Files of nobody")
CODES, SEALED = phrase("Codes"), phrase("Encrypted values")
REFERENCES, CHAINS = phrase("References"), phrase("Chains of the logs")

STEPS: tuple[tuple[str, Step], ...] = (
    (MISSING_FILES, _missing_files),
    (STRAY_FILES, _stray_files),
    (CODES, _codes),
    (SEALED, _sealed),
    (REFERENCES, _references),
    (CHAINS, _chains),
)
"""What is read through, in order."""
