"""What is asked of the general roster."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from talento.services.search import asked
from talento.services.search.asked import LONGEST_TEXT, MOST_VALUES, Asked, Check, Sort, Values
from talento.vocabulary.choice import Choice
from talento.vocabulary.languages import Language
from talento.vocabulary.people import Experience, Gender
from talento.vocabulary.work import Availability, WorkMode

__all__ = ["LONGEST_TEXT", "MOST_VALUES", "PAGE", "Completion", "Having", "Query", "Sort"]

PAGE = 50


class Having(Choice):
    """What a profile may contain."""

    CV = "cv", "Has a CV", "Avec CV"
    PHOTO = "photo", "Has a photo", "Avec photo"
    PORTFOLIO = "portfolio", "Has a portfolio", "Avec portfolio"


class Completion(Choice):
    """How complete a profile is, in percent."""

    LITTLE = "0-24", "0–24%", "0–24\u202f%"
    PARTLY = "25-49", "25–49%", "25–49\u202f%"
    HALF = "50-74", "50–74%", "50–74\u202f%"
    NEARLY = "75-99", "75–99%", "75–99\u202f%"
    WHOLE = "100", "100%", "100\u202f%"


@dataclass(frozen=True, slots=True)
class Query(Asked):
    """A search. Within one property any value will do, unless `skills_all` or `languages_all` say otherwise."""

    text: str = ""
    skills: Values = ()
    skills_all: bool = False
    residence: Values = ()
    city: Values = ()
    origin: Values = ()
    gender: Values = ()
    age_min: int | None = None
    age_max: int | None = None
    languages: Values = ()
    languages_all: bool = False
    availability: Values = ()
    work_mode: Values = ()
    experience: Values = ()
    complete: Values = ()
    has: Values = ()
    registered_from: date | None = None
    registered_to: date | None = None
    sort: Sort = Sort.BEST
    page: int = 1
    everyone: bool = False

    CHECKS: ClassVar[Mapping[str, Check]] = {
        "text": asked.text,
        "skills": asked.slugs,
        "skills_all": asked.flag,
        "residence": asked.countries,
        "city": asked.cities,
        "origin": asked.countries,
        "gender": asked.one_of(Gender),
        "age_min": asked.age,
        "age_max": asked.age,
        "languages": asked.one_of(Language),
        "languages_all": asked.flag,
        "availability": asked.one_of(Availability),
        "work_mode": asked.one_of(WorkMode),
        "experience": asked.one_of(Experience),
        "complete": asked.one_of(Completion),
        "has": asked.one_of(Having),
        "registered_from": asked.day,
        "registered_to": asked.day,
        "sort": asked.order,
        "page": asked.page,
        "everyone": asked.flag,
    }

    NAMES: ClassVar[Mapping[str, str]] = {
        "q": "text",
        "skill": "skills",
        "skill_all": "skills_all",
        "country": "residence",
        "city": "city",
        "origin": "origin",
        "gender": "gender",
        "age": "age",
        "lang": "languages",
        "lang_all": "languages_all",
        "available": "availability",
        "mode": "work_mode",
        "xp": "experience",
        "complete": "complete",
        "has": "has",
        "since": "registered_from",
        "until": "registered_to",
        "sort": "sort",
        "page": "page",
        "everyone": "everyone",
    }

    CHOICES: ClassVar[tuple[str, ...]] = (
        "skills",
        "residence",
        "city",
        "origin",
        "gender",
        "languages",
        "availability",
        "work_mode",
        "experience",
        "complete",
        "has",
    )
