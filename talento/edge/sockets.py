"""One guarded websocket, and the count of those that are open."""

import asyncio
import logging
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from weakref import WeakSet

from starlette.types import Message, Receive, Send

from talento.edge.frames import AGAINST_POLICY, Customs
from talento.edge.limits import Limits

log = logging.getLogger(__name__)

SERVICE_RESTART = 1012


crowds: "WeakSet[Crowd]" = WeakSet()
"""The crowds of this process: one for each guard."""


class Crowd:
    """How many sockets are open, in all, by owner and by address."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: Counter[str] = Counter()
        self.sockets: set[GuardedSocket] = set()
        self.loop: asyncio.AbstractEventLoop | None = None
        crowds.add(self)

    @contextmanager
    def place(self, owner: str, address: str) -> Iterator[bool]:
        """Hold a place while a socket is open; False when there is none left."""
        caps = {
            "worker": self._limits.sockets_per_worker,
            f"owner:{owner}": self._limits.sockets_per_session,
            f"address:{address}": self._limits.sockets_per_address,
        }
        if any(self._open[key] >= cap for key, cap in caps.items()):
            yield False
            return
        self._open.update(caps.keys())
        self.loop = asyncio.get_running_loop()
        try:
            yield True
        finally:
            self._leave(caps)

    def _leave(self, keys: dict[str, int]) -> None:
        for key in keys:
            self._open[key] -= 1
            if self._open[key] <= 0:
                del self._open[key]

    def __len__(self) -> int:
        return self._open["worker"]

    def hang_up_on(self, is_unwanted: Callable[[str], bool]) -> None:
        """Close the sockets of these addresses; from any thread."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._hang_up_on, is_unwanted)

    def _hang_up_on(self, is_unwanted: Callable[[str], bool]) -> None:
        for socket in [one for one in self.sockets if is_unwanted(one.address)]:
            socket.leave(AGAINST_POLICY)

    async def dismiss(self, seconds: float = 1.0) -> None:
        """Hang up on everybody, and give them a moment to hear it: the browsers come back to the next server."""
        endings = [socket.leave() for socket in self.sockets]
        if endings:
            await asyncio.wait(endings, timeout=seconds)


class GuardedSocket:
    """Stands between the server and Reflex for one connection."""

    def __init__(
        self, receive: Receive, send: Send, customs: Customs, is_over: Callable[[], bool], address: str = ""
    ) -> None:
        self.address = address
        self._receive, self._send = receive, send
        self._customs = customs
        self._is_over = is_over
        self._is_closed = False
        self._pending: asyncio.Future[Message] | None = None
        self._leaving = 0
        self._has_left: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def receive(self) -> Message:
        """The next frame that may pass; the end of the socket after one that may not."""
        while True:
            message = await self._next()
            if message["type"] != "websocket.receive":
                return message
            if self._is_over():
                return await self._end(AGAINST_POLICY, "session over")
            text = message.get("text")
            verdict = self._customs.inspect(message.get("bytes") if text is None else text)
            if verdict.code:
                return await self._end(verdict.code, "frame refused")
            if not verdict.is_dropped:
                return message
            if self._customs.unknown == 1:
                log.warning("an unknown event was dropped; further ones on this socket are not logged")

    async def _next(self) -> Message:
        """The next message, or a goodbye. Granian sends no close while a receive waits, so the waiting is given up."""
        if self._leaving:
            return await self._end(self._leaving, "the server hangs up")
        self._pending = asyncio.ensure_future(self._receive())  # type: ignore[arg-type]
        try:
            return await self._pending
        except asyncio.CancelledError:
            if not self._leaving:
                raise
            return await self._end(self._leaving, "the server hangs up")

    def leave(self, code: int = SERVICE_RESTART) -> asyncio.Future[None]:
        """Hang up; done once the application behind has let go of the socket."""
        self._leaving = code
        if self._pending is not None:
            self._pending.cancel()
        return self._has_left

    def left(self) -> None:
        """The application has let go."""
        if not self._has_left.done():
            self._has_left.set_result(None)

    async def send(self, message: Message) -> None:
        """Pass on what Reflex says, unless the socket is closed."""
        if self._is_closed:
            return
        if message["type"] == "websocket.close":
            self._is_closed = True
        await self._send(message)

    async def _end(self, code: int, why: str) -> Message:
        if not self._is_closed:
            log.info("socket closed by the guard: %s (%s)", why, code)
            await self.send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}


def before_stopping(action: Callable[[], Awaitable[None]]) -> None:
    """Do this first when told to stop: granian would wait for the sockets, which never end by themselves."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        stop = getattr(loop, "_signal_handlers", {}).get(number)
        if stop is not None:
            loop.add_signal_handler(number, _begin, action, stop)


def _begin(action: Callable[[], Awaitable[None]], stop: asyncio.Handle) -> None:
    task = asyncio.ensure_future(_first(action, stop))
    _stopping.append(task)  # the loop itself keeps no task alive


async def _first(action: Callable[[], Awaitable[None]], stop: asyncio.Handle) -> None:
    try:
        await action()
    finally:
        stop._run()  # type: ignore[attr-defined]


_stopping: list[asyncio.Future[None]] = []
