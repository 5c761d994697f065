"""The comp card: one page with what a casting office asks first, and nothing that is nobody's business."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from talento.errors import Forbidden, NotFound
from talento.models.cinema import CinemaTalent, Credit
from talento.services.cinema.rows import ROWS
from talento.services.documents import comp_card
from talento.services.work import SYSTEM, Work, run
from talento.vocabulary.visibility import Visibility
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast

NUMBER, PHONE, MAIL = "AB1234567", "+212612345678", "amina@example.com"


def said(data: bytes) -> str:
    pages = PdfReader(io.BytesIO(data)).pages
    assert len(pages) == 1
    return pages[0].extract_text()


def amina(**changes: object) -> tuple[object, int]:
    actor, key = factories.cinema_talent(email=MAIL, height=172, skills=[], kinds=["lead_actor", "extra"], **changes)

    def fill(work: Work) -> None:
        row = work.get(CinemaTalent, key)
        row.document_number_sealed = ROWS.seal(row.uid, "document_number", NUMBER)
        row.phone_sealed = ROWS.seal(row.uid, "phone", PHONE)
        work.session.add(Credit(talent_id=key, title="The Caravan", year=2024, kind="film", part="Merchant"))

    run(SYSTEM, fill)
    return actor, key


@pytest.mark.parametrize(("locale", "words"), [("en", ("Height", "Lead actor")), ("fr", ("Taille", "Principal"))])
def test_it_says_who_one_is_in_both_languages(cast: Cast, locale: str, words: tuple[str, ...]) -> None:
    me, key = amina()

    for made in (comp_card.own(me, locale=locale), comp_card.of(cast.youssef, key, locale=locale)):  # type: ignore[arg-type]
        text = said(made.data)
        assert all(word in text for word in (*words, "Amina Benali", "172 cm", "The Caravan", "Merchant"))


def test_it_tells_neither_documents_nor_contact(cast: Cast) -> None:
    me, key = amina()

    for made in (comp_card.own(me, locale="en"), comp_card.of(cast.awa, key, locale="en")):  # type: ignore[arg-type]
        assert not any(secret in said(made.data) for secret in (NUMBER, PHONE, MAIL, "AB1", "612345"))


def test_the_hidden_and_the_unconsented_have_none_for_teams(cast: Cast, hands: Hands) -> None:
    _, hidden = factories.cinema_talent(visibility=Visibility.HIDDEN)
    _, child = factories.cinema_talent(born_on=date(hands.now.year - 9, 1, 1))

    for key in (hidden, child):
        with pytest.raises(NotFound):
            comp_card.of(cast.youssef, key, locale="en")
    with pytest.raises(Forbidden):
        comp_card.of(cast.nadia, hidden, locale="en")
    with pytest.raises(NotFound):
        comp_card.own(cast.zoe, locale="en")


@pytest.mark.parametrize("name", ["أمينة بنعلي", "W" * 100, "Amina 🌸", "王小明"])
def test_any_name_and_any_length_fit_one_page(cast: Cast, name: str) -> None:
    me, _ = factories.cinema_talent(first_name=name, last_name="", bio="word " * 390, agent="Agent " * 30)

    assert said(comp_card.own(me, locale="fr").data)
