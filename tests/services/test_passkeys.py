"""Passkeys: real keys of an authenticator in software open an account alone, or prove a second time. Others do not."""

import json
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from talento import settings
from talento.errors import Conflict, Invalid, NotFound, NotFresh, Refusal, Unauthorized
from talento.models.accounts import Passkey, RecoveryCode, SpentTicket
from talento.models.operations import SecurityLog
from talento.models.security import Alert
from talento.services import accounts, ceremonies, entry, factors, passkeys, recovery, sessions
from talento.services.ceremonies import Question, Reply
from talento.services.entry import Asked, SignedIn
from talento.services.preferences import changes, registry
from talento.services.work import SYSTEM, VISITOR, Actor, Work, look, run
from tests.authenticators import EDDSA, ES256, PRESENT, RS256, VERIFIED, Authenticator, Key, b64, unb64
from tests.conftest import Hands
from tests.factories import PASSWORD, Cast
from tests.services.test_factors import HERE, YOUSSEF, asked, entered, mails, noted, require, sign_in, who, with_app

AWA = "awa@agency.example.com"
BROWSER = "a browser's own cookie, not a session"

on_postgresql = pytest.mark.parametrize("db", ["postgresql"], indirect=True)
"""For what several processes do at once: SQLite lets one write at a time anyway."""


def with_passkey(actor: Actor, device: Authenticator | None = None) -> tuple[Authenticator, list[str]]:
    """A passkey added as its owner does it, and the recovery codes that came with it."""
    device = device or Authenticator()
    codes = passkeys.add(actor, reply=device.create(run(actor, passkeys.to_add)))
    return device, codes


def question(browser: str = BROWSER) -> Question:
    return look(VISITOR, entry.to_sign_in, browser)


def come_in(reply: Reply, browser: str = BROWSER) -> Actor:
    """Somebody who has signed in with a passkey alone."""
    return who(entry.sign_in(HERE, visitor=browser, reply=reply).token)


def views(actor: Actor) -> list[passkeys.PasskeyView]:
    return look(actor, passkeys.mine)


def severities(event: str) -> list[str]:
    def found(work: Work) -> list[str]:
        return list(work.session.scalars(select(SecurityLog.severity).where(SecurityLog.event == event)))

    return look(SYSTEM, found)


def how_many(attempt: Callable[[], object], refusal: type[Refusal]) -> int:
    """How many of two who do the same at the same moment get through."""

    def tried(_: int) -> bool:
        try:
            attempt()
        except refusal:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(tried, range(2)))


# Alone


@pytest.mark.parametrize("alg", [ES256, RS256, EDDSA])
def test_a_passkey_alone_opens_the_account(cast: Cast, alg: int) -> None:
    device, _ = with_passkey(entered(), Authenticator(alg=alg))

    for _ in range(2):
        actor = come_in(device.get(question()))
        assert (actor.user_id, actor.role) == (cast.youssef.user_id, cast.youssef.role)


def test_it_opens_at_once_where_a_second_factor_is_required(cast: Cast) -> None:
    device, _ = with_passkey(entered())
    require(cast.awa)

    assert come_in(device.get(question())).user_id == cast.youssef.user_id


def test_the_session_is_a_fresh_proof_and_is_remembered_when_asked(cast: Cast) -> None:
    zoe = entered("zoe@agency.example.com")
    device, _ = with_passkey(zoe)

    signed = entry.sign_in(HERE, visitor=BROWSER, reply=device.get(question()), is_remembered=True)

    assert signed.lasts is not None
    run(who(signed.token), accounts.is_fresh)


def test_a_device_is_asked_to_keep_the_key_to_verify_its_owner_and_to_tell_nothing_of_itself(cast: Cast) -> None:
    youssef = entered()
    device, _ = with_passkey(youssef)

    options = run(youssef, passkeys.to_add).options

    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["attestation"] == "none"
    assert [one["alg"] for one in options["pubKeyCredParams"]] == [-7, -257, -8]
    assert options["rp"] == {"name": "Talento", "id": "localhost"}
    assert [unb64(one["id"]) for one in options["excludeCredentials"]] == [device.keys[0].id]
    assert question().options["userVerification"] == "required"


