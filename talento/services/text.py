"""What people type, made safe to store: nothing visible is lost."""

import re
import unicodedata
from urllib.parse import urlsplit, urlunsplit

from email_validator import EmailNotValidError, validate_email

from talento.errors import Invalid
from talento.settings import settings

# bidirectional overrides can make a name read as another one; people never type them
_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_SPACES = re.compile(r"[^\S\n]+")
_PLAIN_SPACES = re.compile(r"[ \t]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{2,59})")


def line(said: str) -> str:
    """One line: composed characters, single spaces, no control characters."""
    return " ".join(_clean(said).split())


def lines(said: str) -> str:
    """Several lines: as `line`, keeping line breaks and at most one blank line."""
    return _lines(said, _SPACES)


def prose(said: str) -> str:
    """As `lines`, for what is set with care: no-break spaces stay."""
    return _lines(said, _PLAIN_SPACES)


def address(said: str, *, field: str) -> str:
    """A web address people may follow: http or https, a public host, no password in it (`WEB-08`).

    Raises:
        Invalid: anything else, such as `javascript:`.
    """
    text = line(said)
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", text) or re.match(r"[^/]+\.[a-z]+:\d", text):
        text = f"https://{text.lstrip('/')}"
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode().lower()
        port = f":{parts.port}" if parts.port else ""
    except (UnicodeError, ValueError) as error:
        raise Invalid("This is not a web address.", field=field) from error
    if parts.scheme.lower() not in {"http", "https"} or "@" in parts.netloc or "\\" in text or " " in text:
        raise Invalid("Only addresses that start with https:// or http:// are accepted.", field=field)
    if not is_host(host):
        raise Invalid("This is not a web address.", field=field)
    return urlunsplit((parts.scheme.lower(), host + port, parts.path, parts.query, parts.fragment))


def email_address(said: str, *, field: str = "email") -> str:
    """An e-mail address, normalized and in lower case; checked without the network.

    Raises:
        Invalid: it is not one.
    """
    try:
        found = validate_email(said.strip(), check_deliverability=False, test_environment=settings().debug)
    except EmailNotValidError as error:
        raise Invalid("This does not look like an e-mail address.", field=field) from error
    return found.normalized.lower()


def is_host(said: str) -> bool:
    """Whether this could be the name of a public host, in lower case."""
    return _HOST.fullmatch(said) is not None


def _lines(said: str, spaces: re.Pattern[str]) -> str:
    kept = _clean(said.replace("\r\n", "\n").replace("\r", "\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(spaces.sub(" ", one).strip() for one in kept.split("\n"))).strip()


def _clean(said: str) -> str:
    composed = unicodedata.normalize("NFC", said).translate(_OVERRIDES)
    return "".join(c for c in composed if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})
