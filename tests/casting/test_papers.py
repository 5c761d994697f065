"""The papers of a project: badges, faces, lists, in both languages and any script, for its team and nobody else."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from talento.errors import Forbidden, Invalid, NotFound
from talento.models.casting import Assignment
from talento.models.cinema import CinemaTalent
from talento.services.badges import keys, revocation, signature
from talento.services.casting import assignments, selection
from talento.services.documents import casting, shelf
from talento.services.uploads import store
from talento.services.work import SYSTEM, Actor, Work, look, run
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast

NUMBER = "AB1234567"


def said(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def pages(data: bytes) -> int:
    return len(PdfReader(io.BytesIO(data)).pages)


def booked(actor: Actor, project_id: int, **changes: object) -> int:
    """Somebody on a project: the key of their assignment."""
    _, talent_id = factories.cinema_talent(**changes)
    return run(actor, assignments.assign, project_id, talent_id=talent_id).id


@pytest.fixture
def caravan(cast: Cast) -> int:
    """Youssef's project with nine people on it."""
    project_id = factories.project(cast.youssef)
    for number in range(9):
        booked(cast.youssef, project_id, first_name=f"Person{number}")
    return project_id


@pytest.mark.parametrize(("layout", "count"), [("1", 9), ("4", 3), ("8", 2)])
def test_badges_come_one_four_or_eight_to_a_page(cast: Cast, caravan: int, layout: str, count: int) -> None:
    made = casting.badge_sheet(cast.youssef, caravan, locale="en", layout=layout)

    assert pages(made.data) == count
    assert all(f"Person{number}" in said(made.data) for number in range(9))


@pytest.mark.parametrize(("grid", "count"), [("1", 9), ("4", 3), ("9", 1), ("20", 1)])
def test_faces_come_one_four_nine_or_twenty_to_a_page(cast: Cast, caravan: int, grid: str, count: int) -> None:
    assert pages(casting.contacts(cast.youssef, caravan, locale="fr", grid=grid).data) == count


def test_only_those_chosen_are_printed(cast: Cast, caravan: int) -> None:
    chosen = booked(cast.youssef, caravan, first_name="Chosen")

    text = said(casting.badge_sheet(cast.youssef, caravan, locale="en", layout="8", ids=[chosen]).data)

    assert "Chosen" in text and "Person" not in text


@pytest.mark.parametrize(("locale", "word"), [("en", "Cast list"), ("fr", "Distribution")])
def test_the_cast_list_speaks_both_languages_and_names_contacts(cast: Cast, locale: str, word: str) -> None:
    project_id = factories.project(cast.youssef)
    booked(cast.youssef, project_id, email="amina@example.com")

    text = said(casting.cast(cast.youssef, project_id, locale=locale).data)

    assert word in text and "amina@example.com" in text


def test_a_childs_contact_is_on_no_list(cast: Cast, hands: Hands) -> None:
    project_id = factories.project(cast.youssef)
    born_on = date(hands.now.year - 10, 1, 1)
    booked(cast.youssef, project_id, email="child@example.com", born_on=born_on, guardian_consented_at=hands.now)

    assert "child@example.com" not in said(casting.cast(cast.youssef, project_id, locale="en").data)
    book = load_workbook(io.BytesIO(casting.cast(cast.youssef, project_id, locale="en", is_workbook=True).data))
    assert "child@example.com" not in str([[cell.value for cell in row] for row in book.active.rows])


def test_the_workbook_computes_nothing(cast: Cast) -> None:
    project_id = factories.project(cast.youssef)
    booked(cast.youssef, project_id, first_name="=HYPERLINK(0)", last_name="\x01+1")

    book = load_workbook(io.BytesIO(casting.cast(cast.youssef, project_id, locale="fr", is_workbook=True).data))

    cells = [cell for row in book.active.rows for cell in row if cell.value]
    assert all(cell.data_type != "f" for cell in cells)
    assert book.active.freeze_panes == "A5"


@pytest.mark.parametrize("name", ["أمينة", "ⴰⵎⵉⵏⴰ", "王小明", "አሚና", "דנה", "Zoé 🌸", "A" * 90, "<b>x</b>"])
def test_any_script_is_printed(cast: Cast, name: str) -> None:
    project_id = factories.project(cast.youssef)
    booked(cast.youssef, project_id, first_name=name, last_name="")

    for made in (
        casting.badge_sheet(cast.youssef, project_id, locale="fr", layout="8"),
        casting.contacts(cast.youssef, project_id, locale="fr"),
        casting.cast(cast.youssef, project_id, locale="fr"),
    ):
        text = said(made.data)
        assert pages(made.data) == 1
        assert "001" in text
        if name in ("王小明", "አሚና", "ⴰⵎⵉⵏⴰ"):
            assert name in text


def test_the_qr_of_a_badge_is_signed_and_ends_with_the_shoot(cast: Cast, hands: Hands) -> None:
    project_id = factories.project(cast.youssef, starts_on="2027-04-01", ends_on="2027-05-15")
    key = booked(cast.youssef, project_id)
    _, member = run(cast.youssef, lambda work: casting.papers.one(work, key, locale="en"))

    text = signature.signed(member.badge, keys.signing_key())
    read = signature.verified(text, keys.signing_key().public_key(), today=hands.now.date())

    assert (read.code, read.last_day) == (member.code, date(2027, 5, 16))
    known = run(cast.nadia, revocation.identify, text)
    assert (known.assignment_id, known.is_signed) == (key, True)


