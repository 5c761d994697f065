"""Keeping files and handing them out to those who may see them."""

import base64
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import func, select

from talento.errors import Forbidden, Invalid, NotFound, TooLarge, TooMany
from talento.models.accounts import User
from talento.models.casting import Assignment, Production, Project
from talento.models.cinema import CinemaPhoto, CinemaTalent
from talento.models.drafts import Draft
from talento.models.files import StoredFile
from talento.models.presence import DeskGrant
from talento.models.talents import Talent
from talento.services import encryption, throttle
from talento.services.cinema import faces, minors
from talento.services.tokens import digest
from talento.services.uploads import blobs, inspection, sandbox
from talento.services.work import Actor, Work, look, run
from talento.vocabulary.permissions import Permission
from talento.vocabulary.visibility import Visibility

MB = 1024 * 1024
FILES_EACH = 20
MADE = "document"
"""The kind of a file that Talento made for somebody; nobody uploads one."""


class FileKind(StrEnum):
    """What a file is for."""

    PHOTO = "photo"
    CV = "cv"
    LOGO = "logo"
    GALLERY = "gallery"


@dataclass(frozen=True, slots=True)
class _Rule:
    largest: int
    endings: tuple[str, ...]
    check: Callable[[bytes], inspection.Inspected]
    sizes: tuple[str, ...] = ("",)

    @property
    def is_picture(self) -> bool:
        return self.sizes != ("",)


_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
RULES = {
    FileKind.PHOTO: _Rule(5 * MB, _PICTURES, inspection.photo, tuple(inspection.SIZES)),
    FileKind.CV: _Rule(10 * MB, (".pdf", ".docx", ".doc"), inspection.document),
    FileKind.LOGO: _Rule(2 * MB, (".png", ".jpg", ".jpeg", ".webp"), inspection.logo, tuple(inspection.SIZES)),
    FileKind.GALLERY: _Rule(10 * MB, _PICTURES, inspection.gallery, tuple(inspection.GALLERY_SIZES)),
}
_ENDINGS = {inspection.PDF: ".pdf", inspection.DOCX: ".docx", inspection.DOC: ".doc"}


@dataclass(frozen=True, slots=True)
class FileView:
    """A stored file, as its owner sees it."""

    id: str
    kind: str
    name: str
    size: int

    @property
    def url(self) -> str:
        return f"/files/{self.id}"


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes and how to serve them."""

    data: bytes
    media_type: str
    name: str
    is_inline: bool


def largest(kind: str) -> int:
    """How many bytes a file of this kind may have.

    Raises:
        Invalid: no such kind.
    """
    return RULES[_kind(kind)].largest


def receive(
    actor: Actor, *, kind: str, name: str, data: bytes, draft_holder: str = "", draft: str = "register"
) -> FileView:
    """Check a file and keep it for the actor, or for the draft of that form which their browser holds.

    Raises:
        Invalid, TooLarge, TooMany, Forbidden: in words, nothing kept.
    """
    known = _kind(kind)
    owner = run(actor, _admit, draft_holder, draft)
    if len(data) > RULES[known].largest:
        raise TooLarge("This file is too large: at most {count} MB.", field=kind, count=RULES[known].largest // MB)
    found = _inspected(known, name, data)
    return _keep(actor, known, name, data, found, owner)


def read(actor: Actor, file_id: str, *, size: str = "medium", draft_holder: str = "") -> Content:
    """A file's content, for those who may see it.

    Raises:
        NotFound: there is none, or it is not for you.
    """
    return content(look(actor, _visible, file_id, draft_holder), size)


def content(row: StoredFile, size: str) -> Content:
    """A stored file's content, for those of whom the caller knows that they may see it.

    Raises:
        NotFound: it is not there any more.
    """
    if row.kind == MADE:
        return Content(_blob(row, ""), row.media_type, row.name, False)
    rule = RULES[FileKind(row.kind)]
    wanted = (size if size in rule.sizes else "medium") if rule.is_picture else ""
    return Content(_blob(row, wanted), row.media_type, row.name, rule.is_picture)


def _blob(row: StoredFile, wanted: str) -> bytes:
    """One size of a file; a portrait that is older than the size for grids is shown in the one above it."""
    try:
        return blobs.read(row.id, wanted, _key(row))
    except FileNotFoundError as error:
        if wanted == "face":
            return _blob(row, "medium")
        raise NotFound("There is no such file.") from error


def claim(work: Work, file_id: str, kind: FileKind, *, user_id: int, draft_id: int | None = None) -> str:
    """Make an uploaded file part of an account.

    Raises:
        Invalid: it is not theirs, or not of this kind.
    """
    row = work.session.get(StoredFile, file_id)
    is_theirs = row is not None and (row.user_id == user_id or (draft_id is not None and row.draft_id == draft_id))
    if row is None or not is_theirs or row.kind != kind:
        raise Invalid("Please upload the file again.", field=kind.value)
    row.user_id, row.draft_id = user_id, None
    return row.id


def hand_over(work: Work, file_id: str, kind: FileKind) -> None:
    """Make a file that the actor uploaded part of something that nobody owns, such as a company.

    Raises:
        Invalid: it is not theirs, or not of this kind.
    """
    claim(work, file_id, kind, user_id=work.actor.user_id or 0)
    work.get(StoredFile, file_id).user_id = None


def describe(work: Work, file_id: str | None) -> FileView | None:
    """A file's name and size, if it is there."""
    row = work.session.get(StoredFile, file_id) if file_id else None
    return FileView(row.id, row.kind, row.name, row.size) if row else None


