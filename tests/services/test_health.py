"""The health page says what is broken, where, and what to do; nothing secret stands in it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from talento.errors import Forbidden, Unauthorized
from talento.models.accounts import User
from talento.models.operations import AppSettings, Job, OutgoingMail, SecurityLog
from talento.models.talents import Talent
from talento.services import audit, encryption, first_run, health, live, preferences, search
from talento.services.cinema import search as cinema_search
from talento.services.health import Finding, State, checks
from talento.services.health.findings import counted, lasting, size
from talento.services.live import Feed
from talento.services.mail import outbox
from talento.services.mail.letter import Letter
from talento.services.preferences import changes, registry
from talento.services.uploads import blobs, store
from talento.services.work import SYSTEM, VISITOR, Work, look, run
from talento.settings import settings
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast


def now(cast: Cast) -> dict[str, Finding]:
    return {one.name: one for one in look(cast.awa, health.looked_over)}


def through(cast: Cast) -> dict[str, Finding]:
    return {one.name: one for one in health.checked_through(cast.awa)}


def unguarded(statement: Any, *values: Any) -> None:
    """Change the database as somebody would who has a shell on its machine."""

    def change(work: Work) -> None:
        bind = work.session.connection()
        if bind.dialect.name == "postgresql":
            bind.execute(text("SET LOCAL session_replication_role = replica"))
        work.session.execute(text(statement) if isinstance(statement, str) else statement, *values)

    run(SYSTEM, change)


@pytest.fixture
def prepared(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The house as it stands after a start: the proof is placed, both indexes are read."""
    first_run.check_key()
    monkeypatch.setattr(search.index(), "is_loaded", False)
    monkeypatch.setattr(cinema_search.index(), "is_loaded", False)
    search.index().load()
    cinema_search.index().load()
    return cast


def test_a_house_in_order_is_fine(prepared: Cast) -> None:
    feed = Feed([])
    feed.start()
    try:
        feed.read()
        found = now(prepared)
    finally:
        feed.stop()

    assert {one.name for one in found.values() if one.state is not State.FINE} <= {"disk", "database_disk"}
    assert all(one.found.en and one.found.fr and one.title.fr for one in found.values())
    assert not any(one.advice.en for one in found.values() if one.state is State.FINE)
    assert "WAL" in found["database"].found.en or "PostgreSQL" in found["database"].found.en


def test_nobody_but_admins_is_told(cast: Cast) -> None:
    for actor in (cast.youssef, cast.nadia, cast.zoe):
        with pytest.raises(Forbidden):
            look(actor, health.looked_over)
        with pytest.raises(Forbidden):
            health.checked_through(actor)
    with pytest.raises(Unauthorized):
        look(VISITOR, health.looked_over)


def test_an_index_that_lags_behind_its_table_is_seen(prepared: Cast) -> None:
    factories.talent()

    found = now(prepared)["general_index"]

    assert (found.state, found.found.en) == (State.LOOK, "0 people, 1 in the database.")
    search.index().load()
    assert now(prepared)["general_index"].found.en == "1 person, as in the database."


def test_a_silent_feed_is_broken(cast: Cast, hands: Hands) -> None:
    assert now(cast)["feed"].state is State.LOOK  # nobody reads it
    feed = Feed([])
    feed.begin()
    feed.read()
    live._running.append(feed)
    try:
        assert now(cast)["feed"].state is State.FINE
        hands.later(seconds=30)
        assert now(cast)["feed"].state is State.BROKEN
    finally:
        live._running.remove(feed)


def test_mail_that_waits_and_mail_that_failed_are_seen(cast: Cast, hands: Hands) -> None:
    def put(work: Work) -> None:
        outbox.put(work, "welcome", work.get(User, cast.zoe.user_id), Letter("en", "Hello", "Hello Zoé,", []))

    run(SYSTEM, put)
    assert now(cast)["outbox"].state is State.FINE

    hands.later(minutes=11)
    assert now(cast)["outbox"].found.en == "1 waiting, the first due for 11 minutes"
    assert now(cast)["outbox"].state is State.LOOK

    run(SYSTEM, lambda work: work.session.execute(update(OutgoingMail).values(status="failed")))
    assert now(cast)["mail_failed"].found.fr == "1 message n’a pas pu être envoyé."


