"""The words of a casting office: kinds of talent, of production, of document, and where a project stands."""

from talento.vocabulary.choice import Choice


class TalentType(Choice):
    """What somebody is cast as, with the three colors of its badge (`#RRGGBB`)."""

    border: str
    background: str
    text: str

    LEAD_ACTOR = (
        "lead_actor",
        "Lead actor",
        "Acteur/Actrice Principal(e)",
        ("Acteur principal", "Actrice principale", "Lead actress"),
        "EF4444 FEE2E2 7F1D1D",
    )
    SUPPORTING_ACTOR = (
        "supporting_actor",
        "Supporting actor",
        "Acteur/Actrice Secondaire",
        ("Acteur secondaire", "Actrice secondaire", "Supporting actress"),
        "F59E0B FEF3C7 78350F",
    )
    EXTRA = "extra", "Extra", "Figurant(e)", ("Figurant", "Background"), "3B82F6 DBEAFE 1E3A8A"
    FEATURED_EXTRA = "featured_extra", "Featured extra", "Silhouette", (), "8B5CF6 EDE9FE 4C1D95"
    DOUBLE = "double", "Double", "Doublure", ("Body double",), "10B981 D1FAE5 065F46"
    STAND_IN = "stand_in", "Stand-in", "Doublure Lumière", (), "14B8A6 CCFBF1 134E4A"
    STUNT_PERFORMER = (
        "stunt_performer",
        "Stunt performer",
        "Cascadeur/Cascadeuse",
        ("Cascadeur", "Cascadeuse", "Stunt"),
        "DC2626 FEE2E2 7F1D1D",
    )
    MODEL = "model", "Model", "Mannequin", (), "EC4899 FCE7F3 831843"
    VOICE_OVER = "voice_over", "Voice-over", "Voix Off", ("Voice actor",), "6366F1 E0E7FF 312E81"
    SPECIALIZED_EXTRA = (
        "specialized_extra",
        "Specialised extra",
        "Figurant Spécialisé",
        ("Figurante spécialisée", "Specialized extra"),
        "0EA5E9 E0F2FE 0C4A6E",
    )
    CHORUS_SINGER = "chorus_singer", "Chorus singer", "Choriste", (), "A855F7 F3E8FF 581C87"
    BACKGROUND_DANCER = (
        "background_dancer",
        "Background dancer",
        "Danseur/Danseuse de fond",
        ("Danseur de fond", "Danseuse de fond"),
        "D946EF FAE8FF 701A75",
    )
    OTHER = "other", "Other", "Autre", (), "6B7280 F3F4F6 374151"

    def __init__(self, value: str, en: str, fr: str, aliases: tuple[str, ...], colors: str) -> None:
        super().__init__(value, en, fr, aliases)
        self.border, self.background, self.text = (f"#{color}" for color in colors.split())


class ProductionType(Choice):
    """What is being shot; `specialty` is its part of a project code. Source: product decision 4."""

    specialty: str

    FILM = "film", "Film", "Film", ("Long-métrage", "Feature film"), "FIL"
    SERIES = "series", "Series", "Série", ("Série TV", "TV series"), "SER"
    SHORT = "short", "Short film", "Court-métrage", (), "SHO"
    DOCUMENTARY = "documentary", "Documentary", "Documentaire", (), "DOC"
    COMMERCIAL = "commercial", "Commercial", "Publicité", ("Pub",), "COM"
    MUSIC_VIDEO = "music_video", "Music video", "Clip musical", ("Clip",), "CLI"
    TV_FILM = "tv_film", "TV film", "Téléfilm", (), "TVF"
    WEB_SERIES = "web_series", "Web series", "Web-série", (), "WEB"
    OTHER = "other", "Other", "Autre", (), "OTH"

    def __init__(self, value: str, en: str, fr: str, aliases: tuple[str, ...], specialty: str) -> None:
        super().__init__(value, en, fr, aliases)
        self.specialty = specialty


class ProjectStatus(Choice):
    """Where a project stands, in the order of its life."""

    PRE_PRODUCTION = "pre_production", "Pre-production", "En préparation", ("en_preparation", "Preparing")
    SHOOTING = "shooting", "Shooting", "En tournage", ("en_tournage",)
    POST_PRODUCTION = "post_production", "Post-production", "Post-production"
    COMPLETED = "completed", "Completed", "Terminé", ("termine", "Finished")


class DocumentType(Choice):
    """The paper whose number a cinema talent gives."""

    PASSPORT = "passport", "Passport", "Passeport", ("passport_number",)
    NATIONAL_ID = "national_id", "National identity card", "Carte d’identité nationale", ("CIN", "CNI")
    RESIDENCE_PERMIT = (
        "residence_permit",
        "Residence permit",
        "Titre de séjour",
        ("Carte de séjour", "residence_card"),
    )


