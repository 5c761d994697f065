"""Cinema talents: the people of the casting roster."""

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import Column, ForeignKey, Index, Integer, String
from sqlmodel import Field, SQLModel

from talento.models.facts import CinemaStep, Fact, Kind, Use, fact
from talento.models.types import Instant, Slug
from talento.vocabulary.appearance import Build, Ethnicity, EyeColor, HairColor, HairType, SkinTone
from talento.vocabulary.casting import Accent, DocumentType, DrivingLicense, PhotoCategory, Relation, TalentType
from talento.vocabulary.languages import Language
from talento.vocabulary.networks import Network
from talento.vocabulary.people import Experience, Gender
from talento.vocabulary.visibility import Visibility

_COUNTRY = {"foreign_key": "country.code", "max_length": 2}

CINEMA_NETWORKS = (
    Network.INSTAGRAM, Network.FACEBOOK, Network.TIKTOK, Network.YOUTUBE, Network.TWITTER, Network.LINKEDIN,
    Network.SNAPCHAT, Network.TELEGRAM, Network.THREADS, Network.IMDB,
)  # fmt: skip
"""The networks a cinema talent is asked for. Source: incumbent facts §3.12, without what its route dropped."""

PUBLISHED = "photo,kinds,skills,city,languages,bio"
GALLERY_AT_MOST = 10
CREDITS_AT_MOST = 60


