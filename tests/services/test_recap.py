"""The weekly recap tells of everybody who came since the last one, once."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from talento.errors import Forbidden, Invalid
from talento.models.cinema import CinemaTalent
from talento.models.operations import OutgoingMail
from talento.models.talents import Talent
from talento.services import jobs, preferences, recap, schedule
from talento.services.preferences import changes, registry
from talento.services.work import SYSTEM, look, run
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast


def mails() -> list[OutgoingMail]:
    sent = select(OutgoingMail).where(OutgoingMail.kind.in_(["recap", "recap_cinema"])).order_by(OutgoingMail.id)
    return look(SYSTEM, lambda work: list(work.session.scalars(sent)))


def told(hands: Hands) -> None:
    """Send the recap once registrations have settled."""
    hands.later(minutes=2)
    run(SYSTEM, recap.send)


def chosen(cast: Cast, wanted: Any, typed: str) -> None:
    run(cast.awa, changes.change, wanted.key, typed, revision=None)
    preferences.forget()


def test_administrators_are_told_who_came(cast: Cast, hands: Hands) -> None:
    _, made = factories.talent()
    factories.cinema_talent(first_name="Karim", last_name="<b>Alami</b>")

    told(hands)

    general, cinema = mails()
    assert (general.recipient, general.subject) == ("awa@agency.example.com", "1 new talent this week")
    assert "Amina Benali" in general.text and made.code in general.text
    assert cinema.subject == "1 new cinema talent this week"
    assert "<b>Alami" not in cinema.html and "&lt;b&gt;Alami" in cinema.html
    assert "security:" in general.text


def test_nobody_is_told_twice_and_nobody_is_left_out(cast: Cast, hands: Hands) -> None:
    factories.talent()
    told(hands)
    hands.later(days=9)
    told(hands)
    assert len(mails()) == 1

    hands.later(hours=2)
    factories.talent(email="karim@example.org", first_name="Karim")
    hands.later(days=16)
    told(hands)

    assert len(mails()) == 2
    assert "Karim" in mails()[1].text and "Amina" not in mails()[1].text


def test_columns_recipients_and_rosters_are_chosen(cast: Cast, hands: Hands) -> None:
    factories.talent()
    factories.cinema_talent()
    chosen(cast, registry.RECAP_FIELDS, "Age\nemail\nphone\ngender\ncountry")
    chosen(cast, registry.RECAP_TO, "boss@agency.example.com")
    chosen(cast, registry.RECAP_CINEMA, "false")

    told(hands)

    (only,) = mails()
    assert only.recipient == "boss@agency.example.com"
    assert "Age · E-mail · Phone · Gender · Country" in only.text
    assert "+212" in only.text and "Morocco" in only.text
    with pytest.raises(Invalid):
        chosen(cast, registry.RECAP_FIELDS, "passport_number")
    with pytest.raises(Invalid):
        chosen(cast, registry.RECAP_TO, "boss@agency.example.com\nBcc: everybody@example.org")


def test_no_contact_of_a_minor_is_told(cast: Cast, hands: Hands) -> None:
    factories.talent()
    child = hands.now.date() - timedelta(days=365 * 12)
    run(SYSTEM, lambda work: work.session.execute(update(Talent).values(born_on=child)))
    chosen(cast, registry.RECAP_FIELDS, "name\nemail\nphone")

    told(hands)

    assert "Amina Benali · – · –" in mails()[0].text


def test_it_speaks_the_language_of_each_recipient(cast: Cast, hands: Hands) -> None:
    factories.cinema_talent()
    run(SYSTEM, lambda work: work.session.execute(update(recap.User).values(locale="fr")))

    told(hands)

    assert mails()[0].subject == "1 nouveau talent cinéma cette semaine"


def test_a_long_list_is_cut_and_says_so(cast: Cast, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recap, "MOST_ROWS", 2)
    for number in range(5):
        factories.cinema_talent(first_name=f"Person{number}")

    told(hands)

    assert "… and 3 more." in mails()[0].text
    assert mails()[0].subject == "5 new cinema talents this week"
    assert mails()[0].text.count("Person") == 2


def test_a_preview_sends_nothing(cast: Cast, hands: Hands) -> None:
    factories.cinema_talent()
    hands.later(minutes=2)

    (shown,) = look(cast.awa, recap.preview)

    assert shown.kind == "recap_cinema" and "Amina" in shown.text
    assert shown.recipients == ["awa@agency.example.com"]
    assert mails() == []
    with pytest.raises(Forbidden):
        look(cast.youssef, recap.preview)


def test_it_goes_out_on_its_day_and_hour_and_follows_the_setting(cast: Cast, hands: Hands) -> None:
    job = [one for one in schedule.JOBS if one.name == recap.NAME]
    jobs.tick(job)
    factories.cinema_talent()
    sunday = datetime(2027, 3, 14, 12, 59, tzinfo=ZoneInfo("Africa/Casablanca"))
    hands.now = sunday.astimezone(UTC) - timedelta(seconds=1)
    jobs.tick(job)
    assert mails() == []
    hands.later(seconds=1)
    jobs.tick(job)
    jobs.tick(job)
    assert len(mails()) == 1

    chosen(cast, registry.RECAP_DAY, "monday")
    chosen(cast, registry.RECAP_HOUR, "08:00")
    factories.cinema_talent(first_name="Late")
    assert (look(cast.awa, jobs.listed, job)[0].next_at - hands.now) < timedelta(hours=21)
    hands.later(hours=20)
    jobs.tick(job)

    assert len(mails()) == 2


def test_a_crash_between_two_messages_leaves_none(cast: Cast, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.talent()
    factories.cinema_talent()
    job = [one for one in schedule.JOBS if one.name == recap.NAME]
    jobs.tick(job)
    hands.later(days=7)
    put, written = recap._put, []

    def failing(*arguments: Any) -> None:
        written.append(arguments)
        if len(written) == 2:
            raise OSError("killed")
        put(*arguments)

    monkeypatch.setattr(recap, "_put", failing)
    jobs.tick(job)
    assert mails() == []

    hands.later(minutes=2)
    jobs.tick(job)

    assert len(mails()) == 2


def test_who_is_gone_is_not_counted(cast: Cast, hands: Hands) -> None:
    factories.cinema_talent()
    hands.later(days=30)
    run(SYSTEM, lambda work: work.session.execute(update(CinemaTalent).values(registered_at=hands.now)))

    told(hands)

    assert len(mails()) == 1


def test_who_registers_while_it_is_written_is_told_of_in_the_next(cast: Cast, hands: Hands) -> None:
    factories.cinema_talent(first_name="Slow")
    hands.later(seconds=30)
    run(SYSTEM, recap.send)
    assert mails() == []

    told(hands)
    told(hands)

    assert len(mails()) == 1 and "Slow" in mails()[0].text
