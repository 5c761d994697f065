"""The public card: found by any form of a code, silent about everybody who did not publish one."""

import pytest

from talento.services import accounts
from talento.services.talents import profile
from talento.services.work import SYSTEM, run
from talento.state.card import CardState
from tests import factories
from tests.factories import Cast


async def opened(tab, path: str) -> CardState:
    return await tab(path=path).call(CardState.open)


def publish(actor) -> None:
    run(actor, profile.show_to, visibility="public", published=["skills", "city"], display_name="Mina")


@pytest.mark.parametrize("form", ["{0}", "{1}", " {0} ", "{2}", "{3}"])
async def test_any_form_of_the_code_finds_the_card(cast: Cast, tab, form: str) -> None:
    amina, made = factories.talent()
    publish(amina)
    code = made.code
    written = form.format(code, code.lower(), f"{code[:2]}-{code[2:7]}-{code[7:]}", f"{code[:7]}%20{code[7:]}")

    card = await opened(tab, f"/t/{written}")

    assert (card.code, card.name) == (code, "Mina")
    assert (card.place_en, card.place_fr) == ("Rabat, Morocco", "Rabat, Maroc")
    assert card.skills_en and not card.languages_en and not card.bio


async def test_hidden_and_unknown_codes_look_the_same(cast: Cast, tab) -> None:
    _, hidden = factories.talent()

    looks = [(await opened(tab, f"/t/{code}")).dict() for code in (hidden.code, "MAF9999RAB", "%F0%9F%98%80", "")]

    assert all(one == looks[0] for one in looks)


async def test_a_suspended_person_has_no_card(cast: Cast, tab) -> None:
    amina, made = factories.talent()
    publish(amina)
    run(SYSTEM, accounts.suspend, amina.user_id)

    card = await opened(tab, f"/t/{made.code}")

    assert card.is_ready and not card.code
