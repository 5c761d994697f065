"""What is asked of the casting roster."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from talento.services.search import asked
from talento.services.search.asked import Asked, Check, Sort, Values
from talento.vocabulary.appearance import Build, Ethnicity, EyeColor, HairColor, HairType, SkinTone
from talento.vocabulary.casting import Accent, DrivingLicense, TalentType
from talento.vocabulary.choice import Choice
from talento.vocabulary.languages import Language
from talento.vocabulary.people import Experience, Gender

PAGE = 60

AMOUNTS = {
    "height": (50, 250),
    "weight": (2, 300),
    "shoe": (15, 55),
    "chest": (30, 200),
    "waist": (30, 200),
    "hips": (30, 200),
    "inseam": (20, 130),
    "collar": (20, 70),
}
"""Measurements that are searched between two bounds, and how far these may lie."""


class CinemaHaving(Choice):
    """What a cinema profile may contain."""

    PHOTO = "photo", "Has a photo", "Avec photo"
    SHOWREEL = "showreel", "Has a showreel", "Avec bande démo"
    VOICE_REEL = "voice_reel", "Has a voice reel", "Avec démo voix"


@dataclass(frozen=True, slots=True)
class CinemaQuery(Asked):
    """A search for a part. Within one property any value will do, unless `skills_all` or `languages_all` say otherwise.

    `plays` are the ages that somebody is to play, `age` the ages that they are; `free` the days they must not be
    taken on. Ethnicities and skin tone count only within a role that calls for them.
    """

    text: str = ""
    kinds: Values = ()
    gender: Values = ()
    age_min: int | None = None
    age_max: int | None = None
    plays_min: int | None = None
    plays_max: int | None = None
    residence: Values = ()
    city: Values = ()
    origin: Values = ()
    nationality: Values = ()
    languages: Values = ()
    languages_all: bool = False
    accents: Values = ()
    skills: Values = ()
    skills_all: bool = False
    licenses: Values = ()
    experience: Values = ()
    eye_color: Values = ()
    hair_color: Values = ()
    hair_type: Values = ()
    build: Values = ()
    height_min: int | None = None
    height_max: int | None = None
    weight_min: int | None = None
    weight_max: int | None = None
    shoe_min: int | None = None
    shoe_max: int | None = None
    chest_min: int | None = None
    chest_max: int | None = None
    waist_min: int | None = None
    waist_max: int | None = None
    hips_min: int | None = None
    hips_max: int | None = None
    inseam_min: int | None = None
    inseam_max: int | None = None
    collar_min: int | None = None
    collar_max: int | None = None
    has: Values = ()
    free_from: date | None = None
    free_to: date | None = None
    ethnicities: Values = ()
    skin_tone: Values = ()
    sort: Sort = Sort.BEST
    page: int = 1

    CHECKS: ClassVar[Mapping[str, Check]] = {
        "text": asked.text,
        "kinds": asked.one_of(TalentType),
        "gender": asked.one_of(Gender),
        **dict.fromkeys(("age_min", "age_max", "plays_min", "plays_max"), asked.age),
        **dict.fromkeys(("residence", "origin", "nationality"), asked.countries),
        "city": asked.cities,
        "languages": asked.one_of(Language),
        "languages_all": asked.flag,
        "accents": asked.one_of(Accent),
        "skills": asked.slugs,
        "skills_all": asked.flag,
        "licenses": asked.one_of(DrivingLicense),
        "experience": asked.one_of(Experience),
        "eye_color": asked.one_of(EyeColor),
        "hair_color": asked.one_of(HairColor),
        "hair_type": asked.one_of(HairType),
        "build": asked.one_of(Build),
        **{f"{name}_{end}": asked.between(*bounds) for name, bounds in AMOUNTS.items() for end in ("min", "max")},
        "has": asked.one_of(CinemaHaving),
        "free_from": asked.day,
        "free_to": asked.day,
        "ethnicities": asked.one_of(Ethnicity),
        "skin_tone": asked.one_of(SkinTone),
        "sort": asked.order,
        "page": asked.page,
    }

    SPANS: ClassVar[Mapping[str, tuple[str, str]]] = {
        name: (f"{name}_min", f"{name}_max") for name in ("age", "plays", *AMOUNTS)
    }

    NAMES: ClassVar[Mapping[str, str]] = {
        "q": "text",
        "kind": "kinds",
        "gender": "gender",
        "age": "age",
        "plays": "plays",
        "country": "residence",
        "city": "city",
        "origin": "origin",
        "nationality": "nationality",
        "lang": "languages",
        "lang_all": "languages_all",
        "accent": "accents",
        "skill": "skills",
        "skill_all": "skills_all",
        "licence": "licenses",
        "xp": "experience",
        "eyes": "eye_color",
        "hair": "hair_color",
        "hair_type": "hair_type",
        "build": "build",
        **{name: name for name in AMOUNTS},
        "has": "has",
        "free_from": "free_from",
        "free_to": "free_to",
        "ethnicities": "ethnicities",
        "skin_tone": "skin_tone",
        "sort": "sort",
        "page": "page",
    }

    CHOICES: ClassVar[tuple[str, ...]] = (
        "kinds",
        "gender",
        "residence",
        "city",
        "languages",
        "accents",
        "skills",
        "licenses",
        "experience",
        "eye_color",
        "hair_color",
        "hair_type",
        "build",
        "origin",
        "nationality",
        "has",
        "ethnicities",
        "skin_tone",
    )

    @property
    def free(self) -> tuple[date, date] | None:
        """The days on which somebody must not be taken, both included; one alone stands for itself."""
        first, last = self.free_from or self.free_to, self.free_to or self.free_from
        return (first, last) if first and last else None
