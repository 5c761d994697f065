"""Believable actors, extras and children who do not exist: what a demonstration person is on the casting roster."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from talento.services.demo import TODAY, DemoPerson, Weighted, culture_of, people, phone_in, pick, told
from talento.vocabulary.appearance import Build, Ethnicity, EyeColor, HairColor, HairType, SkinTone
from talento.vocabulary.casting import Accent, DocumentType, DrivingLicense, ProductionType, Relation, TalentType
from talento.vocabulary.languages import Language
from talento.vocabulary.people import ADULT, Experience, Gender
from talento.vocabulary.skills import Skill, SkillTag, skills

SUBJECT = "cinema"


@dataclass(frozen=True, slots=True)
class DemoCredit:
    """A production somebody invented took part in."""

    title: str
    year: int
    kind: ProductionType
    part: str


@dataclass(frozen=True, slots=True)
class DemoGuardian:
    """Who answers for a person under 18; some have not agreed yet."""

    name: str
    relation: Relation
    phone: str
    has_consented: bool


@dataclass(frozen=True, slots=True)
class DemoTalent:
    """One invented cinema talent; `person` has the name, the places and how to reach them.

    Sizes are in centimeters, kilograms and European shoe sizes. `away` are days without work, both ends included.
    """

    person: DemoPerson
    email: str
    stage_name: str
    born_on: date
    document_type: DocumentType
    document_number: str
    guardian: DemoGuardian | None
    traits: tuple[tuple[Ethnicity, ...], SkinTone] | None
    """What the person told and agreed to; None without consent."""
    eye_color: EyeColor
    hair_color: HairColor
    hair_type: HairType
    build: Build
    sizes: Mapping[str, int]
    clothing_size: str
    playing_ages: tuple[int, int] | None
    experience: Experience
    kinds: tuple[TalentType, ...]
    accents: tuple[Accent, ...]
    licenses: tuple[DrivingLicense, ...]
    skills: tuple[str, ...]
    languages: tuple[Language, ...]
    bio: str
    trade_union: str
    agent: str
    showreel_url: str
    voice_reel_url: str
    credits: tuple[DemoCredit, ...]
    away: tuple[tuple[date, date, str], ...]

    @property
    def is_minor(self) -> bool:
        """Whether a guardian has to agree."""
        return self.guardian is not None


def talents(count: int, seed: int = 1, today: date = TODAY) -> Iterator[DemoTalent]:
    """The first `count` cinema talents of a seed: always the same ones, each with their own e-mail."""
    rng = Random(f"cinema {seed}")
    for person in people(count, seed + 1_000_003, today):
        yield _talent(rng, person, today)


def _talent(rng: Random, person: DemoPerson, today: date) -> DemoTalent:
    age = _AGES.draw(rng)
    years = int(age[0] + rng.random() * (age[1] - age[0]))
    born_on = today - timedelta(days=int((years + rng.random()) * 365.25) + 1)
    handle = person.email.partition("@")[0]
    look = _looks(look_of(person.origin))
    build = _BUILDS.draw(rng)
    experience = Experience.of_years(min(rng.choice((0, 0, 1, 2, 3, 4, 5, 7, 9, 12, 20)), max(years - 6, 0)))
    chosen = tuple(dict.fromkeys(pick(rng, _SKILLS) for _ in range(rng.randrange(1, 6))))
    kinds = _kinds(rng, years)
    locale = "fr" if rng.random() < 0.6 else "en"
    chance = rng.random

    return DemoTalent(
        person=person,
        email=f"{handle}@cinema.example.com",
        stage_name=pick(rng, told(SUBJECT)["stage_names"]) if chance() < 0.12 else "",
        born_on=born_on,
        document_type=pick(rng, tuple(DocumentType)),
        document_number=f"DEMO{int(chance() * 10**7):07d}",
        guardian=_guardian(rng, person) if _age(born_on, today) < ADULT else None,
        traits=_traits(rng, look) if chance() < 0.55 else None,
        eye_color=EyeColor(look["eyes"].draw(rng)),
        hair_color=_hair(rng, look, years, person.gender),
        hair_type=HairType(look["texture"].draw(rng)),
        build=build,
        sizes=_sizes(rng, years, person.gender, build),
        clothing_size=_clothing(years, build),
        playing_ages=_playing_ages(rng, years) if chance() < 0.7 else None,
        experience=experience,
        kinds=kinds,
        accents=_accents(rng, person),
        licenses=tuple(one for one, share in _LICENSES if years >= ADULT and chance() < share),
        skills=tuple(skill.slug for skill in chosen),
        languages=person.languages,
        bio=_bio(rng, years, experience, chosen[0], locale),
        trade_union=pick(rng, told(SUBJECT)["unions"]) if chance() < 0.1 else "",
        agent=pick(rng, told(SUBJECT)["agencies"]) if chance() < 0.18 else "",
        showreel_url=f"https://video.example.com/{handle}" if chance() < 0.35 else "",
        voice_reel_url=f"https://audio.example.com/{handle}" if TalentType.VOICE_OVER in kinds else "",
        credits=_credits(rng, experience, today),
        away=_away(rng, today) if chance() < 0.3 else (),
    )


def _age(born_on: date, today: date) -> int:
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def look_of(origin: str) -> str:
    """How people from a country are drawn, by the name of a look in the data."""
    return str(told(SUBJECT)["looks_of"].get(culture_of(origin), "european"))


@cache
def _looks(look: str) -> Mapping[str, Weighted[str]]:
    line = told(SUBJECT)["looks"][look]
    return {name: _weighted(values) for name, _, values in (part.partition("=") for part in line.split())}


def _weighted(text: str) -> Weighted[str]:
    pairs = (word.split(":") for word in text.split(","))
    return Weighted([(value, float(weight)) for value, weight in pairs])


def _traits(rng: Random, look: Mapping[str, Weighted[str]]) -> tuple[tuple[Ethnicity, ...], SkinTone]:
    told_of = dict.fromkeys(Ethnicity(look["ethnicity"].draw(rng)) for _ in range(1 if rng.random() < 0.8 else 2))
    return tuple(told_of), SkinTone(look["skin"].draw(rng))


def _guardian(rng: Random, person: DemoPerson) -> DemoGuardian:
    relation = _RELATIONS.draw(rng)
    first = {"mother": ("Samira", "Claire", "Fatou"), "father": ("Hassan", "Marc", "Ousmane")}
    name = f"{pick(rng, first.get(relation.value, ('Dominique', 'Nour')))} {person.last_name}"
    return DemoGuardian(name, relation, phone_in(rng, person.residence), rng.random() < 0.8)


def _hair(rng: Random, look: Mapping[str, Weighted[str]], years: int, gender: Gender) -> HairColor:
    chance = rng.random()
    if years > 45 and chance < (years - 40) / 60:
        return pick(rng, (HairColor.SALT_AND_PEPPER, HairColor.GRAY, HairColor.WHITE))
    if gender is Gender.MALE and years > 22 and chance > 0.93:
        return HairColor.SHAVED
    return HairColor(look["hair"].draw(rng))


def _sizes(rng: Random, years: int, gender: Gender, build: Build) -> dict[str, int]:
    """Measurements that fit one body; a third of people give only their height."""
    is_woman = gender is Gender.FEMALE
    grown = rng.gauss(163, 6.3) if is_woman else rng.gauss(175, 7)
    height = round(min(grown, 78 + 6.1 * years + rng.gauss(0, 4)) if years < ADULT else grown)
    mass = _MASS_INDEX[build] if years >= ADULT else 14.5 + years * 0.35
    girth = (mass / 23) ** 0.5 * height / 172
    sizes = {
        "height": height,
        "weight": round(mass * (height / 100) ** 2),
        "chest": round((91 if is_woman else 98) * girth),
        "waist": round((74 if is_woman else 84) * girth),
        "hips": round((98 if is_woman else 96) * girth),
        "inseam": round(height * 0.45),
        "collar": round(38 * girth),
        "shoe_size": round(height * 0.24 - (1 if is_woman else -0.5)),
    }
    return sizes if rng.random() < 0.65 else {"height": height}


def _clothing(years: int, build: Build) -> str:
    if years < 15:
        return f"{years}Y"
    return ["XS", "S", "S", "M", "L", "M", "L", "XL", "XXL", "XL"][list(Build).index(build)]


def _playing_ages(rng: Random, years: int) -> tuple[int, int]:
    spread = 1 if years < 12 else 3 if years < ADULT else 6
    return max(years - rng.randrange(spread + 1), 3), min(years + rng.randrange(1, spread + 1), 95)


def _kinds(rng: Random, years: int) -> tuple[TalentType, ...]:
    drawn = dict.fromkeys(_KINDS.draw(rng) for _ in range(rng.choice((1, 1, 2, 2, 3))))
    allowed = [kind for kind in drawn if years >= 16 or kind not in _FOR_ADULTS]
    return tuple(allowed) or (TalentType.EXTRA,)


def _accents(rng: Random, person: DemoPerson) -> tuple[Accent, ...]:
    known = told(SUBJECT)["accents"]
    found = [Accent(known[country]) for country in (person.origin, person.residence) if country in known]
    if rng.random() < 0.2:
        found.append(pick(rng, tuple(Accent)))
    return tuple(dict.fromkeys(found)) if rng.random() < 0.7 else ()


def _bio(rng: Random, years: int, experience: Experience, skill: Skill, locale: str) -> str:
    phrases = told(SUBJECT)[locale]
    if years < 13:
        return str(pick(rng, phrases["children"]))
    is_beginner = experience is Experience.BEGINNER
    opening = pick(rng, phrases["beginners" if is_beginner else "openings"]).format(years=experience.years + 1)
    sentences = [opening]
    if rng.random() < 0.7:
        sentences.append(pick(rng, phrases["strengths"]).format(skill=skill.label(locale)))
    if rng.random() < 0.6:
        sentences.append(pick(rng, phrases["wishes"]))
    return " ".join(sentences)


def _credits(rng: Random, experience: Experience, today: date) -> tuple[DemoCredit, ...]:
    """The latest first."""
    words = told(SUBJECT)
    count = 0 if experience is Experience.BEGINNER else rng.randrange(0, min(experience.years, 8) + 1)
    titles = rng.sample(words["titles"], count)
    years = sorted((today.year - rng.randrange(0, experience.years + 1) for _ in titles), reverse=True)
    return tuple(
        DemoCredit(title, year, pick(rng, tuple(ProductionType)), pick(rng, words["parts"]))
        for title, year in zip(titles, years, strict=True)
    )


def _away(rng: Random, today: date) -> tuple[tuple[date, date, str], ...]:
    """One to three stretches within half a year, in order, none touching another."""
    found, start = [], today + timedelta(days=rng.randrange(0, 40))
    for _ in range(rng.choice((1, 1, 2, 3))):
        end = start + timedelta(days=rng.randrange(0, 21))
        found.append((start, end, pick(rng, told(SUBJECT)["away"])))
        start = end + timedelta(days=rng.randrange(5, 60))
    return tuple(found)


_SKILLS = skills(SkillTag.CINEMA)
_AGES = Weighted({(5, 12): 6, (12, 18): 8, (18, 25): 23, (25, 35): 27, (35, 45): 17, (45, 60): 13, (60, 80): 6})
_RELATIONS = Weighted({Relation.MOTHER: 5, Relation.FATHER: 4, Relation.GUARDIAN: 1})
_BUILDS = Weighted(dict(zip(Build, (4, 12, 14, 18, 8, 26, 7, 5, 4, 2), strict=True)))
_MASS_INDEX = dict(zip(Build, (17.5, 19, 20.5, 22.5, 25.5, 23.5, 27, 28.5, 31, 32), strict=True))
_KINDS = Weighted(dict(zip(TalentType, (10, 16, 34, 12, 3, 3, 5, 9, 6, 7, 2, 4, 1), strict=True)))
_FOR_ADULTS = (TalentType.STUNT_PERFORMER, TalentType.STAND_IN, TalentType.DOUBLE, TalentType.LEAD_ACTOR)
_LICENSES = (
    (DrivingLicense.CAR, 0.5),
    (DrivingLicense.MOTORCYCLE, 0.15),
    (DrivingLicense.TRUCK, 0.04),
    (DrivingLicense.BOAT, 0.03),
    (DrivingLicense.BUS, 0.02),
    (DrivingLicense.AIRCRAFT, 0.005),
)
