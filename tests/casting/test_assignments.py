"""Assignments: by any code, once per project, under a number that is never given again, never at the wrong time."""

from datetime import date

import pytest
from sqlalchemy import select

from talento.errors import Conflict, Forbidden, Invalid, InvalidForm, NotFound
from talento.models.casting import Assignment, RevokedBadge
from talento.models.cinema import CinemaAlias, CinemaTalent, Unavailability
from talento.services import encryption
from talento.services.casting import assignments, board, projects
from talento.services.casting.overlaps import DoubleBooked
from talento.services.work import SYSTEM, Actor, Work, look, run, work
from talento.vocabulary.visibility import Visibility
from tests import factories
from tests.factories import Cast


def people(actor: Actor, project: int) -> list[assignments.Assigned]:
    return look(actor, assignments.roster, project)


def stages(actor: Actor, role: int) -> dict[str, str]:
    return {card.name: card.stage for card in look(actor, board.board, role).cards}


def cinema_code(work: Work, talent_id: int) -> str:
    return work.get(CinemaTalent, talent_id).code


def test_somebody_is_assigned_by_any_form_of_any_code(cast: Cast) -> None:
    actor, made = factories.talent()
    _, karim = factories.cinema_talent(first_name="Karim")
    with work(SYSTEM) as opened:
        opened.get(CinemaTalent, karim).user_id = actor.user_id
        opened.insert(CinemaAlias, code="MACAS0001F", talent_id=karim)
    code = look(SYSTEM, cinema_code, karim)
    first = run(cast.youssef, assignments.assign, factories.project(cast.youssef), scanned=code)
    forms = [
        code.lower(), f"{code[:2]} {code[2:5]}-{code[5:]}", f"https://talento.example/t/{code}", "macas-0001 f",
        made.code, f" {made.code.lower()} ", first.code, first.code.replace("-", ""), first.code.lower(),
    ]  # fmt: skip

    for said in forms:
        elsewhere = factories.project(cast.youssef, starts_on="", ends_on="")
        done = run(cast.youssef, assignments.assign, elsewhere, scanned=said)
        assert (done.name, people(cast.youssef, elsewhere)[0].face.id) == ("Karim Benali", karim), said


@pytest.mark.parametrize(
    "said", ["", " ", "MACAS99999F", "MAM9999RAB", "MAOUAFIL001-999", "%", "'; --", "🎬", "x" * 5000, "\x00"]
)
def test_an_unknown_code_is_refused_in_words(cast: Cast, said: str) -> None:
    project = factories.project(cast.youssef)

    with pytest.raises(NotFound, match="Nobody on the casting roster"):
        run(cast.youssef, assignments.assign, project, scanned=said)


def test_numbers_follow_each_other_and_whoever_comes_back_keeps_their_code(cast: Cast) -> None:
    project = factories.project(cast.youssef)
    (_, amina), (_, karim) = (factories.cinema_talent() for _ in range(2))
    first = run(cast.youssef, assignments.assign, project, talent_id=amina)
    run(cast.youssef, assignments.remove, first.id, "Broke a leg")
    second = run(cast.youssef, assignments.assign, project, talent_id=karim)

    again = run(cast.awa, assignments.assign, project, talent_id=amina)

    assert (first.code, second.code) == ("MAOUAFIL001-001", "MAOUAFIL001-002")
    assert (again.id, again.code) == (first.id, first.code)
    assert [(one.number, one.badge_serial) for one in people(cast.youssef, project)] == [(1, 2), (2, 1)]
    with work(SYSTEM) as opened:
        revoked = opened.session.scalars(select(RevokedBadge)).one()
        assert (revoked.code, revoked.serial, revoked.reason) == (first.code, 1, "Broke a leg")


def test_a_second_assignment_says_by_whom_and_when_the_first_was_made(cast: Cast, hands) -> None:
    project = factories.project(cast.youssef)
    _, amina = factories.cinema_talent()
    run(cast.youssef, assignments.assign, project, talent_id=amina)

    with pytest.raises(Conflict) as refused:
        run(cast.awa, assignments.assign, project, talent_id=amina)

    said = "Amina Benali is on this project already, as MAOUAFIL001-001: assigned by Youssef on 12 March 2027, 09:00."
    assert str(refused.value) == said  # UTC in Ramadan


def test_wrong_times_and_kinds_are_refused(cast: Cast) -> None:
    project, other = factories.project(cast.youssef), factories.project(cast.youssef)
    role = factories.role(cast.youssef, other)
    _, amina = factories.cinema_talent()
    march = {"starts_on": date(2027, 3, 2), "ends_on": date(2027, 3, 1)}

    with pytest.raises(InvalidForm) as refused:
        run(cast.youssef, assignments.assign, project, talent_id=amina, **march)
    assert "ends_on" in refused.value.problems
    with pytest.raises(Invalid):
        run(cast.youssef, assignments.assign, project, talent_id=amina, kind="king")
    with pytest.raises(NotFound):
        run(cast.youssef, assignments.assign, project, talent_id=amina, role_id=role)
    with pytest.raises(NotFound):
        run(cast.youssef, assignments.assign, project, talent_id=999_999)
    run(cast.youssef, projects.set_status, project, "completed")
    with pytest.raises(Conflict, match="completed"):
        run(cast.youssef, assignments.assign, project, talent_id=amina)
    assert people(cast.youssef, project) == []


