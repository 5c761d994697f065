"""How somebody looks, in the words casting sheets use."""

from talento.vocabulary.choice import Choice


class EyeColor(Choice):
    DARK_BROWN = "dark_brown", "Dark brown", "Marron foncé"
    BROWN = "brown", "Brown", "Marron"
    LIGHT_BROWN = "light_brown", "Light brown", "Marron clair"
    HAZEL = "hazel", "Hazel", "Noisette"
    GREEN = "green", "Green", "Vert"
    LIGHT_GREEN = "light_green", "Light green", "Vert clair"
    BLUE = "blue", "Blue", "Bleu"
    LIGHT_BLUE = "light_blue", "Light blue", "Bleu clair"
    GRAY = "gray", "Grey", "Gris"
    AMBER = "amber", "Amber", "Ambre"
    BLACK = "black", "Black", "Noir"
    HETEROCHROMIA = "heterochromia", "Heterochromia", "Vairons (deux couleurs)", ("Vairons",)


class HairColor(Choice):
    BLACK = "black", "Black", "Noir"
    DARK_BROWN = "dark_brown", "Dark brown", "Brun foncé"
    BROWN = "brown", "Brown", "Brun"
    DARK_CHESTNUT = "dark_chestnut", "Dark chestnut", "Châtain foncé"
    CHESTNUT = "chestnut", "Chestnut", "Châtain"
    LIGHT_CHESTNUT = "light_chestnut", "Light chestnut", "Châtain clair"
    DARK_BLOND = "dark_blond", "Dark blond", "Blond foncé"
    BLOND = "blond", "Blond", "Blond", ("Blonde",)
    PLATINUM = "platinum", "Platinum", "Blond platine", ("Platine",)
    RED = "red", "Red", "Roux", ("Rousse",)
    AUBURN = "auburn", "Auburn", "Auburn"
    SALT_AND_PEPPER = "salt_and_pepper", "Salt and pepper", "Poivre et sel"
    GRAY = "gray", "Grey", "Gris"
    WHITE = "white", "White", "Blanc"
    COLORED = "colored", "Coloured/fantasy", "Colorés/Fantaisie", ("Colored/fantasy", "Coloured")
    SHAVED = "shaved", "Bald/shaved", "Chauve/Rasé", ("Chauve", "Rasé", "Bald")


class HairType(Choice):
    STRAIGHT = "straight", "Straight", "Raides", ("Raide",)
    WAVY = "wavy", "Wavy", "Ondulés", ("Ondulé",)
    CURLY = "curly", "Curly", "Bouclés", ("Bouclé",)
    FRIZZY = "frizzy", "Frizzy", "Frisés", ("Frisé",)
    COILY = "coily", "Coily", "Crépus", ("Crépu",)
    AFRO = "afro", "Afro", "Afro"
    BRAIDED = "braided", "Braided", "Tressés", ("Tressé",)
    LOCKS = "locks", "Locks/Dreadlocks", "Locks/Dreadlocks", ("Dreadlocks",)
    SHAVED = "shaved", "Shaved", "Rasés", ("Rasé",)
    BALD = "bald", "Bald", "Chauve"


class SkinTone(Choice):
    VERY_FAIR = "very_fair", "Very fair", "Très clair"
    FAIR = "fair", "Fair", "Clair"
    LIGHT_MEDIUM = "light_medium", "Light medium", "Moyen clair"
    MEDIUM = "medium", "Medium", "Moyen"
    OLIVE = "olive", "Olive", "Olivâtre"
    TAN = "tan", "Tan", "Mat"
    BRONZE = "bronze", "Bronze", "Bronzé"
    DARK = "dark", "Dark", "Foncé"
    VERY_DARK = "very_dark", "Very dark", "Très foncé"
    DEEP_BLACK = "deep_black", "Deep black", "Noir profond"


class Build(Choice):
    VERY_THIN = "very_thin", "Very thin", "Très mince"
    THIN = "thin", "Thin", "Mince"
    SLENDER = "slender", "Slender", "Svelte"
    ATHLETIC = "athletic", "Athletic", "Athlétique"
    MUSCULAR = "muscular", "Muscular", "Musclé"
    AVERAGE = "average", "Average", "Moyen", ("Moyenne",)
    STRONG = "strong", "Strong", "Fort"
    ROUND = "round", "Round", "Rond"
    HEAVY = "heavy", "Heavy", "Corpulent"
    IMPOSING = "imposing", "Imposing", "Imposant"


class Ethnicity(Choice):
    """How people describe themselves; several may apply. The union of the incumbent's form and filter."""

    AFRICAN = "african", "African", "Africaine", ("Africain",)
    AFRICAN_AMERICAN = "african_american", "African American", "Afro-Américaine", ("Afro-Américain",)
    NATIVE_AMERICAN = "native_american", "Native American", "Amérindienne", ("Amérindien",)
    ARAB = "arab", "Arab", "Arabe"
    ASIAN = "asian", "Asian", "Asiatique"
    EAST_ASIAN = "east_asian", "East Asian", "Asiatique de l’Est"
    SOUTH_ASIAN = "south_asian", "South Asian", "Asiatique du Sud"
    SOUTH_EAST_ASIAN = "south_east_asian", "South-East Asian", "Asiatique du Sud-Est"
    BERBER = "berber", "Berber", "Berbère", ("Amazigh",)
    CARIBBEAN = "caribbean", "Caribbean", "Caribéenne", ("Caribéen",)
    CAUCASIAN = "caucasian", "Caucasian/white", "Caucasienne/Blanche", ("Caucasienne", "Caucasian", "White")
    EUROPEAN = "european", "European", "Européenne", ("Européen",)
    HISPANIC = "hispanic", "Hispanic/Latino", "Hispanique/Latino", ("Latino/Hispanique", "Latino", "Hispanique")
    MIXED = "mixed", "Mixed", "Métisse", ("Mixte", "Métis")
    MIDDLE_EASTERN = "middle_eastern", "Middle Eastern", "Moyen-Orientale", ("Moyen-Oriental",)
    OCEANIAN = "oceanian", "Oceanian/Pacific", "Océanienne/Pacifique", ("Océanienne",)
    OTHER = "other", "Other", "Autre"
