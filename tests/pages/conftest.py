"""A tab without a browser: the state tree of one person, whose handlers run as they do behind the policy."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest
import reflex as rx
from reflex.istate.data import RouterData

from talento.services.work import VISITOR, Actor
from talento.state import doors, live

HEADERS = {"origin": "http://localhost:5000"}


class Tab:
    """One open tab of one person."""

    def __init__(self, actor: Actor = VISITOR, path: str = "/") -> None:
        self.actor = actor
        self.root = rx.State(_reflex_internal_init=True)
        self.root.router_data = {"asPath": path, "pathname": path}
        self.root.router = RouterData.from_router_data(self.root.router_data | {"headers": HEADERS})

    async def state(self, kind: type[rx.State]) -> Any:
        """The tab's state of a kind."""
        return await self.root.get_state(kind)

    async def call(self, handler: Any, *arguments: Any) -> Any:
        """Run a handler to its end; gives the state that it belongs to."""
        state = await self.state(handler.state)
        doors._current.set(self.actor)
        made = handler.fn(state, *arguments)
        if inspect.isasyncgen(made):
            async for _ in made:
                pass
        else:
            await made
        return state

    async def said(self) -> list[str]:
        """The messages shown so far, oldest first."""
        return [message.text for message in (await self.state(doors.MessageState)).messages]


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch) -> Callable[[Actor], Tab]:
    """Opens tabs; nothing is delivered to them."""
    monkeypatch.setattr(live, "subscribe", lambda *_, **__: None)
    return Tab
