"""Sign-in, passwords, links, suspension: what works, what is refused, and that refusals say nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select

from talento.errors import Conflict, Forbidden, Invalid, NotFound, TooMany, Unauthorized
from talento.models.operations import OutgoingMail, SecurityLog
from talento.services import accounts, encryption, passwords, sessions, throttle
from talento.services.accounts import Purpose
from talento.services.entry import SignedIn
from talento.services.work import SYSTEM, VISITOR, Actor, Work, look, run
from talento.vocabulary.permissions import Role
from tests import factories
from tests.conftest import Hands
from tests.factories import PASSWORD, Cast

BETTER = "purple lantern above the harbour"


def sign_in(
    identifier: str = "youssef@agency.example.com", password: str = PASSWORD, ip: str = "192.0.2.1", browser: str = ""
):
    actor = Actor(ip=ip, agent="Firefox", browser=browser)
    return accounts.sign_in(actor, identifier=identifier, password=password)


def who(token: str) -> Actor:
    sessions.forget_cached()
    return sessions.actor(token)


def test_a_recruiter_signs_in_by_email_in_any_case(cast: Cast) -> None:
    signed = sign_in(" YOUSSEF@agency.example.com ")

    assert who(signed.token).role is Role.RECRUITER


def test_a_talent_signs_in_by_code_in_any_form(cast: Cast) -> None:
    amina, made = factories.talent()
    factories.with_password(amina)

    signed = sign_in(f"{made.code[:3].lower()}-{made.code[3:]}")

    assert who(signed.token).user_id == amina.user_id


@pytest.mark.parametrize(
    ("identifier", "password"),
    [
        ("youssef@agency.example.com", "wrong password entirely"),
        ("nobody@agency.example.com", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
        ("MAM9999RAB", PASSWORD),
        ("", ""),
        ("youssef@agency.example.com", "x" * 5000),
        ("youssef@agency.example.com", "nul\0byte"),
    ],
)
def test_every_refusal_reads_the_same(cast: Cast, identifier: str, password: str) -> None:
    with pytest.raises(Invalid, match="is not right") as refusal:
        sign_in(identifier, password)

    assert refusal.value.field == ""


def test_every_refusal_hashes_exactly_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    real = passwords.bcrypt.checkpw
    monkeypatch.setattr(passwords.bcrypt, "checkpw", lambda *pair: calls.append(1) or real(*pair))
    run(SYSTEM, accounts.suspend, cast.zoe.user_id)
    without = run(SYSTEM, accounts.create_staff, email="new@agency.example.com", role=Role.USER)

    for identifier in ("youssef@agency.example.com", "nobody@x.example.com", "zoe@agency.example.com", without.email):
        calls.clear()
        with pytest.raises(Invalid):
            sign_in(identifier, "wrong password entirely")
        assert len(calls) == 1, identifier


def test_a_suspended_account_is_out_at_once_and_stays_out(cast: Cast) -> None:
    signed = sign_in("zoe@agency.example.com")
    assert who(signed.token).user_id == cast.zoe.user_id

    run(cast.awa, accounts.suspend, cast.zoe.user_id)

    assert sessions.actor(signed.token).user_id is None
    with pytest.raises(Invalid):
        sign_in("zoe@agency.example.com")
    run(cast.awa, accounts.reactivate, cast.zoe.user_id)
    assert who(sign_in("zoe@agency.example.com").token).user_id == cast.zoe.user_id


def test_failures_make_the_account_wait_longer_each_time(cast: Cast, hands: Hands) -> None:
    for _ in range(5):
        with pytest.raises(Invalid):
            sign_in(password="wrong password entirely")

    with pytest.raises(Invalid):
        sign_in()
    hands.later(seconds=70)
    assert who(sign_in().token).role is Role.RECRUITER


def test_a_day_of_guessing_tries_few_passwords(cast: Cast, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "matches", lambda password, kept, **_: False)
    judged = 0
    for second in range(0, 24 * 3600, 60):
        hands.now = hands.now + timedelta(seconds=60)
        if not look(VISITOR, throttle.is_blocked, f"account:{cast.youssef.user_id}"):
            judged += 1
        with pytest.raises((Invalid, TooMany)):
            sign_in(password="guess", ip=f"192.0.2.{second // 60 % 250}")

    assert judged <= 120


def test_an_attacker_does_not_lock_the_owner_out(cast: Cast, hands: Hands) -> None:
    known = sign_in().device
    for _ in range(10):
        with pytest.raises(Invalid):
            sign_in(password="wrong password entirely", ip="203.0.113.9")

    assert who(sign_in(browser=known).token).role is Role.RECRUITER


def test_one_address_runs_out_of_tries(cast: Cast, hands: Hands) -> None:
    for n in range(20):
        with pytest.raises(Invalid):
            sign_in(f"nobody{n}@x.example.com", "whatever it is")

    with pytest.raises(TooMany) as refusal:
        sign_in()
    assert refusal.value.retry_after > 0
    assert who(sign_in(ip="192.0.2.77").token).role is Role.RECRUITER


def test_sessions_end_when_idle_and_when_old(cast: Cast, hands: Hands) -> None:
    recruiter, talent = sign_in(), sign_in("zoe@agency.example.com")

    hands.later(minutes=31)
    assert who(recruiter.token).user_id is None
    assert who(talent.token).user_id == cast.zoe.user_id
    for _ in range(6):
        hands.later(days=6)
        who(talent.token)
    assert who(talent.token).user_id is None


def test_signing_out_ends_this_session_only(cast: Cast) -> None:
    first, second = sign_in(), sign_in()

    run(VISITOR, accounts.sign_out, first.token)

    assert who(first.token).user_id is None
    assert who(second.token).user_id == cast.youssef.user_id


def test_nobody_ends_a_session_that_is_not_theirs(cast: Cast) -> None:
    signed = sign_in()
    mine = look(who(signed.token), sessions.mine)

    with pytest.raises(NotFound):
        run(cast.zoe, sessions.end_one, mine[0].id)
    run(cast.awa, sessions.end_one, mine[0].id)
    assert who(signed.token).user_id is None


def link_for(work: Work, user_id: int) -> str:
    return accounts.new_link(work, work.get(accounts.User, user_id), Purpose.RESET).rsplit("/", 1)[-1]


def test_a_link_sets_the_password_once_and_ends_every_session(cast: Cast) -> None:
    signed = sign_in()
    token = run(SYSTEM, link_for, cast.youssef.user_id)

    accounts.set_password(VISITOR, token=token, password=BETTER)

    assert who(signed.token).user_id is None
    assert who(sign_in(password=BETTER).token).user_id == cast.youssef.user_id
    with pytest.raises(NotFound):
        accounts.set_password(VISITOR, token=token, password=BETTER + "!")


def test_two_uses_of_one_link_at_once_give_one_success(cast: Cast) -> None:
    token = run(SYSTEM, link_for, cast.youssef.user_id)

    def use(n: int) -> bool:
        try:
            accounts.set_password(Actor(ip=f"192.0.2.{n}"), token=token, password=f"{BETTER} {n}")
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(use, range(4))) == 1


def test_an_expired_or_superseded_link_is_refused(cast: Cast, hands: Hands) -> None:
    old = run(SYSTEM, link_for, cast.youssef.user_id)
    new = run(SYSTEM, link_for, cast.youssef.user_id)

    with pytest.raises(NotFound):
        look(VISITOR, accounts.link_owner, old)
    hands.later(minutes=31)
    with pytest.raises(NotFound):
        look(VISITOR, accounts.link_owner, new)


def test_asking_for_a_reset_says_nothing_and_mails_only_owners(cast: Cast) -> None:
    run(Actor(ip="192.0.2.1"), accounts.request_reset, identifier="nobody@x.example.com")
    run(Actor(ip="192.0.2.1"), accounts.request_reset, identifier="youssef@agency.example.com")

    mails = look(SYSTEM, lambda work: list(work.session.scalars(select(OutgoingMail))))
    assert [(mail.kind, mail.recipient) for mail in mails] == [("password_reset", "youssef@agency.example.com")]


def test_no_stored_mail_holds_its_secret_in_clear(cast: Cast) -> None:
    run(Actor(ip="192.0.2.1"), accounts.request_reset, identifier="youssef@agency.example.com")

    mail = look(SYSTEM, lambda work: work.session.scalars(select(OutgoingMail)).one())
    link = encryption.keyring().open(mail.secret, "outbox", mail.uid, "secret")

    assert "/password/" in link
    assert link.rsplit("/", 1)[-1] not in mail.text + mail.html + mail.subject


@pytest.mark.parametrize(
    "weak", ["short", "passwordpassword", "talentotalento", "youssef@agency.example.com", "a" * 2000]
)
def test_a_weak_password_is_refused_in_words(cast: Cast, weak: str) -> None:
    token = run(SYSTEM, link_for, cast.youssef.user_id)

    with pytest.raises(Invalid) as refusal:
        accounts.set_password(VISITOR, token=token, password=weak)

    assert refusal.value.field == "password"
    assert refusal.value.text("fr") != refusal.value.text("en")


def test_changing_a_password_asks_for_the_current_one(cast: Cast) -> None:
    signed, other = sign_in(), sign_in()
    youssef = who(signed.token)

    with pytest.raises(Invalid) as refusal:
        accounts.change_password(youssef, current="not it at all", new=BETTER)
    assert refusal.value.field == "current"
    accounts.change_password(youssef, current=PASSWORD, new=BETTER)

    assert who(signed.token).user_id == cast.youssef.user_id
    assert who(other.token).user_id is None


def test_the_last_admin_stays(cast: Cast) -> None:
    other = factories.staff("Salma", Role.ADMIN)

    run(cast.awa, accounts.suspend, other.user_id)

    with pytest.raises((Conflict, Forbidden)):
        run(other, accounts.suspend, cast.awa.user_id)
    with pytest.raises(Forbidden):
        run(cast.awa, accounts.suspend, cast.awa.user_id)


def role_of(actor: Actor) -> Role:
    return look(SYSTEM, lambda work: work.get(accounts.User, actor.user_id).role)


def test_another_role_counts_from_the_next_sign_in(cast: Cast) -> None:
    signed = sign_in("zoe@agency.example.com")

    run(cast.awa, accounts.change_role, cast.zoe.user_id, "recruiter")

    assert who(signed.token).user_id is None
    assert who(sign_in("zoe@agency.example.com").token).role is Role.RECRUITER
    assert "account_role_changed" in look(SYSTEM, lambda work: list(work.session.scalars(select(SecurityLog.event))))


@pytest.mark.parametrize("role", ["", "owner", "admin; DROP TABLE user", "x" * 5000])
def test_a_role_that_does_not_exist_is_refused(cast: Cast, role: str) -> None:
    with pytest.raises(Invalid):
        run(cast.awa, accounts.change_role, cast.zoe.user_id, role)


def test_nobody_changes_their_own_role_and_only_admins_change_others(cast: Cast) -> None:
    for actor, whose in [(cast.awa, cast.awa), (cast.youssef, cast.zoe), (cast.zoe, cast.zoe), (cast.nadia, cast.awa)]:
        with pytest.raises(Forbidden):
            run(actor, accounts.change_role, whose.user_id, "admin")
    with pytest.raises(NotFound):
        run(cast.awa, accounts.change_role, 999_999, "user")


def admins_left(cast: Cast) -> int:
    """How many admins there are after two of them, at the same moment, made each other recruiters."""
    salma = factories.staff("Salma", Role.ADMIN)
    line = threading.Barrier(2)

    def demote(pair: tuple[Actor, Actor]) -> None:
        line.wait(30)
        with suppress(Conflict):
            run(pair[0], accounts.change_role, pair[1].user_id, "recruiter")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(demote, [(cast.awa, salma), (salma, cast.awa)]))
    return [role_of(cast.awa), role_of(salma)].count(Role.ADMIN)


def test_two_admins_who_demote_each_other_leave_one(cast: Cast) -> None:
    assert admins_left(cast) == 1


def test_twin_without_the_rule_none_is_left(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "_keep_an_admin", lambda work, user: None)

    assert admins_left(cast) == 0


def test_admins_see_and_end_the_sessions_of_others(cast: Cast) -> None:
    first, second = sign_in(), sign_in()

    seen = look(cast.awa, sessions.of, cast.youssef.user_id)
    run(cast.awa, sessions.end_one, who(first.token).session_id)

    assert len(seen) == 2
    assert who(first.token).user_id is None
    assert who(second.token).user_id == cast.youssef.user_id
    for actor in (cast.youssef, cast.zoe):
        with pytest.raises(Forbidden):
            look(actor, sessions.of, cast.awa.user_id)


@pytest.mark.parametrize("name", ["youssef", "nadia", "zoe"])
def test_only_admins_suspend(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        run(getattr(cast, name), accounts.suspend, cast.zoe.user_id)
    with pytest.raises(Unauthorized):
        run(VISITOR, accounts.suspend, cast.zoe.user_id)


def test_emails_are_unique_whatever_their_case(cast: Cast) -> None:
    with pytest.raises(Conflict):
        run(SYSTEM, accounts.create_staff, email="YOUSSEF@Agency.example.com", role=Role.USER)


def test_staff_are_invited_by_mail_and_choose_their_password(cast: Cast) -> None:
    email = run(cast.awa, accounts.invite, email=" Lina@Agency.example.com", role="recruiter", name="Lina", locale="fr")

    assert email == "lina@agency.example.com"
    mail = look(SYSTEM, lambda work: work.session.scalars(select(OutgoingMail)).one())
    assert (mail.kind, mail.recipient, mail.locale) == ("invitation", email, "fr")
    link = encryption.keyring().open(mail.secret, "outbox", mail.uid, "secret")
    accounts.set_password(VISITOR, token=link.rsplit("/", 1)[-1], password=PASSWORD)
    signed = accounts.sign_in(VISITOR, identifier=email, password=PASSWORD)
    assert isinstance(signed, SignedIn) and signed.role is Role.RECRUITER


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"email": "nobody"}, Invalid),
        ({"email": "x\r\nBcc: y@example.com"}, Invalid),
        ({"email": "youssef@agency.example.com"}, Conflict),
        ({"role": "user"}, Invalid),
        ({"role": ""}, Invalid),
        ({"role": "owner"}, Invalid),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(cast: Cast, changes: dict, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        run(cast.awa, accounts.invite, **({"email": "lina@agency.example.com", "role": "presence"} | changes))

    assert look(SYSTEM, lambda work: work.session.scalars(select(OutgoingMail)).all()) == []


def test_only_admins_invite(cast: Cast) -> None:
    for actor in (cast.youssef, cast.nadia, cast.zoe):
        with pytest.raises(Forbidden):
            run(actor, accounts.invite, email="lina@agency.example.com", role="presence")
