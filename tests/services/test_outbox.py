"""Mail: written with its cause, sent later, tried again, never holding a secret once it is gone."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from talento.errors import Forbidden
from talento.models.accounts import User
from talento.models.operations import OutgoingMail
from talento.services.mail import delivery, listing, messages
from talento.services.mail.sendgrid import SendGrid
from talento.services.mail.transport import LocalOutbox
from talento.services.work import SYSTEM, Work, look, run
from tests.conftest import Hands
from tests.factories import Cast
from tests.postmen import KEY, Provider


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.server.shutdown()


def write(work: Work, user_id: int, link: str = "http://localhost:5000/password/SECRETTOKEN") -> None:
    messages.password_reset(work, work.get(User, user_id), link)


def stored() -> list[OutgoingMail]:
    return look(SYSTEM, lambda work: list(work.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))))


def test_a_message_leaves_in_the_providers_own_format(cast: Cast, provider: Provider) -> None:
    run(SYSTEM, write, cast.youssef.user_id)

    assert delivery.deliver_due(provider.transport) == 1

    [sent] = provider.heard
    assert sent["path"] == "/v3/mail/send"
    assert provider.keys == [f"Bearer {KEY}"]
    assert sent["personalizations"][0]["to"][0]["email"] == "youssef@agency.example.com"
    assert {part["type"] for part in sent["content"]} == {"text/plain", "text/html"}
    assert all("/password/SECRETTOKEN" in part["value"] for part in sent["content"])
    assert sent["custom_args"] == {"talento_mail_id": stored()[0].uid}


def test_once_sent_the_secret_is_gone(cast: Cast, provider: Provider) -> None:
    run(SYSTEM, write, cast.youssef.user_id)
    delivery.deliver_due(provider.transport)

    [mail] = stored()
    assert (mail.status, mail.secret, mail.attempts) == ("sent", "", 1)
    assert "SECRETTOKEN" not in mail.text + mail.html


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_passing_failure_is_tried_again_later(cast: Cast, provider: Provider, hands: Hands, status: int) -> None:
    provider.answers = [(status, {"Retry-After": "120"})]
    run(SYSTEM, write, cast.youssef.user_id)

    assert delivery.deliver_due(provider.transport) == 0
    assert delivery.deliver_due(provider.transport) == 0
    assert len(provider.heard) == 1
    hands.later(seconds=121)
    assert delivery.deliver_due(provider.transport) == 1


def test_a_refusal_is_not_tried_again_and_says_why(cast: Cast, provider: Provider, hands: Hands) -> None:
    provider.answers = [(400, {})]
    provider.says = b'{"errors": [{"message": "The from address does not match a verified Sender Identity."}]}'
    run(SYSTEM, write, cast.youssef.user_id)
    delivery.deliver_due(provider.transport)
    hands.later(days=1)

    assert delivery.deliver_due(provider.transport) == 0
    assert (stored()[0].status, stored()[0].problem) == (
        "failed",
        "SendGrid answered 400: The from address does not match a verified Sender Identity.",
    )


def test_an_unreachable_provider_loses_nothing(cast: Cast, hands: Hands) -> None:
    run(SYSTEM, write, cast.youssef.user_id)
    nowhere = SendGrid(KEY, "noreply@talento.example.com", host="http://127.0.0.1:9")

    for _ in range(12):
        delivery.deliver_due(nowhere)
        hands.later(hours=2)

    assert (stored()[0].status, stored()[0].attempts) == ("failed", 12)


def test_a_message_being_sent_elsewhere_is_left_alone(cast: Cast, provider: Provider, hands: Hands) -> None:
    run(SYSTEM, write, cast.youssef.user_id)
    run(SYSTEM, delivery._lease, "another process")

    assert delivery.deliver_due(provider.transport) == 0
    hands.later(minutes=3)
    assert delivery.deliver_due(provider.transport) == 1


def test_a_rolled_back_cause_mails_nobody(cast: Cast, provider: Provider) -> None:
    def failing(work: Work) -> None:
        write(work, cast.youssef.user_id)
        raise Forbidden("no")

    with pytest.raises(Forbidden):
        run(SYSTEM, failing)
    assert delivery.deliver_due(provider.transport) == 0


def test_without_a_provider_an_admin_reads_it_here(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    run(SYSTEM, write, cast.youssef.user_id)
    delivery.deliver_due(LocalOutbox())

    [line] = look(cast.awa, listing.page).lines
    assert line.status == "local"
    assert look(cast.awa, listing.read, line.id).link.endswith("SECRETTOKEN")
    assert "SECRETTOKEN" in capsys.readouterr().out
    with pytest.raises(Forbidden):
        look(cast.youssef, listing.page)


def test_names_never_become_markup_or_headers(cast: Cast, provider: Provider) -> None:
    def rename(work: Work) -> None:
        user = work.get(User, cast.zoe.user_id)
        user.name = "Zoé <img src=x onerror=alert(1)>\r\nBcc: all@example.com"
        messages.welcome(work, user, first_name=user.name, code="MAF0001RAB\r\nX: y", link="http://x/y")

    run(SYSTEM, rename)
    delivery.deliver_due(provider.transport)

    [sent] = provider.heard
    html = next(part["value"] for part in sent["content"] if part["type"] == "text/html")
    assert "<img" not in html
    assert "\n" not in sent["subject"] and "\r" not in sent["subject"]
