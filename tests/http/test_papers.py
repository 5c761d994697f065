"""Papers over HTTP: for those they are for, as downloads, and what anybody needs to check a badge."""

import json

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from fastapi.testclient import TestClient

from talento.services.badges import signature
from talento.services.casting import assignments
from talento.services.work import run
from tests import factories
from tests.factories import Cast, with_password
from tests.http.conftest import Open, entered, is_problem, on_one


@pytest.fixture
def booked(cast: Cast) -> tuple[int, int, int]:
    """Youssef's project, Amina's assignment on it, and Amina's key."""
    project_id = factories.project(cast.youssef)
    amina, talent_id = factories.cinema_talent(email="amina@example.com")
    with_password(amina)
    made = run(cast.youssef, assignments.assign, project_id, talent_id=talent_id)
    return project_id, made.id, talent_id


def papers(project_id: int, assignment_id: int, talent_id: int) -> list[str]:
    return [
        f"/documents/projects/{project_id}/cast.pdf",
        f"/documents/projects/{project_id}/cast.xlsx",
        f"/documents/badge/{assignment_id}.pdf",
        f"/documents/comp-card/{talent_id}.pdf",
    ]


@on_one
def test_the_team_downloads_them(recruiter: TestClient, booked: tuple[int, int, int]) -> None:
    for address in papers(*booked):
        answer = recruiter.get(address, params={"lang": "fr"})

        assert answer.status_code == 200, address
        assert answer.content.startswith(b"%PDF-" if address.endswith("pdf") else b"PK")
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
        assert answer.headers["cache-control"] == "no-store"


@on_one
def test_visitors_and_talents_do_not(opened: Open, client: TestClient, booked: tuple[int, int, int]) -> None:
    amina = entered(opened(), "amina@example.com")

    for address in papers(*booked):
        assert is_problem(client.get(address), 401)
        assert amina.get(address).status_code in (403, 404)


@on_one
def test_ones_own_badge_and_comp_card(opened: Open, recruiter: TestClient, booked: tuple[int, int, int]) -> None:
    amina = entered(opened(), "amina@example.com")

    for address in (f"/documents/my-badge/{booked[1]}.pdf", "/documents/comp-card.pdf"):
        assert amina.get(address).content.startswith(b"%PDF-")
        assert is_problem(recruiter.get(address), 404)


@on_one
@pytest.mark.parametrize("key", ["0", "-1", "99999999999", "x", "1e3", "%00"])
def test_a_number_that_no_row_has_is_refused(recruiter: TestClient, key: str) -> None:
    assert recruiter.get(f"/documents/badge/{key}.pdf").status_code in (404, 422)


@on_one
def test_anybody_gets_the_public_key_and_the_signed_list(client: TestClient, booked: tuple[int, int, int]) -> None:
    pem, listed = client.get("/badges/key.pem"), client.get("/badges/revoked.json")

    key = load_pem_public_key(pem.content)
    assert signature.revoked_in(listed.content, key) == frozenset()  # type: ignore[arg-type]
    assert b"PRIVATE" not in pem.content
    assert set(json.loads(listed.content)) == {"list", "signature"}
