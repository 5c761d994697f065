"""QR codes and cards over HTTP."""

import pytest
from fastapi.testclient import TestClient

from talento.services.talents import profile
from talento.services.work import Actor, run
from tests.factories import Cast
from tests.http.conftest import Open, entered, is_problem, on_one


@pytest.fixture
def code(amina: Actor) -> str:
    return run(amina, profile.own_code)


@on_one
@pytest.mark.parametrize(
    ("ending", "kind", "start"), [("png", "image/png", b"\x89PNG\r\n"), ("svg", "image/svg+xml", b"<")]
)
def test_the_qr_of_any_code_is_public(opened: Open, code: str, ending: str, kind: str, start: bytes) -> None:
    answer = opened(own=False).get(f"/documents/qr/{code}.{ending}")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert answer.content.lstrip().startswith(start)
    assert "sandbox" in answer.headers["content-security-policy"]
    assert b"<script" not in answer.content


@on_one
def test_a_cinema_code_has_a_qr_too(opened: Open) -> None:
    answer = opened(own=False).get("/documents/qr/MACAS00001F.svg")

    assert answer.status_code == 200
    assert answer.content.lstrip().startswith(b"<")


def test_a_qr_says_nothing_of_whether_the_code_exists(client: TestClient, code: str) -> None:
    theirs, nobody = (client.get(f"/documents/qr/{name}.png") for name in (code, "ZZF9999XXX"))

    assert theirs.status_code == nobody.status_code
    assert sorted(theirs.headers) == sorted(nobody.headers)


@on_one
@pytest.mark.parametrize(
    "name",
    [
        "x.png", "MAF0001RAB", "MAF0001RAB.pdf", "MAF0001RAB.png.svg", "MAF0001RAB.PNG", ".png", "MAF0001RAB%0d%0a.png",
        "MAF0001RAB%22.svg", "%3Csvg%3E.svg", "MAF" + "0" * 500 + "RAB.png", "maf0001rab.png", "%00.png",
        "MAF٠٠٠١RAB.png",
    ],
)  # fmt: skip
def test_a_malformed_code_is_not_found(client: TestClient, name: str) -> None:
    assert is_problem(client.get(f"/documents/qr/{name}"), 404)


@pytest.mark.parametrize("name", ["qr.png", "qr.svg", "card.pdf"])
def test_ones_own_documents_need_somebody(client: TestClient, recruiter: TestClient, name: str) -> None:
    visitor, without_profile = client.get(f"/documents/{name}"), recruiter.get(f"/documents/{name}")

    assert visitor.status_code in (401, 403)
    assert is_problem(visitor, visitor.status_code)
    assert is_problem(without_profile, 404)


@on_one
@pytest.mark.parametrize("lang", ["", "en", "fr", "xx", "'><"])
def test_the_card_comes_as_a_download_in_the_language_asked_for(own: TestClient, code: str, lang: str) -> None:
    answer = own.get("/documents/card.pdf", params={"lang": lang})

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["qr.png", "qr.svg"])
def test_ones_own_qr(own: TestClient, code: str, name: str) -> None:
    answer = own.get(f"/documents/{name}")

    assert answer.status_code == 200
    assert code in answer.headers["content-disposition"]


@on_one
def test_a_language_as_long_as_a_book_is_not_understood(own: TestClient) -> None:
    assert is_problem(own.get("/documents/card.pdf?lang=" + "x" * 6), 422)


def test_the_charts_of_the_dashboard_are_for_admins(opened: Open, cast: Cast) -> None:
    answer = entered(opened(), "awa@agency.example.com").get("/documents/dashboard.csv?days=90&lang=fr")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.text.lstrip("\ufeff").startswith("Graphique,Valeur,Personnes")

    assert is_problem(entered(opened(), "youssef@agency.example.com").get("/documents/dashboard.csv"), 403)
    assert is_problem(opened().get("/documents/dashboard.csv"), 401)
    assert is_problem(entered(opened(), "awa@agency.example.com").get("/documents/dashboard.csv?days=x"), 422)
