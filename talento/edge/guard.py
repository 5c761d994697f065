"""The guard around the whole server: nothing reaches Reflex that did not pass here.

Reflex by itself answers any origin, trusts a token that the browser invents, takes uploads of any size from anybody and
repeats every request header to the browser (`security.md` §5). Each rule below closes one of these.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import parse_qs, urlencode

from starlette.types import ASGIApp, Receive, Scope, Send

from talento.edge import barrier, bodies, problem
from talento.edge.binding import Binder, is_client_token, unnamed, visitor_in, without
from talento.edge.frames import Customs
from talento.edge.limits import Limits
from talento.edge.network import Network, header, neighbourhood
from talento.edge.sockets import Crowd, GuardedSocket, before_stopping
from talento.services import sessions
from talento.services.work import Actor
from talento.settings import Settings, settings

log = logging.getLogger(__name__)

EVENTS = "/_event"
CLOSED = ("/_upload", EVENTS, "/_all_routes", "/auth-codespace")
LOCAL_ONLY = ("/_health", "/ping")
TOKEN_HEADER = b"reflex-client-token"
SOCKET_HEADERS = frozenset(
    {b"host", b"origin", b"cookie", b"user-agent", b"accept-language", b"upgrade", b"connection"}
)


class Authority(Protocol):
    """Knows who holds a session token; `talento.services.sessions` does."""

    COOKIE: str

    def token_in(self, cookie_header: str) -> str | None: ...
    def cached(self, token: str) -> Actor | None: ...
    def actor(self, token: str | None, ip: str = "", agent: str = "") -> Actor: ...


class Guard:
    """The outermost ASGI layer of Talento."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        config: Settings | None = None,
        limits: Limits | None = None,
        authority: Authority = sessions,
        ceilings: Mapping[str, int] = bodies.CEILINGS,
    ) -> None:
        config = config or settings()
        self._app = app
        self._limits = limits or Limits()
        self._authority = authority
        self._ceilings = dict(ceilings)
        self._is_https = config.is_https
        self._network = Network(tuple(config.origins), config.trusted_proxies)
        self._binder = Binder(config.secret_key)
        self._base_url = config.base_url
        self.crowd = Crowd(self._limits)
        self._is_prepared = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        scope = self._network.resolved(scope)
        if barrier.is_shut(scope, address(scope)):
            await barrier.turn_away(scope, send, address(scope))
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._request(scope, receive, send)

    # Requests

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if is_under(path, CLOSED) or (is_under(path, LOCAL_ONLY) and not self._network.is_local(scope)):
            await problem.refuse(send, 404, "Not found")
        elif not self._network.is_own_host(scope) and not is_under(path, LOCAL_ONLY):
            await problem.refuse(send, 421, "Misdirected request", f"This site is served at {self._base_url}.")
        else:
            scope = await self._with_bound_header(scope)
            await bodies.capped(self._app, scope, receive, send, bodies.ceiling(path, self._ceilings))

    async def _with_bound_header(self, scope: Scope) -> Scope:
        """A request that names a tab names it by the effective token, like the tab's socket."""
        token = header(scope, TOKEN_HEADER)
        if not token:
            return scope
        kept = [pair for pair in scope["headers"] if pair[0] != TOKEN_HEADER]
        if is_client_token(token):
            owner, _ = await self._owner(scope)
            kept.append((TOKEN_HEADER, self._binder.bound(owner, token).encode()))
        return {**scope, "headers": kept}

    # Sockets

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        why = self._objection(scope)
        if why:
            await self._turn_away(send, why)
            return
        owner, session = await self._owner(scope)
        with self.crowd.place(owner, neighbourhood(address(scope))) as has_place:
            if not has_place:
                await self._turn_away(send, "too many sockets")
                return
            guarded = GuardedSocket(
                receive, send, Customs(self._limits), lambda: self._is_over(session), address(scope)
            )
            self._prepare_to_stop()
            self.crowd.sockets.add(guarded)
            try:
                await self._app(self._rewritten(scope, owner, session), guarded.receive, guarded.send)
            finally:
                self.crowd.sockets.discard(guarded)
                guarded.left()

    def _prepare_to_stop(self) -> None:
        if not self._is_prepared:
            self._is_prepared = True
            before_stopping(self.crowd.dismiss)

    def _objection(self, scope: Scope) -> str:
        """Why this handshake is refused; empty when it is not. Source: RX-01, RX-03, RX-04."""
        origin = header(scope, b"origin")
        if not is_under(scope["path"], (EVENTS,)) or not self._network.is_own_host(scope):
            return "not an address of ours"
        if origin and not self._network.is_own_origin(origin):
            return "foreign origin"
        if not origin and self._authority.token_in(header(scope, b"cookie")):
            return "a session without an origin"
        if asked(scope, "transport") != ["websocket"]:
            return "another transport"
        if len(asked(scope, "token")) != 1 or not is_client_token(asked(scope, "token")[0]):
            return "malformed token"
        return ""

    async def _turn_away(self, send: Send, why: str) -> None:
        log.info("socket refused: %s", why)
        await send({"type": "websocket.close", "code": 1008})

    async def _owner(self, scope: Scope) -> tuple[str, str]:
        """Whose tab this is, and the session token that holds, if any does."""
        cookies, agent = header(scope, b"cookie"), header(scope, b"user-agent")
        token = self._authority.token_in(cookies)
        if token and await self._holds(token, address(scope), agent):
            return f"session:{token}", token
        visitor = visitor_in(cookies, self._is_https)
        return (f"visitor:{visitor}" if visitor else unnamed(address(scope), agent)), ""

    async def _holds(self, token: str, ip: str, agent: str) -> bool:
        actor = self._authority.cached(token)
        if actor is None:
            actor = await asyncio.to_thread(self._authority.actor, token, ip, agent)
        return actor.user_id is not None

    def _is_over(self, session: str) -> bool:
        """Whether the session of an open socket has ended; the policy keeps the cache fresh. Source: AU-11."""
        known = self._authority.cached(session) if session else None
        return known is not None and known.user_id is None

    def _rewritten(self, scope: Scope, owner: str, session: str) -> Scope:
        """The handshake as Reflex sees it: bound token, few headers, no cookie that proves nothing. Source: RX-13."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        query["token"] = [self._binder.bound(owner, asked(scope, "token")[0])]
        unwanted = [] if session else [self._authority.COOKIE]  # the visitor's cookie stays: it holds their draft
        cookie = without(header(scope, b"cookie"), *unwanted)
        headers = [pair for pair in scope["headers"] if pair[0] in SOCKET_HEADERS and pair[0] != b"cookie"]
        headers += [(b"cookie", cookie.encode("latin-1"))] if cookie else []
        return {**scope, "headers": headers, "query_string": urlencode(query, doseq=True).encode()}


def asked(scope: Scope, name: str) -> list[str]:
    """The values of one parameter in the address."""
    return parse_qs(scope["query_string"].decode("latin-1")).get(name, [])


def address(scope: Scope) -> str:
    """The caller's address."""
    return (scope.get("client") or ("",))[0]


def is_under(path: str, prefixes: tuple[str, ...]) -> bool:
    """Whether `path` is one of these, or below one of them."""
    return any(path == prefix or path.startswith(prefix + "/") for prefix in prefixes)
