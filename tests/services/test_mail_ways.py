"""Ways of sending: chosen in the settings, tried by sending oneself a message, counted, and never trusted blindly."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from talento.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from talento.models.accounts import User
from talento.models.operations import OutgoingMail
from talento.services.mail import delivery, kinds, listing, messages, outbox, ways
from talento.services.mail.smtp import Smtp
from talento.services.mail.transport import Failed, Parcel, Refused, Unsure
from talento.services.preferences import changes, trials
from talento.services.work import SYSTEM, Actor, Work, look, run
from talento.settings import settings
from talento.vocabulary.mailing import Tls
from tests.conftest import Hands
from tests.factories import Cast
from tests.postmen import KEY, SENDER, SILENT, Provider, Smtpd

PARCEL = Parcel("u1", "test", "zoe@example.com", "Zoé", "Été à Fès", "Bonjour\n", "<p>Bonjour</p>")


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.server.shutdown()


@pytest.fixture
def smtpd(tmp_path: Path) -> Iterator[Smtpd]:
    made = Smtpd(tmp_path)
    yield made
    made.controller.stop()


def choose(actor: Actor, **chosen: str) -> None:
    for key, typed in chosen.items():
        entry = look(actor, changes.entry, key)
        run(actor, changes.change, key, typed, revision=entry.revision)


def smtp_to(server: Smtpd, **other: object) -> Smtp:
    facts = {"host": "localhost", "port": server.port, "tls": Tls.STARTTLS, "user": Smtpd.USER,
             "password": Smtpd.PASSWORD, "sender": SENDER, "authority": server.authority, "seconds": 5}  # fmt: skip
    return Smtp(**(facts | other))  # type: ignore[arg-type]


def tell(work: Work, user_id: int) -> None:
    messages.profile_added(work, work.get(User, user_id), first_name="Zoé", code="MAF0001RAB")


def remind(work: Work, user_id: int) -> None:
    messages.password_reset(work, work.get(User, user_id), "http://localhost:5000/password/SECRETTOKEN")


def stored() -> list[OutgoingMail]:
    return look(SYSTEM, lambda work: list(work.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))))


# SMTP


@pytest.mark.parametrize("starttls", [True, False])
def test_a_message_leaves_by_smtp_with_its_words_whole(cast: Cast, tmp_path: Path, starttls: bool) -> None:
    server = Smtpd(tmp_path, starttls=starttls)
    try:
        assert smtp_to(server, tls=Tls.STARTTLS if starttls else Tls.TLS).send(PARCEL) is False
    finally:
        server.controller.stop()

    [got] = server.received
    assert (got["Subject"], got["From"].addresses[0].addr_spec) == ("Été à Fès", SENDER)
    assert got["Message-ID"] == "<u1@talento.example.com>"
    assert got.get_body(("plain",)).get_content().strip() == "Bonjour"
    assert got.get_body(("html",)).get_content().strip() == "<p>Bonjour</p>"


def test_a_letter_of_many_lines_is_told_line_by_line(cast: Cast, smtpd: Smtpd) -> None:
    smtp_to(smtpd).send(replace(PARCEL, text="One line of the letter.\n.\n" * 200, html="<p>é</p>" * 500))

    [got] = smtpd.received
    assert got.get_body(("plain",)).get_content().splitlines() == ["One line of the letter.", "."] * 200
    assert got.get_body(("html",)).get_content().strip() == "<p>é</p>" * 500


def test_a_server_whose_certificate_nobody_vouches_for_is_told_nothing(cast: Cast, smtpd: Smtpd) -> None:
    with pytest.raises(Failed, match="certificate of localhost is not valid"):
        smtp_to(smtpd, authority="").send(PARCEL)
    assert smtpd.received == []


def test_a_certificate_for_another_name_is_not_enough(cast: Cast, tmp_path: Path) -> None:
    server = Smtpd(tmp_path, name="mail.example.com")
    try:
        with pytest.raises(Failed, match="certificate"):
            smtp_to(server).send(PARCEL)
    finally:
        server.controller.stop()


def test_a_wrong_password_waits_and_a_wrong_address_is_given_up(cast: Cast, smtpd: Smtpd) -> None:
    with pytest.raises(Failed, match="535"):
        smtp_to(smtpd, password="wrong").send(PARCEL)
    with pytest.raises(Refused, match="550: No such user here"):
        smtp_to(smtpd).send(Parcel("u2", "test", "nobody@example.com", "", "s", "t", "h"))


def test_the_servers_answer_decides_whether_to_come_back(cast: Cast, smtpd: Smtpd) -> None:
    smtpd.answer = "451 Try later"
    with pytest.raises(Failed, match="451: Try later") as later:
        smtp_to(smtpd).send(PARCEL)
    assert not isinstance(later.value, Unsure)
    smtpd.answer = "554 Looks like spam"
    with pytest.raises(Refused, match="554: Looks like spam"):
        smtp_to(smtpd).send(PARCEL)


def test_a_server_that_hangs_up_after_the_last_line_leaves_a_doubt(cast: Cast, smtpd: Smtpd) -> None:
    smtpd.hangs_up = True
    with pytest.raises(Unsure):
        smtp_to(smtpd).send(PARCEL)


def test_a_name_with_line_breaks_adds_no_header(cast: Cast, smtpd: Smtpd) -> None:
    smtp_to(smtpd).send(Parcel("u3", "test", "zoe@example.com", "Zoé\r\nBcc: all@example.com", "s", "t", "h"))

    assert smtpd.received[0]["Bcc"] is None


# Chosen in the settings


def test_the_way_is_read_afresh_for_every_message(
    cast: Cast, provider: Provider, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings(), "sendgrid_url", provider.host)
    run(SYSTEM, tell, cast.zoe.user_id)
    assert delivery.deliver() == 0
    assert stored()[0].status == "local"

    choose(cast.awa, mail_way="sendgrid", mail_from=SENDER, sendgrid_api_key="SG.another-key-1")
    run(SYSTEM, tell, cast.zoe.user_id)

    assert delivery.deliver() == 1
    assert provider.keys == ["Bearer SG.another-key-1"]
    assert provider.heard[0]["from"]["email"] == SENDER


def test_the_environment_counts_until_somebody_chooses(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "smtp_host", "localhost")
    monkeypatch.setattr(settings(), "smtp_port", 2525)
    monkeypatch.setattr(settings(), "sendgrid_from_email", SENDER)

    way = ways.configured()

    assert isinstance(way, Smtp)
    assert (way.host, way.port, way.sender) == ("localhost", 2525, SENDER)
    choose(cast.awa, smtp_port="26")
    assert ways.configured().port == 26  # type: ignore[attr-defined]


def test_while_a_setting_is_missing_messages_wait(cast: Cast) -> None:
    choose(cast.awa, mail_way="sendgrid")
    run(SYSTEM, tell, cast.zoe.user_id)

    assert delivery.deliver() == 0
    assert (stored()[0].status, stored()[0].attempts) == ("waiting", 0)


@pytest.mark.parametrize("typed", ["smtp.example.com; rm -rf", "http://smtp.example.com", "a b", "-x", "x\r\ny"])
def test_what_is_no_server_is_refused_in_words(cast: Cast, typed: str) -> None:
    with pytest.raises(Invalid, match="name of a server"):
        choose(cast.awa, smtp_host=typed)


def test_a_test_goes_to_whoever_asks_and_says_what_the_provider_said(
    cast: Cast, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "sendgrid_url", provider.host)
    with pytest.raises(Invalid, match="kept here"):
        ways.try_out(cast.awa)
    choose(cast.awa, mail_way="sendgrid", mail_from=SENDER, sendgrid_api_key=f"{KEY}-long-enough")

    assert ways.try_out(cast.awa) == "awa@agency.example.com"
    assert provider.heard[0]["personalizations"][0]["to"][0]["email"] == "awa@agency.example.com"
    provider.answers = [(401, {})]
    provider.says = b'{"errors": [{"message": "The provided authorization grant is invalid"}]}'
    with pytest.raises(Unavailable, match="authorization grant is invalid"):
        trials.try_out(cast.awa, "sendgrid_api_key")
    with pytest.raises(Forbidden):
        ways.try_out(cast.youssef)
    assert stored() == []


# Doubts


def test_after_a_silence_an_ordinary_message_waits_ten_minutes(cast: Cast, provider: Provider, hands: Hands) -> None:
    provider.answers = [(SILENT, {})]
    run(SYSTEM, tell, cast.zoe.user_id)

    assert delivery.deliver_due(provider.transport) == 0
    hands.later(minutes=9)
    assert delivery.deliver_due(provider.transport) == 0
    hands.later(minutes=2)
    assert delivery.deliver_due(provider.transport) == 1
    assert len(provider.heard) == 2


def test_after_a_silence_an_essential_message_does_not_wait(cast: Cast, provider: Provider, hands: Hands) -> None:
    provider.answers = [(SILENT, {})]
    run(SYSTEM, remind, cast.zoe.user_id)

    assert delivery.deliver_due(provider.transport) == 0
    hands.later(seconds=75)
    assert delivery.deliver_due(provider.transport) == 1


def test_a_server_killed_while_sending_leaves_a_doubt_not_a_double(
    cast: Cast, provider: Provider, hands: Hands
) -> None:
    run(SYSTEM, tell, cast.zoe.user_id)
    [mail_id] = run(SYSTEM, delivery._lease, "killed")
    assert run(SYSTEM, delivery._hand_over, mail_id, "killed")
    hands.later(minutes=3)

    assert delivery.deliver_due(provider.transport) == 0
    assert stored()[0].unsure_at is not None
    assert provider.heard == []
    hands.later(minutes=8)
    assert delivery.deliver_due(provider.transport) == 1


def test_twin_without_the_note_of_handing_over_it_would_be_sent_twice(
    cast: Cast, provider: Provider, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(work: Work, mail_id: int, mark: str) -> bool:
        return True

    def killed(work: Work, mail_id: int, kept_here: bool) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(delivery, "_hand_over", forgetful)
    monkeypatch.setattr(delivery, "_sent", killed)
    run(SYSTEM, tell, cast.zoe.user_id)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            delivery.deliver_due(provider.transport)
        hands.later(minutes=3)

    assert len(provider.heard) == 2


def test_whoever_lost_the_lease_neither_sends_nor_says_what_became_of_it(
    cast: Cast, provider: Provider, hands: Hands
) -> None:
    run(SYSTEM, tell, cast.zoe.user_id)
    [mail_id] = run(SYSTEM, delivery._lease, "slow")
    hands.later(minutes=3)
    assert delivery.deliver_due(provider.transport) == 1

    assert not run(SYSTEM, delivery._hand_over, mail_id, "slow")
    run(SYSTEM, delivery._postpone, mail_id, "slow", Failed("late"))
    assert stored()[0].status == "sent"


# How many, which, and again


def test_beyond_the_days_share_messages_wait_until_midnight_of_the_site(
    cast: Cast, provider: Provider, hands: Hands
) -> None:
    choose(cast.awa, mails_per_day="2")
    for _ in range(2):
        run(SYSTEM, tell, cast.zoe.user_id)
    run(SYSTEM, remind, cast.zoe.user_id)

    assert delivery.deliver_due(provider.transport) == 2
    assert delivery.deliver_due(provider.transport) == 0
    assert [row.kind for row in stored() if row.status == "sent"] == ["profile_added", "password_reset"]
    hands.later(hours=16)
    assert delivery.deliver_due(provider.transport) == 1


def test_a_copy_goes_to_the_admins_without_its_link(cast: Cast) -> None:
    choose(cast.awa, mail_copy_to="office@example.com")
    run(cast.awa, kinds.copy, "password_reset", is_copied=True)
    run(SYSTEM, remind, cast.zoe.user_id)

    first, copy = stored()
    assert (first.recipient, first.is_copy) == ("zoe@agency.example.com", False)
    assert (copy.recipient, copy.is_copy, copy.secret) == ("office@example.com", True, "")
    assert "{secret}" not in copy.text + copy.html


def test_a_kind_that_is_off_is_not_written_and_essential_ones_stay(cast: Cast) -> None:
    run(cast.awa, kinds.switch, "profile_added", is_on=False)
    run(SYSTEM, tell, cast.zoe.user_id)
    assert stored() == []

    with pytest.raises(Conflict, match="can't be switched off"):
        run(cast.awa, kinds.switch, "password_reset", is_on=False)
    with pytest.raises(NotFound):
        run(cast.awa, kinds.switch, "nonsense", is_on=False)
    with pytest.raises(Forbidden):
        run(cast.youssef, kinds.copy, "welcome", is_copied=True)


def test_what_failed_is_sent_again_with_its_link(cast: Cast, provider: Provider) -> None:
    provider.answers = [(400, {})]
    run(SYSTEM, remind, cast.zoe.user_id)
    delivery.deliver_due(provider.transport)

    assert run(cast.awa, outbox.resend_failed) == 1
    assert delivery.deliver_due(provider.transport) == 1
    assert "SECRETTOKEN" in provider.heard[1]["content"][0]["value"]
    assert look(cast.awa, listing.health).failed == 0


def test_what_was_sent_goes_again_unless_its_link_is_gone(cast: Cast, provider: Provider) -> None:
    run(SYSTEM, tell, cast.zoe.user_id)
    run(SYSTEM, remind, cast.zoe.user_id)
    delivery.deliver_due(provider.transport)
    plain, with_link = stored()

    run(cast.awa, outbox.resend, plain.id)
    with pytest.raises(Conflict, match="erased"):
        run(cast.awa, outbox.resend, with_link.id)
    with pytest.raises(Forbidden):
        run(cast.youssef, outbox.resend, plain.id)

    assert delivery.deliver_due(provider.transport) == 1
    assert [row.status for row in stored()] == ["sent"] * 3


def test_every_kind_that_is_written_is_declared_and_the_other_way_round() -> None:
    sources = [path for path in Path(messages.__file__).parents[1].rglob("*.py") if path.name != "kinds.py"]
    written = {kind for path in sources for kind in re.findall(r'outbox\.put(?:_to)?\(work, "(\w+)"', path.read_text())}
    everything = "".join(path.read_text() for path in sources)

    assert len(written) > 10
    assert written <= set(kinds.KINDS)
    assert [kind for kind in kinds.KINDS if f'"{kind}"' not in everything] == []
