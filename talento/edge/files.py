"""Files in and out: our own streaming upload, and reads that ask who may see (`S5`, `UP-01`, `UP-07`)."""

import asyncio
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, UploadFile
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import UploadFile as Part

from talento.edge.answers import actor_of, own_script, visitor_of
from talento.errors import Invalid, NotFound, TooLarge
from talento.services.uploads import store

router = APIRouter(prefix="/files", include_in_schema=False)

CHUNK = 256 * 1024
SANDBOX = "default-src 'none'; sandbox"


@router.post("", dependencies=[Depends(own_script)])
async def receive(
    request: Request,
    kind: Annotated[str, Query(max_length=20)] = "",
    draft: Annotated[str, Query(max_length=20)] = "register",
) -> Response:
    """Take one file of a kind, for a visitor's draft of a form; answers `{id, name, url, size}`."""
    actor = await asyncio.to_thread(actor_of, request)
    most = store.largest(kind)
    async with request.form(max_files=1, max_fields=4) as form:
        part = form.get("file")
        if not isinstance(part, Part | UploadFile):
            raise Invalid("Please choose a file.", field=kind)
        name, data = part.filename or "", await _bytes(part, most, kind)
    kept = await asyncio.to_thread(
        store.receive, actor, kind=kind, name=name, data=data, draft_holder=visitor_of(request), draft=draft
    )
    return JSONResponse({"id": kept.id, "name": kept.name, "url": kept.url, "size": kept.size}, 201)


@router.get("/{file_id}")
async def read(request: Request, file_id: str, size: Annotated[str, Query(max_length=10)] = "medium") -> Response:
    """A file, for those who may see it; anything else is not found."""
    if request.headers.get("sec-fetch-site", "same-origin") == "cross-site":
        raise NotFound("There is no such file.")
    actor = await asyncio.to_thread(actor_of, request)
    tag = f'"{file_id}-{size}"'
    content = await asyncio.to_thread(store.read, actor, file_id, size=size, draft_holder=visitor_of(request))
    headers = {
        "Content-Security-Policy": SANDBOX,
        "Content-Disposition": _disposition(content),
        "Cache-Control": "private, max-age=3600" if content.is_inline else "no-store",
        "ETag": tag,
        "Vary": "Cookie",
    }
    if content.is_inline and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content.data, media_type=content.media_type, headers=headers)


async def _bytes(part: UploadFile | Part, most: int, kind: str) -> bytes:
    taken = bytearray()
    while chunk := await part.read(CHUNK):
        taken += chunk
        if len(taken) > most:
            raise TooLarge("This file is too large: at most {count} MB.", field=kind, count=most // store.MB)
    if not taken:
        raise Invalid("This file is empty.", field=kind)
    return bytes(taken)


def _disposition(content: store.Content) -> str:
    if content.is_inline:
        return "inline"
    return f"attachment; filename*=UTF-8''{quote(content.name, safe='')}"
