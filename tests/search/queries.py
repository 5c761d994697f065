"""Searches that people might make, and some that nobody should."""

from datetime import date

from hypothesis import strategies as st

from talento.services.search.query import Completion, Having, Query, Sort
from talento.services.search.words import words
from talento.vocabulary.languages import Language
from talento.vocabulary.people import Experience, Gender
from talento.vocabulary.work import Availability, WorkMode
from tests.search import oracle

WORDS = [
    "karim",
    "kar",
    "mohamed",
    "mohamd",
    "mohmaed",
    "benali",
    "fatima",
    "electricien",
    "plombier",
    "chauffeur",
    "driver",
    "zoe",
    "ohler",
    "œhler",
    "d’été",
    "strasse",
    "أمينة",
    "امينه",
    "بن",
    "李",
    "kaki",
    "star",
    "a",
    "m",
    "e",
    "of",
    "de",
    "la",
    "en",
    "and",
    "or",
    "near",
    "OLD123456789",
    "MAM0001",
    "mam",
    "0001",
    "odd.",
    "odd.3@example.com",
    "example.com",
    "years",
    "ans",
    "jean-pierre",
    "l'art",
    "uniquement",
    "zymurgiste",
    "100",
    "%",
    "a_b",
    "suspendu",
    "alaoui",
    "alaiou",
    "karmi",
]

HOSTILE = [
    "%",
    "_",
    "'",
    '"',
    "NEAR(",
    "*",
    "a*",
    "karim OR 1=1",
    "\\",
    "🎬",
    "🎬🎬",
    "\x00",
    "‮karim",
    "https://x/t/MAM0001RAB",
]


def some(values, most: int = 3):
    return st.lists(st.sampled_from(list(values)), max_size=most).map(tuple)


def texts():
    word = st.sampled_from(WORDS)
    typed = st.builds(lambda w, n: w[: max(1, n)], word, st.integers(1, 14))
    slipped = st.builds(mutated, word, st.integers(0, 12), st.sampled_from("aeikmz"), st.integers(0, 3))
    return st.one_of(
        st.just(""),
        st.lists(st.one_of(word, typed, slipped), min_size=1, max_size=3).map(" ".join),
        st.sampled_from(HOSTILE),
        st.text(st.characters(codec="utf-8").filter(is_plain), max_size=20),
    )


def is_plain(letter: str) -> bool:
    """Whether the oracle folds a letter as the search does, which also knows `ł`, `đ` and marks without a width."""
    return all(words(text) == oracle.words(text) for text in (letter, f"a{letter}b"))


def mutated(word: str, place: int, letter: str, how: int) -> str:
    place %= len(word)
    head, rest = word[:place], word[place:]
    return (head + rest[1:], head + letter + rest, head + letter + rest[1:], head + rest[1:2] + rest[:1] + rest[2:])[
        how
    ]


def queries(skills, cities):
    ages = st.one_of(st.none(), st.integers(0, 90))
    days = st.one_of(st.none(), st.dates(date(2024, 10, 1), date(2026, 12, 1)))
    return st.builds(
        Query,
        text=texts(),
        skills=some(skills),
        skills_all=st.booleans(),
        residence=some(["MA", "FR", "SN", "ES", "BE"]),
        city=some(cities),
        origin=some(["MA", "FR", "SN", "CI"]),
        gender=some(g.value for g in Gender),
        age_min=ages,
        age_max=ages,
        languages=some(one.value for one in (Language.ARABIC, Language.FRENCH, Language.ENGLISH)),
        languages_all=st.booleans(),
        availability=some(a.value for a in Availability),
        work_mode=some(m.value for m in WorkMode),
        experience=some(e.value for e in Experience),
        complete=some(c.value for c in Completion),
        has=some(h.value for h in Having),
        registered_from=days,
        registered_to=days,
        sort=st.sampled_from(list(Sort)),
        everyone=st.booleans(),
    ).flatmap(loosened)


def loosened(query: Query):
    """Most searches narrow few properties: with all of them at once nobody would be left."""
    names = [field for field in Query.__slots__ if field not in ("sort", "text", "page", "everyone")]
    kept = st.sets(st.sampled_from(names), max_size=4)
    return kept.map(lambda keep: Query(**{n: getattr(query, n) for n in (*keep, "sort", "text", "everyone")}))
