"""A browser's half of the wire, by hand: what an attacker with a script would use."""

import asyncio
import json
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import websockets
from websockets.exceptions import ConnectionClosed

ROOT = "reflex___state____state"
DESK = f"{ROOT}.edgeapp___edgeapp____desk"
CARELESS = f"{ROOT}.edgeapp___edgeapp____careless"
MESSAGES = f"{ROOT}.talento___state___doors____message_state"
UNSET = object()


class Tab:
    """One open socket."""

    def __init__(self, socket: websockets.ClientConnection, token: str) -> None:
        self.socket, self.token = socket, token
        self.heard: list[str] = []
        self.vars: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []

    async def send(self, text: str) -> None:
        await self.socket.send(text)

    async def call(self, handler: str, payload: Any = None, *, state: str = DESK, **extra: Any) -> None:
        """Send one event, as the browser would."""
        event = {"name": f"{state}.{handler}", "payload": payload if payload is not None else {}, **extra}
        event.setdefault("router_data", {"pathname": "/", "asPath": "/", "query": {}})
        await self.send("42/_event," + json.dumps(["event", event], ensure_ascii=False))

    async def listen(self, seconds: float = 0.4) -> "Tab":
        """Take in what the server says, until it has been silent for a moment."""
        try:
            while True:
                self._take(await asyncio.wait_for(self.socket.recv(), seconds))
        except (TimeoutError, ConnectionClosed):
            return self

    async def until(self, condition, seconds: float = 5) -> "Tab":
        """Listen until `condition(self)` holds."""
        async with asyncio.timeout(seconds):
            while not condition(self):
                self._take(await self.socket.recv())
        return self

    def _take(self, text: str) -> None:
        self.heard.append(text)
        if not text.startswith("42/_event,"):
            return
        kind, update = json.loads(text.removeprefix("42/_event,"))
        if kind != "event":
            return
        for state, values in (update.get("delta") or {}).items():
            for name, value in values.items():
                self.vars[f"{state}.{name.removesuffix('_rx_state_')}"] = value
        self.events += update.get("events") or []

    @property
    def done(self) -> list[str]:
        return self.vars.get(f"{DESK}.done", [])

    @property
    def messages(self) -> list[str]:
        return [message["text"] for message in self.vars.get(f"{MESSAGES}.messages", [])]

    @property
    def redirects(self) -> list[str]:
        return [event["payload"]["path"] for event in self.events if event["name"] == "_redirect"]

    async def code(self, seconds: float = 5) -> int | None:
        """The close code, once the server has hung up."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    self._take(await self.socket.recv())
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006


@asynccontextmanager
async def tab(
    server,
    *,
    token: str | None = None,
    cookie: str = "",
    origin: Any = UNSET,
    headers: dict[str, str] | None = None,
    hydrates: bool = True,
    query: str = "",
    host: str | None = None,
):
    """Open a socket as a tab of somebody's browser."""
    token = token if token is not None else str(uuid4())
    sent = dict(headers or {})
    if cookie:
        sent["Cookie"] = cookie
    if host:
        sent["Host"] = host
    chosen = server.origin if origin is UNSET else origin
    address = f"ws://127.0.0.1:{server.port}/_event/?EIO=4&transport=websocket&token={token}{query}"
    async with websockets.connect(
        address,
        additional_headers=sent,
        origin=chosen,
        max_size=None,
        open_timeout=15,
        ping_interval=None,
        user_agent_header="test",
    ) as socket:
        opened = Tab(socket, token)
        await socket.recv()
        auth = {}
        if hydrates:
            auth = {"event": {"name": f"{ROOT}.hydrate_and_load", "payload": {}, "router_data": {"pathname": "/"}}}
        await opened.send("40/_event," + json.dumps(auth))
        await opened.listen(0.15)
        yield opened
