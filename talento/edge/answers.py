"""What our own HTTP routes share: who asks, in which language, and how a refusal is told."""

import logging
import secrets
from dataclasses import replace

from fastapi import Request
from fastapi.responses import JSONResponse

from talento import i18n
from talento.edge.binding import cookie_in, visitor_in
from talento.errors import Forbidden, InvalidForm, NotFresh, Refusal, TooMany
from talento.i18n import phrase, say
from talento.services import entry, sessions
from talento.services.presence import pairing
from talento.services.work import Actor
from talento.settings import settings

log = logging.getLogger(__name__)

OWN_HEADER = "x-talento"


def actor_of(request: Request) -> Actor:
    """Who asks: the session cookie's holder, or a visitor."""
    ip = request.client.host if request.client else ""
    agent = request.headers.get("user-agent", "")[:200]
    found = sessions.actor(token_of(request), ip, agent)
    locale = found.locale if found.user_id else locale_of(request)
    browser = cookie_in(request.headers.get("cookie", ""), entry.DEVICE)
    return replace(found, locale=locale, ip=ip, agent=agent, browser=browser)


def token_of(request: Request) -> str | None:
    """The session token."""
    return sessions.token_in(request.headers.get("cookie", ""))


def visitor_of(request: Request) -> str:
    """The cookie that holds this browser's draft; empty when there is none."""
    return visitor_in(request.headers.get("cookie", ""), settings().is_https)


def locale_of(request: Request) -> str:
    """The language this browser reads."""
    return i18n.negotiate(request.cookies.get(i18n.COOKIE, ""), request.headers.get("accept-language", ""))


def same_origin(request: Request) -> None:
    """Let only our own pages through (`WEB-09`).

    Raises:
        Forbidden: another site sent this.
    """
    origin = request.headers.get("origin")
    fetched_from = request.headers.get("sec-fetch-site", "same-origin")
    if fetched_from not in ("same-origin", "none") or (origin is not None and origin not in settings().origins):
        raise Forbidden("This request came from another site.")


def own_script(request: Request) -> None:
    """As `same_origin`, and sent by our own script: a plain form of another site can't add a header."""
    same_origin(request)
    if OWN_HEADER not in request.headers:
        raise Forbidden("This request came from another site.")


def refused(request: Request, refusal: Refusal) -> JSONResponse:
    """A refusal as `application/problem+json` in the reader's language (RFC 9457)."""
    locale = actor_locale(request)
    body: dict[str, object] = {
        "type": "about:blank",
        "title": _TITLES.get(refusal.status, "Refused"),
        "status": refusal.status,
        "detail": refusal.text(locale),
    }
    if isinstance(refusal, InvalidForm):
        body["errors"] = [{"field": name, "detail": text} for name, text in refusal.texts(locale).items()]
    elif isinstance(refusal, pairing.Ended):
        body["wipe"] = True
    elif isinstance(refusal, NotFresh):
        body["fresh"] = True
    elif refusal.field:
        body["errors"] = [{"field": refusal.field, "detail": refusal.text(locale)}]
    headers = {"Cache-Control": "no-store"}
    if isinstance(refusal, TooMany):
        headers["Retry-After"] = str(refusal.retry_after)
    answer = JSONResponse(body, refusal.status, headers, media_type="application/problem+json")
    if isinstance(refusal, pairing.Ended):
        answer.delete_cookie(pairing.COOKIE, path="/", secure=settings().is_https, httponly=True, samesite="lax")
    return answer


def failed(request: Request, error: Exception) -> JSONResponse:
    """An unexpected failure: logged with a number, which is all the reader learns."""
    incident = secrets.token_hex(4)
    log.error("incident %s at %s", incident, request.url.path, exc_info=error)
    sentence = phrase("Something went wrong on our side. Please try again; if it stays, quote {incident}.")
    detail = say(actor_locale(request), sentence, incident=incident)
    body = {"type": "about:blank", "title": "Internal error", "status": 500, "detail": detail}
    return JSONResponse(body, 500, {"Cache-Control": "no-store"}, media_type="application/problem+json")


def actor_locale(request: Request) -> str:
    """The language of the account if somebody is signed in, else of the browser."""
    found = sessions.cached(token_of(request))
    return found.locale if found and found.user_id else locale_of(request)


_TITLES = {
    400: "Bad request",
    401: "Sign in first",
    403: "Forbidden",
    404: "Not found",
    409: "Conflict",
    413: "Too large",
    422: "Not acceptable",
    429: "Too many requests",
    503: "Unavailable",
}
