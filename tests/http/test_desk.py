"""The desk over HTTP: batches that may come late, twice and in any order."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi.testclient import TestClient
from sqlalchemy import select

from talento.models.operations import SecurityLog
from talento.models.presence import DeskGrant
from talento.services.badges import signature
from talento.services.badges.signature import Badge
from talento.services.casting import assignments
from talento.services.preferences import changes
from talento.services.presence import desk
from talento.services.work import SYSTEM, look, run
from tests import factories
from tests.factories import Cast
from tests.http.conftest import Open, entered, is_problem, on_one


@pytest.fixture
def code(cast: Cast) -> str:
    """A project of Youssef's that is open to Nadia, with Amina on it."""
    project_id = factories.project(cast.youssef)
    run(SYSTEM, lambda work: work.insert(DeskGrant, project_id=project_id, user_id=cast.nadia.user_id,
                                         granted_at=work.now))  # fmt: skip
    _, talent_id = factories.cinema_talent()
    run(cast.youssef, assignments.assign, project_id, talent_id=talent_id)
    return look(SYSTEM, desk.sheet, project_id, locale="en").code


@pytest.fixture
def nadia(opened: Open) -> TestClient:
    return entered(opened(), "nadia@agency.example.com")


def batch(*scanned: str, skew: timedelta = timedelta(), client_id: str = "") -> dict:
    now = datetime.now(UTC) + skew
    scans = [{"client_id": client_id or str(uuid4()), "scanned": one, "device_at": now.isoformat()} for one in scanned]
    return {"device_now": now.isoformat(), "scans": scans}


def test_a_batch_is_answered_in_its_order_and_one_refusal_stops_nothing(nadia: TestClient, code: str) -> None:
    answer = nadia.post(f"/desk/{code}/scans", json=batch("ZZF9999XXX", f"{code}-001", "x" * 10_000))

    outcomes = [(one["outcome"], bool(one["sentence"])) for one in answer.json()["answers"]]
    assert outcomes == [("refused", True), ("in", False), ("refused", True)]


def test_a_replayed_batch_changes_nothing_and_is_answered_alike(nadia: TestClient, code: str) -> None:
    sent = batch(f"{code}-001")
    first = nadia.post(f"/desk/{code}/scans", json=sent).json()["answers"]
    again = nadia.post(f"/desk/{code}/scans", json=sent).json()["answers"]

    assert first == again


def test_a_clock_that_is_twelve_hours_wrong_is_corrected_by_the_difference(nadia: TestClient, code: str) -> None:
    answer = nadia.post(f"/desk/{code}/scans", json=batch(f"{code}-001", skew=timedelta(hours=12)))

    [one] = answer.json()["answers"]
    assert one["outcome"] == "in"
    assert abs(datetime.fromisoformat(one["at"]) - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_copy_holds_what_a_tablet_needs_and_nothing_more(nadia: TestClient, code: str) -> None:
    copy = nadia.get(f"/desk/{code}/snapshot").json()

    assert set(copy) == {"project", "now", "version", "people", "here", "marks", "key", "revoked"}
    assert set(copy["people"][0]) == {
        *("id", "code", "name", "role", "kind", "photo", "talent_code", "aliases", "is_suspended"),
        *("standing", "call_at", "arrived_at", "left_at", "minutes"),
    }


@on_one
def test_strangers_teams_and_other_desks_get_nothing(client: TestClient, recruiter: TestClient, code: str) -> None:
    for browser, status in ((client, 401), (recruiter, 403)):
        assert is_problem(browser.get(f"/desk/{code}/snapshot"), status)
        assert is_problem(browser.post(f"/desk/{code}/scans", json=batch("x")), status)


@on_one
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"device_now": "now", "scans": []},
        {"device_now": "2027-04-12T08:00:00", "scans": []},
        {"device_now": "2027-04-12T08:00:00Z", "scans": [{"client_id": "x" * 50}]},
        {"device_now": "2027-04-12T08:00:00Z", "scans": [{}] * 501},
    ],
)
def test_what_no_tablet_sends_is_refused_in_words(nadia: TestClient, code: str, sent: dict) -> None:
    assert is_problem(nadia.post(f"/desk/{code}/scans", json=sent), 422)


def refusals() -> list[str]:
    """What the security log says of refused scans."""
    query = select(SecurityLog.details).where(SecurityLog.event == "scan_refused").order_by(SecurityLog.id)
    return [json.loads(one)["why"] for one in look(SYSTEM, lambda work: list(work.session.scalars(query)))]


def test_foreign_forged_and_endless_codes_are_answered_logged_and_change_nothing(
    nadia: TestClient, code: str, cast: Cast
) -> None:
    other = factories.project(cast.youssef)
    _, talent_id = factories.cinema_talent(first_name="Karim")
    foreign = run(cast.youssef, assignments.assign, other, talent_id=talent_id).code
    forged = signature.signed(Badge(f"{code}-001", 0, date(2099, 1, 1)), Ed25519PrivateKey.generate())

    answers = nadia.post(f"/desk/{code}/scans", json=batch(foreign, forged, "7" * 10_000)).json()["answers"]
    assert [one["outcome"] for one in answers] == ["refused"] * 3
    assert answers[0]["sentence"] == "This badge belongs to another project."
    assert len(set(refusals())) == 3
    assert nadia.get(f"/desk/{code}/snapshot").json()["here"] == {}


@on_one
def test_a_tablet_is_answered_in_the_language_that_it_shows(nadia: TestClient, code: str) -> None:
    said = [
        nadia.post(f"/desk/{code}/scans{asked}", json=batch("ZZF9999XXX")).json()["answers"][0]["sentence"]
        for asked in ("?lang=fr", "?lang=en", "?lang=xx")
    ]
    assert said == ["Personne n’a ce code.", "Nobody has this code.", "Nobody has this code."]


def test_while_the_site_is_read_only_a_tablet_is_told_to_try_again(nadia: TestClient, code: str, cast: Cast) -> None:
    sent = batch(f"{code}-001")
    run(cast.awa, changes.change, "read_only", "true", revision=0)

    answer = nadia.post(f"/desk/{code}/scans", json=sent)
    assert is_problem(answer, 503) and "read-only" in answer.json()["detail"]
    assert nadia.get(f"/desk/{code}/snapshot").status_code == 200

    run(cast.awa, changes.change, "read_only", "false", revision=1)
    assert nadia.post(f"/desk/{code}/scans", json=sent).json()["answers"][0]["outcome"] == "in"
