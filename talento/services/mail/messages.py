"""Every message Talento sends, one function each; called in the transaction of the fact it tells."""

from talento.i18n import say
from talento.models.accounts import User
from talento.services.mail import outbox
from talento.services.mail.letter import SECRET, Button, Letter
from talento.services.work import Work


def welcome(work: Work, user: User, *, first_name: str, code: str, link: str) -> None:
    """The code, and the single-use link to choose a password."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "Welcome to Talento: your code is {code}", code=code),
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


def password_reset(work: Work, user: User, link: str) -> None:
    """The single-use link to choose a new password."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "Choose a new Talento password"),
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
        subject=say(locale, "Your Talento password was changed"),
        greeting=say(locale, "Your password was changed"),
        paragraphs=[say(locale, "Your other devices were signed out.")],
        notes=[say(locale, "If this was not you, ask for a new password at once on the sign-in page.")],
    )
    outbox.put(work, "password_changed", user, letter)


def resume_registration(work: Work, *, email: str, locale: str, link: str) -> None:
    """The link to go on with a half-filled form on another device."""
    letter = Letter(
        locale,
        subject=say(locale, "Go on with your Talento registration"),
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
        subject=say(locale, "Your Talento e-mail address was changed"),
        greeting=say(locale, "Your e-mail address was changed"),
        paragraphs=[say(locale, "From now on you sign in with {email}.", email=email)],
        notes=[say(locale, "If this was not you, answer this message at once.")],
    )
    outbox.put(work, "email_changed", user, letter)
