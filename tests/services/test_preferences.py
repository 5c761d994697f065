"""Settings: declared once, obeyed, changed against what was shown, signed, undone; secrets go in and never come out."""

import ast
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from talento.errors import Forbidden, Invalid, InvalidForm, NotFound, Refusal, TooMany, Unauthorized
from talento.i18n.catalogue import FRENCH
from talento.models.drafts import Draft
from talento.models.operations import ActivityLog, AppSettings, SecurityLog, SettingChange
from talento.services import database, drafts, encryption, preferences, rotation, throttle
from talento.services.live import Feed
from talento.services.preferences import cache, changes, registry
from talento.services.preferences.changes import Entry, Stale
from talento.services.talents import form, register
from talento.services.work import SYSTEM, VISITOR, Actor, Work, look, run
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast

PACKAGE = Path(__file__).parents[2] / "talento"
LATE, MOST, DOMAINS = registry.LATE_AFTER, registry.SKILLS_MOST, registry.REFUSED_DOMAINS
KEY = "abcdef123456"


def save(actor: Actor, wanted: preferences.Preference[Any], typed: str, revision: int = 0) -> Entry:
    return run(actor, changes.change, wanted.key, typed, revision=revision)


def names_read(folder: Path) -> set[str]:
    """The names of settings that some code reads: `registry.NAME`, anywhere but where they are declared."""
    return {
        node.attr
        for path in folder.rglob("*.py")
        if path.name != "registry.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "registry"
    }


# The registry


def test_every_setting_is_read_somewhere() -> None:
    declared = {name for name, one in vars(registry).items() if isinstance(one, preferences.Preference)}

    assert declared - names_read(PACKAGE) == set()
    assert len(declared) == len(registry.ALL)


def test_twin_a_setting_that_nobody_reads_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "reader.py").write_text("from x import registry\npreferences.value(registry.LATE_AFTER)\n")

    assert names_read(tmp_path) == {"LATE_AFTER"}


@pytest.mark.parametrize("wanted", registry.ALL.values(), ids=lambda one: one.key)
def test_every_setting_is_explained_in_both_languages_and_its_default_is_acceptable(
    wanted: preferences.Preference[Any],
) -> None:
    assert wanted.label in FRENCH and (not wanted.text or wanted.text in FRENCH)
    if not wanted.is_secret:
        assert wanted.kind.checked(wanted.kind.typed(wanted.default)) == wanted.default
        json.dumps(wanted.default)


def test_every_setting_stands_in_a_group_that_is_shown() -> None:
    assert {one.group for one in registry.ALL.values()} == set(registry.GROUPS)


# Changing


def test_a_change_is_obeyed_at_once_signed_and_logged(cast: Cast, hands: Hands) -> None:
    before = look(cast.awa, changes.entry, LATE.key)
    after = save(cast.awa, LATE, " 15 ")

    assert (before.typed, before.source, before.by, before.can_undo) == ("5", "default", "", False)
    assert (after.typed, after.source, after.by, after.at, after.revision) == ("15", "chosen", "Awa", hands.now, 1)
    assert preferences.value(LATE) == 15
    logged = run(SYSTEM, lambda work: work.session.query(ActivityLog).one())
    assert (logged.action, logged.user_id) == ("setting_changed", cast.awa.user_id)
    assert json.loads(logged.details) == {"setting": "late_after", "before": "5", "after": "15"}


def test_undo_is_a_change_of_its_own_and_comes_back_when_done_again(cast: Cast) -> None:
    save(cast.awa, LATE, "15")
    save(cast.awa, LATE, "20", 1)

    undone = run(cast.awa, changes.undo, LATE.key, revision=2)
    again = run(cast.awa, changes.undo, LATE.key, revision=3)

    assert (undone.typed, again.typed, again.revision) == ("15", "20", 4)
    past = look(cast.awa, changes.history, LATE.key)
    assert [(one.action, one.before, one.after) for one in past] == [
        ("undone", "15", "20"), ("undone", "20", "15"), ("changed", "15", "20"), ("changed", "5", "15"),
    ]  # fmt: skip


