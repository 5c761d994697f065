"""Words about messages."""

import reflex as rx

from talento.components.text import worded
from talento.services.mail.kinds import KINDS


def kind_name(kind: rx.Var[str]) -> rx.Var[str]:
    """What a kind of message is called."""
    return rx.match(kind, *((key, worded(one.label)) for key, one in KINDS.items()), kind).to(str)
