"""Blocks: addresses and networks that are kept out, by hand or by a rule, for a while or until somebody lifts them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network

from sqlalchemy import delete, select, update

from talento.errors import Conflict, Forbidden, Invalid, NotFound
from talento.i18n import phrase
from talento.models.accounts import Session, User
from talento.models.security import Block
from talento.services import audit, live
from talento.services.security import blocklist
from talento.services.security.blocklist import TOPIC, parsed
from talento.services.text import line
from talento.services.work import SYSTEM, Work, run
from talento.settings import settings
from talento.vocabulary.permissions import Permission, Role

Network = IPv4Network | IPv6Network

WIDEST = {4: 8, 6: 16}
"""Nothing wider than this prefix can be blocked."""

WIDE = {4: 16, 6: 32}
"""From this prefix on, whoever blocks must say that they mean it."""

WIDE_SAID = phrase("{network} is a wide network: everybody in it would be shut out.")

HOUSE = tuple(map(ip_network, ("127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128")))
INSIDE = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16",
                                "fc00::/7", "fe80::/10")))  # fmt: skip
"""Where a proxy that nobody told us of would call from: no rule blocks these. Source: RFC 1918, 6598, 4193."""

ADMIN_SEEN = timedelta(minutes=30)
SHOWN = 500
LONGEST = timedelta(days=366)


class Wide(Conflict):
    """The network is a wide one: nothing was done, and it can be asked for again."""


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block as admins see it. `rule` is the rule that made it, or nothing; `by` a person's name."""

    network: str
    reason: str
    rule: str
    by: str
    created_at: datetime
    expires_at: datetime | None
    refused: int
    refused_at: datetime | None


def listed(work: Work) -> list[BlockView]:
    """The blocks that count now, newest first."""
    work.require(Permission.ADMINISTER)
    rows = work.session.execute(
        select(Block, User.name, User.email)
        .join(User, User.id == Block.created_by, isouter=True)
        .where(_counts(work))
        .order_by(Block.created_at.desc(), Block.network)
        .limit(SHOWN)
    )
    return [
        BlockView(
            row.network, row.reason, row.rule, name or email or "", row.created_at, row.expires_at, row.refused,
            row.refused_at,
        )
        for row, name, email in rows
    ]  # fmt: skip


def add(work: Work, typed: str, *, reason: str, hours: int = 0, is_sure: bool = False) -> str:
    """Keep an address or a network out, in place of a block it may have; returns it as it is written.

    Args:
        hours: for how long; 0: until somebody lifts it.
        is_sure: block a wide network, too.

    Raises:
        Invalid: it is no address, no reason was given, or so many hours make no sense.
        Forbidden: it would shut out the reader, this machine, a proxy of ours, or half of the world.
        Wide: it is a network of very many addresses, and nobody said that this is meant.
    """
    work.require(Permission.ADMINISTER)
    network = network_of(typed)
    said = line(reason)[:300]
    if not said:
        raise Invalid("Please say why, for those who look at it later.", field="reason")
    if not 0 <= hours <= LONGEST.total_seconds() // 3600:
        raise Invalid("Please choose one of the options.", field="hours")
    _refuse_our_own(work, network)
    if network.prefixlen <= WIDE[network.version] and not is_sure:
        raise Wide(WIDE_SAID, network=network)
    _store(work, network, reason=said, lasts=timedelta(hours=hours) if hours else None, by=work.actor.user_id)
    audit.security(work, "block_added", severity="warning", network=str(network), reason=said, hours=hours)
    return str(network)


def add_by_rule(work: Work, place: str, *, rule: str, lasts: timedelta) -> str:
    """Keep out whoever a rule was raised about, for a while.

    Returns:
        The network; nothing when the block could shut out the house itself: this machine, a proxy, a private
        network, or the one from which an administrator works at the moment.
    """
    network = network_of(place)
    if _is_ours(network) or any(_overlap(network, inside) for inside in INSIDE) or _has_admin(work, network):
        return ""
    known = work.session.get(Block, str(network), with_for_update=True, populate_existing=True)
    if known and (known.expires_at is None or known.expires_at > work.now):
        return str(network)
    _store(work, network, rule=rule, lasts=lasts)
    hours = round(lasts.total_seconds() / 3600)
    audit.security(work, "block_added", severity="warning", network=str(network), rule=rule, hours=hours)
    return str(network)


