"""The cinema dashboard: numbers of everything, names of one's own."""

import sys
from datetime import date

import pytest

from talento.errors import Forbidden
from talento.services.casting import assignments, dashboard, projects
from talento.services.casting.dashboard import Dashboard
from talento.services.cinema import search
from talento.services.cinema.search import CINEMA
from talento.services.search import Index
from talento.services.work import Actor, look, run
from talento.vocabulary.permissions import Role
from talento.vocabulary.visibility import Visibility
from tests import factories
from tests.factories import Cast


@pytest.fixture(autouse=True)
def index(monkeypatch: pytest.MonkeyPatch) -> Index:
    made = Index(roster=CINEMA)
    monkeypatch.setattr(sys.modules[search.find.__module__], "_index", made)
    return made


def seen_by(actor: Actor) -> Dashboard:
    return look(actor, dashboard.overview)


def counts(dashboard: Dashboard, chart: str) -> dict[str, int]:
    return {bar.value: bar.count for bar in dashboard.charts[chart] if bar.count}


def test_an_empty_installation_has_an_empty_dashboard(cast: Cast) -> None:
    shown = seen_by(cast.youssef)

    assert (shown.talents, shown.projects, shown.productions, shown.open_roles) == (0, 0, 0, 0)
    assert [bar.count for bar in shown.by_status] == [0, 0, 0, 0]
    assert shown.roles == [] == shown.shoots
    assert len(shown.days) == dashboard.DAYS


def test_talents_are_counted_as_the_search_finds_them(cast: Cast) -> None:
    factories.cinema_talent(kinds=["extra", "model"])
    factories.cinema_talent(kinds=["extra"], gender=factories.Gender.MALE)
    factories.cinema_talent(visibility=Visibility.HIDDEN)
    factories.cinema_talent(born_on=date(2018, 1, 1))

    shown = seen_by(cast.youssef)

    assert shown.talents == 2
    assert counts(shown, "kinds") == {"extra": 2, "model": 1}
    assert counts(shown, "gender") == {"F": 1, "M": 1}
    assert counts(shown, "residence") == {"MA": 2}
    assert set(shown.charts) == set(dashboard.CHARTS)


def test_roles_say_how_full_they_are_until_they_are_full(cast: Cast) -> None:
    project = factories.project(cast.youssef)
    role = factories.role(cast.youssef, project, wanted="2")
    for expected in (0, 50):
        shown = seen_by(cast.youssef)
        assert [(fill.id, fill.percent) for fill in shown.roles] == [(role, expected)]
        _, talent = factories.cinema_talent()
        run(cast.youssef, assignments.assign, project, talent_id=talent, role_id=role, kind="extra")

    shown = seen_by(cast.youssef)
    assert (shown.roles, shown.open_roles, shown.wanted, shown.booked) == ([], 0, 2, 2)


def test_other_teams_are_numbers_without_names(cast: Cast) -> None:
    rival = factories.staff("Rival", Role.RECRUITER)
    factories.role(rival, factories.project(rival, name="Secret Film", starts_on="2026-01-01"), name="Secret Part")

    theirs, admins = seen_by(cast.youssef), seen_by(cast.awa)

    assert (theirs.projects, theirs.open_roles, theirs.foreign_roles) == (1, 1, 1)
    assert "Secret" not in repr(theirs)
    assert admins.foreign_roles == 0
    assert "Secret Part" in repr(admins)


def test_what_is_completed_or_deleted_is_no_longer_cast(cast: Cast) -> None:
    done, gone = factories.project(cast.youssef), factories.project(cast.youssef)
    for project in (done, gone):
        factories.role(cast.youssef, project)
    run(cast.youssef, projects.set_status, done, "completed")
    run(cast.youssef, projects.delete, gone)

    shown = seen_by(cast.youssef)

    assert (shown.projects, shown.open_roles, shown.shoots) == (0, 0, [])
    assert {bar.value: bar.count for bar in shown.by_status if bar.count} == {"completed": 1}


def test_coming_days_count_the_people_booked_on_them(cast: Cast, hands) -> None:
    today = hands.now.date()
    project = factories.project(cast.youssef, starts_on="2027-03-10", ends_on="2027-03-16")
    role = factories.role(cast.youssef, project)
    _, first = factories.cinema_talent()
    _, second = factories.cinema_talent()
    book = {"role_id": role, "kind": "extra"}
    run(cast.youssef, assignments.assign, project, talent_id=first, **book)
    run(cast.youssef, assignments.assign, project, talent_id=second, starts_on=date(2027, 3, 13), **book)

    shown = seen_by(cast.youssef)

    assert today == date(2027, 3, 12)
    assert [day.people for day in shown.days][:6] == [1, 2, 2, 2, 2, 0]
    assert [day.projects for day in shown.days][:6] == [1, 1, 1, 1, 1, 0]
    assert [(shoot.name, shoot.people) for shoot in shown.shoots] == [("The Caravan", 2)]


@pytest.mark.parametrize("who", ["nadia", "zoe"])
def test_only_those_who_cast_see_it(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        look(getattr(cast, who), dashboard.overview)
