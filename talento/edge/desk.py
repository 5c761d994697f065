"""The desk over HTTP, for people and for paired tablets: a copy to work on without a network, scans in batches."""

import asyncio
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import AwareDatetime, BaseModel, Field

from talento import clock
from talento.edge.changes import waiting
from talento.edge.tablets import from_the_desk, in_cookie, keeper, remember, tablet
from talento.i18n import LANGUAGES
from talento.services.presence import access, batches, copies, pairing
from talento.services.presence.batches import AT_MOST, Sent
from talento.services.work import Actor, Work, ask, look

router = APIRouter(prefix="/desk", include_in_schema=False)

Code = Annotated[str, Path(max_length=20)]
Language = Annotated[str, Query(max_length=5)]
LONGEST = 12_000
PATIENCE = 25.0
NO_STORE = {"Cache-Control": "no-store"}


class OneScan(BaseModel):
    """A scan as a tablet sends it."""

    client_id: str = Field(max_length=40)
    scanned: str = Field(max_length=LONGEST)
    source: str = Field(default="typed", max_length=20)
    device_at: AwareDatetime


class Batch(BaseModel):
    """Scans, and what the device's clock says now."""

    device_now: AwareDatetime
    scans: list[OneScan] = Field(max_length=AT_MOST)


class Pin(BaseModel):
    """What was typed to leave a kiosk."""

    pin: str = Field(max_length=20)


@router.get("/mine")
async def mine(request: Request) -> Response:
    """What a tablet is, and which desks it keeps; its cookie lasts as long as the tablet may."""
    actor = await asyncio.to_thread(tablet, request)
    about = await ask(actor, pairing.mine)
    answer = JSONResponse(about, headers=NO_STORE)
    token, until = in_cookie(request), await ask(actor, pairing.until)
    if token and until:
        remember(answer, token, until)
    return answer


@router.post("/unlock", dependencies=[Depends(from_the_desk)])
async def unlock(request: Request, said: Pin) -> Response:
    """Leave the kiosk with its PIN."""
    actor = await asyncio.to_thread(tablet, request)
    await asyncio.to_thread(pairing.unlock, actor, said.pin)
    return Response(status_code=204, headers=NO_STORE)


@router.get("/{code}/snapshot")
async def snapshot(request: Request, code: Code, lang: Language = "") -> Response:
    """What a tablet keeps of a desk; 304 when it has that already."""
    actor = _reading(await asyncio.to_thread(keeper, request, code), lang)
    version = await ask(actor, _version, code)
    headers = NO_STORE | {"ETag": f'"{version}-{actor.locale}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return JSONResponse(await ask(actor, _snapshot, code, actor.locale), headers=headers)


@router.get("/{code}/changes")
async def changes(request: Request, code: Code, after: Annotated[str, Query(max_length=80)] = "") -> Response:
    """The version of the desk as soon as it is another one than `after`, or after 25 seconds."""
    actor = await asyncio.to_thread(keeper, request, code)
    known, ends = after.removeprefix("W/").strip('"').partition("-")[0], clock.monotonic() + PATIENCE
    with waiting.place(await ask(actor, _project, code), _holder(actor)) as place:
        version = await ask(actor, _version, code)
        while version == known and await place.wait(ends - clock.monotonic()):
            actor = await asyncio.to_thread(keeper, request, code)  # it may have been revoked meanwhile
            version = await ask(actor, _version, code)
    return JSONResponse({"version": await ask(actor, _version, code)}, headers=NO_STORE)


@router.get("/{code}/faces/{assignment_id}")
async def face(request: Request, code: Code, assignment_id: Annotated[int, Path(ge=1, lt=2**31)]) -> Response:
    """The small photo of somebody at the desk; a tablet keeps it encrypted, and nowhere else."""
    actor = await asyncio.to_thread(keeper, request, code)
    kept = await asyncio.to_thread(copies.face, actor, code, assignment_id)
    lasts = "private, no-store" if actor.device_id else "private, max-age=3600"
    return Response(kept.data, media_type=kept.media_type, headers={"Cache-Control": lasts})


@router.post("/{code}/scans", dependencies=[Depends(from_the_desk)])
async def scans(request: Request, code: Code, batch: Batch, lang: Language = "") -> Response:
    """Take a batch; the answers come in its order, in the language that the tablet shows."""
    actor = _reading(await asyncio.to_thread(keeper, request, code, is_sending=True), lang)
    answers = await asyncio.to_thread(_take, actor, code, batch)
    return JSONResponse({"now": clock.now().isoformat(), "answers": answers}, headers=NO_STORE)


def _reading(actor: Actor, lang: str) -> Actor:
    return replace(actor, locale=lang) if lang in LANGUAGES else actor


def _holder(actor: Actor) -> tuple[str, int]:
    return ("device", actor.device_id) if actor.device_id else ("session", actor.session_id or 0)


def _take(actor: Actor, code: str, batch: Batch) -> list[dict[str, object]]:
    project_id = look(actor, _project, code)
    sent = [Sent(one.client_id, one.scanned, one.source, one.device_at) for one in batch.scans]
    return [batches.as_json(one) for one in batches.take(actor, project_id, sent, device_now=batch.device_now)]


def _project(work: Work, code: str) -> int:
    return access.by_code(work, code).id or 0


def _version(work: Work, code: str) -> str:
    return copies.version(work, _project(work, code))


def _snapshot(work: Work, code: str, locale: str) -> dict[str, object]:
    return copies.snapshot(work, _project(work, code), locale=locale)
