"""The desk over HTTP: a copy to work on without a network, and scans in batches."""

import asyncio
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import AwareDatetime, BaseModel, Field

from talento import clock
from talento.edge.answers import actor_of, own_script
from talento.i18n import LANGUAGES
from talento.services.presence import access, batches
from talento.services.presence.batches import AT_MOST, Sent
from talento.services.work import Actor, Work, ask, look

router = APIRouter(prefix="/desk", include_in_schema=False)

Code = Annotated[str, Path(max_length=20)]
LONGEST = 12_000


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


@router.get("/{code}/snapshot")
async def snapshot(request: Request, code: Code, lang: Annotated[str, Query(max_length=5)] = "") -> Response:
    """What a tablet keeps of a desk."""
    actor = _reading(await asyncio.to_thread(actor_of, request), lang)
    copy = await ask(actor, _snapshot, code, actor.locale)
    return JSONResponse(copy, headers={"Cache-Control": "no-store"})


@router.post("/{code}/scans", dependencies=[Depends(own_script)])
async def scans(request: Request, code: Code, batch: Batch, lang: Annotated[str, Query(max_length=5)] = "") -> Response:
    """Take a batch; the answers come in its order, in the language that the tablet shows."""
    actor = _reading(await asyncio.to_thread(actor_of, request), lang)
    answers = await asyncio.to_thread(_take, actor, code, batch)
    said = {"now": clock.now().isoformat(), "answers": answers}
    return JSONResponse(said, headers={"Cache-Control": "no-store"})


def _reading(actor: Actor, lang: str) -> Actor:
    return replace(actor, locale=lang) if lang in LANGUAGES else actor


def _take(actor: Actor, code: str, batch: Batch) -> list[dict[str, object]]:
    project_id = look(actor, _project, code)
    sent = [Sent(one.client_id, one.scanned, one.source, one.device_at) for one in batch.scans]
    return [batches.as_json(one) for one in batches.take(actor, project_id, sent, device_now=batch.device_now)]


def _project(work: Work, code: str) -> int:
    return access.by_code(work, code).id or 0


def _snapshot(work: Work, code: str, locale: str) -> dict[str, object]:
    return batches.snapshot(work, _project(work, code), locale=locale)
