"""The demonstration's projects: in the middle of the work, and made once."""

from talento.services.casting import assignments, board, demo, overview, productions, roles
from talento.services.cinema import seed as cinema
from talento.services.work import look
from tests.factories import Cast


def test_the_first_look_shows_boards_in_progress_and_a_second_run_adds_nothing(cast: Cast) -> None:
    cinema.seed(250, files=False)

    assert demo.seed() == len(demo.PROJECTS)
    assert demo.seed() == 0

    lines = {line.name: line for line in look(cast.youssef, overview.page).rows}
    assert look(cast.youssef, productions.page).total == len(demo.COMPANIES)
    caravan = lines["La Caravane du sel"]
    assert (caravan.status, caravan.roles) == ("shooting", 4) and 5 <= caravan.booked <= caravan.wanted
    merchants = next(role for role in look(cast.youssef, roles.listed, caravan.id) if role.name == "Merchants")
    cards = look(cast.youssef, board.board, merchants.id).cards
    assert len({card.stage for card in cards}) >= 4
    assert any(card.notes for card in cards) and any(card.rating for card in cards)
    assert len(look(cast.youssef, assignments.roster, caravan.id)) == caravan.booked


def test_without_talents_and_staff_it_makes_no_fuss(db: str) -> None:
    assert demo.seed() == 0
