"""A tablet over HTTP: paired by a code, known by its cookie, told to forget when it was revoked."""

import asyncio
import json
import threading
import time
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select

from talento.edge import changes
from talento.models.cinema import CinemaTalent
from talento.models.operations import SecurityLog
from talento.models.presence import DeskGrant, PresenceEvent
from talento.services import live
from talento.services.casting import assignments
from talento.services.presence import calls, desk, devices
from talento.services.presence.devices import Wish
from talento.services.uploads import store
from talento.services.work import SYSTEM, look, run
from tests import factories
from tests.factories import Cast
from tests.http.conftest import Open, entered, is_problem, on_one


@pytest.fixture
def project(cast: Cast) -> int:
    """A project of Youssef's that is open to Nadia, with Amina on it."""
    project_id = factories.project(cast.youssef)
    run(SYSTEM, lambda work: work.insert(DeskGrant, project_id=project_id, user_id=cast.nadia.user_id,
                                         granted_at=work.now))  # fmt: skip
    actor, talent_id = factories.cinema_talent()
    run(cast.youssef, assignments.assign, project_id, talent_id=talent_id)
    made = store.receive(actor, kind="photo", name="me.png", data=factories.picture()).id
    run(SYSTEM, lambda work: setattr(work.get(CinemaTalent, talent_id), "photo_id", made))
    return project_id


@pytest.fixture
def code(project: int) -> str:
    return look(SYSTEM, desk.sheet, project, locale="en").code


@pytest.fixture
def gate(cast: Cast, project: int) -> int:
    return run(cast.awa, devices.add, Wish("Gate A", [project], is_kiosk=True, pin="4711"))


@pytest.fixture
def tablet(opened: Open, cast: Cast, gate: int) -> TestClient:
    """A browser that was paired."""
    browser = opened()
    assert pair(browser, run(cast.awa, devices.new_code, gate)).status_code == 200
    return browser


def pair(browser: TestClient, code: str) -> Response:
    return browser.post("/devices/pair", json={"code": code})


def batch(*scanned: str) -> dict:
    now = datetime.now(UTC).isoformat()
    scans = [{"client_id": str(uuid4()), "scanned": one, "device_at": now, "device_id": 99} for one in scanned]
    return {"device_now": now, "scans": scans}


def refusals() -> list[str]:
    query = select(SecurityLog.details).where(SecurityLog.event == "device_refused").order_by(SecurityLog.id)
    return [json.loads(one)["why"] for one in look(SYSTEM, lambda work: list(work.session.scalars(query)))]


def assignment_of(code: str, tablet: TestClient) -> int:
    return tablet.get(f"/desk/{code}/snapshot").json()["people"][0]["id"]


def test_a_paired_browser_keeps_the_desk_without_anybody_signed_in(tablet: TestClient, code: str, gate: int) -> None:
    mine = tablet.get("/desk/mine").json()
    assert mine["device"]["name"] == "Gate A"
    assert (mine["device"]["is_kiosk"], mine["device"]["has_pin"]) == (True, True)
    assert [one["code"] for one in mine["projects"]] == [code]

    [answer] = tablet.post(f"/desk/{code}/scans", json=batch(f"{code}-001")).json()["answers"]
    assert answer["outcome"] == "in"
    noted = look(SYSTEM, lambda work: work.session.scalars(select(PresenceEvent)).one())
    assert (noted.device_id, noted.user_id) == (gate, None)


@on_one
def test_the_token_is_out_of_reach_of_scripts_and_lasts_as_long_as_the_device(
    opened: Open, cast: Cast, gate: int
) -> None:
    browser = opened()
    made = pair(browser, run(cast.awa, devices.new_code, gate)).headers["set-cookie"]
    again = browser.get("/desk/mine").headers["set-cookie"]

    for said in (made, again):
        assert said.startswith("talento-tablet=")
        assert "HttpOnly" in said
        assert "SameSite=lax" in said
        lasts = int(said.split("Max-Age=")[1].split(";")[0])
        assert timedelta(days=29) < timedelta(seconds=lasts) < timedelta(days=32)


@on_one
def test_the_websocket_doors_do_not_know_a_device(tablet: TestClient, code: str) -> None:
    assert is_problem(tablet.get(f"/files/{'a' * 32}"), 404)
    assert is_problem(tablet.post("/auth/change-password", data={"current": "x", "new": "y"}), 401)


def test_a_stranger_is_told_that_the_browser_is_not_paired_and_it_is_noted(client: TestClient, code: str) -> None:
    for answer in (client.get("/desk/mine"), client.post(f"/desk/{code}/scans", json=batch("x"))):
        assert is_problem(answer, 401)
        assert "wipe" not in answer.json()
    assert refusals() == ["unpaired"]


