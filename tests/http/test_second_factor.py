"""The second step over HTTP: its cookie opens nothing, is this browser's alone, and goes when it has been used."""

from base64 import b32decode

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from fastapi.testclient import TestClient

from talento import clock
from talento.services import accounts
from talento.services.preferences import changes, registry
from talento.services.work import SYSTEM, run
from tests.conftest import Hands
from tests.factories import PASSWORD, Cast
from tests.http.conftest import Open, entered, is_problem, on_one, sign_in
from tests.http.test_signing_in import NEW, YOUSSEF, cookie_line, is_signed_in, link_for


def code(key: str) -> str:
    return TOTP(b32decode(key), 6, SHA1(), 30).generate(int(clock.now().timestamp())).decode()


def set_up(client: TestClient, hands: Hands) -> tuple[str, list[str]]:
    """An app as its owner sets it up on their account's page."""
    key = client.post("/auth/factor").json()["key"]
    codes = client.post("/auth/factor/confirm", data={"code": code(key)}).json()["codes"]
    hands.later(seconds=60)
    return key, codes


def test_the_second_step_needs_the_cookie_of_the_first(opened: Open, cast: Cast, hands: Hands) -> None:
    key, _ = set_up(entered(opened(), YOUSSEF), hands)
    mine, other = opened(), opened()

    first = sign_in(mine, YOUSSEF, next="/account")

    assert first.json() == {"next": "/sign-in/code?next=/account"}
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=600"} <= set(cookie_line(first, "talento-entry").split("; "))
    assert "talento" not in mine.cookies
    assert not is_signed_in(mine)
    assert is_problem(other.post("/auth/code", data={"code": code(key)}), 401)
    second = mine.post("/auth/code", data={"code": code(key), "next": "/account"})
    assert second.json() == {"next": "/account"}
    assert is_signed_in(mine)
    assert "talento-entry" not in mine.cookies


def test_the_cookie_of_the_first_step_is_no_session(opened: Open, cast: Cast, hands: Hands) -> None:
    set_up(entered(opened(), YOUSSEF), hands)
    client = opened()
    sign_in(client, YOUSSEF)

    client.cookies.set("talento", client.cookies["talento-entry"])

    assert not is_signed_in(client)
    assert is_problem(client.post("/auth/factor"), 401)
    assert is_problem(client.post("/auth/enroll"), 401)


def test_a_new_password_by_link_still_asks_for_the_code(opened: Open, cast: Cast, hands: Hands) -> None:
    key, _ = set_up(entered(opened(), YOUSSEF), hands)
    client = opened()

    answer = client.post("/auth/password", data={"token": link_for(cast.youssef), "password": NEW})

    assert answer.json() == {"next": "/sign-in/code"}
    assert not is_signed_in(client)
    assert client.post("/auth/code", data={"code": code(key)}).json() == {"next": "/talents"}


def test_next_is_checked_at_the_second_step_too(opened: Open, cast: Cast, hands: Hands) -> None:
    key, _ = set_up(entered(opened(), YOUSSEF), hands)
    client = opened()

    assert sign_in(client, YOUSSEF, next="//evil.example").json() == {"next": "/sign-in/code"}
    answer = client.post("/auth/code", data={"code": code(key), "next": "https://evil.example"})
    assert answer.json() == {"next": "/talents"}


def test_who_must_have_an_app_sets_it_up_on_the_way_in(opened: Open, cast: Cast, hands: Hands) -> None:
    run(cast.awa, changes.change, registry.FACTOR_REQUIRED.key, "true", revision=0)
    client = opened()

    assert sign_in(client, YOUSSEF).json() == {"next": "/sign-in/app"}
    assert not is_signed_in(client)
    made = client.post("/auth/enroll")
    assert made.headers["cache-control"] == "no-store"
    wrong = client.post("/auth/enroll/confirm", data={"code": "000000"})
    assert is_problem(wrong, 422)
    right = client.post("/auth/enroll/confirm", data={"code": code(made.json()["key"])}).json()

    assert right["next"] == "/talents"
    assert len(right["codes"]) == 10
    assert is_signed_in(client)


def test_after_ten_minutes_a_change_says_what_is_missing(opened: Open, cast: Cast, hands: Hands) -> None:
    client = entered(opened(), YOUSSEF)
    set_up(client, hands)
    hands.later(minutes=10)

    stale = client.post("/auth/factor/off")

    assert is_problem(stale, 401)
    assert stale.json()["fresh"] is True
    assert is_problem(client.post("/auth/confirm", data={"proof": "not it at all"}), 422)
    assert client.post("/auth/confirm", data={"proof": PASSWORD}).json() == {}
    assert client.post("/auth/factor/off").status_code == 200
    assert sign_in(opened(), YOUSSEF).json() == {"next": "/talents"}


@on_one
@pytest.mark.parametrize(
    "path",
    ["code", "enroll", "enroll/confirm", "confirm", "factor", "factor/confirm", "factor/off", "factor/codes"],
)
def test_a_stranger_and_another_site_get_nowhere(opened: Open, path: str) -> None:
    address = f"/auth/{path}"

    assert is_problem(opened().post(address, data={"code": "123456", "proof": "x"}), 401)
    assert is_problem(opened(own=False).post(address, headers={"Origin": "https://evil.example"}), 403)


@on_one
@pytest.mark.parametrize(
    ("path", "field"), [("code", "code"), ("enroll/confirm", "code"), ("confirm", "proof"), ("factor/confirm", "code")]
)
def test_an_endless_code_is_not_understood(client: TestClient, path: str, field: str) -> None:
    assert is_problem(client.post(f"/auth/{path}", data={field: "x" * 3000}), 422)


@on_one
def test_the_same_answer_whether_or_not_there_is_a_second_factor(opened: Open, cast: Cast, hands: Hands) -> None:
    without = sign_in(opened(), YOUSSEF, "wrong password entirely")
    set_up(entered(opened(), YOUSSEF), hands)

    having = sign_in(opened(), YOUSSEF, "wrong password entirely")

    assert (having.status_code, having.json()) == (without.status_code, without.json())
    assert having.headers.get_list("set-cookie") == without.headers.get_list("set-cookie")
    run(SYSTEM, accounts.suspend, cast.youssef.user_id)
    suspended = sign_in(opened(), YOUSSEF)
    assert (suspended.status_code, suspended.json()) == (without.status_code, without.json())
