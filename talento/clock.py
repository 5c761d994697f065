"""The only place that reads the clock. Instants are aware and in UTC."""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, reset_tzpath

reset_tzpath(to=())  # governments change their minds: the package that we pin is newer than most machines
ZoneInfo.clear_cache()


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The date in UTC."""
    return now().date()


def monotonic() -> float:
    """Seconds that never go back, for measuring durations."""
    return time.monotonic()


def age_on(born_on: date, day: date) -> int:
    """Whole years lived on `day`; someone born on 29 February turns a year older on 1 March of common years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
