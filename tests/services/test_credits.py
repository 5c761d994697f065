"""Looking titles up: a real server on loopback answers well, badly, slowly or not at all; what is said is in words."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from talento import settings
from talento.errors import Forbidden, Invalid, TooMany, Unavailable
from talento.models.operations import AppSettings
from talento.services import credits
from talento.services.preferences import changes, registry
from talento.services.work import SYSTEM, VISITOR, look, run
from tests.factories import Cast

GOOD = {
    "Search": [
        {"Title": "Casablanca", "Year": "1942", "imdbID": "tt0034583", "Type": "movie", "Poster": "https://x/y.jpg"},
        {"Title": "Casablanca <b>Nights</b>", "Year": "2001–2003", "imdbID": "tt0000002", "Type": "series"},
        {"Title": "A game", "Year": "2010", "imdbID": "tt0000003", "Type": "game"},
        {"Title": "No number", "Year": "2010", "imdbID": "javascript:1", "Type": "movie"},
        {"Title": "", "imdbID": "tt0000004"},
        "nonsense",
    ],
    "Response": "True",
}

KEY = registry.OMDB_KEY.key

Answer = Callable[[BaseHTTPRequestHandler], None]


class Database:
    """A film database that answers as a test wishes, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.answer: Answer = said(200, json.dumps(GOOD))


def said(status: int, body: str | bytes, media_type: str = "application/json") -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        data = body.encode() if isinstance(body, str) else body
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch, db: str) -> Iterator[Database]:
    made = Database()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(parse_qs(urlsplit(self.path).query))
            made.answer(self)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("OMDB_URL", f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setenv("OMDB_API_KEY", "abc12345")
    settings.settings.cache_clear()
    yield made
    server.shutdown()
    server.server_close()
    monkeypatch.undo()
    settings.settings.cache_clear()


def test_titles_are_found_with_their_year_and_type(database: Database) -> None:
    found = credits.look_up(VISITOR, "  casablanca ")

    assert [(one.imdb_id, one.title, one.year, one.kind) for one in found] == [
        ("tt0034583", "Casablanca", 1942, "film"),
        ("tt0000002", "Casablanca <b>Nights</b>", 2001, "series"),
        ("tt0000003", "A game", 2010, ""),
    ]
    assert database.asked == [{"apikey": ["abc12345"], "s": ["casablanca"]}]


def test_nothing_found_is_said(database: Database) -> None:
    database.answer = said(200, json.dumps({"Response": "False", "Error": "Movie not found!"}))

    with pytest.raises(Invalid, match="Nothing with this title"):
        credits.look_up(VISITOR, "xyzzy")


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for longer than anybody waits."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (said(200, "<!doctype html><title>Error</title>", "text/html"), "can't be reached"),
        (said(200, "[1, 2]"), "can't be reached"),
        (said(200, '{"Search": '), "can't be reached"),
        (said(200, b"\xff\xfe\x00" * 9), "can't be reached"),
        (said(200, "x" * (credits.LARGEST + 10)), "can't be reached"),
        (said(500, "{}"), "can't be reached"),
        (said(302, "{}"), "can't be reached"),
        (said(401, '{"Error": "Invalid API key!"}'), "does not accept our key"),
        (lambda handler: handler.wfile.write(b"garbage\r\n\r\n"), "can't be reached"),
        (lambda handler: handler.connection.close(), "can't be reached"),
        (lambda handler: time.sleep(1.2), "takes too long"),
        (drip, "takes too long"),
    ],
    ids=["html", "a list", "cut off", "no text", "endless", "500", "302", "401", "no http", "hung up", "slow", "drop"],
)
@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_a_bad_answer_is_said_in_words_and_soon(
    database: Database, monkeypatch: pytest.MonkeyPatch, answer: Answer, words: str
) -> None:
    monkeypatch.setattr(credits, "SECONDS", 0.5)
    database.answer, began = answer, time.monotonic()

    with pytest.raises(Unavailable) as refusal:
        credits.look_up(VISITOR, "casablanca")

    assert words in refusal.value.text("en")
    assert refusal.value.text("fr") != refusal.value.text("en")
    assert time.monotonic() - began < 2


def test_a_number_inside_another_kind_of_answer_is_nothing_found(database: Database) -> None:
    database.answer = said(200, json.dumps({"Search": {"Title": "x"}}))

    with pytest.raises(Invalid):
        credits.look_up(VISITOR, "casablanca")


def test_without_a_key_nothing_is_asked(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMDB_API_KEY", "")
    settings.settings.cache_clear()

    assert not credits.is_ready()
    with pytest.raises(Unavailable):
        credits.look_up(VISITOR, "casablanca")
    assert database.asked == []


@pytest.mark.parametrize("title", ["", " ", "x", "\n"])
def test_too_short_a_title_is_refused_before_anything_is_asked(database: Database, title: str) -> None:
    with pytest.raises(Invalid):
        credits.look_up(VISITOR, title)
    assert database.asked == []


def test_one_place_asks_a_few_times_a_minute(database: Database, hands) -> None:
    for _ in range(20):
        credits.look_up(VISITOR, "casablanca")

    with pytest.raises(TooMany):
        credits.look_up(VISITOR, "casablanca")


def test_an_admins_key_is_sealed_and_wins(database: Database, cast: Cast) -> None:
    shown = run(cast.awa, changes.change, KEY, " secretkey99 ", revision=0)

    stored = look(SYSTEM, lambda work: work.get(AppSettings, KEY).value)
    assert "secretkey99" not in stored and "secretkey99" not in repr(shown)
    assert shown.source == "chosen"
    credits.try_out(cast.awa)
    assert database.asked[-1]["apikey"] == ["secretkey99"]
    assert run(cast.awa, changes.reset, KEY, revision=shown.revision).source == "environment"


@pytest.mark.parametrize("key", ["abc", "with space in it", "x" * 50, "<script>", "https://example.com/?apikey=1"])
def test_what_can_not_be_a_key_is_refused(database: Database, cast: Cast, key: str) -> None:
    with pytest.raises(Invalid):
        run(cast.awa, changes.change, KEY, key, revision=0)


def test_only_admins_try_the_key(database: Database, cast: Cast) -> None:
    for actor in (cast.youssef, cast.nadia, cast.zoe):
        with pytest.raises(Forbidden):
            credits.try_out(actor)
