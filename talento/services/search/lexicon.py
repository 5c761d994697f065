"""Which people have which words: prefixes by bisection, and words that are one slip away."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from pyroaring import BitMap

from talento.services.search.bitmaps import union

SHORT = 2
SLIPPABLE = 4
FIRST_LETTERS = 400
_LAST = "\U0010ffff"


class Lexicon:
    """Words in order, each with the people who have it."""

    def __init__(self, postings: Mapping[str, BitMap]) -> None:
        self.words = sorted(postings)
        self.people = [postings[word] for word in self.words]
        self._short: dict[str, BitMap] = {}

    def by_word(self) -> dict[str, BitMap]:
        """The people of each word."""
        return dict(zip(self.words, self.people, strict=True))

    def starting_with(self, prefix: str) -> BitMap:
        """Everybody with a word that begins so. Short prefixes join thousands of words and are remembered."""
        if len(prefix) > SHORT:
            return self._within([self._range(prefix)])
        found = self._short.get(prefix)
        if found is None:
            found = self._short[prefix] = self._within([self._range(prefix)])
        return found

    def one_slip_from(self, word: str) -> BitMap:
        """Everybody with a word that begins with `word` but for one letter more, less, other or swapped.

        Nobody for words that are short or hold a digit: too much would be alike.
        """
        if not is_slippable(word):
            return BitMap()
        return self._within(set(self._slips(word)))

    def _within(self, ranges: "set[tuple[int, int]] | list[tuple[int, int]]") -> BitMap:
        return union([people for low, high in ranges for people in self.people[low:high]])

    def _range(self, prefix: str, low: int = 0, high: int | None = None) -> tuple[int, int]:
        start = bisect_left(self.words, prefix, low, high)
        return start, bisect_left(self.words, prefix + _LAST, start, high)

    def _slips(self, word: str) -> Iterator[tuple[int, int]]:
        """The ranges of words that continue each spelling one slip away."""
        low, high = 0, len(self.words)
        for place in range(len(word)):
            head, rest = word[:place], word[place:]
            low, high = self._range(head, low, high)
            if low == high:
                return
            spellings = [head + rest[1:], head + rest[1:2] + rest[:1] + rest[2:]]
            for letter in self._letters_after(head, low, high):
                spellings += [head + letter + rest[1:], head + letter + rest]
            for spelling in spellings:
                start, end = self._range(spelling, low, high)
                if start < end:
                    yield start, end

    def _letters_after(self, head: str, low: int, high: int) -> Iterator[str]:
        """The letters with which words between `low` and `high` go on after `head`."""
        place, length = low, len(head)
        for _ in range(FIRST_LETTERS):
            if place < high and len(self.words[place]) == length:
                place += 1
            if place >= high:
                return
            letter = self.words[place][length]
            yield letter
            place = bisect_left(self.words, head + chr(ord(letter) + 1), place, high)


def is_slippable(word: str) -> bool:
    """Whether a slip in this word is forgiven."""
    return len(word) >= SLIPPABLE and not any(letter.isdigit() for letter in word)
