"""Guardians: asked by mail, heard once, free to change their mind. Source: GD-07."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from talento.errors import Conflict, Forbidden, InvalidForm, NotFound, TooMany
from talento.models.cinema import CinemaTalent
from talento.models.operations import OutgoingMail, SecurityLog
from talento.services import accounts, encryption
from talento.services.cinema import faces, guardians, rows
from talento.services.work import SYSTEM, VISITOR, look, run
from tests import factories
from tests.conftest import Hands
from tests.factories import Cast


def child() -> tuple:
    return factories.registered_in_cinema(**factories.child_answers())


def token(kind: str = "guardian_asked") -> str:
    """The token in the latest mail of a kind."""

    def read(work) -> str:
        mail = work.session.scalars(
            select(OutgoingMail).where(OutgoingMail.kind == kind).order_by(OutgoingMail.id.desc())
        ).first()
        link = encryption.keyring().open(mail.secret, "outbox", mail.uid, "secret")
        return link.rpartition("/")[2]

    return look(SYSTEM, read)


def row(key: int) -> CinemaTalent:
    return look(SYSTEM, lambda work: work.get(CinemaTalent, key))


def agree(secret: str, signed: str = "Salma Benali") -> None:
    run(VISITOR, guardians.consent, token=secret, signed=signed, is_ticked=True)


def is_seen(cast: Cast, key: int) -> bool:
    return bool(look(cast.youssef, faces.faces, [key], locale="en"))


def test_a_guardian_reads_consents_and_the_child_is_seen(cast: Cast, hands: Hands) -> None:
    _, made = child()
    secret = token()
    asked = look(VISITOR, guardians.asked, secret)
    assert (asked.child, asked.guardian, asked.is_given) == ("Yasmine Benali", "Salma Benali", False)
    assert not is_seen(cast, made.talent_id)

    agree(secret, " Salma  Benali ")

    kept = row(made.talent_id)
    assert is_seen(cast, made.talent_id)
    assert kept.guardian_consented_at == hands.now
    assert rows.ROWS.opened(kept, "guardian_signed") == "Salma Benali"
    events = look(SYSTEM, lambda work: list(work.session.scalars(select(SecurityLog.event))))
    assert {"guardian_asked", "guardian_consented"} <= set(events)


def test_a_link_works_once(cast: Cast, hands: Hands) -> None:
    child()
    secret = token()
    agree(secret)

    for again in (lambda: agree(secret), lambda: run(VISITOR, guardians.refuse, token=secret)):
        with pytest.raises(NotFound):
            again()


def agreed_at_once(secret: str) -> list[bool]:
    """Whether each of four, who follow the same link at the same moment, was heard."""

    def outcome(_) -> bool:
        try:
            agree(secret)
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        return sorted(pool.map(outcome, range(4)))


def test_a_link_used_at_once_by_several_counts_once(cast: Cast) -> None:
    _, made = factories.registered_in_cinema(**factories.child_answers("2020-05-06"))

    assert agreed_at_once(token()) == [False, False, False, True]
    assert row(made.talent_id).guardian_consented_at


@pytest.mark.parametrize("db", ["postgresql"], indirect=True)
def test_a_link_that_is_not_spent_would_count_each_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.registered_in_cinema(**factories.child_answers("2020-05-06"))
    meeting, found = Barrier(4), guardians._by_token

    def unheld(work, token: str, *, lock: bool = False):  # type: ignore[no-untyped-def]
        read = found(work, token)
        meeting.wait(20)
        return read

    monkeypatch.setattr(guardians, "_by_token", unheld)
    monkeypatch.setattr(guardians, "_spend", lambda work, link: None)

    assert agreed_at_once(token()) == [True, True, True, True]


def test_a_link_expires_after_fourteen_days(cast: Cast, hands: Hands) -> None:
    child()
    secret = token()
    hands.later(days=13)
    assert look(VISITOR, guardians.asked, secret)

    hands.later(days=1)
    with pytest.raises(NotFound):
        look(VISITOR, guardians.asked, secret)


@pytest.mark.parametrize("secret", ["", "x", "0" * 200, "../consent", "' OR 1=1"])
def test_a_made_up_link_is_not_found(cast: Cast, hands: Hands, secret: str) -> None:
    child()

    with pytest.raises(NotFound):
        look(VISITOR, guardians.asked, secret)


@pytest.mark.parametrize(("signed", "is_ticked", "wrong"), [
    ("", True, {"signed"}), ("x", True, {"signed"}), ("...", True, {"signed"}), ("Salma", False, {"agreed"}),
    ("", False, {"signed", "agreed"}),
])  # fmt: skip
def test_a_consent_needs_a_name_and_a_tick(cast: Cast, hands: Hands, signed: str, is_ticked: bool, wrong: set) -> None:
    _, made = child()
    secret = token()

    with pytest.raises(InvalidForm) as refusal:
        run(VISITOR, guardians.consent, token=secret, signed=signed, is_ticked=is_ticked)

    assert set(refusal.value.problems) == wrong
    assert row(made.talent_id).guardian_consented_at is None
    agree(secret)


def test_a_refusal_leaves_the_child_unseen_and_they_may_ask_again(cast: Cast, hands: Hands) -> None:
    yasmine, made = child()
    run(VISITOR, guardians.refuse, token=token())
    assert guardians.standing(row(made.talent_id)) is guardians.Standing.REFUSED
    assert not is_seen(cast, made.talent_id)

    run(yasmine, guardians.ask_again)
    agree(token())

    assert is_seen(cast, made.talent_id)


def test_a_consent_is_taken_back_by_the_later_link(cast: Cast, hands: Hands) -> None:
    _, made = child()
    agree(token())
    back = token("guardian_consented")
    hands.later(days=400)
    assert look(VISITOR, guardians.asked, back).is_given

    run(VISITOR, guardians.refuse, token=back)

    assert not is_seen(cast, made.talent_id)
    events = look(SYSTEM, lambda work: list(work.session.scalars(select(SecurityLog.event))))
    assert "guardian_withdrew" in events


def test_a_newer_mail_replaces_the_older_link(cast: Cast, hands: Hands) -> None:
    yasmine, _ = child()
    older = token()
    run(yasmine, guardians.ask_again)

    with pytest.raises(NotFound):
        look(VISITOR, guardians.asked, older)
    assert look(VISITOR, guardians.asked, token())


def test_the_mail_is_sent_again_a_few_times_by_the_child_or_an_admin_only(cast: Cast, hands: Hands) -> None:
    yasmine, made = child()
    amina, _ = factories.registered_in_cinema()
    for actor in (amina, cast.youssef):
        with pytest.raises(Forbidden):
            run(actor, guardians.ask_again, made.talent_id)
    with pytest.raises(Conflict):
        run(amina, guardians.ask_again)

    run(yasmine, guardians.ask_again)
    run(cast.awa, guardians.ask_again, made.talent_id)
    run(yasmine, guardians.ask_again)
    with pytest.raises(TooMany):
        run(yasmine, guardians.ask_again)


def test_at_eighteen_no_guardian_decides_any_more(cast: Cast, hands: Hands) -> None:
    _, made = factories.registered_in_cinema(**factories.child_answers("2009-03-20"))
    secret = token()
    hands.later(days=10)

    assert is_seen(cast, made.talent_id)
    with pytest.raises(NotFound):
        look(VISITOR, guardians.asked, secret)


def test_a_guardians_link_sets_no_password(cast: Cast, hands: Hands) -> None:
    child()

    with pytest.raises(NotFound):
        accounts.set_password(VISITOR, token=token(), password=factories.PASSWORD)
    with pytest.raises(NotFound):
        look(VISITOR, accounts.link_owner, token())
