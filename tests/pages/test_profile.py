"""The profile page: sections edited in their place, conflicts, identity numbers, visibility."""

from dataclasses import replace

from talento.i18n import say
from talento.services.talents import profile
from talento.services.work import look, run
from talento.state.profile import ProfileState
from talento.state.session import ReaderState
from tests import factories
from tests.factories import Cast


async def test_the_owner_sees_their_profile_in_both_languages(cast: Cast, tab) -> None:
    amina, made = factories.talent()

    mine = await tab(amina).call(ProfileState.open)

    assert mine.is_ready and mine.has_profile
    assert mine.code == made.code
    assert (mine.shown_en["nationality"], mine.shown_fr["nationality"]) == ("Moroccan", "Marocaine")
    assert mine.lists_fr["skills"] and mine.lists_fr["skills"] != mine.lists_en["skills"]


async def test_an_account_without_a_profile_is_told_so(cast: Cast, tab) -> None:
    mine = await tab(cast.nadia).call(ProfileState.open)

    assert mine.is_ready
    assert not mine.has_profile


async def test_an_identity_number_never_reaches_the_browser(cast: Cast, tab) -> None:
    amina, _ = factories.talent()

    mine = await tab(amina).call(ProfileState.open)

    assert "AB1234567" not in str(mine.dict())
    assert mine.shown_en["passport_number"] == "AB1•••567"


async def test_a_section_saved_without_retyping_the_number_keeps_it(cast: Cast, tab) -> None:
    amina, _ = factories.talent()
    mine = tab(amina)
    await mine.call(ProfileState.open)
    await mine.call(ProfileState.change, "identity")

    state = await mine.call(ProfileState.save, "identity", {"first_name": "Amina Zahra", "passport_number": ""})

    assert state.editing == []
    assert state.name == "Amina Zahra Benali"
    assert state.shown_en["passport_number"] == "AB1•••567"
    assert (await mine.state(ReaderState)).name == "Amina Zahra Benali"
    assert await mine.said() == ["Saved."]


async def test_a_number_is_replaced_or_removed_when_asked(cast: Cast, tab) -> None:
    amina, _ = factories.talent()
    mine = tab(amina)
    await mine.call(ProfileState.open)
    await mine.call(ProfileState.change, "identity")
    state = await mine.call(ProfileState.save, "identity", {"passport_number": "ZZ9876543"})
    assert state.shown_en["passport_number"] == "ZZ9•••543"

    await mine.call(ProfileState.change, "identity")
    await mine.call(ProfileState.erase, "passport_number", True)
    state = await mine.call(ProfileState.save, "identity", {"passport_number": ""})

    assert "passport_number" not in state.shown_en


async def test_a_refused_answer_stays_with_its_reason(cast: Cast, tab) -> None:
    amina, _ = factories.talent()
    mine = tab(amina)
    await mine.call(ProfileState.open)
    await mine.call(ProfileState.change, "networks")

    state = await mine.call(ProfileState.save, "networks", {"portfolio_url": "javascript:alert(1)"})

    assert state.editing == ["networks"]
    assert state.raw["portfolio_url"] == "javascript:alert(1)"
    assert "portfolio_url" in state.problems


async def test_a_taken_e_mail_is_refused_beside_its_field(cast: Cast, tab) -> None:
    amina, _ = factories.talent()
    mine = tab(amina)
    await mine.call(ProfileState.open)
    await mine.call(ProfileState.change, "contact")

    state = await mine.call(ProfileState.save, "contact", {"email": "zoe@agency.example.com"})

    assert state.problems["email"] == "This e-mail already has an account."
    assert state.raw["email"] == "zoe@agency.example.com"


async def test_another_section_changed_elsewhere_is_no_conflict(cast: Cast, tab) -> None:
    amina, _ = factories.talent()
    mine = tab(amina)
    await mine.call(ProfileState.open)
    await mine.call(ProfileState.change, "experience")
    await mine.call(ProfileState.keep, "bio", "Typed here.")
    run(amina, profile.edit, step="work", typed={"daily_rate": "900"})

    state = await mine.call(ProfileState.save, "experience", {})

    assert (state.editing, state.stale) == ([], [])
    assert state.shown_en["bio"] == "Typed here."
    assert state.shown_en["daily_rate"].startswith("900")


