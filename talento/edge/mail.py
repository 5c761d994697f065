"""Where SendGrid tells what became of messages; its signature is all that it is believed by."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import Response

from talento.edge.answers import locale_of
from talento.services.mail import events
from talento.services.work import Actor

router = APIRouter(prefix="/mail", include_in_schema=False)

SIGNATURE = "x-twilio-email-event-webhook-signature"
TIMESTAMP = "x-twilio-email-event-webhook-timestamp"


@router.post("/events", status_code=204)
async def heard(request: Request) -> Response:
    """Take a batch of events. Never in anybody's name: no cookie counts here."""
    body = await request.body()
    headers = request.headers
    ip = request.client.host if request.client else ""
    caller = Actor(locale=locale_of(request), ip=ip, agent=headers.get("user-agent", "")[:200])
    await asyncio.to_thread(
        events.hear, caller, headers.get(SIGNATURE, "")[:500], headers.get(TIMESTAMP, "")[:20], body
    )
    return Response(status_code=204, headers={"Cache-Control": "no-store"})
