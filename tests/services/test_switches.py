"""The switches: read-only, closed registration, and the announcement above every page."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlmodel import SQLModel

from talento.errors import ReadOnly, Unavailable
from talento.models.operations import Change, SecurityLog
from talento.models.talents import Talent
from talento.services import accounts, announcement, database, drafts, live, site
from talento.services.mail import messages
from talento.services.preferences import changes
from talento.services.talents import profile, register
from talento.services.work import SYSTEM, VISITOR, Actor, look, run
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast

NIGHT = [
    ("announced", "true"),
    ("announcement_en", "We update the site."),
    ("announced_from", "2027-03-28T22:00"),
    ("announced_until", "2027-03-29T02:00"),
]


def switch(actor: Actor, *settings: tuple[str, str]) -> None:
    for key, typed in settings:
        entry = look(actor, changes.entry, key)
        run(actor, changes.change, key, typed, revision=entry.revision)


def count(table: type[SQLModel]) -> int:
    return look(SYSTEM, lambda work: work.session.scalar(select(func.count()).select_from(table)) or 0)


# Read-only


def test_no_table_takes_a_write_from_anybody_but_admins(cast: Cast) -> None:
    switch(cast.awa, ("read_only", "true"))

    def write(actor: Actor, statement: Any) -> bool:
        try:
            run(actor, lambda work: work.session.execute(statement))
        except ReadOnly:
            return False
        return True

    taken: dict[str, set[str]] = {"zoe": set(), "awa": set()}
    for table in SQLModel.metadata.sorted_tables:
        column = next(iter(table.columns))
        for statement in (update(table).values({column.name: column}), delete(table).where(column.is_(None))):
            for name in taken:
                if write(getattr(cast, name), statement):
                    taken[name].add(table.name)
        assert table.name in database.ALWAYS_WRITTEN or not write(VISITOR, insert(table))

    assert taken["zoe"] == database.ALWAYS_WRITTEN
    assert taken["awa"] == {table.name for table in SQLModel.metadata.sorted_tables}


def test_services_of_every_kind_refuse_in_words_and_change_nothing(cast: Cast) -> None:
    amina, _ = factories.talent()
    switch(cast.awa, ("read_only", "true"))
    before = count(Change)
    for act in (
        lambda: run(amina, profile.show_to, visibility="hidden", published=[], display_name=""),
        lambda: run(cast.zoe, accounts.choose_locale, "fr"),
        lambda: factories.project(cast.youssef),
        lambda: run(VISITOR, accounts.request_reset, identifier="amina@example.com"),
    ):
        with pytest.raises(ReadOnly, match="nothing was changed"):
            act()

    assert count(Change) == before
    assert ReadOnly().text("fr").startswith("Le site est en lecture seule")


def test_admins_go_on_and_switch_it_off(cast: Cast) -> None:
    switch(cast.awa, ("read_only", "true"))
    run(cast.awa, accounts.choose_locale, "fr")
    assert site.shown().is_read_only
    switch(cast.awa, ("read_only", "false"))

    run(cast.zoe, accounts.choose_locale, "fr")


def test_everybody_still_signs_in_and_out_and_keeps_a_draft(cast: Cast) -> None:
    switch(cast.awa, ("read_only", "true"))

    made = accounts.sign_in(VISITOR, identifier="youssef@agency.example.com", password=factories.PASSWORD)
    run(VISITOR, accounts.sign_out, made.token)
    run(VISITOR, drafts.save, "browser", step="identity", data={"first_name": "Amina"})

    draft = look(VISITOR, drafts.current, "browser")
    assert draft is not None and draft.data == {"first_name": "Amina"}


def test_a_wrong_password_is_counted_all_the_same(cast: Cast) -> None:
    switch(cast.awa, ("read_only", "true"))
    before = count(SecurityLog)

    with pytest.raises(Exception, match="not right"):
        accounts.sign_in(VISITOR, identifier="youssef@agency.example.com", password="wrong")

    assert count(SecurityLog) == before + 1


# Registration


def test_a_closed_registration_keeps_the_draft_and_sends_it_later(cast: Cast) -> None:
    run(VISITOR, drafts.save, "browser", step="review", data=factories.answers())
    switch(cast.awa, ("registration_paused", "true"))

    with pytest.raises(Unavailable, match="kept"):
        register.finish(VISITOR, "browser", locale="en")
    assert count(Talent) == 0 and not site.shown().is_general_open and not site.shown().is_cinema_open

    switch(cast.awa, ("registration_paused", "false"))
    assert register.finish(VISITOR, "browser", locale="en").code
    switch(cast.awa, ("registration_paused", "true"))
    assert register.finish(VISITOR, "browser", locale="en").code, "what is done stays done"


@pytest.mark.parametrize(("key", "is_open"), [("general_open", (False, True)), ("cinema_open", (True, False))])
def test_each_form_is_opened_by_itself(cast: Cast, key: str, is_open: tuple[bool, bool]) -> None:
    switch(cast.awa, (key, "false"))

    shown = site.shown()

    assert (shown.is_general_open, shown.is_cinema_open) == is_open


# The announcement


def test_an_announcement_is_shown_in_its_time_by_the_clock_of_the_site(cast: Cast, hands: Hands) -> None:
    switch(cast.awa, ("site_zone", "Europe/Paris"), *NIGHT)  # clocks went forward that morning: Paris is UTC+2
    at = {hour: announcement.announced(datetime(2027, 3, day, hour, minute, tzinfo=UTC)).en != ""
          for day, hour, minute in ((28, 19, 59), (28, 20, 0), (28, 23, 59), (29, 0, 0))}  # fmt: skip

    assert at == {19: False, 20: True, 23: True, 0: False}


def test_where_one_language_is_missing_the_other_is_shown(cast: Cast, hands: Hands) -> None:
    switch(cast.awa, *NIGHT[:2], ("announcement_tone", "danger"))

    said = site.shown().announcement

    assert (said.en, said.fr, said.tone) == ("We update the site.", "We update the site.", "danger")
    switch(cast.awa, ("announced", "false"))
    assert site.shown().announcement == announcement.SILENCE


def test_open_pages_are_told_when_an_announcement_begins_and_ends(cast: Cast, hands: Hands) -> None:
    switch(cast.awa, ("site_zone", "Africa/Abidjan"), *NIGHT)
    watch, told = announcement.Watch(), []
    feed = live.Feed([told.extend])
    feed.begin()

    for hour in (21, 22, 23, 1, 2, 3):
        hands.now = datetime(2027, 3, 28 if hour > 20 else 29, hour, tzinfo=UTC)
        told.append(watch.look())
    feed.read()

    assert told == [False, True, False, False, True, False, ("setting", 0)]


# Bad input

NASTY = "<script>alert(1)</script>\r\nBcc: a@b.example\u202e"


def test_markup_and_line_breaks_in_what_everybody_sees_are_only_text(cast: Cast) -> None:
    amina, made = factories.talent()
    switch(
        cast.awa, ("site_name", NASTY[:40]), ("announcement_en", NASTY), ("announced", "true"), ("list_footer", NASTY)
    )

    shown = site.shown()
    assert shown.announcement.en == "<script>alert(1)</script> Bcc: a@b.example"
    assert "\n" not in shown.name and shown.brand_css == ""

    letters: list[Any] = []
    user = look(SYSTEM, lambda work: work.get(accounts.User, amina.user_id))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(messages.outbox, "put", lambda work, kind, user, letter, **_: letters.append(letter))
        run(SYSTEM, messages.welcome, user, first_name="Amina", code=made.code, link="x")
    assert "<script" not in letters[0].html() and "&lt;script" in letters[0].html()
    assert "\n" not in letters[0].subject and "\r" not in letters[0].subject


@pytest.mark.parametrize("color", ["red", "#fff", "#ffffff", "#f4c400", "#4a3ad6;}body{display:none}", "url(x)"])
def test_a_color_that_is_none_or_can_not_carry_white_text_is_refused(cast: Cast, color: str) -> None:
    with pytest.raises(Exception, match=r"color"):
        switch(cast.awa, ("brand_color", color))
