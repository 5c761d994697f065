"""Wording messages, as an admin does: what is typed is shown, kept and never lost."""

from dataclasses import asdict
from typing import Any

from talento.services.mail import templates, versions
from talento.services.mail.forms import FORMS
from talento.services.mail.templates import Typed
from talento.services.work import look
from talento.state.mail_template import MailTemplateState as State
from tests import factories
from tests.factories import Cast

PATH = "/admin/mail/templates/welcome"
BUILT_IN = templates.typed(FORMS["welcome"].built_in("en"))


def answers(**changes: str) -> dict[str, Any]:
    return asdict(BUILT_IN) | changes


async def test_what_is_typed_is_previewed_and_saved(cast: Cast, tab) -> None:
    desk = tab(cast.awa, PATH)
    state = await desk.call(State.open)
    assert (state.stage, state.shown, state.is_dirty, state.is_edited) == ("ready", BUILT_IN, False, False)

    state = await desk.call(State.type, "greeting", "Dear {name}")
    assert state.is_dirty and "Dear Amina" in state.preview.html
    state = await desk.call(State.save, answers(greeting="Dear {name}"))

    assert (state.is_dirty, state.is_edited, len(state.versions)) == (False, True, 1)
    assert look(cast.awa, versions.wording, "welcome", "en").typed.greeting == "Dear {name}"
    state = await desk.call(State.compare, 1)
    assert [(one.field, one.now) for one in state.changes] == [("greeting", "Dear {name}")]
    assert (await desk.call(State.compare, 1)).opened == 0


async def test_a_mistake_stands_beside_its_field_and_the_preview_stays(cast: Cast, tab) -> None:
    desk = tab(cast.awa, PATH)
    shown = (await desk.call(State.open)).preview

    state = await desk.call(State.type, "subject", "{nme}")
    assert state.problems == {"subject": "There is no variable {nme} in this message."} and state.preview == shown
    state = await desk.call(State.save, answers(subject="{nme}"))
    assert state.is_dirty and list(state.problems) == ["subject"]
    state = await desk.call(State.send_test)
    assert (await desk.said())[-1] == "Mend the text first."
    assert (await desk.call(State.type, "subject", "Fine")).problems == {}


async def test_what_is_typed_waits_while_another_language_or_page_is_shown(cast: Cast, tab) -> None:
    desk = tab(cast.awa, PATH)
    await desk.call(State.open)
    await desk.call(State.type, "greeting", "Half a sen")

    state = await desk.call(State.speak, "fr")
    assert not state.is_dirty and state.shown.greeting == "Bienvenue, {name}"
    state = await desk.call(State.speak, "en")
    assert state.is_dirty and state.shown.greeting == "Half a sen"
    state = await desk.call(State.open)
    assert state.shown.greeting == "Half a sen"
    state = await desk.call(State.discard)
    assert not state.is_dirty and state.shown == BUILT_IN


async def test_of_two_who_type_the_second_sees_both_texts_and_decides(cast: Cast, tab) -> None:
    mine, hers = tab(cast.awa, PATH), tab(factories.staff("Salma", cast.awa.role), PATH)
    await mine.call(State.open)
    await hers.call(State.open)
    await mine.call(State.type, "greeting", "Mine")
    await hers.call(State.save, answers(greeting="Hers"))

    state = await mine.call(State.refreshed, versions.TOPIC, [0])
    assert state.is_behind and state.shown == BUILT_IN
    state = await mine.call(State.save, answers(greeting="Mine"))
    assert state.their_name == "Salma" and state.is_dirty
    assert [(one.field, one.was, one.now) for one in state.theirs] == [("greeting", "Hers", "Mine")]
    state = await mine.call(State.keep_mine)

    assert (state.their_name, state.number, state.is_dirty) == ("", 2, False)
    state = await hers.call(State.refreshed, versions.TOPIC, [0])
    assert state.shown.greeting == "Mine"


async def test_or_takes_theirs(cast: Cast, tab) -> None:
    mine, hers = tab(cast.awa, PATH), tab(factories.staff("Salma", cast.awa.role), PATH)
    for desk in (mine, hers):
        await desk.call(State.open)
    await hers.call(State.save, answers(greeting="Hers"))
    await mine.call(State.save, answers(greeting="Mine"))

    state = await mine.call(State.take_theirs)

    assert (state.shown.greeting, state.is_dirty, state.their_name) == ("Hers", False, "")


async def test_an_older_version_and_the_built_in_text_come_back(cast: Cast, tab) -> None:
    desk = tab(cast.awa, PATH)
    await desk.call(State.open)
    await desk.call(State.save, answers(greeting="First"))
    await desk.call(State.save, answers(greeting="Second"))

    assert (await desk.call(State.bring_back, 1)).shown.greeting == "First"
    state = await desk.call(State.bring_back, 0)

    assert (state.shown, state.is_edited, len(state.versions)) == (BUILT_IN, False, 4)


async def test_somebody_is_found_to_fill_the_preview_and_a_test_is_sent(cast: Cast, tab) -> None:
    amina, _ = factories.talent(first_name="Nour")
    desk = tab(cast.awa, PATH)
    await desk.call(State.open)

    state = await desk.call(State.find, "amina@")
    assert [one.id for one in state.found] == [amina.user_id]
    state = await desk.call(State.fill_with, amina.user_id)
    assert state.preview.filling.source == "person" and "Welcome, Nour" in state.preview.text and state.found == []
    await desk.call(State.send_test)
    assert await desk.said() == ["A test message is on its way to awa@agency.example.com."]
    assert (await desk.call(State.fill_with, 4711)).person == 0


async def test_rubbish_is_not_believed(cast: Cast, tab) -> None:
    desk = tab(cast.awa, "/admin/mail/templates/nothing")
    assert (await desk.call(State.open)).stage == "missing"
    for handler, *arguments in (
        (State.type, "subject", "x"), (State.speak, "tlh"), (State.compare, 3), (State.show_as, "pdf"),
        (State.widen, "wall"), (State.keep_mine,), (State.refreshed, "x", [1]), (State.save, {"subject": 3}),
    ):  # fmt: skip
        state = await desk.call(handler, *arguments)
    assert (state.shown, state.locale, state.form, state.width) == (Typed(), "en", "html", "desktop")


async def test_others_are_refused(cast: Cast, tab) -> None:
    mine = tab(cast.youssef, PATH)

    state = await mine.call(State.open)

    assert state.stage == "" and state.shown == Typed()
    assert await mine.said() == ["You are not allowed to do this."]