def test_an_older_value_can_be_put_back_and_the_first_undo_returns_to_the_default(cast: Cast) -> None:
    save(cast.awa, LATE, "15")
    save(cast.awa, LATE, "20", 1)
    first = look(cast.awa, changes.history, LATE.key)[-1]

    back = run(cast.awa, changes.put_back, LATE.key, first.id, revision=2)

    assert (back.typed, back.source, preferences.value(LATE)) == ("5", "default", 5)


def test_the_default_counts_again_after_a_reset(cast: Cast) -> None:
    save(cast.awa, LATE, "15")

    assert run(cast.awa, changes.reset, LATE.key, revision=1).source == "default"
    assert preferences.value(LATE) == 5


def test_there_is_nothing_to_undo_before_the_first_change(cast: Cast) -> None:
    with pytest.raises(NotFound):
        run(cast.awa, changes.undo, LATE.key, revision=0)


def test_the_change_of_another_setting_is_not_put_back_here(cast: Cast) -> None:
    save(cast.awa, MOST, "7")
    other = look(cast.awa, changes.history, MOST.key)[0]

    with pytest.raises(NotFound):
        run(cast.awa, changes.put_back, LATE.key, other.id, revision=0)


def test_saving_what_is_there_already_changes_nothing(cast: Cast) -> None:
    save(cast.awa, LATE, "15")

    assert save(cast.awa, LATE, "15", 1).revision == 1
    assert len(look(cast.awa, changes.history, LATE.key)) == 1


def test_a_stale_save_is_refused_with_what_the_other_saved(cast: Cast) -> None:
    salma = factories.staff("Salma", cast.awa.role)
    save(salma, LATE, "15")

    with pytest.raises(Stale) as refused:
        save(cast.awa, LATE, "30")

    assert refused.value.text("en") == "Salma changed this meanwhile."
    assert (refused.value.theirs.typed, refused.value.theirs.revision) == ("15", 1)
    assert preferences.value(LATE) == 15
    assert save(cast.awa, LATE, "30", refused.value.theirs.revision).typed == "30"


@pytest.mark.parametrize("act", [changes.undo, changes.reset])
def test_undo_and_reset_of_something_stale_are_refused_too(cast: Cast, act: Any) -> None:
    save(cast.awa, LATE, "15")
    save(cast.awa, LATE, "20", 1)

    with pytest.raises(Stale):
        run(cast.awa, act, LATE.key, revision=1)


def test_two_who_save_the_same_agree(cast: Cast) -> None:
    save(cast.awa, LATE, "15")

    assert save(factories.staff("Salma", cast.awa.role), LATE, "15").revision == 1


