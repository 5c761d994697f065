"""Passkeys over HTTP: for each thing they do, what to ask the authenticator, and what to do with its answer."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, Response

from talento.edge.answers import actor_of, own_script, token_of, visitor_of
from talento.edge.auth import Text, entered, entry_of, shown
from talento.edge.binding import new_visitor, visitor_in
from talento.services import accounts, entry, passkeys, sessions
from talento.services.ceremonies import Reply
from talento.services.work import ask, perform
from talento.settings import settings

router = APIRouter(prefix="/auth/passkey", include_in_schema=False, dependencies=[Depends(own_script)])

Credential = Annotated[str, Form(max_length=16_000)]


def _reply(ticket: Text = "", credential: Credential = "") -> Reply:
    return Reply(ticket, credential)


Replied = Annotated[Reply, Depends(_reply)]


@router.post("/sign-in/options")
async def to_sign_in(request: Request) -> Response:
    """Ask a visitor for whichever passkey their device holds; the answer is the same for everybody.

    A page that the browser had kept came without the cookie that names the visitor: here it is.
    """
    actor = await asyncio.to_thread(actor_of, request)
    known = visitor_of(request)
    cookie = "" if known else new_visitor(settings().is_https)
    answer = shown(await ask(actor, entry.to_sign_in, known or visitor_in(cookie)))
    if cookie:
        answer.headers.append("Set-Cookie", cookie)
    return answer


@router.post("/sign-in")
async def sign_in(request: Request, reply: Replied, remember: Text = "", next: Text = "") -> Response:
    """Set the session cookie for a passkey alone."""
    actor = await asyncio.to_thread(actor_of, request)
    visitor, is_remembered = visitor_of(request), bool(remember)
    signed = await asyncio.to_thread(entry.sign_in, actor, visitor=visitor, reply=reply, is_remembered=is_remembered)
    await perform(actor, sessions.end, token_of(request))
    return entered(signed, next)


@router.post("/code/options")
async def to_answer(request: Request) -> Response:
    """Ask for a passkey after the password."""
    actor = await asyncio.to_thread(actor_of, request)
    return shown(await ask(actor, entry.to_answer, entry_of(request)))


@router.post("/code")
async def answer(request: Request, reply: Replied, next: Text = "") -> Response:
    """Set the session cookie for a passkey after the password."""
    actor = await asyncio.to_thread(actor_of, request)
    token = entry_of(request)
    return entered(await asyncio.to_thread(entry.answer_with_passkey, actor, token=token, reply=reply), next)


@router.post("/enroll/options")
async def to_enroll(request: Request) -> Response:
    """Have a passkey made by somebody who must have a second factor to sign in."""
    actor = await asyncio.to_thread(actor_of, request)
    return shown(await ask(actor, entry.to_enroll, entry_of(request)))


@router.post("/enroll")
async def enroll(request: Request, reply: Replied, next: Text = "") -> Response:
    """Set the session cookie for that passkey, and show the recovery codes."""
    actor = await asyncio.to_thread(actor_of, request)
    signed, codes = await asyncio.to_thread(entry.enroll_passkey, actor, token=entry_of(request), reply=reply)
    return entered(signed, next, codes=codes)


@router.post("/confirm/options")
async def to_confirm(request: Request) -> Response:
    """Ask somebody who is signed in for one of their passkeys; nothing is asked of who has none."""
    asked = await ask(await asyncio.to_thread(actor_of, request), accounts.to_confirm)
    return shown(asked) if asked else JSONResponse({})


@router.post("/confirm")
async def confirm(request: Request, reply: Replied) -> Response:
    """Let somebody who is signed in prove again that it is them."""
    await asyncio.to_thread(accounts.confirm_with_passkey, await asyncio.to_thread(actor_of, request), reply=reply)
    return JSONResponse({})


@router.post("/add/options")
async def to_add(request: Request) -> Response:
    """Have a passkey made by somebody who is signed in."""
    return shown(await ask(await asyncio.to_thread(actor_of, request), passkeys.to_add))


@router.post("/add")
async def add(request: Request, reply: Replied) -> Response:
    """Keep that passkey, and show the recovery codes if it is the first second factor."""
    actor = await asyncio.to_thread(actor_of, request)
    return JSONResponse({"codes": await asyncio.to_thread(passkeys.add, actor, reply=reply)})
