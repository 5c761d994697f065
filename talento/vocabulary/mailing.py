"""How messages leave the house."""

from talento.vocabulary.choice import Choice


class Way(Choice):
    """Who carries messages."""

    LOCAL = "local", "Kept here, for administrators to read", "Gardés ici, lus par les administrateurs"
    SENDGRID = "sendgrid", "SendGrid", "SendGrid"
    SMTP = "smtp", "An SMTP server", "Un serveur SMTP"


class Tls(Choice):
    """How the connection to an SMTP server is kept private."""

    STARTTLS = "starttls", "STARTTLS (often port 587)", "STARTTLS (souvent port 587)"
    TLS = "tls", "TLS from the start (often port 465)", "TLS dès le début (souvent port 465)"
    NONE = "none", "None: only for a server on the same machine", "Aucun : seulement pour un serveur de la même machine"


class Reason(Choice):
    """Why an address is not written to."""

    BOUNCED = "bounced", "Does not exist", "N’existe pas"
    DROPPED = "dropped", "Refused by the provider", "Refusée par le prestataire"
    COMPLAINED = "complained", "Complained of spam", "S’est plainte de spam"
    UNSUBSCRIBED = "unsubscribed", "Unsubscribed", "Désabonnée"
    MANUAL = "manual", "Added by hand", "Ajoutée à la main"
