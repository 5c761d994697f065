"""What mail providers and mail programs call: what became of messages, and who wants no more of a kind.

Neither comes from a page of ours, so no cookie counts here: one is believed by its signature, the other by its link.
"""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from talento.edge.answers import locale_of
from talento.errors import Invalid
from talento.services.mail import events, unsubscribing
from talento.services.work import Actor, perform

router = APIRouter(include_in_schema=False)

SIGNATURE = "x-twilio-email-event-webhook-signature"
TIMESTAMP = "x-twilio-email-event-webhook-timestamp"
ONE_CLICK = "One-Click"


@router.post("/mail/events", status_code=204)
async def heard(request: Request) -> Response:
    """Take a batch of events."""
    body = await request.body()
    headers = request.headers
    signature, stamp = headers.get(SIGNATURE, "")[:500], headers.get(TIMESTAMP, "")[:20]
    await asyncio.to_thread(events.hear, _nobody(request), signature, stamp, body)
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


@router.post("/unsubscribe/{token}", status_code=204)
async def unsubscribed(
    request: Request, token: str, said: Annotated[str, Form(alias="List-Unsubscribe", max_length=40)] = ""
) -> Response:
    """A mail program's own button; looking at the same address opens a page and changes nothing. Source: RFC 8058."""
    if said != ONE_CLICK:
        raise Invalid("That could not be understood. Please reload the page and try again.")
    await perform(_nobody(request), unsubscribing.answer, token[:1000], is_on=False)
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


def _nobody(request: Request) -> Actor:
    """A caller without a name."""
    ip = request.client.host if request.client else ""
    return Actor(locale=locale_of(request), ip=ip, agent=request.headers.get("user-agent", "")[:200])
