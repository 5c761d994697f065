"""Caps on what a request may send, counted while it streams."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from talento.edge.network import header
from talento.edge.problem import refuse

log = logging.getLogger(__name__)

MEBIBYTE = 1024 * 1024
DEFAULT = MEBIBYTE
CEILINGS = {"/files": 16 * MEBIBYTE, "/imports": 16 * MEBIBYTE, "/api/v1/files": 16 * MEBIBYTE}


def ceiling(path: str, ceilings: dict[str, int]) -> int:
    """The most bytes that a request to `path` may send; the longest matching prefix wins."""
    matching = [prefix for prefix in ceilings if path == prefix or path.startswith(prefix + "/")]
    return ceilings[max(matching, key=len)] if matching else DEFAULT


class CappedBody:
    """Counts a request's body and answers 413 the moment it is too long."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        self._receive, self._send = receive, send
        self._most = most
        self._seen = 0
        self._is_started = False
        self.is_refused = False

    async def receive(self) -> Message:
        """The next chunk; a hung-up client once the cap is passed."""
        if self.is_refused:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen <= self._most:
            return message
        self.is_refused = True
        if not self._is_started:
            await too_large(self._send, self._most)
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Pass the answer on, unless we have already answered."""
        if self.is_refused:
            return
        self._is_started = True
        await self._send(message)


async def capped(app: ASGIApp, scope: Scope, receive: Receive, send: Send, most: int) -> None:
    """Run `app` with a body of at most `most` bytes. Source: UP-01."""
    announced = header(scope, b"content-length")
    if announced and (not announced.isascii() or not announced.isdigit()):
        await refuse(send, 400, "Bad request")
        return
    if announced and int(announced) > most:
        await too_large(send, most)
        return
    body = CappedBody(receive, send, most)
    try:
        await app(scope, body.receive, body.send)
    except Exception:
        if not body.is_refused:
            raise
        log.info("a body over %d bytes was cut", most)


async def too_large(send: Send, most: int) -> None:
    """Answer 413 with the cap."""
    await refuse(send, 413, "Too large", f"At most {most} bytes are accepted here.")
