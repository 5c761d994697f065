"""Talents: the people of the general roster."""

from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from sqlalchemy import Column, ForeignKey, Index, Integer, Numeric
from sqlmodel import Field, SQLModel

from talento.models.facts import Fact, Kind, Step, Use, fact
from talento.models.types import Instant, Slug
from talento.vocabulary.languages import Language
from talento.vocabulary.networks import Network
from talento.vocabulary.people import Experience, Gender
from talento.vocabulary.visibility import Visibility
from talento.vocabulary.work import Availability, WorkMode

_COUNTRY = {"foreign_key": "country.code", "max_length": 2}
_MONEY = {"sa_type": Numeric(12, 2)}


class Talent(SQLModel, table=True):
    """A person's general profile. Columns ending in `_sealed` hold ciphertext only.

    Weights of the completeness score follow the incumbent's (facts §7.4); they are normalised to 100.
    """

    __tablename__ = "talent"
    __table_args__ = (Index("ix_talent_registered", "registered_at", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=lambda: uuid4().hex, max_length=32, unique=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", unique=True)
    code: str = Field(max_length=16, unique=True)
    revision: int = Field(default=1, description="raised on each change; a stale save is refused")
    registered_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    completeness: int = Field(default=0, description="0 to 100")
    visibility: Visibility = Field(default=Visibility.RECRUITERS, sa_type=Slug(Visibility))
    published: str = Field(default="photo,skills,city,languages,bio", max_length=100, description="card parts, commas")
    display_name: str = Field(default="", max_length=100, description="empty: first and last name")
    photo_id: str | None = Field(default=None, foreign_key="stored_file.id", ondelete="SET NULL", max_length=32)
    cv_id: str | None = Field(default=None, foreign_key="stored_file.id", ondelete="SET NULL", max_length=32)

    first_name: str = fact(
        "First name", Step.IDENTITY, default="", required=True, max_length=100, weight=3, autocomplete="given-name"
    )
    last_name: str = fact(
        "Last name", Step.IDENTITY, default="", required=True, max_length=100, weight=2, autocomplete="family-name"
    )
    born_on: date | None = fact(
        "Date of birth", Step.IDENTITY, kind=Kind.DATE, uses=Use.PRIVATE, weight=5, autocomplete="bday"
    )
    gender: Gender = fact(
        "Gender",
        Step.IDENTITY,
        default=Gender.UNSPECIFIED,
        kind=Kind.CHOICE,
        choices=Gender,
        required=True,
        column={"sa_type": Slug(Gender)},
    )
    passport_number_sealed: str | None = fact(
        "Passport number",
        Step.IDENTITY,
        name="passport_number",
        kind=Kind.IDENTITY,
        uses=Use.FORM,
        max_length=40,
        hint="Stored encrypted. Never shown in a list, an export or a mail.",
    )
    residence_card_sealed: str | None = fact(
        "Residence card number",
        Step.IDENTITY,
        name="residence_card",
        kind=Kind.IDENTITY,
        uses=Use.FORM,
        max_length=40,
        hint="Stored encrypted. Never shown in a list, an export or a mail.",
    )
    phone_sealed: str | None = fact(
        "Phone", Step.CONTACT, name="phone", kind=Kind.PHONE, required=True, uses=Use.PRIVATE, weight=5,
        autocomplete="tel",
    )  # fmt: skip
    whatsapp_sealed: str | None = fact("WhatsApp", Step.CONTACT, name="whatsapp", kind=Kind.PHONE, uses=Use.PRIVATE)
    address_sealed: str | None = fact(
        "Address", Step.CONTACT, name="address", kind=Kind.LONG_TEXT, max_length=300, uses=Use.PRIVATE,
        autocomplete="street-address",
    )  # fmt: skip
    phone_index: str | None = Field(default=None, max_length=64, index=True, description="HMAC of the E.164 number")
    passport_index: str | None = Field(default=None, max_length=64, index=True)
    residence_card_index: str | None = Field(default=None, max_length=64, index=True)

    origin: str = fact(
        "Country of origin", Step.PLACES, default="", kind=Kind.COUNTRY, required=True, weight=5, column=_COUNTRY
    )
    nationality: str = fact("Nationality", Step.PLACES, default="", kind=Kind.COUNTRY, required=True, column=_COUNTRY)
    residence: str = fact(
        "Country of residence", Step.PLACES, default="", kind=Kind.COUNTRY, required=True, column=_COUNTRY,
        autocomplete="country",
    )  # fmt: skip
    city_id: int = fact(
        "City of residence",
        Step.PLACES,
        name="city",
        kind=Kind.CITY,
        required=True,
        weight=5,
        column={"foreign_key": "city.id"},
    )
    city_typed: str = Field(default="", max_length=100, description="what the person wrote when the city is not listed")

    experience: Experience | None = fact(
        "Experience",
        Step.EXPERIENCE,
        kind=Kind.CHOICE,
        choices=Experience,
        column={"sa_type": Slug(Experience)},
    )
    bio: str = fact(
        "About me",
        Step.EXPERIENCE,
        default="",
        kind=Kind.LONG_TEXT,
        max_length=2000,
        weight=10,
        hint="A few sentences about what you do best. Recruiters search this text.",
    )
    education: str = fact("Education", Step.EXPERIENCE, default="", kind=Kind.LONG_TEXT, max_length=2000)

    availability: Availability | None = fact(
        "Availability",
        Step.WORK,
        kind=Kind.CHOICE,
        choices=Availability,
        column={"sa_type": Slug(Availability)},
    )
    work_mode: WorkMode | None = fact(
        "Way of working",
        Step.WORK,
        kind=Kind.CHOICE,
        choices=WorkMode,
        column={"sa_type": Slug(WorkMode)},
    )
    hourly_rate: Decimal | None = fact(
        "Rate per hour", Step.WORK, kind=Kind.MONEY, between=(0, 100_000_000), column=_MONEY
    )
    daily_rate: Decimal | None = fact(
        "Rate per day", Step.WORK, kind=Kind.MONEY, between=(0, 100_000_000), column=_MONEY
    )
    monthly_rate: Decimal | None = fact(
        "Rate per month", Step.WORK, kind=Kind.MONEY, between=(0, 1_000_000_000), column=_MONEY
    )
    currency: str = Field(default="", max_length=3, description="ISO 4217; follows the country of residence")

    portfolio_url: str = fact(
        "Portfolio", Step.NETWORKS, default="", kind=Kind.URL, max_length=500, weight=10, autocomplete="url"
    )
    website: str = fact("Website", Step.NETWORKS, default="", kind=Kind.URL, max_length=500, autocomplete="url")

    @classmethod
    def related_facts(cls) -> tuple[Fact, ...]:
        """What belongs to the profile but lives in other tables."""
        return (
            Fact("E-mail", Step.CONTACT, Kind.EMAIL, "email", required=True, uses=Use.PRIVATE, weight=5,
                 max_length=254, autocomplete="email"),
            Fact("Languages", Step.LANGUAGES, Kind.CHOICES, "languages", choices=Language, required=True),
            Fact("Skills", Step.SKILLS, Kind.SKILLS, "skills", required=True, weight=15),
            Fact("Photo", Step.DOCUMENTS, Kind.PHOTO, "photo", uses=Use.FORM, weight=10),
            Fact("CV", Step.DOCUMENTS, Kind.CV, "cv", uses=Use.FORM, weight=20),
            *(Fact(network.en, Step.NETWORKS, Kind.NETWORK, network.value, uses=Use.PRIVATE,
                   weight=3 if network in _COUNTED else 0, max_length=300) for network in Network),
        )  # fmt: skip


_COUNTED = {Network.LINKEDIN, Network.INSTAGRAM, Network.TWITTER, Network.FACEBOOK, Network.GITHUB}


class TalentSkill(SQLModel, table=True):
    """A skill a talent offers."""

    __tablename__ = "talent_skill"

    talent_id: int = Field(sa_column=Column(Integer, ForeignKey("talent.id", ondelete="CASCADE"), primary_key=True))
    skill_id: int = Field(sa_column=Column(Integer, ForeignKey("skill.id"), primary_key=True, index=True))


class TalentLanguage(SQLModel, table=True):
    """A language a talent speaks."""

    __tablename__ = "talent_language"

    talent_id: int = Field(sa_column=Column(Integer, ForeignKey("talent.id", ondelete="CASCADE"), primary_key=True))
    language: Language = Field(sa_type=Slug(Language), primary_key=True)


class SocialLink(SQLModel, table=True):
    """A talent's page on one network; a new network needs no migration."""

    __tablename__ = "social_link"

    talent_id: int = Field(sa_column=Column(Integer, ForeignKey("talent.id", ondelete="CASCADE"), primary_key=True))
    network: Network = Field(sa_type=Slug(Network), primary_key=True)
    url_sealed: str


class CodeAlias(SQLModel, table=True):
    """An older code under which a talent stays findable."""

    __tablename__ = "code_alias"

    code: str = Field(primary_key=True, max_length=20)
    talent_id: int = Field(foreign_key="talent.id", ondelete="CASCADE", index=True)
