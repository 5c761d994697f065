"""Who may find a talent. Source: product decision 7."""

from talento.vocabulary.choice import Choice


class Visibility(Choice):
    """What a talent agreed to; new profiles are for recruiters only."""

    PUBLIC = "public", "Public", "Public"
    RECRUITERS = "recruiters", "Recruiters only", "Recruteurs uniquement", ("recruiters_only", "Recruteurs")
    HIDDEN = "hidden", "Hidden", "Masqué", ("Caché",)
