"""Tablets that keep desks without an account: paired once, for some projects, until a day, and shut out at once."""

import json
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from talento.errors import Conflict, Forbidden, Invalid, NotFound, TooMany, Unauthorized
from talento.models.operations import SecurityLog
from talento.models.presence import Device, PresenceEvent
from talento.services.casting import assignments
from talento.services.presence import batches, desk, devices, pairing
from talento.services.presence.batches import Sent
from talento.services.presence.devices import DeviceView, Wish
from talento.services.presence.pairing import Ended, Paired
from talento.services.work import SYSTEM, VISITOR, Actor, look, run
from talento.vocabulary.permissions import Permission
from tests import factories
from tests.factories import Cast
from tests.presence.conftest import Desk, Somebody

THERE = replace(VISITOR, ip="203.0.113.7")


def wish(nadias: Desk, **changes: Any) -> Wish:
    return replace(Wish("Gate A", [nadias.project_id]), **changes)


@pytest.fixture
def awa(cast: Cast) -> Actor:
    return cast.awa


@pytest.fixture
def gate(nadias: Desk, awa: Actor) -> int:
    """A device for Nadia's desk, with a PIN, not paired yet."""
    return run(awa, devices.add, wish(nadias, is_kiosk=True, pin="4711"))


@pytest.fixture
def paired(gate: int, awa: Actor) -> Paired:
    return pairing.pair(THERE, run(awa, devices.new_code, gate))


@pytest.fixture
def tablet(paired: Paired) -> Actor:
    return pairing.holder(THERE, paired.token)


def view(awa: Actor, gate: int) -> DeviceView:
    return look(awa, devices.device, gate)


def logged(event: str) -> list[dict[str, Any]]:
    rows = select(SecurityLog.details).where(SecurityLog.event == event).order_by(SecurityLog.id)
    return [json.loads(one) for one in look(SYSTEM, lambda work: list(work.session.scalars(rows)))]


def sent(nadias: Desk, whom: Somebody, **changes: Any) -> Sent:
    return replace(Sent(str(uuid4()), whom.code, "camera", nadias.hands.now), **changes)


def take(nadias: Desk, actor: Actor, *scans: Sent, **options: Any) -> list[batches.Answer]:
    return batches.take(actor, nadias.project_id, list(scans), **{"device_now": nadias.hands.now} | options)


# Pairing


def test_a_code_pairs_once_and_only_hashes_are_kept(gate: int, awa: Actor) -> None:
    code = run(awa, devices.new_code, gate)
    made = pairing.pair(THERE, code)

    assert pairing.holder(THERE, made.token).device_id == gate
    with pytest.raises(NotFound, match="used already"):
        pairing.pair(THERE, code)
    row = look(SYSTEM, lambda work: work.get(Device, gate).model_dump_json())
    assert made.token not in row
    assert code not in row
    assert "4711" not in row


def test_of_many_who_have_the_code_one_is_paired(gate: int, awa: Actor) -> None:
    code, made = run(awa, devices.new_code, gate), []

    def try_it(number: int) -> None:
        with suppress(NotFound):
            made.append(pairing.pair(replace(VISITOR, ip=f"203.0.113.{number}"), code))

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_looking_at_a_code_tells_what_it_makes_and_does_not_use_it_up(gate: int, awa: Actor) -> None:
    code = run(awa, devices.new_code, gate)
    seen = [pairing.announced(THERE, code) for _ in range(2)]

    assert (seen[0].name, seen[0].is_kiosk, len(seen[0].projects)) == ("Gate A", True, 1)
    assert pairing.pair(THERE, code).name == "Gate A"


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\n"])
def test_a_code_may_be_typed_in_small_letters_and_without_its_dash(gate: int, awa: Actor, typed: str) -> None:
    code = run(awa, devices.new_code, gate).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert pairing.pair(THERE, typed.format(code)).name == "Gate A"


def test_a_code_is_good_for_fifteen_minutes(gate: int, awa: Actor, nadias: Desk) -> None:
    code = run(awa, devices.new_code, gate)
    nadias.hands.later(minutes=14, seconds=59)
    assert pairing.announced(THERE, code)
    nadias.hands.later(seconds=1)
    with pytest.raises(NotFound, match="too old"):
        pairing.pair(THERE, code)
    assert view(awa, gate).code_until is None


def test_each_wrong_code_is_noted_until_too_many_were_tried(gate: int, awa: Actor) -> None:
    code = run(awa, devices.new_code, gate)
    for wrong in ("", "ABCDE-FGHJK", "x" * 1000, "' OR 1=1 --", "0000000000"):
        with pytest.raises(NotFound):
            pairing.pair(THERE, wrong)
    assert len(logged("pairing_refused")) == 5
    for _ in range(5):
        with pytest.raises(NotFound):
            pairing.announced(THERE, "ABCDE-FGHJK")
    with pytest.raises(TooMany):
        pairing.pair(THERE, code)
    assert pairing.pair(replace(THERE, ip="198.51.100.9"), code)


