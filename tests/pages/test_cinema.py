"""The cinema pages behind the policy: the wizard, the profile, the guardian's page, the admin's settings."""

import pytest

from talento.models.cinema import CinemaTalent
from talento.models.operations import OutgoingMail
from talento.services import drafts, encryption
from talento.services.cinema import card, profile
from talento.services.uploads import store
from talento.services.work import SYSTEM, VISITOR, look, run
from talento.state.card import CardState
from talento.state.cinema_profile import CinemaProfileState
from talento.state.cinema_register import CinemaRegisterState
from talento.state.consent import ConsentState
from talento.state.profile import ProfileState
from talento.state.register import RegisterState
from talento.state.session import HAS_CINEMA, ReaderState
from tests import factories
from tests.factories import Cast, picture

HOLDER = "v" * 32


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> str:
    """A browser that holds a visitor's cookie."""
    monkeypatch.setattr("talento.services.cookies.visitor_in", lambda *_: HOLDER)
    return HOLDER


def upload(actor=VISITOR, kind: str = "gallery") -> str:
    return store.receive(actor, kind=kind, name="a.png", data=picture(300, 400), draft_holder=HOLDER, draft="cinema").id


async def test_a_visitor_fills_the_wizard_and_comes_back(cast: Cast, tab, browser: str) -> None:
    mine = tab()
    state = await mine.call(CinemaRegisterState.open)
    assert (state.step, state.is_ready, state.is_resumed, state.is_member) == ("identity", True, False, False)
    await mine.call(CinemaRegisterState.check, "first_name", "Amina")
    await mine.call(CinemaRegisterState.check, "born_on", "2015-05-06")

    again = await tab().call(CinemaRegisterState.open)

    assert (again.raw["first_name"], again.is_resumed, again.is_young) == ("Amina", True, True)
    state = await mine.call(CinemaRegisterState.advance, {})
    assert {"guardian_name", "guardian_email"} <= set(state.problems)


async def test_photos_and_credits_are_arranged_in_the_draft(cast: Cast, tab, browser: str) -> None:
    mine = tab()
    await mine.call(CinemaRegisterState.open)
    await mine.call(CinemaRegisterState.check, "first_name", "Amina")
    first, second = upload(), upload()
    await mine.call(CinemaRegisterState.photo_added, first, "a.png", "")
    await mine.call(CinemaRegisterState.photo_added, second, "b.png", "")
    await mine.call(CinemaRegisterState.photo_moved, second, 0)
    await mine.call(CinemaRegisterState.photo_named, first, "profile")
    await mine.call(CinemaRegisterState.credit_begun)
    await mine.call(CinemaRegisterState.credit_typed, "title", "Atlas")
    await mine.call(CinemaRegisterState.credit_entered, "year", "2024")

    state = await tab().call(CinemaRegisterState.open)

    assert [(one.key, one.category) for one in state.gallery] == [(second, "other"), (first, "profile")]
    assert [(one.title, one.year) for one in state.credits] == [("Atlas", 2024)]
    state = await mine.call(CinemaRegisterState.photo_removed, second)
    assert [one.key for one in state.gallery] == [first]
    with pytest.raises(Exception, match="no such file"):
        store.read(VISITOR, second, draft_holder=HOLDER)


async def test_an_eleventh_photo_is_refused_beside_the_gallery(cast: Cast, tab, browser: str) -> None:
    mine = tab()
    await mine.call(CinemaRegisterState.open)
    for number in range(10):
        await mine.call(CinemaRegisterState.photo_added, f"{number:032x}", "a.png", "")

    state = await mine.call(CinemaRegisterState.photo_added, "f" * 32, "a.png", "")

    assert len(state.gallery) == 10
    assert state.problems["gallery"] == "A gallery has at most 10 photos."