def test_what_a_device_calls_the_account_tells_nobody_whose_it_is(cast: Cast) -> None:
    user = run(entered(), passkeys.to_add).options["user"]

    handle = unb64(user["id"])
    assert len(handle) == 16
    assert handle == unb64(run(entered(), passkeys.to_add).options["user"]["id"])
    assert str(cast.youssef.user_id) != handle.hex()
    assert YOUSSEF.encode() not in handle


def test_a_visitor_is_asked_without_any_name_of_a_key(cast: Cast) -> None:
    with_passkey(entered())

    assert question().options.get("allowCredentials") == []


# What is no answer

WRONG_ANSWERS = {
    "of another origin": {"origin": "https://evil.example"},
    "of this host on another port": {"origin": "http://localhost:5001"},
    "for another site": {"rp": "evil.example"},
    "without verifying the owner": {"without": VERIFIED},
    "without the owner": {"without": PRESENT},
    "to another challenge": {"challenge": b"c" * 32},
    "to no challenge": {"challenge": b""},
}
WRONG_KEYS = WRONG_ANSWERS | {
    "a signature, not a key": {"kind": "webauthn.get"},
    "with a certificate that was not asked for": {"is_attested": True},
    "of another format": {"fmt": "tpm"},
    "an empty key": {"cose": b""},
    "no key at all": {"cose": b"\xff\xff"},
    "a point on no curve": {"cose": Key().cose[:-32] + b"\x01" * 32},
    "an endless name": {"id": b"x" * 1024},
}
WRONG_SIGNATURES = WRONG_ANSWERS | {
    "a key, not a signature": {"kind": "webauthn.create"},
    "signed by another key": {"signer": Key()},
    "for another account": {"handle": b"h" * 16},
    "for nobody": {"handle": b""},
    "of a key that nobody knows": {"key": Key(handle=b"h" * 16)},
}


@pytest.mark.parametrize("wrong", WRONG_KEYS)
def test_a_new_key_is_refused_that_comes(cast: Cast, wrong: str) -> None:
    youssef = entered()
    reply = Authenticator().create(run(youssef, passkeys.to_add), **WRONG_KEYS[wrong])

    with pytest.raises(Invalid):
        passkeys.add(youssef, reply=reply)

    assert views(youssef) == []
    assert look(youssef, factors.mine).codes_left == 0


@pytest.mark.parametrize(
    "device",
    [
        Authenticator(alg=RS256, bits=1024),
        Authenticator(alg=ES256, curve=ec.SECP384R1()),
        Authenticator(alg=-36),
    ],
    ids=["a short RSA key", "another curve", "another algorithm"],
)
def test_a_weak_or_foreign_key_is_refused(cast: Cast, device: Authenticator) -> None:
    with pytest.raises(Invalid):
        with_passkey(entered(), device)


@pytest.mark.parametrize("wrong", WRONG_SIGNATURES)
def test_an_answer_opens_nothing_that_is(cast: Cast, wrong: str) -> None:
    device, _ = with_passkey(entered())
    reply = device.get(question(), **WRONG_SIGNATURES[wrong])

    with pytest.raises(Invalid, match="not accepted here"):
        entry.sign_in(HERE, visitor=BROWSER, reply=reply)

    assert "passkey_refused" in noted()


def test_the_answer_does_not_tell_who_exists(cast: Cast) -> None:
    device, _ = with_passkey(entered())
    stranger = device.get(question(), key=Key(handle=device.keys[0].handle))
    forged = device.get(question(), signer=Key())
    of_suspended = device.get(question())
    run(cast.awa, accounts.suspend, cast.youssef.user_id)

    said = set()
    for reply in (stranger, forged, of_suspended):
        with pytest.raises(Refusal) as refusal:
            entry.sign_in(HERE, visitor=BROWSER, reply=reply)
        said.add((type(refusal.value), str(refusal.value), refusal.value.field))
    assert len(said) == 1


def test_a_suspended_account_stays_shut(cast: Cast) -> None:
    device, _ = with_passkey(entered())
    run(cast.awa, accounts.suspend, cast.youssef.user_id)

    with pytest.raises(Invalid):
        come_in(device.get(question()))
    run(cast.awa, accounts.reactivate, cast.youssef.user_id)
    assert come_in(device.get(question())).user_id == cast.youssef.user_id


