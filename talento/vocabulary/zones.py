"""The time zones that name a place."""

from functools import lru_cache
from zoneinfo import available_timezones


@lru_cache
def zones() -> tuple[str, ...]:
    """The IANA zones that name a place, in order."""
    return tuple(
        sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix")))
    )
