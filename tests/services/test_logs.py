"""The logs as admins read them: filtered, paged, exported, let go."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from talento.errors import Forbidden, Invalid, NotFound, Unauthorized
from talento.models.operations import SecurityLog
from talento.services import accounts, audit, chain, logs
from talento.services.casting import assignments
from talento.services.logs import Filters, LogPage
from talento.services.work import SYSTEM, VISITOR, Actor, Work, look, run
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast


def noted(actor: Actor, *names: str, ip: str = "") -> None:
    where = Actor(actor.user_id, actor.role, None, actor.name, ip=ip)
    for name in names:
        run(where, audit.activity, name, "project", 1, note=name)


def page(actor: Actor, filters: Filters = Filters(), log: str = "activity", **turned: int) -> LogPage:  # noqa: B008
    return look(actor, logs.page, log, filters, **turned)


def told(found: LogPage) -> list[str]:
    return [one.name for one in found.entries]


def test_the_newest_come_first_with_who_did_it(cast: Cast) -> None:
    noted(cast.youssef, "called", "uncalled")

    found = page(cast.awa)

    assert told(found)[:2] == ["uncalled", "called"]
    assert (found.entries[0].who, found.entries[0].title) == ("Youssef", "Call time taken back")
    assert found.entries[0].summary == "note: uncalled"
    assert look(cast.awa, logs.page, "activity", Filters(), locale="fr").entries[0].title == "Convocation annulée"


def test_pages_follow_each_other_in_both_directions(cast: Cast) -> None:
    noted(cast.youssef, *["called"] * 7)
    every = [one.seq for one in page(cast.awa).entries]

    first = page(cast.awa, size=3)
    second = page(cast.awa, before=first.entries[-1].id, size=3)
    back = page(cast.awa, after=second.entries[0].id, size=3)

    assert [one.seq for one in first.entries + second.entries] == every[:6]
    assert back.entries == first.entries
    assert (first.has_newer, first.has_older, second.has_newer, back.has_newer) == (False, True, True, False)


def test_entries_are_narrowed_by_kind_person_network_and_severity(cast: Cast) -> None:
    noted(cast.youssef, "called", "uncalled", ip="203.0.113.7")
    noted(cast.nadia, "called")
    run(cast.awa, audit.security, "suspended", severity="critical")

    assert told(page(cast.awa, Filters(name="uncalled"))) == ["uncalled"]
    assert told(page(cast.awa, Filters(who="YOUSS"))) == ["uncalled", "called"]
    assert told(page(cast.awa, Filters(who="youssef@agency", name="called"))) == ["called"]
    assert told(page(cast.awa, Filters(who_id=cast.nadia.user_id or 0))) == ["called"]
    assert told(page(cast.awa, Filters(ip="203.0.113.99"))) == ["uncalled", "called"]
    assert told(page(cast.awa, Filters(ip="203.0.113.0/24"))) == ["uncalled", "called"]
    assert told(page(cast.awa, Filters(severity="critical"), "security")) == ["suspended"]
    assert page(cast.awa, Filters(who="nobody")).entries == []


def test_several_people_are_merged_in_order(cast: Cast) -> None:
    for name in ("called", "uncalled", "assigned"):
        noted(cast.youssef, name)
        noted(cast.nadia, name)

    found = page(cast.awa, Filters(who="agency.example.com"), size=4)

    assert [one.seq for one in found.entries] == sorted((one.seq for one in page(cast.awa).entries), reverse=True)[:4]
    assert found.has_older


def test_the_history_of_somebody_is_what_they_did_and_what_was_done_to_them(cast: Cast) -> None:
    zoe = cast.zoe.user_id or 0
    run(cast.awa, accounts.suspend, zoe)
    run(cast.awa, accounts.reactivate, zoe)
    run(cast.awa, accounts.end_sessions, cast.nadia.user_id)
    run(cast.zoe, audit.security, "password_change")

    history = page(cast.awa, Filters(who_id=zoe), "security")

    assert [(entry.name, entry.who) for entry in history.entries] == [
        ("password_change", "Zoé"), ("reactivated", "Awa"), ("suspended", "Awa"), ("account_created", ""),
    ]  # fmt: skip
    first = page(cast.awa, Filters(who_id=zoe), "security", size=2)
    assert told(first) == ["password_change", "reactivated"] and first.has_older
    older = page(cast.awa, Filters(who_id=zoe), "security", size=2, before=first.entries[-1].id)
    assert told(older) == ["suspended", "account_created"]


def test_it_holds_their_bookings_too(cast: Cast) -> None:
    (amina, talent), (_, other) = factories.cinema_talent(), factories.cinema_talent(first_name="Karim")
    project = factories.project(cast.youssef)
    for one in (talent, other):
        run(cast.youssef, assignments.assign, project, talent_id=one)
    run(amina, audit.activity, "profile_changed", "cinema_talent", talent)
    run(Actor(cast.youssef.user_id, ip="203.0.113.7"), audit.activity, "overlap_accepted", "cinema_talent", talent)
    run(cast.youssef, audit.activity, "overlap_accepted", "talent", other)

    hers = Filters(who_id=amina.user_id or 0)

    assert told(page(cast.awa, hers)) == ["overlap_accepted", "profile_changed", "assigned"]
    assert told(page(cast.awa, replace(hers, name="assigned"))) == ["assigned"]
    assert told(page(cast.awa, replace(hers, ip="203.0.113.0/24"))) == ["overlap_accepted"]


def test_a_period_is_made_of_whole_days_where_the_house_is(cast: Cast, hands: Hands) -> None:
    noted(cast.youssef, "called")
    hands.later(days=1)
    noted(cast.youssef, "uncalled")
    hands.later(days=1)
    noted(cast.youssef, "assigned")
    day = date(2027, 3, 13)

    assert told(page(cast.awa, Filters(first=day, last=day))) == ["uncalled"]
    assert told(page(cast.awa, Filters(first=day))) == ["assigned", "uncalled"]
    assert told(page(cast.awa, Filters(last=date(2027, 3, 12)))) == ["called"]
    assert told(page(cast.awa, Filters(last=date(2020, 1, 1)))) == []


@pytest.mark.parametrize("hostile", ["%", "'; DROP TABLE user; --", "<img src=x onerror=alert(1)>", "\x00", "x" * 500])
def test_odd_filters_find_nothing_by_accident(cast: Cast, hostile: str) -> None:
    noted(cast.youssef, "called")

    assert page(cast.awa, Filters(ip=hostile)).entries == []
    assert page(cast.awa, Filters(name=hostile)).entries == []
    assert logs.cleaned(Filters(name=hostile, severity=hostile), "security") == Filters()


def test_only_admins_read_check_and_export(cast: Cast) -> None:
    for other in (cast.youssef, cast.nadia, cast.zoe):
        for action in (
            lambda who: page(who),
            lambda who: logs.check(who),
            lambda who: logs.export(who, "activity", Filters(), locale="en"),
        ):
            with pytest.raises(Forbidden):
                action(other)
    with pytest.raises(Unauthorized):
        page(VISITOR)
    with pytest.raises(NotFound):
        page(cast.awa, log="user")


def test_the_export_holds_what_was_shown_and_is_noted(cast: Cast) -> None:
    formula = Actor(cast.youssef.user_id, cast.youssef.role, None)
    run(formula, audit.activity, "called", note="=HYPERLINK(1)\nsecond line")

    made = logs.export(cast.awa, "activity", Filters(name="called"), locale="en")

    text = made.data.decode("utf-8-sig")
    assert "Youssef" in text and "=HYPERLINK" in text
    assert not any(cell.startswith("=") for row in text.splitlines() for cell in row.split(","))
    assert told(page(cast.awa))[0] == "logs_exported"


def test_too_many_entries_are_not_exported_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_EXPORTED", 3)
    noted(cast.youssef, *["called"] * 4)

    with pytest.raises(Invalid, match="more than 3"):
        logs.export(cast.awa, "activity", Filters(), locale="en")


def test_a_check_is_noted_and_an_alarm_when_it_fails(cast: Cast) -> None:
    noted(cast.youssef, "called", "called")
    told_so_far: list[int] = []

    assert [one.fault for one in logs.check(cast.awa, progress=told_so_far.append)] == ["", ""]
    assert told(page(cast.awa, log="security"))[0] == "logs_checked"

    run(SYSTEM, _tamper)
    assert [one.fault for one in logs.check(cast.awa)] == ["", "altered"]
    newest = page(cast.awa, log="security").entries[0]
    assert (newest.name, newest.severity) == ("logs_tampered", "critical")


def test_a_check_can_be_ended(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "PAGE", 2)
    noted(cast.youssef, *["called"] * 6)

    def enough(done: int) -> None:
        raise InterruptedError(done)

    with pytest.raises(InterruptedError):
        logs.check(cast.awa, progress=enough)


def test_old_entries_go_and_it_is_noted(cast: Cast, hands: Hands) -> None:
    noted(cast.youssef, "called")
    hands.later(days=400)
    noted(cast.youssef, "uncalled")

    assert run(SYSTEM, logs.let_old_ones_go, 365) >= 1

    assert told(page(cast.awa)) == ["uncalled"]
    assert "logs_let_go" in told(page(cast.awa, log="security"))
    assert [one.fault for one in logs.check(cast.awa)] == ["", ""]


def test_details_that_are_no_json_are_shown_as_they_are(cast: Cast) -> None:
    run(SYSTEM, audit.activity, "called", when=hands_off(), list=[1, "two"], nothing=None)

    facts = dict(page(cast.awa).entries[0].details)

    assert facts == {"when": "1 day, 0:00:00", "list": "1, two", "nothing": ""}


def hands_off() -> timedelta:
    return timedelta(days=1)


def _tamper(work: Work) -> None:
    row = work.session.scalars(select(SecurityLog).order_by(SecurityLog.id)).first()
    assert row is not None
    row.severity = "critical"
