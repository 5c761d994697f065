"""Pairing: only an HTTP answer can set the HttpOnly cookie that makes a browser a tablet of ours."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from talento.edge.answers import actor_of, own_script
from talento.edge.tablets import remember
from talento.errors import Invalid
from talento.services.presence import pairing

router = APIRouter(prefix="/devices", include_in_schema=False)

LONGEST = 60


async def code_in(request: Request) -> str:
    """The pairing code that a form or a script sent.

    Raises:
        Invalid: there is none.
    """
    is_form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    said: Any = await request.form() if is_form else await _json(request)
    code = said.get("code") if hasattr(said, "get") else None
    if not isinstance(code, str) or len(code) > LONGEST:
        raise Invalid("Please type the pairing code.", field="code")
    return code


@router.post("/pair", dependencies=[Depends(own_script)])
async def pair(request: Request, code: Annotated[str, Depends(code_in)]) -> Response:
    """Make this browser the device that the code is for."""
    actor = await asyncio.to_thread(actor_of, request)
    made = await asyncio.to_thread(pairing.pair, actor, code)
    said = {"name": made.name, "is_kiosk": made.is_kiosk, "next": "/tablet"}
    answer = JSONResponse(said, headers={"Cache-Control": "no-store"})
    remember(answer, made.token, made.expires_at)
    return answer


async def _json(request: Request) -> Any:
    try:
        return await request.json()
    except ValueError:
        return None
