"""Several people at once: no move is lost, nobody is assigned twice, and without the locks all of that happens."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from talento.errors import Conflict
from talento.models.casting import Assignment, Candidate, CandidateMove
from talento.services.casting import access, assignments, board
from talento.services.casting.overlaps import DoubleBooked
from talento.services.work import SYSTEM, Actor, Work, look, run, work
from talento.vocabulary.casting import Stage
from tests import factories
from tests.factories import Cast

CARDS = 12
EACH = 100
WITHOUT_BOOKING = [stage for stage in Stage if stage is not Stage.BOOKED]


@dataclass
class Race:
    """What became of some threads that started together."""

    done: list[Any] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)


def together(*tasks: Callable[[Race], None]) -> Race:
    """Run tasks at once, each in a thread of its own."""
    race, line = Race(), threading.Barrier(len(tasks))

    def start(task: Callable[[Race], None]) -> None:
        line.wait(30)
        task(race)

    threads = [threading.Thread(target=start, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return race


def attempt(race: Race, perform: Callable[..., Any], actor: Actor, action: Any, *arguments: Any, **named: Any) -> None:
    try:
        race.done.append(perform(actor, action, *arguments, **named))
    except Exception as error:
        race.failed.append(error)


# Moves


def mover(actor: Actor, cards: list[int], seed: int, perform: Callable[..., Any]) -> Callable[[Race], None]:
    """Somebody who moves cards at random, as fast as they can."""
    rng = random.Random(seed)

    def moving(race: Race) -> None:
        for _ in range(EACH):
            stage = rng.choice(WITHOUT_BOOKING)
            after = rng.choice([None, board.TOP, *cards])
            attempt(race, perform, actor, board.move, rng.choice(cards), stage.value, after, "No")

    return moving


def flaws(role_id: int) -> list[str]:
    """Where the log and the board tell different stories."""
    with work(SYSTEM) as opened:
        cards = {
            card.id: card for card in opened.session.scalars(select(Candidate).where(Candidate.role_id == role_id))
        }
        stands: dict[int, Stage | None] = dict.fromkeys(cards)
        found = []
        for move in opened.session.scalars(select(CandidateMove).order_by(CandidateMove.id)):
            if move.from_stage != stands[move.candidate_id]:
                found.append(f"move {move.id} left {move.from_stage}, the card was in {stands[move.candidate_id]}")
            stands[move.candidate_id] = move.to_stage
        found += [f"card {key} is elsewhere" for key, card in cards.items() if card.stage != stands[key]]
        places = [(card.stage, card.place) for card in cards.values()]
        return found + (["two cards share a place"] if len(set(places)) < len(places) else [])


def moves(role_id: int) -> int:
    with work(SYSTEM) as opened:
        return len(opened.session.scalars(select(CandidateMove.id).where(CandidateMove.from_stage.is_not(None))).all())


@pytest.mark.parametrize("seed", [1, 2])
def test_two_hundred_moves_of_two_people_end_in_one_board_and_none_is_lost(cast: Cast, seed: int) -> None:
    role = factories.role(cast.youssef, factories.project(cast.youssef))
    cards = [factories.candidate(cast.youssef, role)[0] for _ in range(CARDS)]

    race = together(mover(cast.youssef, cards, seed, run), mover(cast.awa, cards, -seed, run))

    assert race.failed == []
    assert moves(role) == 2 * EACH
    assert flaws(role) == []
    one, other = (look(who, board.board, role).cards for who in (cast.youssef, cast.awa))
    assert [(card.id, card.stage) for card in one] == [(card.id, card.stage) for card in other]


def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are no longer held."""
    monkeypatch.setattr(access, "_held", lambda query, of: query)
    monkeypatch.setattr(assignments, "_locked", lambda work, talent_id: None)


