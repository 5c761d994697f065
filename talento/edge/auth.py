"""Sign-in, sign-out and passwords: plain HTTP, because only an HTTP answer can set an HttpOnly cookie (`S1`)."""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Annotated, ParamSpec, TypeVar
from urllib.parse import quote, unquote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from talento.edge.answers import actor_of, own_script, same_origin, token_of
from talento.edge.binding import cookie_in
from talento.i18n import phrase, say
from talento.services import accounts, entry, factors, sessions
from talento.services.ceremonies import Question
from talento.services.factors import Enrollment
from talento.services.turns import PLACES
from talento.services.work import ask, perform
from talento.settings import settings
from talento.vocabulary.permissions import Role

router = APIRouter(prefix="/auth", include_in_schema=False)

COOKIE = {"path": "/", "secure": settings().is_https, "httponly": True, "samesite": "lax"}
YEAR = timedelta(days=365)
HOME = {Role.ADMIN: "/admin", Role.RECRUITER: "/talents", Role.PRESENCE: "/presence", Role.USER: "/profile"}

P = ParamSpec("P")
R = TypeVar("R")

_LINE = ThreadPoolExecutor(sum(PLACES.values()) + 10, "password")

Text = Annotated[str, Form(max_length=2000)]


@router.post("/sign-in", dependencies=[Depends(own_script)])
async def sign_in(
    request: Request, identifier: Text = "", password: Text = "", remember: Text = "", next: Text = ""
) -> Response:
    """Set the session cookie, or say that something is not right."""
    actor = await asyncio.to_thread(actor_of, request)
    signed = await _in_line(
        accounts.sign_in, actor, identifier=identifier, password=password, is_remembered=bool(remember)
    )
    await perform(actor, sessions.end, token_of(request))
    return _answered(signed, next)


@router.post("/code", dependencies=[Depends(own_script)])
async def second_step(request: Request, code: Text = "", next: Text = "") -> Response:
    """Set the session cookie of somebody whose password was right, for a code of their second factor."""
    actor = await asyncio.to_thread(actor_of, request)
    return entered(await asyncio.to_thread(entry.answer, actor, token=entry_of(request), code=code), next)


@router.post("/enroll", dependencies=[Depends(own_script)])
async def first_app(request: Request) -> Response:
    """What an app needs, for somebody who must have one to sign in."""
    actor = await asyncio.to_thread(actor_of, request)
    return shown(await perform(actor, entry.enroll, entry_of(request)))


@router.post("/enroll/confirm", dependencies=[Depends(own_script)])
async def first_code(request: Request, code: Text = "", next: Text = "") -> Response:
    """Set the session cookie for the first code of that app, and show the recovery codes."""
    actor = await asyncio.to_thread(actor_of, request)
    signed, codes = await asyncio.to_thread(entry.turn_on, actor, token=entry_of(request), code=code)
    return entered(signed, next, codes=codes)


@router.post("/confirm", dependencies=[Depends(own_script)])
async def confirm(request: Request, proof: Text = "") -> Response:
    """Let somebody who is signed in prove again that it is them."""
    actor = await asyncio.to_thread(actor_of, request)
    await _in_line(accounts.confirm, actor, proof=proof)
    return JSONResponse({})


@router.post("/fresh", dependencies=[Depends(own_script)])
async def is_fresh(request: Request) -> Response:
    """Whether the reader proved moments ago who they are: asked before a download that needs it."""
    await ask(await asyncio.to_thread(actor_of, request), accounts.is_fresh)
    return JSONResponse({})


@router.post("/factor", dependencies=[Depends(own_script)])
async def another_app(request: Request) -> Response:
    """What an app needs to be the reader's second factor."""
    return shown(await perform(await asyncio.to_thread(actor_of, request), factors.enroll))


@router.post("/factor/confirm", dependencies=[Depends(own_script)])
async def turn_factor_on(request: Request, code: Text = "") -> Response:
    """Make that app the second factor, and show the recovery codes."""
    actor = await asyncio.to_thread(actor_of, request)
    return JSONResponse({"codes": await asyncio.to_thread(factors.turn_on, actor, code=code)})


@router.post("/factor/off", dependencies=[Depends(own_script)])
async def turn_factor_off(request: Request) -> Response:
    """Do without the app."""
    await perform(await asyncio.to_thread(actor_of, request), factors.drop_app)
    return JSONResponse({})


@router.post("/factor/codes", dependencies=[Depends(own_script)])
async def renew_codes(request: Request) -> Response:
    """New recovery codes."""
    return JSONResponse({"codes": await perform(await asyncio.to_thread(actor_of, request), factors.renew)})


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
    await _in_line(accounts.set_password, actor, token=token, password=password)
    signed = await _in_line(accounts.sign_in, actor, identifier=owner.email, password=password)
    return _answered(signed, "")


@router.post("/change-password", dependencies=[Depends(own_script)])
async def change_password(request: Request, current: Text = "", new: Text = "") -> Response:
    """Replace the reader's own password."""
    actor = await asyncio.to_thread(actor_of, request)
    await _in_line(accounts.change_password, actor, current=current, new=new)
    return JSONResponse({"message": say(actor.locale, "Your password was changed. Other devices were signed out.")})


async def _in_line(action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do what waits for its turn with a password, in threads of its own: nothing else stands in that line."""
    return await asyncio.get_running_loop().run_in_executor(_LINE, partial(action, *args, **kwargs))


def _answered(signed: entry.SignedIn | entry.Asked, wanted: str) -> Response:
    return _asked(signed, wanted) if isinstance(signed, entry.Asked) else entered(signed, wanted)


def _asked(asked: entry.Asked, wanted: str) -> Response:
    page = "/sign-in/app" if asked.must_enroll else "/sign-in/code"
    answer = JSONResponse({"next": f"{page}?next={quote(inside(wanted))}" if inside(wanted) else page})
    answer.set_cookie(entry.COOKIE, asked.token, max_age=int(entry.LASTS.total_seconds()), **COOKIE)  # type: ignore[arg-type]
    return answer


def entered(signed: entry.SignedIn, wanted: str, **more: list[str]) -> Response:
    """Set the session cookie, and say where to go."""
    answer = JSONResponse({"next": inside(wanted) or HOME[signed.role]} | more)
    lasts = int(signed.lasts.total_seconds()) if signed.lasts else None
    answer.set_cookie(sessions.COOKIE, signed.token, max_age=lasts, **COOKIE)  # type: ignore[arg-type]
    answer.set_cookie(entry.DEVICE, signed.device, max_age=int(YEAR.total_seconds()), **COOKIE)  # type: ignore[arg-type]
    answer.delete_cookie(entry.COOKIE, **COOKIE)  # type: ignore[arg-type]
    return answer


def shown(asked: Enrollment | Question) -> Response:
    """What somebody's device needs; for their eyes only."""
    return JSONResponse(asdict(asked), headers={"Cache-Control": "no-store"})


def entry_of(request: Request) -> str:
    """The token of a browser whose password was right."""
    return cookie_in(request.headers.get("cookie", ""), entry.COOKIE)


def inside(target: str) -> str:
    """`target` when it is a path of this site, else nothing (`WEB-07`)."""
    said = unquote(target)
    is_path = re.fullmatch(r"/(?![/\\])[^\\\x00-\x20\x7f]*", said) and re.fullmatch(r"/[!-~]*", target)
    return target if is_path and "://" not in said.split("?")[0] else ""