async def test_a_credit_out_of_order_stays_in_its_form(cast: Cast, tab, browser: str) -> None:
    mine = tab()
    await mine.call(CinemaRegisterState.open)
    await mine.call(CinemaRegisterState.credit_begun)
    await mine.call(CinemaRegisterState.credit_typed, "year", "24")

    state = await mine.call(CinemaRegisterState.credit_saved)

    assert set(state.credit_problems) == {"title", "year"}
    assert (state.credit["year"], state.is_writing, state.credits) == ("24", True, [])


async def test_a_member_finds_what_is_known_and_no_question_about_the_address(cast: Cast, tab, browser: str) -> None:
    amina, _ = factories.talent()

    state = await tab(amina).call(CinemaRegisterState.open)

    assert (state.is_member, state.is_known, state.raw["first_name"]) == (True, True, "Amina")
    assert state.raw["email"] == "amina@example.com"
    assert "AB1234567" not in str(state.dict())
    assert look(VISITOR, drafts.current, HOLDER, "cinema") is None


async def test_a_member_with_a_cinema_profile_is_sent_to_it(cast: Cast, tab, browser: str) -> None:
    amina, _ = factories.registered_in_cinema()

    state = await tab(amina).call(CinemaRegisterState.open)

    assert not state.is_ready


async def test_the_general_wizard_offers_what_the_cinema_profile_knows(cast: Cast, tab, browser: str) -> None:
    amina, _ = factories.registered_in_cinema()
    mine = tab(amina)

    state = await mine.call(RegisterState.open)
    assert (state.is_known, state.raw["first_name"], state.lists["languages"]) == (True, "Amina", ["ar", "fr"])
    await mine.call(RegisterState.visit, "skills")
    await mine.call(RegisterState.toggle, "skills", "mason", True)
    state = await mine.call(RegisterState.finish)

    assert state.code == "MAF0001RAB" and state.is_member
    assert (await tab(amina).call(ProfileState.open)).code == "MAF0001RAB"


async def test_the_menu_knows_who_has_a_cinema_profile(cast: Cast, tab) -> None:
    amina, _ = factories.registered_in_cinema()

    assert HAS_CINEMA in (await tab(amina).call(ReaderState.enter)).permissions
    assert HAS_CINEMA not in (await tab(cast.zoe).call(ReaderState.enter)).permissions


async def test_the_owner_sees_their_profile_and_never_the_number(cast: Cast, tab) -> None:
    amina, made = factories.registered_in_cinema()

    state = await tab(amina).call(CinemaProfileState.open)

    assert (state.code, state.lists_fr["kinds"]) == (made.code, ["Acteur/Actrice Principal(e)", "Cascadeur/Cascadeuse"])
    assert state.shown_en["document_number"] == "ZQ7•••321"
    assert "ZQ7654321" not in str(state.dict())


async def test_a_section_is_saved_without_retyping_the_number(cast: Cast, tab) -> None:
    amina, _ = factories.registered_in_cinema()
    mine = tab(amina)
    await mine.call(CinemaProfileState.open)
    await mine.call(CinemaProfileState.change, "identity")

    state = await mine.call(CinemaProfileState.save, "identity", {"stage_name": "Mina", "document_number": ""})

    assert (state.editing, state.name, state.problems) == ([], "Mina", {})
    assert state.shown_en["document_number"] == "ZQ7•••321"
    await mine.call(CinemaProfileState.change, "identity")
    await mine.call(CinemaProfileState.erase, "document_number", True)
    state = await mine.call(CinemaProfileState.save, "identity", {"document_number": ""})
    assert "document_number" not in state.shown_en


async def test_the_same_section_changed_elsewhere_asks_which_shall_stay(cast: Cast, tab) -> None:
    amina, _ = factories.registered_in_cinema()
    mine = tab(amina)
    await mine.call(CinemaProfileState.open)
    await mine.call(CinemaProfileState.change, "parts")
    await mine.call(CinemaProfileState.keep, "bio", "Typed here.")
    run(amina, profile.edit, step="parts", typed={"kinds": ["extra"], "bio": "Typed there."})

    state = await mine.call(CinemaProfileState.save, "parts", {})

    assert (state.editing, state.stale, state.raw["bio"]) == (["parts"], ["parts"], "Typed here.")
    state = await mine.call(CinemaProfileState.keep_mine, "parts")
    assert (state.editing, state.shown_en["bio"]) == ([], "Typed here.")


