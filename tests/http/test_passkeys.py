"""Passkeys over HTTP: bound to the browser that was asked, the same answer for everybody, and nothing endless."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from talento.services.ceremonies import Question, Reply
from talento.services.preferences import changes, registry
from talento.services.work import run
from tests.authenticators import Authenticator, Key
from tests.conftest import Hands
from tests.factories import Cast
from tests.http.conftest import Open, entered, is_problem, on_one, sign_in
from tests.http.test_signing_in import YOUSSEF, is_signed_in

VISITORS = ("v" * 32, "w" * 32)
PATHS = ("sign-in", "code", "enroll", "confirm", "add")


def asked(client: TestClient, path: str) -> Question:
    """What the page is told to ask the authenticator."""
    answer = client.post(f"/auth/passkey/{path}/options")
    assert answer.headers["cache-control"] == "no-store"
    return Question(**answer.json())


def told(client: TestClient, path: str, reply: Reply, **more: Any) -> Response:
    """What the server says to the authenticator's answer."""
    sent = {"ticket": reply.ticket, "credential": reply.credential}
    return client.post(f"/auth/passkey/{path}", data=sent | more)


def with_passkey(client: TestClient) -> tuple[Authenticator, list[str]]:
    device = Authenticator()
    return device, told(client, "add", device.create(asked(client, "add"))).json()["codes"]


def visitor(opened: Open, holder: str = VISITORS[0]) -> TestClient:
    """A browser that has opened a page of the site."""
    client = opened()
    client.cookies.set("talento-visitor", holder)
    return client


def test_a_passkey_alone_signs_this_browser_in_and_the_former_session_out(opened: Open, cast: Cast) -> None:
    device, codes = with_passkey(entered(opened(), YOUSSEF))
    assert len(codes) == 10
    client = visitor(opened)
    entered(client, "zoe@agency.example.com")
    former = client.cookies["talento"]

    answer = told(client, "sign-in", device.get(asked(client, "sign-in")), next="/account", remember="on")

    assert answer.json() == {"next": "/account"}
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert is_signed_in(client)
    stale = opened()
    stale.cookies.set("talento", former)
    assert not is_signed_in(stale)


def test_a_browser_that_lost_its_cookies_is_asked_all_the_same(opened: Open, cast: Cast) -> None:
    device, _ = with_passkey(entered(opened(), YOUSSEF))
    client = opened()

    assert told(client, "sign-in", device.get(asked(client, "sign-in"))).json() == {"next": "/talents"}


def test_next_leads_nowhere_else(opened: Open, cast: Cast) -> None:
    device, _ = with_passkey(entered(opened(), YOUSSEF))
    client = visitor(opened)

    answer = told(client, "sign-in", device.get(asked(client, "sign-in")), next="//evil.example")

    assert answer.json() == {"next": "/talents"}


def test_another_browser_cannot_send_the_answer(opened: Open, cast: Cast) -> None:
    device, _ = with_passkey(entered(opened(), YOUSSEF))
    reply = device.get(asked(visitor(opened), "sign-in"))

    assert is_problem(told(visitor(opened, VISITORS[1]), "sign-in", reply), 422)
    assert is_problem(told(opened(), "sign-in", reply), 401)


def test_after_the_password_a_passkey_signs_in(opened: Open, cast: Cast) -> None:
    device, _ = with_passkey(entered(opened(), YOUSSEF))
    client = opened()
    assert sign_in(client, YOUSSEF).json() == {"next": "/sign-in/code"}

    answer = told(client, "code", device.get(asked(client, "code")), next="/account")

    assert answer.json() == {"next": "/account"}
    assert is_signed_in(client)
    assert "talento-entry" not in client.cookies


def test_who_must_have_a_second_factor_makes_a_passkey_on_the_way_in(opened: Open, cast: Cast) -> None:
    run(cast.awa, changes.change, registry.FACTOR_REQUIRED.key, "true", revision=0)
    client, device = opened(), Authenticator()
    assert sign_in(client, YOUSSEF).json() == {"next": "/sign-in/app"}

    answer = told(client, "enroll", device.create(asked(client, "enroll"))).json()

    assert (answer["next"], len(answer["codes"])) == ("/talents", 10)
    assert is_signed_in(client)
    assert sign_in(opened(), YOUSSEF).json() == {"next": "/sign-in/code"}


def test_a_passkey_is_a_fresh_proof(opened: Open, cast: Cast, hands: Hands) -> None:
    client = entered(opened(), YOUSSEF)
    assert client.post("/auth/passkey/confirm/options").json() == {}
    device, _ = with_passkey(client)
    hands.later(minutes=10)
    stale = client.post("/auth/passkey/add/options")
    assert is_problem(stale, 401)
    assert stale.json()["fresh"] is True

    assert told(client, "confirm", device.get(asked(client, "confirm"))).json() == {}

    assert client.post("/auth/passkey/add/options").status_code == 200


def test_the_same_answer_for_a_known_and_an_unknown_key(opened: Open, cast: Cast) -> None:
    device, _ = with_passkey(entered(opened(), YOUSSEF))
    known, unknown = visitor(opened), visitor(opened, VISITORS[1])

    forged = told(known, "sign-in", device.get(asked(known, "sign-in"), signer=Key()))
    stranger = told(unknown, "sign-in", device.get(asked(unknown, "sign-in"), key=Key(handle=b"h" * 16)))

    assert (forged.status_code, forged.json()) == (stranger.status_code, stranger.json())
    assert forged.headers.get_list("set-cookie") == stranger.headers.get_list("set-cookie")


def test_an_address_that_tries_too_often_waits_whether_or_not_it_is_right(opened: Open, cast: Cast) -> None:
    device, _ = with_passkey(entered(opened(), YOUSSEF))
    client = visitor(opened)
    answers = [told(client, "sign-in", Reply("x", "{}")).status_code for _ in range(21)]

    assert answers[-1] == 429
    assert is_problem(told(client, "sign-in", device.get(asked(client, "sign-in"))), 429)


@on_one
@pytest.mark.parametrize("path", PATHS)
def test_rubbish_an_endless_answer_and_another_site_get_nowhere(opened: Open, cast: Cast, path: str) -> None:
    client = visitor(opened)
    address = f"/auth/passkey/{path}"

    for sent in ({}, {"ticket": "x"}, {"credential": "{}"}, {"ticket": "\0", "credential": "\0"}):
        assert is_problem(client.post(address, data=sent), 401)
    assert is_problem(client.post(address, data={"credential": "x" * 17_000}), 422)
    for wrong in (address, f"{address}/options"):
        assert is_problem(opened(own=False).post(wrong, headers={"Origin": "https://evil.example"}), 403)


@on_one
@pytest.mark.parametrize("path", PATHS[1:])
def test_a_stranger_is_asked_for_nothing(opened: Open, cast: Cast, path: str) -> None:
    assert is_problem(opened().post(f"/auth/passkey/{path}/options"), 401)
