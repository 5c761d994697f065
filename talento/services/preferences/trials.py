"""Whether a secret works: a real question to whoever it is for."""

from collections.abc import Callable, Mapping
from functools import partial

from talento.errors import NotFound
from talento.services import credits
from talento.services.mail import ways
from talento.services.preferences import registry
from talento.services.work import Actor, look
from talento.vocabulary.mailing import Way
from talento.vocabulary.permissions import Permission

TRIALS: Mapping[str, Callable[[Actor], object]] = {
    registry.OMDB_KEY.key: credits.try_out,
    registry.SENDGRID_KEY.key: partial(ways.try_out, way=Way.SENDGRID),
    registry.SMTP_PASSWORD.key: partial(ways.try_out, way=Way.SMTP),
}
"""By setting: asks once, with what is kept, and refuses in words when it does not work."""


def try_out(actor: Actor, key: str) -> None:
    """Ask one question with a secret.

    Raises:
        NotFound: this setting can't be tried.
        Refusal: what is wrong, in words.
    """
    look(actor, lambda work: work.require(Permission.ADMINISTER))
    if key not in TRIALS:
        raise NotFound("There is no such setting.")
    TRIALS[key](actor)
