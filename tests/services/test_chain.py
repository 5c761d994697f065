"""Whoever changes the logs behind our back is found out, and the place is named."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, text, update

from talento import cli
from talento.models.operations import ActivityLog, AppSettings, LogHead, SecurityLog
from talento.services import audit, chain, encryption, rotation
from talento.services.chain import Head, Verdict
from talento.services.work import SYSTEM, Actor, Work, look, run
from talento.settings import new_fernet_key, settings
from talento.vocabulary.permissions import Role
from tests.conftest import Hands, forget
from tests.factories import Cast

START = datetime(2027, 3, 12, 9, 0, tzinfo=UTC)


def noted(count: int, actor: Actor = SYSTEM) -> None:
    for number in range(count):
        run(actor, audit.activity, "called", "project", number, hours=number)


def checked(log: str = "activity", known: Head | None = None) -> Verdict:
    return look(SYSTEM, chain.verify, log, known=known)


def tampered(statement: object) -> None:
    run(SYSTEM, lambda work: work.session.execute(statement))  # type: ignore[call-overload]


def test_an_untouched_log_is_whole(cast: Cast) -> None:
    noted(5, cast.awa)
    run(cast.awa, audit.security, "suspended", severity="warning", user_id=1, reason="Évincé\n\x1b[31m")

    assert checked() == Verdict("activity", 5, 0)
    assert checked("security").fault == ""
    assert look(SYSTEM, chain.head, "activity").seq == 5


@pytest.mark.parametrize(
    "change",
    [{"action": "uncalled"}, {"details": '{"hours": 9}'}, {"user_id": 77}, {"at": START}, {"ip": "203.0.113.0/24"},
     {"subject_id": None}],
)  # fmt: skip
def test_an_altered_entry_is_named(db: str, change: dict) -> None:
    noted(5)
    tampered(update(ActivityLog).where(ActivityLog.seq == 3).values(**change))

    found = checked()

    assert (found.fault, found.seq, found.checked) == ("altered", 3, 2)


def test_a_deleted_entry_is_named(db: str) -> None:
    noted(5)
    tampered(delete(ActivityLog).where(ActivityLog.seq == 4))

    assert (checked().fault, checked().seq) == ("deleted", 4)


def test_a_deleted_first_entry_is_named(db: str) -> None:
    noted(3)
    tampered(delete(ActivityLog).where(ActivityLog.seq == 1))

    assert (checked().fault, checked().seq) == ("deleted", 1)


def test_a_deleted_end_is_named(db: str) -> None:
    noted(5)
    tampered(delete(ActivityLog).where(ActivityLog.seq > 3))

    assert (checked().fault, checked().seq) == ("deleted", 4)


def test_swapped_entries_are_named(db: str) -> None:
    noted(5)
    for before, after in ((2, -1), (4, 2), (-1, 4)):
        tampered(update(ActivityLog).where(ActivityLog.seq == before).values(seq=after))

    assert checked().fault in ("reordered", "altered")
    assert checked().seq in (2, 3)


def test_an_entry_without_a_link_is_named(db: str) -> None:
    noted(2)
    forged = {"at": START, "action": "called", "subject": "", "ip": "", "details": "{}", "mac": ""}
    run(SYSTEM, lambda work: work.insert(ActivityLog, **forged))
    noted(1)

    assert checked().fault == "added"


def test_a_forged_link_is_named(db: str) -> None:
    noted(2)
    end = look(SYSTEM, chain.head, "activity")
    forged = {"at": START, "action": "called", "subject": "", "ip": "", "details": "{}", "seq": 3, "mac": end.mac}
    run(SYSTEM, lambda work: work.insert(ActivityLog, **forged))
    tampered(update(LogHead).values(seq=3))

    assert (checked().fault, checked().seq) == ("altered", 3)


def test_a_head_that_was_removed_is_named(db: str) -> None:
    noted(2)
    tampered(delete(LogHead))

    assert checked().fault == "head"


def test_a_log_that_was_emptied_is_found_by_a_head_that_was_kept_elsewhere(db: str) -> None:
    noted(2)
    kept = look(SYSTEM, chain.head, "activity")
    tampered(delete(LogHead))
    tampered(delete(ActivityLog))

    assert checked().fault == ""
    assert (checked(known=kept).fault, checked(known=kept).seq) == ("deleted", 1)


def test_a_rolled_back_end_is_found_by_a_head_that_was_kept_elsewhere(db: str) -> None:
    noted(3)
    early = look(SYSTEM, chain.head, "activity")
    noted(2)
    kept = look(SYSTEM, chain.head, "activity")
    tampered(delete(ActivityLog).where(ActivityLog.seq > 3))
    tampered(update(LogHead).where(LogHead.log == "activity").values(seq=early.seq, mac=early.mac))

    assert checked().fault == ""
    assert (checked(known=kept).fault, checked(known=kept).seq) == ("deleted", 4)


def test_what_retention_lets_go_does_not_break_the_chain(db: str, hands: Hands) -> None:
    noted(4)
    hands.later(days=400)
    noted(3)

    gone = run(SYSTEM, chain.let_go, "activity", hands.now - timedelta(days=365))

    assert gone == 4
    assert checked() == Verdict("activity", 3, 0)
    noted(1)
    assert checked().checked == 4


def test_letting_go_by_hand_is_found(db: str) -> None:
    noted(4)
    middle = look(SYSTEM, lambda work: work.session.scalars(select(ActivityLog).where(ActivityLog.seq == 2)).one())
    tampered(delete(ActivityLog).where(ActivityLog.seq <= 2))
    tampered(update(LogHead).values(kept_after=2, kept_mac=middle.mac, kept_seal="0" * 64))

    assert checked().fault == "head"


def test_entries_of_a_transaction_that_failed_are_not_kept(db: str) -> None:
    def failing(work: Work) -> None:
        audit.activity(work, "called")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(SYSTEM, failing)
    noted(1)

    assert checked() == Verdict("activity", 1, 0)


def test_many_writers_make_one_chain(db: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: noted(5), range(8)))

    assert checked() == Verdict("activity", 40, 0)


def test_without_the_lock_on_the_head_many_writers_break_it(db: str, monkeypatch) -> None:
    """The twin: what the lock is for."""
    if db == "sqlite":
        pytest.skip("SQLite has one writer at a time anyway")
    monkeypatch.setattr(chain, "_locked_head", lambda work, log: work.session.get(LogHead, log) or LogHead(log=log))
    run(SYSTEM, lambda work: work.insert(LogHead, log="activity", seq=0, mac="", **chain.NOTHING_GONE))

    def note(_: int) -> bool:
        try:
            noted(1)
        except Exception:  # two entries want the same place
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(note, range(64)))

    assert not all(stored) or checked().fault


def test_the_chain_goes_on_after_keys_were_rotated(db: str, monkeypatch) -> None:
    noted(2)
    monkeypatch.setenv("ENCRYPTION_KEY", f"{new_fernet_key()},{settings().encryption_key}")
    settings.cache_clear()
    encryption.keyring.cache_clear()

    rotation.rotate()
    noted(2)

    assert checked() == Verdict("activity", 4, 0)
    monkeypatch.undo()
    forget()


def test_the_entry_outlives_the_account(cast: Cast) -> None:
    gone = Actor(4242, Role.USER, None, "Gone")
    noted(1, gone)

    assert look(SYSTEM, lambda work: work.session.scalars(select(ActivityLog.user_id)).one()) == 4242
    assert checked().fault == ""


def test_the_codes_need_our_key(db: str) -> None:
    noted(2)
    tampered(delete(AppSettings).where(AppSettings.key == chain.KEY))

    assert look(SYSTEM, lambda work: work.session.scalars(select(SecurityLog)).all()) == []
    with pytest.raises(chain.NoKey):
        checked()


def test_an_entry_written_before_the_chain_began_counts_as_older(db: str) -> None:
    old = text(
        "INSERT INTO activity_log (at, action, subject, ip, details, mac) VALUES (:at, 'called', '', '', '{}', '')"
    )
    tampered(old.bindparams(at=START))
    noted(1)

    assert checked() == Verdict("activity", 1, 1)


def test_the_operator_reads_which_entry_was_altered(db: str, capsys) -> None:
    noted(3)
    with_known = ["audit", "verify", "--known", str(look(SYSTEM, chain.head, "activity"))]
    cli.main(with_known)
    assert "activity: 3 entries are whole." in capsys.readouterr().out

    tampered(update(ActivityLog).where(ActivityLog.seq == 2).values(ip="10.0.0.0/24"))
    with pytest.raises(SystemExit) as stopped:
        cli.main(with_known)

    said = capsys.readouterr().out
    assert stopped.value.code == 1
    assert "Entry 2 of" in said and "was altered. 1 before it are whole." in said
    assert "security: 0 entries are whole." in said


@pytest.mark.parametrize("wrong", ["", "activity", "other:1:" + "0" * 64, "activity:x:" + "0" * 64, "activity:1:zz"])
def test_a_head_that_makes_no_sense_is_refused(db: str, wrong: str, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["audit", "verify", "--known", wrong])

    assert stopped.value.code == 2
    assert "is no head of a log" in capsys.readouterr().err
