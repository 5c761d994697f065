"""The casting roster: what is searched of cinema talents, and by what they are narrowed."""

import logging
from datetime import date

import numpy as np
from pyroaring import BitMap
from sqlalchemy import Connection, or_, select

from talento.i18n import phrase
from talento.models.cinema import (
    CinemaAlias,
    CinemaChoice,
    CinemaSkill,
    CinemaTalent,
    Credit,
    Unavailability,
)
from talento.services import encryption
from talento.services.cinema.search import rows
from talento.services.cinema.search.query import AMOUNTS, PAGE, CinemaHaving, CinemaQuery
from talento.services.search import facets
from talento.services.search.bitmaps import Ids
from talento.services.search.reading import Many, Source, Within
from talento.services.search.roster import Roster
from talento.services.search.segment import MOST, Segment
from talento.vocabulary.appearance import Build, Ethnicity, EyeColor, HairColor, HairType, SkinTone
from talento.vocabulary.casting import Accent, DrivingLicense, TalentType
from talento.vocabulary.languages import Language
from talento.vocabulary.people import Experience, Gender
from talento.vocabulary.permissions import Permission

log = logging.getLogger(__name__)

TRAITS = ("ethnicities", "skin_tone")
"""Facets of sealed facts: searched and counted only within a role that calls for them (`GD-11`)."""

BANDS = {
    "-11": (0, 11),
    "12-17": (12, 17),
    "18-24": (18, 24),
    "25-34": (25, 34),
    "35-44": (35, 44),
    "45-59": (45, 59),
    "60-": (60, 120),
}
_COLUMNS = {name: "shoe_size" if name == "shoe" else name for name in AMOUNTS}


def _chosen(fact: str) -> Many:
    return Many(CinemaChoice.talent_id, CinemaChoice.value, CinemaChoice.fact == fact)  # type: ignore[arg-type]


def _traits(connection: Connection, within: Within) -> dict[str, tuple[Ids, list[str]]]:
    """What people told of themselves and agreed to be found by, opened for this process's memory alone."""
    told: dict[str, tuple[list[int], list[str]]] = {name: ([], []) for name in TRAITS}
    columns = CinemaTalent.ethnicities_sealed, CinemaTalent.skin_tone_sealed
    query = select(CinemaTalent.id, CinemaTalent.uid, *columns).where(
        within(CinemaTalent.id),
        CinemaTalent.traits_consented_at.is_not(None),  # type: ignore[union-attr]
        or_(*(column.is_not(None) for column in columns)),  # type: ignore[union-attr]
    )
    for key, uid, *sealed in connection.execute(query.order_by(CinemaTalent.id)):  # type: ignore[arg-type]
        for (name, (owners, ones)), text in zip(told.items(), sealed, strict=True):
            values = _opened(name, uid, text) if text else []
            owners += [key] * len(values)
            ones += values
    return {name: (np.array(owners, np.uint32), ones) for name, (owners, ones) in told.items()}


def _opened(name: str, uid: str, text: str) -> list[str]:
    """The values of a sealed fact. One that nobody can open must not keep everybody else from being found."""
    try:
        return encryption.keyring().open(text, "cinema_talent", uid, name).split(",")
    except encryption.Unreadable:
        log.error("cinema talent %s: %s cannot be opened and is not searched", uid, name)
        return []


def _narrowed(query: CinemaQuery, segment: Segment, today: date) -> dict[str, BitMap]:
    found = {name: segment.amounting(name, *query.bounds(name)) for name in AMOUNTS if query.is_bounded(name)}
    if query.is_bounded("plays"):
        found["plays"] = _playing(segment, *query.bounds("plays"), today)
    if query.free:
        found["free"] = segment.people - segment.away(*query.free)
    return found


def _playing(segment: Segment, low: int | None, high: int | None, today: date) -> BitMap:
    """Whose playing age has some of the wanted years; who told none plays their own age."""
    ends = "plays_from", "plays_to"
    wanted = segment.overlapping(*ends, (low or 0) + 1, MOST if high is None else high + 1)
    return wanted | (segment.of_age(low, high, today) - segment.overlapping(*ends, 0, MOST))


