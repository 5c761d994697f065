"""Every message Talento sends, one function each; called in the transaction of the fact it tells."""

from dataclasses import dataclass

from talento.i18n import phrase, say
from talento.models.accounts import User
from talento.services import preferences
from talento.services.mail import outbox
from talento.services.mail.letter import SECRET, Button, Letter
from talento.services.preferences import registry
from talento.services.work import Work


def welcome(work: Work, user: User, *, first_name: str, code: str, link: str) -> None:
    """The code, and the single-use link to choose a password."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "Welcome to {site}: your code is {code}", code=code, site=_site()),
        greeting=say(locale, "Welcome, {name}", name=first_name),
        paragraphs=[
            say(locale, "Your registration is complete. This is your talent code; keep it at hand:"),
        ],
        code=code,
        button=Button(say(locale, "Choose your password"), SECRET),
        notes=[
            say(locale, "The link works once, for 72 hours. After that, ask for a new one on the sign-in page."),
            say(locale, "If you did not register, ignore this message: nobody can sign in without the link."),
        ],
    )
    outbox.put(work, "welcome", user, letter, secret=link)


def profile_added(work: Work, user: User, *, first_name: str, code: str) -> None:
    """The code of a further profile on the same account."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "Your new {site} profile: your code is {code}", code=code, site=_site()),
        greeting=say(locale, "Your profile is ready, {name}", name=first_name),
        paragraphs=[say(locale, "It was added to your account. This is its code; keep it at hand:")],
        code=code,
        notes=[say(locale, "You sign in as before, with your e-mail or with either code.")],
    )
    outbox.put(work, "profile_added", user, letter)


def invitation(work: Work, user: User, link: str) -> None:
    """To somebody who is to work here: the single-use link to choose a password."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "You are invited to {site}", site=_site()),
        greeting=say(locale, "Hello {name}", name=user.name) if user.name else say(locale, "Hello"),
        paragraphs=[
            say(
                locale, "An account is ready for you on {site}, as {role}.", site=_site(), role=user.role.label(locale)
            ),
            say(locale, "Choose a password, and sign in with {email}.", email=user.email),
        ],
        button=Button(say(locale, "Choose your password"), SECRET),
        notes=[
            say(locale, "The link works once, for 72 hours. After that, ask for a new one on the sign-in page."),
            say(locale, "If you don't know why you got this, ignore it: nobody can sign in without the link."),
        ],
    )
    outbox.put(work, "invitation", user, letter, secret=link)


def password_reset(work: Work, user: User, link: str) -> None:
    """The single-use link to choose a new password."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "Choose a new {site} password", site=_site()),
        greeting=say(locale, "A new password"),
        paragraphs=[say(locale, "Somebody, probably you, asked for a new password for this account.")],
        button=Button(say(locale, "Choose a new password"), SECRET),
        notes=[
            say(locale, "The link works once, for 30 minutes."),
            say(locale, "If you did not ask for it, ignore this message: your password stays as it is."),
        ],
    )
    outbox.put(work, "password_reset", user, letter, secret=link)


def password_changed(work: Work, user: User) -> None:
    """So that nobody's password changes behind their back."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "Your {site} password was changed", site=_site()),
        greeting=say(locale, "Your password was changed"),
        paragraphs=[say(locale, "Your other devices were signed out.")],
        notes=[say(locale, "If this was not you, ask for a new password at once on the sign-in page.")],
    )
    outbox.put(work, "password_changed", user, letter)


_FACTOR = {
    "factor_on": phrase("A second factor was added to your account."),
    "factor_replaced": phrase("Another app is now the second factor of your account."),
    "factor_off": phrase("The second factor of your account was removed. The password alone opens it."),
    "recovery_renewed": phrase("Your recovery codes were replaced. The former ones no longer work."),
    "recovery_used": phrase("Somebody signed in to your account, or confirmed something, with a recovery code."),
}


def factor_changed(work: Work, user: User, what: str) -> None:
    """So that nobody's second factor changes behind their back (`AU-19`)."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "The security of your {site} account changed", site=_site()),
        greeting=say(locale, "Your second factor"),
        paragraphs=[say(locale, _FACTOR[what])],
        notes=[say(locale, "If this was not you, ask for a new password at once on the sign-in page.")],
    )
    outbox.put(work, "factor_changed", user, letter)


def resume_registration(work: Work, *, email: str, locale: str, link: str) -> None:
    """The link to go on with a half-filled form on another device."""
    letter = Letter(
        locale,
        subject=say(locale, "Go on with your {site} registration", site=_site()),
        greeting=say(locale, "Your registration is waiting"),
        paragraphs=[say(locale, "Everything you typed is saved. Go on whenever you like, on any device.")],
        button=Button(say(locale, "Go on with my registration"), SECRET),
        notes=[say(locale, "The link works for 30 days. Keep it to yourself: it opens what you typed.")],
    )
    outbox.put_to(work, "resume_registration", email, locale, letter, secret=link)


def email_changed(work: Work, user: User, email: str) -> None:
    """To the old address, so that nobody's account is taken away silently."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "Your {site} e-mail address was changed", site=_site()),
        greeting=say(locale, "Your e-mail address was changed"),
        paragraphs=[say(locale, "From now on you sign in with {email}.", email=email)],
        notes=[say(locale, "If this was not you, answer this message at once.")],
    )
    outbox.put(work, "email_changed", user, letter)


def guardian_asked(work: Work, user: User, *, email: str, guardian: str, child: str, link: str) -> None:
    """To the guardian of somebody under 18: whether a casting office may keep and show their data."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "{child} asks for your consent on {site}", child=child, site=_site()),
        greeting=say(locale, "Hello {name}", name=guardian),
        paragraphs=[
            say(
                locale,
                "{child} has registered for cinema castings on {site} and named you as guardian.",
                child=child,
                site=_site(),
            ),
            say(locale, "Until you consent, nobody sees this profile. Read what is kept and for what, then decide."),
        ],
        button=Button(say(locale, "Read and decide"), SECRET),
        notes=[
            say(locale, "The link works once, for 14 days."),
            say(locale, "If you do not know this person, refuse on that page or ignore this message."),
        ],
    )
    outbox.put_to(work, "guardian_asked", email, locale, letter, secret=link)


