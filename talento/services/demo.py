"""Believable people who do not exist, for demonstrations, tests and benchmarks: pure data, no database."""

import json
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from talento.vocabulary.cities import places
from talento.vocabulary.countries import COUNTRIES
from talento.vocabulary.folding import fold
from talento.vocabulary.languages import Language
from talento.vocabulary.networks import Network
from talento.vocabulary.people import Experience, Gender
from talento.vocabulary.skills import Skill, SkillCategory, SkillTag, skills
from talento.vocabulary.visibility import Visibility
from talento.vocabulary.work import Availability, WorkMode

TODAY = date(2026, 11, 1)
"""The day on which demo people have their ages, unless the caller says otherwise."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One invented talent. Rates are whole amounts of `currency`, that of the residence country."""

    first_name: str
    last_name: str
    email: str
    gender: Gender
    born_on: date
    origin: str
    nationality: str
    residence: str
    residence_city: str | None
    """The French name of a city of the residence country; None when it is not in the list."""
    phone: str
    whatsapp: str | None
    address: str | None
    experience: Experience
    languages: tuple[Language, ...]
    availability: Availability
    work_mode: WorkMode
    hourly_rate: int | None
    monthly_rate: int | None
    currency: str
    skills: tuple[str, ...]
    bio: str
    education: str | None
    portfolio: str | None
    website: str | None
    networks: Mapping[Network, str]
    has_photo: bool
    has_cv: bool
    registered_at: datetime
    visibility: Visibility


def people(count: int, seed: int = 1, today: date = TODAY) -> Iterator[DemoPerson]:
    """The first `count` people of a seed: always the same ones, in the same order, each with their own e-mail."""
    rng = Random(seed)
    for number in range(1, count + 1):
        yield _person(rng, number, today)


def _person(rng: Random, number: int, today: date) -> DemoPerson:
    origin = _ORIGINS.draw(rng)
    residence = _residence(rng, origin)
    home = _home(residence)
    gender = _GENDERS.draw(rng)
    (first_name, first_mail), (last_name, last_mail) = _name(rng, origin, gender)
    handle = f"{first_mail}.{last_mail}.{number}"
    age_days = _age_days(rng)
    experience = _experience(rng, age_days)
    chosen = _skills(rng)
    spot = home.cities.draw(rng) if home.cities and rng.random() > 0.015 else None
    locale = "fr" if rng.random() < (0.75 if residence in _FRANCOPHONE else 0.06) else "en"
    phone = phone_in(rng, residence)
    hourly, monthly = _rates(rng, home.currency, experience)
    chance = rng.random

    return DemoPerson(
        first_name=first_name,
        last_name=last_name,
        email=f"{handle}@{_DOMAINS[int(chance() * 3)]}",
        gender=gender,
        born_on=date.fromordinal(today.toordinal() - age_days),
        origin=origin,
        nationality=residence if chance() < 0.03 else origin,
        residence=residence,
        residence_city=spot.name if spot else None,
        phone=phone,
        whatsapp=_whatsapp(rng, phone, residence),
        address=_address(rng, spot, locale) if chance() < 0.4 else None,
        experience=experience,
        languages=_languages(rng, origin),
        availability=_AVAILABILITIES.draw(rng),
        work_mode=_WORK_MODES.draw(rng),
        hourly_rate=hourly,
        monthly_rate=monthly,
        currency=home.currency,
        skills=tuple(skill.slug for skill in chosen),
        bio=_bio(rng, chosen[0], spot, experience, locale),
        education=pick(rng, told("phrases")[locale]["education"]) if chance() < 0.6 else None,
        portfolio=f"https://portfolio.example.com/{handle}" if chance() < 0.15 else None,
        website=f"https://www.example.org/{handle}" if chance() < 0.07 else None,
        networks=_networks(rng, handle) if chance() < 0.7 else {},
        has_photo=chance() < 0.8,
        has_cv=chance() < 0.55,
        registered_at=_registered_at(rng, today),
        visibility=_VISIBILITIES.draw(rng),
    )


class Weighted(Generic[T]):
    """Values that are drawn as often as their weights say."""

    def __init__(self, weights: Mapping[T, float] | list[tuple[T, float]]) -> None:
        pairs = list(weights.items()) if isinstance(weights, Mapping) else weights
        self.values = [value for value, _ in pairs]
        total = sum(weight for _, weight in pairs)
        self.bounds = list(accumulate(weight / total for _, weight in pairs))[:-1]

    def draw(self, rng: Random) -> T:
        return self.values[bisect(self.bounds, rng.random())]

    def __bool__(self) -> bool:
        return bool(self.values)