def test_a_key_that_was_moved_to_another_account_opens_neither(cast: Cast) -> None:
    device, _ = with_passkey(entered())
    run(SYSTEM, lambda work: work.session.execute(update(Passkey).values(user_id=cast.awa.user_id)))

    with pytest.raises(Invalid):
        come_in(device.get(question()))


RUBBISH = st.one_of(
    st.text(max_size=60),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=30)),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
        max_leaves=6,
    ).map(json.dumps),
)


@given(said=RUBBISH, at=st.integers(0, 400), other=st.characters(codec="ascii"))
@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_whatever_is_sent_is_refused_in_words(cast: Cast, said: str, at: int, other: str) -> None:
    challenge, key = os.urandom(32), Key(handle=b"h" * 16)
    device, asks = Authenticator(), Question("", {"rpId": "localhost", "challenge": b64(challenge)})
    making = Question("", {"rp": {"id": "localhost"}, "user": {"id": b64(b"h" * 16)}, "challenge": b64(challenge)})
    made, signed = device.create(making).credential, device.get(asks, key=key).credential

    for text in (said, made[:at] + other + made[at + 1 :], signed[:at] + other + signed[at + 1 :]):
        ceremonies.made(text, challenge)
        ceremonies.shown(text)
        ceremonies.signed(text, challenge, b64(key.cose))
    inner = json.loads(made)
    blob = bytearray(unb64(inner["response"]["attestationObject"]))
    blob[at % len(blob)] ^= ord(other) or 1
    inner["response"]["attestationObject"] = b64(bytes(blob))
    ceremonies.made(json.dumps(inner), challenge)


# Once, soon, here, and for that


def test_an_answer_counts_once(cast: Cast) -> None:
    device, _ = with_passkey(entered(), Authenticator(counts=False))
    reply = device.get(question())
    come_in(reply)

    with pytest.raises(Unauthorized):
        come_in(reply)


def test_twin_without_the_spent_ticket_it_counts_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    device, _ = with_passkey(entered(), Authenticator(counts=False))
    reply = device.get(question())
    monkeypatch.setattr(ceremonies, "_spend", lambda work, ticket, until: True)

    assert come_in(reply).user_id == come_in(reply).user_id == cast.youssef.user_id


def test_a_refused_answer_is_spent_too(cast: Cast) -> None:
    device, _ = with_passkey(entered(), Authenticator(counts=False))
    asks = question()
    with pytest.raises(Invalid):
        come_in(device.get(asks, without=VERIFIED))

    with pytest.raises(Unauthorized):
        come_in(device.get(asks))


def test_two_with_one_answer_at_once_let_one_in(cast: Cast) -> None:
    device, _ = with_passkey(entered(), Authenticator(counts=False))
    reply = device.get(question())

    assert how_many(lambda: entry.sign_in(HERE, visitor=BROWSER, reply=reply), Unauthorized) == 1


def test_twin_without_the_spent_ticket_both_get_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    device, _ = with_passkey(entered(), Authenticator(counts=False))
    reply = device.get(question())
    monkeypatch.setattr(ceremonies, "_spend", lambda work, ticket, until: True)

    assert how_many(lambda: entry.sign_in(HERE, visitor=BROWSER, reply=reply), Unauthorized) == 2


def test_five_minutes_later_a_question_is_over(cast: Cast, hands: Hands) -> None:
    device, _ = with_passkey(entered())
    in_time, late = question(), question()
    hands.later(seconds=299)
    come_in(device.get(in_time))
    hands.later(seconds=2)

    with pytest.raises(Unauthorized):
        come_in(device.get(late))


def test_a_ticket_is_not_prolonged_nor_made_up(cast: Cast, hands: Hands) -> None:
    device, _ = with_passkey(entered())
    asks = question()
    nonce, until = asks.ticket.split(".")
    hands.later(minutes=4)
    reply = device.get(asks)

    with pytest.raises(Invalid):
        come_in(replace(reply, ticket=f"{nonce}.{int(until) + 60}"))
    for ticket in ("", "x", f"{nonce}.", f"{nonce}.{int(until) + 86_400}", f"{nonce}.٤٤٤٤٤٤٤٤٤٤", "x" * 5000):
        with pytest.raises(Unauthorized):
            come_in(replace(reply, ticket=ticket))


