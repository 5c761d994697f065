"""Reference rows that people and admins can extend: countries, cities, skills."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Country(SQLModel, table=True):
    """A country, by its ISO 3166-1 alpha-2 code."""

    __tablename__ = "country"

    code: str = Field(primary_key=True, max_length=2)
    name_en: str = Field(max_length=100)
    name_fr: str = Field(max_length=100)
    demonym_en: str = Field(max_length=100)
    demonym_fr: str = Field(max_length=100)
    currency: str = Field(max_length=3, description="ISO 4217")


class City(SQLModel, table=True):
    """A city; `letters` is what talent codes carry. Each country has one row that stands for a city not listed."""

    __tablename__ = "city"
    __table_args__ = (UniqueConstraint("country", "name_fr"),)

    id: int | None = Field(default=None, primary_key=True)
    country: str = Field(foreign_key="country.code", max_length=2, index=True)
    name_fr: str = Field(max_length=100)
    name_en: str = Field(max_length=100)
    letters: str = Field(max_length=3)
    is_unlisted: bool = False


class Skill(SQLModel, table=True):
    """A catalogue entry people choose from; not a person."""

    __tablename__ = "skill"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=80, unique=True)
    name_en: str = Field(max_length=120)
    name_fr: str = Field(max_length=120)
    category: str = Field(max_length=60)
    emoji: str = Field(default="", max_length=10)
    tag: str = Field(default="general", max_length=20, index=True)
    is_active: bool = True
