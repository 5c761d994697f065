"""The casting board: moves in order and on record, bookings that assign, notes that talents never see."""

from datetime import date

import pytest
from sqlalchemy import select

from talento.errors import Conflict, Forbidden, Invalid, NotFound
from talento.models.casting import CandidateMove, RevokedBadge
from talento.models.cinema import CinemaTalent
from talento.services.casting import assignments, board, notes, projects
from talento.services.casting.overlaps import DoubleBooked
from talento.services.work import SYSTEM, Actor, look, run, work
from talento.vocabulary.casting import Stage
from talento.vocabulary.visibility import Visibility
from tests import factories
from tests.factories import Cast


@pytest.fixture
def role(cast: Cast) -> int:
    return factories.role(cast.youssef, factories.project(cast.youssef))


def column(actor: Actor, role_id: int, stage: str = "considered") -> list[int]:
    return [card.id for card in look(actor, board.board, role_id).cards if card.stage == stage]


def project_of(actor: Actor, role_id: int) -> int:
    return look(actor, board.board, role_id).project_id


def several(cast: Cast, role_id: int, count: int) -> list[int]:
    return [factories.candidate(cast.youssef, role_id, first_name=f"P{number}")[0] for number in range(count)]


def test_people_are_considered_once_and_only_those_who_may_be_seen(cast: Cast, role: int) -> None:
    (_, amina), (_, karim) = (factories.cinema_talent() for _ in range(2))
    _, hidden = factories.cinema_talent(visibility=Visibility.HIDDEN)
    _, child = factories.cinema_talent(born_on=date(2020, 1, 1))

    assert run(cast.youssef, board.consider, role, [amina, hidden, child, 999_999, amina]) == 1
    assert run(cast.youssef, board.consider, role, [amina, karim]) == 1

    assert [card.talent_id for card in look(cast.youssef, board.board, role).cards] == [amina, karim]


def test_somebody_is_added_by_a_code_and_told_when_they_are_there(cast: Cast, role: int) -> None:
    _, amina = factories.cinema_talent()
    with work(SYSTEM) as opened:
        code = opened.get(CinemaTalent, amina).code

    assert run(cast.youssef, board.consider_code, role, code.lower()).id == amina
    with pytest.raises(Conflict, match="on this board already"):
        run(cast.youssef, board.consider_code, role, code)
    with pytest.raises(NotFound):
        run(cast.youssef, board.consider_code, role, "nonsense")


def test_a_card_stands_where_it_is_put(cast: Cast, role: int) -> None:
    a, b, c, d = several(cast, role, 4)

    run(cast.youssef, board.move, d, "considered", a)
    assert column(cast.youssef, role) == [a, d, b, c]
    run(cast.youssef, board.move, c, "considered", board.TOP)
    assert column(cast.youssef, role) == [c, a, d, b]
    run(cast.youssef, board.move, c, "considered")
    assert column(cast.youssef, role) == [a, d, b, c]
    run(cast.youssef, board.move, a, "contacted", 999_999)
    run(cast.youssef, board.move, b, "contacted", board.TOP)

    assert (column(cast.youssef, role), column(cast.youssef, role, "contacted")) == ([d, c], [b, a])


def test_a_column_is_numbered_anew_when_there_is_no_room_between_two(cast: Cast, role: int) -> None:
    first, *others = several(cast, role, 5)
    expected = column(cast.youssef, role)

    for turn in range(40):
        moved = others[turn % 4]
        expected = [first, moved, *(one for one in expected if one not in (first, moved))]
        run(cast.youssef, board.move, moved, "considered", first)

    assert column(cast.youssef, role) == expected


def test_every_move_is_on_record(cast: Cast, role: int, hands) -> None:
    key, _ = factories.candidate(cast.youssef, role)
    run(cast.awa, board.move, key, "contacted")
    run(cast.youssef, board.move, key, "declined", reason="Wants a lead")

    told = [(move.from_stage, move.to_stage, move.by, move.reason) for move in look(cast.youssef, notes.moves, key)]

    assert told == [
        ("contacted", "declined", "Youssef", "Wants a lead"),
        ("considered", "contacted", "Awa", ""),
        ("", "considered", "Youssef", ""),
    ]
    card = look(cast.awa, board.board, role).cards[0]
    assert (card.reason, card.moved_by, card.moved_at) == ("Wants a lead", "Youssef", hands.now)


