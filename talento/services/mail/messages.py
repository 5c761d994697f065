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


def profile_added(work: Work, user: User, *, first_name: str, code: str) -> None:
    """The code of a further profile on the same account."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "Your new Talento profile: your code is {code}", code=code),
        greeting=say(locale, "Your profile is ready, {name}", name=first_name),
        paragraphs=[say(locale, "It was added to your account. This is its code; keep it at hand:")],
        code=code,
        notes=[say(locale, "You sign in as before, with your e-mail or with either code.")],
    )
    outbox.put(work, "profile_added", user, letter)


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


def guardian_asked(work: Work, user: User, *, email: str, guardian: str, child: str, link: str) -> None:
    """To the guardian of somebody under 18: whether a casting office may keep and show their data."""
    locale = user.locale
    letter = Letter(
        locale,
        subject=say(locale, "{child} asks for your consent on Talento", child=child),
        greeting=say(locale, "Hello {name}", name=guardian),
        paragraphs=[
            say(
                locale, "{child} has registered for cinema castings on Talento and named you as guardian.", child=child
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
            say(locale, "You agreed that casting teams on Talento find {child}. Keep this message.", child=child),
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
