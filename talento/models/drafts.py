"""Drafts: what people typed and did not send yet."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from talento.models.types import Instant


class Draft(SQLModel, table=True):
    """A half-filled form. Whoever holds its link can go on with it, on any device, until it expires."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("form", "holder_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=lambda: uuid4().hex, max_length=32, unique=True)
    form: str = Field(max_length=20)
    holder_hash: str = Field(max_length=64, description="digest of the browser cookie that holds it")
    link_hash: str | None = Field(default=None, max_length=64, unique=True, description="digest of the resume link")
    data: str = Field(default="", description="sealed JSON")
    step: str = Field(default="", max_length=20)
    revision: int = 0
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant, index=True)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    talent_id: int | None = Field(default=None, description="what it became")