def test_a_revoked_badge_is_refused_and_the_next_one_is_good(cast: Cast) -> None:
    project_id = factories.project(cast.youssef)
    key = booked(cast.youssef, project_id)

    def text() -> str:
        _, member = run(cast.youssef, lambda work: casting.papers.one(work, key, locale="en"))
        return signature.signed(member.badge, keys.signing_key())

    first = text()
    run(cast.youssef, revocation.revoke, key, reason="lost")

    with pytest.raises(Invalid, match="revoked"):
        run(cast.nadia, revocation.identify, first)
    assert run(cast.nadia, revocation.identify, text()).assignment_id == key


def test_whoever_was_taken_off_is_not_let_in(cast: Cast) -> None:
    project_id = factories.project(cast.youssef)
    key = booked(cast.youssef, project_id)
    _, member = run(cast.youssef, lambda work: casting.papers.one(work, key, locale="en"))
    text = signature.signed(member.badge, keys.signing_key())

    run(cast.youssef, assignments.remove, key, "fell ill")

    with pytest.raises(Invalid, match="revoked"):
        run(cast.nadia, revocation.identify, text)
    with pytest.raises(NotFound):
        run(cast.nadia, revocation.identify, member.code)


@pytest.mark.parametrize("form", ["{code}", "  {lower} ", "{bare}"])
def test_the_older_plain_code_still_scans(cast: Cast, form: str) -> None:
    project_id = factories.project(cast.youssef)
    _, talent_id = factories.cinema_talent()
    made = run(cast.youssef, assignments.assign, project_id, talent_id=talent_id)

    scanned = form.format(code=made.code, lower=made.code.lower(), bare=made.code.replace("-", ""))
    known = run(cast.nadia, revocation.identify, scanned)

    assert (known.assignment_id, known.is_signed) == (made.id, False)


def test_a_document_kept_for_its_maker_is_for_nobody_else(cast: Cast, caravan: int, hands: Hands) -> None:
    made = casting.badge_sheet(cast.youssef, caravan, locale="en", layout="8")

    file_id = shelf.put(cast.youssef, made).rpartition("/")[2]

    assert store.read(cast.youssef, file_id).data == made.data
    with pytest.raises(NotFound):
        store.read(cast.nadia, file_id)
    hands.later(hours=2)
    assert run(SYSTEM, shelf.sweep) == 1
    with pytest.raises(NotFound):
        store.read(cast.youssef, file_id)


def test_another_recruiter_gets_no_paper_and_others_even_less(cast: Cast, caravan: int) -> None:
    samira = factories.staff("Samira", cast.youssef.role)

    for make in (casting.badge_sheet, casting.contacts, casting.cast):
        with pytest.raises(NotFound):
            make(samira, caravan, locale="en")
        with pytest.raises(Forbidden):
            make(cast.nadia, caravan, locale="en")


def test_ones_own_badge_is_for_oneself(cast: Cast) -> None:
    project_id = factories.project(cast.youssef)
    amina, talent_id = factories.cinema_talent()
    karim, _ = factories.cinema_talent(first_name="Karim")
    key = run(cast.youssef, assignments.assign, project_id, talent_id=talent_id).id

    assert "Amina Benali" in said(casting.badge(amina, key, locale="en", is_own=True).data)
    with pytest.raises(NotFound):
        casting.badge(karim, key, locale="en", is_own=True)


@pytest.mark.parametrize("layout", ["", "2", "9", "../8"])
def test_an_unknown_layout_and_an_empty_project_are_refused_in_words(cast: Cast, caravan: int, layout: str) -> None:
    empty = factories.project(cast.youssef)

    with pytest.raises(Invalid):
        casting.badge_sheet(cast.youssef, caravan, locale="en", layout=layout)
    with pytest.raises(Invalid, match="Nobody"):
        casting.badge_sheet(cast.youssef, empty, locale="en", layout="8")


def test_making_can_be_stopped(cast: Cast, caravan: int) -> None:
    class Enough(Exception):
        pass

    told: list[int] = []

    def tell(done: int) -> None:
        told.append(done)
        if done == 3:
            raise Enough

    with pytest.raises(Enough):
        casting.badge_sheet(cast.youssef, caravan, locale="en", layout="8", told=tell)
    assert told == [1, 2, 3]


def test_a_child_whose_guardian_took_the_consent_back_is_on_no_paper(cast: Cast, hands: Hands) -> None:
    project_id = factories.project(cast.youssef)
    born_on = date(hands.now.year - 10, 1, 1)
    booked(cast.youssef, project_id, first_name="Grown")
    key = booked(cast.youssef, project_id, first_name="Child", born_on=born_on, guardian_consented_at=hands.now)

    def take_back(work: Work) -> None:
        work.get(CinemaTalent, work.get(Assignment, key).talent_id).guardian_consented_at = None

    run(SYSTEM, take_back)

    for made in (
        casting.badge_sheet(cast.youssef, project_id, locale="en", layout="8"),
        casting.contacts(cast.youssef, project_id, locale="en"),
        casting.cast(cast.youssef, project_id, locale="en"),
    ):
        assert "Grown" in said(made.data) and "Child" not in said(made.data)
    with pytest.raises(NotFound):
        casting.badge(cast.awa, key, locale="en")
    assert [one.name for one in look(cast.youssef, selection.recipients, project_id, locale="en")] == ["Grown Benali"]