def test_a_revoked_tablet_is_told_to_forget_on_every_route_and_changes_nothing(
    opened: Open, cast: Cast, gate: int, code: str, tablet: TestClient
) -> None:
    token = tablet.cookies["talento-tablet"]
    run(cast.awa, devices.revoke, gate)
    machine = opened(own=False)
    machine.headers["Authorization"] = f"Device {token}"

    asked = [
        machine.get("/desk/mine"),
        machine.post("/desk/unlock", json={"pin": "4711"}),
        machine.get(f"/desk/{code}/snapshot"),
        machine.get(f"/desk/{code}/changes"),
        machine.get(f"/desk/{code}/faces/1"),
        machine.post(f"/desk/{code}/scans", json=batch(f"{code}-001")),
    ]
    assert [(one.status_code, one.json().get("wipe")) for one in asked] == [(401, True)] * 6
    assert refusals() == ["revoked"]
    assert 'talento-tablet=""' in tablet.get("/desk/mine").headers["set-cookie"]
    assert tablet.get("/desk/mine").json().get("wipe") is None
    assert look(SYSTEM, lambda work: list(work.session.scalars(select(PresenceEvent)))) == []


@on_one
def test_wrong_and_used_codes_are_told_in_words(opened: Open, cast: Cast, gate: int) -> None:
    made = run(cast.awa, devices.new_code, gate)
    assert pair(opened(), made).status_code == 200
    for wrong in (made, "AAAAA-AAAAA", ""):
        assert is_problem(pair(opened("fr"), wrong), 404)
    assert is_problem(pair(opened(), "x" * 61), 422)
    assert is_problem(pair(opened(own=False), made), 403)


@on_one
def test_a_machine_needs_no_cookie_and_no_header_of_our_scripts(
    opened: Open, tablet: TestClient, code: str, cast: Cast
) -> None:
    machine = opened(own=False)
    token = tablet.cookies["talento-tablet"]
    answer = machine.post(
        f"/desk/{code}/scans", json=batch(f"{code}-001"), headers={"Authorization": f"Device {token}"}
    )
    assert answer.json()["answers"][0]["outcome"] == "in"
    by_cookie = {"Cookie": f"talento-tablet={token}"}
    assert is_problem(machine.post(f"/desk/{code}/scans", json=batch("x"), headers=by_cookie), 403)


@on_one
def test_whoever_is_signed_in_and_keeps_the_desk_comes_before_the_tablet(tablet: TestClient, code: str) -> None:
    entered(tablet, "nadia@agency.example.com")
    tablet.post(f"/desk/{code}/scans", json=batch(f"{code}-001"))
    noted = look(SYSTEM, lambda work: work.session.scalars(select(PresenceEvent)).one())
    assert (noted.device_id, noted.user_id is None) == (None, False)


@on_one
def test_whoever_is_signed_in_but_may_not_leaves_it_to_the_tablet(tablet: TestClient, code: str, gate: int) -> None:
    entered(tablet, "youssef@agency.example.com")
    tablet.post(f"/desk/{code}/scans", json=batch(f"{code}-001"))
    noted = look(SYSTEM, lambda work: work.session.scalars(select(PresenceEvent)).one())
    assert (noted.device_id, noted.user_id) == (gate, None)


@on_one
def test_a_kiosk_is_left_with_its_pin_alone(tablet: TestClient, client: TestClient) -> None:
    assert is_problem(tablet.post("/desk/unlock", json={"pin": "0000"}), 403)
    assert tablet.post("/desk/unlock", json={"pin": "4711"}).status_code == 204
    for _ in range(5):
        tablet.post("/desk/unlock", json={"pin": "0000"})
    blocked = tablet.post("/desk/unlock", json={"pin": "4711"})
    assert is_problem(blocked, 429)
    assert int(blocked.headers["retry-after"]) > 20
    assert is_problem(client.post("/desk/unlock", json={"pin": "4711"}), 401)


# What it holds


def test_what_is_held_already_is_not_sent_again_until_something_changes(
    tablet: TestClient, code: str, project: int, cast: Cast
) -> None:
    first = tablet.get(f"/desk/{code}/snapshot")
    tag = {"If-None-Match": first.headers["etag"]}
    assert first.headers["cache-control"] == "no-store"
    assert tablet.get(f"/desk/{code}/snapshot", headers=tag).status_code == 304
    assert tablet.get(f"/desk/{code}/snapshot?lang=fr", headers=tag).status_code == 200

    amina = first.json()["people"][0]["id"]
    day = look(SYSTEM, desk.sheet, project, locale="en").today
    for change in (
        lambda: run(cast.youssef, calls.call, project, day, [amina], at="23:50"),
        lambda: tablet.post(f"/desk/{code}/scans", json=batch(f"{code}-001")),
        lambda: run(SYSTEM, lambda work: setattr(work.get(CinemaTalent, 1), "photo_id", None)),
        lambda: run(cast.youssef, assignments.remove, amina, reason="Ill"),
    ):
        change()
        answer = tablet.get(f"/desk/{code}/snapshot", headers=tag)
        assert answer.status_code == 200
        tag = {"If-None-Match": answer.headers["etag"]}


