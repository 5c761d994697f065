"""What raises an alert, what does not, and what becomes of one."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from talento.errors import Conflict, Forbidden, Invalid, NotFound, Refusal, Unauthorized
from talento.models.operations import OutgoingMail, SecurityLog
from talento.models.security import Alert
from talento.services import accounts, logs, throttle
from talento.services.cinema import profile as cinema
from talento.services.documents import casting as cast_lists
from talento.services.mail import events, kinds
from talento.services.preferences import changes, registry
from talento.services.presence import batches, exports, pairing
from talento.services.security import alerts, blocklist, blocks, suspicion
from talento.services.security.alerts import AlertView
from talento.services.security.rules import CONTACTS, MANY_ACCOUNTS, RULES, WEBHOOK, Subject
from talento.services.talents import profile
from talento.services.work import SYSTEM, VISITOR, Actor, look, run
from talento.vocabulary.logs import NAMES
from tests import factories
from tests.conftest import Hands
from tests.factories import PASSWORD, Cast

BAD = "203.0.113.7"


def sign_in(identifier: str, password: str = "wrong password entirely", ip: str = BAD, agent: str = "Firefox", **more):
    return accounts.sign_in(Actor(ip=ip, agent=agent, **more), identifier=identifier, password=password)


def guess(*names: str, ip: str = BAD) -> None:
    for name in names:
        with suppress(Refusal):
            sign_in(name, ip=ip)


def opened(cast: Cast, view: str = "open") -> list[AlertView]:
    return look(cast.awa, alerts.listed, view)


def setting(cast: Cast, key: str, typed: str) -> None:
    run(cast.awa, changes.change, key, typed, revision=look(cast.awa, changes.entry, key).revision)


def mails(kind: str) -> list[OutgoingMail]:
    wanted = select(OutgoingMail).where(OutgoingMail.kind == kind).order_by(OutgoingMail.id)
    return look(SYSTEM, lambda work: list(work.session.scalars(wanted)))


def note(count: int = 1, subject: str = BAD) -> None:
    run(SYSTEM, alerts.note, WEBHOOK, subject, user_id=None, count=count)


# The rules


def test_many_accounts_from_one_address_raise_an_alert_and_a_block(cast: Cast, hands: Hands) -> None:
    setting(cast, "alert_many_accounts", "4")
    guess("a@example.com", "a@example.com", "A@EXAMPLE.COM ", "b@example.com", "zoe@agency.example.com")
    guess("c@example.com", "d@example.com", ip="198.51.100.8")
    assert opened(cast) == []

    guess("youssef@agency.example.com")

    (one,) = opened(cast)
    assert (one.rule, one.severity, one.address, one.count, one.is_blocked) == (
        "many_accounts",
        "critical",
        BAD,
        4,
        True,
    )
    (block,) = look(cast.awa, blocks.listed)
    assert (block.network, block.rule) == (f"{BAD}/32", "many_accounts")
    hands.later(minutes=61)
    assert not blocklist.is_blocked(BAD)


def test_what_happens_slowly_enough_is_not_suspicious(cast: Cast, hands: Hands) -> None:
    setting(cast, "alert_many_accounts", "3")
    for number in range(8):
        guess(f"n{number}@example.com")
        hands.later(minutes=6)

    assert opened(cast) == []


def test_an_ipv4_address_in_ipv6_clothes_is_itself(cast: Cast) -> None:
    for ip in ("203.0.113.7", "::ffff:203.0.113.7", "::ffff:cb00:7107"):
        assert look(Actor(ip=ip), throttle.place) == "203.0.113.7"


def test_one_ipv6_customer_is_one_address_however_it_is_written(cast: Cast, hands: Hands) -> None:
    setting(cast, "alert_many_accounts", "3")
    for number, ip in enumerate(("2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:0db8:0001:0002:0:0:0:9")):
        guess(f"n{number}@example.com", ip=ip)

    assert [one.address for one in opened(cast)] == ["2001:db8:1:2::/64"]
    assert blocklist.is_blocked("2001:db8:1:2:8::8")


@pytest.mark.parametrize("keys", [{"alert_many_accounts": "0"}, {"blocks_by_rule": "false"}])
def test_settings_switch_a_rule_or_its_blocks_off(cast: Cast, hands: Hands, keys: dict[str, str]) -> None:
    setting(cast, "alert_many_accounts", "3")
    for key, typed in keys.items():
        setting(cast, key, typed)
    guess(*(f"n{number}@example.com" for number in range(5)))

    assert len(opened(cast)) == (0 if "alert_many_accounts" in keys else 1)
    assert look(cast.awa, blocks.listed) == []


def test_failures_on_one_account_are_counted_from_anywhere(cast: Cast, hands: Hands) -> None:
    setting(cast, "alert_one_account", "5")
    for number in range(6):
        guess("zoe@agency.example.com", ip=f"198.51.100.{number}")

    (one,) = opened(cast)
    assert (one.rule, one.who, one.who_id, one.address, one.count) == ("one_account", "Zoé", cast.zoe.user_id, "", 6)


def test_registrations_from_one_address_are_counted(cast: Cast) -> None:
    setting(cast, "alert_registrations", "2")
    visitor = Actor(ip=BAD)
    for number in range(2):
        answers = factories.form.checked(factories.answers(email=f"n{number}@example.com"))
        run(visitor, factories.register.register, answers, locale="en")

    assert [(one.rule, one.address) for one in opened(cast)] == [("registrations", BAD)]


def test_opening_many_contacts_is_noticed_but_not_opening_one_often(cast: Cast) -> None:
    setting(cast, "alert_contacts", "3")
    people = [factories.talent(email=f"n{number}@example.com")[1].talent_id for number in range(2)]
    _, in_cinema = factories.cinema_talent()
    for _ in range(3):
        for talent_id in people:
            look(cast.youssef, profile.panel, talent_id, locale="en")
    assert opened(cast) == []

    look(cast.youssef, cinema.panel, in_cinema, locale="en")

    assert [(one.rule, one.who, one.severity) for one in opened(cast)] == [("contacts", "Youssef", "critical")]


def test_export_bursts_are_noticed(cast: Cast, hands: Hands) -> None:
    setting(cast, "alert_exports", "3")
    project = factories.project(cast.youssef)
    for _ in range(2):
        exports.export(cast.awa, project, first=date(2027, 4, 1), last=date(2027, 4, 2), ending="csv", locale="en")
    assert opened(cast) == []

    cast_lists.cast(cast.youssef, project, locale="en")
    logs.export(cast.awa, "security", logs.Filters(), locale="en")

    assert [(one.rule, one.who) for one in opened(cast)] == [("exports", "Awa")]


def test_forged_badges_and_wrong_pairing_codes_are_noticed(cast: Cast) -> None:
    setting(cast, "alert_forged", "3")
    project = factories.project(cast.awa)
    at_desk = Actor(cast.awa.user_id, cast.awa.role, None, "Awa", ip=BAD)
    forged = "TB1:MAOUAFIL001-001:1:2S0:" + "A" * 103
    now = look(SYSTEM, lambda work: work.now)
    for scanned in ("nobody", forged, forged):
        sent = batches.Sent(str(uuid4()), scanned, "camera", now)
        batches.take(at_desk, project, [sent], device_now=now)
    assert opened(cast) == []

    with pytest.raises(NotFound):
        pairing.announced(Actor(ip=BAD), "AAAA-BBBB")

    assert [(one.rule, one.address) for one in opened(cast)] == [("forged", BAD)]


def test_mail_events_with_a_wrong_signature_are_noticed(cast: Cast) -> None:
    setting(cast, "alert_webhook", "2")
    for _ in range(2):
        with pytest.raises(Forbidden):
            events.hear(Actor(ip=BAD), "", "", b"[]")

    assert [one.rule for one in opened(cast)] == ["webhook"]
    assert look(cast.awa, blocks.listed) == []


def test_an_admin_in_a_new_network_is_noticed_and_told(cast: Cast) -> None:
    first = sign_in("awa@agency.example.com", PASSWORD, ip="198.51.100.7")
    sign_in("awa@agency.example.com", PASSWORD, ip="198.51.100.99", browser=first.device)
    assert opened(cast) == [] and mails("new_device") == []

    sign_in("awa@agency.example.com", PASSWORD, ip="192.0.2.7", browser=first.device)

    (one,), (mail,) = opened(cast), mails("new_device")
    assert (one.rule, one.who) == ("admin_network", "Awa")
    assert "192.0.2.0/24" in mail.text and "never did before" in mail.text


def test_a_new_browser_is_told_to_its_owner(cast: Cast) -> None:
    first = sign_in("zoe@agency.example.com", PASSWORD, ip="198.51.100.7")
    assert mails("new_device") == [], "the first one is nobody's surprise"
    sign_in("zoe@agency.example.com", PASSWORD, ip="192.0.2.7", browser=first.device)
    sign_in("zoe@agency.example.com", PASSWORD, ip="198.51.100.8")
    assert mails("new_device") == [], "one that shows its proof, and one that forgot its cookies at home"

    sign_in("zoe@agency.example.com", PASSWORD, ip="198.51.100.7", agent="Mozilla/5.0 (Windows) Chrome/1")
    sign_in("zoe@agency.example.com", PASSWORD, ip="203.0.113.9", browser="made-up.proof")

    assert [("Chrome, Windows" in mail.text, mail.recipient) for mail in mails("new_device")] == [
        (True, "zoe@agency.example.com"),
        (False, "zoe@agency.example.com"),
    ]
    assert opened(cast) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_names_a_setting_of_its_own_and_an_entry_that_exists(rule) -> None:
    log, _, name = rule.entry.partition("/")

    assert rule.least.group is registry.ALERTS
    assert not rule.entry or name in NAMES[log]
    assert not rule.blocks or rule.subject is Subject.ADDRESS
    assert len({one.least.key for one in RULES.values()}) == len(RULES)


def test_the_machine_itself_is_never_suspicious(cast: Cast) -> None:
    setting(cast, "alert_webhook", "1")
    for rule in RULES.values():
        run(SYSTEM, suspicion.suspect, rule)

    assert opened(cast) == []


# One alert for each subject


def test_one_alert_stands_for_all_of_the_same_until_it_is_resolved(cast: Cast, hands: Hands) -> None:
    note(10)
    hands.later(minutes=5)
    note()
    note(subject="198.51.100.8")

    mine, other = sorted(opened(cast), key=lambda one: -one.count)
    assert (mine.count, mine.last_at - mine.first_at) == (11, hands.now - mine.first_at)
    assert other.count == 1
    run(cast.awa, alerts.resolve, mine.id, "A test of ours")
    note(10)
    assert sorted(one.count for one in opened(cast)) == [1, 10]


def raise_at_once(how_many: int = 8) -> list[int]:
    with ThreadPoolExecutor(how_many) as pool:
        list(pool.map(lambda _: note(), range(how_many)))
    return look(SYSTEM, lambda work: list(work.session.scalars(select(Alert.count))))


def test_alerts_raised_at_once_are_one(cast: Cast) -> None:
    assert raise_at_once() == [8]


@pytest.mark.parametrize("db", ["postgresql"], indirect=True)
def test_twin_without_the_key_of_open_alerts_there_are_many(cast: Cast) -> None:
    run(SYSTEM, lambda work: work.session.execute(text("ALTER TABLE alert DROP CONSTRAINT uq_alert_open_key")))

    assert len(raise_at_once()) > 1


def test_an_alert_is_noted_once(cast: Cast) -> None:
    for _ in range(3):
        note()

    names = look(SYSTEM, lambda work: list(work.session.scalars(select(SecurityLog.event))))
    assert names.count("alert_raised") == 1


def test_grave_ones_are_mailed_to_every_admin_once_an_hour_for_a_rule(cast: Cast, hands: Hands) -> None:
    factories.staff("Fatou", factories.Role.ADMIN)
    for number in range(3):
        run(SYSTEM, alerts.note, MANY_ACCOUNTS, f"203.0.113.{number}", user_id=None, count=15)
    run(SYSTEM, alerts.note, CONTACTS, "2", user_id=cast.youssef.user_id, count=200)
    note()

    assert [(mail.recipient.split("@")[0], "Youssef" in mail.text) for mail in mails("alert")] == [
        ("awa", False),
        ("fatou", False),
        ("awa", True),
        ("fatou", True),
    ]
    hands.later(minutes=61)
    run(cast.awa, kinds.switch, "alert", is_on=False)
    run(SYSTEM, alerts.note, MANY_ACCOUNTS, "203.0.113.9", user_id=None, count=15)
    assert len(mails("alert")) == 4


# What admins do about them


def test_an_alert_is_taken_given_resolved_and_reopened(cast: Cast) -> None:
    fatou = factories.staff("Fatou", factories.Role.ADMIN)
    note()
    (one,) = opened(cast)

    run(cast.awa, alerts.give, one.id, cast.awa.user_id)
    assert [view.taken_by for view in opened(cast, "mine")] == ["Awa"]
    run(cast.awa, alerts.give, one.id, fatou.user_id)
    assert opened(cast, "mine") == [] and look(fatou, alerts.standing) == alerts.Standing(1, 0, 1)
    run(fatou, alerts.resolve, one.id, "Our own <b>test</b>")

    (done,) = opened(cast, "resolved")
    assert (done.resolved_by, done.note, opened(cast)) == ("Fatou", "Our own <b>test</b>", [])
    with pytest.raises(Conflict):
        run(cast.awa, alerts.resolve, one.id, "I, too")
    with pytest.raises(Conflict):
        run(cast.awa, alerts.give, one.id, cast.awa.user_id)
    run(cast.awa, alerts.reopen, one.id)
    assert [view.id for view in opened(cast)] == [one.id]
    noted = {entry.name for entry in look(cast.awa, logs.page, "activity", logs.Filters()).entries}
    assert noted == {"alert_given", "alert_resolved", "alert_reopened"}


def test_a_resolved_alert_stays_closed_while_another_about_the_same_is_open(cast: Cast) -> None:
    note()
    (one,) = opened(cast)
    run(cast.awa, alerts.resolve, one.id, "Nothing")
    note()

    with pytest.raises(Conflict):
        run(cast.awa, alerts.reopen, one.id)


def test_a_resolution_says_something_and_goes_to_an_admin_who_is_there(cast: Cast) -> None:
    note()
    (one,) = opened(cast)

    for said in ("", "  \n ", "\x00"):
        with pytest.raises(Invalid):
            run(cast.awa, alerts.resolve, one.id, said)
    for user_id in (cast.youssef.user_id, 0, 2**31):
        with pytest.raises(NotFound):
            run(cast.awa, alerts.give, one.id, user_id)
    with pytest.raises(NotFound):
        run(cast.awa, alerts.reopen, 2**31 - 1)


def test_only_admins_see_and_settle_alerts(cast: Cast) -> None:
    note()
    actions = (
        alerts.listed,
        alerts.standing,
        alerts.admins,
        lambda work: alerts.give(work, 1, 1),
        lambda work: alerts.resolve(work, 1, "x"),
        lambda work: alerts.reopen(work, 1),
    )
    for actor, refusal in ((cast.youssef, Forbidden), (cast.nadia, Forbidden), (VISITOR, Unauthorized)):
        for action in actions:
            with pytest.raises(refusal):
                run(actor, action)


def test_resolved_ones_go_with_the_logs_and_open_ones_stay(cast: Cast, hands: Hands) -> None:
    note()
    note(subject="198.51.100.8")
    run(cast.awa, alerts.resolve, opened(cast)[0].id, "Nothing")

    hands.later(days=400)

    assert run(SYSTEM, alerts.let_old_ones_go, 365) == 1
    assert len(opened(cast)) == 1


def test_alerts_are_raised_while_the_site_is_read_only(cast: Cast, hands: Hands) -> None:
    setting(cast, "alert_many_accounts", "2")
    setting(cast, "read_only", "true")

    guess("a@example.com", "b@example.com")

    assert blocklist.is_blocked(BAD) and len(opened(cast)) == 1


def test_counts_that_nobody_asks_for_any_more_are_swept(cast: Cast, hands: Hands) -> None:
    guess("a@example.com", "zoe@agency.example.com")
    hands.later(days=3)

    assert run(SYSTEM, throttle.sweep) > 3
    kept = look(SYSTEM, lambda work: list(work.session.scalars(select(accounts.throttle.Throttle.key))))
    assert kept == [f"failures:account:{cast.zoe.user_id}"]
