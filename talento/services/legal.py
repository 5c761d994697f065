"""The legal texts: as admins wrote them, else those that come with Talento."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from talento.models.operations import AppSettings
from talento.services import markdown
from talento.services.markdown import Block
from talento.services.preferences import Preference, registry, value
from talento.services.work import Work

TEXTS: Mapping[str, Mapping[str, Preference[str]]] = {
    "privacy": {"en": registry.PRIVACY_EN, "fr": registry.PRIVACY_FR},
    "terms": {"en": registry.TERMS_EN, "fr": registry.TERMS_FR},
    "notice": {"en": registry.NOTICE_EN, "fr": registry.NOTICE_FR},
}
"""By the end of the page's address and by language."""


@dataclass(frozen=True, slots=True)
class LegalText:
    """A text; without blocks where admins wrote none. `language` is the one it is written in."""

    blocks: list[Block] = field(default_factory=list)
    language: str = "en"
    changed_at: datetime | None = None


def written(name: str) -> bool:
    """Whether admins wrote this text, in any language."""
    return any(value(one) for one in TEXTS[name].values())


def shown(work: Work, name: str, locale: str) -> LegalText:
    """A text in the reader's language; in the other one where it was written in that only."""
    texts = TEXTS.get(name, {})
    for language in (locale, *texts):
        if language in texts and (source := value(texts[language])):
            changed = select(AppSettings.updated_at).where(AppSettings.key == texts[language].key)
            return LegalText(markdown.blocks(source), language, work.session.scalar(changed))
    return LegalText()
