"""Casting: productions, their projects, the roles of a project, who is considered and who is assigned."""

from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from sqlalchemy import Column, ForeignKey, Index, Integer, Numeric, UniqueConstraint
from sqlmodel import Field, SQLModel

from talento.models.facts import Kind, ProductionStep, ProjectStep, RoleStep, fact
from talento.models.types import Instant, Slug
from talento.vocabulary.casting import Answer, FeePeriod, ProductionType, ProjectStatus, Stage, TalentType
from talento.vocabulary.networks import Network

_COUNTRY = {"foreign_key": "country.code", "max_length": 2}
COMPANY_NETWORKS = (Network.FACEBOOK, Network.INSTAGRAM, Network.TWITTER, Network.LINKEDIN)
_LINES = {"kind": Kind.LONG_TEXT, "max_length": 2000}


class Production(SQLModel, table=True):
    """A production company. Source of the fields: incumbent facts §1.5."""

    __tablename__ = "production"

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=lambda: uuid4().hex, max_length=32, unique=True)
    revision: int = Field(default=1, description="raised on each change; a stale save is refused")
    logo_id: str | None = Field(default=None, foreign_key="stored_file.id", ondelete="SET NULL", max_length=32)
    is_verified: bool = Field(default=False, description="an admin has checked that the company exists")
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    deleted_at: datetime | None = Field(default=None, sa_type=Instant)
    folded: str = Field(default="", description="name, city and specialisation without case and accents, for search")

    name: str = fact("Name", ProductionStep.COMPANY, default="", required=True, max_length=200)
    specialization: str = fact("Specialisation", ProductionStep.COMPANY, default="", max_length=200)
    description: str = fact("Description", ProductionStep.COMPANY, default="", **_LINES)
    founded_year: int | None = fact("Founded in", ProductionStep.COMPANY, kind=Kind.NUMBER, between=(1800, 2100))
    ceo: str = fact("Director", ProductionStep.COMPANY, default="", max_length=200)
    employees_count: int | None = fact("Employees", ProductionStep.COMPANY, kind=Kind.NUMBER, between=(0, 1_000_000))
    productions_count: int | None = fact(
        "Productions so far", ProductionStep.COMPANY, kind=Kind.NUMBER, between=(0, 100_000)
    )

    phone: str = fact("Phone", ProductionStep.CONTACT, default="", kind=Kind.PHONE, column={"max_length": 20})
    email: str = fact("E-mail", ProductionStep.CONTACT, default="", kind=Kind.EMAIL, column={"max_length": 254})
    address: str = fact("Address", ProductionStep.CONTACT, default="", max_length=300)
    postal_code: str = fact("Postal code", ProductionStep.CONTACT, default="", max_length=20)
    city: str = fact("City", ProductionStep.CONTACT, default="", max_length=100)
    country: str | None = fact("Country", ProductionStep.CONTACT, kind=Kind.COUNTRY, column=_COUNTRY)

    website: str = fact("Website", ProductionStep.NETWORKS, default="", kind=Kind.URL, max_length=500)
    facebook: str = fact("Facebook", ProductionStep.NETWORKS, default="", kind=Kind.NETWORK, max_length=300)
    instagram: str = fact("Instagram", ProductionStep.NETWORKS, default="", kind=Kind.NETWORK, max_length=300)
    twitter: str = fact("X (Twitter)", ProductionStep.NETWORKS, default="", kind=Kind.NETWORK, max_length=300)
    linkedin: str = fact("LinkedIn", ProductionStep.NETWORKS, default="", kind=Kind.NETWORK, max_length=300)

    notable_productions: str = fact("Notable productions", ProductionStep.ABOUT, default="", **_LINES)
    services: str = fact("Services", ProductionStep.ABOUT, default="", **_LINES)
    equipment: str = fact("Equipment", ProductionStep.ABOUT, default="", **_LINES)
    studios: str = fact("Studios", ProductionStep.ABOUT, default="", **_LINES)
    certifications: str = fact("Certifications", ProductionStep.ABOUT, default="", **_LINES)
    memberships: str = fact("Memberships", ProductionStep.ABOUT, default="", **_LINES)
    awards: str = fact("Awards", ProductionStep.ABOUT, default="", **_LINES)