def test_a_new_code_shuts_out_the_tablet_that_had_the_old_one(paired: Paired, gate: int, awa: Actor) -> None:
    again = pairing.pair(THERE, run(awa, devices.new_code, gate))

    assert pairing.holder(THERE, again.token)
    with pytest.raises(Ended):
        pairing.holder(THERE, paired.token)


# What it may do


def test_a_device_keeps_the_desks_it_was_paired_for_and_nothing_else(
    tablet: Actor, nadias: Desk, amina: Somebody, cast: Cast
) -> None:
    assert {one for one in Permission if tablet.can(one)} == {Permission.RECORD_PRESENCE, Permission.SEE_SHEET}
    assert take(nadias, tablet, sent(nadias, amina))[0].outcome == "in"

    other = factories.project(cast.youssef)
    with pytest.raises(NotFound):
        look(tablet, desk.sheet, other, locale="en")
    for closed in (devices.devices, lambda work: devices.new_code(work, tablet.device_id or 0)):
        with pytest.raises(Forbidden):
            run(tablet, closed)
    with pytest.raises(Forbidden):
        run(tablet, assignments.assign, nadias.project_id, talent_id=amina.talent_id)


def test_what_a_device_scans_carries_its_number_and_its_name(tablet: Actor, nadias: Desk, amina: Somebody) -> None:
    take(nadias, tablet, sent(nadias, amina))
    nadias.hands.later(seconds=10)
    again = nadias.scan(amina)

    assert (again.outcome, again.by) == ("repeated", "Gate A")
    row = look(SYSTEM, lambda work: work.session.scalars(select(PresenceEvent)).first())
    assert (row.device_id, row.user_id) == (tablet.device_id, None)


def test_a_project_that_is_taken_away_is_closed_at_once(
    tablet: Actor, gate: int, awa: Actor, nadias: Desk, cast: Cast
) -> None:
    other = factories.project(cast.youssef)
    run(awa, devices.change, gate, wish(nadias, project_ids=[other]))

    with pytest.raises(NotFound):
        look(tablet, desk.sheet, nadias.project_id, locale="en")
    assert [one["name"] for one in look(tablet, pairing.mine)["projects"]] == [view(awa, gate).projects[0].name]


def test_people_are_no_devices(nadias: Desk) -> None:
    for door in (lambda: look(nadias.keeper, pairing.mine), lambda: pairing.unlock(nadias.keeper, "4711")):
        with pytest.raises(Unauthorized):
            door()


# The end of it


def test_a_revoked_device_is_told_to_forget_and_noted_once_a_minute(
    paired: Paired, gate: int, awa: Actor, nadias: Desk
) -> None:
    run(awa, devices.revoke, gate)

    for _ in range(3):
        with pytest.raises(Ended, match="revoked"):
            pairing.holder(THERE, paired.token)
    assert logged("device_refused") == [{"device": gate, "why": "revoked"}]
    nadias.hands.later(seconds=61)
    with pytest.raises(Ended):
        pairing.holder(THERE, paired.token, is_sending=True)
    assert len(logged("device_refused")) == 2
    for action in (devices.revoke, devices.new_code):
        with pytest.raises(Conflict):
            run(awa, action, gate)


def test_a_token_that_nobody_gave_is_refused_and_noted(tablet: Actor) -> None:
    for token in ("nonsense", "x" * 5000):
        with pytest.raises(Ended, match="not paired"):
            pairing.holder(THERE, token)
    assert [one["why"] for one in logged("device_refused")] == ["unknown", "unknown"]


def test_after_its_last_day_a_device_only_sends_what_it_scanned_before(
    paired: Paired, gate: int, awa: Actor, nadias: Desk, amina: Somebody
) -> None:
    end = view(awa, gate).expires_at
    nadias.hands.now = end + timedelta(hours=2)

    with pytest.raises(Ended, match="over"):
        pairing.holder(THERE, paired.token)
    late = pairing.holder(THERE, paired.token, is_sending=True)
    before, after = (sent(nadias, amina, device_at=end + timedelta(hours=by)) for by in (-1, 1))
    assert [one.outcome for one in take(nadias, late, before, after)] == ["in", "refused"]
    nadias.hands.later(hours=71)
    with pytest.raises(Ended):
        pairing.holder(THERE, paired.token, is_sending=True)


def test_the_last_day_ends_when_the_shooting_day_does(awa: Actor, nadias: Desk) -> None:
    gate = run(awa, devices.add, wish(nadias, expires_on=date(2027, 4, 20)))
    shown = view(awa, gate)

    assert shown.expires_on == date(2027, 4, 20)
    assert shown.expires_at == datetime.fromisoformat("2027-04-21T05:00+00:00")


# What admins decide


