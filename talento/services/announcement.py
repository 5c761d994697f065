"""The banner above every page: what it says now, and when that changes by the clock."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from talento import clock
from talento.services import live
from talento.services.preferences import cache, registry, value
from talento.services.work import SYSTEM, run


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is announced; both texts are empty while nothing is. `tone`: slug of `Tone`."""

    en: str = ""
    fr: str = ""
    tone: str = registry.ANNOUNCEMENT_TONE.default.value


SILENCE = Announcement()


def announced(now: datetime) -> Announcement:
    """The announcement of this instant; where one language is missing, the other is shown."""
    en, fr = value(registry.ANNOUNCEMENT_EN), value(registry.ANNOUNCEMENT_FR)
    if not value(registry.ANNOUNCED) or not (en or fr) or not _begin() <= now < _end():
        return SILENCE
    return Announcement(en or fr, fr or en, value(registry.ANNOUNCEMENT_TONE).value)


class Watch:
    """Tells open pages when an announcement begins or ends by the clock: no change of a setting does."""

    def __init__(self) -> None:
        self._last: Announcement | None = None

    def look(self) -> bool:
        """Compare with the last time; says whether everybody was told."""
        now = announced(clock.now())
        has_changed = self._last is not None and now != self._last
        self._last = now
        if has_changed:
            run(SYSTEM, live.publish, cache.TOPIC, 0)
        return has_changed


def _begin() -> datetime:
    return _instant(value(registry.ANNOUNCED_FROM)) or datetime.min.replace(tzinfo=ZoneInfo("UTC"))


def _end() -> datetime:
    return _instant(value(registry.ANNOUNCED_UNTIL)) or datetime.max.replace(tzinfo=ZoneInfo("UTC"))


def _instant(local: str) -> datetime | None:
    """A moment by the clock of the site; the first of two where a clock is turned back."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(value(registry.SITE_ZONE))) if local else None