def drop(work: Work, file_id: str | None) -> None:
    """Forget a file that was replaced: its key is destroyed with the row, its blobs after the commit.

    A photo that another profile of its owner still shows stays.
    """
    row = work.session.get(StoredFile, file_id) if file_id else None
    if row is not None and not _is_shown(work, row.id):
        work.session.delete(row)
        work.session.flush()
        work.after_commit(lambda: blobs.remove(row.id, list(RULES[FileKind(row.kind)].sizes)))


def discard(work: Work, file_id: str, draft_holder: str = "") -> None:
    """Forget a file that was uploaded for a form and taken away again; one that is not the actor's stays."""
    row = work.session.get(StoredFile, file_id) if re.fullmatch(r"[0-9a-f]{32}", file_id) else None
    if row is None:
        return
    mine = row.user_id == work.actor.user_id if row.user_id else _is_of_draft(work, row, draft_holder)
    if mine:
        drop(work, file_id)


def _is_shown(work: Work, file_id: str) -> bool:
    uses = (
        select(Talent.id).where((Talent.photo_id == file_id) | (Talent.cv_id == file_id)),
        select(CinemaTalent.id).where(CinemaTalent.photo_id == file_id),
        select(CinemaPhoto.id).where(CinemaPhoto.file_id == file_id),
    )
    return any(work.session.scalar(use.limit(1)) is not None for use in uses)


def _kind(kind: str) -> FileKind:
    try:
        return FileKind(kind)
    except ValueError as error:
        raise Invalid("This kind of file is not accepted.", field="kind") from error


def _admit(work: Work, draft_holder: str, draft: str) -> tuple[int | None, int | None]:
    throttle.spend(work, throttle.UPLOADS, throttle.place(work))
    user_id = work.actor.user_id
    draft_id = None if user_id else work.session.scalar(_drafts_of(draft_holder).where(Draft.form == draft))
    if user_id is None and draft_id is None:
        raise Forbidden("Please sign in, or start your registration first.")
    mine = StoredFile.user_id == user_id if user_id else StoredFile.draft_id == draft_id
    if (work.session.scalar(select(func.count()).where(mine, StoredFile.kind != MADE)) or 0) >= FILES_EACH:
        raise TooMany("You have uploaded many files. Remove one first.", retry_after=60)
    return user_id, draft_id


def _drafts_of(holder: str):  # type: ignore[no-untyped-def]
    return select(Draft.id).where(Draft.holder_hash == digest(holder), Draft.sent_at.is_(None))


def _is_of_draft(work: Work, row: StoredFile, holder: str) -> bool:
    """Whether a file belongs to a draft that this browser holds."""
    return row.draft_id is not None and row.draft_id in set(work.session.scalars(_drafts_of(holder)))


def _inspected(kind: FileKind, name: str, data: bytes) -> inspection.Inspected:
    rule = RULES[kind]
    ending = re.search(r"\.[A-Za-z0-9]{1,5}$", name.strip())
    try:
        found = sandbox.inspect(rule.check, data)
    except inspection.Refused as refusal:
        raise Invalid(str(refusal), field=kind.value) from refusal
    expected = (_ENDINGS[found.media_type],) if found.media_type in _ENDINGS else rule.endings
    if ending and ending[0].lower() not in expected:
        raise Invalid("The file's name and its content do not agree.", field=kind.value)
    return found


def _keep(
    actor: Actor,
    kind: FileKind,
    name: str,
    data: bytes,
    found: inspection.Inspected,
    owner: tuple[int | None, int | None],
) -> FileView:
    file_id, key = uuid4().hex, secrets.token_bytes(32)
    for size, blob in found.blobs.items():
        blobs.write(file_id, size, key, blob)
    row = StoredFile(
        id=file_id,
        kind=kind.value,
        user_id=owner[0],
        draft_id=owner[1],
        name=clean_name(name) or kind.value,
        media_type=found.media_type,
        size=sum(map(len, found.blobs.values())),
        sha256=hashlib.sha256(data).hexdigest(),
        key=encryption.keyring().seal(base64.b64encode(key).decode(), "stored_file", file_id, "key"),
        created_at=None,  # type: ignore[arg-type]
    )
    try:
        return run(actor, _add, row)
    except BaseException:
        blobs.remove(file_id, list(found.blobs))
        raise


def _add(work: Work, row: StoredFile) -> FileView:
    row.created_at = work.now
    work.session.add(row)
    return FileView(row.id, row.kind, row.name, row.size)


