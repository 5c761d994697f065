"""Counts every request by its class and how long it took, and the sockets that are open."""

import re
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from talento.services import metrics

CLASSES = {
    "assets": "asset",
    "auth": "sign-in",
    "files": "file",
    "documents": "document",
    "badges": "document",
    "desk": "desk",
    "devices": "desk",
    "healthz": "probe",
    "readyz": "probe",
    "metrics": "probe",
    "ping": "probe",
    "_health": "probe",
}
"""The class of a request by the first part of its path; any other is a page, or an asset when it names a file."""


class Measured:
    """The outermost layer: what the guard turns away is counted, too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            metrics.SOCKETS.add(id(scope))
            try:
                await self._app(scope, receive, send)
            finally:
                metrics.SOCKETS.discard(id(scope))
        else:
            await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, status = perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            kind = class_of(scope["path"])
            metrics.REQUESTS.add(kind, f"{status // 100}xx")
            metrics.SECONDS.note(kind, perf_counter() - started)


def class_of(path: str) -> str:
    """What kind of request a path is; few of them, whatever strangers ask for."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return CLASSES.get(first) or ("asset" if re.search(r"\.[a-z0-9]{2,5}$", path) else "page")
