"""Whoever is blocked: answered with one short page before anything else is done for them, and hung up on."""

from datetime import UTC, datetime
from html import escape
from http import HTTPStatus

from starlette.types import Scope, Send

from talento.edge.binding import cookie_in
from talento.edge.network import header
from talento.edge.problem import Headers, refuse
from talento.edge.sockets import crowds
from talento.i18n import COOKIE, LANGUAGES, negotiate, phrase, say
from talento.services import preferences
from talento.services.preferences import registry
from talento.services.security import blocklist

OPEN = frozenset({"/healthz"})
"""What costs nothing, and tells the machines in front of us that we are well."""

TITLE = phrase("Your network is blocked")
UNTIL = phrase("Requests from your network address are refused until {when} UTC.")
REFUSED = phrase("Requests from your network address are refused.")
ASK = phrase("If you think this is a mistake, write to {contact}.")
ASK_SOMEBODY = phrase("If you think this is a mistake, tell those who run this site.")

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}"
    "section+section{margin-top:2rem}h1{font-size:1.25rem}"
)


def is_shut(scope: Scope, address: str) -> bool:
    """Whether this request, or handshake, is refused because of where it comes from."""
    return blocklist.is_blocked(address) and scope["path"] not in OPEN


async def turn_away(scope: Scope, send: Send, address: str) -> None:
    """Refuse a handshake or a request, and count it."""
    blocklist.count(address)
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    ends = blocklist.ends(address)
    if "text/html" in header(scope, b"accept"):
        await _page(send, ends)
    else:
        locale = negotiate(cookie_in(header(scope, b"cookie"), COOKIE), header(scope, b"accept-language"))
        await refuse(send, 403, say(locale, TITLE), " ".join(_sentences(locale, ends)))


def heard(changes: list[tuple[str, int]]) -> None:
    """Hang up on those who were blocked just now: a listener of the feed, after the one that reads the blocks."""
    if any(topic == blocklist.TOPIC for topic, _ in changes):
        for crowd in list(crowds):
            crowd.hang_up_on(blocklist.is_blocked)


async def _page(send: Send, ends: float | None) -> None:
    sections = "".join(
        f'<section lang="{one}"><h1>{escape(say(one, TITLE))}</h1><p>{escape(" ".join(_sentences(one, ends)))}</p>'
        "</section>"
        for one in LANGUAGES
    )
    body = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta name="robots" content="noindex"><title>{escape(say("en", TITLE))}</title><style>{STYLE}</style>'
        f"<main>{sections}</main></html>"
    ).encode()
    headers: Headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": HTTPStatus.FORBIDDEN, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _sentences(locale: str, ends: float | None) -> list[str]:
    contact = preferences.known(registry.CONTACT_EMAIL)
    until = None if ends in (None, blocklist.FOREVER) else datetime.fromtimestamp(ends or 0, UTC)
    return [
        say(locale, UNTIL, when=f"{until:%Y-%m-%d %H:%M}") if until else say(locale, REFUSED),
        say(locale, ASK, contact=contact) if contact else say(locale, ASK_SOMEBODY),
    ]
