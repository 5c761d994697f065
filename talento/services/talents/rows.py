"""How a general talent is stored."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from talento.models.talents import SocialLink, Talent, TalentLanguage, TalentSkill
from talento.services import rows
from talento.services.rows import Rows, filled_names
from talento.services.talents import completeness
from talento.services.work import Work


class TalentRows(Rows):
    """Adds what only general talents have: a CV, and a table of their languages."""

    def write_lists(self, work: Work, talent_id: int, values: Mapping[str, Any], *, is_new: bool) -> None:
        if "languages" in values:
            spoken = [{"talent_id": talent_id, "language": language} for language in values["languages"]]
            rows.replace(work, TalentLanguage, talent_id, spoken, is_new=is_new)

    def read_lists(self, work: Work, talent_id: int) -> dict[str, list[Any]]:
        languages = select(TalentLanguage.language).where(TalentLanguage.talent_id == talent_id)
        return {"languages": sorted(work.session.scalars(languages))}

    def everything(self, work: Work, row: Any, email: str) -> dict[str, Any]:
        return super().everything(work, row, email) | {"cv": row.cv_id}


INDEXED = {"phone": "phone_index", "passport_number": "passport_index", "residence_card": "residence_card_index"}
ROWS = TalentRows(Talent, skills=TalentSkill, links=SocialLink, indexed=INDEXED)

columns, opened, everything, raw = ROWS.columns, ROWS.opened, ROWS.everything, ROWS.raw
write_related = ROWS.write_related


def complete(values: Mapping[str, Any]) -> int:
    """The completeness score of these facts."""
    return completeness.score(filled_names(values))
