"""What one socket may send: small, shallow, well-formed frames, not too many a second.

Reflex would execute 20,000 events in half a second, count characters instead of bytes, and write what it cannot read
to the log with the session cookie beside it (`security.md` §5-e,f). Here such frames end before they reach it.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reflex_base.registry import RegistrationContext

from talento.edge.limits import Limits
from talento.state.doors import Bucket

TOO_BIG = 1009
AGAINST_POLICY = 1008

PACKET = re.compile(r"4([012])/_event,?(.*)", re.DOTALL)
CONNECT, DISCONNECT, MESSAGE = "0", "1", "2"
STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"')
ROUTER_TYPES = {"pathname": str, "asPath": str, "query": dict}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a frame: pass it on, drop it, or end the socket with a code."""

    code: int = 0
    is_dropped: bool = False


PASS = Verdict()
DROP = Verdict(is_dropped=True)


def is_registered(event: str) -> bool:
    """Whether Reflex knows a handler of that name."""
    return event in RegistrationContext.get().event_handlers


class Customs:
    """Inspects what one socket sends. Events and everything else have a bucket each, so a ping never costs an event."""

    def __init__(self, limits: Limits, is_known: Callable[[str], bool] = is_registered) -> None:
        self._limits, self._is_known = limits, is_known
        self._events = Bucket(limits.events_per_second, limits.events_burst)
        self._others = Bucket(limits.events_per_second, limits.events_burst)
        self.unknown = 0

    def inspect(self, frame: str | bytes | None) -> Verdict:
        """Judge one frame. Source: RX-05."""
        if not isinstance(frame, str):
            return Verdict(AGAINST_POLICY)
        if size(frame) > self._limits.frame_bytes:
            return Verdict(TOO_BIG)
        if frame == "3":
            return PASS if self._others.take() else Verdict(AGAINST_POLICY)
        if depth(frame) > self._limits.frame_depth:
            return Verdict(AGAINST_POLICY)
        return self._packet(frame)

    def _packet(self, frame: str) -> Verdict:
        found = PACKET.fullmatch(frame)
        if found is None:
            return Verdict(AGAINST_POLICY)
        kind, body = found.groups()
        if kind == DISCONNECT:
            return PASS
        data = _read(body)
        if kind == CONNECT:
            return self._connect(data, body)
        return self._message(data)

    def _connect(self, data: Any, body: str) -> Verdict:
        """The first packet may carry the page's first event."""
        if not self._events.take() or (body and not isinstance(data, dict)):
            return Verdict(AGAINST_POLICY)
        event = (data or {}).get("event")
        return PASS if event is None else self._event(event)

    def _message(self, data: Any) -> Verdict:
        if not isinstance(data, list) or not data or len(data) > 2:
            return Verdict(AGAINST_POLICY)
        name, *rest = data
        if name in ("ping", "client_error"):
            return PASS if self._others.take() else Verdict(AGAINST_POLICY)
        if name != "event" or not rest or not self._events.take():
            return Verdict(AGAINST_POLICY)
        return self._event(rest[0])

    def _event(self, event: Any) -> Verdict:
        if not is_event(event):
            return Verdict(AGAINST_POLICY)
        if self._is_known(event["name"]):
            return PASS
        self.unknown += 1
        return DROP


def is_event(event: Any) -> bool:
    """Whether this has the shape of an event: anything else makes Reflex raise, and log what it was sent."""
    if not isinstance(event, dict) or not isinstance(event.get("name"), str):
        return False
    router = event.get("router_data", {})
    return (
        isinstance(event.get("payload", {}), dict)
        and isinstance(router, dict)
        and all(isinstance(router[key], kind) for key, kind in ROUTER_TYPES.items() if key in router)
    )


def size(text: str) -> int:
    """Bytes on the wire."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def depth(text: str) -> int:
    """How deeply the JSON in a frame is nested."""
    if text.count("[") + text.count("{") <= 8:
        return 8
    deepest = level = 0
    for sign in STRINGS.sub("", text):
        if sign in "[{":
            level += 1
            deepest = max(deepest, level)
        elif sign in "]}":
            level -= 1
    return deepest


def _read(body: str) -> Any:
    """The JSON of a packet, without the acknowledgement number before it; None for what is not JSON."""
    try:
        return json.loads(body.lstrip("0123456789"))
    except ValueError:
        return None
