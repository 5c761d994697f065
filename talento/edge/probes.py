"""What machines ask: whether this process answers, whether it can serve, and its figures."""

import asyncio
import hmac
from ipaddress import ip_address

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from talento.edge.answers import actor_of
from talento.errors import NotFound
from talento.services import encryption, health, metrics, preferences
from talento.services.preferences import registry
from talento.vocabulary.permissions import Permission

router = APIRouter(include_in_schema=False)

FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


@router.get("/healthz")
async def alive() -> JSONResponse:
    """Says that the process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
async def ready() -> JSONResponse:
    """Says whether people can be sent here; 503 with what is missing otherwise."""
    missing = await asyncio.to_thread(health.missing)
    if missing:
        return JSONResponse({"status": "not ready", "missing": missing}, 503, {"Retry-After": "2"})
    return JSONResponse({"status": "ok"})


@router.get("/metrics")
async def figures(request: Request) -> Response:
    """The figures of this process, for Prometheus; to others there is nothing here."""
    if not await asyncio.to_thread(_may_read, request):
        raise NotFound("There is no such thing.")
    return Response(await asyncio.to_thread(metrics.exposed), media_type=metrics.MEDIA_TYPE)


def _may_read(request: Request) -> bool:
    """The holder of the token; without one the machine itself; always an administrator."""
    wanted = _token()
    shown = request.headers.get("authorization", "").encode("latin-1")
    if wanted and hmac.compare_digest(shown, f"Bearer {wanted}".encode()):
        return True
    if wanted == "" and _is_this_machine(request):
        return True
    return actor_of(request).can(Permission.ADMINISTER)


def _token() -> str | None:
    """The token of the settings; None when it can't be read, which opens nothing."""
    try:
        return preferences.secret(registry.METRICS_TOKEN)
    except encryption.Unreadable:
        return None


def _is_this_machine(request: Request) -> bool:
    """Whether the call began here and passed no proxy."""
    host = request.client.host if request.client else ""
    try:
        return ip_address(host).is_loopback and not any(name in request.headers for name in FORWARDED)
    except ValueError:
        return False
