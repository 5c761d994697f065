"""Spelling without its accidents, so that people may type as they like."""

import unicodedata

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ə": "a"}
)


def fold(text: str) -> str:
    """The letters and digits of `text`, without case, accents, spaces or punctuation.

    `"Châtain  foncé"` and `"CHATAIN FONCE"` fold alike; non-Latin scripts keep their letters.
    """
    return "".join(letter for letter in plain(text) if letter.isalnum())


def plain(text: str) -> str:
    """`text` without case and accents; spaces and punctuation stay."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def sort_key(text: str) -> tuple[str, str]:
    """A key that sorts Fès between Fatick and Figuig, whatever its accents."""
    return fold(text), text
