"""The properties by which people are narrowed down, and the labels of their values."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from talento.i18n import say
from talento.services.reference import Book
from talento.services.search.asked import Asked
from talento.services.search.words import words
from talento.vocabulary.choice import Choice

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
    choices: type[Choice] | None = None
    """The closed list of the values, if they are of one."""
    kind: str = ""
    """Under which name the page knows the labels of the values, unless under the facet's own."""
    is_protected: bool = False
    """Searched and counted only where something calls for it."""

    @property
    def labels(self) -> str:
        """The name under which the labels of the values are known."""
        return self.kind or self.name

    @property
    def is_flag(self) -> bool:
        """Whether people have it or not: one of several facets that share a field."""
        return self.field == "has"


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
    counts: Mapping[str, Counter[str]],
    properties: Mapping[str, Property],
    query: Asked,
    book: Book,
    locale: str,
    wide: Mapping[str, Wide] | None = None,
) -> list[Facet]:
    """The facets with their most frequent values, and those chosen even when they leave nobody."""
    wide = wide or {}
    return [
        _facet(properties[name], found, query, book, locale, wide.get(name, SHOWN)) for name, found in counts.items()
    ]


def names(
    properties: Sequence[Property], book: Book, tag: str, spans: Mapping[str, str] | None = None
) -> dict[str, list[str]]:
    """The English and the French label of every value but cities, by `kind/value`; skills of one tag.

    Args:
        spans: what the other criteria are called in English, by name.
    """
    listed = {facet.labels: facet.choices for facet in properties if facet.choices}
    known = {f"{kind}/{one.value}": [one.en, one.fr] for kind, choices in listed.items() for one in choices}
    known |= {f"skills/{skill.slug}": [skill.en, skill.fr] for skill in book.skills.values() if skill.tag == tag}
    known |= {f"span/{name}": [text, say("fr", text)] for name, text in (spans or {}).items()}
    return known | {f"country/{code}": [country.en, country.fr] for code, country in book.countries.items()}


def keys(facet: str, chosen: Iterable[str], book: Book) -> list[str]:
    """The chosen values as the index knows them: skills by key rather than slug."""
    if facet != "skills":
        return list(chosen)
    return [str(book.skills[slug].id) if slug in book.skills else "" for slug in chosen]


def listed(name: str, text: str, choices: type[Choice], *, is_ordered: bool = True, **more: bool) -> Property:
    """A facet with the values of a closed list: all of them in its order, or the most frequent first."""
    order = tuple(choice.value for choice in choices) if is_ordered else ()
    return Property(name, name, text, _choice(choices), order, choices, **more)


def flags(choices: type[Choice]) -> list[Property]:
    """A facet for each thing that people have or have not."""
    label = _choice(choices)
    return [Property(one.value, "has", one.en, label, (one.value,), choices, "has") for one in choices]


def country(name: str, text: str) -> Property:
    """A facet of countries."""
    return Property(name, name, text, _country, kind="country")


def cities(text: str) -> Property:
    """The facet of cities."""
    return Property("city", "city", text, _city)


def skills(text: str) -> Property:
    """The facet of skills."""
    return Property("skills", "skills", text, _skill)


def ages(text: str, bands: Mapping[str, tuple[int, int]]) -> Property:
    """The facet of ages."""
    return Property("age", "age", text, _band, tuple(bands))


def _facet(facet: Property, counts: Counter[str], query: Asked, book: Book, locale: str, wide: Wide) -> Facet:
    if facet.name == "skills":
        counts = Counter({book.skill_ids[int(k)].slug: n for k, n in counts.items() if int(k) in book.skill_ids})
    chosen = _chosen(facet, query)
    wanted = list(facet.order) or _frequent(facet, counts, chosen, book, locale, wide)
    values = [
        FacetValue(value, facet.label(book, value, locale), counts.get(value, 0), value in chosen) for value in wanted
    ]
    return Facet(facet.name, facet.text, values, max(0, len(counts) - len(values)))


def _chosen(facet: Property, query: Asked) -> Sequence[str]:
    if facet.is_flag:
        return [facet.name] if facet.name in query.has else []
    return query.chosen(facet.field)


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