CINEMA = Roster(
    topic="cinema",
    tag="cinema",
    permission=Permission.SEARCH_TALENTS,
    page=PAGE,
    many=("skills", "languages"),
    worded=("skills", "kinds"),
    rows=rows.faces,
    narrowed=_narrowed,
    bands=BANDS,
    hides_mail_of_minors=True,
    spans={
        "age": phrase("Age"),
        "plays": phrase("Plays"),
        "height": phrase("Height"),
        "weight": phrase("Weight"),
        "shoe": phrase("Shoe size"),
        "chest": phrase("Chest"),
        "waist": phrase("Waist"),
        "hips": phrase("Hips"),
        "inseam": phrase("Inseam"),
        "collar": phrase("Collar"),
        "free_from": phrase("Available"),
        "free_to": phrase("Available"),
    },
    source=Source(
        table=CinemaTalent,
        shown=CinemaTalent.stage_name,
        aliases=CinemaAlias,
        choices={
            "residence": CinemaTalent.residence,
            "origin": CinemaTalent.origin,
            "nationality": CinemaTalent.nationality,
            "gender": CinemaTalent.gender,
            "experience": CinemaTalent.experience,
            "eye_color": CinemaTalent.eye_color,
            "hair_color": CinemaTalent.hair_color,
            "hair_type": CinemaTalent.hair_type,
            "build": CinemaTalent.build,
        },
        many={
            "skills": Many(CinemaSkill.talent_id, CinemaSkill.skill_id, is_number=True),
            **{fact: _chosen(fact) for fact in ("kinds", "languages", "accents", "licenses")},
        },
        flags={
            "photo": CinemaTalent.photo_id.is_not(None),  # type: ignore[union-attr]
            "showreel": CinemaTalent.showreel_url != "",  # type: ignore[dict-item]
            "voice_reel": CinemaTalent.voice_reel_url != "",  # type: ignore[dict-item]
        },
        numbers={
            "plays_from": CinemaTalent.playing_age_min + 1,  # type: ignore[operator]
            "plays_to": CinemaTalent.playing_age_max + 1,  # type: ignore[operator]
            **{name: getattr(CinemaTalent, column) for name, column in _COLUMNS.items()},
        },
        also=(CinemaTalent.agent, CinemaTalent.trade_union),
        texts=((Credit.talent_id, Credit.title),),
        spans=(Unavailability.talent_id, Unavailability.starts_on, Unavailability.ends_on),
        unconsented=CinemaTalent.guardian_consented_at.is_(None),  # type: ignore[union-attr]
        opened=_traits,
    ),
    facets=(
        facets.listed("kinds", phrase("Kinds of part"), TalentType),
        facets.listed("gender", phrase("Gender"), Gender),
        facets.ages(phrase("Age"), BANDS),
        facets.country("residence", phrase("Country of residence")),
        facets.cities(phrase("City")),
        facets.listed("languages", phrase("Languages"), Language, is_ordered=False),
        facets.listed("accents", phrase("Accents"), Accent, is_ordered=False),
        facets.skills(phrase("Skills")),
        facets.listed("licenses", phrase("Driving licences"), DrivingLicense),
        facets.listed("experience", phrase("Experience"), Experience),
        facets.listed("eye_color", phrase("Eye colour"), EyeColor),
        facets.listed("hair_color", phrase("Hair colour"), HairColor),
        facets.listed("hair_type", phrase("Hair type"), HairType),
        facets.listed("build", phrase("Build"), Build),
        facets.country("origin", phrase("Country of origin")),
        facets.country("nationality", phrase("Nationality")),
        *facets.flags(CinemaHaving),
        facets.listed("ethnicities", phrase("Ethnicity"), Ethnicity, is_protected=True),
        facets.listed("skin_tone", phrase("Skin tone"), SkinTone, is_protected=True),
    ),
)
