"""One scan in, one scan out: at the desk of a project, by those to whom it is open."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from talento.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from talento.models.cinema import CinemaTalent
from talento.models.presence import CallTime, PresenceEvent
from talento.services import accounts
from talento.services.badges import keys, revocation, signature
from talento.services.casting import assignments, papers, projects
from talento.services.preferences import changes, registry
from talento.services.presence import desk
from talento.services.work import SYSTEM, look, run
from tests import factories
from tests.factories import Cast
from tests.presence.conftest import Desk, Somebody


def count() -> int:
    return look(SYSTEM, lambda work: work.session.scalar(select(func.count()).select_from(PresenceEvent)) or 0)


def badge(actor, assignment_id: int) -> str:
    _, member = look(actor, papers.one, assignment_id, locale="en")
    return signature.signed(member.badge, keys.signing_key())


def test_a_scan_in_and_a_scan_out(nadias: Desk, amina: Somebody) -> None:
    came = nadias.at("2027-04-12T08:00+00:00").scan(amina)
    left = nadias.at("2027-04-12T16:30+00:00").scan(amina)

    assert (came.outcome, left.outcome, left.worked_minutes) == ("in", "out", 510)
    assert nadias.line(amina).standing == "left"


def test_several_stays_a_day(nadias: Desk, amina: Somebody) -> None:
    for hour in ("08:00", "12:00", "13:00", "18:00"):
        nadias.at(f"2027-04-12T{hour}+00:00").scan(amina)

    line = nadias.line(amina)
    assert ([stay.minutes for stay in line.stays], line.minutes) == ([240, 300], 540)


def test_a_night_shoot_belongs_to_the_day_it_began(nadias: Desk, amina: Somebody) -> None:
    nadias.at("2027-04-12T20:00+00:00").scan(amina)
    nadias.at("2027-04-13T03:00+00:00").scan(amina)

    assert nadias.line(amina, day=date(2027, 4, 12)).minutes == 420
    assert nadias.line(amina, day=date(2027, 4, 13)).stays == []


def test_a_badge_held_before_the_camera_is_one_scan_and_says_since_when_and_by_whom(
    nadias: Desk, amina: Somebody
) -> None:
    nadias.scan(amina)
    nadias.hands.later(seconds=30)
    again = nadias.scan(amina)

    assert (again.outcome, again.by) == ("repeated", "Nadia")
    assert again.since == datetime.fromisoformat("2027-04-12T08:00+00:00")
    assert nadias.line(amina).standing == "here"


def test_sent_twice_it_is_noted_once_and_answered_alike(nadias: Desk, amina: Somebody) -> None:
    key = str(uuid4())
    first = nadias.scan(amina, client_id=key)
    nadias.hands.later(minutes=10)
    again = nadias.scan(amina, client_id=key)

    assert (first.outcome, again.outcome, again.at) == ("in", "in", first.at)
    assert count() == 1


@pytest.mark.parametrize("form", ["code", "lower", "signed", "cinema", "address"])
def test_every_form_of_a_code_is_understood(nadias: Desk, amina: Somebody, form: str) -> None:
    _, member = look(nadias.recruiter, papers.one, amina.assignment_id, locale="en")
    said = {
        "code": amina.code,
        "lower": f"  {amina.code.lower()} ",
        "signed": badge(nadias.recruiter, amina.assignment_id),
        "cinema": member.talent_code,
        "address": f"http://localhost:5000/t/{member.talent_code}",
    }[form]

    assert nadias.scan(said).person.assignment_id == amina.assignment_id


def test_what_is_wrong_is_said_and_nothing_changes(nadias: Desk, amina: Somebody, cast: Cast) -> None:
    other = factories.project(cast.youssef, name="The Oasis")
    _, elsewhere = factories.cinema_talent(first_name="Karim")
    made = run(cast.youssef, assignments.assign, other, talent_id=elsewhere)
    genuine = badge(cast.youssef, amina.assignment_id)
    run(cast.youssef, revocation.revoke, amina.assignment_id)
    forged = genuine[:-20] + "A" * 20

    for said, sentence in [
        ("ZZF9999XXX", "Nobody has this code"),
        (made.code, "another project"),
        (genuine, "revoked"),
        (forged, "not genuine"),
        ("x" * 10_000, "far too long"),
        ("", "Nobody has this code"),
    ]:
        with pytest.raises(Refusal, match=sentence):
            nadias.scan(said)
    assert count() == 0


def test_somebody_elsewhere_is_named(nadias: Desk, cast: Cast) -> None:
    _, elsewhere = factories.cinema_talent(first_name="Karim")
    code = run(cast.youssef, assignments.assign, factories.project(cast.youssef), talent_id=elsewhere)
    _, member = look(cast.youssef, papers.one, code.id, locale="en")

    with pytest.raises(NotFound, match="Karim Benali is not on this project"):
        nadias.scan(member.talent_code)


def test_a_suspended_person_is_not_let_in(nadias: Desk, amina: Somebody, cast: Cast) -> None:
    run(cast.awa, accounts.suspend, amina.actor.user_id)

    with pytest.raises(Refusal, match="suspended"):
        nadias.scan(amina)


@pytest.mark.parametrize("hours", [12, -80])
def test_a_wrong_clock_is_told(nadias: Desk, amina: Somebody, hours: int) -> None:
    with pytest.raises(Invalid, match="clock"):
        nadias.scan(amina, at=nadias.hands.now + timedelta(hours=hours))
    assert count() == 0


def test_a_completed_project_takes_no_scan(nadias: Desk, amina: Somebody, cast: Cast) -> None:
    run(cast.youssef, projects.set_status, nadias.project_id, "completed")

    with pytest.raises(Conflict):
        nadias.scan(amina)
    assert not nadias.sheet().is_open


def test_a_desk_is_open_to_its_keepers_its_team_may_look_and_nobody_else(
    nadias: Desk, amina: Somebody, cast: Cast
) -> None:
    closed = factories.project(cast.youssef)
    samira = factories.staff("Samira", cast.youssef.role)

    assert nadias.sheet(cast.youssef).may_record is False
    with pytest.raises(Forbidden):
        run(cast.youssef, desk.scan, nadias.project_id, amina.code)
    with pytest.raises(NotFound):
        look(cast.nadia, desk.sheet, closed, locale="en")
    with pytest.raises(NotFound):
        look(samira, desk.sheet, nadias.project_id, locale="en")
    with pytest.raises(Forbidden):
        look(amina.actor, desk.sheet, nadias.project_id, locale="en")
    assert run(cast.awa, desk.scan, nadias.project_id, amina.code).outcome == "in"


def test_everybody_in_and_out_leaves_those_alone_whom_it_does_not_concern_and_can_be_undone(
    nadias: Desk, amina: Somebody
) -> None:
    karim = nadias.person(first_name="Karim")
    nadias.scan(amina)
    ids = [amina.assignment_id, karim.assignment_id]

    noted = run(nadias.keeper, desk.everybody, nadias.project_id, is_arrival=True, ids=ids, reason="Bus arrived")
    assert (len(noted), nadias.sheet().counts["here"]) == (1, 2)
    run(nadias.keeper, desk.cancel, nadias.project_id, noted, reason="Too early")
    assert nadias.sheet().counts["here"] == 1


def test_corrections_want_a_reason_and_keep_what_was(nadias: Desk, amina: Somebody) -> None:
    came = nadias.scan(amina)
    nadias.hands.later(hours=2)
    earlier = came.at - timedelta(minutes=30)

    with pytest.raises(Invalid):
        run(nadias.keeper, desk.correct, nadias.project_id, came.client_id, at=earlier, reason=" ")
    run(nadias.keeper, desk.correct, nadias.project_id, came.client_id, at=earlier, reason="Came with the bus")

    assert nadias.line(amina).stays[0].arrived_at == earlier
    assert count() == 2


def test_a_forgotten_departure_is_shown_and_ended_by_hand(nadias: Desk, amina: Somebody) -> None:
    nadias.scan(amina)
    nadias.at("2027-04-13T09:00+00:00")
    [stay] = nadias.line(amina, day=date(2027, 4, 12)).stays
    assert (stay.left_at, stay.is_overdue) == (None, True)

    start, end = stay.arrived_at, datetime.fromisoformat("2027-04-12T17:00+00:00")
    run(nadias.keeper, desk.add, nadias.project_id, amina.assignment_id, arrived_at=start, left_at=end, reason="Wrap")

    assert nadias.line(amina, day=date(2027, 4, 12)).minutes == 540


@pytest.mark.parametrize("hours", [-1, 0, 17])
def test_a_stay_by_hand_must_make_sense(nadias: Desk, amina: Somebody, hours: int) -> None:
    start = nadias.hands.now - timedelta(hours=20)

    with pytest.raises(Invalid):
        run(nadias.keeper, desk.add, nadias.project_id, amina.assignment_id, arrived_at=start,
            left_at=start + timedelta(hours=hours), reason="By hand")  # fmt: skip


def test_suggestions_find_by_name_and_code(nadias: Desk, amina: Somebody) -> None:
    nadias.person(first_name="Karim", last_name="Tazi")

    assert [one.name for one in look(nadias.keeper, desk.suggestions, nadias.project_id, "tAz", locale="en")] == [
        "Karim Tazi"
    ]
    assert len(look(nadias.keeper, desk.suggestions, nadias.project_id, amina.code[-4:], locale="en")) == 1


def test_the_desk_sees_neither_contact_nor_birth_date(nadias: Desk, amina: Somebody) -> None:
    shown = repr(nadias.sheet()) + repr(nadias.scan(amina))

    assert "@example.com" not in shown and "1999" not in shown


def test_a_child_whose_guardian_took_the_consent_back_is_a_code(nadias: Desk, cast: Cast) -> None:
    born_on = date(nadias.hands.now.year - 10, 1, 1)
    child = nadias.person(first_name="Child", born_on=born_on, guardian_consented_at=nadias.hands.now)
    assert nadias.line(child).person.name == "Child Benali"

    run(SYSTEM, lambda work: setattr(work.get(CinemaTalent, child.talent_id), "guardian_consented_at", None))

    assert (nadias.line(child).person.name, nadias.line(child).person.photo_url) == (child.code, "")


def test_lateness_no_show_and_the_oldest_scan_are_settings(nadias: Desk, amina: Somebody, cast: Cast) -> None:
    for wanted, typed in ((registry.LATE_AFTER, "30"), (registry.NO_SHOW_AFTER, "1"), (registry.SCANS_KEPT, "2")):
        run(cast.awa, changes.change, wanted.key, typed, revision=0)
    day, at = date(2027, 4, 12), datetime.fromisoformat("2027-04-12T08:00+00:00")
    run(SYSTEM, lambda work: work.insert(CallTime, assignment_id=amina.assignment_id, day=day, at=at, note=""))

    said = [nadias.at(f"2027-04-12T{hour}+00:00").line(amina).standing for hour in ("08:20", "08:40", "09:10")]

    assert said == ["expected", "late", "no_show"]
    with pytest.raises(Invalid, match="clock"):
        nadias.scan(amina, at=nadias.hands.now - timedelta(hours=3))


def test_who_is_on_set_past_the_day_break_stays_on_the_new_days_sheet_until_they_leave(
    nadias: Desk, amina: Somebody
) -> None:
    nadias.at("2027-04-12T20:00+00:00").scan(amina)
    nadias.at("2027-04-13T06:30+00:00")

    line = nadias.line(amina)
    assert (line.standing, [stay.is_overdue for stay in line.stays]) == ("here", [True])
    assert nadias.scan(amina).outcome == "out"
    assert nadias.line(amina).standing == "expected"
    assert nadias.line(amina, day=date(2027, 4, 12)).minutes == 630


def test_who_never_left_is_on_no_sheet_of_a_later_day(nadias: Desk, amina: Somebody) -> None:
    nadias.at("2027-04-12T20:00+00:00").scan(amina)
    assert nadias.at("2027-04-13T12:01+00:00").line(amina).standing == "expected"
