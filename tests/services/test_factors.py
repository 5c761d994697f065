"""Second factors: codes of an app count once, recovery codes too, and the password alone opens nothing any more."""

from base64 import b32decode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import select, update

from talento import clock, settings
from talento.errors import Conflict, Forbidden, Invalid, NotFresh, TooMany, Unauthorized
from talento.models.accounts import Entry, Factor, RecoveryCode
from talento.models.accounts import Session as SessionRow
from talento.models.operations import OutgoingMail, SecurityLog
from talento.services import accounts, encryption, entry, factors, rotation, sessions
from talento.services.entry import Asked, SignedIn
from talento.services.preferences import changes, registry
from talento.services.work import SYSTEM, VISITOR, Actor, Work, look, run
from talento.vocabulary.permissions import Role
from tests import factories
from tests.conftest import Hands
from tests.factories import PASSWORD, Cast

YOUSSEF = "youssef@agency.example.com"
HERE = Actor(ip="192.0.2.1", agent="Firefox")


class App:
    """What somebody holds in their hand."""

    def __init__(self, key: str) -> None:
        self._totp = TOTP(b32decode(key), 6, SHA1(), 30)

    def code(self, **shift: float) -> str:
        return self._totp.generate(int(clock.now().timestamp() + shift.get("seconds", 0))).decode()


def sign_in(identifier: str = YOUSSEF, *, here: Actor = HERE) -> SignedIn | Asked:
    return accounts.sign_in(here, identifier=identifier, password=PASSWORD)


def who(token: str) -> Actor:
    sessions.forget_cached()
    return sessions.actor(token, HERE.ip, HERE.agent)


def entered(identifier: str = YOUSSEF) -> Actor:
    """Somebody in front of a browser that has just signed in."""
    signed = sign_in(identifier)
    assert isinstance(signed, SignedIn)
    return who(signed.token)


def with_app(actor: Actor, hands: Hands) -> tuple[App, list[str]]:
    """An app set up as its owner does it; its next code is not used yet."""
    app = App(run(actor, factors.enroll).key)
    codes = factors.turn_on(actor, code=app.code())
    hands.later(seconds=60)
    return app, codes


def asked(identifier: str = YOUSSEF, here: Actor = HERE) -> str:
    """The token of a browser whose password was right."""
    found = sign_in(identifier, here=here)
    assert isinstance(found, Asked) and not found.must_enroll
    return found.token


def require(admin: Actor) -> None:
    run(admin, changes.change, registry.FACTOR_REQUIRED.key, "true", revision=0)


def mails(actor: Actor) -> list[str]:
    def kinds(work: Work) -> list[str]:
        return list(work.session.scalars(select(OutgoingMail.kind).where(OutgoingMail.user_id == actor.user_id)))

    return look(SYSTEM, kinds)


def noted() -> list[str]:
    return look(SYSTEM, lambda work: list(work.session.scalars(select(SecurityLog.event).order_by(SecurityLog.id))))


# An app


def test_the_password_alone_gives_no_session_once_there_is_an_app(cast: Cast, hands: Hands) -> None:
    app, _ = with_app(entered(), hands)

    token = asked()

    assert who(token).user_id is None
    assert who(entry.answer(HERE, token=token, code=app.code()).token).user_id == cast.youssef.user_id


def test_the_address_in_the_picture_is_what_apps_understand(cast: Cast) -> None:
    made = run(entered(), factors.enroll)

    address = urlsplit(made.address)
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert parse_qs(address.query)["secret"] == [made.key]
    assert parse_qs(address.query)["issuer"] == ["Talento"]
    assert made.picture.startswith("data:image/svg+xml;base64,")


def test_an_app_counts_only_once_a_code_of_it_was_typed(cast: Cast) -> None:
    youssef = entered()
    run(youssef, factors.enroll)

    with pytest.raises(Invalid):
        factors.turn_on(youssef, code="000000")

    assert isinstance(sign_in(), SignedIn)


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_clock_that_is_half_a_minute_off_is_forgiven(cast: Cast, hands: Hands, seconds: int) -> None:
    app, _ = with_app(entered(), hands)

    assert entry.answer(HERE, token=asked(), code=app.code(seconds=seconds)).token


@pytest.mark.parametrize("seconds", [-90, -60, 60, 90])
def test_a_code_of_another_time_is_refused(cast: Cast, hands: Hands, seconds: int) -> None:
    app, _ = with_app(entered(), hands)
    hands.later(seconds=60)

    with pytest.raises(Invalid, match="not right"):
        entry.answer(HERE, token=asked(), code=app.code(seconds=seconds))