def race(cast: Cast, typed: list[str]) -> list[Refusal]:
    """Everybody saves at once, from the same form; those who were refused."""
    gate, refused = threading.Barrier(len(typed)), []

    def one(text: str) -> None:
        gate.wait()
        try:
            save(cast.awa, LATE, text)
        except Refusal as refusal:
            refused.append(refusal)

    threads = [threading.Thread(target=one, args=[text]) for text in typed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_of_those_who_save_at_once_one_wins_and_the_others_are_told(cast: Cast) -> None:
    refused = race(cast, ["11", "12", "13", "14"])

    assert len(refused) == 3 and all(isinstance(one, Stale) for one in refused)
    assert len(look(cast.awa, changes.history, LATE.key)) == 1


def test_twin_without_the_comparison_of_revisions_all_would_win(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    store = changes._store
    monkeypatch.setattr(
        changes, "_store", lambda work, wanted, text, _, action: store(work, wanted, text, None, action)
    )

    assert race(cast, ["11", "12", "13", "14"]) == []


# Who may


@pytest.mark.parametrize("who", ["youssef", "nadia", "zoe"])
def test_nobody_but_admins_sees_or_changes_settings(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    for act in (
        lambda: save(actor, LATE, "15"),
        lambda: run(actor, changes.undo, LATE.key, revision=0),
        lambda: run(actor, changes.reset, LATE.key, revision=0),
        lambda: run(actor, changes.put_back, LATE.key, 1, revision=0),
        lambda: look(actor, changes.entries),
        lambda: look(actor, changes.history, LATE.key),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_visitor_is_asked_to_sign_in(db: str) -> None:
    with pytest.raises(Unauthorized):
        save(VISITOR, LATE, "15")


@pytest.mark.parametrize("key", ["", "nothing", "badge_signing_key", "late_after\x00", "__class__"])
def test_a_setting_that_was_never_declared_is_unknown(cast: Cast, key: str) -> None:
    for act in (changes.reset, changes.undo):
        with pytest.raises(NotFound):
            run(cast.awa, act, key, revision=0)
    with pytest.raises(NotFound):
        run(cast.awa, changes.change, key, "1", revision=0)


# Bad input


@pytest.mark.parametrize(
    ("wanted", "typed"),
    [
        (LATE, ""), (LATE, "-1"), (LATE, "121"), (LATE, "1.5"), (LATE, "٣"), (LATE, "1e3"), (LATE, "9" * 10_000),
        (LATE, "<script>"), (MOST, "0"), (DOMAINS, "no domain"), (DOMAINS, "a.example\n<b>"), (DOMAINS, "x" * 60_000),
        (DOMAINS, "\n".join(f"d{n}.example" for n in range(501))),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_at_its_field(cast: Cast, wanted: preferences.Preference[Any], typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        save(cast.awa, wanted, typed)

    assert refused.value.field == wanted.key
    assert look(cast.awa, changes.entry, wanted.key).revision == 0


def test_a_list_is_tidied(cast: Cast) -> None:
    save(cast.awa, DOMAINS, " @Mailinator.com \r\n\r\nmailinator.com\nexample.org ")

    assert preferences.value(DOMAINS) == ["mailinator.com", "example.org"]


def test_what_became_unreadable_is_the_default_again(cast: Cast) -> None:
    save(cast.awa, LATE, "15")
    stored = update(AppSettings).where(AppSettings.key == LATE.key)
    for broken in ("4000", "{", '"x"', "[]", "null"):
        run(SYSTEM, lambda work, text=broken: work.session.execute(stored.values(value=text)))
        preferences.load()

        assert preferences.value(LATE) == 5
        assert look(cast.awa, changes.entry, LATE.key).typed == "5"


# Other processes


def test_another_process_hears_of_a_change_from_the_feed(cast: Cast) -> None:
    feed = Feed([preferences.heard])
    feed.begin()
    save(cast.awa, LATE, "15")
    cache._known.values[LATE.key] = 5  # as a process knows it that was not asked

    feed.read()

    assert preferences.value(LATE) == 15


def test_no_question_asks_the_database(cast: Cast) -> None:
    preferences.value(LATE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "engine", lambda: pytest.fail("asked the database"))

        assert preferences.value(LATE) == 5 and preferences.secret(registry.OMDB_KEY) == ""


def test_a_change_that_is_rolled_back_is_not_seen(cast: Cast) -> None:
    def fails(work: Work) -> None:
        changes.change(work, LATE.key, "15", revision=0)
        raise Invalid("no")

    with pytest.raises(Invalid):
        run(cast.awa, fails)

    assert preferences.value(LATE) == 5


# Secrets


def everything_stored(work: Work) -> str:
    tables = (AppSettings, SettingChange, ActivityLog, SecurityLog)
    return repr([row.model_dump() for table in tables for row in work.session.query(table)])


def test_a_secret_is_used_and_never_seen_again(cast: Cast) -> None:
    entry = save(cast.awa, registry.OMDB_KEY, KEY)

    assert preferences.secret(registry.OMDB_KEY) == KEY
    assert (entry.source, entry.typed, entry.by) == ("chosen", "", "Awa")
    shown = repr([look(cast.awa, changes.entries), look(cast.awa, changes.history, registry.OMDB_KEY.key)])
    assert KEY not in shown + look(SYSTEM, everything_stored)


@pytest.mark.parametrize("mask", ["", "•••", "••••••••••", "abc***456", "********"])
def test_a_mask_never_replaces_a_secret(cast: Cast, mask: str) -> None:
    save(cast.awa, registry.OMDB_KEY, KEY)

    with pytest.raises(Invalid):
        save(cast.awa, registry.OMDB_KEY, mask, 1)

    assert preferences.secret(registry.OMDB_KEY) == KEY


def test_a_removed_secret_is_gone_and_can_not_be_undone(cast: Cast) -> None:
    save(cast.awa, registry.OMDB_KEY, KEY)
    assert run(cast.awa, changes.reset, registry.OMDB_KEY.key, revision=1).source == "default"

    with pytest.raises(NotFound):
        run(cast.awa, changes.undo, registry.OMDB_KEY.key, revision=2)
    assert preferences.secret(registry.OMDB_KEY) == ""


def test_a_secret_moves_to_a_new_key_with_everything_else(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    save(cast.awa, registry.OMDB_KEY, KEY)
    from talento import settings

    old, new = settings.settings().encryption_key, settings.new_fernet_key()
    for keys in (f"{new},{old}", new):
        monkeypatch.setenv("ENCRYPTION_KEY", keys)
        settings.settings.cache_clear()
        encryption.keyring.cache_clear()
        rotation.rotate()
        preferences.load()

        assert preferences.secret(registry.OMDB_KEY) == KEY
    monkeypatch.undo()


# What they do


def test_skills_are_counted_as_the_settings_say(cast: Cast) -> None:
    skills = ["mason", "electrician", "plumber"]
    save(cast.awa, MOST, "2")
    with pytest.raises(InvalidForm):
        form.checked(factories.answers(skills=skills))
    save(cast.awa, MOST, "3", 1)
    save(cast.awa, registry.SKILLS_LEAST, "3")

    assert form.checked(factories.answers(skills=skills))
    assert "skills" in form.problems(factories.answers(skills=skills[:2]))
    save(cast.awa, registry.SKILLS_LEAST, "0", 1)
    assert form.checked(factories.answers(skills=[]))


def test_a_refused_domain_does_not_register(cast: Cast) -> None:
    save(cast.awa, DOMAINS, "example.com")

    with pytest.raises(Invalid, match="provider"):
        run(VISITOR, register.register, form.checked(factories.answers()), locale="en")
    assert run(VISITOR, register.register, form.checked(factories.answers(email="a@example.org")), locale="en")


def test_a_draft_lasts_as_long_as_the_setting_says(cast: Cast, hands: Hands) -> None:
    save(cast.awa, registry.DRAFT_DAYS, "2")
    run(VISITOR, drafts.save, "browser", step="a", data={"first_name": "Amina"})

    expires = look(SYSTEM, lambda work: work.session.query(Draft).one().expires_at)
    assert (expires - hands.now).days == 2


@pytest.mark.parametrize(
    ("wanted", "limits", "default"),
    [
        (registry.FORMS_PER_HOUR, throttle.FORMS[1:], 120),
        (registry.UPLOADS_PER_HOUR, throttle.UPLOADS[1:], 200),
        (registry.MAILS_PER_HOUR, throttle.MAIL_TO_ONE, 3),
    ],
    ids=lambda one: getattr(one, "key", ""),
)
def test_a_limit_is_what_the_setting_says(cast: Cast, hands: Hands, wanted: Any, limits: Any, default: int) -> None:
    assert limits[0].most == default
    save(cast.awa, wanted, "12")
    for _ in range(12):
        run(VISITOR, throttle.spend, limits, "somebody")

    with pytest.raises(TooMany):
        run(VISITOR, throttle.spend, limits, "somebody")
