"""Call times: set for one or for many, mailed once, and what late is measured against."""

import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from talento import clock
from talento.errors import Conflict, Forbidden, Invalid, NotFound
from talento.models.cinema import CinemaTalent
from talento.models.operations import OutgoingMail
from talento.services.casting import assignments, projects
from talento.services.cinema.rows import ROWS
from talento.services.mail import unsubscribing
from talento.services.presence import calls
from talento.services.presence.calls import CallLine
from talento.services.work import SYSTEM, VISITOR, Work, look, run
from talento.vocabulary.permissions import Role
from tests import factories
from tests.factories import Cast
from tests.presence.conftest import Desk, Somebody

DAY = date(2027, 4, 13)


def listed(nadias: Desk, day: date = DAY) -> list[CallLine]:
    return look(nadias.recruiter, calls.calls, nadias.project_id, day, locale="en")


def called(nadias: Desk, *ids: int, at: str = "07:30", day: date = DAY, note: str = "") -> int:
    return run(nadias.recruiter, calls.call, nadias.project_id, day, ids, at=at, note=note)


def mailed(nadias: Desk, *ids: int, **options: bool) -> tuple[int, int]:
    sent = run(nadias.recruiter, calls.mail, nadias.project_id, DAY, ids, **options)
    return sent.mailed, sent.known


def mails() -> list[OutgoingMail]:
    def found(work: Work) -> list[OutgoingMail]:
        return list(
            work.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "call_time").order_by(OutgoingMail.id))
        )

    return look(SYSTEM, found)


def test_many_are_called_at_once_by_the_clock_of_the_place(nadias: Desk, amina: Somebody) -> None:
    karim = nadias.person(first_name="Karim")

    assert called(nadias, amina.assignment_id, karim.assignment_id, note="Gate 2") == 2

    assert [(one.at, one.note) for one in listed(nadias)] == [(datetime(2027, 4, 13, 7, 30, tzinfo=UTC), "Gate 2")] * 2
    assert called(nadias, amina.assignment_id, note="Gate 2") == 0
    assert called(nadias, amina.assignment_id, at="08:00", note="Gate 2") == 1
    assert run(nadias.recruiter, calls.uncall, nadias.project_id, DAY, [amina.assignment_id]) == 1
    assert [one.at is None for one in listed(nadias)] == [True, False]


def test_a_call_after_midnight_belongs_to_the_night_of_that_day(nadias: Desk, amina: Somebody) -> None:
    called(nadias, amina.assignment_id, at="02:00")
    assert listed(nadias)[0].at == datetime(2027, 4, 14, 2, 0, tzinfo=UTC)


