"""QR codes and cards to download."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from talento.edge.answers import actor_of
from talento.errors import NotFound
from talento.services import codes
from talento.services.documents import card, qr
from talento.services.talents import profile
from talento.services.work import ask

router = APIRouter(prefix="/documents", include_in_schema=False)


@router.get("/qr.png")
async def qr_png(request: Request) -> Response:
    """The reader's own QR as PNG."""
    code = await _own_code(request)
    data = await asyncio.to_thread(qr.png, profile.public_url(code))
    return _download(data, "image/png", f"{code}.png", is_inline=True)


@router.get("/qr.svg")
async def qr_svg(request: Request) -> Response:
    """The reader's own QR as SVG."""
    code = await _own_code(request)
    data = await asyncio.to_thread(qr.svg, profile.public_url(code))
    return _download(data, "image/svg+xml", f"{code}.svg", is_inline=True)


@router.get("/qr/{name}")
async def qr_of(name: str) -> Response:
    """The QR of any code, as `<code>.png` or `<code>.svg`: it holds nothing but the address of a public card."""
    code, _, ending = name.partition(".")
    if not codes.is_talent_code(code) or ending not in ("png", "svg") or len(code) > 16:
        raise NotFound("There is no such thing.")
    data = await asyncio.to_thread(qr.png if ending == "png" else qr.svg, profile.public_url(code))
    return _download(data, "image/png" if ending == "png" else "image/svg+xml", name, is_inline=True)


@router.get("/card.pdf")
async def card_pdf(request: Request, lang: Annotated[str, Query(max_length=5)] = "") -> Response:
    """The reader's own card as PDF, in the language asked for."""
    actor = await asyncio.to_thread(actor_of, request)
    locale = lang if lang in ("en", "fr") else actor.locale
    made = await asyncio.to_thread(card.own, actor, locale=locale)
    return _download(made.data, "application/pdf", made.name)


async def _own_code(request: Request) -> str:
    actor = await asyncio.to_thread(actor_of, request)
    return await ask(actor, profile.own_code)


def _download(data: bytes, media_type: str, name: str, *, is_inline: bool = False) -> Response:
    how = "inline" if is_inline else "attachment"
    headers = {
        "Content-Disposition": f'{how}; filename="{name}"',
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return Response(data, media_type=media_type, headers=headers)
