"""The words of the presence desk."""

from talento.vocabulary.choice import Choice


class Action(Choice):
    """What an event of the desk says."""

    SCAN = "scan", "Scan", "Scan"
    IN = "in", "Arrival", "Arrivée"
    OUT = "out", "Departure", "Départ"
    CANCEL = "cancel", "Cancelled", "Annulé"
    MOVE = "move", "Time corrected", "Heure corrigée"


class Source(Choice):
    """How an event came about."""

    CAMERA = "camera", "Camera", "Caméra"
    READER = "reader", "Hand-held scanner", "Douchette"
    TYPED = "typed", "By hand", "À la main"
    LIST = "list", "From the list", "Depuis la liste"
    EVERYBODY = "everybody", "All in or all out", "Tous présents ou partis"
    CORRECTION = "correction", "Correction", "Correction"
    KIOSK = "kiosk", "Kiosk", "Borne"
    API = "api", "API", "API"


class Standing(Choice):
    """Where somebody stands on a day's sheet."""

    EXPECTED = "expected", "Expected", "Attendu"
    LATE = "late", "Late", "En retard"
    HERE = "here", "Here", "Présent"
    LEFT = "left", "Left", "Parti"
    NO_SHOW = "no_show", "No-show", "Absent"


class DeviceState(Choice):
    """What became of a tablet that was added."""

    WAITING = "waiting", "To be paired", "À appairer"
    PAIRED = "paired", "Paired", "Appairé"
    EXPIRED = "expired", "Expired", "Expiré"
    REVOKED = "revoked", "Revoked", "Révoqué"


class RuleKind(Choice):
    """A rule about hours."""

    OVERTIME = "overtime", "Overtime", "Heures supplémentaires"
    NIGHT = "night", "Night hours", "Heures de nuit"
    LATE = "late", "Late arrival", "Retard"
