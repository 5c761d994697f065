"""What the browser is told with every answer: where scripts may come from, what may be cached, who this visitor is."""

import re
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from talento.edge.binding import new_visitor, visitor_in
from talento.edge.network import header
from talento.edge.pages import PAGES, Pages
from talento.services import preferences
from talento.services.preferences import registry
from talento.settings import Settings, settings

HASHED = re.compile(r"/assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+(\.map)?")
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
}
YEAR = 31_536_000
WORKER = "/sw.js"
"""The service worker of tablets: a policy of its own, because it fetches the page that it keeps."""


class Headers:
    """Adds the security and cache headers, and finds the prerendered page for an address."""

    def __init__(self, app: ASGIApp, *, config: Settings | None = None, pages: Path = PAGES) -> None:
        config = config or settings()
        self._app = app
        self._is_https = config.is_https
        self._sockets = " ".join(origin.replace("http", "ws", 1) for origin in config.origins)
        self._pages = Pages(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(scope, path, message)
            await send(message)

        found = self._pages.addressed(scope)
        packed = self._pages.is_packed(found["path"])
        await self._app(smallest(found) if packed else found, receive, with_headers)

    def _complete(self, scope: Scope, path: str, message: Message) -> None:
        headers = MutableHeaders(raw=list(message.get("headers", [])))
        for name, value in FIXED.items():
            headers.setdefault(name, value)
        if self._is_https:
            headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains")
        message["headers"] = headers.raw
        if message["status"] == HTTPStatus.NOT_MODIFIED:
            return  # it has no type of its own: the page in the browser's cache keeps the policy it came with
        is_page = headers.get("content-type", "").startswith("text/html")
        headers.setdefault("Content-Security-Policy", self._policy(path, is_page))
        headers.setdefault("Cache-Control", self._cache(path, message["status"], is_page))
        if is_page and not preferences.known(registry.FINDABLE):
            headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if is_page and not visitor_in(header(scope, b"cookie"), self._is_https):
            headers.append("Set-Cookie", new_visitor(self._is_https))
        message["headers"] = headers.raw

    def _policy(self, path: str, is_page: bool) -> str:
        """The policy of a page lists the hashes of its own inline scripts; anything else may load nothing."""
        if path == WORKER:
            return "default-src 'none'; connect-src 'self'"
        if not is_page:
            return "default-src 'none'; frame-ancestors 'none'; sandbox"
        return page_policy(self._pages.hashes(path), self._sockets)

    def _cache(self, path: str, status: int, is_page: bool) -> str:
        if status == HTTPStatus.OK:
            if HASHED.fullmatch(path):
                return f"public, max-age={YEAR}, immutable"
            if is_page or self._pages.is_file(path):
                return "no-cache"
        return "no-store"


def smallest(scope: Scope) -> Scope:
    """The scope asking for Brotli alone where the browser takes it: Reflex would answer with gzip, which is larger."""
    accepted = header(scope, b"accept-encoding")
    if not re.search(r"\bbr\b(?!\s*;\s*q=0(\.0*)?\b)", accepted):
        return scope
    kept = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
    headers: list[tuple[bytes, bytes]] = [*kept, (b"accept-encoding", b"br")]
    return {**scope, "headers": headers}


@lru_cache(maxsize=256)
def page_policy(hashes: tuple[str, ...], sockets: str) -> str:
    """The content security policy of a page: no `unsafe-eval`, no foreign origin. Source: WEB-01."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *(f"'{digest}'" for digest in hashes))),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            f"connect-src 'self' {sockets}",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        )
    )


def layers() -> list[type]:
    """The ASGI layers around Reflex, inner first, for `rx.App(api_transformer=[api, *layers()])`."""
    from talento.edge.guard import Guard
    from talento.edge.measured import Measured

    return [Headers, Guard, Measured]
