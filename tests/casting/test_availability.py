"""Asking whether somebody is free, and their answer: by a link without signing in, or on their own page."""

import re

import pytest
from sqlalchemy import select

from talento.errors import Conflict, Forbidden, Invalid, NotFound
from talento.models.operations import OutgoingMail
from talento.services.casting import availability, board, mine, projects
from talento.services.mail import delivery, listing
from talento.services.mail.transport import LocalOutbox
from talento.services.work import SYSTEM, VISITOR, Actor, look, run
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast


@pytest.fixture
def project(cast: Cast) -> int:
    return factories.project(cast.youssef, name="The Caravan")


@pytest.fixture
def role(cast: Cast, project: int) -> int:
    return factories.role(cast.youssef, project, fee="1200", fee_currency="MAD", fee_period="day")


def asked(cast: Cast, role: int, **changes: object) -> tuple[int, str]:
    """Somebody who was asked: the key of their card, and the token of their link."""
    card, _ = factories.candidate(cast.youssef, role, **changes)
    run(cast.youssef, availability.ask, role, [card])
    return card, token()


def token() -> str:
    delivery.deliver_due(LocalOutbox())
    newest = select(OutgoingMail.id).where(OutgoingMail.kind == "availability").order_by(OutgoingMail.id.desc())
    mail_id = look(SYSTEM, lambda work: work.session.scalar(newest))
    link = look(SYSTEM, listing.read, mail_id).link
    return re.fullmatch(r"http://localhost:5000/answer/([\w-]{43})", link)[1]  # type: ignore[index]


def stage(actor: Actor, role: int, card: int) -> str:
    return next(one.stage for one in look(actor, board.board, role).cards if one.id == card)


def test_the_question_says_what_it_is_about_and_no_column(cast: Cast, role: int) -> None:
    _, link = asked(cast, role)

    shown = look(VISITOR, availability.question, link, locale="en")

    assert (shown.project, shown.fee, shown.answer) == ("The Caravan", "1\u202f200 MAD per day", "waiting")
    assert not any(word in repr(shown) for word in ("considered", "contacted", "rating", "note"))


def test_asking_moves_from_considered_to_contacted_and_looking_answers_nothing(cast: Cast, role: int) -> None:
    card, link = asked(cast, role)
    assert stage(cast.youssef, role, card) == "contacted"

    look(VISITOR, availability.question, link, locale="fr")

    assert stage(cast.youssef, role, card) == "contacted"


def test_a_yes_and_a_no_move_the_card_and_may_be_changed(cast: Cast, role: int) -> None:
    card, link = asked(cast, role)

    run(VISITOR, availability.answer, link, is_free=True)
    assert stage(cast.youssef, role, card) == "available"
    run(VISITOR, availability.answer, link, is_free=False, reason="On tour")
    shown = next(one for one in look(cast.youssef, board.board, role).cards if one.id == card)
    assert (shown.stage, shown.answer, shown.reason) == ("declined", "declined", "On tour")
    run(VISITOR, availability.answer, link, is_free=True)
    assert stage(cast.youssef, role, card) == "available"


def test_a_hold_stays_on_hold_when_the_answer_is_yes(cast: Cast, role: int) -> None:
    card, link = asked(cast, role)
    run(cast.youssef, board.move, card, "on_hold")

    run(VISITOR, availability.answer, link, is_free=True)

    assert stage(cast.youssef, role, card) == "on_hold"


def test_a_no_wants_a_reason(cast: Cast, role: int) -> None:
    _, link = asked(cast, role)

    for reason in ("", "  ", "…"):
        with pytest.raises(Invalid):
            run(VISITOR, availability.answer, link, is_free=False, reason=reason)


def test_once_booked_the_answer_decides_nothing_any_more(cast: Cast, role: int) -> None:
    card, link = asked(cast, role)
    run(cast.youssef, board.move, card, "booked")

    with pytest.raises((Conflict, NotFound)):
        run(VISITOR, availability.answer, link, is_free=False, reason="Too late")
    assert stage(cast.youssef, role, card) == "booked"


@pytest.mark.parametrize("wrong", ["", "x", "x" * 43, "../../x", "\x00"])
def test_an_unknown_link_opens_nothing(cast: Cast, wrong: str) -> None:
    with pytest.raises(NotFound):
        look(VISITOR, availability.question, wrong, locale="en")


def test_a_link_expires_and_a_newer_one_replaces_it(cast: Cast, role: int, hands: Hands) -> None:
    card, first = asked(cast, role)
    hands.later(seconds=1)
    run(cast.youssef, availability.ask, role, [card])
    second = token()

    with pytest.raises(NotFound):
        run(VISITOR, availability.answer, first, is_free=True)
    hands.later(days=15)
    with pytest.raises(NotFound):
        run(VISITOR, availability.answer, second, is_free=True)


def test_a_completed_project_asks_and_takes_nothing(cast: Cast, role: int, project: int) -> None:
    card, link = asked(cast, role)
    run(cast.youssef, projects.set_status, project, "completed")

    with pytest.raises(NotFound):
        run(VISITOR, availability.answer, link, is_free=True)
    with pytest.raises(Conflict):
        run(cast.youssef, availability.ask, role, [card])


def test_questions_wait_on_ones_own_page_and_are_ones_own(cast: Cast, role: int) -> None:
    amina, talent_id = factories.cinema_talent()
    karim, _ = factories.cinema_talent(first_name="Karim")
    run(cast.youssef, board.consider, role, [talent_id])
    card = look(cast.youssef, board.board, role).cards[0].id
    assert look(amina, availability.asked, locale="en") == []

    run(cast.youssef, availability.ask, role, [card])

    [shown] = look(amina, availability.asked, locale="en")
    assert look(karim, availability.asked, locale="en") == []
    with pytest.raises(NotFound):
        run(karim, availability.answer_own, shown.candidate_id, is_free=True)
    run(amina, availability.answer_own, shown.candidate_id, is_free=True)
    assert look(amina, availability.asked, locale="en") == []
    assert stage(cast.youssef, role, card) == "available"


def test_only_the_team_asks_and_only_people_of_this_board(cast: Cast, role: int, project: int) -> None:
    card, _ = factories.candidate(cast.youssef, role)
    other = factories.role(cast.youssef, project, name="Guard")
    samira = factories.staff("Samira", cast.youssef.role)

    assert run(cast.youssef, availability.ask, other, [card]).count == 0
    with pytest.raises(NotFound):
        run(samira, availability.ask, role, [card])
    with pytest.raises(Forbidden):
        run(cast.nadia, availability.ask, role, [card])


def test_a_booking_is_accepted_or_declined_by_its_owner(cast: Cast, project: int) -> None:
    from talento.services.casting import assignments

    amina, talent_id = factories.cinema_talent()
    karim, _ = factories.cinema_talent(first_name="Karim")
    key = run(cast.youssef, assignments.assign, project, talent_id=talent_id).id

    with pytest.raises(NotFound):
        run(karim, mine.respond, key, accepts=True)
    with pytest.raises(Invalid):
        run(amina, mine.respond, key, accepts=False, reason=" ")
    run(amina, mine.respond, key, accepts=True)
    [shown] = look(amina, mine.castings, locale="fr")
    assert (shown.answer, shown.production_type, shown.is_closed) == ("accepted", "Film", False)
    run(cast.youssef, projects.set_status, project, "completed")
    with pytest.raises(Conflict):
        run(amina, mine.respond, key, accepts=False, reason="Changed my mind")
    assert look(amina, mine.castings, locale="fr")[0].is_closed
