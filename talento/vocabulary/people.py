"""What everybody has: a gender as they state it, and years of practice."""

from typing import Self

from talento.vocabulary.choice import Choice

ADULT = 18
"""The age from which people decide for themselves (`GD-07`)."""


class Gender(Choice):
    """The letter that a talent code carries."""

    MALE = "M", "Man", "Homme", ("H", "Male", "Masculin", "Mr", "Monsieur")
    FEMALE = "F", "Woman", "Femme", ("Female", "Féminin", "Mrs", "Ms", "Madame")
    UNSPECIFIED = (
        "N",
        "Unspecified or other",
        "Non précisé / autre",
        ("Non précisé", "Autre", "Unspecified", "Other", "X", "Non-binaire", "Non-binary"),
    )


class Experience(Choice):
    """A bucket of years; `years` is where it begins."""

    years: int

    BEGINNER = "beginner", "Beginner (0–1 year)", "Débutant (0–1 an)", ("0", "Beginner", "Débutant"), 0
    JUNIOR = "junior", "Junior (2–3 years)", "Junior (2–3 ans)", ("2",), 2
    INTERMEDIATE = (
        "intermediate",
        "Intermediate (4–5 years)",
        "Intermédiaire (4–5 ans)",
        ("4", "Intermédiaire"),
        4,
    )
    SENIOR = "senior", "Senior (6–10 years)", "Senior (6–10 ans)", ("6",), 6
    EXPERT = "expert", "Expert (more than 10 years)", "Expert (plus de 10 ans)", ("11", "10+", "Expert (10+ ans)"), 11

    def __init__(self, value: str, en: str, fr: str, aliases: tuple[str, ...], years: int) -> None:
        super().__init__(value, en, fr, aliases)
        self.years = years

    @classmethod
    def of_years(cls, years: int) -> Self:
        """The bucket that `years` of practice fall into."""
        return [member for member in cls if member is cls.BEGINNER or member.years <= years][-1]