class Project(SQLModel, table=True):
    """A film, a series, a commercial: something that is cast. Its code never changes."""

    __tablename__ = "project"

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=lambda: uuid4().hex, max_length=32, unique=True)
    code: str = Field(max_length=16, unique=True)
    revision: int = Field(default=1, description="raised on each change; a stale save is refused")
    status: ProjectStatus = Field(default=ProjectStatus.PRE_PRODUCTION, sa_type=Slug(ProjectStatus), index=True)
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    deleted_at: datetime | None = Field(default=None, sa_type=Instant)
    cool_down: int = Field(default=60, description="seconds within which a repeated scan is the same scan")
    folded: str = Field(default="", description="name, code and places without case and accents, for search")

    name: str = fact("Name", ProjectStep.PROJECT, default="", required=True, max_length=200)
    production_type: ProductionType = fact(
        "Type of production", ProjectStep.PROJECT, default=ProductionType.FILM, kind=Kind.CHOICE,
        choices=ProductionType, required=True, column={"sa_type": Slug(ProductionType)},
    )  # fmt: skip
    synopsis: str = fact("Synopsis", ProjectStep.PROJECT, default="", kind=Kind.LONG_TEXT, max_length=2000)
    production_id: int | None = Field(default=None, foreign_key="production.id", ondelete="SET NULL", index=True)

    country: str = fact(
        "Country of the main shooting place", ProjectStep.PLACES, default="", kind=Kind.COUNTRY, required=True,
        column=_COUNTRY,
    )  # fmt: skip
    city_id: int = fact(
        "Main shooting place", ProjectStep.PLACES, name="city", kind=Kind.CITY, required=True, within="country",
        column={"foreign_key": "city.id"},
    )  # fmt: skip
    city_typed: str = Field(default="", max_length=100, description="the place, when it is not in the list")
    shooting_places: str = fact(
        "Other shooting places", ProjectStep.PLACES, default="", kind=Kind.LONG_TEXT, max_length=1000,
        hint="One per line.",
    )  # fmt: skip

    starts_on: date | None = fact("First day", ProjectStep.DATES, kind=Kind.DAY)
    ends_on: date | None = fact("Last day", ProjectStep.DATES, kind=Kind.DAY)
    zone: str = fact(
        "Time zone", ProjectStep.DATES, default="Africa/Casablanca", kind=Kind.ZONE, required=True, max_length=64
    )
    day_break: int = fact(
        "A shooting day begins at", ProjectStep.DATES, default=5, kind=Kind.NUMBER, unit="h", between=(0, 12),
        required=True, hint="A night shoot belongs to the day it began.",
    )  # fmt: skip

    contact_name: str = fact("Contact for talents", ProjectStep.CONTACT, default="", max_length=200)
    contact_phone: str = fact(
        "Contact's phone", ProjectStep.CONTACT, default="", kind=Kind.PHONE, column={"max_length": 20}
    )
    contact_email: str = fact(
        "Contact's e-mail", ProjectStep.CONTACT, default="", kind=Kind.EMAIL, column={"max_length": 254}
    )


class ProjectStatusChange(SQLModel, table=True):
    """A step in the life of a project."""

    __tablename__ = "project_status_change"

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", ondelete="CASCADE", index=True)
    status: ProjectStatus = Field(sa_type=Slug(ProjectStatus))
    at: datetime = Field(sa_type=Instant)
    user_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    note: str = Field(default="", max_length=300)


class ProjectMember(SQLModel, table=True):
    """Somebody who works on a project. Admins need not be listed."""

    __tablename__ = "project_member"

    project_id: int = Field(sa_column=Column(Integer, ForeignKey("project.id", ondelete="CASCADE"), primary_key=True))
    user_id: int = Field(
        sa_column=Column(Integer, ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True)
    )
    added_at: datetime = Field(sa_type=Instant)


class CastingRole(SQLModel, table=True):
    """A part to cast on a project. `criteria` is a cinema search as the address bar writes it."""

    __tablename__ = "casting_role"

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=lambda: uuid4().hex, max_length=32, unique=True)
    project_id: int = Field(foreign_key="project.id", ondelete="CASCADE", index=True)
    revision: int = Field(default=1, description="raised on each change; a stale save is refused")
    place: int = Field(default=0, description="from 0, first shown first")
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    deleted_at: datetime | None = Field(default=None, sa_type=Instant)
    criteria: str = Field(default="", max_length=2000)
    declared_traits: str = Field(default="", max_length=60, description="protected traits the role calls for, commas")
    traits_reason: str = Field(default="", max_length=500)

    name: str = fact("Name of the role", RoleStep.ROLE, default="", required=True, max_length=120)
    kind: TalentType = fact(
        "Kind of part", RoleStep.ROLE, default=TalentType.EXTRA, kind=Kind.CHOICE, choices=TalentType, required=True,
        column={"sa_type": Slug(TalentType)},
    )  # fmt: skip
    wanted: int = fact("How many people", RoleStep.ROLE, default=1, kind=Kind.NUMBER, between=(1, 5000), required=True)
    description: str = fact("Description", RoleStep.ROLE, default="", kind=Kind.LONG_TEXT, max_length=2000)

    fee: Decimal | None = fact(
        "Fee", RoleStep.FEE, kind=Kind.MONEY, between=(0, 100_000_000), column={"sa_type": Numeric(12, 2)}
    )
    fee_currency: str = fact("Currency", RoleStep.FEE, default="", kind=Kind.CURRENCY, max_length=3)
    fee_period: FeePeriod | None = fact(
        "Paid", RoleStep.FEE, kind=Kind.CHOICE, choices=FeePeriod, column={"sa_type": Slug(FeePeriod)}
    )


