"""Titles of films and series, looked up in OMDb when an admin gave a key. Everything works without."""

import json
import logging
import re
from dataclasses import dataclass

import httpx

from talento import clock
from talento.errors import Invalid, Unavailable
from talento.models.operations import AppSettings
from talento.services import audit, encryption, throttle
from talento.services.text import line
from talento.services.wording import masked
from talento.services.work import Actor, Work, look, run
from talento.settings import settings
from talento.vocabulary.casting import ProductionType
from talento.vocabulary.permissions import Permission

log = logging.getLogger(__name__)

NAME = "omdb_api_key"
SECONDS = 4.0
LARGEST = 256 * 1024
MOST = 6
_KINDS = {"movie": ProductionType.FILM, "series": ProductionType.SERIES}


@dataclass(frozen=True, slots=True)
class Found:
    """A title that was found. `kind`: a slug of `ProductionType`, or empty."""

    imdb_id: str
    title: str
    year: int
    kind: str


@dataclass(frozen=True, slots=True)
class Service:
    """How the look-up is set up, for admins: never the key itself."""

    is_ready: bool
    shown_key: str
    is_from_environment: bool


def is_ready(work: Work) -> bool:
    """Whether titles can be looked up."""
    return bool(_key(work))


def service(work: Work) -> Service:
    """How it is set up."""
    work.require(Permission.ADMINISTER)
    key = _key(work)
    return Service(bool(key), masked(key) if key else "", bool(key) and not _kept(work))


def keep_key(work: Work, key: str) -> None:
    """Keep the key an admin gave, sealed; an empty one is forgotten.

    Raises:
        Invalid: this can't be a key.
    """
    work.require(Permission.ADMINISTER)
    given = line(key)
    if given and not re.fullmatch(r"[A-Za-z0-9]{6,40}", given):
        raise Invalid("An OMDb key has 6 to 40 letters and digits.", field="omdb_key")
    row = work.session.get(AppSettings, NAME, with_for_update=True)
    if row is None:
        row = AppSettings(key=NAME, updated_at=work.now)
        work.session.add(row)
    row.value = encryption.keyring().seal(json.dumps(given), "app_settings", NAME) if given else ""
    row.updated_at, row.updated_by = work.now, work.actor.user_id
    audit.security(work, "setting_changed", setting=NAME, is_set=bool(given))


def look_up(actor: Actor, title: str) -> list[Found]:
    """Films and series whose title is like this, best first.

    Raises:
        Invalid: no title, or nothing is called so.
        Unavailable: the service is not set up, away, slow, or answers nonsense; in words.
        TooMany: too many look-ups from one place.
    """
    wanted = line(title)[:100]
    if len(wanted) < 2:
        raise Invalid("Write at least two letters of the title.", field="title")
    run(actor, _admit)
    key = look(actor, _key)
    if not key:
        raise Unavailable("Titles can't be looked up here. Please type the credit.")
    answer = _asked(key, wanted)
    found = [one for one in map(_read, answer) if one is not None]
    if not found:
        raise Invalid("Nothing with this title was found. You can type the credit yourself.", field="title")
    return found[:MOST]


def try_out(actor: Actor) -> None:
    """Ask one question with the key that is kept.

    Raises:
        Refusal: what is wrong, in words.
    """
    look(actor, lambda work: work.require(Permission.ADMINISTER))
    look_up(actor, "Casablanca")


def _admit(work: Work) -> None:
    throttle.spend(work, throttle.FORMS, f"credits:{throttle.place(work)}")


def _key(work: Work) -> str:
    return _kept(work) or settings().omdb_api_key


def _kept(work: Work) -> str:
    row = work.session.get(AppSettings, NAME)
    if row is None or not row.value:
        return ""
    return str(json.loads(encryption.keyring().open(row.value, "app_settings", NAME)))


def _asked(key: str, title: str) -> list[dict[str, object]]:
    """What the service answers, read as strictly as a stranger's."""
    try:
        with (
            httpx.Client(timeout=SECONDS, follow_redirects=False) as client,
            client.stream(
                "GET", settings().omdb_url, params={"apikey": key, "s": title}, headers={"Accept": "application/json"}
            ) as answer,
        ):
            body, until = b"", clock.monotonic() + SECONDS
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > LARGEST:
                    raise ValueError("too long")
                if clock.monotonic() > until:
                    raise httpx.ReadTimeout("drop by drop")
            status = answer.status_code
        if status in (401, 403):
            raise Unavailable("The film database does not accept our key. Please type the credit.")
        if status != 200:
            raise ValueError(f"status {status}")
        said = json.loads(body)
        if not isinstance(said, dict):
            raise ValueError("not an object")
    except httpx.TimeoutException as error:
        raise Unavailable("The film database takes too long. Please type the credit.") from error
    except (httpx.HTTPError, ValueError) as error:
        log.warning("the film database answers nonsense: %s", type(error).__name__)
        raise Unavailable("The film database can't be reached. Please type the credit.") from error
    results = said.get("Search")
    return [one for one in results if isinstance(one, dict)] if isinstance(results, list) else []


def _read(one: dict[str, object]) -> Found | None:
    imdb_id, title = str(one.get("imdbID", "")), line(str(one.get("Title", "")))[:200]
    if not re.fullmatch(r"tt[0-9]{1,12}", imdb_id) or not title:
        return None
    year = re.match(r"[0-9]{4}", str(one.get("Year", "")))
    kind = _KINDS.get(str(one.get("Type", "")))
    return Found(imdb_id, title, int(year[0]) if year else 0, kind.value if kind else "")