def guardian_consented(work: Work, user: User, *, email: str, guardian: str, child: str, link: str) -> None:
    """To the guardian: what they agreed to, and the link to take it back."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "Your consent for {child}", child=child),
        greeting=say(locale, "Thank you, {name}", name=guardian),
        paragraphs=[
            say(
                locale,
                "You agreed that casting teams on {site} find {child}. Keep this message.",
                child=child,
                site=_site(),
            ),
            say(locale, "You can take your consent back at any time, without a reason; the profile is then hidden."),
        ],
        button=Button(say(locale, "Take my consent back"), SECRET),
        notes=[say(locale, "Until you use it, the link works until the eighteenth birthday.")],
    )
    outbox.put_to(work, "guardian_consented", email, locale, letter, secret=link)


def consent_given(work: Work, user: User) -> None:
    """To the talent: casting teams find them from now on."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "Your guardian has agreed"),
        greeting=say(locale, "Good news"),
        paragraphs=[
            say(locale, "Your guardian has agreed to your cinema profile. Casting teams find you from now on.")
        ],
    )
    outbox.put(work, "consent_given", user, letter)


def consent_refused(work: Work, user: User) -> None:
    """To the talent: nobody sees them."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "Your guardian did not agree"),
        greeting=say(locale, "Your cinema profile is hidden"),
        paragraphs=[
            say(locale, "Your guardian did not agree, or took the consent back. Nobody sees your cinema profile now."),
            say(locale, "You can ask again from your profile once you have talked about it."),
        ],
    )
    outbox.put(work, "consent_refused", user, letter)


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


def selection_letter(chosen: Selection) -> Letter:
    """The selection mail as it will be drawn."""
    locale = chosen.locale
    where = f"{chosen.project} ({chosen.production_type})"
    if chosen.is_to_guardian:
        opening = say(locale, "{talent} has been selected for {project}.", talent=chosen.talent, project=where)
    else:
        opening = say(locale, "You have been selected for {project}.", project=where)
    facts = [
        say(locale, "Production: {value}", value=chosen.production) if chosen.production else "",
        say(locale, "Role: {value}", value=chosen.role),
        say(locale, "Dates: {value}", value=chosen.days) if chosen.days else "",
        say(locale, "Contact: {value}", value=chosen.contact) if chosen.contact else "",
    ]
    return Letter(
        locale,
        subject=say(locale, "You are selected: {project}", project=chosen.project),
        greeting=say(locale, "Good news, {name}", name=chosen.name),
        paragraphs=[part for part in (opening, chosen.note, *facts, chosen.description) if part],
        code=chosen.code,
        button=Button(say(locale, "Answer in {site}", site=_site()), chosen.link),
        notes=[
            say(locale, "Your badge is attached. Bring it, printed or on your phone: its code lets you in."),
            say(locale, "Please accept or decline there, so that the production can plan."),
        ],
    )


def selection(work: Work, chosen: Selection, *, email: str, user: User | None) -> None:
    """Tell somebody, or the guardian of somebody under 18, that they were selected; the badge is attached."""
    letter, badge = selection_letter(chosen), [f"badge:{chosen.assignment_id}"]
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
    locale = asked.locale
    where = f"{asked.project} ({asked.production_type})"
    if asked.is_to_guardian:
        opening = say(locale, "{talent} is being considered for {project}.", talent=asked.talent, project=where)
    else:
        opening = say(locale, "You are being considered for {project}.", project=where)
    facts = [
        say(locale, "Role: {value}", value=asked.role),
        say(locale, "Dates: {value}", value=asked.days) if asked.days else "",
        say(locale, "Fee: {value}", value=asked.fee) if asked.fee else "",
    ]
    letter = Letter(
        locale,
        subject=say(locale, "Are you available? {project}", project=asked.project),
        greeting=say(locale, "Hello, {name}", name=asked.name),
        paragraphs=[part for part in (opening, asked.note, *facts) if part],
        button=Button(say(locale, "Answer now"), SECRET),
        notes=[
            say(locale, "The link works for 14 days, without signing in. Keep it to yourself."),
            say(locale, "This is a question, not a booking: saying no never counts against you."),
        ],
    )
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
    facts = [
        say(locale, "Production: {value}", value=called.production) if called.production else "",
        say(locale, "Role: {value}", value=called.role),
        say(locale, "Place: {value}", value=called.place),
        say(locale, "Contact: {value}", value=called.contact) if called.contact else "",
    ]
    letter = Letter(
        locale,
        subject=say(locale, "Call time: {day}, {hour} · {project}", project=called.project, **when),
        greeting=say(locale, "Hello, {name}", name=called.name),
        paragraphs=[part for part in (opening, called.note, *facts) if part],
        code=called.code,
        button=Button(say(locale, "My castings"), called.link),
        notes=[say(locale, "The time is that of the place of the shooting. Bring your badge.")],
    )
    if user is not None:
        outbox.put(work, "call_time", user, letter)
    else:
        outbox.put_to(work, "call_time", email, locale, letter)


def _site() -> str:
    return preferences.value(registry.SITE_NAME)
