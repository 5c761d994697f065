"""Every message Talento sends, one function each; called in the transaction of the fact it tells."""

from dataclasses import dataclass

from talento.i18n import phrase, say
from talento.models.accounts import User
from talento.services.mail import outbox
from talento.services.mail.letter import SECRET, Letter
from talento.services.mail.versions import worded
from talento.services.work import Work
from talento.settings import settings


def welcome(work: Work, user: User, *, first_name: str, code: str, link: str) -> None:
    """The code, and the single-use link to choose a password."""
    letter = worded(work, "welcome", user.locale, SECRET, name=first_name, code=code)
    outbox.put(work, "welcome", user, letter, secret=link)


def profile_added(work: Work, user: User, *, first_name: str, code: str) -> None:
    """The code of a further profile on the same account."""
    outbox.put(work, "profile_added", user, worded(work, "profile_added", user.locale, name=first_name, code=code))


def invitation(work: Work, user: User, link: str) -> None:
    """To somebody who is to work here: the single-use link to choose a password."""
    locale = user.locale
    hello = say(locale, "Hello {name}", name=user.name) if user.name else say(locale, "Hello")
    facts = {"hello": hello, "name": user.name, "role": user.role.label(locale), "email": user.email}
    outbox.put(work, "invitation", user, worded(work, "invitation", locale, SECRET, **facts), secret=link)


def password_reset(work: Work, user: User, link: str) -> None:
    """The single-use link to choose a new password."""
    outbox.put(work, "password_reset", user, worded(work, "password_reset", user.locale, SECRET), secret=link)


def password_changed(work: Work, user: User) -> None:
    """So that nobody's password changes behind their back."""
    outbox.put(work, "password_changed", user, worded(work, "password_changed", user.locale))


_FACTOR = {
    "factor_on": phrase("A second factor was added to your account."),
    "factor_replaced": phrase("Another app is now the second factor of your account."),
    "app_removed": phrase("The app that shows codes was removed from your account. Your passkeys stay."),
    "passkey_added": phrase(
        "A passkey was added to your account. It opens it without the password: if it was not you who added it, remove "
        "it on your account's page."
    ),
    "passkey_removed": phrase("A passkey of your account was removed."),
    "passkey_copied": phrase(
        "A passkey of your account was refused: it seems that there is a copy of it. Remove it on your account's page "
        "and add it again."
    ),
    "factor_off": phrase("The second factor of your account was removed. The password alone opens it."),
    "recovery_renewed": phrase("Your recovery codes were replaced. The former ones no longer work."),
    "recovery_used": phrase("Somebody signed in to your account, or confirmed something, with a recovery code."),
}


def factor_changed(work: Work, user: User, what: str) -> None:
    """So that nobody's second factor changes behind their back (`AU-19`)."""
    letter = worded(work, "factor_changed", user.locale, what=say(user.locale, _FACTOR[what]))
    outbox.put(work, "factor_changed", user, letter)


_NEW_BROWSER = phrase("Somebody signed in to your account with a browser that we did not know: {browser}.")
_NEW_NETWORK = phrase("Somebody signed in to your account from a network where you never did before: {browser}.")


def new_device(work: Work, user: User, *, browser: str, network: str, is_known: bool) -> None:
    """So that nobody signs in behind the owner's back (`AU-19`); `is_known`: only the network is new."""
    what = say(user.locale, _NEW_NETWORK if is_known else _NEW_BROWSER, browser=browser or "–")
    facts = {"what": what, "when": f"{work.now:%Y-%m-%d %H:%M} UTC", "network": network or "–"}
    link = f"{settings().base_url}/account"
    outbox.put(work, "new_device", user, worded(work, "new_device", user.locale, link, **facts))


def alert(work: Work, admin: User, *, title: str, text: str, about: str) -> None:
    """To an administrator: something grave and suspicious. `title` and `text` are those of the rule."""
    locale, link = admin.locale, f"{settings().base_url}/admin/security"
    facts = {"title": say(locale, title), "text": say(locale, text), "about": about}
    outbox.put(work, "alert", admin, worded(work, "alert", locale, link, **facts))


def resume_registration(work: Work, *, email: str, locale: str, link: str) -> None:
    """The link to go on with a half-filled form on another device."""
    letter = worded(work, "resume_registration", locale, SECRET)
    outbox.put_to(work, "resume_registration", email, locale, letter, secret=link)


def email_changed(work: Work, user: User, email: str) -> None:
    """To the old address, so that nobody's account is taken away silently."""
    outbox.put(work, "email_changed", user, worded(work, "email_changed", user.locale, email=email))


