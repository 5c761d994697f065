"""What SendGrid tells of messages: signed, fresh, ours; bounces end in silence, doubts in certainty."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select

from talento import clock
from talento.errors import Conflict, Forbidden, Invalid, NotFound
from talento.models.accounts import User
from talento.models.operations import OutgoingMail, SecurityLog
from talento.services.mail import delivery, messages, outbox, suppression
from talento.services.preferences import changes
from talento.services.work import SYSTEM, VISITOR, Work, look, run
from tests.conftest import Hands
from tests.factories import Cast
from tests.postmen import SILENT, Provider, Signer

ZOE = "zoe@agency.example.com"


@pytest.fixture
def signer(cast: Cast) -> Signer:
    made = Signer()
    run(cast.awa, changes.change, "sendgrid_events_key", made.public, revision=0)
    return made


@pytest.fixture
def provider():
    made = Provider()
    yield made
    made.server.shutdown()


def post(client: TestClient, signature: str, stamp: str, body: bytes) -> Response:
    headers = {
        "X-Twilio-Email-Event-Webhook-Signature": signature,
        "X-Twilio-Email-Event-Webhook-Timestamp": stamp,
        "Content-Type": "application/json",
    }
    return client.post("/mail/events", content=body, headers=headers)


def tell(client: TestClient, signer: Signer, *events: object) -> Response:
    return post(client, *signer.signed(list(events), clock.now()))


def event(name: str, uid: str, **more: object) -> dict[str, object]:
    return {"event": name, "talento_mail_id": uid, "timestamp": int(clock.now().timestamp()), "email": ZOE} | more


def write(user_id: int) -> OutgoingMail:
    def action(work: Work) -> None:
        messages.profile_added(work, work.get(User, user_id), first_name="Zoé", code="MAF0001RAB")

    run(SYSTEM, action)
    return last()


def remind(user_id: int) -> OutgoingMail:
    run(SYSTEM, lambda work: messages.password_reset(work, work.get(User, user_id), "http://localhost:5000/p/SECRET"))
    return last()


def last() -> OutgoingMail:
    newest = select(OutgoingMail).order_by(OutgoingMail.id.desc()).limit(1)
    return look(SYSTEM, lambda work: work.session.scalars(newest).one())


def refusals() -> int:
    noted = select(SecurityLog).where(SecurityLog.event == "mail_events_refused")
    return look(SYSTEM, lambda work: len(list(work.session.scalars(noted))))


def addresses(cast: Cast) -> list[tuple[str, str]]:
    return [(one.email, one.reason) for one in look(cast.awa, suppression.listed)[0]]


# Who may tell


def test_a_wrong_signature_is_refused_and_noted_not_without_end(cast: Cast, signer: Signer, client: TestClient) -> None:
    signature, stamp, body = signer.signed([event("bounce", write(cast.zoe.user_id).uid)], clock.now())
    other, *_ = Signer().signed([], clock.now())

    for wrong in (other, "", "not base64", "AAAA"):
        assert post(client, wrong, stamp, body).status_code == 403
    assert post(client, signature, stamp, body.replace(b"bounce", b"Bounce")).status_code == 403
    assert post(client, signature, stamp + "0", body).status_code == 403
    assert refusals() == 6
    for _ in range(20):
        post(client, "", stamp, body)
    assert refusals() == 20
    assert addresses(cast) == []


@pytest.mark.parametrize("minutes", [-11, 11])
def test_an_old_call_is_not_believed_again(cast: Cast, signer: Signer, client: TestClient, minutes: int) -> None:
    at = clock.now() + timedelta(minutes=minutes)

    assert post(client, *signer.signed([event("bounce", write(cast.zoe.user_id).uid)], at)).status_code == 403
    assert addresses(cast) == []


def test_without_a_public_key_nobody_is_believed(cast: Cast, client: TestClient) -> None:
    assert tell(client, Signer(), event("bounce", write(cast.zoe.user_id).uid)).status_code == 403


def test_a_stranger_site_may_carry_it_since_no_cookie_counts(cast: Cast, signer: Signer, opened) -> None:
    stranger = opened(own=False)

    assert tell(stranger, signer, event("delivered", write(cast.zoe.user_id).uid)).status_code == 204
    assert last().outcome == "delivered"


@pytest.mark.parametrize(
    "said", [{"event": "bounce"}, "nonsense", 7, None], ids=["object", "text", "number", "nothing"]
)
def test_what_is_no_list_is_refused(cast: Cast, signer: Signer, client: TestClient, said: object) -> None:
    assert post(client, *signer.signed(said, clock.now())).status_code == 422


@pytest.mark.parametrize(
    "rubbish",
    [None, 7, [], {}, {"event": "bounce"}, {"event": ["bounce"], "talento_mail_id": "x", "timestamp": 1},
     {"event": "bounce", "talento_mail_id": "x", "timestamp": 10**30}, {"event": "bounce", "talento_mail_id": {},
     "timestamp": True}, {"event": "bounce", "talento_mail_id": "\x00", "timestamp": 1_800_000_000}],
)  # fmt: skip
def test_rubbish_among_events_is_passed_over(cast: Cast, signer: Signer, client: TestClient, rubbish: object) -> None:
    mail = write(cast.zoe.user_id)

    assert tell(client, signer, rubbish, event("delivered", mail.uid)).status_code == 204
    assert last().outcome == "delivered"


@pytest.mark.parametrize("key", ["nonsense", "AAAA", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"])
def test_what_is_no_public_key_is_refused_in_words(cast: Cast, key: str) -> None:
    with pytest.raises(Invalid, match="not a public key"):
        run(cast.awa, changes.change, "sendgrid_events_key", key, revision=0)


# What follows


def test_a_bounce_ends_writing_to_the_address_until_an_admin_lifts_it(
    cast: Cast, signer: Signer, client: TestClient, provider: Provider
) -> None:
    mail = write(cast.zoe.user_id)
    delivery.deliver_due(provider.transport)
    bounced = event("bounce", mail.uid, reason="550 5.1.1 unknown user", type="bounce")
    assert tell(client, signer, bounced).status_code == 204

    assert addresses(cast) == [(ZOE, "bounced")]
    assert (last().outcome, last().problem) == ("bounced", "550 5.1.1 unknown user")
    remind(cast.zoe.user_id)
    assert delivery.deliver_due(provider.transport) == 0
    assert last().status == "suppressed"

    run(cast.awa, suppression.lift, ZOE)
    run(cast.awa, outbox.resend, last().id)
    assert delivery.deliver_due(provider.transport) == 1
    tell(client, signer, bounced)
    assert addresses(cast) == []


def test_only_what_is_about_the_address_ends_writing_to_it(cast: Cast, signer: Signer, client: TestClient) -> None:
    uid = write(cast.zoe.user_id).uid

    tell(client, signer, event("bounce", uid, type="blocked"), event("dropped", uid, reason="Spam Content"))
    tell(client, signer, event("open", uid), event("click", uid), event("bounce", "somebody else's"))
    assert addresses(cast) == []
    tell(client, signer, event("dropped", uid, reason="Bounced Address"))
    assert addresses(cast) == [(ZOE, "dropped")]


def test_whoever_unsubscribed_still_gets_essential_messages(
    cast: Cast, signer: Signer, client: TestClient, provider: Provider
) -> None:
    tell(client, signer, event("unsubscribe", write(cast.zoe.user_id).uid))
    remind(cast.zoe.user_id)
    write(cast.zoe.user_id)

    assert delivery.deliver_due(provider.transport) == 1
    assert provider.heard[0]["content"][0]["value"].count("SECRET") == 1
    assert last().status == "suppressed"


def test_an_event_settles_a_doubt_and_nothing_is_sent_twice(
    cast: Cast, signer: Signer, client: TestClient, provider: Provider, hands: Hands
) -> None:
    provider.answers = [(SILENT, {})]
    mail = write(cast.zoe.user_id)
    delivery.deliver_due(provider.transport)
    assert last().unsure_at is not None

    assert tell(client, signer, event("processed", mail.uid)).status_code == 204

    hands.later(hours=1)
    assert delivery.deliver_due(provider.transport) == 0
    assert (last().status, last().unsure_at, len(provider.heard)) == ("sent", None, 1)


def test_a_later_word_never_makes_it_better(cast: Cast, signer: Signer, client: TestClient) -> None:
    uid = write(cast.zoe.user_id).uid
    tell(client, signer, event("spamreport", uid))
    tell(client, signer, event("delivered", uid))

    assert last().outcome == "complained"
    assert addresses(cast) == [(ZOE, "complained")]


def test_an_admin_keeps_the_list(cast: Cast) -> None:
    assert run(cast.awa, suppression.add, "  Someone@Example.com ") == "someone@example.com"
    with pytest.raises(Conflict):
        run(cast.awa, suppression.add, "someone@example.com")
    with pytest.raises(Invalid):
        run(cast.awa, suppression.add, "nobody\r\nBcc: all@example.com")
    with pytest.raises(NotFound):
        run(cast.awa, suppression.lift, "other@example.com")
    with pytest.raises(NotFound):
        run(cast.awa, suppression.lift, "\x00" * 300)
    assert look(cast.awa, suppression.listed, "no\x00body")[0] == []
    assert [one.email for one in look(cast.awa, suppression.listed, "MEON")[0]] == ["someone@example.com"]
    assert look(cast.awa, suppression.listed, "%")[1] == 0
    for other in (cast.youssef, cast.zoe, VISITOR):
        with pytest.raises(Exception, match="not allowed|sign in") as refused:
            run(other, suppression.add, "x@example.com")
        assert isinstance(refused.value, Forbidden) or other is VISITOR
