"""Pairing: only an HTTP answer can set the HttpOnly cookie that makes a browser a tablet of ours."""

import asyncio

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from talento.edge.answers import actor_of, own_script
from talento.edge.tablets import remember
from talento.services.presence import pairing

router = APIRouter(prefix="/devices", include_in_schema=False)


class PairingCode(BaseModel):
    """A code from an admin's screen, scanned or typed."""

    code: str = Field(max_length=60)


@router.post("/pair", dependencies=[Depends(own_script)])
async def pair(request: Request, said: PairingCode) -> Response:
    """Make this browser the device that the code is for."""
    actor = await asyncio.to_thread(actor_of, request)
    made = await asyncio.to_thread(pairing.pair, actor, said.code)
    answer = JSONResponse({"name": made.name, "is_kiosk": made.is_kiosk}, headers={"Cache-Control": "no-store"})
    remember(answer, made.token, made.expires_at)
    return answer
