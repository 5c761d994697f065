"""What somebody meets who is blocked: one short answer, whatever they ask for, and only where they really come from."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from talento.cli import main
from talento.edge.guard import Guard
from talento.edge.headers import Headers
from talento.edge.http import routes
from talento.services.preferences import changes
from talento.services.security import blocklist, blocks
from talento.services.work import look, run
from talento.settings import settings
from tests.factories import Cast
from tests.http.conftest import ADDRESS, OWN, is_problem, on_one, sign_in

BAD, GOOD = "203.0.113.7", "198.51.100.7"
From = Callable[..., TestClient]


@pytest.fixture
def calling(cast: Cast) -> From:
    """A browser at an address; `through` is the proxy that tells it."""

    def made(address: str, *, through: str = "", proxies: str = "", language: str = "en") -> TestClient:
        config = settings().model_copy(update={"trusted_proxies": proxies})
        headers = OWN | {"Accept-Language": language} | ({"X-Forwarded-For": address} if through else {})
        return TestClient(
            Guard(Headers(routes()), config=config),
            base_url=ADDRESS,
            headers=headers,
            client=(through or address, 50000),
            follow_redirects=False,
        )

    return made


@pytest.fixture
def blocked(cast: Cast) -> None:
    run(cast.awa, blocks.add, f"{BAD}/24", reason="guesses passwords")


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/readyz", "/metrics", "/mail/events", "/documents/card.pdf", "/_upload"]
)
def test_everything_is_refused_before_it_is_looked_at(calling: From, blocked: None, path: str) -> None:
    assert is_problem(calling(BAD).get(path), 403)
    assert is_problem(calling(BAD).post(path, content=b"x" * 10_000_000), 403)
    assert calling(GOOD).get(path).status_code != 403


def test_a_blocked_address_cannot_sign_in_and_others_can(calling: From, blocked: None) -> None:
    assert sign_in(calling(BAD), "youssef@agency.example.com").status_code == 403
    assert sign_in(calling(GOOD), "youssef@agency.example.com").status_code == 200


@on_one
def test_a_page_says_so_in_both_languages_and_whom_to_ask(calling: From, cast: Cast) -> None:
    run(cast.awa, changes.change, "contact_email", "help@agency.example.com", revision=0)
    run(cast.awa, blocks.add, BAD, reason="<b>secret</b>", hours=2)

    answer = calling(BAD).get("/", headers={"Accept": "text/html,*/*"})

    assert answer.status_code == 403
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    for said in ("Your network is blocked", "Votre réseau est bloqué", "help@agency.example.com", " UTC"):
        assert said in answer.text
    assert "secret" not in answer.text
    assert "Votre réseau" in calling(BAD, language="fr").get("/").json()["title"]


@on_one
def test_whoever_asks_whether_the_process_lives_is_told(calling: From, blocked: None) -> None:
    assert calling(BAD).get("/healthz").json() == {"status": "ok"}


@on_one
def test_an_address_counts_only_as_a_trusted_proxy_tells_it(calling: From, blocked: None) -> None:
    proxy = "192.0.2.1"

    assert calling(BAD, through=proxy, proxies=proxy).get("/sign-in").status_code == 403
    assert calling(GOOD, through=proxy, proxies=proxy).get("/healthz").status_code == 200
    assert calling(BAD, through=proxy).get("/healthz").status_code == 200, "said by somebody who is not trusted"
    assert calling(GOOD, through=BAD).get("/sign-in").status_code == 403, "a lie does not help the blocked"


@on_one
def test_a_handshake_is_refused(calling: From, blocked: None) -> None:
    token = "12345678-1234-4123-8123-123456789abc"
    address = f"/_event/?EIO=4&transport=websocket&token={token}"

    with pytest.raises(WebSocketDisconnect) as refused, calling(BAD).websocket_connect(address):
        pass

    assert refused.value.code == 1008
    assert blocklist.taken_count() == {"203.0.113.0/24": 1}


def test_the_operator_lets_in_who_shut_themselves_out(
    calling: From, blocked: None, cast: Cast, capsys: pytest.CaptureFixture
) -> None:
    main(["unblock", BAD])

    assert f"{BAD.rpartition('.')[0]}.0/24" in capsys.readouterr().out
    assert calling(BAD).get("/sign-in").status_code != 403
    for wrong in (["unblock"], ["unblock", BAD, "--all"], ["unblock", "--all"], ["unblock", "here"]):
        with pytest.raises(SystemExit):
            main(wrong)


@on_one
def test_requests_that_are_refused_are_counted_without_asking_the_database(
    calling: From, blocked: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = calling(BAD)
    with monkeypatch.context() as patched:
        patched.setattr("talento.services.database.engine", lambda: pytest.fail("the database was asked"))
        for _ in range(5):
            client.get("/sign-in")

    blocks.note_refused()
    assert [one.refused for one in look(cast.awa, blocks.listed)] == [5]
