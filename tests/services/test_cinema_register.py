"""Cinema registration: one code, whoever asks, and one account for both profiles."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from talento.errors import Conflict, Invalid, InvalidForm, NotFound
from talento.models.accounts import User
from talento.models.cinema import CinemaTalent
from talento.models.drafts import Draft
from talento.models.operations import OutgoingMail
from talento.models.talents import Talent
from talento.services import accounts, drafts
from talento.services.cinema import form, profile, register
from talento.services.talents import profile as general
from talento.services.talents import register as general_register
from talento.services.uploads import store
from talento.services.work import SYSTEM, VISITOR, Actor, look, run
from tests import factories
from tests.factories import picture

HOLDER = "h" * 32

pytestmark = pytest.mark.usefixtures("db")


def save(actor: Actor = VISITOR, **data) -> drafts.DraftView:
    return run(actor, drafts.save, drafts.holder(actor, HOLDER), step="identity", data=data, form="cinema")


def finish(actor: Actor = VISITOR, locale: str = "en") -> register.Registered:
    return register.finish(actor, drafts.holder(actor, HOLDER), locale=locale)


def count(table) -> int:
    return look(SYSTEM, lambda work: work.session.scalar(select(func.count()).select_from(table)))


def mails() -> list[tuple[str, str]]:
    rows = select(OutgoingMail.kind, OutgoingMail.recipient).order_by(OutgoingMail.id)
    return look(SYSTEM, lambda work: [tuple(row) for row in work.session.execute(rows)])


def test_a_draft_becomes_a_cinema_talent_with_a_code_an_account_and_a_mail() -> None:
    save(**factories.cinema_answers())

    made = finish()

    assert (made.code, made.is_member) == ("MARAB00001F", False)
    assert mails() == [("welcome", "amina@example.com")]
    assert (count(User), count(Talent), count(CinemaTalent)) == (1, 0, 1)


def test_sending_twice_at_once_makes_one() -> None:
    save(**factories.cinema_answers())

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: finish(), range(4)))

    assert len({one.code for one in made}) == 1
    assert count(CinemaTalent) == 1


def test_the_counter_is_its_own_and_signing_in_takes_either_code() -> None:
    amina, general_made = factories.talent()
    save(amina, **factories.cinema_answers())
    made = finish(amina)
    factories.with_password(amina)

    assert (general_made.code, made.code) == ("MAF0001RAB", "MARAB00001F")
    for code in (general_made.code, made.code, "ma rab 00001 f"):
        assert accounts.sign_in(Actor(), identifier=code, password=factories.PASSWORD).token


def test_a_member_adds_the_profile_to_their_account_whatever_e_mail_was_typed() -> None:
    amina, _ = factories.talent()
    save(amina, **factories.cinema_answers(email="somebody@else.example.com"))

    made = finish(amina)

    assert (made.email, made.is_member) == ("amina@example.com", True)
    assert (count(User), count(CinemaTalent)) == (1, 1)
    assert mails()[-1] == ("profile_added", "amina@example.com")
    assert look(amina, profile.own, locale="en").code == made.code


def test_one_account_has_one_cinema_profile() -> None:
    amina, _ = factories.registered_in_cinema()
    save(amina, **factories.cinema_answers())

    with pytest.raises(Conflict):
        finish(amina)
    assert count(CinemaTalent) == 1


def test_a_taken_e_mail_is_refused_and_leaves_no_trace() -> None:
    factories.talent()
    save(**factories.cinema_answers())

    with pytest.raises(Conflict) as refusal:
        finish()
    assert refusal.value.field == "email"
    assert (count(User), count(CinemaTalent)) == (1, 0)


def test_what_the_general_profile_knows_is_not_asked_twice_and_its_number_stays_on_the_server() -> None:
    amina, _ = factories.talent(instagram="@amina", portfolio_url="https://amina.example.com")

    known = look(amina, register.known)

    assert known["first_name"] == "Amina" and known["languages"] == ["ar", "fr"]
    assert known["instagram"] == "https://instagram.com/amina" and known["website"] == "https://amina.example.com"
    assert known["phone"] == "+212612345678"
    assert "AB1234567" not in repr(known)
    typed = known | {"document_type": "passport", "document_number": "ZZ123456", "kinds": ["extra"]}
    assert form.problems(typed | {"email": "x@example.com"}) == {}


def test_what_the_cinema_profile_knows_fills_the_general_form() -> None:
    amina, _ = factories.registered_in_cinema(website="https://amina.example.com")

    known = look(amina, general_register.known)

    assert known["portfolio_url"] == "https://amina.example.com" and known["city"]
    assert "ZQ7654321" not in repr(known)
    run(amina, drafts.save, drafts.holder(amina, ""), step="identity", data=known | {"skills": ["mason"]})
    made = general_register.finish(amina, drafts.holder(amina, ""), locale="en")
    assert (made.code, made.is_member) == ("MAF0001RAB", True)
    assert look(amina, general_register.known) is None


def test_the_same_photo_serves_both_profiles_and_survives_its_removal_from_one() -> None:
    amina, _ = factories.talent()
    photo = store.receive(amina, kind="photo", name="me.png", data=picture()).id
    run(amina, general.attach, kind="photo", file_id=photo)
    save(amina, **look(amina, register.known) | factories.cinema_answers())
    finish(amina)

    run(amina, general.attach, kind="photo", file_id="")

    assert look(amina, profile.own, locale="en").photo_url == f"/files/{photo}"
    assert store.read(amina, photo).is_inline
    run(amina, profile.attach, file_id="")
    with pytest.raises(NotFound):
        store.read(amina, photo)


def test_drafts_of_both_forms_live_side_by_side() -> None:
    run(VISITOR, drafts.save, HOLDER, step="identity", data={"first_name": "General"})
    save(first_name="Cinema")

    assert look(VISITOR, drafts.current, HOLDER).data["first_name"] == "General"
    assert look(VISITOR, drafts.current, HOLDER, "cinema").data["first_name"] == "Cinema"
    run(VISITOR, drafts.let_go, HOLDER, "cinema")
    assert look(VISITOR, drafts.current, HOLDER, "cinema") is None
    assert look(VISITOR, drafts.current, HOLDER) is not None


def test_a_link_resumes_the_form_it_was_made_for() -> None:
    save(first_name="Amina")
    link = run(VISITOR, drafts.new_link, HOLDER, "cinema")
    token = link.partition("?resume=")[2]

    assert "/cinema/register?resume=" in link
    with pytest.raises(NotFound):
        run(VISITOR, drafts.resume, "o" * 32, token=token)
    assert run(VISITOR, drafts.resume, "o" * 32, token=token, form="cinema").data["first_name"] == "Amina"


def test_a_members_draft_is_not_seen_by_the_next_visitor_of_the_browser() -> None:
    amina, _ = factories.talent()
    save(amina, first_name="Amina", phone="+212612345678")

    assert look(VISITOR, drafts.current, HOLDER, "cinema") is None
    assert look(amina, drafts.current, drafts.holder(amina, "other browser"), "cinema").data["first_name"] == "Amina"


def test_whoever_signs_in_goes_on_with_what_they_typed_before() -> None:
    amina, _ = factories.talent()
    save(first_name="Typed before")

    run(amina, drafts.adopt, HOLDER, "cinema")

    assert look(amina, drafts.current, drafts.holder(amina, HOLDER), "cinema").data["first_name"] == "Typed before"
    assert look(VISITOR, drafts.current, HOLDER, "cinema") is None
    run(VISITOR, drafts.save, HOLDER, step="identity", data={"first_name": "Somebody else"}, form="cinema")
    run(amina, drafts.adopt, HOLDER, "cinema")
    assert look(amina, drafts.current, drafts.holder(amina, HOLDER), "cinema").data["first_name"] == "Typed before"


def test_photos_and_credits_of_the_draft_become_the_profiles() -> None:
    save(first_name="Amina")
    sent = [
        store.receive(
            VISITOR, kind="gallery", name=f"{n}.png", data=picture(200, 300), draft_holder=HOLDER, draft="cinema"
        ).id
        for n in range(2)
    ]
    gallery = [{"key": sent[1], "category": "profile"}, {"key": sent[0], "category": "nonsense"}]
    save(**factories.cinema_answers(gallery=gallery, credits=[{"key": "a", "title": "Atlas", "year": "2024"}]))

    made = finish()

    amina = Actor(look(SYSTEM, lambda work: work.get(CinemaTalent, made.talent_id).user_id), factories.Role.USER)
    mine = look(amina, profile.own, locale="en")
    assert [(one.key, one.category) for one in mine.gallery] == [(sent[1], "profile"), (sent[0], "other")]
    assert [(one.title, one.year) for one in mine.credits] == [("Atlas", 2024)]
    assert count(Draft) == 1


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"kinds": []}, {"kinds"}),
        ({"kinds": ["king"]}, {"kinds"}),
        ({"languages": []}, {"languages"}),
        ({"height": "12"}, {"height"}),
        ({"height": "tall"}, {"height"}),
        ({"document_number": ""}, {"document_number"}),
        ({"playing_age_min": "40", "playing_age_max": "30"}, {"playing_age_max"}),
        ({"skills": ["mason"]}, {"skills"}),
        ({"showreel_url": "javascript:alert(1)"}, {"showreel_url"}),
        ({"gallery": [{"key": "0" * 32, "category": "other"}] * 11}, {"gallery"}),
        ({"gallery": "x"}, {"gallery"}),
        ({"gallery": [{"key": "../../etc"}]}, {"gallery"}),
        ({"credits": [{"title": ""}]}, {"credits"}),
        ({"credits": [{"title": "x"}] * 61}, {"credits"}),
    ],
)
def test_an_answer_out_of_order_is_refused_by_field_and_nothing_is_stored(changes: dict, wrong: set[str]) -> None:
    save(**factories.cinema_answers() | changes)

    with pytest.raises(InvalidForm) as refusal:
        finish()
    assert set(refusal.value.problems) == wrong
    assert (count(User), count(CinemaTalent), mails()) == (0, 0, [])


def test_a_photo_of_somebody_else_is_refused_and_nothing_is_stored() -> None:
    karim, _ = factories.talent(email="karim@example.com")
    photo = store.receive(karim, kind="gallery", name="a.png", data=picture()).id
    save(**factories.cinema_answers(gallery=[{"key": photo}]))

    with pytest.raises(Invalid):
        finish()
    assert count(CinemaTalent) == 0


def test_a_guardian_is_needed_under_eighteen_and_forgotten_otherwise(hands) -> None:
    alone = factories.cinema_answers(born_on="2015-05-06")
    assert set(form.problems(alone)) == {"guardian_name", "guardian_relation", "guardian_email", "guardian_phone"}
    assert form.problems(factories.child_answers()) == {}

    adult = form.checked(factories.child_answers(born_on="1990-01-01", guardian_email="not one"))
    assert (adult["guardian_name"], adult["guardian_email"]) == ("", None)


def test_the_day_of_the_eighteenth_birthday_needs_no_guardian(hands) -> None:
    today = hands.now.date()

    assert form.problems(factories.cinema_answers(born_on=today.replace(year=today.year - 18).isoformat())) == {}
    assert form.is_young(today.replace(year=today.year - 18, day=today.day + 1).isoformat())
    assert not form.is_young("") and not form.is_young("nonsense")
