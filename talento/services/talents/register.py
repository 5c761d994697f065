"""Registration: one form, one transaction, one code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from talento.errors import Conflict, Invalid
from talento.i18n import phrase
from talento.models.accounts import User
from talento.models.drafts import Draft
from talento.models.talents import Talent
from talento.services import accounts, audit, codes, drafts, live, throttle
from talento.services.mail import messages
from talento.services.reference import book
from talento.services.talents import form, rows
from talento.services.uploads import store
from talento.services.work import Actor, Work, look, run
from talento.vocabulary.permissions import Role
from talento.vocabulary.visibility import Visibility

TAKEN = phrase("This e-mail already has an account. Sign in, or ask for a new password.")


@dataclass(frozen=True, slots=True)
class Registered:
    """What the new talent is shown."""

    talent_id: int
    code: str
    first_name: str
    email: str


def finish(actor: Actor, holder: str, *, locale: str) -> Registered:
    """Turn this browser's draft into a talent with a code; asking twice gives the same answer (`RE-23`).

    Raises:
        InvalidForm: answers that need attention, by field.
        Conflict: the e-mail is taken.
        Invalid: there is no draft here.
    """
    typed = look(actor, _typed, holder)
    if isinstance(typed, Registered):
        return typed
    answers = form.checked(typed)
    run(actor, _admit)
    return run(actor, _finish, holder, answers, locale)


def register(work: Work, answers: form.Answers, *, locale: str, draft: Draft | None = None) -> Registered:
    """Store a new account and its talent profile, and write the welcome mail, in the caller's transaction.

    Raises:
        Conflict: the e-mail is taken.
    """
    values, uid = dict(answers.values), uuid4().hex
    columns = rows.columns(uid, values)  # sealed before the first statement: nobody waits for it
    user = _account(work, values, locale)
    _claim_files(work, values, user.id or 0, draft)
    code = str(_code(work, values))
    row = columns | {
        "uid": uid,
        "user_id": user.id,
        "code": code,
        "registered_at": work.now,
        "updated_at": work.now,
        "completeness": rows.complete(values),
        "photo_id": values.get("photo"),
        "cv_id": values.get("cv"),
    }
    talent_id = work.insert(Talent, **_DEFAULTS, **row)
    rows.write_related(work, talent_id, uid, values, is_new=True)
    messages.welcome(
        work, user, first_name=values["first_name"], code=code,
        link=accounts.first_link(work, user.id or 0, accounts.Purpose.ACTIVATE),
    )  # fmt: skip
    audit.activity(work, "registered", "talent", talent_id)
    live.publish(work, "talent", talent_id)
    return Registered(talent_id, code, values["first_name"], values["email"])


_DEFAULTS: Mapping[str, Any] = {
    "revision": 1,
    "visibility": Visibility.RECRUITERS,
    "published": "photo,skills,city,languages,bio",
    "display_name": "",
}


def _typed(work: Work, holder: str) -> dict[str, Any] | Registered:
    draft = drafts.of_holder(work, holder)
    if draft is None:
        raise Invalid("There is nothing to send. Please fill in the form.")
    return _already(work, draft) or drafts.opened(draft)


def _admit(work: Work) -> None:
    throttle.spend(work, throttle.FORMS, f"register:{throttle.place(work)}")


def _finish(work: Work, holder: str, answers: form.Answers, locale: str) -> Registered:
    draft = drafts.of_holder(work, holder)
    if draft is None:
        raise Invalid("There is nothing to send. Please fill in the form.")
    if done := _already(work, draft):
        return done
    made = register(work, answers, locale=locale, draft=draft)
    draft.sent_at, draft.talent_id, draft.data, draft.link_hash = work.now, made.talent_id, "", None
    return made


def _already(work: Work, draft: Draft) -> Registered | None:
    if draft.sent_at is None or draft.talent_id is None:
        return None
    found = work.session.execute(
        select(Talent, User.email).join(User, User.id == Talent.user_id).where(Talent.id == draft.talent_id)
    ).first()
    return Registered(draft.talent_id, found[0].code, found[0].first_name, found[1]) if found else None


def _account(work: Work, values: dict[str, Any], locale: str) -> User:
    row: dict[str, Any] = {
        "uid": uuid4().hex,
        "email": values["email"],
        "name": f"{values['first_name']} {values['last_name']}",
        "role": Role.USER,
        "locale": "fr" if locale == "fr" else "en",
        "password_version": 1,
        "created_at": work.now,
    }
    try:
        return User(id=work.insert(User, **row), **row)
    except IntegrityError as error:
        raise Conflict(TAKEN, field="email") from error


def _claim_files(work: Work, values: dict[str, Any], user_id: int, draft: Draft | None) -> None:
    for name, kind in (("photo", store.FileKind.PHOTO), ("cv", store.FileKind.CV)):
        if values.get(name):
            values[name] = store.claim(work, values[name], kind, user_id=user_id, draft_id=draft.id if draft else None)


def _code(work: Work, values: Mapping[str, Any]) -> codes.TalentCode:
    letters = book().cities[values["city"]].letters
    return codes.new_talent_code(work, origin=values["origin"], gender=values["gender"], city=letters)
