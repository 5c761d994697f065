"""The settings page: saved at the field, undone, stale saves with both values, secrets that stay in, who is here."""

import pytest

from talento.services import credits, preferences
from talento.services.preferences import changes, readers, registry
from talento.services.work import SYSTEM, look, run
from talento.state.settings import SettingsState
from talento.state.site import SiteState
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast

LATE = registry.LATE_AFTER.key
KEY = registry.OMDB_KEY.key


async def test_a_field_is_saved_on_its_own_and_undone(cast: Cast, tab) -> None:
    mine = tab(cast.awa, path="/admin/settings/presence")
    state = await mine.call(SettingsState.open)
    assert (state.group, LATE in state.shown, state.fields[LATE].typed) == ("presence", True, "5")

    state = await mine.call(SettingsState.keep, LATE, "15", 0)
    assert (state.fields[LATE].note, state.fields[LATE].by, preferences.value(registry.LATE_AFTER)) == (
        "saved",
        "Awa",
        15,
    )
    assert state.announced == "Late after: saved."

    state = await mine.call(SettingsState.undo, LATE)
    assert (state.fields[LATE].note, state.fields[LATE].typed) == ("undone", "5")


async def test_what_is_refused_is_said_at_its_field_and_nothing_changes(cast: Cast, tab) -> None:
    mine = tab(cast.awa)
    await mine.call(SettingsState.open)

    state = await mine.call(SettingsState.keep, LATE, "<b>", 0)

    assert (state.fields[LATE].problem, state.fields[LATE].revision) == ("Please write a whole number.", 0)
    assert (await mine.call(SettingsState.keep, LATE, "7", 0)).fields[LATE].problem == ""


async def test_a_stale_save_shows_both_values_and_asks(cast: Cast, tab) -> None:
    salma = factories.staff("Salma", cast.awa.role)
    mine = tab(cast.awa)
    await mine.call(SettingsState.open)
    run(salma, changes.change, LATE, "15", revision=0)

    state = await mine.call(SettingsState.keep, LATE, "30", 0)
    field = state.fields[LATE]
    assert (field.is_stale, field.mine, field.typed, field.by) == (True, "30", "15", "Salma")

    state = await mine.call(SettingsState.keep_mine, LATE)
    assert (state.fields[LATE].is_stale, preferences.value(registry.LATE_AFTER)) == (False, 30)


async def test_theirs_can_stay(cast: Cast, tab) -> None:
    mine = tab(cast.awa)
    await mine.call(SettingsState.open)
    run(factories.staff("Salma", cast.awa.role), changes.change, LATE, "15", revision=0)
    turn = (await mine.call(SettingsState.keep, LATE, "30", 0)).fields[LATE].turn

    state = await mine.call(SettingsState.take_theirs, LATE)

    assert (state.fields[LATE].is_stale, state.fields[LATE].turn > turn, state.fields[LATE].typed) == (
        False,
        True,
        "15",
    )
    assert preferences.value(registry.LATE_AFTER) == 15


async def test_what_the_other_admin_saves_appears(cast: Cast, tab) -> None:
    mine = tab(cast.awa)
    await mine.call(SettingsState.open)
    run(factories.staff("Salma", cast.awa.role), changes.change, LATE, "15", revision=0)

    state = await mine.call(SettingsState.refreshed, "setting", [])

    assert (state.fields[LATE].typed, state.fields[LATE].by) == ("15", "Salma")


async def test_an_earlier_value_is_put_back(cast: Cast, tab) -> None:
    mine = tab(cast.awa)
    await mine.call(SettingsState.open)
    for revision, typed in enumerate(("15", "20")):
        await mine.call(SettingsState.keep, LATE, typed, revision)

    state = await mine.call(SettingsState.look_back, LATE)
    assert [one.value for one in state.past] == ["15", "5"]
    state = await mine.call(SettingsState.put_back, state.past[1].id)

    assert (state.past, state.fields[LATE].typed) == ([], "5")


@pytest.mark.parametrize(("text", "found"), [("LATE after", LATE), ("clé omdb", ""), ("omdb", KEY), ("zzz", "")])
async def test_settings_are_found_by_their_words(cast: Cast, tab, text: str, found: str) -> None:
    mine = tab(cast.awa)
    await mine.call(SettingsState.open)

    state = await mine.call(SettingsState.search, text)

    assert (found in state.shown) if found else state.shown == []
    assert (await mine.call(SettingsState.search, "")).groups == ["site"]


async def test_a_secret_is_kept_tried_and_removed_and_never_shown(
    cast: Cast, tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tab(cast.awa)
    await mine.call(SettingsState.open)
    assert (await mine.call(SettingsState.replace, {"key": KEY, "secret": "no key!"})).fields[KEY].problem

    state = await mine.call(SettingsState.replace, {"key": KEY, "secret": "secretkey99"})
    assert (state.fields[KEY].source, state.fields[KEY].problem) == ("chosen", "")
    assert "secretkey99" not in str(state.dict())

    monkeypatch.setattr(credits, "_asked", lambda key, title: [{"imdbID": "tt1", "Title": f"{title} {len(key)}"}])
    assert (await mine.call(SettingsState.try_out, KEY)).works == {KEY: True}
    assert (await mine.call(SettingsState.let_go, KEY)).fields[KEY].source == "default"
    state = await mine.call(SettingsState.try_out, KEY)
    assert state.works == {KEY: False} and "looked up" in state.outcome[KEY]


async def test_every_open_page_shows_the_name_of_the_site(cast: Cast, tab) -> None:
    visitor = tab()
    run(cast.awa, changes.change, registry.SITE_NAME.key, " <b>Casting\nAtlas</b> ", revision=0)

    assert (await visitor.call(SiteState.refreshed, "setting", [])).shown.name == "<b>Casting Atlas</b>"


def test_admins_on_the_settings_see_each_other_until_they_leave(cast: Cast, hands: Hands) -> None:
    salma = factories.staff("Salma", cast.awa.role)
    run(cast.awa, readers.arrive, "tab of Awa", "site")
    run(salma, readers.arrive, "tab of Salma", "presence")
    run(salma, readers.arrive, "another tab of Salma", "presence")

    assert [(one.name, one.group) for one in look(cast.awa, readers.here)] == [("Salma", "presence")]
    run(SYSTEM, readers.leave, ["tab of Salma", "another tab of Salma"])
    assert look(cast.awa, readers.here) == []
    assert [one.name for one in look(salma, readers.here)] == ["Awa"]


def test_whoever_is_not_heard_of_any_more_has_gone(cast: Cast, hands: Hands) -> None:
    salma = factories.staff("Salma", cast.awa.role)
    run(cast.awa, readers.arrive, "a", "site")
    run(salma, readers.arrive, "b", "nonsense")

    hands.later(seconds=30)
    run(SYSTEM, readers.keep, ["b"])
    hands.later(seconds=30)
    run(SYSTEM, readers.keep, ["b"])

    assert look(salma, readers.here) == []
    assert [(one.name, one.group) for one in look(cast.awa, readers.here)] == [("Salma", "")]
