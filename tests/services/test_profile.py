"""Profiles: one's own, a recruiter's view, and what the public may know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from talento.errors import Conflict, Forbidden, InvalidForm, NotFound, Unauthorized
from talento.models.talents import CodeAlias
from talento.services import accounts, wording
from talento.services.talents import completeness, profile
from talento.services.work import SYSTEM, VISITOR, look, run
from tests import factories
from tests.factories import Cast

ALL_PARTS = ["photo", "skills", "city", "languages", "bio"]


def publish(actor, published=ALL_PARTS, visibility="public", display_name="") -> None:
    run(actor, profile.show_to, visibility=visibility, published=published, display_name=display_name)


def own(actor, locale="en") -> profile.Own:
    return look(actor, profile.own, locale=locale)


def test_the_owner_sees_everything_but_identity_numbers_are_masked(cast: Cast) -> None:
    amina, made = factories.talent()

    mine = own(amina)

    lines = {line.name: line.value for section in mine.sections for line in section.lines}
    assert mine.code == made.code
    assert lines["phone"] == "+212612345678"
    assert lines["nationality"] == "Moroccan"
    assert lines["passport_number"] == "AB1•••567"
    assert lines["daily_rate"].endswith("MAD")


def test_the_profile_speaks_french(cast: Cast) -> None:
    amina, _ = factories.talent()

    lines = {line.name: line.value for section in own(amina, "fr").sections for line in section.lines}

    assert (lines["gender"], lines["nationality"], lines["languages"]) == ("Femme", "Marocaine", "Arabe, Français")


def test_a_step_is_edited_alone_and_the_rest_stays(cast: Cast) -> None:
    amina, _ = factories.talent()
    before = own(amina).raw

    run(amina, profile.edit, step="experience", typed={"bio": "New words.", "experience": "expert"})

    after = own(amina).raw
    assert after["bio"] == "New words."
    assert {name: value for name, value in after.items() if name not in ("bio", "experience")} == {
        name: value for name, value in before.items() if name not in ("bio", "experience")
    }


@given(st.integers(0, 200), st.sampled_from(["AB", "AB1", "AB12", "AB1234", "AB123456789"]))
def test_a_mask_never_shows_the_whole_number(n: int, number: str) -> None:
    shown = wording.masked(number)

    assert number not in shown
    assert len(shown.replace("•", "")) <= 6


def test_a_code_never_changes(cast: Cast) -> None:
    amina, made = factories.talent()

    run(amina, profile.edit, step="identity", typed={"first_name": "A", "last_name": "B", "gender": "M"})

    assert own(amina).code == made.code


def test_a_stale_save_is_refused(cast: Cast) -> None:
    amina, _ = factories.talent()
    revision = own(amina).revision
    run(amina, profile.edit, step="experience", typed={"bio": "First."}, revision=revision)

    with pytest.raises(Conflict):
        run(amina, profile.edit, step="experience", typed={"bio": "Second."}, revision=revision)
    assert own(amina).raw["bio"] == "First."


def test_a_bad_edit_changes_nothing(cast: Cast) -> None:
    amina, _ = factories.talent()

    with pytest.raises(InvalidForm):
        run(amina, profile.edit, step="contact", typed={"email": "amina@example.com", "phone": "1"})
    assert own(amina).raw["phone"] == "+212612345678"


def test_an_email_that_is_taken_is_refused(cast: Cast) -> None:
    amina, _ = factories.talent()
    factories.talent(email="karim@example.com", first_name="Karim")

    with pytest.raises(InvalidForm) as refusal:
        run(amina, profile.edit, step="contact", typed={"email": "karim@example.com", "phone": "0612345678"})
    assert "email" in refusal.value.problems


def test_the_score_follows_the_weights_and_names_the_next_best_step(cast: Cast) -> None:
    amina, _ = factories.talent(bio="", linkedin="", born_on="")

    mine = own(amina)

    assert mine.completeness == completeness.score(
        {"first_name", "last_name", "email", "phone", "origin", "city", "skills"}
    )
    assert (mine.next_name, mine.next_points) == ("cv", 19)


def test_every_weighted_fact_together_makes_a_hundred() -> None:
    assert completeness.score({known.name for known in completeness.WEIGHTED}) == 100
    assert completeness.SCORE.total == 110
    assert completeness.next_best({known.name for known in completeness.WEIGHTED}) is None


def test_a_card_is_not_public_until_its_owner_says_so(cast: Cast) -> None:
    amina, made = factories.talent()

    with pytest.raises(NotFound) as hidden:
        look(VISITOR, profile.card, made.code, locale="en")
    with pytest.raises(NotFound) as unknown:
        look(VISITOR, profile.card, "MAF9999RAB", locale="en")
    assert str(hidden.value) == str(unknown.value)

    publish(amina)
    assert look(VISITOR, profile.card, made.code, locale="en").name == "Amina Benali"


def test_a_card_shows_only_what_was_published_and_never_contact(cast: Cast) -> None:
    amina, made = factories.talent()
    publish(amina, published=["city"], display_name="Amina B.")

    card = look(VISITOR, profile.card, made.code, locale="fr")

    assert (card.name, card.city, card.country) == ("Amina B.", "Rabat", "Maroc")
    assert (card.skills, card.languages, card.bio, card.photo_url) == ([], [], "", "")
    shown = repr(card)
    for secret in ("amina@example.com", "612345678", "1999", "AB1234567"):
        assert secret not in shown


@pytest.mark.parametrize(
    "said", ["maf0001rab", " MAF-0001 RAB ", "http://localhost:5000/t/MAF0001RAB", "/t/maf0001rab"]
)
def test_a_card_answers_to_its_code_in_any_form(cast: Cast, said: str) -> None:
    amina, _ = factories.talent()
    publish(amina)

    assert look(VISITOR, profile.card, said, locale="en").code == "MAF0001RAB"


def test_a_legacy_code_stays_findable(cast: Cast) -> None:
    amina, made = factories.talent()
    publish(amina)
    run(SYSTEM, lambda work: work.insert(CodeAlias, code="MAF0077RA", talent_id=made.talent_id))

    assert look(VISITOR, profile.card, "maf 0077 ra", locale="en").code == made.code


def test_a_suspended_persons_card_is_gone(cast: Cast) -> None:
    amina, made = factories.talent()
    publish(amina)
    run(cast.awa, accounts.suspend, amina.user_id)

    with pytest.raises(NotFound):
        look(VISITOR, profile.card, made.code, locale="en")
    with pytest.raises(NotFound):
        look(cast.youssef, profile.panel, made.talent_id, locale="en")


def test_a_minor_has_no_public_card_and_no_contact_for_recruiters(cast: Cast) -> None:
    young, made = factories.talent(born_on="2015-05-05")

    with pytest.raises(InvalidForm):
        publish(young)
    panel = look(cast.youssef, profile.panel, made.talent_id, locale="en")
    assert (panel.contact, panel.links, panel.cv_url) == ([], [], "")


def test_a_recruiter_sees_contact_but_never_an_identity_number(cast: Cast) -> None:
    _, made = factories.talent()

    panel = look(cast.youssef, profile.panel, made.talent_id, locale="en")

    assert {line.name: line.value for line in panel.contact}["phone"] == "+212612345678"
    assert "AB1234567" not in repr(panel) and "passport" not in repr(panel)


def test_a_hidden_person_is_not_found_by_recruiters(cast: Cast) -> None:
    amina, made = factories.talent()
    publish(amina, visibility="hidden")

    with pytest.raises(NotFound):
        look(cast.youssef, profile.panel, made.talent_id, locale="en")
    assert look(cast.awa, profile.panel, made.talent_id, locale="en").name == "Amina Benali"


@pytest.mark.parametrize("name", ["zoe", "nadia"])
def test_others_do_not_open_people(cast: Cast, name: str) -> None:
    _, made = factories.talent()

    with pytest.raises(Forbidden):
        look(getattr(cast, name), profile.panel, made.talent_id, locale="en")
    with pytest.raises(Unauthorized):
        look(VISITOR, profile.panel, made.talent_id, locale="en")


def test_an_account_without_a_profile_has_none(cast: Cast) -> None:
    with pytest.raises(NotFound):
        own(cast.zoe)


def test_nobody_edits_somebody_else(cast: Cast) -> None:
    _, made = factories.talent()

    with pytest.raises(NotFound):
        run(cast.zoe, profile.edit, step="experience", typed={"bio": "Mine now."})
    assert (
        look(SYSTEM, lambda work: work.session.execute(text("SELECT bio FROM talent")).scalar())
        == "Stunt rider and dancer."
    )