def test_late_and_no_show_follow_from_the_call(nadias: Desk, amina: Somebody) -> None:
    called(nadias, amina.assignment_id, at="09:00", day=date(2027, 4, 12))
    for hour, standing in (("09:04", "expected"), ("09:06", "late"), ("12:01", "no_show")):
        nadias.at(f"2027-04-12T{hour}+00:00")
        assert nadias.line(amina).standing == standing
    assert nadias.line(amina).call_at == datetime(2027, 4, 12, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("at", ["", "25:00", "half past seven", "07:3", "-1:30", "07:30:00+09:00:99"])
def test_an_hour_that_is_none_is_refused(nadias: Desk, amina: Somebody, at: str) -> None:
    with pytest.raises(Invalid):
        called(nadias, amina.assignment_id, at=at)


def test_an_hour_that_the_clocks_leave_out_is_refused(cast: Cast, amina: Somebody) -> None:
    """France puts its clocks forward on 28 March 2027, from two to three."""
    paris = factories.project(cast.youssef, name="The Well", zone="Europe/Paris")
    made = run(cast.youssef, assignments.assign, paris, talent_id=amina.talent_id, overlap_reason="Half days")
    night = date(2027, 3, 27)
    with pytest.raises(Invalid, match="leave this hour out"):
        run(cast.youssef, calls.call, paris, night, [made.id], at="02:30")
    assert run(cast.youssef, calls.call, paris, night, [made.id], at="03:30") == 1


def test_nobody_is_called_who_is_not_on_the_project(nadias: Desk, cast: Cast, amina: Somebody) -> None:
    other = factories.project(cast.youssef, name="The Well")
    with pytest.raises(Invalid):
        run(cast.youssef, calls.call, other, DAY, [amina.assignment_id], at="07:30")
    with pytest.raises(Invalid):
        called(nadias)


def test_calls_are_mailed_once_for_each_time_and_again_on_request(nadias: Desk, amina: Somebody) -> None:
    called(nadias, amina.assignment_id, note="Bring boots")
    assert mailed(nadias, amina.assignment_id) == (1, 0)
    assert mailed(nadias, amina.assignment_id) == (0, 1)
    assert listed(nadias)[0].is_told
    assert mailed(nadias, amina.assignment_id, is_again=True) == (1, 0)

    called(nadias, amina.assignment_id, at="08:00", note="Bring boots")
    assert not listed(nadias)[0].is_told
    assert mailed(nadias, amina.assignment_id) == (1, 0)

    subjects = [one.subject for one in mails()]
    assert len(subjects) == 3
    assert "Tuesday 13 April 2027, 07:30" in subjects[0]
    assert "08:00" in subjects[2]


def test_the_guardian_is_told_of_a_childs_call(nadias: Desk) -> None:
    child = nadias.person(
        born_on=date(2015, 5, 6), guardian_name="Salma Benali", guardian_consented_at=nadias.hands.now
    )

    def give_an_address(work: Work) -> None:
        row = work.get(CinemaTalent, child.talent_id)
        row.guardian_email_sealed = ROWS.seal(row.uid, "guardian_email", "salma@example.com")

    run(SYSTEM, give_an_address)
    called(nadias, child.assignment_id)
    mailed(nadias, child.assignment_id)

    assert [one.recipient for one in mails()] == ["salma@example.com"]
    assert listed(nadias)[0].is_to_guardian


def test_whoever_wants_no_such_mail_gets_none_and_counts_as_not_told(nadias: Desk, amina: Somebody) -> None:
    called(nadias, amina.assignment_id)
    mailed(nadias, amina.assignment_id)
    token = unsubscribing.link(mails()[0].recipient, "call_time", clock.now().date()).rsplit("/", 1)[-1]
    run(VISITOR, unsubscribing.answer, token, is_on=False)
    called(nadias, amina.assignment_id, at="08:00")

    sent = run(nadias.recruiter, calls.mail, nadias.project_id, DAY, [amina.assignment_id])

    assert (sent.mailed, sent.known, sent.unsubscribed) == (0, 0, 1)
    assert not listed(nadias)[0].is_told and len(mails()) == 1


def test_two_who_press_at_once_send_one_mail(nadias: Desk, amina: Somebody) -> None:
    called(nadias, amina.assignment_id)
    threads = [threading.Thread(target=lambda: mailed(nadias, amina.assignment_id)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(mails()) == 1


def test_nobody_is_mailed_without_a_call(nadias: Desk, amina: Somebody) -> None:
    with pytest.raises(Invalid):
        mailed(nadias, amina.assignment_id)


def test_only_the_team_plans_and_only_until_the_project_is_completed(nadias: Desk, amina: Somebody, cast: Cast) -> None:
    wanted = [amina.assignment_id]
    for actor in (cast.nadia, cast.zoe):
        with pytest.raises(Forbidden):
            run(actor, calls.call, nadias.project_id, DAY, wanted, at="07:30")
        with pytest.raises(Forbidden):
            look(actor, calls.calls, nadias.project_id, DAY, locale="en")
    with pytest.raises(NotFound):
        run(factories.staff("Salma", Role.RECRUITER), calls.mail, nadias.project_id, DAY, wanted)
    run(nadias.recruiter, projects.set_status, nadias.project_id, "completed", "")
    for action, options in ((calls.call, {"at": "07:30"}), (calls.uncall, {}), (calls.mail, {})):
        with pytest.raises(Conflict):
            run(nadias.recruiter, action, nadias.project_id, DAY, wanted, **options)


def test_everybody_sees_their_own_coming_calls(nadias: Desk, amina: Somebody) -> None:
    karim = nadias.person(first_name="Karim")
    called(nadias, amina.assignment_id, day=date(2027, 4, 11))
    called(nadias, amina.assignment_id, note="Gate 2")

    (mine,) = look(amina.actor, calls.own)

    assert (mine.assignment_id, mine.day, mine.note, mine.zone) == (
        amina.assignment_id, DAY, "Gate 2", "Africa/Casablanca",
    )  # fmt: skip
    assert look(karim.actor, calls.own) == []
