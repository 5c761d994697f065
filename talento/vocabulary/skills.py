"""The skill catalogue a new installation begins with: 19 categories, 188 skills."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from talento.vocabulary.choice import Choice, is_french
from talento.vocabulary.folding import fold


class SkillTag(Choice):
    """The profile a skill is offered on."""

    GENERAL = "general", "General", "Général"
    CINEMA = "cinema", "Cinema", "Cinéma"


class SkillCategory(Choice):
    """A heading of the catalogue, with the emoji all its skills show."""

    tag: SkillTag
    emoji: str

    PERSONAL_SERVICES = "personal_services", "Personal services", "Services à la personne", "general", "🏠"
    BUILDING = "building", "Building, site and maintenance", "Bâtiment, chantier et maintenance", "general", "🔨"
    LOGISTICS = "logistics", "Logistics and transport", "Logistique et transport", "general", "🚚"
    RETAIL = "retail", "Retail and sales", "Commerce et vente", "general", "🛍️"
    DIGITAL_CREATION = (
        "digital_creation",
        "Multimedia and digital creation",
        "Multimédia et création digitale",
        "general",
        "💻",
    )
    MARKETING = "marketing", "Communication and marketing", "Communication et marketing", "general", "📢"
    HEALTH = "health", "Health and wellness", "Santé et bien-être", "general", "🏥"
    EDUCATION = "education", "Education", "Éducation et pédagogie", "general", "📚"
    PERFORMING_ARTS = "performing_arts", "Arts and performance", "Art, culture et spectacle", "general", "🎨"
    ADMINISTRATION = "administration", "Administrative", "Services administratifs", "general", "📋"
    IT = "it", "IT and technical", "Informatique et technique", "general", "⚙️"
    SPECIALIZED_SERVICES = "specialized_services", "Specialised services", "Services spécialisés", "general", "💼"
    ARTISTIC = "artistic", "Artistic and creative", "Talents artistiques et créatifs", "cinema", "🎨"
    SPORTS = "sports", "Physical and sports", "Compétences physiques et sportives", "cinema", "⚽"
    CRAFTS = "crafts", "Manual and craft", "Compétences manuelles et artisanales", "cinema", "🛠️"
    SOCIAL = "social", "Social and language", "Compétences sociales et linguistiques", "cinema", "🗣️"
    TECHNICAL = "technical", "Miscellaneous technical", "Compétences techniques diverses", "cinema", "💾"
    WORK_EXPERIENCE = (
        "work_experience",
        "Valuable work experience",
        "Expériences professionnelles variées valorisantes",
        "cinema",
        "💼",
    )
    QUALITIES = "qualities", "Personal qualities", "Qualités humaines et habitudes de vie", "cinema", "⭐"

    def __init__(self, value: str, en: str, fr: str, tag: str, emoji: str) -> None:
        super().__init__(value, en, fr)
        self.tag = SkillTag(tag)
        self.emoji = emoji


@dataclass(frozen=True, slots=True)
class Skill:
    """One entry of the catalogue; `slug` never changes."""

    slug: str
    en: str
    fr: str
    category: SkillCategory

    @property
    def tag(self) -> SkillTag:
        return self.category.tag

    @property
    def emoji(self) -> str:
        return self.category.emoji

    def label(self, locale: str) -> str:
        return self.fr if is_french(locale) else self.en


@cache
def catalogue() -> Mapping[str, Skill]:
    """Every skill by slug, in the order of the catalogue."""
    text = files("talento.vocabulary").joinpath("data/skills.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            row["slug"]: Skill(row["slug"], row["en"], row["fr"], SkillCategory(row["category"]))
            for row in csv.DictReader(text.splitlines())
        }
    )


def skills(tag: SkillTag | None = None, category: SkillCategory | None = None) -> tuple[Skill, ...]:
    """The skills of a tag, of a category, or all of them."""
    return tuple(
        skill
        for skill in catalogue().values()
        if (tag is None or skill.tag is tag) and (category is None or skill.category is category)
    )


def find_skill(text: str) -> Skill | None:
    """The skill that answers to `text`: its slug, else its French label, else its English one."""
    return _spellings().get(fold(text))


@cache
def _spellings() -> Mapping[str, Skill]:
    spellings: dict[str, Skill] = {}
    for field in ("slug", "fr", "en"):
        for skill in catalogue().values():
            spellings.setdefault(fold(getattr(skill, field)), skill)
    return MappingProxyType(spellings)
