"""The outbox: every message is first a row, in the transaction of what it tells; `delivery` sends what is due."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from talento.errors import Conflict
from talento.models.accounts import User
from talento.models.operations import MailWords, OutgoingMail
from talento.services import audit, encryption, live, preferences
from talento.services.mail import kinds
from talento.services.mail.letter import SECRET, Letter
from talento.services.preferences import registry
from talento.services.work import Work
from talento.vocabulary.folding import plain
from talento.vocabulary.permissions import Permission

TOPIC = "mail"
ERASED = "[…]"
"""What stands where a link was."""


def put(
    work: Work, kind: str, user: User, letter: Letter, *, secret: str = "", attachments: Sequence[str] = ()
) -> None:
    """Write a message to an account's owner, in the caller's transaction.

    Args:
        attachments: what `enclosures` knows how to make, such as `badge:12`; it is made when the message is sent.
    """
    _write(work, kind, user.email, user.name, user.id, letter, secret, attachments)


def put_to(
    work: Work,
    kind: str,
    email: str,
    locale: str,
    letter: Letter,
    *,
    secret: str = "",
    attachments: Sequence[str] = (),
) -> None:
    """Write a message to an address without an account."""
    _write(work, kind, email, "", None, letter, secret, attachments)


def put_test(work: Work, kind: str, user: User, letter: Letter) -> None:
    """Write a message to an admin who tries its wording: also of a kind that is off, and never copied."""
    _insert(work, _shared(kind, letter, user.id), **_bodies(kind, letter), is_test=True,
            uid=uuid4().hex, recipient=user.email, recipient_name=user.name)  # fmt: skip


def resend(work: Work, mail_id: int) -> None:
    """Send a message once more, or at last; one that has gone is written again, so that both are listed.

    Raises:
        NotFound: there is no such message.
        Conflict: it held a link, which was erased when it was sent; or nobody knows yet whether it has gone.
    """
    work.require(Permission.ADMINISTER)
    row = work.get(OutgoingMail, mail_id)
    if row.status == "sent":
        _write_again(work, row)
    elif row.unsure_at or row.handed_at:
        raise Conflict("Nobody knows yet whether this message has left. It is tried again by itself.")
    else:
        _renew(row, work.now)
    audit.activity(work, "mail_resent", "mail", mail_id, kind=row.kind)
    live.publish(work, TOPIC, mail_id)


def resend_failed(work: Work) -> int:
    """Send every message that failed once more; returns how many."""
    work.require(Permission.ADMINISTER)
    rows = list(work.session.scalars(select(OutgoingMail).where(OutgoingMail.status == "failed")))
    for row in rows:
        _renew(row, work.now)
    if rows:
        audit.activity(work, "mail_resent", "mail", None, count=len(rows))
        live.publish(work, TOPIC, 0)
    return len(rows)


def secret_of(row: OutgoingMail) -> str:
    """The link of a message; empty once it is sent."""
    return encryption.keyring().open(row.secret, "outbox", row.uid, "secret") if row.secret else ""


def _write(
    work: Work,
    kind: str,
    email: str,
    name: str,
    user_id: int | None,
    letter: Letter,
    secret: str,
    attachments: Sequence[str],
) -> None:
    standing = kinds.standing(work, kind)
    if not standing.is_on:
        return
    uid, shared = uuid4().hex, _shared(kind, letter, user_id) | {"attachments": ",".join(attachments)}
    sealed = encryption.keyring().seal(secret, "outbox", uid, "secret") if secret else ""
    _insert(work, shared, **_bodies(kind, letter), uid=uid, recipient=email, recipient_name=name, secret=sealed)
    copied_to = preferences.value(registry.MAIL_COPY_TO) if standing.is_copied else ""
    if copied_to and copied_to != email:
        bare = {
            "text": letter.text().replace(SECRET, ERASED),
            "html": letter.html().replace(SECRET, ERASED),
            "facts": "",
        }
        _insert(work, shared, uid=uuid4().hex, recipient=copied_to, recipient_name="", is_copy=True, **bare)


def _shared(kind: str, letter: Letter, user_id: int | None) -> dict[str, object]:
    return {
        "kind": kind,
        "user_id": user_id,
        "locale": letter.locale,
        "subject": _one_line(letter.subject),
        "facts": json.dumps(dict(letter.facts), ensure_ascii=False) if letter.facts else "",
    }


def _bodies(kind: str, letter: Letter) -> dict[str, object]:
    can_leave = kind not in kinds.ESSENTIAL
    return {"text": letter.text(can_unsubscribe=can_leave), "html": letter.html(can_unsubscribe=can_leave)}


def _insert(work: Work, shared: dict[str, object], **more: object) -> None:
    fresh: dict[str, object] = {"status": "waiting", "attempts": 0, "created_at": work.now, "due_at": work.now}
    row = fresh | shared | more
    mail_id = work.insert(OutgoingMail, **row)
    work.insert(MailWords, mail_id=mail_id, words=plain(f"{row['recipient']} {row['subject']}")[:500])
    live.publish(work, TOPIC, mail_id)


def _write_again(work: Work, row: OutgoingMail) -> None:
    if SECRET in row.text:
        raise Conflict("The link of this message was erased when it was sent. Let a new one be asked for.")
    kept = (
        "kind",
        "user_id",
        "locale",
        "subject",
        "attachments",
        "recipient",
        "recipient_name",
        "text",
        "html",
        "facts",
    )
    _insert(work, {name: getattr(row, name) for name in kept}, uid=uuid4().hex, is_copy=row.is_copy,
            is_test=row.is_test)  # fmt: skip


def _renew(row: OutgoingMail, now: datetime) -> None:
    row.status, row.attempts, row.due_at, row.problem = "waiting", 0, now, ""


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