async def test_photos_credits_and_days_off_are_stored_at_once(cast: Cast, tab, hands) -> None:
    amina, _ = factories.registered_in_cinema()
    mine, key = tab(amina), upload(amina)
    await mine.call(CinemaProfileState.open)
    await mine.call(CinemaProfileState.photo_added, key, "a.png", "")
    await mine.call(CinemaProfileState.credit_begun)
    await mine.call(CinemaProfileState.credit_entered, "title", "Atlas")
    state = await mine.call(CinemaProfileState.take_days_off, {"starts_on": "2027-04-10", "note": "Wedding"})

    stored = look(amina, profile.own, locale="en")
    assert ([one.key for one in stored.gallery], [one.title for one in stored.credits]) == ([key], ["Atlas"])
    assert [one.note for one in state.days_off] == ["Wedding"]
    state = await mine.call(CinemaProfileState.take_days_off, {"starts_on": "2027-04-10", "ends_on": "2027-04-01"})
    assert set(state.day_problems) == {"ends_on"}


async def test_one_sees_oneself_as_casting_teams_do(cast: Cast, tab) -> None:
    amina, made = factories.registered_in_cinema()
    mine = tab(amina)
    await mine.call(CinemaProfileState.open)

    state = await mine.call(CinemaProfileState.look_as_others)

    assert state.seen == look(cast.youssef, profile.panel, made.talent_id, locale="en")
    assert (await mine.call(CinemaProfileState.look_away)).seen is None


def consent_path() -> str:
    def read(work) -> str:
        mail = work.session.query(OutgoingMail).filter_by(kind="guardian_asked").one()
        return encryption.keyring().open(mail.secret, "outbox", mail.uid, "secret")

    return "/consent/" + look(SYSTEM, read).rpartition("/")[2]


async def test_a_guardian_consents_on_their_page(cast: Cast, tab, hands) -> None:
    _, made = factories.registered_in_cinema(**factories.child_answers())
    guardian = tab(path=consent_path())
    state = await guardian.call(ConsentState.open)
    assert (state.stage, state.child) == ("asked", "Yasmine Benali")
    state = await guardian.call(ConsentState.agree, {"signed": "Salma Benali"})
    assert set(state.problems) == {"agreed"}

    await guardian.call(ConsentState.tick, True)
    state = await guardian.call(ConsentState.agree, {"signed": "Salma Benali"})

    assert state.stage == "agreed"
    assert look(SYSTEM, lambda work: work.get(CinemaTalent, made.talent_id).guardian_consented_at) == hands.now
    assert (await guardian.call(ConsentState.open)).stage == "bad"


@pytest.mark.parametrize("path", ["/consent/", "/consent/x", "/consent/%00", "/consent/" + "x" * 500])
async def test_a_made_up_link_says_so(cast: Cast, tab, path: str) -> None:
    state = await tab(path=path).call(ConsentState.open)

    assert (state.stage, state.child) == ("bad", "")


async def test_a_cinema_code_opens_its_card_and_the_next_one_leaves_nothing_behind(cast: Cast, tab) -> None:
    amina, made = factories.registered_in_cinema()
    run(amina, profile.show_to, visibility="public", published=["kinds", "bio"])
    mine = tab(path=f"/t/{made.code.lower()}")

    state = await mine.call(CardState.open)
    assert (state.is_cinema, state.code, state.kinds[0]) == (True, made.code, "lead_actor")
    run(amina, profile.show_to, visibility="hidden", published=[])
    state = await mine.call(CardState.open)

    assert (state.is_ready, state.code, state.kinds, state.bio) == (True, "", [], "")
    with pytest.raises(Exception, match="no public card"):
        look(VISITOR, card.card, made.code, locale="en")
