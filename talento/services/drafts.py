"""Drafts: nothing typed is ever lost. One of each form for a browser (its visitor cookie), or for an account.

A visitor's draft belongs to the browser until a link moves it, or until its owner signs in there.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from talento.errors import Invalid, NotFound, TooLarge
from talento.models.drafts import Draft
from talento.models.files import StoredFile
from talento.services import encryption, preferences, throttle
from talento.services.mail import messages
from talento.services.preferences import registry
from talento.services.text import email_address
from talento.services.tokens import digest, new_token
from talento.services.uploads import store
from talento.services.work import Actor, Work
from talento.settings import settings

LARGEST = 64 * 1024
FORM = "register"
PAGES = {FORM: "/register", "cinema": "/cinema/register"}
"""The forms that keep drafts, and the page of each."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A half-filled form: what was typed, by field name, and the step it stands at."""

    id: int
    step: str
    data: dict[str, Any] = field(repr=False)
    updated_at: datetime
    revision: int
    is_sent: bool


def holder(actor: Actor, browser: str) -> str:
    """Who holds the actor's drafts: their account, wherever they are signed in; for a visitor, the browser."""
    if actor.user_id is None:
        return browser
    return hmac.new(settings().secret_key.encode(), f"drafts:{actor.user_id}".encode(), hashlib.sha256).hexdigest()


def adopt(work: Work, browser: str, form: str = FORM) -> None:
    """Whoever signs in goes on with what they typed in this browser before, unless their account has a draft."""
    mine = holder(work.actor, browser)
    row = _row(work, browser, form)
    if mine == browser or row is None or row.sent_at is not None or _held(work, mine, form):
        return
    old = _row(work, mine, form)
    if old is not None:
        old.holder_hash = digest(new_token())
        work.session.flush()
    row.holder_hash = digest(mine)


def current(work: Work, holder: str, form: str = FORM) -> DraftView | None:
    """The draft of this holder, if there is one that has not expired."""
    row = _held(work, holder, form)
    return _view(row) if row else None


def save(work: Work, holder: str, *, step: str, data: Mapping[str, Any], form: str = FORM) -> DraftView:
    """Keep answers; the first time a draft is begun. Fields not mentioned stay as they were.

    Raises:
        Invalid: the browser keeps no cookies, so nothing could be found again.
        TooLarge: more text than any honest form has.
        TooMany: too many drafts from one address.
    """
    row = of_holder(work, holder, form)
    if row is None or row.sent_at is not None:
        row = _begun(work, holder, form)
    merged = opened(row) | dict(data)
    text = json.dumps(merged, ensure_ascii=False)
    if len(text.encode()) > LARGEST:
        raise TooLarge("This is more text than the form can hold.")
    row.data = encryption.keyring().seal(text, "draft", row.uid, "data")
    row.step, row.updated_at, row.expires_at = step[:20], work.now, work.now + _lasts()
    row.revision += 1
    work.session.flush()
    return _view(row)


def new_link(work: Work, holder: str, form: str = FORM) -> str:
    """An address that opens this draft on another device; an earlier one stops working.

    Raises:
        NotFound: there is no draft.
    """
    row = _held(work, holder, form)
    if row is None or row.sent_at is not None:
        raise NotFound("There is nothing to go on with.")
    token = new_token()
    row.link_hash = digest(token)
    return f"{settings().base_url}{PAGES[form]}?resume={token}"


def mail_link(work: Work, holder: str, *, locale: str, form: str = FORM) -> str:
    """Mail the resume link to the address typed in the form; returns the address.

    Raises:
        Invalid: no e-mail address was typed yet.
        TooMany: it was mailed several times already.
    """
    row = _held(work, holder, form)
    said = str(opened(row).get("email", "")) if row else ""
    if not said.strip():
        raise Invalid("Write your e-mail address in the form first.", field="email")
    email = email_address(said)
    throttle.spend(work, throttle.MAIL_TO_ONE, f"resume:{digest(email)[:32]}")
    throttle.spend(work, throttle.MAIL_TO_ONE, f"resume-from:{throttle.place(work)}")
    messages.resume_registration(work, email=email, locale=locale, link=new_link(work, holder, form))
    return email


def resume(work: Work, holder: str, *, token: str, form: str = FORM) -> DraftView:
    """Move a draft to this browser or account; the one it had here is let go.

    Raises:
        NotFound: the link is unknown, or the draft was sent or has expired.
    """
    throttle.spend(work, throttle.FORMS, throttle.place(work))
    linked = select(Draft).where(Draft.link_hash == digest(token[:100]), Draft.form == form)
    row = work.session.scalars(linked).first()
    if row is None or row.sent_at is not None or row.expires_at <= work.now or not holder:
        raise NotFound("This link was already used or has expired.")
    here = _row(work, holder, form)
    if here is not None and here.id != row.id:
        here.holder_hash = digest(new_token())
        work.session.flush()
    row.holder_hash = digest(holder)
    return _view(row)


def let_go(work: Work, holder: str, form: str = FORM) -> None:
    """Forget a draft, its answers and its files."""
    row = _row(work, holder, form)
    if row is not None:
        _discard(work, row)


def sweep(work: Work) -> int:
    """Forget expired drafts and their files; returns how many."""
    expired = list(work.session.scalars(select(Draft).where(Draft.expires_at <= work.now).limit(500)))
    for row in expired:
        _discard(work, row)
    return len(expired)


def _discard(work: Work, row: Draft) -> None:
    for file_id in list(work.session.scalars(select(StoredFile.id).where(StoredFile.draft_id == row.id))):
        store.drop(work, file_id)
    work.session.flush()
    work.session.execute(delete(Draft).where(Draft.id == row.id))


def _begun(work: Work, holder: str, form: str) -> Draft:
    if not holder:
        raise Invalid("Please allow cookies for this site: without them your answers can't be kept.")
    throttle.spend(work, throttle.FORMS, throttle.place(work))
    here = _row(work, holder, form)
    if here is not None:
        here.holder_hash = digest(new_token())
        work.session.flush()
    row = Draft(
        form=form,
        holder_hash=digest(holder),
        created_at=work.now,
        updated_at=work.now,
        expires_at=work.now + _lasts(),
    )
    work.session.add(row)
    return row


def _lasts() -> timedelta:
    return timedelta(days=preferences.value(registry.DRAFT_DAYS))


def _row(work: Work, holder: str, form: str) -> Draft | None:
    if not holder:
        return None
    return work.session.scalars(select(Draft).where(Draft.holder_hash == digest(holder), Draft.form == form)).first()


def _held(work: Work, holder: str, form: str) -> Draft | None:
    row = _row(work, holder, form)
    return row if row is not None and row.sent_at is None and row.expires_at > work.now else None


def of_holder(work: Work, holder: str, form: str = FORM) -> Draft | None:
    """The row behind this holder's draft, sent or not, locked until the transaction ends."""
    if not holder:
        return None
    mine = select(Draft).where(Draft.holder_hash == digest(holder), Draft.form == form, Draft.expires_at > work.now)
    return work.session.scalars(mine.with_for_update()).first()


def opened(row: Draft) -> dict[str, Any]:
    """What was typed, by field name."""
    if not row.data:
        return {}
    return dict(json.loads(encryption.keyring().open(row.data, "draft", row.uid, "data")))


def _view(row: Draft) -> DraftView:
    return DraftView(row.id or 0, row.step, opened(row), row.updated_at, row.revision, row.sent_at is not None)