def test_declined_asks_why_and_a_column_must_exist(cast: Cast, role: int) -> None:
    key, _ = factories.candidate(cast.youssef, role)

    with pytest.raises(Invalid, match="why"):
        run(cast.youssef, board.move, key, "declined", reason="  ")
    for stage in ("fired", ""):
        with pytest.raises(Invalid):
            run(cast.youssef, board.move, key, stage)
    assert column(cast.youssef, role) == [key]


# Booking


def test_to_book_assigns_and_to_leave_the_booked_ends_it(cast: Cast, role: int) -> None:
    key, talent = factories.candidate(cast.youssef, role)
    project = project_of(cast.youssef, role)

    run(cast.youssef, board.move, key, "booked")
    one = look(cast.youssef, assignments.roster, project)[0]
    assert (one.face.id, one.role_id, one.code) == (talent, role, "MAOUAFIL001-001")
    assert look(cast.youssef, board.board, role).booked == 1

    run(cast.youssef, board.move, key, "released", reason="Rain")
    assert look(cast.youssef, assignments.roster, project) == []
    with work(SYSTEM) as opened:
        assert [(row.code, row.serial) for row in opened.session.scalars(select(RevokedBadge))] == [(one.code, 1)]

    run(cast.youssef, board.move, key, "booked")
    again = look(cast.youssef, assignments.roster, project)[0]
    assert (again.id, again.code, again.badge_serial) == (one.id, one.code, 2)


def test_an_assignment_without_a_role_takes_the_role_and_one_with_another_is_left(cast: Cast, role: int) -> None:
    project = project_of(cast.youssef, role)
    guard = factories.role(cast.youssef, project, name="Guard")
    key, talent = factories.candidate(cast.youssef, role)
    run(cast.youssef, assignments.assign, project, talent_id=talent)

    run(cast.youssef, board.move, key, "booked")
    assert look(cast.youssef, assignments.roster, project)[0].role_id == role
    run(cast.youssef, board.consider, guard, [talent])
    other = look(cast.youssef, board.board, guard).cards[0].id
    with pytest.raises(Conflict, match="as Merchant"):
        run(cast.youssef, board.move, other, "booked")

    run(cast.youssef, board.move, other, "contacted")
    assert len(look(cast.youssef, assignments.roster, project)) == 1


def test_a_double_booking_is_warned_of_on_the_card_and_overridden_with_a_reason(cast: Cast, role: int) -> None:
    key, talent = factories.candidate(cast.youssef, role)
    other = factories.project(cast.youssef, name="Rival", starts_on="2027-05-01", ends_on="2027-05-02")
    run(cast.youssef, assignments.assign, other, talent_id=talent)
    warning = look(cast.youssef, board.board, role).cards[0].warnings[0]
    assert (warning.project, warning.starts_on) == ("Rival", date(2027, 5, 1))

    with pytest.raises(DoubleBooked):
        run(cast.youssef, board.move, key, "booked")
    assert column(cast.youssef, role) == [key]
    run(cast.youssef, board.move, key, "booked", overlap_reason="Agreed with Rival")

    assert look(cast.youssef, assignments.roster, project_of(cast.youssef, role))[0].overlap_reason == (
        "Agreed with Rival"
    )


def test_somebody_who_hid_meanwhile_is_not_booked(cast: Cast, role: int) -> None:
    key, talent = factories.candidate(cast.youssef, role)
    with work(SYSTEM) as opened:
        opened.get(CinemaTalent, talent).visibility = Visibility.HIDDEN

    with pytest.raises(NotFound):
        run(cast.youssef, board.move, key, "booked")
    assert look(cast.youssef, board.board, role).cards == []


def test_a_mistake_is_taken_off_the_board_but_not_a_booking(cast: Cast, role: int) -> None:
    a, b = several(cast, role, 2)
    run(cast.youssef, board.move, b, "booked")

    run(cast.youssef, board.dismiss, a)
    with pytest.raises(Conflict, match="booked"):
        run(cast.youssef, board.dismiss, b)

    assert [card.id for card in look(cast.youssef, board.board, role).cards] == [b]


