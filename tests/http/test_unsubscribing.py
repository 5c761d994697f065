"""A mail program's button over HTTP: one post without cookies or a header of ours; looking changes nothing."""

import pytest
from fastapi.testclient import TestClient

from talento import clock
from talento.services.mail import unsubscribing
from talento.services.work import SYSTEM, look
from tests.http.conftest import Open, is_problem, on_one

ZOE, KIND = "zoe@agency.example.com", "selection"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def program(opened: Open) -> TestClient:
    """A mail provider's machine: no cookie, no origin, nothing of ours."""
    return opened(own=False)


def address(kind: str = KIND) -> str:
    return unsubscribing.link(ZOE, kind, clock.today()).removeprefix("http://localhost:5000")


def has_left() -> bool:
    return look(SYSTEM, unsubscribing.has_left, ZOE, KIND)


def test_one_click_unsubscribes_and_again_is_no_harm(program: TestClient) -> None:
    for _ in range(2):
        assert program.post(address(), data=ONE_CLICK).status_code == 204
    assert has_left()


@on_one
def test_as_a_form_with_parts_and_from_another_origin_too(program: TestClient) -> None:
    headers = {"Origin": "https://mail.example.net", "Sec-Fetch-Site": "cross-site"}

    assert program.post(address(), files={"List-Unsubscribe": (None, "One-Click")}, headers=headers).status_code == 204
    assert has_left()


@on_one
def test_a_scanners_look_changes_nothing(program: TestClient) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        assert program.request(method, address()).status_code in (404, 405)
    assert not has_left()


@on_one
@pytest.mark.parametrize(
    "said", [{}, {"List-Unsubscribe": "no"}, {"other": "One-Click"}, {"List-Unsubscribe": "x" * 99}]
)
def test_a_post_that_does_not_ask_for_it_is_refused(program: TestClient, said: dict[str, str]) -> None:
    assert is_problem(program.post(address(), data=said), 422)
    assert not has_left()


@on_one
def test_a_bad_or_essential_link_is_refused_in_words(program: TestClient) -> None:
    for bad in (address()[:-2], "/unsubscribe/x", "/unsubscribe/" + "A" * 3000, address("password_reset")):
        answer = program.post(bad, data=ONE_CLICK)
        assert is_problem(answer, 404)
        assert answer.json()["detail"] == "This link no longer works."
    assert not has_left()


@on_one
def test_no_other_route_takes_a_foreign_post(program: TestClient) -> None:
    headers = {"Origin": "https://mail.example.net", "Sec-Fetch-Site": "cross-site"}

    assert is_problem(program.post("/auth/sign-out", data=ONE_CLICK, headers=headers), 403)