async def test_the_same_section_changed_elsewhere_asks_which_shall_stay(cast: Cast, tab) -> None:
    amina, _ = factories.talent()
    mine = tab(amina)
    await mine.call(ProfileState.open)
    await mine.call(ProfileState.change, "experience")
    await mine.call(ProfileState.keep, "bio", "Typed here.")
    run(amina, profile.edit, step="experience", typed={"bio": "Saved elsewhere."})

    state = await mine.call(ProfileState.refreshed, "talent", [])
    assert state.stale == ["experience"]
    assert state.raw["bio"] == "Typed here."

    state = await mine.call(ProfileState.save, "experience", {"bio": "Typed here."})
    assert state.editing == state.stale == ["experience"]
    assert look(amina, profile.own, locale="en").raw["bio"] == "Saved elsewhere."

    state = await mine.call(ProfileState.keep_mine, "experience")
    assert (state.editing, state.shown_en["bio"]) == ([], "Typed here.")


async def test_what_was_saved_elsewhere_can_be_taken_over(cast: Cast, tab) -> None:
    amina, _ = factories.talent()
    mine = tab(amina)
    await mine.call(ProfileState.open)
    await mine.call(ProfileState.change, "experience")
    await mine.call(ProfileState.keep, "bio", "Typed here.")
    run(amina, profile.edit, step="experience", typed={"bio": "Saved elsewhere."})
    await mine.call(ProfileState.refreshed, "talent", [])

    state = await mine.call(ProfileState.take_theirs, "experience")

    assert (state.raw["bio"], state.stale, state.editing) == ("Saved elsewhere.", [], ["experience"])


async def test_cancelling_gives_up_what_was_typed(cast: Cast, tab) -> None:
    amina, _ = factories.talent()
    mine = tab(amina)
    await mine.call(ProfileState.open)
    await mine.call(ProfileState.change, "experience")
    await mine.call(ProfileState.keep, "bio", "Typed here.")

    state = await mine.call(ProfileState.cancel, "experience")

    assert (state.raw["bio"], state.editing) == ("Stunt rider and dancer.", [])


async def test_a_new_country_asks_for_a_new_city(cast: Cast, tab) -> None:
    amina, _ = factories.talent()
    mine = tab(amina)
    await mine.call(ProfileState.open)
    await mine.call(ProfileState.change, "places")

    state = await mine.call(ProfileState.check, "residence", "FR")

    assert (state.raw["city"], state.currency) == ("", "EUR")
    assert any(city["label"] == "Lyon" for city in state.cities)


async def test_a_minor_cannot_go_public(cast: Cast, tab) -> None:
    amina, _ = factories.talent(born_on="2015-01-01")
    mine = tab(amina)
    await mine.call(ProfileState.open)

    state = await mine.call(ProfileState.show_to, "public")

    assert state.is_minor
    assert state.visibility == "recruiters"
    assert state.problems["visibility"] == "People under 18 can't have a public card."


async def test_visibility_and_the_parts_of_the_card_are_saved_at_once(cast: Cast, tab) -> None:
    amina, _ = factories.talent()
    mine = tab(amina)
    await mine.call(ProfileState.open)
    await mine.call(ProfileState.show_to, "public")
    await mine.call(ProfileState.publish, "bio", False)

    state = await mine.call(ProfileState.sign_as, " Mina ")

    assert (state.visibility, state.display_name) == ("public", "Mina")
    assert "bio" not in state.published and "photo" in state.published


async def test_a_foreign_file_is_refused_beside_the_photo(cast: Cast, tab) -> None:
    amina, _ = factories.talent()
    mine = tab(amina)
    await mine.call(ProfileState.open)

    state = await mine.call(ProfileState.attached, "photo", "0" * 32, "me.jpg", "/files/" + "0" * 32)

    assert state.problems["photo"] == "Please upload the file again."
    assert state.photo_url == ""


async def test_the_next_best_step_is_what_adds_most(cast: Cast, tab) -> None:
    amina, _ = factories.talent()

    mine = await tab(amina).call(ProfileState.open)

    assert (mine.next_name, mine.next_step) == ("cv", "documents")
    assert mine.next_points > 0


async def test_a_french_reader_is_refused_in_french(cast: Cast, tab) -> None:
    amina, _ = factories.talent()
    mine = tab(replace(amina, locale="fr"))
    await mine.call(ProfileState.open)
    await mine.call(ProfileState.change, "identity")

    state = await mine.call(ProfileState.save, "identity", {"first_name": ""})

    assert state.problems["first_name"] == say("fr", "Please fill this in.") != "Please fill this in."