@pytest.mark.parametrize("code", ["", "12345", "1234567", "٠١٢٣٤٥", "-12345", "1e5000", "\0" * 6, "x" * 2000, "²²²²²²"])
def test_rubbish_is_a_wrong_code(cast: Cast, hands: Hands, code: str) -> None:
    with_app(entered(), hands)

    with pytest.raises(Invalid):
        entry.answer(HERE, token=asked(), code=code)


def test_a_code_may_be_typed_with_a_space(cast: Cast, hands: Hands) -> None:
    app, _ = with_app(entered(), hands)
    code = app.code()

    assert entry.answer(HERE, token=asked(), code=f" {code[:3]} {code[3:]} ").token


def test_a_code_counts_once_and_an_older_one_no_more(cast: Cast, hands: Hands) -> None:
    app, _ = with_app(entered(), hands)
    entry.answer(HERE, token=asked(), code=app.code())

    for seconds in (0, -30):
        with pytest.raises(Invalid):
            entry.answer(HERE, token=asked(), code=app.code(seconds=seconds))


def both_in(app: App) -> int:
    """How many of two browsers get in that send one code at the same moment."""
    tokens, code = [asked(), asked()], app.code()

    def answer(token: str) -> bool:
        try:
            entry.answer(HERE, token=token, code=code)
        except Invalid:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(answer, tokens))


def test_one_code_sent_by_two_at_once_lets_one_in(cast: Cast, hands: Hands) -> None:
    app, _ = with_app(entered(), hands)

    assert both_in(app) == 1


def test_twin_without_the_last_step_both_get_in(cast: Cast, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    app, _ = with_app(entered(), hands)
    monkeypatch.setattr(factors, "_take_step", lambda work, factor, step: True)

    assert both_in(app) == 2


def test_five_wrong_codes_make_even_the_right_one_wait(cast: Cast, hands: Hands) -> None:
    app, _ = with_app(entered(), hands)
    for _ in range(5):
        with pytest.raises(Invalid):
            entry.answer(HERE, token=asked(), code="000000")

    token = asked()
    with pytest.raises(TooMany) as refusal:
        entry.answer(HERE, token=token, code=app.code())
    assert refusal.value.retry_after > 0
    hands.later(seconds=31)
    assert entry.answer(HERE, token=token, code=app.code()).token


def test_wrong_codes_sent_all_at_once_are_all_counted(cast: Cast, hands: Hands) -> None:
    with_app(entered(), hands)
    token = asked()

    def guess(n: int) -> type[Exception]:
        try:
            entry.answer(Actor(ip=f"192.0.2.{n}"), token=token, code=f"{n:06d}")
        except (Invalid, TooMany) as refusal:
            return type(refusal)
        raise AssertionError

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(guess, range(24)))

    assert outcomes.count(Invalid) == 5
    assert outcomes.count(TooMany) == 19


# Between the password and the session


def test_a_browser_has_ten_minutes_and_one_use(cast: Cast, hands: Hands) -> None:
    app, _ = with_app(entered(), hands)
    late, used = asked(), asked()
    entry.answer(HERE, token=used, code=app.code())
    hands.later(minutes=11)

    for token in (late, used, "", "nonsense", "x" * 5000):
        with pytest.raises(Unauthorized):
            entry.answer(HERE, token=token, code=app.code())


def test_what_waits_for_a_code_ends_with_a_new_password_or_a_suspension(cast: Cast, hands: Hands) -> None:
    app, _ = with_app(entered(), hands)
    before = asked()

    def link(work: Work) -> str:
        return accounts.new_link(work, work.get(accounts.User, cast.youssef.user_id), accounts.Purpose.RESET)

    token = run(SYSTEM, link).rsplit("/", 1)[-1]
    accounts.set_password(VISITOR, token=token, password="purple lantern above the harbour")
    after = accounts.sign_in(HERE, identifier=YOUSSEF, password="purple lantern above the harbour")

    assert isinstance(after, Asked), "a link to choose a password is no way around the second factor"
    run(cast.awa, accounts.suspend, cast.youssef.user_id)
    for waiting in (before, after.token):
        with pytest.raises(Unauthorized):
            entry.answer(HERE, token=waiting, code=app.code())