class CinemaTalent(SQLModel, table=True):
    """A person on the casting roster. Columns ending in `_sealed` hold ciphertext only.

    Ethnicity and skin tone are kept only with the person's consent, and sealed (`GD-11`).
    """

    __tablename__ = "cinema_talent"
    __table_args__ = (Index("ix_cinema_talent_registered", "registered_at", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=lambda: uuid4().hex, max_length=32, unique=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", unique=True)
    code: str = Field(max_length=16, unique=True)
    revision: int = Field(default=1, description="raised on each change; a stale save is refused")
    registered_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    completeness: int = Field(default=0, description="0 to 100")
    visibility: Visibility = Field(default=Visibility.RECRUITERS, sa_type=Slug(Visibility))
    published: str = Field(default=PUBLISHED, max_length=200, description="card parts, commas")
    photo_id: str | None = Field(default=None, foreign_key="stored_file.id", ondelete="SET NULL", max_length=32)
    guardian_consented_at: datetime | None = Field(
        default=None, sa_type=Instant, description="until then nobody sees somebody under 18 (`GD-07`)"
    )
    guardian_refused_at: datetime | None = Field(
        default=None, sa_type=Instant, description="when the guardian last said no, or took the consent back"
    )
    guardian_signed_sealed: str | None = Field(default=None, description="the name typed with the consent")
    traits_consented_at: datetime | None = Field(
        default=None, sa_type=Instant, description="consent to keep ethnicity and skin tone"
    )

    first_name: str = fact(
        "First name", CinemaStep.IDENTITY, default="", required=True, max_length=100, weight=3,
        autocomplete="given-name",
    )  # fmt: skip
    last_name: str = fact(
        "Last name", CinemaStep.IDENTITY, default="", required=True, max_length=100, weight=3,
        autocomplete="family-name",
    )  # fmt: skip
    stage_name: str = fact(
        "Stage name", CinemaStep.IDENTITY, default="", max_length=100,
        hint="Shown instead of your name, if you have one.",
    )  # fmt: skip
    born_on: date = fact(
        "Date of birth", CinemaStep.IDENTITY, kind=Kind.DATE, required=True, uses=Use.PRIVATE, weight=5,
        autocomplete="bday",
    )  # fmt: skip
    gender: Gender = fact(
        "Gender", CinemaStep.IDENTITY, default=Gender.UNSPECIFIED, kind=Kind.CHOICE, choices=Gender, required=True,
        column={"sa_type": Slug(Gender)},
    )  # fmt: skip
    document_type: DocumentType = fact(
        "Type of document", CinemaStep.IDENTITY, default=DocumentType.PASSPORT, kind=Kind.CHOICE,
        choices=DocumentType, required=True, uses=Use.FORM, column={"sa_type": Slug(DocumentType)},
    )  # fmt: skip
    document_number_sealed: str | None = fact(
        "Document number", CinemaStep.IDENTITY, name="document_number", kind=Kind.IDENTITY, required=True,
        uses=Use.FORM, max_length=40, hint="Stored encrypted. Never shown in a list, an export or a mail.",
    )  # fmt: skip
    phone_sealed: str | None = fact(
        "Phone", CinemaStep.IDENTITY, name="phone", kind=Kind.PHONE, required=True, uses=Use.PRIVATE, weight=5,
        autocomplete="tel",
    )  # fmt: skip
    whatsapp_sealed: str | None = fact(
        "WhatsApp", CinemaStep.IDENTITY, name="whatsapp", kind=Kind.PHONE, uses=Use.PRIVATE
    )
    phone_index: str | None = Field(default=None, max_length=64, index=True, description="HMAC of the E.164 number")
    document_index: str | None = Field(default=None, max_length=64, index=True)

    guardian_name: str = fact("Guardian's full name", CinemaStep.IDENTITY, default="", max_length=200, uses=Use.FORM)
    guardian_relation: Relation | None = fact(
        "Guardian's relation", CinemaStep.IDENTITY, kind=Kind.CHOICE, choices=Relation, uses=Use.FORM,
        column={"sa_type": Slug(Relation)},
    )  # fmt: skip
    guardian_email_sealed: str | None = fact(
        "Guardian's e-mail", CinemaStep.IDENTITY, name="guardian_email", kind=Kind.EMAIL, uses=Use.FORM,
        max_length=254,
    )  # fmt: skip
    guardian_phone_sealed: str | None = fact(
        "Guardian's phone", CinemaStep.IDENTITY, name="guardian_phone", kind=Kind.PHONE, uses=Use.FORM
    )

    origin: str = fact(
        "Country of origin", CinemaStep.ORIGINS, default="", kind=Kind.COUNTRY, required=True, weight=5,
        column=_COUNTRY,
    )  # fmt: skip
    nationality: str = fact(
        "Nationality", CinemaStep.ORIGINS, default="", kind=Kind.COUNTRY, required=True, column=_COUNTRY
    )
    ethnicities_sealed: str | None = fact(
        "Ethnicity", CinemaStep.ORIGINS, name="ethnicities", kind=Kind.CHOICES, choices=Ethnicity, uses=Use.FORM,
        hint="Optional. Searched only for a role that calls for it.",
    )  # fmt: skip

    residence: str = fact(
        "Country of residence", CinemaStep.RESIDENCE, default="", kind=Kind.COUNTRY, required=True, column=_COUNTRY,
        autocomplete="country",
    )  # fmt: skip
    city_id: int = fact(
        "City of residence", CinemaStep.RESIDENCE, name="city", kind=Kind.CITY, required=True, weight=5,
        column={"foreign_key": "city.id"},
    )  # fmt: skip
    city_typed: str = Field(default="", max_length=100, description="what the person wrote when the city is not listed")

    eye_color: EyeColor | None = fact(
        "Eye colour", CinemaStep.APPEARANCE, kind=Kind.CHOICE, choices=EyeColor, weight=3,
        column={"sa_type": Slug(EyeColor)},
    )  # fmt: skip
    hair_color: HairColor | None = fact(
        "Hair colour", CinemaStep.APPEARANCE, kind=Kind.CHOICE, choices=HairColor, weight=3,
        column={"sa_type": Slug(HairColor)},
    )  # fmt: skip
    hair_type: HairType | None = fact(
        "Hair type", CinemaStep.APPEARANCE, kind=Kind.CHOICE, choices=HairType, column={"sa_type": Slug(HairType)}
    )
    build: Build | None = fact(
        "Build", CinemaStep.APPEARANCE, kind=Kind.CHOICE, choices=Build, weight=3, column={"sa_type": Slug(Build)}
    )
    skin_tone_sealed: str | None = fact(
        "Skin tone", CinemaStep.APPEARANCE, name="skin_tone", kind=Kind.CHOICE, choices=SkinTone, uses=Use.FORM,
        hint="Optional. Searched only for a role that calls for it.",
    )  # fmt: skip
    height: int | None = fact("Height", CinemaStep.APPEARANCE, kind=Kind.NUMBER, unit="cm", between=(50, 250), weight=5)
    weight: int | None = fact("Weight", CinemaStep.APPEARANCE, kind=Kind.NUMBER, unit="kg", between=(2, 300))
    chest: int | None = fact("Chest", CinemaStep.APPEARANCE, kind=Kind.NUMBER, unit="cm", between=(30, 200))
    waist: int | None = fact("Waist", CinemaStep.APPEARANCE, kind=Kind.NUMBER, unit="cm", between=(30, 200))
    hips: int | None = fact("Hips", CinemaStep.APPEARANCE, kind=Kind.NUMBER, unit="cm", between=(30, 200))
    inseam: int | None = fact("Inseam", CinemaStep.APPEARANCE, kind=Kind.NUMBER, unit="cm", between=(20, 130))
    collar: int | None = fact("Collar", CinemaStep.APPEARANCE, kind=Kind.NUMBER, unit="cm", between=(20, 70))
    shoe_size: int | None = fact("Shoe size", CinemaStep.APPEARANCE, kind=Kind.NUMBER, unit="EU", between=(15, 55))
    clothing_size: str = fact("Clothing size", CinemaStep.APPEARANCE, default="", max_length=20)

    playing_age_min: int | None = fact(
        "Playing age from", CinemaStep.PARTS, kind=Kind.NUMBER, unit="years", between=(0, 110)
    )
    playing_age_max: int | None = fact(
        "Playing age to", CinemaStep.PARTS, kind=Kind.NUMBER, unit="years", between=(0, 110)
    )
    experience: Experience | None = fact(
        "Experience", CinemaStep.PARTS, kind=Kind.CHOICE, choices=Experience, weight=5,
        column={"sa_type": Slug(Experience)},
    )  # fmt: skip
    bio: str = fact(
        "About me", CinemaStep.PARTS, default="", kind=Kind.LONG_TEXT, max_length=2000, weight=8,
        hint="Training, roles you are proud of, what you are looking for. Recruiters search this text.",
    )  # fmt: skip
    trade_union: str = fact("Union", CinemaStep.PARTS, default="", max_length=100)
    agent: str = fact(
        "Agent", CinemaStep.PARTS, default="", max_length=200, hint="Name or agency, and how to reach them."
    )

    website: str = fact("Website", CinemaStep.NETWORKS, default="", kind=Kind.URL, max_length=500, autocomplete="url")
    showreel_url: str = fact("Showreel", CinemaStep.NETWORKS, default="", kind=Kind.URL, max_length=500, weight=10)
    voice_reel_url: str = fact("Voice reel", CinemaStep.NETWORKS, default="", kind=Kind.URL, max_length=500)

    @classmethod
    def related_facts(cls) -> tuple[Fact, ...]:
        """What belongs to the profile but lives in other tables."""
        return (
            Fact("E-mail", CinemaStep.IDENTITY, Kind.EMAIL, "email", required=True, uses=Use.PRIVATE, weight=5,
                 max_length=254, autocomplete="email"),
            Fact("I agree that my ethnicity and skin tone are kept and searched for roles that call for them.",
                 CinemaStep.ORIGINS, Kind.CONSENT, "traits_consent", uses=Use.FORM),
            Fact("Languages", CinemaStep.LANGUAGES, Kind.CHOICES, "languages", choices=Language, required=True),
            Fact("Accents", CinemaStep.LANGUAGES, Kind.CHOICES, "accents", choices=Accent),
            Fact("Kinds of part", CinemaStep.PARTS, Kind.CHOICES, "kinds", choices=TalentType, required=True, weight=5),
            Fact("Driving licences", CinemaStep.SKILLS, Kind.CHOICES, "licenses", choices=DrivingLicense),
            Fact("Skills", CinemaStep.SKILLS, Kind.SKILLS, "skills", weight=8),
            *(Fact(network.en, CinemaStep.NETWORKS, Kind.NETWORK, network.value, uses=Use.PRIVATE, max_length=300)
              for network in CINEMA_NETWORKS),
            Fact("Photo", CinemaStep.PHOTOS, Kind.PHOTO, "photo", uses=Use.FORM, weight=15),
            Fact("Gallery", CinemaStep.PHOTOS, Kind.GALLERY, "gallery", uses=Use.FORM, weight=8),
            Fact("Credits", CinemaStep.PHOTOS, Kind.CREDITS, "credits", weight=6),
        )  # fmt: skip


class CinemaChoice(SQLModel, table=True):
    """One chosen option of a fact with several: languages, accents, kinds of part, licences."""

    __tablename__ = "cinema_choice"

    talent_id: int = Field(
        sa_column=Column(Integer, ForeignKey("cinema_talent.id", ondelete="CASCADE"), primary_key=True)
    )
    fact: str = Field(sa_column=Column(String(20), primary_key=True))
    value: str = Field(sa_column=Column(String(40), primary_key=True))


class CinemaSkill(SQLModel, table=True):
    """A skill a cinema talent brings to a set."""

    __tablename__ = "cinema_skill"

    talent_id: int = Field(
        sa_column=Column(Integer, ForeignKey("cinema_talent.id", ondelete="CASCADE"), primary_key=True)
    )
    skill_id: int = Field(sa_column=Column(Integer, ForeignKey("skill.id"), primary_key=True, index=True))


class CinemaLink(SQLModel, table=True):
    """A cinema talent's page on one network."""

    __tablename__ = "cinema_link"

    talent_id: int = Field(
        sa_column=Column(Integer, ForeignKey("cinema_talent.id", ondelete="CASCADE"), primary_key=True)
    )
    network: Network = Field(sa_type=Slug(Network), primary_key=True)
    url_sealed: str


class CinemaPhoto(SQLModel, table=True):
    """A photo of the gallery, in the order its owner chose."""

    __tablename__ = "cinema_photo"

    id: int | None = Field(default=None, primary_key=True)
    talent_id: int = Field(foreign_key="cinema_talent.id", ondelete="CASCADE", index=True)
    file_id: str = Field(foreign_key="stored_file.id", ondelete="CASCADE", max_length=32, unique=True)
    category: PhotoCategory = Field(default=PhotoCategory.OTHER, sa_type=Slug(PhotoCategory))
    place: int = Field(default=0, description="from 0, first shown first")


class Credit(SQLModel, table=True):
    """A production somebody took part in."""

    __tablename__ = "credit"

    id: int | None = Field(default=None, primary_key=True)
    talent_id: int = Field(foreign_key="cinema_talent.id", ondelete="CASCADE", index=True)
    title: str = Field(max_length=200)
    year: int | None = None
    kind: str = Field(default="", max_length=40, description="slug of ProductionType, or empty")
    part: str = Field(default="", max_length=200, description="the role played")
    imdb_id: str = Field(default="", max_length=20, description="when it was looked up")
    place: int = Field(default=0, description="from 0, first shown first")


class Unavailability(SQLModel, table=True):
    """Days on which a cinema talent can't work, both included."""

    __tablename__ = "unavailability"

    id: int | None = Field(default=None, primary_key=True)
    talent_id: int = Field(foreign_key="cinema_talent.id", ondelete="CASCADE", index=True)
    starts_on: date = Field(index=True)
    ends_on: date = Field(index=True)
    note: str = Field(default="", max_length=200)


class CinemaAlias(SQLModel, table=True):
    """An older code under which a cinema talent stays findable."""

    __tablename__ = "cinema_alias"

    code: str = Field(primary_key=True, max_length=20)
    talent_id: int = Field(foreign_key="cinema_talent.id", ondelete="CASCADE", index=True)