def test_another_browser_cannot_use_the_answer(cast: Cast) -> None:
    device, _ = with_passkey(entered())

    with pytest.raises(Invalid):
        come_in(device.get(question()), browser="another browser's cookie")
    with pytest.raises(Unauthorized):
        come_in(device.get(question("")), browser="")


def test_an_answer_for_one_thing_is_none_for_another(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    device, _ = with_passkey(youssef)
    token = asked()
    to_answer, to_confirm = look(HERE, entry.to_answer, token), look(youssef, accounts.to_confirm)

    for wrong in (to_answer, to_confirm):
        with pytest.raises(Invalid):
            come_in(device.get(wrong))
    with pytest.raises(Invalid):
        entry.answer_with_passkey(HERE, token=token, reply=device.get(look(youssef, accounts.to_confirm)))
    with pytest.raises(Invalid):
        accounts.confirm_with_passkey(youssef, reply=device.get(question()))


def test_answered_questions_are_forgotten_when_they_could_no_longer_count(cast: Cast, hands: Hands) -> None:
    device, _ = with_passkey(entered())
    for _ in range(3):
        come_in(device.get(question()))
        hands.later(minutes=6)
    come_in(device.get(question()))

    assert len(look(SYSTEM, lambda work: list(work.session.scalars(select(SpentTicket))))) == 1


# The counter


@pytest.mark.parametrize("count", [1, 0])
def test_a_counter_that_does_not_grow_is_refused_noted_and_mailed(cast: Cast, count: int) -> None:
    youssef = entered()
    device, _ = with_passkey(youssef)
    come_in(device.get(question()))

    with pytest.raises(Invalid, match="not accepted here"):
        come_in(device.get(question(), count=count))

    assert severities("passkey_copied") == ["critical"]
    assert [alert.rule for alert in look(SYSTEM, lambda work: list(work.session.scalars(select(Alert))))] == ["copied"]
    assert mails(youssef) == ["factor_changed", "factor_changed"]


def test_twin_without_the_counter_a_copy_gets_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    device, _ = with_passkey(entered())
    come_in(device.get(question()))
    monkeypatch.setattr(passkeys, "_count", lambda work, key, count: True)

    assert come_in(device.get(question(), count=1)).user_id == cast.youssef.user_id


def test_nobody_without_the_key_raises_that_alarm(cast: Cast) -> None:
    device, _ = with_passkey(entered())
    come_in(device.get(question()))

    with pytest.raises(Invalid):
        come_in(device.get(question(), count=0, signer=Key()))

    assert severities("passkey_copied") == []


def test_a_key_that_does_not_count_is_fine(cast: Cast) -> None:
    device, _ = with_passkey(entered(), Authenticator(counts=False))

    assert come_in(device.get(question())).user_id == come_in(device.get(question())).user_id
    assert views(come_in(device.get(question())))[0].is_synced


def test_the_largest_counter_fits(cast: Cast) -> None:
    device, _ = with_passkey(entered())

    come_in(device.get(question(), count=2**32 - 1))


# Instead of a code


def test_after_the_password_a_passkey_does_instead_of_a_code(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    device, _ = with_passkey(youssef)
    token = asked()
    assert look(HERE, entry.ways, token) == factors.Held(has_app=False, passkeys=1)

    asks = look(HERE, entry.to_answer, token)

    assert [unb64(one["id"]) for one in asks.options["allowCredentials"]] == [device.keys[0].id]
    assert asks.options["allowCredentials"][0]["transports"] == ["hybrid", "internal"]
    signed = entry.answer_with_passkey(HERE, token=token, reply=device.get(asks))
    assert who(signed.token).user_id == cast.youssef.user_id
    with pytest.raises(Unauthorized):
        look(HERE, entry.to_answer, token)


def test_app_and_passkey_do_equally(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    app, _ = with_app(youssef, hands)
    device, _ = with_passkey(youssef)
    assert look(HERE, entry.ways, asked()) == factors.Held(has_app=True, passkeys=1)

    first, second = asked(), asked()

    assert entry.answer(HERE, token=first, code=app.code()).token
    assert entry.answer_with_passkey(HERE, token=second, reply=device.get(look(HERE, entry.to_answer, second))).token


def test_another_account_s_passkey_is_no_second_proof(cast: Cast) -> None:
    theirs, _ = with_passkey(entered(AWA))
    with_passkey(entered())
    token = asked()
    asks = look(HERE, entry.to_answer, token)

    with pytest.raises(Invalid):
        entry.answer_with_passkey(HERE, token=token, reply=theirs.get(asks, key=theirs.keys[0]))


def test_wrong_codes_do_not_keep_out_whoever_holds_a_passkey(cast: Cast, hands: Hands) -> None:
    device, _ = with_passkey(entered())
    token = asked()
    for _ in range(5):
        with pytest.raises(Invalid):
            entry.answer(HERE, token=token, code="000000")

    assert entry.answer_with_passkey(HERE, token=token, reply=device.get(look(HERE, entry.to_answer, token))).token


def test_a_recovery_code_opens_for_who_has_only_passkeys(cast: Cast) -> None:
    _, codes = with_passkey(entered())

    assert entry.answer(HERE, token=asked(), code=codes[0]).token


def test_nobody_without_a_passkey_is_asked_for_one(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    with_app(youssef, hands)

    with pytest.raises(Conflict):
        look(HERE, entry.to_answer, asked())
    assert look(youssef, accounts.to_confirm) is None


# Required


def test_who_has_a_passkey_need_not_set_up_an_app(cast: Cast) -> None:
    with_passkey(entered())
    require(cast.awa)

    found = sign_in()

    assert isinstance(found, Asked) and not found.must_enroll


def test_who_must_have_a_second_factor_may_make_a_passkey_on_the_way_in(cast: Cast) -> None:
    require(cast.awa)
    found = sign_in()
    assert isinstance(found, Asked) and found.must_enroll
    device = Authenticator()

    reply = device.create(look(HERE, entry.to_enroll, found.token))
    signed, codes = entry.enroll_passkey(HERE, token=found.token, reply=reply)

    assert who(signed.token).user_id == cast.youssef.user_id
    assert len(codes) == recovery.COUNT
    assert come_in(device.get(question())).user_id == cast.youssef.user_id


def test_making_one_on_the_way_in_is_no_way_around_one_that_is_there(cast: Cast) -> None:
    require(cast.awa)
    first, second = sign_in(), sign_in()
    assert isinstance(first, Asked) and isinstance(second, Asked)
    thief = Authenticator()
    waiting = thief.create(look(HERE, entry.to_enroll, second.token))
    entry.enroll_passkey(
        HERE, token=first.token, reply=Authenticator().create(look(HERE, entry.to_enroll, first.token))
    )

    with pytest.raises(Unauthorized):
        look(HERE, entry.to_enroll, second.token)
    with pytest.raises(Unauthorized):
        entry.enroll_passkey(HERE, token=second.token, reply=waiting)


def test_the_last_one_stays_where_one_is_required(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    with_passkey(youssef)
    with_app(youssef, hands)
    require(cast.awa)

    run(youssef, factors.drop_app)
    with pytest.raises(Conflict):
        run(youssef, passkeys.remove, views(youssef)[0].id)

    assert look(youssef, factors.mine).has_passkey


def removed_at_once(youssef: Actor) -> int:
    """How many of two passkeys are left when both are removed at the same moment."""
    ids = [view.id for view in views(youssef)]

    def remove(passkey_id: int) -> None:
        try:
            run(youssef, passkeys.remove, passkey_id)
        except Conflict:
            return

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(remove, ids))
    return len(views(youssef))


@on_postgresql
def test_two_removed_at_once_leave_one_where_one_is_required(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    youssef = with_two(cast)
    monkeypatch.setattr(factors, "held", slowly(factors.held))

    assert removed_at_once(youssef) == 1


@on_postgresql
def test_twin_without_taking_turns_none_is_left(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    youssef = with_two(cast)
    monkeypatch.setattr(factors, "held_alone", slowly(factors.held))

    assert removed_at_once(youssef) == 0


def with_two(cast: Cast) -> Actor:
    youssef = entered()
    with_passkey(youssef)
    with_passkey(youssef)
    require(cast.awa)
    return youssef


def slowly(held: Callable[[Work, int], factors.Held]) -> Callable[[Work, int], factors.Held]:
    def counted(work: Work, user_id: int) -> factors.Held:
        found = held(work, user_id)
        time.sleep(0.3)
        return found

    return counted


# Changing them


def test_recovery_codes_come_with_the_first_and_go_with_the_last(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    _, first = with_passkey(youssef)
    _, second = with_passkey(youssef)
    _, of_app = with_app(youssef, hands)

    assert (len(first), second, of_app) == (recovery.COUNT, [], [])
    assert look(youssef, factors.mine).codes_left == recovery.COUNT
    run(youssef, factors.drop_app)
    for view in views(youssef):
        run(youssef, passkeys.remove, view.id)
    assert look(youssef, factors.mine) == factors.FactorView()
    assert look(SYSTEM, lambda work: list(work.session.scalars(select(RecoveryCode)))) == []
    assert isinstance(sign_in(), SignedIn)


def test_each_change_is_noted_and_mailed_and_ends_other_sessions(cast: Cast) -> None:
    elsewhere, youssef = entered(), entered()
    with_passkey(youssef)

    assert [view.id for view in look(youssef, sessions.mine)] == [youssef.session_id]
    assert elsewhere.session_id != youssef.session_id
    with_passkey(youssef)
    run(youssef, passkeys.rename, views(youssef)[0].id, "My phone")
    run(youssef, passkeys.remove, views(youssef)[0].id)
    run(youssef, passkeys.remove, views(youssef)[0].id)

    told = [event for event in noted() if event.startswith(("passkey", "factor"))]
    assert told == ["passkey_added"] * 2 + ["passkey_renamed"] + ["passkey_removed"] * 2 + ["factor_off"]
    assert mails(youssef) == ["factor_changed"] * 4


def test_a_removed_passkey_opens_nothing(cast: Cast) -> None:
    youssef = entered()
    device, _ = with_passkey(youssef)
    with_passkey(youssef)
    run(youssef, passkeys.remove, views(youssef)[0].id)

    with pytest.raises(Invalid):
        come_in(device.get(question()))


def test_a_key_is_added_once_whoever_has_it(cast: Cast) -> None:
    youssef, awa = entered(), entered(AWA)
    device, _ = with_passkey(youssef)
    known = device.keys[0].id

    for actor in (awa, youssef):
        with pytest.raises(Conflict):
            passkeys.add(actor, reply=Authenticator().create(run(actor, passkeys.to_add), id=known))

    assert views(awa) == []
    assert come_in(device.get(question())).user_id == cast.youssef.user_id


def test_each_says_what_made_it_and_when_it_was_used(cast: Cast, hands: Hands) -> None:
    youssef = replace(entered(), agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
    device, _ = with_passkey(youssef)
    hands.later(minutes=3)
    come_in(device.get(question()))

    view = views(youssef)[0]

    assert (view.name, view.is_synced) == ("Firefox, Linux", False)
    assert view.used_at is not None and (view.used_at - view.created_at).total_seconds() == 180


@pytest.mark.parametrize(
    ("said", "kept"), [("  My   phone ", "My phone"), ("<b>x</b>", "<b>x</b>"), ("é" * 80, "é" * 60)]
)
def test_a_name_is_one_line_of_sixty_characters(cast: Cast, said: str, kept: str) -> None:
    youssef = entered()
    with_passkey(youssef)

    run(youssef, passkeys.rename, views(youssef)[0].id, said)

    assert views(youssef)[0].name == kept
    for empty in ("", "   ", "\0"):
        with pytest.raises(Invalid):
            run(youssef, passkeys.rename, views(youssef)[0].id, empty)


def test_nobody_touches_somebody_else_s_passkey(cast: Cast) -> None:
    youssef, awa = entered(), entered(AWA)
    with_passkey(youssef)
    passkey_id = views(youssef)[0].id

    for change in (lambda: run(awa, passkeys.remove, passkey_id), lambda: run(awa, passkeys.rename, passkey_id, "x")):
        with pytest.raises(NotFound):
            change()

    assert len(views(youssef)) == 1


def test_ten_minutes_after_signing_in_every_change_asks_again(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    device, _ = with_passkey(youssef)
    passkey_id = views(youssef)[0].id
    waiting = Authenticator().create(run(youssef, passkeys.to_add))
    hands.later(minutes=10)

    with pytest.raises(NotFresh):
        run(youssef, passkeys.to_add)
    with pytest.raises(NotFresh):
        passkeys.add(youssef, reply=waiting)
    with pytest.raises(NotFresh):
        run(youssef, passkeys.rename, passkey_id, "x")
    with pytest.raises(NotFresh):
        run(youssef, passkeys.remove, passkey_id)
    accounts.confirm_with_passkey(youssef, reply=device.get(look(youssef, accounts.to_confirm)))
    run(youssef, passkeys.remove, passkey_id)


def test_a_passkey_proves_for_the_session_that_was_asked_and_for_its_owner(cast: Cast, hands: Hands) -> None:
    youssef, awa = entered(), entered(AWA)
    device, _ = with_passkey(youssef)
    theirs, _ = with_passkey(awa)
    there = come_in(device.get(question()))
    hands.later(minutes=11)
    asks = look(youssef, accounts.to_confirm)

    with pytest.raises(Invalid):
        accounts.confirm_with_passkey(there, reply=device.get(asks))
    with pytest.raises(Invalid):
        accounts.confirm_with_passkey(youssef, reply=theirs.get(look(youssef, accounts.to_confirm), key=theirs.keys[0]))
    with pytest.raises(NotFresh):
        run(there, passkeys.to_add)


def test_there_is_an_end_to_how_many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    youssef = entered()
    monkeypatch.setattr(passkeys, "MOST", 2)
    with_passkey(youssef)
    with_passkey(youssef)

    with pytest.raises(Conflict):
        with_passkey(youssef)


def test_an_admin_and_the_operator_take_everything_away(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    device, _ = with_passkey(youssef)
    run(entered(AWA), factors.remove_for, youssef.user_id)
    with pytest.raises(Invalid):
        come_in(device.get(question()))
    youssef = entered()
    device, _ = with_passkey(youssef)

    assert run(SYSTEM, factors.remove_of, YOUSSEF)

    with pytest.raises(Invalid):
        come_in(device.get(question()))
    assert isinstance(sign_in(), SignedIn)


def test_passkeys_open_and_are_added_while_the_site_is_read_only(cast: Cast) -> None:
    zoe = entered("zoe@agency.example.com")
    device, _ = with_passkey(zoe)
    run(cast.awa, changes.change, registry.READ_ONLY.key, "true", revision=0)

    assert come_in(device.get(question())).user_id == zoe.user_id
    with_passkey(zoe)


def test_a_new_password_leaves_passkeys_alone(cast: Cast) -> None:
    youssef = entered()
    device, _ = with_passkey(youssef)

    accounts.change_password(youssef, current=PASSWORD, new="purple lantern above the harbour")

    assert come_in(device.get(question())).user_id == cast.youssef.user_id


def test_a_visitor_and_a_tablet_have_none(cast: Cast) -> None:
    for actor in (VISITOR, replace(VISITOR, device_id=1)):
        for action in (passkeys.mine, passkeys.to_add, accounts.to_confirm):
            with pytest.raises(Refusal):
                run(actor, action)


# The address of the site


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://talento.example", "talento.example"),
        ("https://cast.talento.example:8443/", "cast.talento.example"),
        ("http://localhost:5000", "localhost"),
        ("http://talento.localhost", "talento.localhost"),
        ("http://talento.example", ""),
        ("http://127.0.0.1:5000", ""),
        ("https://192.0.2.7", ""),
        ("https://[2001:db8::7]:8443", ""),
    ],
)
def test_keys_need_a_name_and_https(monkeypatch: pytest.MonkeyPatch, address: str, host: str) -> None:
    monkeypatch.setenv("PUBLIC_URL", address)
    settings.settings.cache_clear()

    try:
        assert ceremonies.host() == host
        assert ceremonies.origin() == (address.rstrip("/") if host else "")
    finally:
        monkeypatch.undo()
        settings.settings.cache_clear()


@pytest.fixture
def at_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ceremonies, "host", lambda: "")


def test_without_a_name_passkeys_are_refused_in_words(cast: Cast, at_an_address: None) -> None:
    for ask in (lambda: question(), lambda: run(entered(), passkeys.to_add)):
        with pytest.raises(Conflict, match="address of the site"):
            ask()


def test_a_moved_site_no_longer_takes_its_keys(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    device, _ = with_passkey(entered())
    asks = question()
    monkeypatch.setattr(ceremonies, "host", lambda: "talento.example")

    with pytest.raises(Invalid):
        come_in(device.get(asks))
