"""How and when somebody works, and what a rate counts."""

from talento.vocabulary.choice import Choice


class Availability(Choice):
    """How much of their week people offer; `tone` names a semantic color of the interface."""

    emoji: str
    tone: str

    FULL_TIME = "full_time", "Full time (35–40 h a week)", "Temps plein", ("Full time",), "⏰", "green"
    PART_TIME = "part_time", "Part time (15–30 h a week)", "Temps partiel", ("Part time",), "🕐", "yellow"
    HALF_TIME = "half_time", "Half time (20 h a week)", "Mi-temps", ("Half time",), "⏳", "yellow"
    FLEXIBLE = "flexible", "Flexible", "Flexible", (), "🔄", "blue"
    OCCASIONAL = "occasional", "Occasional", "Occasionnel", ("Occasional/assignment",), "📅", "purple"
    WEEKENDS = "weekends", "Weekends only", "Week-end uniquement", ("Weekend",), "📅", "indigo"
    EVENINGS = "evenings", "Evenings only", "Soir uniquement", ("Soirs uniquement",), "🌙", "indigo"
    SHORT_ASSIGNMENTS = "short_assignments", "Short assignments", "Ponctuel", (), "📌", "purple"
    UNAVAILABLE = "unavailable", "Unavailable", "Indisponible", (), "❌", "red"

    def __init__(self, value: str, en: str, fr: str, aliases: tuple[str, ...], emoji: str, tone: str) -> None:
        super().__init__(value, en, fr, aliases)
        self.emoji = emoji
        self.tone = tone


class WorkMode(Choice):
    """Where people work: the incumbent's four vocabularies in one."""

    REMOTE = "remote", "Remote", "Télétravail", ("À distance", "Fully remote", "Télétravail complet")
    ON_SITE = "on_site", "On site", "Sur site", ("Présentiel",)
    HYBRID = "hybrid", "Hybrid", "Hybride"
    NOMAD = "nomad", "Digital nomad", "Nomade", ("Nomade digital",)
    FREQUENT_TRAVEL = "frequent_travel", "Frequent travel", "Déplacement fréquent", ("Déplacements fréquents",)
    CLIENT_SITE = "client_site", "At the client's", "Chez le client", ("At client's", "Sur site client")
    FLEXIBLE = "flexible", "Flexible", "Flexible"


class RatePeriod(Choice):
    """What one amount pays for."""

    HOUR = "hour", "Per hour", "Par heure", ("h", "Hourly", "Heure")
    DAY = "day", "Per day", "Par jour", ("j", "d", "Daily", "Jour", "Journée")
    MONTH = "month", "Per month", "Par mois", ("m", "Monthly", "Mois")