def lift(work: Work, network: str) -> None:
    """Let a blocked network in again.

    Raises:
        Invalid: it is none.
        NotFound: it is not blocked.
    """
    work.require(Permission.ADMINISTER)
    written = str(network_of(network))
    if not work.changed(delete(Block).where(Block.network == written)):
        raise NotFound("This is not blocked any more.")
    audit.security(work, "block_lifted", network=written)
    _changed(work)


def lift_all(work: Work, address: str = "") -> list[str]:
    """Lift every block, or every one that an address is in; returns their networks. The operator's way out.

    Raises:
        Invalid: this is no address.
    """
    work.require(Permission.ADMINISTER)
    wanted = network_of(address) if address else None
    networks = work.session.scalars(select(Block.network).order_by(Block.network))
    found = [one for one in networks if wanted is None or _overlap(ip_network(one), wanted)]
    for one in found:
        lift(work, one)
    return found


def let_expired_go(work: Work) -> int:
    """Forget the blocks that are over; returns how many."""
    gone = work.changed(delete(Block).where(Block.expires_at <= work.now))
    if gone:
        _changed(work)
    return int(gone)


def note_refused() -> int:
    """Store how many requests this process refused since the last time, for each network; returns how many."""
    counted = blocklist.taken_count()
    if counted:
        run(SYSTEM, _add_refused, counted)
    return counted.total()


def network_of(typed: str) -> Network:
    """The network that was typed, without the bits of a host: 203.0.113.9/24 is 203.0.113.0/24.

    Raises:
        Invalid: it is none.
    """
    said = line(typed)[:60]
    try:
        network = ip_network(said, strict=False)
    except ValueError:
        raise Invalid("This is no network address, such as 203.0.113.7 or 203.0.113.0/24.", field="network") from None
    mapped = network.network_address.ipv4_mapped if isinstance(network, IPv6Network) else None
    return ip_network(f"{mapped}/{network.prefixlen - 96}") if mapped and network.prefixlen >= 96 else network


def _refuse_our_own(work: Work, network: Network) -> None:
    if network.prefixlen < WIDEST[network.version]:
        raise Forbidden("This is too wide: nothing wider than /8, or /16 for IPv6, can be blocked.")
    if _is_ours(network):
        raise Forbidden("This machine or a proxy in front of it is in this network: everybody would be shut out.")
    own = parsed(work.actor.ip)
    if own is not None and own in network:
        raise Forbidden("You are in this network yourself: you would be shut out at once.")


def _is_ours(network: Network) -> bool:
    proxies = [ip_network(one.strip(), strict=False) for one in settings().trusted_proxies.split(",") if one.strip()]
    return any(_overlap(network, one) for one in (*HOUSE, *proxies))


def _overlap(one: Network, other: Network) -> bool:
    return one.version == other.version and one.overlaps(other)  # type: ignore[arg-type]


def _has_admin(work: Work, network: Network) -> bool:
    """Whether an administrator was active from that neighbourhood moments ago; sessions know a /24 or a /48."""
    place = audit.network_of(str(network.network_address))
    seen = (
        select(Session.id)
        .join(User, User.id == Session.user_id)
        .where(Session.ip == place, Session.ended_at.is_(None), Session.seen_at > work.now - ADMIN_SEEN)  # type: ignore[union-attr]
        .where(User.role == Role.ADMIN)
        .limit(1)
    )
    return work.session.scalar(seen) is not None


def _store(
    work: Work, network: Network, *, reason: str = "", rule: str = "", lasts: timedelta | None, by: int | None = None
) -> None:
    values = {
        "reason": reason,
        "rule": rule,
        "created_at": work.now,
        "created_by": by,
        "expires_at": work.now + lasts if lasts else None,
    }
    if not work.insert_new(Block, network=str(network), refused=0, **values):
        work.session.execute(update(Block).where(Block.network == str(network)).values(**values))
    _changed(work)


def _changed(work: Work) -> None:
    live.publish(work, TOPIC, 0)
    work.after_commit(blocklist.load)


def _counts(work: Work) -> object:
    return (Block.expires_at.is_(None)) | (Block.expires_at > work.now)  # type: ignore[union-attr, operator]


def _add_refused(work: Work, counted: Counter[str]) -> None:
    for written, refused in sorted(counted.items()):
        raised = {"refused": Block.refused + refused, "refused_at": work.now}
        work.session.execute(update(Block).where(Block.network == written).values(**raised))
    live.publish(work, TOPIC, 0)
