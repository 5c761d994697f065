"""The blocked networks as this process knows them: asked for every request, so a look into a few dictionaries is all.

Read when the process starts and again when the feed says that it changed; no request asks the database.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from sqlalchemy import select
from sqlmodel import Session

from talento import clock
from talento.models.security import Block
from talento.services import database

TOPIC = "block"
FOREVER = float("inf")
BITS = {4: 32, 6: 128}

Address = IPv4Address | IPv6Address
Table = dict[tuple[int, int], dict[int, float]]
"""Version and length of the prefix, to prefix, to when the block ends."""

Prefix = tuple[int, int, int]
"""The same of one network: version, length, prefix."""


class _Known:
    def __init__(self) -> None:
        self.table: Table = {}
        self.refused: Counter[Prefix] = Counter()
        self.lock = threading.Lock()


_known = _Known()


def load() -> None:
    """Read every block afresh."""
    with _known.lock:
        with Session(database.engine().execution_options(writes=False)) as session:
            rows = session.execute(select(Block.network, Block.expires_at)).all()
        table: Table = {}
        for written, expires_at in rows:
            network = ip_network(written)
            ends = expires_at.timestamp() if expires_at else FOREVER
            prefix = int(network.network_address) >> (BITS[network.version] - network.prefixlen)
            table.setdefault((network.version, network.prefixlen), {})[prefix] = ends
        _known.table = table


def heard(changes: list[tuple[str, int]]) -> None:
    """A listener of the feed; stands before those who hang up on the blocked."""
    if any(topic == TOPIC for topic, _ in changes):
        load()


def forget() -> None:
    """Know nothing of any block."""
    _known.table, _known.refused = {}, Counter()


def ends(address: str) -> float | None:
    """When the block of an address ends, in seconds since 1970; None when it is not blocked."""
    last = max((until for _, until in _around(address)), default=0.0)
    return last if last > clock.now().timestamp() else None


def is_blocked(address: str) -> bool:
    """Whether an address is refused now."""
    return ends(address) is not None


def count(address: str) -> None:
    """Note in memory that a request was refused; `blocks.note_refused` stores what was counted."""
    with _known.lock:
        _known.refused.update(prefix for prefix, _ in _around(address))


def taken_count() -> Counter[str]:
    """How many requests from each blocked network were refused since this was last asked."""
    with _known.lock:
        counted, _known.refused = _known.refused, Counter()
    return Counter({_written(prefix): refused for prefix, refused in counted.items()})


def parsed(address: str) -> Address | None:
    """An address, an IPv4 one in IPv6 clothes as itself; None for what is none."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _around(address: str) -> Iterator[tuple[Prefix, float]]:
    """The blocked networks that an address is in, with when each block ends."""
    table = _known.table
    if not table or (found := parsed(address)) is None:
        return
    number, bits = int(found), BITS[found.version]
    for (version, length), prefixes in table.items():
        prefix = number >> (bits - length) if version == found.version else -1
        if prefix in prefixes:
            yield (version, length, prefix), prefixes[prefix]


def _written(prefix: Prefix) -> str:
    version, length, number = prefix
    kind = IPv4Address if version == 4 else IPv6Address
    return f"{kind(number << (BITS[version] - length))}/{length}"
