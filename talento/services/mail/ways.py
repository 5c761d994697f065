"""Which way messages take now, as the settings say; and a test message to oneself."""

from collections.abc import Callable, Mapping
from uuid import uuid4

from talento.errors import Invalid, Unavailable
from talento.i18n import say
from talento.models.accounts import User
from talento.services import audit, preferences
from talento.services.mail import smtp
from talento.services.mail.letter import Letter
from talento.services.mail.sendgrid import SendGrid
from talento.services.mail.transport import Failed, LocalOutbox, Parcel, Refused, Transport, sender
from talento.services.preferences import registry
from talento.services.work import Actor, Work, look, run
from talento.vocabulary.mailing import Way
from talento.vocabulary.permissions import Permission


def _sendgrid() -> Transport:
    key = preferences.secret(registry.SENDGRID_KEY)
    if not key:
        raise Refused("No SendGrid key is set.")
    return SendGrid(key, sender())


WAYS: Mapping[Way, Callable[[], Transport]] = {
    Way.LOCAL: LocalOutbox,
    Way.SENDGRID: _sendgrid,
    Way.SMTP: lambda: smtp.configured(sender()),
}


def configured() -> Transport:
    """The way that messages take from now on.

    Raises:
        Refused: what is missing for it, in words.
    """
    return WAYS[preferences.value(registry.MAIL_WAY)]()


def try_out(actor: Actor, way: Way | None = None) -> str:
    """Send the actor a test message at once, past the outbox; returns their address.

    Raises:
        Invalid: messages stay here.
        Unavailable: it did not go; with the provider's own words.
    """
    parcel = look(actor, _test)
    chosen = way or preferences.value(registry.MAIL_WAY)
    if chosen is Way.LOCAL:
        raise Invalid("Messages are kept here. Choose a way of sending first.")
    try:
        WAYS[chosen]().send(parcel)
    except (Failed, Refused) as error:
        run(actor, _note, chosen, "failed")
        raise Unavailable("The test message did not go: {why}", why=say(actor.locale, str(error))) from error
    run(actor, _note, chosen, "sent")
    return parcel.to


def _test(work: Work) -> Parcel:
    work.require(Permission.ADMINISTER)
    user = work.get(User, work.actor.user_id or 0)
    site = preferences.value(registry.SITE_NAME)
    letter = Letter(
        user.locale,
        subject=say(user.locale, "A test message of {site}", site=site),
        greeting=say(user.locale, "It works"),
        body=[say(user.locale, "Messages of {site} reach you. You asked for this one yourself.", site=site)],
    )
    return Parcel(uuid4().hex, "test", user.email, user.name, letter.subject, letter.text(), letter.html())


def _note(work: Work, way: Way, status: str) -> None:
    audit.activity(work, "mail_tested", "mail", None, way=way.value, status=status)
