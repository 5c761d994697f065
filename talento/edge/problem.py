"""A refusal from the edge, in the format that every other part of the HTTP interface uses."""

import json
from typing import Any

from starlette.types import Send

Headers = list[tuple[bytes, bytes]]


async def refuse(send: Send, status: int, title: str, detail: str = "", headers: Headers | None = None) -> None:
    """Answer with `application/problem+json` and end the connection. Source: RFC 9457."""
    body = json.dumps(_problem(status, title, detail)).encode()
    fixed = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": fixed + (headers or [])})
    await send({"type": "http.response.body", "body": body})


def _problem(status: int, title: str, detail: str) -> dict[str, Any]:
    problem = {"type": "about:blank", "title": title, "status": status}
    return problem | {"detail": detail} if detail else problem