def test_a_child_is_assigned_only_with_a_guardians_consent(cast: Cast, hands) -> None:
    project = factories.project(cast.youssef)
    _, child = factories.cinema_talent(born_on=date(2017, 1, 1))
    code = look(SYSTEM, cinema_code, child)
    with pytest.raises(Conflict, match="no guardian has consented"):
        run(cast.youssef, assignments.assign, project, scanned=code)
    with pytest.raises(NotFound):
        run(cast.youssef, assignments.assign, project, talent_id=child)

    with work(SYSTEM) as opened:
        opened.get(CinemaTalent, child).guardian_consented_at = hands.now
    run(cast.youssef, assignments.assign, project, scanned=code)

    assert [one.face.is_minor for one in people(cast.youssef, project)] == [True]


def test_the_hidden_are_not_assigned(cast: Cast) -> None:
    _, amina = factories.cinema_talent(visibility=Visibility.HIDDEN)

    with pytest.raises(NotFound):
        run(cast.youssef, assignments.assign, factories.project(cast.youssef), talent_id=amina)


# Boards follow


def test_the_board_of_the_role_follows_the_assignment(cast: Cast) -> None:
    project = factories.project(cast.youssef)
    merchant, guard = (factories.role(cast.youssef, project, name=name) for name in ("Merchant", "Guard"))
    _, amina = factories.cinema_talent()

    made = run(cast.youssef, assignments.assign, project, talent_id=amina, role_id=merchant)
    assert stages(cast.youssef, merchant) == {"Amina Benali": "booked"}
    run(cast.youssef, assignments.edit, made.id, role_id=guard, kind="extra", description="At the gate")
    assert stages(cast.youssef, merchant) == {"Amina Benali": "released"}
    assert stages(cast.youssef, guard) == {"Amina Benali": "booked"}
    run(cast.youssef, assignments.remove, made.id, "Rain")

    assert stages(cast.youssef, guard) == {"Amina Benali": "released"}
    assert people(cast.youssef, project) == []


def test_an_edit_keeps_the_code_and_a_removal_needs_a_reason(cast: Cast) -> None:
    project = factories.project(cast.youssef)
    _, amina = factories.cinema_talent()
    made = run(cast.youssef, assignments.assign, project, talent_id=amina)

    days = {"starts_on": date(2027, 4, 3), "ends_on": date(2027, 4, 4)}
    run(cast.youssef, assignments.edit, made.id, kind="stunt_performer", description=" Falls \n twice ", **days)

    one = people(cast.youssef, project)[0]
    assert (one.code, one.kind, one.description) == (made.code, "stunt_performer", "Falls\ntwice")
    assert (one.starts_on, one.ends_on) == (date(2027, 4, 3), date(2027, 4, 4))
    with pytest.raises(Invalid, match="reason"):
        run(cast.youssef, assignments.remove, made.id, " ")
    run(cast.youssef, assignments.remove, made.id, "Rain")
    for action, arguments in ((assignments.edit, {}), (assignments.remove, {"reason": "Rain"})):
        with pytest.raises(NotFound):
            run(cast.youssef, action, made.id, **arguments)


# Twice on the same days


def test_an_overlap_is_refused_unless_a_reason_is_given_and_kept(cast: Cast) -> None:
    spring = factories.project(cast.youssef, name="Spring")
    late = factories.project(cast.youssef, name="Late", starts_on="2027-05-15", ends_on="2027-06-01")
    summer = factories.project(cast.youssef, name="Summer", starts_on="2027-06-02", ends_on="2027-07-01")
    undated = factories.project(cast.youssef, name="Undated", starts_on="", ends_on="")
    _, amina = factories.cinema_talent()
    run(cast.youssef, assignments.assign, spring, talent_id=amina)

    with pytest.raises(DoubleBooked, match="booked for Spring from 1 April 2027 to 15 May 2027"):
        run(cast.youssef, assignments.assign, late, talent_id=amina)
    for free in (summer, undated):
        run(cast.youssef, assignments.assign, free, talent_id=amina)
    done = run(cast.youssef, assignments.assign, late, talent_id=amina, overlap_reason="Half days only")

    assert people(cast.youssef, late)[0].overlap_reason == "Half days only"
    assert people(cast.youssef, summer)[0].overlap_reason == ""
    run(cast.youssef, assignments.edit, done.id, description="Still half days")
    assert people(cast.youssef, late)[0].overlap_reason == "Half days only"


