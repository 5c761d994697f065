"""Documents that were made in the background, kept encrypted for their maker to fetch, for an hour."""

import base64
import hashlib
import secrets
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from talento.models.files import StoredFile
from talento.services import encryption
from talento.services.documents.made import Made
from talento.services.uploads import blobs
from talento.services.uploads.store import MADE
from talento.services.work import Actor, Work, run

LASTS = timedelta(hours=1)


def put(actor: Actor, made: Made) -> str:
    """Keep a document; returns the address at which its maker, and nobody else, gets it."""
    file_id, key = uuid4().hex, secrets.token_bytes(32)
    blobs.write(file_id, "", key, made.data)
    try:
        run(actor, _add, file_id, key, made)
    except BaseException:
        blobs.remove(file_id, [""])
        raise
    return f"/files/{file_id}"


def sweep(work: Work) -> int:
    """Forget what was not fetched within the hour; returns how many."""
    old = select(StoredFile).where(StoredFile.kind == MADE, StoredFile.created_at <= work.now - LASTS)
    rows = list(work.session.scalars(old.limit(500)))
    for row in rows:
        work.session.delete(row)
        work.after_commit(lambda file_id=row.id: blobs.remove(file_id, [""]))  # type: ignore[misc]
    return len(rows)


def _add(work: Work, file_id: str, key: bytes, made: Made) -> None:
    work.insert(
        StoredFile,
        id=file_id,
        kind=MADE,
        user_id=work.actor.user_id,
        name=made.name,
        media_type=made.media_type,
        size=len(made.data),
        sha256=hashlib.sha256(made.data).hexdigest(),
        key=encryption.keyring().seal(base64.b64encode(key).decode(), "stored_file", file_id, "key"),
        created_at=work.now,
    )
