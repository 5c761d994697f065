"""Brings what changed to the open tabs that show it, as ordinary events.

A page's `on_load` subscribes its tab; the feed of changes calls `heard` in every process, and each process serves the
sockets that it holds. A delivered event passes the same policy as any other, with the receiving tab's own session.

    @event(Permission.SEE_SHEET)
    async def opened(self):
        live.subscribe(self, "presence", SheetState.refreshed, key=project_id)

    @event(Permission.SEE_SHEET, supersedes=True)
    async def refreshed(self, topic: str, keys: list[int]):
        ...reads afresh what it shows; never believes `keys`, which a browser could have sent

`keys` says which rows changed, empty when they are too many to list.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from reflex.app import App
from reflex.state import BaseState
from reflex_base.event import Event, EventHandler
from reflex_base.utils.format import format_event_handler

log = logging.getLogger(__name__)

PAUSE = 0.05
LISTED_KEYS = 100
TOPICS_PER_TAB = 32
SUBSCRIPTIONS = 50_000


@dataclass(frozen=True, slots=True)
class Subscription:
    """One handler of one tab, for one topic; `key` None hears of every row."""

    token: str
    topic: str
    handler: str
    key: int | None = None


@dataclass
class Hub:
    """The subscriptions of this process, and what is waiting to be delivered."""

    app: App | None = None
    loop: asyncio.AbstractEventLoop | None = None
    by_topic: dict[str, dict[Subscription, None]] = field(default_factory=lambda: defaultdict(dict))
    by_token: dict[str, dict[Subscription, None]] = field(default_factory=lambda: defaultdict(dict))
    waiting: dict[Subscription, dict[int, None]] = field(default_factory=dict)
    flush: asyncio.Task[None] | None = None

    def add(self, subscription: Subscription) -> None:
        """Remember a subscription; the oldest of a tab gives way when it has too many."""
        mine = self.by_token[subscription.token]
        mine[subscription] = None
        self.by_topic[subscription.topic][subscription] = None
        while len(mine) > TOPICS_PER_TAB:
            self.drop(next(iter(mine)))
        if sum(map(len, self.by_token.values())) > SUBSCRIPTIONS:
            self.sweep()

    def drop(self, subscription: Subscription) -> None:
        """Forget a subscription."""
        for index, name in ((self.by_topic, subscription.topic), (self.by_token, subscription.token)):
            index[name].pop(subscription, None)
            if not index[name]:
                del index[name]
        self.waiting.pop(subscription, None)

    def drop_tab(self, token: str) -> None:
        """Forget everything about a tab."""
        for subscription in list(self.by_token.get(token, ())):
            self.drop(subscription)

    def sweep(self) -> None:
        """Forget the tabs that have gone."""
        here = self.sockets()
        for token in [token for token in self.by_token if token not in here]:
            self.drop_tab(token)

    def sockets(self) -> set[str]:
        """The tokens of the tabs whose socket this very process holds."""
        if self.app is None or self.app.event_namespace is None:
            return set()
        manager = self.app.event_namespace._token_manager
        return {token for token, at in manager.token_to_socket.items() if at.instance_id == manager.instance_id}

    def wait(self, changes: Iterable[tuple[str, int]]) -> None:
        """Note changes for those who listen; several in a row reach a tab as one event."""
        for topic, key in changes:
            for subscription in self.by_topic.get(topic, ()):
                if subscription.key in (None, key):
                    self.waiting.setdefault(subscription, {})[key] = None
        if self.waiting and (self.flush is None or self.flush.done()):
            self.flush = asyncio.get_running_loop().create_task(self._soon(), name="live")

    async def _soon(self) -> None:
        while self.waiting:
            await asyncio.sleep(PAUSE)
            await self.hand_out()

    async def hand_out(self) -> None:
        """Deliver what is waiting to the tabs that are still there."""
        ready, self.waiting = self.waiting, {}
        here = self.sockets()
        for subscription, keys in ready.items():
            if subscription.token in here:
                await self._send(subscription, list(keys))
            else:
                self.drop_tab(subscription.token)

    async def _send(self, subscription: Subscription, keys: list[int]) -> None:
        payload = {"topic": subscription.topic, "keys": keys if len(keys) <= LISTED_KEYS else []}
        await self.enqueue(subscription.token, subscription.handler, payload)

    async def enqueue(self, token: str, handler: str, payload: dict[str, Any]) -> None:
        """Run a tab's event. It must not inherit the context of whoever caused it: that holds *their* cookie."""
        assert self.app is not None
        processor = self.app.event_processor
        root = processor._root_context
        if root is None:
            return
        with self.app.set_contexts():
            await processor.enqueue(token, Event(name=handler, payload=payload), root.fork(token))


_hub = Hub()


def subscribe(tab: BaseState | str, topic: str, handler: EventHandler, *, key: int | None = None) -> None:
    """Let `handler(topic, keys)` of this tab run when something of `topic` changes, or only row `key` of it.

    Subscribing again changes nothing, so `on_load` may do it on every visit.
    """
    token = tab if isinstance(tab, str) else tab.router.session.client_token
    _hub.add(Subscription(token, topic, format_event_handler(handler), key))


def unsubscribe(tab: BaseState | str, topic: str | None = None) -> None:
    """Let this tab hear no more of `topic`, or of anything."""
    token = tab if isinstance(tab, str) else tab.router.session.client_token
    for subscription in list(_hub.by_token.get(token, ())):
        if topic in (None, subscription.topic):
            _hub.drop(subscription)


async def send(token: str, handler: str, payload: dict[str, Any]) -> None:
    """Run one event of one tab of this process, as if the tab had sent it."""
    await _hub.enqueue(token, handler, payload)


def open_tabs() -> set[str]:
    """The tokens of the tabs whose socket this process holds."""
    return _hub.sockets()


async def deliver(topic: str, key: int) -> None:
    """Tell the open tabs of this process that row `key` of `topic` changed."""
    _hub.wait([(topic, key)])


def heard(changes: list[tuple[str, int]]) -> None:
    """The same for many changes, from any thread: a listener of the feed."""
    loop = _hub.loop
    if loop is not None and not loop.is_closed():
        loop.call_soon_threadsafe(_hub.wait, changes)


@asynccontextmanager
async def lifespan(app: App) -> AsyncIterator[None]:
    """Serves this process's tabs while it runs; `app.register_lifespan_task(live.lifespan)`."""
    _hub.app, _hub.loop = app, asyncio.get_running_loop()
    try:
        yield
    finally:
        _hub.loop = None
        if _hub.flush is not None:
            _hub.flush.cancel()