def test_the_copy_says_who_is_here_and_from_which_marks_to_go_on(tablet: TestClient, code: str) -> None:
    [said] = tablet.post(f"/desk/{code}/scans", json=batch(f"{code}-001")).json()["answers"]
    copy = tablet.get(f"/desk/{code}/snapshot").json()

    [amina] = copy["people"]
    assert (amina["standing"], amina["arrived_at"], amina["left_at"]) == ("here", said["at"], None)
    assert copy["marks"] == [
        {"assignment_id": amina["id"], "at": said["at"], "action": "scan", "client_id": said["client_id"]}
    ]
    assert amina["photo"] == said["person"]["photo_url"]


def test_a_tablet_sees_the_faces_of_its_desk_until_they_are_withheld(tablet: TestClient, code: str) -> None:
    [amina] = tablet.get(f"/desk/{code}/snapshot").json()["people"]
    shown = tablet.get(amina["photo"])
    assert shown.headers["content-type"] == "image/webp"
    assert "private" in shown.headers["cache-control"]
    assert len(shown.content) < 20_000
    assert is_problem(tablet.get(f"/desk/{code}/faces/{amina['id'] + 1}"), 404)

    run(SYSTEM, lambda work: setattr(work.get(CinemaTalent, 1), "born_on", date(2015, 1, 1)))
    assert is_problem(tablet.get(amina["photo"]), 404)
    assert tablet.get(f"/desk/{code}/snapshot").json()["people"][0]["photo"] == ""


def test_a_tablet_sees_nothing_of_other_desks(tablet: TestClient, cast: Cast) -> None:
    other = factories.project(cast.youssef)
    _, talent_id = factories.cinema_talent(first_name="Karim")
    made = run(cast.youssef, assignments.assign, other, talent_id=talent_id)
    foreign = made.code.rpartition("-")[0]

    for path in ("snapshot", "changes", f"faces/{made.id}"):
        assert is_problem(tablet.get(f"/desk/{foreign}/{path}"), 404)
    assert is_problem(tablet.post(f"/desk/{foreign}/scans", json=batch(made.code)), 404)


# Waiting for changes


class Asking(threading.Thread):
    """A request that waits, and what it was answered after how long."""

    def __init__(self, browser: TestClient, address: str) -> None:
        super().__init__(daemon=True)
        self.browser, self.address = browser, address
        self.start()

    def run(self) -> None:
        began = time.monotonic()
        self.answer = self.browser.get(self.address)
        self.took = time.monotonic() - began

    def done(self) -> Response:
        self.join(timeout=20)
        return self.answer


def is_waiting(many: int = 1) -> None:
    ends = time.monotonic() + 10
    while sum(len(some) for key, some in changes.waiting.places.items() if key[0] == "project") < many:
        assert time.monotonic() < ends
        time.sleep(0.01)


@pytest.fixture
def feed(db: str):
    """What was committed, heard as in the product."""
    made = live.Feed([changes.heard])
    made.start()
    yield made
    made.stop()


@on_one
def test_a_waiting_tablet_hears_of_a_scan_at_once(
    tablet: TestClient, opened: Open, code: str, feed: live.Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = tablet.get(f"/desk/{code}/changes").json()["version"]
    assert version == tablet.get(f"/desk/{code}/snapshot").json()["version"]

    with tablet:
        asking = Asking(tablet, f"/desk/{code}/changes?after={version}")
        is_waiting()
        other = opened()
        other.cookies = tablet.cookies
        other.post(f"/desk/{code}/scans", json=batch(f"{code}-001"))
        assert asking.done().json()["version"] != version
    assert asking.took < 5


@on_one
def test_a_waiting_tablet_is_told_at_once_that_it_was_revoked(
    tablet: TestClient, code: str, cast: Cast, gate: int, feed: live.Feed
) -> None:
    with tablet:
        version = tablet.get(f"/desk/{code}/changes").json()["version"]
        asking = Asking(tablet, f"/desk/{code}/changes?after={version}")
        is_waiting()
        run(cast.awa, devices.revoke, gate)
        assert asking.done().json()["wipe"] is True
    assert asking.took < 5


@on_one
def test_without_a_change_the_wait_ends_by_itself(
    tablet: TestClient, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("talento.edge.desk.PATIENCE", 0.3)
    tag = tablet.get(f"/desk/{code}/snapshot").headers["etag"]
    asking = Asking(tablet, f"/desk/{code}/changes?after={tag}")
    assert f'"{asking.done().json()["version"]}-en"' == tag
    assert 0.3 <= asking.took < 5
    assert not changes.waiting.places


async def test_of_too_many_that_wait_for_one_device_the_oldest_is_answered() -> None:
    waiting = changes.Waiting()
    with waiting.place(1, ("device", 7)) as oldest:
        with waiting.place(1, ("device", 7)), waiting.place(1, ("device", 7)):
            assert not oldest.is_over
            with waiting.place(2, ("device", 7)) as newest:
                assert await oldest.wait(5) is False
                assert not newest.is_over
    assert not waiting.places


async def test_those_who_wait_are_let_go_when_the_server_stops() -> None:
    waiting = changes.Waiting()
    with waiting.place(1, ("device", 7)) as one:
        asked = asyncio.create_task(one.wait(60))
        await asyncio.sleep(0)
        await waiting.dismiss()
        assert await asked is False
