"""Sign-in, sign-out and passwords: plain HTTP, because only an HTTP answer can set an HttpOnly cookie (`S1`)."""

import asyncio
import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from talento.edge.answers import actor_of, own_script, same_origin, token_of
from talento.edge.binding import cookie_in
from talento.i18n import phrase, say
from talento.services import accounts, sessions
from talento.services.work import ask, perform
from talento.settings import settings
from talento.vocabulary.permissions import Role

router = APIRouter(prefix="/auth", include_in_schema=False)

DEVICE = "__Host-talento-device" if settings().is_https else "talento-device"
YEAR = timedelta(days=365)
HOME = {Role.ADMIN: "/talents", Role.RECRUITER: "/talents", Role.PRESENCE: "/presence", Role.USER: "/profile"}

Text = Annotated[str, Form(max_length=2000)]


@router.post("/sign-in", dependencies=[Depends(own_script)])
async def sign_in(
    request: Request, identifier: Text = "", password: Text = "", remember: Text = "", next: Text = ""
) -> Response:
    """Set the session cookie, or say that something is not right."""
    actor = await asyncio.to_thread(actor_of, request)
    signed = await asyncio.to_thread(
        accounts.sign_in,
        actor,
        identifier=identifier,
        password=password,
        is_remembered=bool(remember),
        device=cookie_in(request.headers.get("cookie", ""), DEVICE),
    )
    await perform(actor, sessions.end, token_of(request))
    return _entered(signed, next)


@router.post("/sign-out", dependencies=[Depends(same_origin)])
async def sign_out(request: Request) -> Response:
    """End the session and forget its cookie; open tabs are refused at their next event."""
    actor = await asyncio.to_thread(actor_of, request)
    await perform(actor, accounts.sign_out, token_of(request))
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(sessions.COOKIE, path="/", secure=settings().is_https, httponly=True, samesite="lax")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@router.post("/forgot", dependencies=[Depends(own_script)])
async def forgot(request: Request, identifier: Text = "") -> Response:
    """Mail a link if there is such an account; the answer is the same if not (`AU-06`)."""
    actor = await asyncio.to_thread(actor_of, request)
    await perform(actor, accounts.request_reset, identifier=identifier)
    sentence = phrase("If an account answers to this, a link is on its way. Look in your mail.")
    return JSONResponse({"message": say(actor.locale, sentence)})


@router.post("/password", dependencies=[Depends(own_script)])
async def choose_password(request: Request, token: Text = "", password: Text = "") -> Response:
    """Set a password with a single-use link, then sign its owner in."""
    actor = await asyncio.to_thread(actor_of, request)
    owner = await ask(actor, accounts.link_owner, token)
    await asyncio.to_thread(accounts.set_password, actor, token=token, password=password)
    signed = await asyncio.to_thread(accounts.sign_in, actor, identifier=owner.email, password=password)
    return _entered(signed, "")


@router.post("/change-password", dependencies=[Depends(own_script)])
async def change_password(request: Request, current: Text = "", new: Text = "") -> Response:
    """Replace the reader's own password."""
    actor = await asyncio.to_thread(actor_of, request)
    await asyncio.to_thread(accounts.change_password, actor, current=current, new=new)
    return JSONResponse({"message": say(actor.locale, "Your password was changed. Other devices were signed out.")})


def _entered(signed: accounts.SignedIn, wanted: str) -> Response:
    answer = JSONResponse({"next": inside(wanted) or HOME[signed.role]})
    lasts = int(signed.lasts.total_seconds()) if signed.lasts else None
    cookie = {"path": "/", "secure": settings().is_https, "httponly": True, "samesite": "lax"}
    answer.set_cookie(sessions.COOKIE, signed.token, max_age=lasts, **cookie)  # type: ignore[arg-type]
    answer.set_cookie(DEVICE, signed.device, max_age=int(YEAR.total_seconds()), **cookie)  # type: ignore[arg-type]
    return answer


def inside(target: str) -> str:
    """`target` when it is a path of this site, else nothing (`WEB-07`)."""
    said = unquote(target)
    is_path = re.fullmatch(r"/(?![/\\])[^\\\x00-\x20\x7f]*", said) and re.fullmatch(r"/[!-~]*", target)
    return target if is_path and "://" not in said.split("?")[0] else ""
