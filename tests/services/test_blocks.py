"""Blocks: what can be kept out, what never, and for how long."""

import threading
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from talento.errors import Forbidden, Invalid, NotFound
from talento.models.operations import SecurityLog
from talento.models.security import Block
from talento.services import audit, sessions
from talento.services.accounts import User
from talento.services.live import Feed
from talento.services.security import blocklist, blocks
from talento.services.work import SYSTEM, Actor, Work, look, run
from talento.settings import settings
from tests.conftest import Hands
from tests.factories import Cast

HOUR = timedelta(hours=1)


def block(actor: Actor, network: str = "203.0.113.0/24", **more: object) -> str:
    return run(actor, blocks.add, network, **({"reason": "guesses passwords"} | more))


def by_rule(place: str, lasts: timedelta = HOUR) -> str:
    return run(SYSTEM, blocks.add_by_rule, place, rule="many_accounts", lasts=lasts)


def at(actor: Actor, ip: str) -> Actor:
    """The same person, at an address."""
    return Actor(actor.user_id, actor.role, actor.session_id, actor.name, ip=ip)


@pytest.mark.parametrize(
    ("typed", "network", "inside", "outside"),
    [
        ("203.0.113.7", "203.0.113.7/32", "203.0.113.7", "203.0.113.8"),
        (" 203.0.113.9/24 ", "203.0.113.0/24", "203.0.113.255", "203.0.114.0"),
        ("198.51.100.0/23", "198.51.100.0/23", "198.51.101.4", "198.51.102.4"),
        ("2001:DB8::1", "2001:db8::1/128", "2001:db8:0::1", "2001:db8::2"),
        ("2001:db8:1:2::/64", "2001:db8:1:2::/64", "2001:db8:1:2:ffff::9", "2001:db8:1:3::9"),
        ("::ffff:203.0.113.7", "203.0.113.7/32", "::ffff:203.0.113.7", "203.0.113.8"),
    ],
)
def test_an_address_or_a_network_is_kept_out(cast: Cast, typed: str, network: str, inside: str, outside: str) -> None:
    assert block(cast.awa, typed) == network

    assert blocklist.is_blocked(inside)
    assert not blocklist.is_blocked(outside)
    (one,) = look(cast.awa, blocks.listed)
    assert (one.network, one.reason, one.by, one.rule, one.expires_at) == (
        network,
        "guesses passwords",
        "Awa",
        "",
        None,
    )


def test_a_block_ends_by_itself_and_is_forgotten_later(cast: Cast, hands: Hands) -> None:
    block(cast.awa, "203.0.113.7", hours=1)
    block(cast.awa, "203.0.113.8")
    assert blocklist.ends("203.0.113.7") == (hands.now + HOUR).timestamp()

    hands.later(minutes=61)

    assert not blocklist.is_blocked("203.0.113.7")
    assert blocklist.is_blocked("203.0.113.8")
    assert [one.network for one in look(cast.awa, blocks.listed)] == ["203.0.113.8/32"]
    assert run(SYSTEM, blocks.let_expired_go) == 1
    assert look(SYSTEM, lambda work: len(work.session.scalars(select(Block)).all())) == 1


def test_the_longest_of_several_blocks_counts(cast: Cast, hands: Hands) -> None:
    block(cast.awa, "203.0.113.0/24", hours=24)
    block(cast.awa, "203.0.113.7", hours=1)

    hands.later(hours=2)

    assert blocklist.is_blocked("203.0.113.7")


def test_blocking_again_replaces_reason_and_end(cast: Cast) -> None:
    block(cast.awa, hours=1)
    block(cast.awa, reason="asked to")

    (one,) = look(cast.awa, blocks.listed)
    assert (one.reason, one.expires_at) == ("asked to", None)


def test_a_lifted_block_lets_in_at_once_and_both_are_noted(cast: Cast) -> None:
    block(cast.awa)
    run(cast.awa, blocks.lift, "203.0.113.0/24")

    assert not blocklist.is_blocked("203.0.113.7")
    with pytest.raises(NotFound):
        run(cast.awa, blocks.lift, "203.0.113.0/24")
    with pytest.raises(Invalid):
        run(cast.awa, blocks.lift, "\x00")
    noted = look(SYSTEM, lambda work: work.session.scalars(select(SecurityLog.event).order_by(SecurityLog.id)).all())
    assert noted[-2:] == ["block_added", "block_lifted"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("0.0.0.0/0", "too wide"),
        ("128.0.0.0/1", "too wide"),
        ("::/0", "too wide"),
        ("2000::/3", "too wide"),
        ("127.0.0.1", "This machine"),
        ("127.0.0.0/8", "This machine"),
        ("::1", "This machine"),
        ("::ffff:127.0.0.1", "This machine"),
        ("10.9.0.0/16", "a proxy"),
        ("10.9.8.7", "a proxy"),
        ("192.0.2.44", "yourself"),
        ("192.0.2.0/24", "yourself"),
    ],
)
def test_nobody_shuts_out_the_house_or_themselves(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, typed: str, why: str
) -> None:
    monkeypatch.setattr(settings(), "trusted_proxies", "10.9.8.0/24, 2001:db8:ffff::1")

    with pytest.raises(Forbidden, match=why):
        block(at(cast.awa, "192.0.2.44"), typed, is_sure=True)
    assert look(cast.awa, blocks.listed) == []


