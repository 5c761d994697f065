"""Which tablet asks: the cookie that pairing set, or a header for machines."""

from dataclasses import replace
from datetime import datetime

from fastapi import Request
from fastapi.responses import Response

from talento import clock
from talento.edge.answers import actor_of, locale_of, own_script
from talento.services.cookies import cookie_in
from talento.services.presence import access, pairing
from talento.services.work import VISITOR, Actor, look
from talento.settings import settings
from talento.vocabulary.permissions import Permission

SCHEME = "device "


def keeper(request: Request, code: str, *, is_sending: bool = False) -> Actor:
    """Who keeps a desk: whoever is signed in, if they may; else the tablet that this browser is.

    Raises:
        Unauthorized: neither; `Ended` when the tablet is to forget what it holds.
    """
    person = actor_of(request)
    said, token = _in_header(request), in_cookie(request)
    if not said and person.user_id is not None and (not token or _keeps(person, code)):
        return person
    return tablet(request, is_sending=is_sending)


def tablet(request: Request, *, is_sending: bool = False) -> Actor:
    """The tablet that this browser is.

    Raises:
        Unauthorized: it is none.
    """
    person = actor_of(request)
    browser = replace(VISITOR, locale=locale_of(request), ip=person.ip, agent=person.agent)
    token = _in_header(request) or in_cookie(request)
    if not token:
        raise pairing.unpaired(browser)
    return pairing.holder(browser, token, waiting=_waiting(request), is_sending=is_sending)


def from_the_desk(request: Request) -> None:
    """Let our own script through, and machines, whose header no browser adds by itself.

    Raises:
        Forbidden: another site sent this.
    """
    if not _in_header(request):
        own_script(request)


def remember(answer: Response, token: str, until: datetime) -> None:
    """Let the browser keep its token for as long as it is good."""
    lasts = max(0, int((until - clock.now()).total_seconds()))
    answer.set_cookie(
        pairing.COOKIE, token, max_age=lasts, path="/", secure=settings().is_https, httponly=True, samesite="lax"
    )


def _keeps(person: Actor, code: str) -> bool:
    return person.can(Permission.RECORD_PRESENCE) and look(person, access.is_theirs, code)


def in_cookie(request: Request) -> str:
    """The token in the browser's cookie; empty when there is none."""
    return cookie_in(request.headers.get("cookie", ""), pairing.COOKIE)


def _in_header(request: Request) -> str:
    said = request.headers.get("authorization", "")
    return said[len(SCHEME) :].strip() if said[: len(SCHEME)].lower() == SCHEME else ""


def _waiting(request: Request) -> int | None:
    said = request.headers.get("x-waiting", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 8 else None
