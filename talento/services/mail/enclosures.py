"""Files that go with messages, made at the moment of sending: a badge that was revoked meanwhile is not sent."""

from collections.abc import Callable, Iterable, Mapping

from talento.errors import Refusal
from talento.services.documents import casting
from talento.services.mail.transport import Enclosed, Refused

KINDS: Mapping[str, Callable[[int], Enclosed]] = {
    "badge": lambda key: Enclosed(*casting.badge_to_mail(key)),
}
"""How each kind of file is made from the key behind the colon."""


def made(wanted: Iterable[str]) -> tuple[Enclosed, ...]:
    """The files that a message names.

    Raises:
        Refused: one of them can't be made any more, so the message must not go.
    """
    return tuple(map(_one, wanted))


def _one(name: str) -> Enclosed:
    kind, _, key = name.partition(":")
    try:
        return KINDS[kind](int(key))
    except Refusal as refusal:
        raise Refused(f"{kind} {key}: {refusal.text()}") from refusal
