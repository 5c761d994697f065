"""Proving again who one is: an event that needs it waits here, and runs once its reader has done so (`AU-18`).

What waits is kept in the memory of this process only: it may hold what must not be stored, such as a new secret.
"""

from collections import OrderedDict
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.state import BaseState

from talento import clock
from talento.errors import NotFresh
from talento.state import live
from talento.state.doors import current, event, running, tell
from talento.vocabulary.permissions import Permission

WAITS_SECONDS = 300.0
MOST_WAITING = 2_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that was refused for now, and whose it is."""

    name: str
    payload: dict[str, Any]
    session_id: int | None
    until: float


_waiting: OrderedDict[str, Waiting] = OrderedDict()


class ProofState(rx.State):
    """Whether this tab asks for a proof."""

    is_asked: bool = False

    @event(Permission.OWN_PROFILE)
    async def proved(self):
        """Do what had to wait; the policy judges it again."""
        self.is_asked = False
        tab = self.router.session.client_token
        found = _waiting.pop(tab, None)
        if found is None or found.session_id != current().session_id or found.until <= clock.monotonic():
            await tell(self, NotFresh().text(current().locale), "warning")
            return
        await live.send(tab, found.name, found.payload)

    @event(Permission.OWN_PROFILE)
    async def dropped(self):
        """The reader would rather not: forget what waited."""
        self.is_asked = False
        _waiting.pop(self.router.session.client_token, None)


async def ask(state: BaseState) -> None:
    """Keep the running event, and ask the reader of this tab for a proof."""
    name, payload = running()
    tab = state.router.session.client_token
    _waiting[tab] = Waiting(name, deepcopy(payload), current().session_id, clock.monotonic() + WAITS_SECONDS)
    _waiting.move_to_end(tab)
    while len(_waiting) > MOST_WAITING:
        _waiting.popitem(last=False)
    box = await state.get_state(ProofState)
    box.is_asked = True