def test_only_admins_decide_about_devices(gate: int, nadias: Desk, cast: Cast) -> None:
    for somebody in (cast.nadia, cast.youssef, cast.zoe):
        for action, said in (
            (devices.add, [wish(nadias)]),
            (devices.change, [gate, wish(nadias)]),
            (devices.new_code, [gate]),
            (devices.revoke, [gate]),
            (devices.devices, []),
            (devices.device, [gate]),
            (devices.projects, []),
        ):
            with pytest.raises(Forbidden):
                run(somebody, action, *said)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "  "},
        {"name": "\u200b—"},
        {"project_ids": []},
        {"project_ids": [987654]},
        {"expires_on": date(2027, 4, 11)},
        {"expires_on": date(2028, 4, 13)},
        {"is_kiosk": True},
        {"is_kiosk": True, "pin": ""},
        {"pin": "12"},
        {"pin": "123456789"},
        {"pin": "12a4"},
        {"pin": "١٢٣٤"},
    ],
)
def test_what_makes_no_device_is_refused(awa: Actor, nadias: Desk, changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        run(awa, devices.add, wish(nadias, **changes))
    assert look(awa, devices.devices) == []


def test_a_device_is_renamed_extended_and_keeps_its_pin_unless_told_otherwise(
    tablet: Actor, gate: int, awa: Actor, nadias: Desk
) -> None:
    run(awa, devices.change, gate, wish(nadias, name=" Gate  B ", is_kiosk=True, expires_on=date(2027, 9, 1)))
    shown = view(awa, gate)
    assert (shown.name, shown.expires_on, shown.has_pin, shown.state) == ("Gate B", date(2027, 9, 1), True, "paired")
    pairing.unlock(tablet, "4711")

    run(awa, devices.change, gate, wish(nadias, pin=""))
    assert not view(awa, gate).has_pin
    with pytest.raises(Forbidden):
        pairing.unlock(tablet, "")


def test_the_list_says_what_became_of_each(gate: int, paired: Paired, awa: Actor, nadias: Desk) -> None:
    waiting = run(awa, devices.add, wish(nadias, name="Bus"))
    over = run(awa, devices.add, wish(nadias, name="Catering", expires_on=date(2027, 4, 12)))
    lost = run(awa, devices.add, wish(nadias, name="Lost"))
    run(awa, devices.revoke, lost)
    nadias.hands.later(days=2)

    states = [(one.id, one.state) for one in look(awa, devices.devices)]
    assert states == [(waiting, "waiting"), (gate, "paired"), (over, "expired"), (lost, "revoked")]


def test_contact_is_noted_at_most_once_a_minute(paired: Paired, gate: int, awa: Actor, nadias: Desk) -> None:
    nadias.hands.later(minutes=1)
    pairing.holder(THERE, paired.token, waiting=12)
    first = nadias.hands.now
    nadias.hands.later(seconds=59)
    pairing.holder(THERE, paired.token, waiting=0)
    assert (view(awa, gate).seen_at, view(awa, gate).waiting) == (first, 12)
    nadias.hands.later(seconds=1)
    pairing.holder(THERE, paired.token, waiting=0)
    assert (view(awa, gate).seen_at, view(awa, gate).waiting) == (nadias.hands.now, 0)


# PIN, clock


def test_after_five_wrong_pins_even_the_right_one_waits_and_the_wait_doubles(tablet: Actor, nadias: Desk) -> None:
    for _ in range(5):
        with pytest.raises(Forbidden):
            pairing.unlock(tablet, "0000")
    with pytest.raises(TooMany) as first:
        pairing.unlock(tablet, "4711")
    nadias.hands.later(seconds=31)
    with pytest.raises(Forbidden):
        pairing.unlock(tablet, "0000")
    with pytest.raises(TooMany) as second:
        pairing.unlock(tablet, "4711")
    assert second.value.retry_after >= 2 * first.value.retry_after - 2
    nadias.hands.later(seconds=61)
    pairing.unlock(tablet, "4711")
    assert len(logged("kiosk_pin_wrong")) == 6
    assert len(logged("kiosk_unlocked")) == 1


def test_many_pins_at_once_are_no_more_tries(tablet: Actor) -> None:
    seen: list[type] = []

    def try_it() -> None:
        try:
            pairing.unlock(tablet, "0000")
        except (Forbidden, TooMany) as refusal:
            seen.append(type(refusal))

    threads = [threading.Thread(target=try_it) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (seen.count(Forbidden), seen.count(TooMany)) == (5, 15)


def test_a_new_pin_ends_the_wait(tablet: Actor, gate: int, awa: Actor, nadias: Desk) -> None:
    for _ in range(5):
        with pytest.raises(Forbidden):
            pairing.unlock(tablet, "0000")
    run(awa, devices.change, gate, wish(nadias, is_kiosk=True, pin="998877"))
    pairing.unlock(tablet, "998877")


def test_a_wrong_clock_is_noted_once_a_device_and_hour(
    tablet: Actor, nadias: Desk, amina: Somebody, awa: Actor
) -> None:
    def batch(actor: Actor) -> None:
        there = nadias.hands.now + timedelta(hours=12)
        [answer] = take(nadias, actor, sent(nadias, amina, device_at=there), device_now=there)
        assert answer.at == nadias.hands.now

    for _ in range(3):
        batch(tablet)
        nadias.hands.later(minutes=15)
    batch(nadias.keeper)
    assert [one["device"] for one in logged("device_clock")] == [tablet.device_id, None]
    nadias.hands.later(minutes=16)
    batch(tablet)
    assert logged("device_clock")[-1] == {"project": nadias.project_id, "device": tablet.device_id, "seconds": -43200}
