"""Every closed list: its size, its spellings, its round trips."""

import json
import pickle

import pytest

from talento.vocabulary.appearance import Build, Ethnicity, EyeColor, HairColor, HairType, SkinTone
from talento.vocabulary.casting import DocumentType, ProductionType, ProjectStatus, TalentType
from talento.vocabulary.choice import Choice
from talento.vocabulary.languages import Language, LanguageGroup
from talento.vocabulary.networks import Network
from talento.vocabulary.people import Experience, Gender
from talento.vocabulary.skills import SkillCategory, SkillTag
from talento.vocabulary.visibility import Visibility
from talento.vocabulary.work import Availability, RatePeriod, WorkMode

SIZES = {
    Availability: 9,
    Build: 10,
    DocumentType: 3,
    Ethnicity: 17,
    Experience: 5,
    EyeColor: 12,
    Gender: 3,
    HairColor: 16,
    HairType: 10,
    Language: 75,
    LanguageGroup: 4,
    Network: 14,
    ProductionType: 9,
    ProjectStatus: 4,
    RatePeriod: 3,
    SkillCategory: 19,
    SkillTag: 2,
    SkinTone: 10,
    TalentType: 13,
    Visibility: 3,
    WorkMode: 7,
}

LEGACY = {
    EyeColor: "Marron foncé, Marron, Marron clair, Noisette, Vert, Vert clair, Bleu, Bleu clair, Gris, Ambre, Noir, "
    "Vairons (deux couleurs)",
    HairColor: "Noir, Brun foncé, Brun, Châtain foncé, Châtain, Châtain clair, Blond foncé, Blond, Blond platine, "
    "Roux, Auburn, Poivre et sel, Gris, Blanc, Colorés/Fantaisie, Chauve/Rasé",
    HairType: "Raides, Ondulés, Bouclés, Frisés, Crépus, Afro, Tressés, Locks/Dreadlocks, Rasés, Chauve",
    SkinTone: "Très clair, Clair, Moyen clair, Moyen, Olivâtre, Mat, Bronzé, Foncé, Très foncé, Noir profond",
    Build: "Très mince, Mince, Svelte, Athlétique, Musclé, Moyen, Fort, Rond, Corpulent, Imposant",
    Ethnicity: "Africaine, Afro-Américaine, Amérindienne, Arabe, Asiatique de l'Est, Asiatique du Sud, "
    "Asiatique du Sud-Est, Berbère, Caribéenne, Caucasienne/Blanche, Hispanique/Latino, Métisse, Moyen-Orientale, "
    "Océanienne/Pacifique, Autre, Européenne, Asiatique, Latino/Hispanique, Mixte",
    Gender: "M, F, N, Homme, Femme, Non précisé, Autre",
    DocumentType: "passport, national_id, residence_permit, Passeport, Carte d’identité nationale, Titre de séjour",
    TalentType: "Acteur/Actrice Principal(e), Acteur/Actrice Secondaire, Figurant(e), Silhouette, Doublure, "
    "Doublure Lumière, Cascadeur/Cascadeuse, Mannequin, Voix Off, Figurant Spécialisé, Choriste, "
    "Danseur/Danseuse de fond, Autre",
    Availability: "Temps plein, Temps partiel, Mi-temps, Flexible, Occasionnel, Week-end uniquement, Soir uniquement, "
    "Ponctuel, Indisponible",
    WorkMode: "remote, on_site, hybrid, Télétravail, Sur site, Hybride, Nomade, Déplacement fréquent, Chez le client, "
    "Flexible, À distance",
    Experience: "0, 2, 4, 6, 11",
    ProductionType: "Film, Série, Court-métrage, Documentaire, Publicité, Clip musical, Téléfilm, Web-série, Autre",
    ProjectStatus: "en_preparation, en_tournage, post_production, termine, En préparation, En tournage, "
    "Post-production, Terminé",
    Network: "linkedin, facebook, instagram, twitter, github, youtube, tiktok, telegram, snapchat, behance, dribbble, "
    "pinterest, imdb, threads, imdb_url",
    Language: "Afrikaans, Albanais, Allemand, Amazigh (Berbère), Amharique, Anglais, Arabe, Arménien, Bambara, "
    "Bengali, Bulgare, Catalan, Chinois (Cantonais), Chinois (Mandarin), Coréen, Créole, Danois, Dioula, Espagnol, "
    "Estonien, Finnois, Français, Grec, Haoussa, Hébreu, Hindi, Hongrois, Igbo, Indonésien, Italien, Japonais, Kikuyu, "
    "Kinyarwanda, Lingala, Malgache, Malinké, Néerlandais, Norvégien, Oromo, Peul, Polonais, Portugais, "
    "Roumain, Russe, Sango, Serbe, Somali, Soninké, Suédois, Swahili, Tamoul, Tchèque, Tigrinya, Turc, Ukrainien, "
    "Wolof, Xhosa, Yoruba, Zoulou, Autre, Chinois, Darija, Amazigh, Tariffit (Rif), Tachelhit (Souss), "
    "Tamazight (Atlas), Kirundi, Shona, Ndebele, Fulani, Akan, Ewe, Chichewa, Bemba, Tswana, Sotho, Luo, Luganda, "
    "Tariffit, Tachelhit, Tamazight",
}

