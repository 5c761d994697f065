"""Our own HTTP routes under the guard and the headers, as they stand in the product, without Reflex."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from talento.edge.guard import Guard
from talento.edge.headers import Headers
from talento.edge.http import routes
from talento.services import drafts
from talento.services.uploads import sandbox
from talento.services.work import VISITOR, Actor, run
from tests.factories import PASSWORD, Cast, talent, with_password

ADDRESS = "http://localhost:5000"
OWN = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin", "X-Talento": "1"}
HOLDER = "v" * 32

Open = Callable[..., TestClient]

on_one = pytest.mark.parametrize("db", ["sqlite"], indirect=True)  # what is decided before the database is asked


@pytest.fixture(scope="module", autouse=True)
def workers() -> Iterator[None]:
    """The processes that look into files, ended with the last test."""
    yield
    sandbox.stop()


@pytest.fixture
def opened(cast: Cast) -> Iterator[Open]:
    """Opens a browser without a screen: `opened()`, `opened(language="fr")`, `opened(own=False)` for a stranger."""
    clients: list[TestClient] = []

    def open_client(language: str = "en", *, own: bool = True) -> TestClient:
        headers = {"Accept-Language": language} | (OWN if own else {})
        made = TestClient(
            Guard(Headers(routes())),
            base_url=ADDRESS,
            headers=headers,
            raise_server_exceptions=False,
            follow_redirects=False,
            client=("127.0.0.1", 50000),
        )
        clients.append(made)
        return made

    yield open_client
    for client in clients:
        client.close()


@pytest.fixture
def client(opened: Open) -> TestClient:
    """A visitor's browser."""
    return opened()


@pytest.fixture
def recruiter(opened: Open) -> TestClient:
    """Youssef's browser."""
    return entered(opened(), "youssef@agency.example.com")


@pytest.fixture
def amina(cast: Cast) -> Actor:
    """A talent with a password."""
    return with_password(talent()[0])


@pytest.fixture
def own(opened: Open, amina: Actor) -> TestClient:
    """Amina's browser."""
    return entered(opened(), "amina@example.com")


@pytest.fixture
def drafting(client: TestClient) -> TestClient:
    """A visitor in the middle of registering."""
    run(VISITOR, drafts.save, HOLDER, step="identity", data={"first_name": "Amina"})
    client.cookies.set("talento-visitor", HOLDER)
    return client


def sign_in(client: TestClient, identifier: str, password: str = PASSWORD, **more: Any) -> Response:
    return client.post("/auth/sign-in", data={"identifier": identifier, "password": password} | more)


def entered(client: TestClient, identifier: str) -> TestClient:
    assert sign_in(client, identifier).status_code == 200
    return client


def is_problem(answer: Response, status: int) -> bool:
    """Whether this is a refusal as RFC 9457 wants it, with a sentence."""
    told = answer.headers.get("content-type", "").startswith("application/problem+json")
    return answer.status_code == status and told and answer.json()["status"] == status and bool(answer.json()["detail"])