def test_days_of_ones_own_and_ended_projects_do_not_overlap(cast: Cast) -> None:
    spring = factories.project(cast.youssef, name="Spring")
    other = factories.project(cast.youssef, name="Other")
    _, amina = factories.cinema_talent()
    made = run(cast.youssef, assignments.assign, spring, talent_id=amina, ends_on=date(2027, 4, 10))

    days = {"starts_on": date(2027, 4, 11), "ends_on": date(2027, 4, 12)}
    run(cast.youssef, assignments.assign, other, talent_id=amina, **days)

    assert made.code and len(people(cast.youssef, other)) == 1
    run(cast.youssef, projects.set_status, spring, "completed")
    third = factories.project(cast.youssef, starts_on="2027-04-01", ends_on="2027-04-05")
    run(cast.youssef, assignments.assign, third, talent_id=amina)


def test_another_teams_project_is_not_named_and_a_calendar_counts_too(cast: Cast) -> None:
    secret = factories.project(cast.awa, name="Secret")
    mine = factories.project(cast.youssef)
    _, amina = factories.cinema_talent()
    _, karim = factories.cinema_talent(first_name="Karim")
    run(cast.awa, assignments.assign, secret, talent_id=amina)
    with work(SYSTEM) as opened:
        opened.insert(
            Unavailability, talent_id=karim, starts_on=date(2027, 4, 5), ends_on=date(2027, 4, 6), note="Wedding"
        )

    with pytest.raises(DoubleBooked) as refused:
        run(cast.youssef, assignments.assign, mine, talent_id=amina)
    assert "another project" in str(refused.value) and "Secret" not in str(refused.value)
    with pytest.raises(DoubleBooked, match="Karim Benali is not available from 5 April 2027"):
        run(cast.youssef, assignments.assign, mine, talent_id=karim)


# Who sees what


def test_contact_is_shown_to_the_team_but_never_a_minors(cast: Cast, hands) -> None:
    project = factories.project(cast.youssef)
    _, amina = factories.cinema_talent(email="amina.cinema@example.com")
    _, child = factories.cinema_talent(born_on=date(2017, 1, 1), guardian_consented_at=hands.now)
    with work(SYSTEM) as opened:
        for key in (amina, child):
            row = opened.get(CinemaTalent, key)
            row.phone_sealed = encryption.keyring().seal("+212612345678", "cinema_talent", row.uid, "phone")
    for key in (amina, child):
        run(cast.youssef, assignments.assign, project, talent_id=key)

    shown = {one.face.id: (one.phone, one.email) for one in people(cast.youssef, project)}

    assert shown == {amina: ("+212612345678", "amina.cinema@example.com"), child: ("", "")}


def test_whoever_loses_consent_is_withheld_and_whoever_hides_stays_on_the_roster(cast: Cast, hands) -> None:
    project = factories.project(cast.youssef)
    _, amina = factories.cinema_talent()
    _, child = factories.cinema_talent(first_name="Lina", born_on=date(2017, 1, 1), guardian_consented_at=hands.now)
    for key in (amina, child):
        run(cast.youssef, assignments.assign, project, talent_id=key)
    with work(SYSTEM) as opened:
        opened.get(CinemaTalent, amina).visibility = Visibility.HIDDEN
        opened.get(CinemaTalent, child).guardian_consented_at = None

    shown = [(one.face.name, one.is_withheld) for one in people(cast.youssef, project)]

    assert shown == [("Amina Benali", False), ("", True)]


def calls(project: int, assignment: int) -> list:
    return [
        (assignments.roster, (project,), {}),
        (assignments.assign, (project,), {"scanned": "MACAS00001F"}),
        (assignments.edit, (assignment,), {}),
        (assignments.remove, (assignment, "Rain"), {}),
    ]


def test_assignments_do_not_exist_for_a_recruiter_who_is_not_on_the_team(cast: Cast) -> None:
    project = factories.project(cast.awa)
    made = run(cast.awa, assignments.assign, project, talent_id=factories.cinema_talent()[1])

    for action, arguments, named in calls(project, made.id):
        with pytest.raises(NotFound):
            run(cast.youssef, action, *arguments, **named)
    assert len(people(cast.awa, project)) == 1


@pytest.mark.parametrize("who", ["nadia", "zoe", "amina"])
def test_assignments_are_for_those_who_cast(cast: Cast, who: str) -> None:
    project = factories.project(cast.youssef)
    amina, key = factories.cinema_talent()
    made = run(cast.youssef, assignments.assign, project, talent_id=key)

    for action, arguments, named in calls(project, made.id):
        with pytest.raises(Forbidden):
            run(amina if who == "amina" else getattr(cast, who), action, *arguments, **named)


def test_a_role_of_another_project_is_no_role_of_this_one(cast: Cast) -> None:
    project, other = factories.project(cast.youssef), factories.project(cast.awa)
    foreign = factories.role(cast.awa, other)
    made = run(cast.youssef, assignments.assign, project, talent_id=factories.cinema_talent()[1])

    for actor in (cast.youssef, cast.awa):
        with pytest.raises(NotFound):
            run(actor, assignments.edit, made.id, role_id=foreign)
    with work(SYSTEM) as opened:
        assert opened.get(Assignment, made.id).role_id is None