@pytest.mark.parametrize(
    "typed", ["", "everybody", "203.0.113.300", "203.0.113.0/33", "203.0.113.0/-1", "\x00", "1", "a" * 99]
)
def test_what_is_no_address_is_refused_in_words(cast: Cast, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        block(cast.awa, typed)
    assert refused.value.field == "network"


@pytest.mark.parametrize("more", [{"reason": " "}, {"hours": -1}, {"hours": 10**9}])
def test_a_block_needs_a_reason_and_a_sensible_end(cast: Cast, more: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        block(cast.awa, **more)


@pytest.mark.parametrize("typed", ["203.0.0.0/16", "203.0.0.0/8", "2001:db8::/32"])
def test_a_wide_network_is_blocked_by_those_who_mean_it(cast: Cast, typed: str) -> None:
    with pytest.raises(blocks.Wide, match="wide"):
        block(cast.awa, typed)
    assert look(cast.awa, blocks.listed) == []

    block(cast.awa, typed, is_sure=True)

    assert len(look(cast.awa, blocks.listed)) == 1


def test_only_admins_block_and_lift(cast: Cast) -> None:
    block(cast.awa)
    for other in (cast.youssef, cast.nadia, cast.zoe):
        for action in (blocks.listed, lambda work: blocks.lift(work, "203.0.113.0/24"), blocks.lift_all):
            with pytest.raises(Forbidden):
                run(other, action)
        with pytest.raises(Forbidden):
            block(other, "198.51.100.1")


def test_a_rule_blocks_for_a_while_and_does_not_shorten_what_is_longer(cast: Cast, hands: Hands) -> None:
    assert by_rule("203.0.113.7") == "203.0.113.7/32"
    assert by_rule("2001:db8:1:2::/64") == "2001:db8:1:2::/64"
    block(cast.awa, "198.51.100.7")
    assert by_rule("198.51.100.7") == "198.51.100.7/32"

    hands.later(minutes=61)

    assert not blocklist.is_blocked("203.0.113.7")
    assert blocklist.is_blocked("198.51.100.7")


@pytest.mark.parametrize(
    "place", ["127.0.0.1", "10.1.2.3", "192.168.1.9", "100.64.7.7", "fd00:1::/64", "192.0.2.9", "::1"]
)
def test_a_rule_never_blocks_the_house_nor_where_an_admin_works(cast: Cast, place: str) -> None:
    def working(work: Work) -> None:
        sessions.start(work, work.get(User, cast.awa.user_id), is_remembered=False)

    run(Actor(ip="192.0.2.200"), working)

    assert by_rule(place) == ""
    assert look(cast.awa, blocks.listed) == []


def test_an_operator_lifts_one_address_or_everything(cast: Cast) -> None:
    for network in ("203.0.113.0/24", "203.0.113.7", "198.51.100.1", "2001:db8::/48"):
        block(cast.awa, network)

    assert run(SYSTEM, blocks.lift_all, "203.0.113.7") == ["203.0.113.0/24", "203.0.113.7/32"]
    assert run(SYSTEM, blocks.lift_all, "203.0.113.7") == []
    assert len(run(SYSTEM, blocks.lift_all)) == 2
    assert not blocklist.is_blocked("198.51.100.1")


def test_another_process_hears_of_it(cast: Cast) -> None:
    heard = threading.Event()
    feed = Feed([blocklist.heard, lambda changes: heard.set()])
    feed.begin()
    block(cast.awa)
    blocklist.forget()  # as a process that did not do it
    assert not blocklist.is_blocked("203.0.113.7")

    feed.read()

    assert heard.is_set() and blocklist.is_blocked("203.0.113.7")


def test_refused_requests_are_counted_together(cast: Cast) -> None:
    block(cast.awa, "203.0.113.0/24")
    block(cast.awa, "203.0.113.7")
    for address in ["203.0.113.7"] * 3 + ["203.0.113.8", "198.51.100.9", "nonsense"]:
        blocklist.count(address)

    assert blocks.note_refused() == 7
    assert blocks.note_refused() == 0

    found = {one.network: one.refused for one in look(cast.awa, blocks.listed)}
    assert found == {"203.0.113.0/24": 4, "203.0.113.7/32": 3}


@given(st.ip_addresses(), st.integers(8, 128))
def test_the_table_finds_what_the_networks_say(address: object, length: int) -> None:
    version = address.version  # type: ignore[attr-defined]
    network = blocks.network_of(f"{address}/{min(length, blocklist.BITS[version])}")
    prefix = int(network.network_address) >> (blocklist.BITS[network.version] - network.prefixlen)
    blocklist._known.table = {(network.version, network.prefixlen): {prefix: blocklist.FOREVER}}
    try:
        for other in (network[0], network[-1], network.network_address + network.num_addresses // 2):
            assert blocklist.is_blocked(str(other))
        assert audit.network_of(str(address)) != ""
    finally:
        blocklist.forget()