# Ratings and notes


def test_stars_are_given_and_taken(cast: Cast, role: int) -> None:
    key, _ = factories.candidate(cast.youssef, role)
    run(cast.youssef, board.rate, key, 4)
    assert look(cast.awa, board.board, role).cards[0].rating == 4

    run(cast.awa, board.rate, key, 0)

    assert look(cast.youssef, board.board, role).cards[0].rating == 0
    for rating in (-1, 6, 2**31 - 1):
        with pytest.raises(Invalid):
            run(cast.youssef, board.rate, key, rating)


def test_notes_are_signed_and_only_ones_own_are_changed(cast: Cast, role: int, hands) -> None:
    key, _ = factories.candidate(cast.youssef, role)
    mine = run(cast.youssef, notes.write, key, " Great voice.\r\n\r\n\r\nCall her. ")
    theirs = run(cast.awa, notes.write, key, "Seen on stage")
    run(cast.youssef, notes.rewrite, mine, "Great voice!")
    for action, arguments in ((notes.rewrite, (theirs, "No")), (notes.erase, (theirs,)), (notes.erase, (999_999,))):
        with pytest.raises(NotFound):
            run(cast.youssef, action, *arguments)

    told = [(note.by, note.text, note.is_yours) for note in look(cast.youssef, notes.notes, key)]

    assert told == [("Awa", "Seen on stage", False), ("Youssef", "Great voice!", True)]
    assert look(cast.awa, board.board, role).cards[0].notes == 2
    run(cast.youssef, notes.erase, mine)
    assert len(look(cast.awa, notes.notes, key)) == 1
    for said in ("", " \n ", "x" * 2001, "\x00"):
        with pytest.raises(Invalid):
            run(cast.youssef, notes.write, key, said)


# Who may


def calls(role_id: int, card: int, note: int) -> list:
    return [
        (board.board, (role_id,)), (board.consider, (role_id, [1])), (board.consider_code, (role_id, "MACAS00001F")),
        (board.move, (card, "contacted")), (board.dismiss, (card,)), (board.rate, (card, 3)),
        (notes.notes, (card,)), (notes.moves, (card,)), (notes.write, (card, "Hello")),
        (notes.rewrite, (note, "Hello")), (notes.erase, (note,)),
    ]  # fmt: skip


def test_a_board_does_not_exist_for_a_recruiter_who_is_not_on_the_team(cast: Cast) -> None:
    role_id = factories.role(cast.awa, factories.project(cast.awa))
    key, _ = factories.candidate(cast.awa, role_id)
    note = run(cast.awa, notes.write, key, "Ours")

    for action, arguments in calls(role_id, key, note):
        with pytest.raises(NotFound):
            run(cast.youssef, action, *arguments)
    assert look(cast.awa, board.board, role_id).cards[0].stage == "considered"


@pytest.mark.parametrize("who", ["nadia", "zoe", "amina"])
def test_nobody_but_the_team_sees_a_board_least_of_all_who_is_on_it(cast: Cast, role: int, who: str) -> None:
    _, talent = factories.cinema_talent()
    with work(SYSTEM) as opened:
        amina = Actor(opened.get(CinemaTalent, talent).user_id, cast.zoe.role)
    run(cast.youssef, board.consider, role, [talent])
    key = look(cast.youssef, board.board, role).cards[0].id
    note = run(cast.youssef, notes.write, key, "Ours")

    for action, arguments in calls(role, key, note):
        with pytest.raises(Forbidden):
            run(amina if who == "amina" else getattr(cast, who), action, *arguments)


def test_nothing_moves_on_a_completed_project(cast: Cast, role: int) -> None:
    key, _ = factories.candidate(cast.youssef, role)
    run(cast.youssef, projects.set_status, project_of(cast.youssef, role), "completed")

    for action, arguments in calls(role, key, 1)[1:6]:
        with pytest.raises(Conflict if action is not board.consider_code else (Conflict, NotFound)):
            run(cast.youssef, action, *arguments)
    with work(SYSTEM) as opened:
        assert len(opened.session.scalars(select(CandidateMove.id)).all()) == 1
    assert look(cast.youssef, board.board, role).cards[0].stage == Stage.CONSIDERED
