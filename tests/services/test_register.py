"""Registration and drafts: one code for one person, whatever goes wrong on the way."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from talento.errors import Conflict, Invalid, InvalidForm, NotFound, TooLarge
from talento.models.accounts import User
from talento.models.drafts import Draft
from talento.models.operations import OutgoingMail
from talento.models.talents import Talent
from talento.services import accounts, drafts
from talento.services.talents import form, register
from talento.services.work import SYSTEM, VISITOR, Actor, look, run
from tests import factories
from tests.conftest import Hands

HOLDER = "h" * 32
OTHER = "o" * 32

pytestmark = pytest.mark.usefixtures("db")


def save(holder: str = HOLDER, step: str = "identity", **data) -> drafts.DraftView:
    return run(VISITOR, drafts.save, holder, step=step, data=data)


def finish(holder: str = HOLDER, locale: str = "fr") -> register.Registered:
    return register.finish(VISITOR, holder, locale=locale)


def count(table) -> int:
    return look(SYSTEM, lambda work: work.session.scalar(select(func.count()).select_from(table)))


def test_a_whole_draft_becomes_a_talent_with_a_code_a_mail_and_a_link() -> None:
    save(**factories.answers())

    made = finish()

    assert made.code == "MAF0001RAB"
    mail = look(SYSTEM, lambda work: work.session.scalars(select(OutgoingMail)).one())
    assert (mail.kind, mail.locale) == ("welcome", "fr")
    assert made.code in mail.text and "Bienvenue" in mail.text


def test_the_welcome_link_lets_the_owner_in() -> None:
    amina, made = factories.talent()
    token = run(SYSTEM, lambda work: accounts.new_link(work, work.get(User, amina.user_id), accounts.Purpose.ACTIVATE))

    accounts.set_password(VISITOR, token=token.rsplit("/", 1)[-1], password=factories.PASSWORD)

    assert accounts.sign_in(Actor(), identifier=made.code, password=factories.PASSWORD).token


def test_sending_twice_gives_the_same_code() -> None:
    save(**factories.answers())

    assert finish() == finish()
    assert count(Talent) == 1


def test_sending_twice_at_once_makes_one_talent() -> None:
    save(**factories.answers())

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: finish(), range(4)))

    assert len({one.code for one in made}) == 1
    assert count(Talent) == 1


def test_numbers_are_counted_by_origin_across_genders_and_cities() -> None:
    codes = [factories.talent(email=f"{n}@example.com", gender=gender)[1].code for n, gender in enumerate("FMN")]

    assert codes == ["MAF0001RAB", "MAM0002RAB", "MAN0003RAB"]


def test_an_incomplete_draft_is_refused_by_field_and_nothing_is_stored() -> None:
    save(**factories.answers(phone="1", skills=[]))

    with pytest.raises(InvalidForm) as refusal:
        finish()

    assert set(refusal.value.problems) == {"phone", "skills"}
    assert (count(User), count(Talent), count(OutgoingMail)) == (0, 0, 0)
    assert look(VISITOR, drafts.current, HOLDER).data["first_name"] == "Amina"


def test_a_taken_email_is_refused_and_leaves_no_trace() -> None:
    factories.talent()
    save(**factories.answers(email="AMINA@example.com"))

    with pytest.raises(Conflict) as refusal:
        finish()

    assert refusal.value.field == "email"
    assert count(Talent) == 1
    assert factories.talent(email="other@example.com")[1].code == "MAF0002RAB"


def test_an_empty_hand_has_nothing_to_send() -> None:
    with pytest.raises(Invalid):
        finish("")
    with pytest.raises(Invalid):
        finish(OTHER)


def test_answers_are_kept_from_step_to_step() -> None:
    save(step="identity", first_name="Amina")
    save(step="contact", email="amina@example.com")

    kept = look(VISITOR, drafts.current, HOLDER)

    assert kept.data == {"first_name": "Amina", "email": "amina@example.com"}
    assert kept.step == "contact"


def test_a_draft_is_for_one_browser_only() -> None:
    save(first_name="Amina")

    assert look(VISITOR, drafts.current, OTHER) is None
    assert look(VISITOR, drafts.current, "") is None


def test_a_link_moves_a_draft_to_another_device() -> None:
    save(first_name="Amina")
    token = run(VISITOR, drafts.new_link, HOLDER).rsplit("=", 1)[-1]

    moved = run(VISITOR, drafts.resume, OTHER, token=token)

    assert moved.data == {"first_name": "Amina"}
    assert look(VISITOR, drafts.current, OTHER).data == {"first_name": "Amina"}
    assert look(VISITOR, drafts.current, HOLDER) is None


def test_a_link_that_was_never_made_opens_nothing() -> None:
    save(first_name="Amina")

    with pytest.raises(NotFound):
        run(VISITOR, drafts.resume, OTHER, token="guess")


def test_a_sent_draft_can_not_be_read_again_through_its_link() -> None:
    save(**factories.answers())
    token = run(VISITOR, drafts.new_link, HOLDER).rsplit("=", 1)[-1]
    finish()

    with pytest.raises(NotFound):
        run(VISITOR, drafts.resume, OTHER, token=token)


def test_a_draft_expires_with_its_answers(hands: Hands) -> None:
    save(first_name="Amina")
    hands.later(days=31)

    assert look(VISITOR, drafts.current, HOLDER) is None
    assert run(SYSTEM, drafts.sweep) == 1
    assert count(Draft) == 0


def test_without_cookies_nothing_is_promised() -> None:
    with pytest.raises(Invalid):
        save("", first_name="Amina")


def test_a_draft_has_a_size() -> None:
    with pytest.raises(TooLarge):
        save(bio="x" * 70_000)


def test_the_link_is_mailed_to_the_address_typed_in_the_form() -> None:
    save(first_name="Amina", email="Amina@Example.com")

    assert run(VISITOR, drafts.mail_link, HOLDER, locale="en") == "amina@example.com"
    with pytest.raises(Invalid):
        save(OTHER, first_name="X")
        run(VISITOR, drafts.mail_link, OTHER, locale="en")


def test_starting_over_forgets_everything() -> None:
    save(first_name="Amina")
    run(VISITOR, drafts.let_go, HOLDER)

    assert look(VISITOR, drafts.current, HOLDER) is None
    assert count(Draft) == 0


def test_at_most_five_skills_whatever_the_browser_says() -> None:
    skills = ["mason", "electrician", "plumber", "locksmith", "roofer", "carpenter"]

    with pytest.raises(InvalidForm):
        form.checked(factories.answers(skills=skills))
