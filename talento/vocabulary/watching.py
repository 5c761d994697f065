"""Why somebody answers to a watched name."""

from talento.vocabulary.choice import Choice


class Why(Choice):
    """The ways of answering, the plainest first."""

    SAME = "same", "The same words", "Les mêmes mots"
    PART = "part", "The watched words, among others", "Les mots surveillés, parmi d’autres"
    CLOSE = (
        "close",
        "A close spelling: a letter or two differ",
        "Une orthographe proche : une ou deux lettres diffèrent",
    )
