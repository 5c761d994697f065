"""QR codes and cards to download."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from talento.edge.answers import actor_of
from talento.errors import NotFound
from talento.services import codes, dashboard, logs
from talento.services.documents import card, casting, comp_card, qr
from talento.services.documents.made import Made
from talento.services.logs import Filters
from talento.services.presence import access, exports
from talento.services.talents import profile
from talento.services.work import Work, ask

router = APIRouter(prefix="/documents", include_in_schema=False)

Lang = Annotated[str, Query(max_length=5)]
ProjectCode = Annotated[str, Path(max_length=20)]
Ending = Annotated[str, Path(max_length=8)]
Days = Annotated[int, Query(ge=1, le=366)]
Key = Annotated[int, Path(ge=1, le=2**31 - 1)]


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
    is_code = codes.is_talent_code(code) or codes.is_cinema_code(code)
    if not is_code or ending not in ("png", "svg") or len(code) > 16:
        raise NotFound("There is no such thing.")
    data = await asyncio.to_thread(qr.png if ending == "png" else qr.svg, profile.public_url(code))
    return _download(data, "image/png" if ending == "png" else "image/svg+xml", name, is_inline=True)


@router.get("/card.pdf")
async def card_pdf(request: Request, lang: Lang = "") -> Response:
    """The reader's own card as PDF, in the language asked for."""
    return await _made(request, card.own, lang=lang)


@router.get("/comp-card.pdf")
async def own_comp_card(request: Request, lang: Lang = "") -> Response:
    """The reader's own comp card."""
    return await _made(request, comp_card.own, lang=lang)


@router.get("/comp-card/{talent_id}.pdf")
async def comp_card_of(request: Request, talent_id: Key, lang: Lang = "") -> Response:
    """The comp card of a cinema talent, for casting teams."""
    return await _made(request, comp_card.of, talent_id, lang=lang)


@router.get("/my-badge/{assignment_id}.pdf")
async def my_badge(request: Request, assignment_id: Key, lang: Lang = "") -> Response:
    """The reader's own badge on a project."""
    return await _made(request, casting.badge, assignment_id, lang=lang, is_own=True)


@router.get("/badge/{assignment_id}.pdf")
async def badge(request: Request, assignment_id: Key, lang: Lang = "") -> Response:
    """One badge, for the team of its project."""
    return await _made(request, casting.badge, assignment_id, lang=lang)


@router.get("/projects/{project_id}/cast.pdf")
async def cast_pdf(request: Request, project_id: Key, lang: Lang = "") -> Response:
    """The cast list of a project, for its team."""
    return await _made(request, casting.cast, project_id, lang=lang)


@router.get("/projects/{project_id}/cast.xlsx")
async def cast_xlsx(request: Request, project_id: Key, lang: Lang = "") -> Response:
    """The same as a workbook."""
    return await _made(request, casting.cast, project_id, lang=lang, is_workbook=True)


@router.get("/presence/{code}/hours.{ending}")
async def hours(
    request: Request, code: ProjectCode, ending: Ending, first: date, last: date, lang: Lang = ""
) -> Response:
    """The hours of a project's period, for its desk and its team."""
    actor = await asyncio.to_thread(actor_of, request)
    project_id = await ask(actor, _project, code)
    locale = lang if lang in ("en", "fr") else actor.locale
    made = await asyncio.to_thread(
        exports.export, actor, project_id, first=first, last=last, ending=ending, locale=locale
    )
    return _download(made.data, made.media_type, made.name)


@router.get("/logs/{log}.csv")
async def log_entries(
    request: Request,
    log: Annotated[str, Path(max_length=20)],
    name: Annotated[str, Query(max_length=60)] = "",
    severity: Annotated[str, Query(max_length=10)] = "",
    who: Annotated[str, Query(max_length=200)] = "",
    of: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    ip: Annotated[str, Query(max_length=45)] = "",
    first: date | None = None,
    last: date | None = None,
) -> Response:
    """The entries of a log that answer to the filters, for admins."""
    actor = await asyncio.to_thread(actor_of, request)
    filters = logs.cleaned(Filters(name, severity, who, of, ip, first, last), log)
    made = await asyncio.to_thread(logs.export, actor, log, filters, locale=actor.locale)
    return _download(made.data, made.media_type, made.name)


@router.get("/dashboard.csv")
async def dashboard_figures(
    request: Request, days: Annotated[int, Query(ge=1, le=366)] = 30, lang: Lang = ""
) -> Response:
    """The charts of the dashboard as CSV, for admins."""
    actor = await asyncio.to_thread(actor_of, request)
    locale = lang if lang in ("en", "fr") else actor.locale
    made = await ask(actor, dashboard.export, days=days, locale=locale)
    return _download(made.data, made.media_type, made.name)


def _project(work: Work, code: str) -> int:
    return access.by_code(work, code).id or 0


async def _made(request: Request, make: Callable[..., Made], *arguments: int, lang: str, **options: bool) -> Response:
    """A document made for whoever asks, in the language asked for, else in theirs."""
    actor = await asyncio.to_thread(actor_of, request)
    locale = lang if lang in ("en", "fr") else actor.locale
    made = await asyncio.to_thread(make, actor, *arguments, locale=locale, **options)
    return _download(made.data, made.media_type, made.name)


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