class Stage(Choice):
    """A column of the casting board, in the order of the work. Talents never see one."""

    CONSIDERED = "considered", "Considered", "À l’étude"
    CONTACTED = "contacted", "Contacted", "Contacté"
    AVAILABLE = "available", "Available", "Disponible"
    ON_HOLD = "on_hold", "On hold", "En option"
    SELECTED = "selected", "Selected", "Sélectionné"
    BOOKED = "booked", "Booked", "Engagé"
    RELEASED = "released", "Released", "Libéré"
    DECLINED = "declined", "Declined", "Décliné"


class Answer(Choice):
    """What a talent says to a hold or to a booking."""

    WAITING = "waiting", "Waiting for an answer", "En attente de réponse"
    ACCEPTED = "accepted", "Accepted", "Accepté"
    DECLINED = "declined", "Declined", "Décliné"


class FeePeriod(Choice):
    """What a fee is paid for. Source: product decision 11."""

    HOUR = "hour", "per hour", "par heure"
    DAY = "day", "per day", "par jour"
    MONTH = "month", "per month", "par mois"


class PhotoCategory(Choice):
    """What a photo of the gallery shows."""

    HEADSHOT = "headshot", "Headshot", "Portrait"
    HALF_LENGTH = "half_length", "Half length", "Plan taille"
    FULL_LENGTH = "full_length", "Full length", "En pied"
    PROFILE = "profile", "Profile", "De profil"
    CHARACTER = "character", "In character", "En rôle"
    ACTION = "action", "Action or skill", "En action"
    OTHER = "other", "Other", "Autre"


class DrivingLicense(Choice):
    """What somebody may drive or steer in a scene."""

    MOTORCYCLE = "motorcycle", "Motorcycle (A)", "Moto (A)"
    CAR = "car", "Car (B)", "Voiture (B)"
    TRUCK = "truck", "Truck (C)", "Poids lourd (C)"
    BUS = "bus", "Bus (D)", "Bus (D)"
    TRAILER = "trailer", "Trailer (E)", "Remorque (E)"
    BOAT = "boat", "Boat", "Bateau"
    AIRCRAFT = "aircraft", "Aircraft", "Avion"


class Accent(Choice):
    """An accent somebody plays convincingly."""

    MOROCCAN = "moroccan", "Moroccan", "Marocain"
    ALGERIAN = "algerian", "Algerian", "Algérien"
    TUNISIAN = "tunisian", "Tunisian", "Tunisien"
    EGYPTIAN = "egyptian", "Egyptian", "Égyptien"
    LEVANTINE = "levantine", "Levantine", "Levantin"
    GULF = "gulf", "Gulf", "Du Golfe"
    WEST_AFRICAN = "west_african", "West African", "Ouest-africain"
    CENTRAL_AFRICAN = "central_african", "Central African", "D’Afrique centrale"
    EAST_AFRICAN = "east_african", "East African", "Est-africain"
    SOUTH_AFRICAN = "south_african", "South African", "Sud-africain"
    STANDARD_FRENCH = "standard_french", "Standard French", "Français standard"
    SOUTHERN_FRENCH = "southern_french", "Southern French", "Du Midi"
    BELGIAN = "belgian", "Belgian", "Belge"
    SWISS = "swiss", "Swiss", "Suisse"
    QUEBECOIS = "quebecois", "Quebec", "Québécois"
    CARIBBEAN = "caribbean", "Caribbean", "Antillais"
    BRITISH = "british", "British (RP)", "Britannique (RP)"
    SCOTTISH = "scottish", "Scottish", "Écossais"
    IRISH = "irish", "Irish", "Irlandais"
    AMERICAN = "american", "General American", "Américain"
    SOUTHERN_AMERICAN = "southern_american", "Southern American", "Du sud des États-Unis"
    AUSTRALIAN = "australian", "Australian", "Australien"
    INDIAN = "indian", "Indian", "Indien"
    ITALIAN = "italian", "Italian", "Italien"
    SPANISH = "spanish", "Spanish", "Espagnol"
    LATIN_AMERICAN = "latin_american", "Latin American", "Latino-américain"
    GERMAN = "german", "German", "Allemand"
    RUSSIAN = "russian", "Russian", "Russe"
    OTHER = "other", "Other", "Autre"


class Relation(Choice):
    """What a guardian is to a person under 18."""

    MOTHER = "mother", "Mother", "Mère"
    FATHER = "father", "Father", "Père"
    GUARDIAN = "guardian", "Legal guardian", "Tuteur légal"
