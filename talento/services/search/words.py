"""Texts as words to search: without case, accents or punctuation; one by one, or a hundred thousand at once."""

import unicodedata

import numpy as np
from numpy.typing import NDArray

from talento.vocabulary.folding import fold

MARK = "\x01"
"""Stands between two texts that are folded together; no word contains it."""

_DROPPED = 0
_UNKNOWN = 0xFFFFFFFE
_SEVERAL = 0xFFFFFFFD
_ARABIC = str.maketrans({"ى": "ي", "ة": "ه", "ـ": ""})  # letters that people write for one another


def words(text: str) -> list[str]:
    """The words of a text: `"L'Été à Fès"` gives `["l", "ete", "a", "fes"]`."""
    return text.translate(_folded).split()


def folded(text: str) -> str:
    """The words with single spaces between them."""
    return " ".join(words(text))


def folded_together(text: str) -> str:
    """The same folding for very long texts, without joining spaces; MARK stays where it was."""
    found = _mapped(text)
    if len(found) and int(found.max()) == _SEVERAL:
        return folded_together(_spelled_out(text))
    return found[found != _DROPPED].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _spelled_out(text: str) -> str:
    """The text with `œ` and the like written as the letters they stand for."""
    for letter, letters in _ligatures.items():
        text = text.replace(letter, letters)
    return text


def _mapped(text: str) -> NDArray[np.uint32]:
    """What the table makes of each character, after teaching it those it does not know."""
    if _ligatures:
        text = _spelled_out(text)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    found = _table[points]
    if len(found) and int(found.max()) == _UNKNOWN:
        for point in np.unique(points[found == _UNKNOWN]).tolist():
            made = _folded[point]
            _table[point] = _SEVERAL if len(made) > 1 else ord(made) if made else _DROPPED
            if len(made) > 1:
                _ligatures[chr(point)] = made
        found = _table[points]
    return found


class _Folded(dict[int, str]):
    """What each character becomes; worked out when it is first met."""

    def __missing__(self, point: int) -> str:
        made = self[point] = _fold(chr(point))
        return made


def _fold(character: str) -> str:
    spelled = unicodedata.normalize("NFKD", character.translate(_ARABIC))
    parts = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in spelled).split()
    if letters := " ".join(filter(None, (fold(fold(part)) for part in parts))):
        return letters
    is_part_of_a_word = character == "ـ" or unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}
    return "" if is_part_of_a_word else " "


_folded = _Folded()
_ligatures: dict[str, str] = {}
_table = np.full(0x110000, _UNKNOWN, dtype=np.uint32)
_table[ord(MARK)] = ord(MARK)