every_list = pytest.mark.parametrize("choices", SIZES, ids=lambda choices: choices.__name__)


@every_list
def test_list_has_the_decided_number_of_options(choices: type[Choice]) -> None:
    assert len(choices) == SIZES[choices]


@every_list
def test_no_two_options_share_a_slug_or_a_label(choices: type[Choice]) -> None:
    for words in ([o.value for o in choices], [o.en for o in choices], [o.fr for o in choices]):
        assert len(set(words)) == len(choices)
        assert all(words)


@every_list
def test_every_spelling_leads_back_to_its_option(choices: type[Choice]) -> None:
    for option in choices:
        for text in (option.value, option.en, option.fr, *option.aliases):
            assert choices.parse(f"  {text.upper()} ") is option


@every_list
def test_options_survive_pickle_and_json(choices: type[Choice]) -> None:
    for option in choices:
        assert pickle.loads(pickle.dumps(option)) is option
        assert json.loads(json.dumps([option])) == [option.value]
        assert choices(option.value) is option


@pytest.mark.parametrize("choices", LEGACY, ids=lambda choices: choices.__name__)
def test_every_legacy_value_is_understood(choices: type[Choice]) -> None:
    unknown = [text for text in LEGACY[choices].split(", ") if choices.parse(text) is None]

    assert unknown == []


def test_accents_case_and_spaces_do_not_matter() -> None:
    assert EyeColor.parse("  marron  FONCE ") is EyeColor.DARK_BROWN
    assert DocumentType.parse("carte d’identité nationale") is DocumentType.NATIONAL_ID


def test_nonsense_is_none_of_the_options() -> None:
    assert EyeColor.parse("turquoise") is None
    assert EyeColor.parse("") is None
    assert EyeColor.parse("--") is None
    assert EyeColor.parse(None) is None


def test_label_is_french_for_any_french_reader_and_english_for_all_others() -> None:
    assert EyeColor.HAZEL.label("fr") == EyeColor.HAZEL.label("fr-MA") == EyeColor.HAZEL.label("fr_FR") == "Noisette"
    assert EyeColor.HAZEL.label("en") == EyeColor.HAZEL.label("ar") == "Hazel"


def test_options_are_ready_for_a_select() -> None:
    assert RatePeriod.options("fr")[0] == ("hour", "Par heure")


def test_option_is_its_slug() -> None:
    assert EyeColor.HAZEL == "hazel"
    assert f"{EyeColor.HAZEL}" == "hazel"


@pytest.mark.parametrize(("years", "bucket"), [(0, "beginner"), (3, "junior"), (5, "intermediate"), (30, "expert")])
def test_years_fall_into_a_bucket(years: int, bucket: str) -> None:
    assert Experience.of_years(years) == bucket


def test_buckets_begin_where_the_incumbent_began_them() -> None:
    assert [bucket.years for bucket in Experience] == [0, 2, 4, 6, 11]


def test_network_owns_its_hosts_and_nothing_that_looks_like_them() -> None:
    assert Network.of_host("fr.LinkedIn.com") is Network.LINKEDIN
    assert Network.of_host("x.com") is Network.TWITTER
    assert Network.of_host("notlinkedin.com") is None
    assert Network.of_host("linkedin.com.evil.example") is None


def test_specialties_are_three_distinct_letters_each() -> None:
    specialties = [production.specialty for production in ProductionType]

    assert specialties == ["FIL", "SER", "SHO", "DOC", "COM", "CLI", "TVF", "WEB", "OTH"]


def test_badge_colors_are_hexadecimal() -> None:
    assert (TalentType.EXTRA.border, TalentType.EXTRA.background, TalentType.EXTRA.text) == (
        "#3B82F6",
        "#DBEAFE",
        "#1E3A8A",
    )
    assert all(len(color) == 7 for kind in TalentType for color in (kind.border, kind.background, kind.text))


def test_language_slugs_are_iso_639_where_there_is_a_code() -> None:
    words = [language.value for language in Language if len(language.value) > 3]

    assert words == ["creole", "other"]


def test_every_language_stands_under_one_heading() -> None:
    assert {group: len(Language.of_group(group)) for group in LanguageGroup} == {
        "international": 10,
        "moroccan": 5,
        "african": 33,
        "other": 27,
    }