def test_jobs_that_failed_or_are_overdue_are_seen(cast: Cast, hands: Hands) -> None:
    assert now(cast)["jobs"].state is State.FINE
    row = {"name": "housekeeping", "is_paused": False, "took_ms": 0, "said": "", "tries": 0}
    run(SYSTEM, lambda work: work.insert(Job, **row, outcome="failed", last_slot=work.now, ran_at=work.now))
    assert now(cast)["jobs"].state is State.LOOK

    run(SYSTEM, lambda work: work.session.execute(
        update(Job).values(retry_at=work.now - timedelta(minutes=11), last_slot=work.now - timedelta(hours=3))
    ))  # fmt: skip
    hands.later(minutes=15)
    assert now(cast)["jobs"].state is State.BROKEN
    run(SYSTEM, lambda work: work.session.execute(update(Job).values(is_paused=True)))
    assert now(cast)["jobs"].state is State.LOOK


def test_the_wrong_key_is_seen(prepared: Cast) -> None:
    assert now(prepared)["encryption"].found.en == "The stored proof opens; 1 key in use."
    other = encryption.Keyring(["eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="])
    sealed = other.seal(first_run.SONG, first_run.CANARY)
    change = update(AppSettings).where(AppSettings.key == first_run.CANARY).values(value=sealed)
    run(SYSTEM, lambda work: work.session.execute(change))

    assert now(prepared)["encryption"].state is State.BROKEN


def test_a_way_of_mail_that_lacks_something_is_broken(cast: Cast) -> None:
    assert now(cast)["mail"].state is State.FINE
    run(cast.awa, changes.change, registry.MAIL_WAY.key, "sendgrid", revision=None)
    preferences.forget()
    found = now(cast)["mail"]

    assert (found.state, bool(found.found.fr), bool(found.advice.en)) == (State.BROKEN, True, True)


def test_a_full_disk_is_seen(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "free_space", lambda place: (1 << 30, 1 << 40))
    assert (now(cast)["disk"].state, now(cast)["disk"].found.fr) == (State.LOOK, "1,0\u00a0Go libres sur 1,0\u00a0To")
    monkeypatch.setattr(checks, "free_space", lambda place: (1 << 20, 1 << 40))
    assert now(cast)["disk"].state is State.BROKEN


