"""Refusals: what the application says when it will not do something.

    Refusal
    ├── NotFound      404  no such thing, or not yours to know of
    ├── Unauthorized  401  nobody is signed in
    │   └── NotFresh       who is signed in has to prove again that it is them
    ├── Forbidden     403  you may not
    ├── Conflict      409  somebody was first, or the state forbids it
    ├── TooLarge      413  more bytes than are accepted
    ├── Invalid       422  a value is not acceptable; `field` names it
    ├── TooMany       429  slow down; `retry_after` says how long
    └── Unavailable   503  try again shortly
        └── ReadOnly       nothing can be changed for now; whoever queues, keeps what they have

Each carries a sentence in English (the key of its translation) and its values, so that every edge can say it
in the reader's language.
"""

from talento.i18n import say


class Refusal(Exception):
    """A refusal with a sentence for the reader."""

    status = 400

    def __init__(self, sentence: str, /, *, field: str = "", **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.values = values

    def text(self, locale: str = "en") -> str:
        """The sentence in the reader's language."""
        return say(locale, self.sentence, **self.values)

    def __str__(self) -> str:
        return self.text()


class NotFound(Refusal):
    status = 404


class Unauthorized(Refusal):
    status = 401


class NotFresh(Unauthorized):
    def __init__(self) -> None:
        super().__init__("Please confirm that it is you, then try again.")


class Forbidden(Refusal):
    status = 403


class Conflict(Refusal):
    status = 409


class TooLarge(Refusal):
    status = 413


class Invalid(Refusal):
    status = 422


class InvalidForm(Invalid):
    """Several fields are not acceptable: `problems` maps a field's name to its refusal."""

    def __init__(self, problems: dict[str, Refusal]) -> None:
        super().__init__("Some answers need your attention.")
        self.problems = problems

    def texts(self, locale: str) -> dict[str, str]:
        """Field name to sentence, in the reader's language."""
        return {name: refusal.text(locale) for name, refusal in self.problems.items()}


class TooMany(Refusal):
    status = 429

    def __init__(self, sentence: str, /, *, retry_after: int, **values: object) -> None:
        super().__init__(sentence)
        self.values = values
        self.retry_after = retry_after


class Unavailable(Refusal):
    status = 503


class ReadOnly(Unavailable):
    def __init__(self) -> None:
        super().__init__("The site is read-only for now: nothing was changed. Please try again later.")
