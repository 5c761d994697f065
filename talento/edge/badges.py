"""What anybody needs to check a badge: the public key, and which badges were revoked."""

import asyncio

from fastapi import APIRouter
from fastapi.responses import Response

from talento.services.badges import keys, revocation
from talento.services.work import VISITOR, ask

router = APIRouter(prefix="/badges", include_in_schema=False)

A_MINUTE = {"Cache-Control": "public, max-age=60"}


@router.get("/key.pem")
async def key() -> Response:
    """The public key as PEM."""
    return Response(await asyncio.to_thread(keys.public_pem), media_type="application/x-pem-file", headers=A_MINUTE)


@router.get("/revoked.json")
async def revoked() -> Response:
    """The signed list of revoked badges, by fingerprint."""
    return Response(await ask(VISITOR, revocation.published), media_type="application/json", headers=A_MINUTE)