def test_twin_without_the_lock_moves_are_lost(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    role = factories.role(cast.youssef, factories.project(cast.youssef))
    cards = [factories.candidate(cast.youssef, role)[0] for _ in range(2)]
    unlocked(monkeypatch)

    race = together(*(mover(who, cards, seed, look) for seed, who in enumerate((cast.youssef, cast.awa), 1)))

    assert race.failed or flaws(role)


# Assignments


def assigning(actor: Actor, project: int, perform: Callable[..., Any], **whom: Any) -> Callable[[Race], None]:
    return lambda race: attempt(race, perform, actor, assignments.assign, project, **whom)


def test_of_two_who_assign_the_same_person_one_is_told_by_whom_and_when(cast: Cast) -> None:
    project = factories.project(cast.youssef)
    for _ in range(10):
        _, talent = factories.cinema_talent()

        race = together(*(assigning(who, project, run, talent_id=talent) for who in (cast.youssef, cast.awa)))

        assert len(race.done) == len(race.failed) == 1
        assert isinstance(race.failed[0], Conflict)
        assert "assigned by Youssef on" in str(race.failed[0]) or "assigned by Awa on" in str(race.failed[0])
    numbers = [one.number for one in look(cast.youssef, assignments.roster, project)]
    assert numbers == list(range(1, 11))


def test_a_board_and_a_project_page_do_not_wait_for_each_other_for_ever(cast: Cast) -> None:
    project = factories.project(cast.youssef)
    role = factories.role(cast.youssef, project)
    for _ in range(10):
        card, talent = factories.candidate(cast.youssef, role)

        race = together(
            lambda race, card=card: attempt(race, run, cast.youssef, board.move, card, "booked"),
            assigning(cast.awa, project, run, talent_id=talent, role_id=role),
        )

        assert all(isinstance(error, Conflict) for error in race.failed)
    people = look(cast.youssef, assignments.roster, project)
    assert [one.number for one in people] == list(range(1, 11))
    assert {card.stage for card in look(cast.youssef, board.board, role).cards} == {"booked"}


def test_of_two_projects_that_book_the_same_days_one_is_warned(cast: Cast) -> None:
    mine, hers = factories.project(cast.youssef), factories.project(cast.awa)
    for _ in range(10):
        _, talent = factories.cinema_talent()

        race = together(
            assigning(cast.youssef, mine, run, talent_id=talent), assigning(cast.awa, hers, run, talent_id=talent)
        )

        assert len(race.done) == 1
        assert [type(error) for error in race.failed] == [DoubleBooked]


def test_twin_without_the_lock_nobody_is_told_or_both_book(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, hers = factories.project(cast.youssef), factories.project(cast.awa)
    unlocked(monkeypatch)
    monkeypatch.setattr(assignments, "of_talent", plain_look)
    surprises = 0
    for _ in range(30):
        _, talent = factories.cinema_talent()
        same = together(*(assigning(who, mine, look, talent_id=talent) for who in (cast.youssef, cast.awa)))
        _, other = factories.cinema_talent()
        both = together(
            assigning(cast.youssef, mine, look, talent_id=other), assigning(cast.awa, hers, look, talent_id=other)
        )
        surprises += sum(not isinstance(error, Conflict) for error in [*same.failed, *both.failed])
        surprises += len(both.done) == 2

    assert surprises > 0


def plain_look(opened: Work, project_id: int, talent_id: int) -> Assignment | None:
    found = select(Assignment).where(Assignment.project_id == project_id, Assignment.talent_id == talent_id)
    return opened.session.scalars(found).first()


def test_people_who_add_the_same_faces_at_once_add_each_once(cast: Cast) -> None:
    role = factories.role(cast.youssef, factories.project(cast.youssef))
    talents = [factories.cinema_talent()[1] for _ in range(20)]

    race = together(
        *(
            lambda race, who=who: attempt(race, run, who, board.consider, role, talents)
            for who in (cast.youssef, cast.awa)
        )
    )

    assert race.failed == [] and sum(race.done) == 20
    assert len(look(cast.youssef, board.board, role).cards) == 20
