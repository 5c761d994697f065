"""Titles of films and series, looked up in OMDb when an admin gave a key. Everything works without."""

import json
import logging
import re
from dataclasses import dataclass

import httpx

from talento import clock
from talento.errors import Invalid, Unavailable
from talento.services import preferences, throttle
from talento.services.preferences import registry
from talento.services.text import line
from talento.services.work import Actor, Work, look, run
from talento.settings import settings
from talento.vocabulary.casting import ProductionType
from talento.vocabulary.permissions import Permission

log = logging.getLogger(__name__)

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


def is_ready() -> bool:
    """Whether titles can be looked up."""
    return bool(preferences.secret(registry.OMDB_KEY))


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
    key = preferences.secret(registry.OMDB_KEY)
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
