"""Sign-in, sign-out and passwords over HTTP. Source: AU-05, AU-06, AU-15, WEB-09, RX-12."""

import logging

import pytest
from fastapi.testclient import TestClient

from talento.edge import auth
from talento.models.accounts import User
from talento.services import accounts
from talento.services.work import SYSTEM, Actor, run
from tests.conftest import Hands
from tests.factories import PASSWORD, Cast
from tests.http.conftest import ADDRESS, Open, entered, is_problem, on_one, sign_in

YOUSSEF = "youssef@agency.example.com"
NEW = "purple lantern above the harbour"


def cookie_line(answer, name: str = "talento") -> str:
    lines = [line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{name}=")]
    assert len(lines) == 1, lines
    return lines[0]


def is_signed_in(client: TestClient) -> bool:
    """Whether the server knows whose browser it is: a visitor may not ask for a QR of their own."""
    return client.get("/documents/qr.png").status_code in (200, 404)


def link_for(actor: Actor) -> str:
    """The token of a fresh link to choose a password."""

    def made(work):
        return accounts.new_link(work, work.get(User, actor.user_id), accounts.Purpose.RESET)

    return run(SYSTEM, made).rsplit("/", 1)[-1]


def test_the_session_cookie_is_for_this_site_and_not_for_scripts(client: TestClient) -> None:
    answer = sign_in(client, YOUSSEF)

    line = cookie_line(answer)
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(line.split("; "))
    assert "Max-Age" not in line
    assert "Domain" not in line
    assert answer.json() == {"next": "/talents"}
    assert is_signed_in(client)


def test_the_token_is_nowhere_but_in_its_cookie(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = sign_in(client, YOUSSEF)

    token = client.cookies["talento"]
    others = [f"{k}: {v}" for k, v in answer.headers.multi_items() if not v.startswith("talento=")]
    assert len(token) >= 40
    assert token not in answer.text + caplog.text + "\n".join(others)
    assert PASSWORD not in answer.text + caplog.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("who", "days"), [("amina@example.com", 30), (YOUSSEF, 0.5)], ids=["a talent", "a recruiter, for a day at most"]
)
def test_being_remembered_is_a_matter_of_the_role(client: TestClient, amina: Actor, who: str, days: float) -> None:
    line = cookie_line(sign_in(client, who, remember="1"))

    assert f"Max-Age={int(days * 86400)}" in line


def test_signing_in_again_ends_the_session_that_the_cookie_held(opened: Open) -> None:
    browser, copy = entered(opened(), YOUSSEF), opened()
    copy.cookies.set("talento", browser.cookies["talento"])
    assert is_signed_in(copy)

    entered(browser, YOUSSEF)

    assert not is_signed_in(copy)
    assert is_signed_in(browser)


@on_one
@pytest.mark.parametrize("planted", ["planted-by-somebody-else-000000000000000000", "", '"', "a" * 5000])
def test_a_planted_cookie_is_never_adopted(client: TestClient, planted: str) -> None:
    client.headers["Cookie"] = f"talento={planted}"

    answer = sign_in(client, YOUSSEF)

    assert answer.status_code == 200
    assert not planted or planted not in cookie_line(answer)


def test_a_refusal_is_the_same_for_whom_it_concerns_and_for_nobody(client: TestClient) -> None:
    wrong, unknown = sign_in(client, YOUSSEF, "not the password"), sign_in(client, "nobody@example.com")

    assert wrong.status_code == unknown.status_code == 422
    assert wrong.json() == unknown.json()
    assert "set-cookie" not in wrong.headers


STRANGERS: list[dict[str, str | None]] = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ADDRESS + ".evil.example"},
    {"Origin": "http://localhost:5001"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"X-Talento": None},
]