def test_redis_that_does_not_answer_is_seen(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "redis" not in now(cast)
    monkeypatch.setattr(settings(), "redis_url", "redis://:a-password-of-redis@127.0.0.1:1/0")

    found = now(cast)

    assert found["redis"].state is State.BROKEN
    assert "a-password-of-redis" not in repr(found)


def test_passkeys_say_what_they_are_bound_to_or_why_there_are_none(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert now(cast)["passkeys"].found.en == "Bound to localhost."

    monkeypatch.setattr(settings(), "public_url", "https://192.0.2.7")
    off = now(cast)["passkeys"]

    assert (off.state, off.found.en) == (State.LOOK, "Off: browsers make none for https://192.0.2.7.")
    assert "PUBLIC_URL" in off.advice.en


def test_a_check_that_fails_hides_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(work: Work) -> list[Finding]:
        work.session.execute(text("SELECT nothing FROM nowhere"))
        return []

    monkeypatch.setattr(checks, "CHECKS", (("Database", fails), *checks.CHECKS[1:]))
    found = now(cast)

    assert found["Database"].state is State.BROKEN and "nowhere" not in repr(found["Database"])
    assert found["clock"].state is State.FINE


def test_nothing_secret_is_told(prepared: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {"sendgrid_api_key": "SG.secret-of-sendgrid", "omdb_api_key": "a1b2c3d4"}
    for name, value in secrets.items():
        monkeypatch.setattr(settings(), name, value)
    told = repr(list(now(prepared).values()))

    assert not any(value in told for value in (*secrets.values(), settings().encryption_key, settings().secret_key))
    assert "Set" in told


# Integrity


def test_a_whole_house_passes_every_step(cast: Cast) -> None:
    factories.talent()
    factories.registered_in_cinema(email="karim@example.com", document_number="ZZ1234567")
    factories.cinema_talent(first_name="Karim")
    run(SYSTEM, audit.security, "suspended")

    found = through(cast)

    assert {name: one.found.en for name, one in found.items() if one.state is not State.FINE} == {}
    assert found["sealed"].found.en != "All well: 0 looked at."
    assert newest_security() == ("integrity_checked", "info")


def newest_security() -> tuple[str, str]:
    row = look(SYSTEM, lambda work: max(work.session.query(SecurityLog), key=lambda entry: entry.id or 0))
    return row.event, row.severity


def picture() -> store.FileView:
    actor, _ = factories.talent()
    return store.receive(actor, kind="photo", name="me.png", data=factories.picture())


def test_files_that_are_gone_and_files_of_nobody_are_found(
    cast: Cast, tmp_path: Path, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "data_dir", tmp_path)
    kept = picture()
    assert through(cast)["missing_files"].state is State.FINE

    blobs.path_of(kept.id, "medium").unlink()
    blobs.path_of(kept.id, "face").unlink()
    stray = blobs.path_of("f" * 32, "")
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"noise")
    hands.now = datetime.fromtimestamp(stray.stat().st_mtime, UTC) + timedelta(minutes=1)
    found = through(cast)
    assert found["missing_files"].found.en == f"1 stored file is not on disk: {kept.id}"
    assert found["stray_files"].state is State.FINE

    hands.later(hours=2)
    assert through(cast)["stray_files"].found.en == f"1 file on disk belongs to nothing: {'f' * 32}"
    assert newest_security() == ("integrity_checked", "warning")


@pytest.mark.parametrize("code", ["nonsense", "MAF1RAB", "MAM0001CAS"])
def test_malformed_codes_and_numbers_given_twice_are_found(cast: Cast, code: str) -> None:
    _, first = factories.talent()
    _, second = factories.talent(email="karim@example.org", passport_number="ZZ999", phone="0612345699")
    assert first.code.startswith("MAF0001")
    unguarded(update(Talent).where(Talent.id == second.talent_id).values(code=code))

    assert through(cast)["codes"].found.en == f"1 code is malformed or given twice: {code}"


def test_values_that_no_key_opens_or_that_were_moved_are_counted_by_table(cast: Cast) -> None:
    _, first = factories.talent()
    _, second = factories.talent(email="karim@example.org", passport_number="ZZ999", phone="0612345699")
    stolen = look(SYSTEM, lambda work: work.get(Talent, first.talent_id).phone_sealed)
    unguarded(update(Talent).where(Talent.id == second.talent_id).values(phone_sealed=stolen))
    assert through(cast)["sealed"].found.en == "1 encrypted value can't be opened: talent (1)"

    unguarded(update(Talent).where(Talent.id == first.talent_id).values(phone_sealed="in the clear"))
    found = through(cast)["sealed"]
    assert found.found.en == "2 encrypted values can't be opened: talent (2)"
    assert "clear" not in repr(found)


def test_rows_that_refer_to_nothing_are_counted_by_column(cast: Cast) -> None:
    _, made = factories.talent()
    if look(SYSTEM, lambda work: work.session.get_bind().dialect.name) == "sqlite":
        with_keys_off("UPDATE talent SET photo_id = 'gone'")
    else:
        unguarded("UPDATE talent SET photo_id = 'gone'")

    assert through(cast)["references"].found.en == "1 row refers to nothing: talent.photo_id (1)"


def with_keys_off(statement: str) -> None:
    with checks.database.engine().connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql(statement)
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def test_a_log_that_was_tampered_with_is_found(cast: Cast) -> None:
    for _ in range(3):
        run(cast.awa, audit.security, "suspended")
    unguarded("UPDATE security_log SET event = 'reactivated' WHERE event = 'suspended'")

    assert through(cast)["chains"].found.en == "1 log was tampered with: security (altered 5)"


def test_a_check_tells_how_far_it_is_and_is_stopped(cast: Cast) -> None:
    factories.talent()
    told: list[tuple[int, int]] = []
    health.checked_through(cast.awa, lambda step, done: told.append((step, done)))
    assert [step for step, done in told if not done] == list(range(len(health.STEPS)))

    def stop(step: int, done: int) -> None:
        if step == 2:
            raise health.Stopped

    before = newest_security()
    with pytest.raises(health.Stopped):
        health.checked_through(cast.awa, stop)
    assert newest_security() == before


# Words


def test_amounts_are_written_as_each_language_writes_them() -> None:
    assert (size(512).en, size(512).fr) == ("512 bytes", "512 octets")
    assert (size(1_500_000).en, size(1_500_000).fr) == ("1.4 MB", "1,4\u00a0Mo")
    assert size(250 << 30).en == "250 GB"
    assert lasting(timedelta(seconds=-5)).en == "0 s"
    assert lasting(timedelta(days=3)).fr == "3 jours"
    assert counted(12_345, one="{n} message could not be sent.", other="{n} messages could not be sent.").fr == (
        "12\u202f345 messages n’ont pas pu être envoyés."
    )


# Readiness


def test_a_process_is_ready_with_its_database_its_schema_and_its_indexes(
    prepared: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert health.missing() == []
    monkeypatch.setattr(cinema_search.index(), "is_loaded", False)
    assert health.missing() == ["indexes"]
    unguarded("UPDATE alembic_version SET version_num = '0001'")
    assert health.missing() == ["schema", "indexes"]
