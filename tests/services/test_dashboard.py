"""The dashboard counts what the searches behind its numbers find."""

import csv
import io

import pytest
from sqlalchemy import update

from talento.errors import Forbidden, Unauthorized
from talento.models.accounts import User
from talento.models.operations import OutgoingMail
from talento.models.talents import Talent
from talento.services import audit, dashboard, logs, search
from talento.services.mail import outbox
from talento.services.mail.letter import Letter
from talento.services.search import Index, Query
from talento.services.work import SYSTEM, VISITOR, look, run
from talento.vocabulary.visibility import Visibility
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast


@pytest.fixture
def town(cast: Cast, hands: Hands) -> Index:
    """Amina came ten days ago, Karim today, Sara today without being found."""
    factories.talent()
    hands.later(days=10)
    factories.talent(
        email="karim@example.org", first_name="Karim", gender="M", passport_number="ZZ111", phone="0612345690"
    )
    factories.talent(email="sara@example.org", first_name="Sara", passport_number="ZZ222", phone="0612345691")
    hide = update(Talent).where(Talent.first_name == "Sara").values(visibility=Visibility.HIDDEN)
    run(SYSTEM, lambda work: work.session.execute(hide))
    index = Index()
    index.load()
    return index


def test_every_number_is_what_its_search_finds(town: Index, cast: Cast) -> None:
    shown = look(cast.awa, dashboard.people, on=town)

    assert (shown.total, shown.lately, len(shown.days)) == (2, 2, 30)
    for name, parameter in dashboard.CHARTS.items():
        for bar in shown.charts[name]:
            assert bar.count == total(cast, town, {parameter: bar.value}), (name, bar)
    for day in shown.days:
        assert day.count == total(cast, town, {"since": day.day, "until": day.day})
    assert [day.count for day in shown.days if day.count] == [1, 1]
    assert sum(band.count for band in shown.charts["complete"]) == 2
    assert {bar.value: bar.count for bar in shown.charts["gender"]} == {"F": 1, "M": 1, "N": 0}


def total(cast: Cast, index: Index, address: dict[str, str]) -> int:
    return look(cast.awa, search.find, Query.from_address(address), on=index).total


def test_the_span_of_days_is_one_that_is_offered(town: Index, cast: Cast) -> None:
    assert len(look(cast.awa, dashboard.people, days=90, on=town).days) == 90
    assert len(look(cast.awa, dashboard.people, days=4, on=town).days) == 30
    assert len(look(cast.awa, dashboard.people, days=-1, on=town).days) == 30


def test_those_who_came_since_the_index_was_read_are_counted_once(town: Index, cast: Cast) -> None:
    _, made = factories.talent(email="new@example.org", first_name="New", passport_number="ZZ333", phone="0612345692")
    town.apply([made.talent_id])
    whole = update(Talent).where(Talent.id == made.talent_id).values(completeness=100)
    run(SYSTEM, lambda work: work.session.execute(whole))
    town.apply([made.talent_id])

    shown = look(cast.awa, dashboard.people, on=town)

    assert (shown.total, shown.lately) == (3, 3)
    assert shown.charts["complete"][-1].count == 1


def test_an_empty_house_has_empty_charts(cast: Cast) -> None:
    index = Index()
    index.load()
    shown = look(cast.awa, dashboard.people, on=index)

    assert (shown.total, {day.count for day in shown.days}, {band.count for band in shown.charts["complete"]}) == (
        0,
        {0},
        {0},
    )


def test_the_house_tells_of_mail_jobs_and_safety(cast: Cast, hands: Hands) -> None:
    before = look(cast.awa, dashboard.house)
    assert (before.mails_waiting, before.mails_failed, before.failed_sign_ins, before.critical, before.logs) == (
        0, 0, 0, 0, "",
    )  # fmt: skip
    run(SYSTEM, audit.security, "failed_login", severity="warning")
    hands.later(hours=25)
    run(SYSTEM, audit.security, "failed_login", severity="warning")
    run(SYSTEM, audit.security, "suspended", severity="critical")
    letter = Letter("en", "Hello", "Hello Zoé,", [])
    run(SYSTEM, lambda work: outbox.put(work, "welcome", work.get(User, cast.zoe.user_id), letter))
    logs.check(cast.awa)

    house = look(cast.awa, dashboard.house)
    assert (house.mails_waiting, house.failed_sign_ins, house.critical, house.logs) == (1, 1, 1, "whole")
    assert house.logs_at == hands.now

    run(SYSTEM, lambda work: work.session.execute(update(OutgoingMail).values(status="failed")))
    assert look(cast.awa, dashboard.house).mails_failed == 1


def test_nobody_but_admins_sees_it(cast: Cast) -> None:
    for ask in (dashboard.people, dashboard.cinema, dashboard.house, dashboard.export):
        for actor in (cast.youssef, cast.nadia, cast.zoe):
            with pytest.raises(Forbidden):
                look(actor, ask)
        with pytest.raises(Unauthorized):
            look(VISITOR, ask)


def test_the_charts_are_exported_in_the_readers_language(
    town: Index, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "index", lambda: town)
    made = look(cast.awa, dashboard.export, locale="fr")
    rows = list(csv.reader(io.StringIO(made.data.decode("utf-8-sig"))))

    assert rows[0] == ["Graphique", "Valeur", "Personnes"]
    assert ["Genre", "Femme", "1"] in rows or ["Sexe", "Femme", "1"] in rows
    assert sum(row[0] == "Inscriptions par jour" for row in rows) == 30
