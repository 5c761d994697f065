"""Finding rows by what people type of them: whole words or parts, without case and accents."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, true

from talento.services.text import line
from talento.vocabulary.folding import fold

WORDS = 8
LONGEST = 60


def folded(*texts: str) -> str:
    """What a row keeps of these texts to be found by.

    >>> folded("Les Films de l'Étoile", "Fès")
    'les films de letoile fes'
    """
    return " ".join(word for text in texts for part in text.split() if (word := fold(part)))


def answers(column: Any, text: str) -> ColumnElement[bool]:
    """Rows whose folded column holds every word of `text`; all of them when it is blank."""
    said = line(text)[:200]
    words = folded(said).split()[:WORDS]
    if said and not words:
        return false()
    return and_(true(), *(column.contains(word[:LONGEST], autoescape=True) for word in words))
