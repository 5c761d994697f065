"""Documents: the QR leads to the card, the card holds what its owner sees, in any script."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from talento.services.documents import card, qr
from talento.services.documents.lettering import bold, is_right_to_left, regular
from talento.services.preferences import changes
from talento.services.talents import profile
from talento.services.uploads import store
from talento.services.work import look, run
from tests import factories
from tests.factories import Cast, picture


def said(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_the_png_has_a_quiet_zone_and_the_svg_scales() -> None:
    address = "http://localhost:5000/t/MAM0001RAB"
    shown = Image.open(io.BytesIO(qr.png(address, pixels_per_module=1))).convert("L")

    assert all(shown.getpixel((x, y)) == 255 for x in range(shown.width) for y in range(4))
    assert shown.getpixel((4, 4)) == 0
    assert b"viewBox" in qr.svg(address) and b"<script" not in qr.svg(address)


@pytest.mark.parametrize(("locale", "word"), [("en", "Nationality"), ("fr", "Nationalité")])
def test_the_card_speaks_the_language_asked_for(cast: Cast, locale: str, word: str) -> None:
    amina, made = factories.talent()

    text = said(card.own(amina, locale=locale).data)

    assert made.code in text and "Amina Benali" in text and word in text


def test_no_identity_number_is_printed(cast: Cast) -> None:
    amina, _ = factories.talent()

    assert "AB1" not in said(card.own(amina, locale="en").data)


@pytest.mark.parametrize(
    "changes",
    [
        {"first_name": "أمينة", "last_name": "بنعلي", "bio": "ممثلة وراقصة من الرباط.\nSecond line, in English."},
        {"first_name": "Amina 🌸", "last_name": "<b>Benali</b> & Söhne"},
        {"first_name": "A" * 100, "last_name": "W" * 100, "bio": "word " * 390},
        {"bio": "x" * 2000},
    ],
)
def test_any_script_and_length_stay_on_one_page(cast: Cast, changes: dict[str, str]) -> None:
    amina, made = factories.talent(**changes)

    data = card.own(amina, locale="fr").data

    assert len(PdfReader(io.BytesIO(data)).pages) == 1
    assert made.code in said(data)


def test_the_photo_is_on_the_card(cast: Cast) -> None:
    amina, _ = factories.talent()
    without = len(card.own(amina, locale="en").data)
    file = store.receive(amina, kind="photo", name="me.png", data=picture())
    run(amina, profile.attach, kind="photo", file_id=file.id)

    assert len(card.own(amina, locale="en").data) > without + 1000
    assert look(amina, profile.own, locale="en").photo_id == file.id


def test_lines_fit_their_width() -> None:
    for face in (regular(), bold()):
        for text in ("A sentence with words of some length in it", "x" * 300, "جملة عربية طويلة بعض الشيء هنا"):
            assert all(face.width(line, 10) <= 120 for line in face.wrapped(text, 10, 120))
    assert is_right_to_left("سلام") and not is_right_to_left("Salam سلام")


def test_the_foot_of_a_card_says_what_admins_set_as_text_alone(cast: Cast) -> None:
    amina, _ = factories.talent()
    assert "Talento ·" in said(card.own(amina, locale="en").data)
    run(cast.awa, changes.change, "site_name", "Atlas", revision=0)
    assert "Atlas ·" in said(card.own(amina, locale="en").data)

    run(cast.awa, changes.change, "card_footer", "<b>Atlas</b>\nCasting " + "x" * 30, revision=0)

    assert "<b>Atlas</b> Casting" in said(card.own(amina, locale="en").data)