@dataclass(frozen=True, slots=True)
class Spot:
    """A city with the two ways a sentence says "in" it."""

    name: str
    in_english: str
    in_french: str

    def inside(self, locale: str) -> str:
        return self.in_french if locale == "fr" else self.in_english


@dataclass(frozen=True, slots=True)
class Home:
    """What living in one country implies."""

    currency: str
    cities: Weighted[Spot]
    phone_shapes: tuple[tuple[str, int], ...]


Named = tuple[str, str]
"""A name as people write it, and what their mail address makes of it."""


@cache
def _home(code: str) -> Home:
    cities = places(code)
    return Home(
        currency=COUNTRIES[code].currency,
        cities=Weighted([(_spot(city.name_fr, city.label("en")), 1 / (rank + 2)) for rank, city in enumerate(cities)]),
        phone_shapes=tuple((shape.rstrip("#"), shape.count("#")) for shape in told("phones")[code].split()),
    )


def _spot(name: str, name_en: str) -> Spot:
    article, _, rest = name.partition(" ")
    contracted = {"Le": f"au {rest}", "Les": f"aux {rest}"}.get(article, f"à {name}")
    return Spot(name, f"in {name_en}", contracted)


@cache
def told(subject: str) -> dict:
    """What `vocabulary/data/demo_<subject>.json` holds."""
    return json.loads(files("talento.vocabulary").joinpath(f"data/demo_{subject}.json").read_text(encoding="utf-8"))


def pick(rng: Random, values: tuple[T, ...] | list[T]) -> T:
    """Any of the values, each as likely."""
    return values[int(rng.random() * len(values))]


def _residence(rng: Random, origin: str) -> str:
    if rng.random() < 0.87:
        return origin
    return _DIASPORA.get(origin, _ANYWHERE).draw(rng)


def _name(rng: Random, origin: str, gender: Gender) -> tuple[Named, Named]:
    names = _names(_pool(rng, origin))
    letter = gender.value if gender is not Gender.UNSPECIFIED else pick(rng, ("F", "M"))
    first, last = pick(rng, names[letter]), pick(rng, names["last"])
    if rng.random() < 0.02:
        other = pick(rng, names["last"])
        last = (f"{last[0]}-{other[0]}", f"{last[1]}-{other[1]}")
    return first, last


def _pool(rng: Random, origin: str) -> str:
    chance = rng.random()
    if chance < 0.003:
        return "very_long"
    culture = culture_of(origin)
    if chance < 0.02 and culture in ("maghreb", "arabic"):
        return "arabic_script"
    mixture = _MIXED_NAMES.get(origin)
    return mixture.draw(rng) if mixture else culture


def culture_of(origin: str) -> str:
    """Which names and looks are usual among people from a country."""
    return _cultures().get(origin, "english")


@cache
def _cultures() -> Mapping[str, str]:
    return {code: culture for culture, codes in told("names")["cultures"].items() for code in codes.split()}


@cache
def _names(pool: str) -> Mapping[str, list[Named]]:
    lists = told("names")["pools"][pool]
    return {kind: [(name, _mail_name(name)) for name in text.split(", ")] for kind, text in lists.items()}


def _mail_name(name: str) -> str:
    return fold(name).encode("ascii", "ignore").decode()[:20] or "talent"


def _age_days(rng: Random) -> int:
    low, high = _AGES.draw(rng)
    return int(365.25 * (low + rng.random() * (high - low))) + 2


