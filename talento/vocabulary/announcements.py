"""How loud an announcement is."""

from talento.vocabulary.choice import Choice


class Tone(Choice):
    """The look of the banner above every page."""

    INFO = "info", "Information", "Information"
    SUCCESS = "success", "Good news", "Bonne nouvelle"
    WARNING = "warning", "Warning", "Avertissement"
    DANGER = "danger", "Alarm", "Alerte"
