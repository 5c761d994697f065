"""Who answers to a text: by code, e-mail, name, skill or biography, in this order of likeness."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pyroaring import BitMap

from talento.services import codes
from talento.services.reference import Book
from talento.services.search.asked import LONGEST_TEXT
from talento.services.search.bitmaps import NOBODY, Ids, intersection, of_ids, union
from talento.services.search.lexicon import Lexicon, is_slippable
from talento.services.search.roster import Roster
from talento.services.search.segment import Segment
from talento.services.search.words import words

FEW = 3
"""A slip is forgiven when fewer people than this match without it."""

CODE_AT_LEAST = 3
EMAIL_AT_LEAST = 3
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, and the words it folds to (`Jean-Pierre` is two)."""

    typed: str
    folded: tuple[str, ...]


@dataclass(slots=True)
class Likeness:
    """Who matches a text in one segment, from the most alike to the least; each set may repeat the one before."""

    tiers: list[BitMap] = field(default_factory=list)

    @property
    def everybody(self) -> BitMap:
        return self.tiers[-1]


def asked(text: str) -> list[Word]:
    """The words of a text, as far as they can be searched."""
    found = [Word(typed.lower(), tuple(words(typed))) for typed in text[:LONGEST_TEXT].split()[:MOST_WORDS]]
    return [word for word in found if word.folded]


@dataclass(frozen=True, slots=True)
class Reach:
    """What of a segment is looked at."""

    segment: Segment
    scope: BitMap
    """Whom the reader may see; whether a slip is forgiven depends on nobody else (`AZ-10`)."""
    silent: BitMap = NOBODY
    """Who is not found by e-mail."""

    def mailed(self, found: Ids) -> BitMap:
        """These people, but for those who are silent."""
        people = of_ids(found)
        return people - self.silent if self.silent else people


def like(reaches: Sequence[Reach], text: str, labels: "Labels") -> list[Likeness] | None:
    """Who matches in each segment; None when the text holds nothing to search for.

    Args:
        labels: the words by which values of facets are found.
    """
    typed = asked(text)
    if not typed:
        return None
    hits = [_hits(reaches, word, labels) for word in typed]
    code = codes.normalize(text)
    return [_ranked(reach, code, text.lower(), [hit[place] for hit in hits]) for place, reach in enumerate(reaches)]


@dataclass(slots=True)
class _Hits:
    """Who matches one word in one segment."""

    name: BitMap
    skill: BitMap
    exact: BitMap
    name_slip: BitMap = NOBODY
    any_slip: BitMap = NOBODY


def _hits(reaches: Sequence[Reach], word: Word, labels: "Labels") -> list[_Hits]:
    found = [_exact(reach, word, labels) for reach in reaches]
    total = sum(hits.exact.intersection_cardinality(reach.scope) for hits, reach in zip(found, reaches, strict=True))
    if total < FEW and any(map(is_slippable, word.folded)):
        for reach, hits in zip(reaches, found, strict=True):
            _forgive(reach.segment, word, labels, hits)
    return found


def _exact(reach: Reach, word: Word, labels: "Labels") -> _Hits:
    segment = reach.segment
    names = [segment.names_words.starting_with(part) for part in word.folded]
    skills = [labels.people(segment, labels.words.starting_with(part)) for part in word.folded]
    bios = [segment.bio_words.starting_with(part) for part in word.folded]
    emails = reach.mailed(segment.emails.starting_with(word.typed)) if len(word.typed) >= EMAIL_AT_LEAST else NOBODY
    name = _all(names)
    skill = _all([a | b for a, b in zip(names, skills, strict=True)])
    exact = _all([union(sets) for sets in zip(names, skills, bios, strict=True)]) | emails
    return _Hits(name, skill, exact)


def _forgive(segment: Segment, word: Word, labels: "Labels", hits: _Hits) -> None:
    """Add to the hits those that are one slip away in each part of the word."""
    names, others = [], []
    for part in word.folded:
        name = segment.names_words.starting_with(part) | segment.names_words.one_slip_from(part)
        skills = labels.words.starting_with(part) | labels.words.one_slip_from(part)
        bio = segment.bio_words.starting_with(part) | segment.bio_words.one_slip_from(part)
        names.append(name)
        others.append(name | labels.people(segment, skills) | bio)
    hits.name_slip, hits.any_slip = _all(names), _all(others)


def _ranked(reach: Reach, code: str, text: str, hits: list[_Hits]) -> Likeness:
    segment = reach.segment
    exact = of_ids(segment.codes.equal_to(code)) | reach.mailed(segment.emails.equal_to(text))
    coded = of_ids(segment.codes.starting_with(code)) if _is_like_a_code(code) else NOBODY
    tiers = [
        exact,
        _all([hit.name for hit in hits]),
        _all([hit.skill for hit in hits]),
        _all([hit.exact for hit in hits]) | coded,
        _all([hit.name | hit.name_slip for hit in hits]),
        _all([hit.exact | hit.any_slip for hit in hits]),
    ]
    tiers[-1] = union([exact, tiers[3], tiers[4], tiers[5]])
    return Likeness(tiers)


def _is_like_a_code(code: str) -> bool:
    """Whether it can be the beginning of a code: letters alone are words."""
    return len(code) >= CODE_AT_LEAST and code[0].isalpha() and any(letter.isdigit() for letter in code)


def _all(sets: Sequence[BitMap]) -> BitMap:
    return intersection(sets) or BitMap()


class Labels:
    """The words of the labels, in both languages, of the facets whose values are searched like words."""

    def __init__(self, roster: Roster, book: Book) -> None:
        self.book = book
        self._values: list[tuple[str, str]] = []
        postings: dict[str, BitMap] = {}
        for facet, value, text in _labeled(roster, book):
            for word in words(text):
                postings.setdefault(word, BitMap()).add(len(self._values))
            self._values.append((facet, value))
        self.words = Lexicon(postings)

    def people(self, segment: Segment, found: BitMap) -> BitMap:
        """Everybody who has one of the values at these places."""
        if not found:
            return NOBODY
        values = [self._values[place] for place in found]
        sets = (segment.facets.get(facet, {}).get(value) for facet, value in values)
        return union([people for people in sets if people is not None])


def labels_of(roster: Roster, book: Book) -> Labels:
    """The words of a roster's labels, made anew when the lists of the book change."""
    known = _known.get(roster.topic)
    if known is None or known.book is not book:
        known = _known[roster.topic] = Labels(roster, book)
    return known


def _labeled(roster: Roster, book: Book) -> Iterator[tuple[str, str, str]]:
    """Facet, value as the index knows it, and label in both languages."""
    for name in roster.worded:
        choices = roster.by_name[name].choices
        if choices is not None:
            yield from ((name, one.value, f"{one.en} {one.fr}") for one in choices)
        else:
            yield from ((name, str(skill.id), f"{skill.en} {skill.fr}") for skill in book.skill_ids.values())


_known: dict[str, Labels] = {}
