"""The properties by which people are narrowed down, and the labels of their values."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from talento.i18n import phrase
from talento.services.reference import Book
from talento.services.search.query import Having, Query
from talento.services.search.segment import AGE_BANDS
from talento.services.search.words import words
from talento.vocabulary.choice import Choice
from talento.vocabulary.languages import Language
from talento.vocabulary.people import Experience, Gender
from talento.vocabulary.work import Availability, WorkMode

MANY = ("skills", "languages")

Labels = Callable[[Book, str, str], str]


@dataclass(frozen=True, slots=True)
class Property:
    """One facet: its name, the query's field, its heading in English, and how values are shown."""

    name: str
    field: str
    text: str
    label: Labels
    order: tuple[str, ...] = ()
    """Values in a fixed order, all of them always shown; else the most frequent first."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value: how many people it would leave."""

    value: str
    label: str
    count: int
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with the values worth showing; `more` says how many others there are."""

    name: str
    text: str
    values: list[FacetValue]
    more: int


@dataclass(frozen=True, slots=True)
class Wide:
    """More of one facet: up to `most` values, those with a word that begins with `like` when it is given."""

    like: str = ""
    most: int = 60


SHOWN = Wide(most=8)


def shown(
    counts: Mapping[str, Counter[str]], query: Query, book: Book, locale: str, wide: Mapping[str, Wide] | None = None
) -> list[Facet]:
    """The facets with their most frequent values, and those chosen even when they leave nobody."""
    wide = wide or {}
    return [_facet(BY_NAME[name], found, query, book, locale, wide.get(name, SHOWN)) for name, found in counts.items()]


def names(book: Book) -> dict[str, list[str]]:
    """The English and the French label of every value but cities, by `kind/value`."""
    lists: dict[str, type[Choice]] = {
        "gender": Gender,
        "languages": Language,
        "experience": Experience,
        "availability": Availability,
    }
    lists |= {"work_mode": WorkMode, "has": Having}
    known = {f"{kind}/{one.value}": [one.en, one.fr] for kind, choices in lists.items() for one in choices}
    known |= {f"skills/{skill.slug}": [skill.en, skill.fr] for skill in book.skills.values() if skill.tag == "general"}
    return known | {f"country/{code}": [country.en, country.fr] for code, country in book.countries.items()}


def label(book: Book, facet: str, value: str, locale: str) -> str:
    """A chosen value in words."""
    return BY_NAME[facet].label(book, value, locale)


def keys(facet: str, chosen: Iterable[str], book: Book) -> list[str]:
    """The chosen values as the index knows them: skills by key rather than slug."""
    if facet != "skills":
        return list(chosen)
    return [str(book.skills[slug].id) if slug in book.skills else "" for slug in chosen]


def _facet(facet: Property, counts: Counter[str], query: Query, book: Book, locale: str, wide: Wide) -> Facet:
    if facet.name == "skills":
        counts = Counter({book.skill_ids[int(k)].slug: n for k, n in counts.items() if int(k) in book.skill_ids})
    chosen = [facet.name] if facet.name in query.has else query.chosen(facet.field) if facet.field != "has" else []
    wanted = list(facet.order) or _frequent(facet, counts, chosen, book, locale, wide)
    values = [
        FacetValue(value, facet.label(book, value, locale), counts.get(value, 0), value in chosen) for value in wanted
    ]
    return Facet(facet.name, facet.text, values, max(0, len(counts) - len(values)))


def _frequent(
    facet: Property, counts: Counter[str], chosen: Iterable[str], book: Book, locale: str, wide: Wide
) -> list[str]:
    if wide.like.strip():
        counts = Counter({v: n for v, n in counts.items() if _begins(facet.label(book, v, locale), wide.like)})
        chosen = ()
    frequent = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[: wide.most]
    return list(dict.fromkeys([*chosen, *(value for value, _ in frequent)]))


def _begins(label: str, like: str) -> bool:
    parts = words(label)
    return all(any(part.startswith(word) for part in parts) for word in words(like))


def _choice(choices: type[Choice]) -> Labels:
    return lambda book, value, locale: choices(value).label(locale)


def _country(book: Book, value: str, locale: str) -> str:
    return book.countries[value].label(locale) if value in book.countries else value


def _city(book: Book, value: str, locale: str) -> str:
    place = book.cities.get(int(value))
    if place is None:
        return value
    return f"{place.label(locale)} ({place.country})" if place.is_unlisted else place.label(locale)


def _skill(book: Book, value: str, locale: str) -> str:
    return book.skills[value].label(locale) if value in book.skills else value


def _band(book: Book, value: str, locale: str) -> str:
    low, _, high = value.partition("-")
    return f"{low}–{high}" if low and high else f"≤ {high}" if high else f"{low}+"


def _all(choices: type[Choice]) -> tuple[str, ...]:
    return tuple(choice.value for choice in choices)


FACETS = (
    Property("skills", "skills", phrase("Skills"), _skill),
    Property("residence", "residence", phrase("Country of residence"), _country),
    Property("city", "city", phrase("City"), _city),
    Property("age", "age", phrase("Age"), _band, tuple(AGE_BANDS)),
    Property("gender", "gender", phrase("Gender"), _choice(Gender), _all(Gender)),
    Property("languages", "languages", phrase("Languages"), _choice(Language)),
    Property("experience", "experience", phrase("Experience"), _choice(Experience), _all(Experience)),
    Property("availability", "availability", phrase("Availability"), _choice(Availability), _all(Availability)),
    Property("work_mode", "work_mode", phrase("Way of working"), _choice(WorkMode), _all(WorkMode)),
    Property("origin", "origin", phrase("Country of origin"), _country),
    *(Property(having.value, "has", having.en, _choice(Having), (having.value,)) for having in Having),
)
BY_NAME = {facet.name: facet for facet in FACETS}