def test_the_token_is_kept_as_a_hash_and_the_seed_sealed(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    key = run(youssef, factors.enroll).key
    factors.turn_on(youssef, code=App(key).code())
    token = asked()

    def stored(work: Work) -> str:
        rows = [*work.session.scalars(select(Entry)), *work.session.scalars(select(Factor))]
        return " ".join(str(row.model_dump()) for row in [*rows, *work.session.scalars(select(RecoveryCode))])

    kept = look(SYSTEM, stored)
    assert token not in kept
    assert key not in kept


def test_a_seed_moved_to_another_account_is_refused(cast: Cast, hands: Hands) -> None:
    app, _ = with_app(entered(), hands)
    with_app(entered("awa@agency.example.com"), hands)

    def move(work: Work) -> None:
        mine = select(Factor.secret).where(Factor.user_id == cast.youssef.user_id)
        work.session.execute(
            update(Factor).where(Factor.user_id == cast.awa.user_id).values(secret=mine.scalar_subquery())
        )

    run(SYSTEM, move)
    with pytest.raises(encryption.Unreadable):
        entry.answer(HERE, token=asked("awa@agency.example.com"), code=app.code())


def test_a_seed_and_codes_move_to_a_new_key(cast: Cast, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    app, codes = with_app(entered(), hands)
    old, new = settings.settings().encryption_key, settings.new_fernet_key()
    for keys in (f"{new},{old}", new):
        monkeypatch.setenv("ENCRYPTION_KEY", keys)
        settings.settings.cache_clear()
        encryption.keyring.cache_clear()
        rotation.rotate()

        assert entry.answer(HERE, token=asked(), code=app.code()).token
        assert entry.answer(HERE, token=asked(), code=codes.pop()).token
        hands.later(seconds=60)
    monkeypatch.undo()
    settings.settings.cache_clear()
    encryption.keyring.cache_clear()


# Recovery codes


def test_each_of_ten_recovery_codes_opens_once(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    _, codes = with_app(youssef, hands)
    assert len(set(codes)) == 10

    for number, code in enumerate(codes):
        shown = code.upper().replace("-", " ") if number % 2 else code
        here = Actor(ip=f"192.0.2.{number}")
        assert entry.answer(here, token=asked(here=here), code=shown).token
    with pytest.raises(Invalid):
        entry.answer(HERE, token=asked(), code=codes[0])

    assert look(youssef, factors.mine).codes_left == 0
    assert noted().count("recovery_used") == 10
    assert mails(youssef).count("factor_changed") == 11


def test_one_recovery_code_sent_by_two_at_once_lets_one_in(cast: Cast, hands: Hands) -> None:
    _, codes = with_app(entered(), hands)
    tokens = [asked(), asked()]

    def answer(token: str) -> bool:
        try:
            return bool(entry.answer(HERE, token=token, code=codes[0]))
        except Invalid:
            return False

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(answer, tokens)) == 1


def test_new_recovery_codes_end_the_former(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    _, codes = with_app(youssef, hands)

    fresh = run(youssef, factors.renew)

    with pytest.raises(Invalid):
        entry.answer(HERE, token=asked(), code=codes[0])
    assert entry.answer(HERE, token=asked(), code=fresh[0]).token


def test_a_recovery_code_opens_while_the_site_is_read_only(cast: Cast, hands: Hands) -> None:
    zoe = entered("zoe@agency.example.com")
    _, codes = with_app(zoe, hands)
    run(cast.awa, changes.change, registry.READ_ONLY.key, "true", revision=0)

    assert entry.answer(HERE, token=asked("zoe@agency.example.com"), code=codes[0]).token
    assert "recovery_used" in noted()


# Changing it


def test_setting_up_and_switching_off_are_mailed_noted_and_end_other_sessions(cast: Cast, hands: Hands) -> None:
    elsewhere, youssef = entered(), entered()
    with_app(youssef, hands)

    def open_sessions() -> list[int]:
        return [view.id for view in look(youssef, sessions.mine)]

    assert open_sessions() == [youssef.session_id]
    assert elsewhere.session_id not in open_sessions()
    run(youssef, factors.drop_app)
    assert mails(youssef) == ["factor_changed", "factor_changed"]
    assert [event for event in noted() if event.startswith(("factor", "app"))] == [
        "factor_on",
        "app_removed",
        "factor_off",
    ]
    assert isinstance(sign_in(), SignedIn)
    assert look(youssef, factors.mine) == factors.FactorView()


def test_another_app_takes_the_place_of_the_first_once_it_is_confirmed(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    old, _ = with_app(youssef, hands)
    new = App(run(youssef, factors.enroll).key)
    assert entry.answer(HERE, token=asked(), code=old.code()).token

    factors.turn_on(youssef, code=new.code())
    hands.later(seconds=60)

    with pytest.raises(Invalid):
        entry.answer(HERE, token=asked(), code=old.code())
    assert entry.answer(HERE, token=asked(), code=new.code()).token
    assert "factor_replaced" in noted()


def test_ten_minutes_after_signing_in_every_change_asks_again(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    with_app(youssef, hands)
    hands.later(minutes=10)

    for change in (factors.enroll, factors.drop_app, factors.renew):
        with pytest.raises(NotFresh):
            run(youssef, change)
    with pytest.raises(NotFresh):
        factors.turn_on(youssef, code="123456")
    accounts.confirm(youssef, proof=PASSWORD)
    run(youssef, factors.drop_app)


def test_confirming_takes_the_password_or_a_code_and_nothing_else(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    app, _ = with_app(youssef, hands)

    accounts.confirm(youssef, proof=app.code())
    for wrong in ("", "not it at all", "000000", "x" * 3000):
        with pytest.raises(Invalid):
            accounts.confirm(youssef, proof=wrong)
    with pytest.raises(Unauthorized):
        accounts.confirm(VISITOR, proof=PASSWORD)


def test_guessing_at_an_open_browser_has_to_wait(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    for _ in range(5):
        with pytest.raises(Invalid):
            accounts.confirm(youssef, proof="not it at all")

    with pytest.raises(TooMany):
        accounts.confirm(youssef, proof=PASSWORD)


def test_one_browser_proves_nothing_for_another(cast: Cast, hands: Hands) -> None:
    here, there = entered(), entered()
    hands.later(minutes=11)

    accounts.confirm(here, proof=PASSWORD)

    with pytest.raises(NotFresh):
        run(there, factors.enroll)


def test_a_session_from_before_proofs_were_kept_is_not_fresh(cast: Cast) -> None:
    youssef = entered()
    run(SYSTEM, lambda work: work.session.execute(update(SessionRow).values(proved_at=None)))

    with pytest.raises(NotFresh):
        run(youssef, factors.enroll)


def test_the_operator_helps_somebody_who_lost_everything(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    with_app(youssef, hands)

    assert run(SYSTEM, factors.remove_of, " YOUSSEF@agency.example.com")
    assert not run(SYSTEM, factors.remove_of, YOUSSEF)
    assert not run(SYSTEM, factors.remove_of, "nobody@agency.example.com")

    assert isinstance(sign_in(), SignedIn)
    assert who(str(youssef.session_id)).user_id is None


# Required


def test_those_who_must_have_one_are_led_to_it_and_can_do_nothing_else(cast: Cast, hands: Hands) -> None:
    require(cast.awa)

    found = sign_in()
    assert isinstance(found, Asked) and found.must_enroll
    assert who(found.token).user_id is None
    with pytest.raises(Invalid):
        entry.answer(HERE, token=found.token, code="123456")
    app = App(run(HERE, entry.enroll, found.token).key)
    with pytest.raises(Invalid):
        entry.turn_on(HERE, token=found.token, code="000000")
    signed, codes = entry.turn_on(HERE, token=found.token, code=app.code())

    assert who(signed.token).user_id == cast.youssef.user_id
    assert len(codes) == 10


@pytest.mark.parametrize("role", Role)
def test_only_administrators_and_recruiters_must(cast: Cast, role: Role) -> None:
    require(cast.awa)
    factories.staff("Salma", role)

    is_asked = isinstance(sign_in("salma@agency.example.com"), Asked)

    assert is_asked == (role in (Role.ADMIN, Role.RECRUITER))


def test_what_is_required_can_be_replaced_but_not_switched_off(cast: Cast, hands: Hands) -> None:
    youssef = entered()
    with_app(youssef, hands)
    require(cast.awa)

    with pytest.raises(Conflict):
        run(youssef, factors.drop_app)
    assert look(youssef, factors.mine).is_required
    assert run(youssef, factors.enroll).key


def test_enrolling_on_the_way_in_is_no_way_around_an_app_that_is_there(cast: Cast, hands: Hands) -> None:
    require(cast.awa)
    first, second = sign_in(), sign_in()
    assert isinstance(first, Asked) and isinstance(second, Asked)
    app = App(run(HERE, entry.enroll, first.token).key)
    entry.turn_on(HERE, token=first.token, code=app.code())

    with pytest.raises(Unauthorized):
        run(HERE, entry.enroll, second.token)
    with pytest.raises(Unauthorized):
        entry.turn_on(HERE, token=second.token, code=app.code(seconds=30))


def test_a_visitor_and_a_tablet_have_no_second_factor(cast: Cast) -> None:
    for actor in (VISITOR, replace(VISITOR, device_id=1)):
        for action in (factors.mine, factors.enroll, factors.drop_app, factors.renew):
            with pytest.raises((Unauthorized, Forbidden)):
                run(actor, action)
