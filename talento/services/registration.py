"""Registration: one form, one transaction, one code; a new account, or one more profile on the reader's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from talento.errors import Conflict, Invalid, Unavailable
from talento.i18n import phrase
from talento.models.accounts import User
from talento.models.drafts import Draft
from talento.services import accounts, audit, drafts, preferences, throttle, watch
from talento.services.forms import Answers, Form
from talento.services.mail import messages
from talento.services.preferences import registry
from talento.services.rows import Rows
from talento.services.security import rules, suspicion
from talento.services.work import Actor, Work, look, run
from talento.vocabulary.permissions import Permission, Role

TAKEN = phrase("This e-mail already has an account. Sign in, or ask for a new password.")
NOTHING = phrase("There is nothing to send. Please fill in the form.")


@dataclass(frozen=True, slots=True)
class Registered:
    """What the new talent is shown. `is_member`: the profile was added to the account they are signed in to."""

    talent_id: int
    code: str
    first_name: str
    email: str
    is_member: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What is about to be stored: checked answers, columns sealed already, whose it is, and the draft it comes from."""

    values: dict[str, Any]
    columns: dict[str, Any]
    user: User
    draft: Draft | None


@dataclass(frozen=True)
class Registration:
    """How one kind of profile comes to be.

    Args:
        draft: the name of its drafts.
        form: what is asked.
        rows: how the answers are stored.
        opened: the setting that opens or closes it.
        store: writes the profile, and what hangs on it; gives its key and its code.
    """

    draft: str
    form: Form
    rows: Rows
    opened: preferences.Preference[bool]
    store: Callable[[Work, Profile], tuple[int, str]]

    def finish(self, actor: Actor, holder: str, *, locale: str) -> Registered:
        """Turn this draft into a talent with a code; asking twice gives the same answer (`RE-23`).

        Raises:
            InvalidForm: answers that need attention, by field.
            Conflict: the e-mail is taken, or the account has such a profile.
            Invalid: there is no draft here.
            Unavailable: registration is closed.
        """
        typed = look(actor, self._typed, holder)
        if isinstance(typed, Registered):
            return typed
        self.refuse_while_closed()
        answers = self.form.checked(typed)
        run(actor, _admit)
        return run(actor, self._finish, holder, answers, locale)

    def is_open(self) -> bool:
        """Whether anybody can register with this form now."""
        return preferences.value(self.opened) and not preferences.value(registry.REGISTRATION_PAUSED)

    def refuse_while_closed(self) -> None:
        """Go on only while the form takes registrations.

        Raises:
            Unavailable: an admin closed it; the draft stays.
        """
        if not self.is_open():
            raise Unavailable("Registration is closed for now. What you typed is kept: send it when it opens again.")

    def register(self, work: Work, answers: Answers, *, locale: str, draft: Draft | None = None) -> Registered:
        """Store a profile for a new account, or for the reader's own, and write the mail that says so.

        Raises:
            Conflict: the e-mail is taken, or the account has such a profile.
        """
        values, uid = dict(answers.values), uuid4().hex
        columns = self.rows.columns(uid, values)  # sealed before the first statement: nobody waits for it
        is_member = work.actor.user_id is not None
        user = self._member(work) if is_member else _new_account(work, values, locale)
        base = {"uid": uid, "user_id": user.id, "registered_at": work.now, "updated_at": work.now}
        talent_id, code = self.store(work, Profile(values, columns | base, user, draft))
        if is_member:
            messages.profile_added(work, user, first_name=values["first_name"], code=code)
        else:
            link = accounts.first_link(work, user.id or 0, accounts.Purpose.ACTIVATE)
            messages.welcome(work, user, first_name=values["first_name"], code=code, link=link)
        audit.activity(work, "registered", self.rows.name, talent_id)
        if not is_member:
            suspicion.suspect(work, rules.REGISTRATIONS)
        watch.check(work, self.rows.name, work.get(self.rows.table, talent_id))
        return Registered(talent_id, code, values["first_name"], user.email, is_member)

    def _typed(self, work: Work, holder: str) -> dict[str, Any] | Registered:
        draft = drafts.of_holder(work, holder, self.draft)
        if draft is None:
            raise Invalid(NOTHING)
        return self._already(work, draft) or drafts.opened(draft) | _known_email(work)

    def _finish(self, work: Work, holder: str, answers: Answers, locale: str) -> Registered:
        draft = drafts.of_holder(work, holder, self.draft)
        if draft is None:
            raise Invalid(NOTHING)
        if done := self._already(work, draft):
            return done
        made = self.register(work, answers, locale=locale, draft=draft)
        draft.sent_at, draft.talent_id, draft.data, draft.link_hash = work.now, made.talent_id, "", None
        return made

    def _already(self, work: Work, draft: Draft) -> Registered | None:
        if draft.sent_at is None or draft.talent_id is None:
            return None
        table: Any = self.rows.table
        found = work.session.execute(
            select(table, User.email).join(User, User.id == table.user_id).where(table.id == draft.talent_id)
        ).first()
        if found is None:
            return None
        is_member = found[0].user_id == work.actor.user_id
        return Registered(draft.talent_id, found[0].code, found[0].first_name, found[1], is_member)

    def _member(self, work: Work) -> User:
        work.require(Permission.OWN_PROFILE)
        if has_profile(work, self.rows.table):
            raise Conflict("Your account already has this profile.", field="first_name")
        return work.get(User, work.actor.user_id)


def has_profile(work: Work, table: Any) -> bool:
    """Whether the reader's account has a profile of this kind."""
    if work.actor.user_id is None:
        return False
    return work.session.scalar(select(table.id).where(table.user_id == work.actor.user_id)) is not None


def _known_email(work: Work) -> dict[str, Any]:
    """Somebody who is signed in isn't asked for an address again."""
    user = work.session.get(User, work.actor.user_id) if work.actor.user_id else None
    return {"email": user.email} if user else {}


def _admit(work: Work) -> None:
    throttle.spend(work, throttle.FORMS, f"register:{throttle.place(work)}")


def _new_account(work: Work, values: Mapping[str, Any], locale: str) -> User:
    if values["email"].rpartition("@")[2] in preferences.value(registry.REFUSED_DOMAINS):
        raise Invalid("Addresses of this provider can't register here. Please use another one.", field="email")
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