class Candidate(SQLModel, table=True):
    """A cinema talent on the board of a role."""

    __tablename__ = "candidate"
    __table_args__ = (UniqueConstraint("role_id", "talent_id"), Index("ix_candidate_column", "role_id", "stage"))

    id: int | None = Field(default=None, primary_key=True)
    role_id: int = Field(foreign_key="casting_role.id", ondelete="CASCADE")
    talent_id: int = Field(foreign_key="cinema_talent.id", ondelete="CASCADE", index=True)
    stage: Stage = Field(default=Stage.CONSIDERED, sa_type=Slug(Stage))
    place: int = Field(default=0, description="within the column, smallest on top")
    rating: int = Field(default=0, description="0 (none) to 5")
    reason: str = Field(default="", max_length=500, description="why declined")
    added_at: datetime = Field(sa_type=Instant)
    moved_at: datetime = Field(sa_type=Instant)
    moved_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    asked_at: datetime | None = Field(default=None, sa_type=Instant, description="when availability was asked by mail")
    answer: Answer = Field(default=Answer.WAITING, sa_type=Slug(Answer))
    answer_reason: str = Field(default="", max_length=500)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    link_hash: str | None = Field(default=None, max_length=64, unique=True, description="digest of the answer link")
    link_expires_at: datetime | None = Field(default=None, sa_type=Instant)


class CandidateNote(SQLModel, table=True):
    """What somebody of the team wrote about a candidate; talents never see it."""

    __tablename__ = "candidate_note"

    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = Field(foreign_key="candidate.id", ondelete="CASCADE", index=True)
    user_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    at: datetime = Field(sa_type=Instant)
    text: str = Field(max_length=2000)


class CandidateMove(SQLModel, table=True):
    """One move on a board: who, from where, to where, when."""

    __tablename__ = "candidate_move"

    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = Field(foreign_key="candidate.id", ondelete="CASCADE", index=True)
    from_stage: Stage | None = Field(default=None, sa_type=Slug(Stage))
    to_stage: Stage = Field(sa_type=Slug(Stage))
    at: datetime = Field(sa_type=Instant)
    user_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    reason: str = Field(default="", max_length=500)


class Assignment(SQLModel, table=True):
    """A talent on a project, once each; its number is never given again, even when the talent is removed."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("project_id", "talent_id", name="uq_assignment_talent"),
        UniqueConstraint("project_id", "number", name="uq_assignment_number"),
    )

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", ondelete="CASCADE", index=True)
    talent_id: int = Field(foreign_key="cinema_talent.id", ondelete="CASCADE", index=True)
    role_id: int | None = Field(default=None, foreign_key="casting_role.id", ondelete="SET NULL", index=True)
    number: int
    code: str = Field(max_length=24, unique=True)
    kind: TalentType = Field(sa_type=Slug(TalentType))
    description: str = Field(default="", max_length=500)
    starts_on: date | None = Field(default=None, description="empty: the project's first day")
    ends_on: date | None = Field(default=None, description="empty: the project's last day")
    overlap_reason: str = Field(
        default="", max_length=500, description="why an overlap with another booking is accepted"
    )
    assigned_at: datetime = Field(sa_type=Instant)
    assigned_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    removed_at: datetime | None = Field(default=None, sa_type=Instant, index=True)
    answer: Answer = Field(default=Answer.WAITING, sa_type=Slug(Answer))
    answer_reason: str = Field(default="", max_length=500)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    mailed_at: datetime | None = Field(default=None, sa_type=Instant, description="last selection mail")
    badge_serial: int = Field(default=1, description="raised when a badge is revoked")
    badge_made_at: datetime | None = Field(default=None, sa_type=Instant)


class RevokedBadge(SQLModel, table=True):
    """A badge that must not be accepted any more although its signature is right."""

    __tablename__ = "revoked_badge"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=24, index=True, description="of the assignment")
    serial: int
    revoked_at: datetime = Field(sa_type=Instant)
    revoked_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    reason: str = Field(default="", max_length=300)
