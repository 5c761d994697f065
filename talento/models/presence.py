"""Presence: what happened at the desks of a project, which devices may say so, and when people are called."""

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import Column, ForeignKey, Index, Integer
from sqlmodel import Field, SQLModel

from talento.models.operations import SERIAL
from talento.models.types import Instant, Slug
from talento.vocabulary.presence import Action, RuleKind, Source


class PresenceEvent(SQLModel, table=True):
    """Something that happened at a desk. Never changed and never deleted: corrections are events of their own."""

    __tablename__ = "presence_event"
    __table_args__ = (Index("ix_presence_event_person", "project_id", "assignment_id", "at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    client_id: str = Field(max_length=36, unique=True, description="UUID made where it happened; sent twice, kept once")
    project_id: int = Field(foreign_key="project.id", ondelete="CASCADE")
    assignment_id: int = Field(foreign_key="assignment.id", ondelete="CASCADE", index=True)
    action: Action = Field(sa_type=Slug(Action))
    at: datetime = Field(sa_type=Instant, index=True, description="when it happened, by the corrected device clock")
    device_at: datetime = Field(sa_type=Instant, description="what the device's own clock said")
    received_at: datetime = Field(sa_type=Instant)
    source: Source = Field(sa_type=Slug(Source))
    device_id: int | None = Field(default=None, foreign_key="device.id", ondelete="SET NULL", index=True)
    user_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL", index=True)
    target: str = Field(default="", max_length=36, description="the event that is cancelled or corrected")
    reason: str = Field(default="", max_length=300)


class DeskGrant(SQLModel, table=True):
    """A project that is open to somebody of the presence desk."""

    __tablename__ = "desk_grant"

    project_id: int = Field(sa_column=Column(Integer, ForeignKey("project.id", ondelete="CASCADE"), primary_key=True))
    user_id: int = Field(
        sa_column=Column(Integer, ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True)
    )
    granted_at: datetime = Field(sa_type=Instant)
    granted_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")


class Device(SQLModel, table=True):
    """A tablet that was paired; only the hash of its token is kept."""

    __tablename__ = "device"

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=lambda: uuid4().hex, max_length=32, unique=True)
    name: str = Field(max_length=80)
    pairing_hash: str | None = Field(default=None, max_length=64, unique=True, description="digest of the QR's code")
    pairing_expires_at: datetime | None = Field(default=None, sa_type=Instant)
    token_hash: str | None = Field(default=None, max_length=64, unique=True)
    pin_hash: str = Field(default="", max_length=100, description="leaves the kiosk")
    is_kiosk: bool = False
    created_at: datetime = Field(sa_type=Instant)
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    paired_at: datetime | None = Field(default=None, sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
    seen_at: datetime | None = Field(default=None, sa_type=Instant)
    waiting: int = Field(default=0, description="scans that it had not sent yet when it was last seen")


class DeviceScope(SQLModel, table=True):
    """A project whose desk a device may keep."""

    __tablename__ = "device_scope"

    device_id: int = Field(sa_column=Column(Integer, ForeignKey("device.id", ondelete="CASCADE"), primary_key=True))
    project_id: int = Field(
        sa_column=Column(Integer, ForeignKey("project.id", ondelete="CASCADE"), primary_key=True, index=True)
    )


class CallTime(SQLModel, table=True):
    """When somebody is called on a shooting day."""

    __tablename__ = "call_time"

    assignment_id: int = Field(
        sa_column=Column(Integer, ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True)
    )
    day: date = Field(primary_key=True, index=True)
    at: datetime = Field(sa_type=Instant)
    note: str = Field(default="", max_length=300)
    mailed_at: datetime | None = Field(default=None, sa_type=Instant)


class HoursRule(SQLModel, table=True):
    """How a project counts hours: overtime after so many minutes a day, nights between two hours, a late arrival."""

    __tablename__ = "hours_rule"

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", ondelete="CASCADE", index=True)
    kind: RuleKind = Field(sa_type=Slug(RuleKind))
    after_minutes: int = Field(default=0, description="overtime: beyond so many minutes a day; late: after so many")
    from_hour: int = Field(default=0, description="night: from this hour, where the project is shot")
    to_hour: int = Field(default=0)
    percent: int = Field(default=0, description="what is added to the rate")
