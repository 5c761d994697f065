"""The languages people speak: the union of the incumbent's two lists."""

from typing import Self

from talento.vocabulary.choice import Choice


class LanguageGroup(Choice):
    """The headings under which a long list of languages is read."""

    INTERNATIONAL = "international", "International languages", "Langues internationales"
    MOROCCAN = "moroccan", "Moroccan languages", "Langues du Maroc"
    AFRICAN = "african", "African languages", "Langues africaines"
    OTHER = "other", "Other languages", "Autres langues"


_INTERNATIONAL, _MOROCCAN, _AFRICAN, _OTHER = LanguageGroup


class Language(Choice):
    """One language: its slug is the ISO 639-1 code, else 639-3, else an English word."""

    group: LanguageGroup

    ARABIC = "ar", "Arabic", "Arabe", (), _INTERNATIONAL
    FRENCH = "fr", "French", "Français", (), _INTERNATIONAL
    ENGLISH = "en", "English", "Anglais", (), _INTERNATIONAL
    SPANISH = "es", "Spanish", "Espagnol", (), _INTERNATIONAL
    PORTUGUESE = "pt", "Portuguese", "Portugais", (), _INTERNATIONAL
    MANDARIN = (
        "zh",
        "Chinese (Mandarin)",
        "Chinois (Mandarin)",
        ("Chinois", "Mandarin", "Chinese"),
        LanguageGroup.INTERNATIONAL,
    )
    GERMAN = "de", "German", "Allemand", (), _INTERNATIONAL
    ITALIAN = "it", "Italian", "Italien", (), _INTERNATIONAL
    RUSSIAN = "ru", "Russian", "Russe", (), _INTERNATIONAL
    TURKISH = "tr", "Turkish", "Turc", (), _INTERNATIONAL
    DARIJA = "ary", "Darija", "Darija", ("Moroccan Arabic", "Arabe marocain"), _MOROCCAN
    AMAZIGH = (
        "zgh",
        "Amazigh (Berber)",
        "Amazigh (Berbère)",
        ("Amazigh", "Berbère", "Berber", "Amazigh/Berber"),
        LanguageGroup.MOROCCAN,
    )
    TARIFFIT = "rif", "Tariffit (Rif)", "Tariffit (Rif)", ("Tariffit", "Tarifit", "Rifain"), _MOROCCAN
    TACHELHIT = (
        "shi",
        "Tachelhit (Souss)",
        "Tachelhit (Souss)",
        ("Tachelhit", "Chleuh", "Tashelhit"),
        LanguageGroup.MOROCCAN,
    )
    TAMAZIGHT = "tzm", "Tamazight (Atlas)", "Tamazight (Atlas)", ("Tamazight",), _MOROCCAN
    AFRIKAANS = "af", "Afrikaans", "Afrikaans", (), _AFRICAN
    AKAN = "ak", "Akan", "Akan", ("Twi",), _AFRICAN
    AMHARIC = "am", "Amharic", "Amharique", (), _AFRICAN
    BAMBARA = "bm", "Bambara", "Bambara", (), _AFRICAN
    BEMBA = "bem", "Bemba", "Bemba", (), _AFRICAN
    CHICHEWA = "ny", "Chichewa", "Chichewa", ("Nyanja",), _AFRICAN
    DYULA = "dyu", "Dyula", "Dioula", ("Jula",), _AFRICAN
    EWE = "ee", "Ewe", "Ewe", (), _AFRICAN
    FULA = "ff", "Fula", "Peul", ("Fulani", "Pulaar", "Fulfulde"), _AFRICAN
    HAUSA = "ha", "Hausa", "Haoussa", (), _AFRICAN
    IGBO = "ig", "Igbo", "Igbo", (), _AFRICAN
    KIKUYU = "ki", "Kikuyu", "Kikuyu", ("Gikuyu",), _AFRICAN
    KINYARWANDA = "rw", "Kinyarwanda", "Kinyarwanda", (), _AFRICAN
    KIRUNDI = "rn", "Kirundi", "Kirundi", (), _AFRICAN
    LINGALA = "ln", "Lingala", "Lingala", (), _AFRICAN
    LUGANDA = "lg", "Luganda", "Luganda", ("Ganda",), _AFRICAN
    LUO = "luo", "Luo", "Luo", ("Dholuo",), _AFRICAN
    MALAGASY = "mg", "Malagasy", "Malgache", (), _AFRICAN
    MANINKA = "man", "Maninka", "Malinké", ("Mandingue", "Mandinka"), _AFRICAN
    NDEBELE = "nd", "Ndebele", "Ndebele", (), _AFRICAN
    OROMO = "om", "Oromo", "Oromo", (), _AFRICAN
    SANGO = "sg", "Sango", "Sango", (), _AFRICAN
    SHONA = "sn", "Shona", "Shona", (), _AFRICAN
    SOMALI = "so", "Somali", "Somali", (), _AFRICAN
    SONINKE = "snk", "Soninke", "Soninké", (), _AFRICAN
    SOTHO = "st", "Sotho", "Sotho", ("Sesotho",), _AFRICAN
    SWAHILI = "sw", "Swahili", "Swahili", ("Kiswahili",), _AFRICAN
    TIGRINYA = "ti", "Tigrinya", "Tigrinya", (), _AFRICAN
    TSWANA = "tn", "Tswana", "Tswana", ("Setswana",), _AFRICAN
    WOLOF = "wo", "Wolof", "Wolof", (), _AFRICAN
    XHOSA = "xh", "Xhosa", "Xhosa", ("isiXhosa",), _AFRICAN
    YORUBA = "yo", "Yoruba", "Yoruba", (), _AFRICAN
    ZULU = "zu", "Zulu", "Zoulou", ("isiZulu",), _AFRICAN
    ALBANIAN = "sq", "Albanian", "Albanais", (), _OTHER
    ARMENIAN = "hy", "Armenian", "Arménien", (), _OTHER
    BENGALI = "bn", "Bengali", "Bengali", (), _OTHER
    BULGARIAN = "bg", "Bulgarian", "Bulgare", (), _OTHER
    CANTONESE = "yue", "Chinese (Cantonese)", "Chinois (Cantonais)", ("Cantonese", "Cantonais"), _OTHER
    CATALAN = "ca", "Catalan", "Catalan", (), _OTHER
    CREOLE = "creole", "Creole", "Créole", (), _OTHER
    CZECH = "cs", "Czech", "Tchèque", (), _OTHER
    DANISH = "da", "Danish", "Danois", (), _OTHER
    DUTCH = "nl", "Dutch", "Néerlandais", ("Flamand", "Flemish"), _OTHER
    ESTONIAN = "et", "Estonian", "Estonien", (), _OTHER
    FINNISH = "fi", "Finnish", "Finnois", (), _OTHER
    GREEK = "el", "Greek", "Grec", (), _OTHER
    HEBREW = "he", "Hebrew", "Hébreu", (), _OTHER
    HINDI = "hi", "Hindi", "Hindi", (), _OTHER
    HUNGARIAN = "hu", "Hungarian", "Hongrois", (), _OTHER
    INDONESIAN = "id", "Indonesian", "Indonésien", (), _OTHER
    JAPANESE = "ja", "Japanese", "Japonais", (), _OTHER
    KOREAN = "ko", "Korean", "Coréen", (), _OTHER
    NORWEGIAN = "no", "Norwegian", "Norvégien", (), _OTHER
    POLISH = "pl", "Polish", "Polonais", (), _OTHER
    ROMANIAN = "ro", "Romanian", "Roumain", (), _OTHER
    SERBIAN = "sr", "Serbian", "Serbe", (), _OTHER
    SWEDISH = "sv", "Swedish", "Suédois", (), _OTHER
    TAMIL = "ta", "Tamil", "Tamoul", (), _OTHER
    UKRAINIAN = "uk", "Ukrainian", "Ukrainien", (), _OTHER
    OTHER = "other", "Other", "Autre", (), _OTHER

    def __init__(self, value: str, en: str, fr: str, aliases: tuple[str, ...], group: LanguageGroup) -> None:
        super().__init__(value, en, fr, aliases)
        self.group = group

    @classmethod
    def of_group(cls, group: LanguageGroup) -> list[Self]:
        """The languages under one heading, in the order of the list."""
        return [language for language in cls if language.group is group]