def _experience(rng: Random, age_days: int) -> Experience:
    drawn = _EXPERIENCES.draw(rng)
    possible = max(age_days // 366 - 16, 0)
    return drawn if drawn.years <= possible else Experience.of_years(possible)


def _skills(rng: Random) -> list[Skill]:
    """One to five skills; the first is the person's trade, the others mostly from the same category."""
    trade = pick(rng, _TRADES)
    chosen = {trade.slug: trade}
    for _ in range(_EXTRA_SKILLS.draw(rng)):
        another = pick(rng, _BY_CATEGORY[trade.category] if rng.random() < 0.75 else _TRADES)
        chosen[another.slug] = another
    return list(chosen.values())


def _languages(rng: Random, origin: str) -> tuple[Language, ...]:
    candidates = _spoken(origin)
    chosen = [language for language, share in candidates if rng.random() < share][:4]
    return tuple(chosen) or (candidates[0][0],)


@cache
def _spoken(origin: str) -> list[tuple[Language, float]]:
    habits = told("countries")
    by_culture = habits["spoken_by_culture"].get(_cultures().get(origin))
    line = habits["spoken"].get(origin) or by_culture or "en:1 fr:.2"
    pairs = (word.split(":") for word in line.split())
    return [(Language(code), float(share)) for code, share in pairs]


def phone_in(rng: Random, country: str) -> str:
    """A mobile number of a country that looks right."""
    prefix, digits = pick(rng, _home(country).phone_shapes)
    return f"{prefix}{int(rng.random() * 10**digits):0{digits}d}"


def _whatsapp(rng: Random, phone: str, residence: str) -> str | None:
    chance = rng.random()
    if chance < 0.55:
        return phone
    return phone_in(rng, residence) if chance < 0.6 else None


def _address(rng: Random, spot: Spot | None, locale: str) -> str:
    door = int(rng.random() * 180) + 1
    street = pick(rng, told("phrases")[locale]["streets"])
    line = f"{door}, {street}" if locale == "fr" else f"{door} {street}"
    return f"{line}, {spot.name}" if spot else line


def _rates(rng: Random, currency: str, experience: Experience) -> tuple[int | None, int | None]:
    """An hourly and a monthly wish; the exchange rates behind them are rough, and only make demo amounts look right."""
    dollars = (2.5 + 7 * rng.random()) * (1 + experience.years / 12) * (4 if currency in _STRONG else 1)
    hourly = dollars * told("countries")["units_per_dollar"].get(currency, 1)
    wanted = rng.random()
    return (
        _round(hourly) if wanted < 0.6 else None,
        _round(hourly * 130) if wanted > 0.35 else None,
    )


def _round(amount: float) -> int:
    """The amount as people say it: two digits, then zeros."""
    step = 10 ** max(len(str(int(amount))) - 2, 0)
    return max(round(amount / step), 1) * step


def _networks(rng: Random, handle: str) -> dict[Network, str]:
    return {network: url + handle for network, url, share in _PROFILES if rng.random() < share}


def _registered_at(rng: Random, today: date) -> datetime:
    ago = timedelta(seconds=int(rng.random() * 729 * 86_400) + 1)
    return datetime.combine(today, time(), UTC) - ago


def _bio(rng: Random, trade: Skill, spot: Spot | None, experience: Experience, locale: str) -> str:
    """One to three sentences: trade and place, specialty, character."""
    phrases = told("phrases")[locale]
    is_beginner = experience is Experience.BEGINNER
    opening = pick(rng, phrases["openings_of_beginners" if is_beginner else "openings"]).format(
        domain=phrases["domains"][trade.category.value],
        place=spot.inside(locale) if spot else phrases["small_town"],
        years=experience.years + 1,
    )
    sentences = [opening[0].upper() + opening[1:]]
    if rng.random() < 0.8:
        sentences.append(pick(rng, phrases["specialties"]).format(skill=_SKILL_WORDS[locale][trade.slug]))
    if rng.random() < 0.6:
        sentences.append(pick(rng, phrases["characters"]))
    return " ".join(sentences)


def _in_sentence(label: str) -> str:
    """A label as the middle of a sentence writes it; acronyms stay as they are."""
    return label if label[:2].isupper() or not label[0].isalpha() else label[0].lower() + label[1:]


_DOMAINS = ("example.com", "example.org", "example.net")
_TRADES = skills(SkillTag.GENERAL)
_BY_CATEGORY = {category: skills(category=category) for category in SkillCategory}
_SKILL_WORDS = {locale: {skill.slug: _in_sentence(skill.label(locale)) for skill in _TRADES} for locale in ("en", "fr")}
_EXTRA_SKILLS = Weighted({0: 20, 1: 25, 2: 28, 3: 17, 4: 10})

_ORIGINS = Weighted(
    dict.fromkeys(COUNTRIES, 0.02)
    | {"MA": 45.0, "FR": 8.0, "SN": 6.0, "CI": 6.0, "DZ": 6.0, "TN": 5.0, "CD": 4.0, "CM": 3.0, "BE": 2.0, "ES": 2.0}
    | {"CA": 2.0, "ML": 1.5, "GN": 1.0, "BF": 1.0, "BJ": 1.0, "TG": 1.0, "GA": 1.0, "CG": 1.0, "MR": 0.8, "EG": 0.8}
    | {"NG": 0.8, "GH": 0.6, "GB": 0.6, "US": 0.6, "IT": 0.5, "PT": 0.5, "NE": 0.4, "TD": 0.4, "LB": 0.4, "DE": 0.4}
    | {"MG": 0.3, "RW": 0.3, "KE": 0.3, "ZA": 0.3, "BR": 0.3}
)
_ANYWHERE = Weighted({"FR": 30, "MA": 20, "CA": 10, "US": 8, "GB": 8, "BE": 6, "ES": 6, "DE": 6, "AE": 4, "CH": 2})
_DIASPORA = {
    "MA": Weighted({"FR": 45, "ES": 18, "BE": 12, "IT": 9, "NL": 6, "CA": 5, "DE": 3, "AE": 2}),
    "DZ": Weighted({"FR": 70, "CA": 12, "ES": 8, "BE": 5, "GB": 5}),
    "TN": Weighted({"FR": 62, "IT": 18, "DE": 10, "CA": 6, "AE": 4}),
    "SN": Weighted({"FR": 40, "MA": 22, "ES": 14, "IT": 12, "US": 7, "CI": 5}),
    "CI": Weighted({"FR": 48, "MA": 22, "BF": 12, "US": 10, "CA": 8}),
    "CD": Weighted({"BE": 40, "FR": 25, "CG": 12, "ZA": 12, "AO": 6, "MA": 5}),
    "FR": Weighted({"MA": 40, "BE": 18, "CA": 14, "GB": 14, "CH": 14}),
}
_MIXED_NAMES = {
    "FR": Weighted({"french": 74, "maghreb": 16, "west_african": 10}),
    "BE": Weighted({"french": 52, "north_european": 26, "maghreb": 16, "central_african": 6}),
    "CA": Weighted({"english": 52, "french": 38, "maghreb": 5, "south_asian": 5}),
    "ES": Weighted({"spanish": 93, "maghreb": 7}),
    "GB": Weighted({"english": 85, "south_asian": 9, "anglo_african": 6}),
    "US": Weighted({"english": 78, "spanish": 16, "east_asian": 6}),
    "CH": Weighted({"north_european": 60, "french": 30, "italian": 10}),
}
_FRANCOPHONE = frozenset(
    [
        "FR",
        "BE",
        "LU",
        "MC",
        "MA",
        "DZ",
        "TN",
        "MR",
        "SN",
        "CI",
        "ML",
        "GN",
        "BF",
        "BJ",
        "TG",
        "NE",
        "CD",
        "CG",
        "CM",
        "GA",
        "CF",
        "TD",
        "MG",
        "DJ",
        "KM",
        "BI",
        "HT",
        "CH",
    ]
)

_GENDERS = Weighted({Gender.FEMALE: 51, Gender.MALE: 47, Gender.UNSPECIFIED: 2})
_AGES = Weighted({(16, 18): 3, (18, 25): 27, (25, 35): 34, (35, 45): 21, (45, 60): 12, (60, 75.9): 3})
_EXPERIENCES = Weighted(dict(zip(Experience, (22, 24, 20, 21, 13), strict=True)))
_AVAILABILITIES = Weighted(dict(zip(Availability, (34, 14, 6, 18, 7, 6, 4, 6, 5), strict=True)))
_WORK_MODES = Weighted(dict(zip(WorkMode, (16, 38, 20, 4, 5, 6, 11), strict=True)))
_VISIBILITIES = Weighted({Visibility.RECRUITERS: 75, Visibility.PUBLIC: 20, Visibility.HIDDEN: 5})

_STRONG = frozenset(
    ["EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "SGD", "JPY", "AED", "QAR", "KWD"]
)
_PROFILES = (
    (Network.INSTAGRAM, "https://www.instagram.com/", 0.55),
    (Network.FACEBOOK, "https://www.facebook.com/", 0.5),
    (Network.LINKEDIN, "https://www.linkedin.com/in/", 0.4),
    (Network.TIKTOK, "https://www.tiktok.com/@", 0.25),
    (Network.YOUTUBE, "https://www.youtube.com/@", 0.1),
    (Network.TWITTER, "https://x.com/", 0.1),
    (Network.GITHUB, "https://github.com/", 0.05),
    (Network.BEHANCE, "https://www.behance.net/", 0.05),
)
