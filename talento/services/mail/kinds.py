"""Every kind of message, and what causes it. To add one: a line here, its function in `messages`, its French."""

from collections.abc import Mapping
from dataclasses import dataclass

from talento.errors import Conflict, NotFound
from talento.i18n import phrase
from talento.models.operations import MailKind
from talento.services import audit, live
from talento.services.work import Work
from talento.vocabulary.permissions import Permission

TOPIC = "mail_kind"


@dataclass(frozen=True, slots=True)
class Kind:
    """`trigger`: what causes it. Without an essential one somebody could not get in, or not know what happened to
    their account: it can't be switched off, and does not wait when nobody knows whether it left."""

    label: str
    trigger: str
    is_essential: bool = False
    is_for_admins: bool = False


KINDS: Mapping[str, Kind] = {
    "welcome": Kind(
        phrase("Welcome"), phrase("Somebody has registered: their code, and the link to choose a password."), True
    ),
    "invitation": Kind(
        phrase("Invitation"),
        phrase("An administrator has made an account for somebody: the link to choose a password."),
        True,
    ),
    "profile_added": Kind(phrase("Profile added"), phrase("Somebody with an account has added the other profile.")),
    "resume_registration": Kind(
        phrase("Go on registering"), phrase("Somebody wants to go on with their form on another device."), True
    ),
    "password_reset": Kind(phrase("Password link"), phrase("A link to choose a password was asked for."), True),
    "password_changed": Kind(phrase("Password changed"), phrase("Somebody has changed their password."), True),
    "factor_changed": Kind(
        phrase("Second factor changed"), phrase("Somebody has added or removed a way of proving who they are."), True
    ),
    "new_device": Kind(
        phrase("New device"),
        phrase("Somebody has signed in with a browser, or an administrator from a network, that was not seen before."),
        True,
    ),
    "email_changed": Kind(phrase("E-mail changed"), phrase("Told to the former address."), True),
    "guardian_asked": Kind(
        phrase("Guardian asked"), phrase("Somebody under 18 has registered for cinema: their guardian decides."), True
    ),
    "guardian_consented": Kind(
        phrase("Consent kept"), phrase("A guardian has agreed: what they agreed to, and how to take it back."), True
    ),
    "consent_given": Kind(phrase("Consent given"), phrase("A guardian has agreed: told to the talent.")),
    "consent_refused": Kind(phrase("Consent refused"), phrase("A guardian has refused: told to the talent.")),
    "selection": Kind(phrase("Selection"), phrase("A casting team tells somebody that they are selected.")),
    "availability": Kind(phrase("Availability"), phrase("A casting team asks whether somebody is free.")),
    "call_time": Kind(phrase("Call time"), phrase("A casting team tells when somebody is wanted on set.")),
    "watch_hit": Kind(
        phrase("Watched name"), phrase("Somebody has registered under a name that is watched."), is_for_admins=True
    ),
    "alert": Kind(
        phrase("Security alert"),
        phrase("Something grave and suspicious happened: told to administrators."),
        is_for_admins=True,
    ),
    "recap": Kind(
        phrase("Weekly recap, general"), phrase("Who registered as a talent since the last one."), is_for_admins=True
    ),
    "recap_cinema": Kind(
        phrase("Weekly recap, cinema"), phrase("Who registered for cinema since the last one."), is_for_admins=True
    ),
}
"""In the order of the page."""

ESSENTIAL = tuple(key for key, kind in KINDS.items() if kind.is_essential)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a kind is set: whether it is sent at all, and whether an admin gets a copy."""

    is_on: bool = True
    is_copied: bool = False


def standing(work: Work, kind: str) -> Standing:
    """How one kind is set."""
    row = work.session.get(MailKind, kind)
    return Standing(row.is_on or kind in ESSENTIAL, row.is_copied) if row else Standing()


def standings(work: Work) -> dict[str, Standing]:
    """How every kind is set, in the order of the page."""
    work.require(Permission.ADMINISTER)
    return {kind: standing(work, kind) for kind in KINDS}


def switch(work: Work, kind: str, *, is_on: bool) -> None:
    """Send messages of a kind, or don't.

    Raises:
        NotFound: there is no such kind.
        Conflict: people could not do without it.
    """
    if _known(work, kind).is_essential and not is_on:
        raise Conflict("This kind can't be switched off: people could not get into their account without it.")
    _row(work, kind).is_on = is_on
    _note(work, kind, "on" if is_on else "off")


def copy(work: Work, kind: str, *, is_copied: bool) -> None:
    """Send the admins' address a copy of messages of a kind, without their links; or don't.

    Raises:
        NotFound: there is no such kind.
    """
    _known(work, kind)
    _row(work, kind).is_copied = is_copied
    _note(work, kind, "copied" if is_copied else "not copied")


def _known(work: Work, kind: str) -> Kind:
    work.require(Permission.ADMINISTER)
    if kind not in KINDS:
        raise NotFound("There is no such thing.")
    return KINDS[kind]


def _row(work: Work, kind: str) -> MailKind:
    work.insert_new(MailKind, kind=kind, is_on=True, is_copied=False)
    return work.session.get_one(MailKind, kind, with_for_update=True, populate_existing=True)


def _note(work: Work, kind: str, status: str) -> None:
    audit.activity(work, "mail_kind_changed", "mail", None, kind=kind, status=status)
    live.publish(work, TOPIC, list(KINDS).index(kind))
