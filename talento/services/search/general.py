"""The general roster: what is searched of talents, and by what they are narrowed."""

from datetime import UTC, date, datetime, time, timedelta

from pyroaring import BitMap
from sqlalchemy import ColumnElement, case

from talento.i18n import phrase
from talento.models.talents import CodeAlias, Talent, TalentLanguage, TalentSkill
from talento.services.search import facets, rows
from talento.services.search.query import PAGE, Completion, Having, Query
from talento.services.search.reading import Many, Source
from talento.services.search.roster import Roster
from talento.services.search.segment import AGE_BANDS, Segment
from talento.vocabulary.languages import Language
from talento.vocabulary.people import Experience, Gender
from talento.vocabulary.permissions import Permission
from talento.vocabulary.work import Availability, WorkMode

FOREVER = 2**40


def _narrowed(query: Query, segment: Segment, today: date) -> dict[str, BitMap]:
    if not query.registered_from and not query.registered_to:
        return {}
    return {"registered": segment.registered(*_seconds(query.registered_from, query.registered_to))}


def _seconds(start: date | None, end: date | None) -> tuple[int, int]:
    """From the beginning of one day to the end of another, in UTC."""
    low = int(datetime.combine(start, time(), UTC).timestamp()) if start else 0
    high = int((datetime.combine(end, time(), UTC) + timedelta(days=1)).timestamp()) if end else FOREVER
    return low, high


def _completion() -> ColumnElement[str]:
    """The band that a profile's completeness is in."""
    bands = [(int(one.value.partition("-")[0]), one.value) for one in Completion]
    return case(*[(Talent.completeness >= low, band) for low, band in reversed(bands)], else_=bands[0][1])  # type: ignore[arg-type]


GENERAL = Roster(
    topic="talent",
    tag="general",
    permission=Permission.SEARCH_TALENTS,
    page=PAGE,
    many=("skills", "languages"),
    rows=rows.people,
    narrowed=_narrowed,
    source=Source(
        table=Talent,
        shown=Talent.display_name,
        aliases=CodeAlias,
        choices={
            "residence": Talent.residence,
            "origin": Talent.origin,
            "gender": Talent.gender,
            "availability": Talent.availability,
            "work_mode": Talent.work_mode,
            "experience": Talent.experience,
            "complete": _completion(),
        },
        many={
            "skills": Many(TalentSkill.talent_id, TalentSkill.skill_id, is_number=True),
            "languages": Many(TalentLanguage.talent_id, TalentLanguage.language),
        },
        flags={
            "cv": Talent.cv_id.is_not(None),  # type: ignore[union-attr]
            "photo": Talent.photo_id.is_not(None),  # type: ignore[union-attr]
            "portfolio": Talent.portfolio_url != "",  # type: ignore[dict-item]
        },
    ),
    facets=(
        facets.skills(phrase("Skills")),
        facets.country("residence", phrase("Country of residence")),
        facets.cities(phrase("City")),
        facets.ages(phrase("Age"), AGE_BANDS),
        facets.listed("gender", phrase("Gender"), Gender),
        facets.listed("languages", phrase("Languages"), Language, is_ordered=False),
        facets.listed("experience", phrase("Experience"), Experience),
        facets.listed("availability", phrase("Availability"), Availability),
        facets.listed("work_mode", phrase("Way of working"), WorkMode),
        facets.country("origin", phrase("Country of origin")),
        facets.listed("complete", phrase("Completeness of profiles"), Completion),
        *facets.flags(Having),
    ),
)
