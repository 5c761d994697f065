"""Reading our cookies from a request's header."""

import re
from http.cookies import CookieError, SimpleCookie

from talento.settings import settings

VISITOR_ID = re.compile(r"[A-Za-z0-9_-]{32}")


def cookie_in(cookies: str, name: str) -> str:
    """One cookie's value; empty when absent."""
    try:
        found = SimpleCookie(cookies).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def visitor_cookie(is_https: bool) -> str:
    """The name of the cookie that ties a visitor's tabs, and draft, to the browser."""
    return "__Host-talento-visitor" if is_https else "talento-visitor"


def visitor_in(cookies: str, is_https: bool | None = None) -> str:
    """The visitor's id, or nothing when the cookie is absent or not of our making."""
    secure = settings().is_https if is_https is None else is_https
    value = cookie_in(cookies, visitor_cookie(secure))
    return value if VISITOR_ID.fullmatch(value) else ""
