"""The dialog that asks people on a board whether they are free."""

from sqlalchemy import select

from talento.models.operations import OutgoingMail
from talento.services.casting import board
from talento.services.work import SYSTEM, look, run
from talento.state.asking import AskingState
from tests import factories
from tests.factories import Cast


async def test_those_not_asked_yet_are_chosen_and_get_one_mail(cast: Cast, tab) -> None:
    role = factories.role(cast.youssef, factories.project(cast.youssef))
    amina, _ = factories.candidate(cast.youssef, role)
    booked, _ = factories.candidate(cast.youssef, role, first_name="Karim")
    run(cast.youssef, board.move, booked, "booked")
    desk = tab(cast.youssef)

    state = await desk.call(AskingState.begin, role)
    assert ([one.id for one in state.people], state.chosen) == ([amina], [amina])
    await desk.call(AskingState.keep_note, "See you in Ouarzazate")
    state = await desk.call(AskingState.ask)

    mails = look(SYSTEM, lambda work: list(work.session.scalars(select(OutgoingMail))))
    assert [mail.kind for mail in mails] == ["availability"] and "Ouarzazate" in mails[0].text
    assert not state.is_open
    assert await desk.said() == ["1 person is asked by mail."]
    state = await desk.call(AskingState.begin, role)
    assert (state.people[0].answer, state.chosen) == ("waiting", [])


async def test_a_board_of_others_opens_nothing(cast: Cast, tab) -> None:
    role = factories.role(cast.youssef, factories.project(cast.youssef))
    samira = tab(factories.staff("Samira", cast.youssef.role))

    state = await samira.call(AskingState.begin, role)

    assert not state.is_open and state.people == []