@on_one
@pytest.mark.parametrize("headers", STRANGERS, ids=str)
def test_another_site_can_do_nothing(opened: Open, headers: dict[str, str | None]) -> None:
    client, own = opened(own=False), {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin", "X-Talento": "1"} | headers
    sent = {name: value for name, value in own.items() if value is not None}

    for path in ("sign-in", "forgot", "password", "change-password"):
        answer = client.post(f"/auth/{path}", data={"identifier": YOUSSEF, "password": PASSWORD}, headers=sent)
        assert is_problem(answer, 403)
        assert "set-cookie" not in answer.headers


def test_another_site_can_not_sign_anybody_out(recruiter: TestClient) -> None:
    answer = recruiter.post("/auth/sign-out", headers={"Origin": "https://evil.example"})

    assert is_problem(answer, 403)
    assert is_signed_in(recruiter)


def test_signing_out_ends_the_session_and_clears_the_browser(recruiter: TestClient, opened: Open) -> None:
    copy = opened()
    copy.cookies.set("talento", recruiter.cookies["talento"])

    answer = recruiter.post("/auth/sign-out")

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "Max-Age=0" in cookie_line(answer)
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert "talento" not in recruiter.cookies
    assert not is_signed_in(copy)


def test_asking_for_a_link_tells_nobody_who_has_an_account(client: TestClient) -> None:
    known = client.post("/auth/forgot", data={"identifier": YOUSSEF})
    unknown = client.post("/auth/forgot", data={"identifier": "nobody@example.com"})
    nonsense = client.post("/auth/forgot", data={"identifier": "%' OR 1=1 --"})

    def facts(answer):
        return answer.status_code, answer.json(), sorted(answer.headers.items())

    assert facts(known) == facts(unknown) == facts(nonsense)
    assert known.status_code == 200


@pytest.mark.parametrize("path", ["forgot", "sign-in"])
def test_a_nul_character_is_nobodys_name(client: TestClient, path: str) -> None:
    answer = client.post(f"/auth/{path}", data={"identifier": "a\x00b", "password": "a\x00b"})

    assert answer.status_code in (200, 422)


def test_a_link_sets_the_password_once_and_signs_in(client: TestClient, opened: Open, amina: Actor) -> None:
    elsewhere, token = entered(opened(), "amina@example.com"), link_for(amina)

    first = client.post("/auth/password", data={"token": token, "password": NEW})
    again = opened().post("/auth/password", data={"token": token, "password": NEW + " again"})

    assert (first.status_code, first.json()) == (200, {"next": "/profile"})
    assert is_signed_in(client)
    assert is_problem(again, 404)
    assert not is_signed_in(elsewhere)
    assert sign_in(opened(), "amina@example.com").status_code == 422
    assert sign_in(opened(), "amina@example.com", NEW).status_code == 200


@on_one
def test_a_weak_password_is_told_beside_its_field_and_the_link_still_works(client: TestClient, amina: Actor) -> None:
    token = link_for(amina)

    weak = client.post("/auth/password", data={"token": token, "password": "password1234"})

    assert is_problem(weak, 422)
    assert [error["field"] for error in weak.json()["errors"]] == ["password"]
    assert client.post("/auth/password", data={"token": token, "password": NEW}).status_code == 200


def test_a_link_expires_and_is_replaced_by_a_newer_one(client: TestClient, amina: Actor, hands: Hands) -> None:
    older, newer = link_for(amina), link_for(amina)
    assert is_problem(client.post("/auth/password", data={"token": older, "password": NEW}), 404)

    hands.later(minutes=31)

    assert is_problem(client.post("/auth/password", data={"token": newer, "password": NEW}), 404)


@on_one
@pytest.mark.parametrize("token", ["", "x", "../..", "a" * 1999, "é\x00'"])
def test_a_made_up_link_is_unknown(client: TestClient, token: str) -> None:
    assert is_problem(client.post("/auth/password", data={"token": token, "password": NEW}), 404)


def test_changing_the_password_keeps_this_browser_and_ends_the_others(recruiter: TestClient, opened: Open) -> None:
    elsewhere = entered(opened(), YOUSSEF)

    answer = recruiter.post("/auth/change-password", data={"current": PASSWORD, "new": NEW})

    assert answer.status_code == 200
    assert is_signed_in(recruiter)
    assert not is_signed_in(elsewhere)


@on_one
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"current": "wrong", "new": NEW}, "current"),
        ({"current": PASSWORD, "new": PASSWORD}, "new"),
        ({"current": PASSWORD, "new": "short"}, "new"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_told_beside_its_field(
    recruiter: TestClient, typed: dict[str, str], field: str
) -> None:
    answer = recruiter.post("/auth/change-password", data=typed)

    assert is_problem(answer, 422)
    assert answer.json()["errors"][0]["field"] == field


def test_too_many_tries_are_told_when_to_come_back(client: TestClient) -> None:
    answers = [sign_in(client, f"n{n}@example.com", "x") for n in range(21)]

    assert [answer.status_code for answer in answers] == [422] * 20 + [429]
    assert is_problem(answers[-1], 429)
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 61


@on_one
@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_next_leads_home_when_it_would_lead_away(client: TestClient, wanted: str) -> None:
    assert sign_in(client, YOUSSEF, next=wanted).json() == {"next": "/talents"}
    assert sign_in(client, YOUSSEF, next="/account?a=1").json() == {"next": "/account?a=1"}


@on_one
@pytest.mark.parametrize("field", ["identifier", "password", "next", "remember"])
def test_an_endless_field_is_not_understood(client: TestClient, field: str) -> None:
    typed = {"identifier": YOUSSEF, "password": PASSWORD} | {field: "x" * 2001}

    answer = client.post("/auth/sign-in", data=typed)

    assert is_problem(answer, 422)
    assert "xxx" not in answer.text


REFUSALS = [
    (lambda c: sign_in(c, "nobody@example.com"), "n’est pas correct"),
    (lambda c: c.post("/auth/sign-in", headers={"Origin": "https://evil.example"}), "autre site"),
    (lambda c: c.post("/auth/password", data={"token": "x", "password": NEW}), "lien"),
    (lambda c: sign_in(c, "x" * 2001), "Rechargez"),
    (lambda c: c.get("/files/" + "0" * 32), "fichier"),
    (lambda c: c.post("/files?kind=photo", files={"file": ("a.png", b"x")}), "onnect"),
    (lambda c: c.post("/files?kind=film", files={"file": ("a.png", b"x")}), "fichier"),
    (lambda c: c.get("/documents/card.pdf"), "onnect"),
    (lambda c: c.get("/documents/qr/nonsense.png"), ""),
]


@on_one
def test_a_refusal_speaks_french_to_those_who_do(opened: Open) -> None:
    for call, sentence in REFUSALS:
        french, english = call(opened("fr-MA,fr;q=0.9")), call(opened("en"))

        assert is_problem(french, french.status_code)
        assert french.json()["detail"] != english.json()["detail"]
        assert sentence in french.json()["detail"]


@on_one
def test_an_unexpected_failure_tells_a_number_and_nothing_else(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("canary-4711 in SELECT password_hash FROM user")

    monkeypatch.setattr(auth.accounts, "sign_in", broken)
    answer = sign_in(client, YOUSSEF)

    assert is_problem(answer, 500)
    assert "canary" not in answer.text + str(answer.headers)
    assert "RuntimeError" not in answer.text
    incident = next(word for word in caplog.text.split() if len(word) == 8 and word in answer.text)
    assert f"incident {incident}" in caplog.text
    assert caplog.text.count("canary-4711") >= 1


@on_one
def test_the_health_of_the_process_is_public(opened: Open, cast: Cast) -> None:
    assert opened(own=False).get("/healthz").json() == {"status": "ok"}
