"""Who answers to a text: by code, e-mail, name, skill or biography, in this order of likeness."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from pyroaring import BitMap

from talento.services import codes
from talento.services.reference import Book
from talento.services.search.bitmaps import NOBODY, any_of, intersection, of_ids, union
from talento.services.search.lexicon import Lexicon, is_slippable
from talento.services.search.query import LONGEST_TEXT
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


def like(segments: Sequence[Segment], scopes: Sequence[BitMap], text: str, book: Book) -> list[Likeness] | None:
    """Who matches in each segment; None when the text holds nothing to search for.

    Args:
        scopes: whom the reader may see; whether a slip is forgiven depends on nobody else (`AZ-10`).
    """
    typed = asked(text)
    if not typed:
        return None
    hits = [_hits(segments, scopes, word, book) for word in typed]
    code = codes.normalize(text)
    return [
        _ranked(segment, code, text.lower(), [hit[place] for hit in hits]) for place, segment in enumerate(segments)
    ]


@dataclass(slots=True)
class _Hits:
    """Who matches one word in one segment."""

    name: BitMap
    skill: BitMap
    exact: BitMap
    name_slip: BitMap = NOBODY
    any_slip: BitMap = NOBODY


def _hits(segments: Sequence[Segment], scopes: Sequence[BitMap], word: Word, book: Book) -> list[_Hits]:
    found = [_exact(segment, word, book) for segment in segments]
    total = sum(hits.exact.intersection_cardinality(scope) for hits, scope in zip(found, scopes, strict=True))
    if total < FEW and any(map(is_slippable, word.folded)):
        for segment, hits in zip(segments, found, strict=True):
            _forgive(segment, word, book, hits)
    return found


def _exact(segment: Segment, word: Word, book: Book) -> _Hits:
    names = [segment.names_words.starting_with(part) for part in word.folded]
    skills = [_skilled(segment, _skills(book).starting_with(part)) for part in word.folded]
    bios = [segment.bio_words.starting_with(part) for part in word.folded]
    emails = of_ids(segment.emails.starting_with(word.typed)) if len(word.typed) >= EMAIL_AT_LEAST else NOBODY
    name = _all(names)
    skill = _all([a | b for a, b in zip(names, skills, strict=True)])
    exact = _all([union(sets) for sets in zip(names, skills, bios, strict=True)]) | emails
    return _Hits(name, skill, exact)


def _forgive(segment: Segment, word: Word, book: Book, hits: _Hits) -> None:
    """Add to the hits those that are one slip away in each part of the word."""
    names, others = [], []
    for part in word.folded:
        name = segment.names_words.starting_with(part) | segment.names_words.one_slip_from(part)
        skills = _skills(book).starting_with(part) | _skills(book).one_slip_from(part)
        bio = segment.bio_words.starting_with(part) | segment.bio_words.one_slip_from(part)
        names.append(name)
        others.append(name | _skilled(segment, skills) | bio)
    hits.name_slip, hits.any_slip = _all(names), _all(others)


def _ranked(segment: Segment, code: str, text: str, hits: list[_Hits]) -> Likeness:
    exact = of_ids(np.concatenate([segment.codes.equal_to(code), segment.emails.equal_to(text)]))
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


def _skilled(segment: Segment, skills: BitMap) -> BitMap:
    return any_of(segment.facets["skills"], map(str, skills)) if skills else NOBODY


def _skills(book: Book) -> Lexicon:
    """The words of the skills' labels in both languages, each with the keys of its skills."""
    if _catalogue[0] is not book:
        _catalogue[0], _catalogue[1] = book, _read(book)
    return _catalogue[1]


def _read(book: Book) -> Lexicon:
    postings: dict[str, BitMap] = {}
    for skill in book.skill_ids.values():
        for word in words(f"{skill.en} {skill.fr}"):
            postings.setdefault(word, BitMap()).add(skill.id)
    return Lexicon(postings)


_catalogue: list = [None, Lexicon({})]