def guardian_asked(work: Work, user: User, *, email: str, guardian: str, child: str, link: str) -> None:
    """To the guardian of somebody under 18: whether a casting office may keep and show their data."""
    letter = worded(work, "guardian_asked", user.locale, SECRET, name=guardian, child=child)
    outbox.put_to(work, "guardian_asked", email, user.locale, letter, secret=link)


def guardian_consented(work: Work, user: User, *, email: str, guardian: str, child: str, link: str) -> None:
    """To the guardian: what they agreed to, and the link to take it back."""
    letter = worded(work, "guardian_consented", user.locale, SECRET, name=guardian, child=child)
    outbox.put_to(work, "guardian_consented", email, user.locale, letter, secret=link)


def consent_given(work: Work, user: User) -> None:
    """To the talent: casting teams find them from now on."""
    outbox.put(work, "consent_given", user, worded(work, "consent_given", user.locale))


def consent_refused(work: Work, user: User) -> None:
    """To the talent: nobody sees them."""
    outbox.put(work, "consent_refused", user, worded(work, "consent_refused", user.locale))


@dataclass(frozen=True, slots=True)
class Selection:
    """What somebody is told who was chosen for a project, in their language; empty texts are left out."""

    locale: str
    assignment_id: int
    name: str
    talent: str
    is_to_guardian: bool
    project: str
    production: str
    production_type: str
    role: str
    description: str
    days: str
    contact: str
    code: str
    note: str
    link: str


def selection_letter(work: Work, chosen: Selection) -> Letter:
    """The selection mail as it will be drawn."""
    locale, where = chosen.locale, f"{chosen.project} ({chosen.production_type})"
    if chosen.is_to_guardian:
        opening = say(locale, "{talent} has been selected for {project}.", talent=chosen.talent, project=where)
    else:
        opening = say(locale, "You have been selected for {project}.", project=where)
    return worded(
        work, "selection", locale, chosen.link,
        opening=opening, name=chosen.name, talent=chosen.talent, project=chosen.project, type=chosen.production_type,
        production=chosen.production, role=chosen.role, description=chosen.description, days=chosen.days,
        contact=chosen.contact, note=chosen.note, code=chosen.code,
    )  # fmt: skip


def selection(work: Work, chosen: Selection, *, email: str, user: User | None) -> None:
    """Tell somebody, or the guardian of somebody under 18, that they were selected; the badge is attached."""
    letter, badge = selection_letter(work, chosen), [f"badge:{chosen.assignment_id}"]
    if user is not None:
        outbox.put(work, "selection", user, letter, attachments=badge)
    else:
        outbox.put_to(work, "selection", email, chosen.locale, letter, attachments=badge)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question whether somebody is free, in their language; empty texts are left out."""

    locale: str
    name: str
    talent: str
    is_to_guardian: bool
    project: str
    production_type: str
    role: str
    days: str
    fee: str
    note: str


def availability(work: Work, asked: Inquiry, *, email: str, user: User | None, link: str) -> None:
    """Ask somebody, or their guardian, whether they are free; the link answers without signing in."""
    locale, where = asked.locale, f"{asked.project} ({asked.production_type})"
    if asked.is_to_guardian:
        opening = say(locale, "{talent} is being considered for {project}.", talent=asked.talent, project=where)
    else:
        opening = say(locale, "You are being considered for {project}.", project=where)
    letter = worded(
        work, "availability", locale, SECRET,
        opening=opening, name=asked.name, talent=asked.talent, project=asked.project, type=asked.production_type,
        role=asked.role, days=asked.days, fee=asked.fee, note=asked.note,
    )  # fmt: skip
    if user is not None:
        outbox.put(work, "availability", user, letter, secret=link)
    else:
        outbox.put_to(work, "availability", email, locale, letter, secret=link)


@dataclass(frozen=True, slots=True)
class Called:
    """When somebody is wanted on set, in their language; empty texts are left out."""

    locale: str
    name: str
    talent: str
    is_to_guardian: bool
    project: str
    production: str
    role: str
    day: str
    hour: str
    place: str
    contact: str
    code: str
    note: str
    link: str


def call_time(work: Work, called: Called, *, email: str, user: User | None) -> None:
    """Tell somebody, or the guardian of somebody under 18, when they are called."""
    locale, when = called.locale, {"day": called.day, "hour": called.hour}
    if called.is_to_guardian:
        opening = say(locale, "{talent} is called on {day} at {hour}.", talent=called.talent, **when)
    else:
        opening = say(locale, "You are called on {day} at {hour}.", **when)
    letter = worded(
        work, "call_time", locale, called.link,
        opening=opening, name=called.name, talent=called.talent, project=called.project, production=called.production,
        role=called.role, place=called.place, contact=called.contact, note=called.note, code=called.code, **when,
    )  # fmt: skip
    if user is not None:
        outbox.put(work, "call_time", user, letter)
    else:
        outbox.put_to(work, "call_time", email, locale, letter)