def clean_name(name: str) -> str:
    """A file's name without folders, control or direction characters, at most 120 characters (`UP-06`)."""
    last = re.split(r"[\\/]", name)[-1]
    plain = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    stem, dot, ending = plain.strip().rpartition(".")
    return (f"{stem[: 119 - len(ending)]}.{ending}" if dot and len(ending) < 20 else plain.strip())[:120]


def _visible(work: Work, file_id: str, draft_holder: str) -> StoredFile:
    row = work.session.get(StoredFile, file_id) if re.fullmatch(r"[0-9a-f]{32}", file_id) else None
    if row is None or not _may_see(work, row, draft_holder):
        raise NotFound("There is no such file.")
    return row


def _may_see(work: Work, row: StoredFile, draft_holder: str) -> bool:
    if row.kind == FileKind.LOGO and row.user_id is None:
        return _may_see_logo(work, row.id)
    if row.user_id is None:
        return _is_of_draft(work, row, draft_holder)
    if row.user_id == work.actor.user_id or work.actor.can(Permission.ADMINISTER):
        return True
    if work.get(User, row.user_id).suspended_at is not None:
        return False
    if _is_at_a_desk(work, row.id):
        return True
    talent, part = _cinema_use(work, row)
    if talent is not None and faces.is_minor(talent):
        return _is_open_child(work, talent)
    return _is_open_in_general(work, row) or (talent is not None and _is_open_in_cinema(work, talent, part))


def _is_open_in_general(work: Work, row: StoredFile) -> bool:
    talent = work.session.scalars(select(Talent).where(Talent.user_id == row.user_id)).first()
    if talent is None or row.id not in (talent.photo_id, talent.cv_id):
        return False
    if talent.visibility is not Visibility.HIDDEN and work.actor.can(Permission.SEARCH_TALENTS):
        return True
    is_photo = row.kind == FileKind.PHOTO
    return is_photo and talent.visibility is Visibility.PUBLIC and "photo" in talent.published.split(",")


def _may_see_logo(work: Work, file_id: str) -> bool:
    """A company's logo: for those who cast or keep the desk, and for talents who are on one of its projects."""
    company = work.session.scalar(select(Production.id).where(Production.logo_id == file_id))
    if company is None:
        return False
    if work.actor.can(Permission.CASTING) or work.actor.can(Permission.SEE_SHEET):
        return True
    on_a_project = (
        select(Assignment.id)
        .join(Project, Project.id == Assignment.project_id)
        .join(CinemaTalent, CinemaTalent.id == Assignment.talent_id)
        .where(Project.production_id == company, Project.deleted_at.is_(None), Assignment.removed_at.is_(None))
        .where(CinemaTalent.user_id == work.actor.user_id)
    )
    return work.session.scalar(on_a_project.limit(1)) is not None


def _cinema_use(work: Work, row: StoredFile) -> tuple[CinemaTalent | None, str]:
    """Whose cinema profile shows a file, and as which part."""
    talent = work.session.scalars(select(CinemaTalent).where(CinemaTalent.user_id == row.user_id)).first()
    if talent is None or row.id == talent.photo_id:
        return talent, "photo"
    mine = select(CinemaPhoto.id).where(CinemaPhoto.file_id == row.id, CinemaPhoto.talent_id == talent.id)
    return (talent, "gallery") if work.session.scalar(mine) is not None else (None, "")


def _is_at_a_desk(work: Work, file_id: str) -> bool:
    """Whoever keeps a desk sees the faces of those who come to it, and of nobody else."""
    if not work.actor.can(Permission.RECORD_PRESENCE):
        return False
    found = (
        select(Assignment.id)
        .join(DeskGrant, DeskGrant.project_id == Assignment.project_id)
        .join(Project, Project.id == Assignment.project_id)
        .join(CinemaTalent, CinemaTalent.id == Assignment.talent_id)
        .where(CinemaTalent.photo_id == file_id, Assignment.removed_at.is_(None), Project.deleted_at.is_(None))
        .where(DeskGrant.user_id == work.actor.user_id)
    )
    return work.session.scalar(found.limit(1)) is not None


def _is_open_child(work: Work, talent: CinemaTalent) -> bool:
    """Photos of somebody under 18 are for the teams that consider them, once a guardian has consented (`GD-08`)."""
    is_seen = talent.visibility is not Visibility.HIDDEN and talent.guardian_consented_at is not None
    return is_seen and bool(minors.shown(work, [talent.id or 0]))


def _is_open_in_cinema(work: Work, talent: CinemaTalent, part: str) -> bool:
    if talent.visibility is not Visibility.HIDDEN and work.actor.can(Permission.SEARCH_TALENTS):
        return True
    return talent.visibility is Visibility.PUBLIC and part in talent.published.split(",")


def _key(row: StoredFile) -> bytes:
    return base64.b64decode(encryption.keyring().open(row.key, "stored_file", row.id, "key"))
