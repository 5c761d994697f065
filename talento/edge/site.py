"""What the settings say of the site outside of its pages: the brand's shades, and whether crawlers are welcome."""

import hashlib

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from talento.edge.files import SANDBOX
from talento.services import site
from talento.services.preferences import registry, value
from talento.services.work import VISITOR, ask

router = APIRouter(include_in_schema=False)

PRIVATE = ("/admin", "/account", "/profile", "/answer", "/consent", "/password")
"""Pages that no crawler could open anyway, or that belong to whoever holds a link."""


@router.get("/site.css")
async def brand(request: Request) -> Response:
    """The brand's shades, before the page's scripts run."""
    css = site.brand_css()
    tag = f'"{hashlib.sha256(css.encode()).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(css, media_type="text/css", headers=headers)


@router.get("/site/logo/{file_id}")
async def logo(file_id: str) -> Response:
    """The logo of every page; its address changes with it."""
    picture = await ask(VISITOR, site.logo, file_id)
    headers = {"Cache-Control": "public, max-age=86400, immutable", "Content-Security-Policy": SANDBOX}
    return Response(picture.data, media_type=picture.media_type, headers=headers)


@router.get("/robots.txt")
async def robots() -> Response:
    """Where crawlers may go."""
    closed = PRIVATE if value(registry.FINDABLE) else ("/",)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return PlainTextResponse("\n".join(lines) + "\n", headers={"Cache-Control": "no-cache"})
