"""Who is kept out, and what administrators have to look at."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from talento.models.operations import SERIAL
from talento.models.types import Instant


class Block(SQLModel, table=True):
    """An address, or a network of them, that is refused. Lifted ones are deleted: the security log remembers them."""

    __tablename__ = "block"

    network: str = Field(primary_key=True, max_length=43, description="canonical, such as 203.0.113.0/24")
    reason: str = Field(default="", max_length=300)
    rule: str = Field(default="", max_length=40, description="the rule that made it; empty: a person")
    created_at: datetime = Field(sa_type=Instant)
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL", index=True)
    expires_at: datetime | None = Field(default=None, sa_type=Instant, index=True, description="None: until lifted")
    refused: int = Field(default=0, sa_type=BigInteger, description="requests that were refused since")
    refused_at: datetime | None = Field(default=None, sa_type=Instant)


class Alert(SQLModel, table=True):
    """Something suspicious that a person has to look at: at most one open alert for a rule and a subject."""

    __tablename__ = "alert"

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    rule: str = Field(max_length=40)
    severity: str = Field(max_length=10)
    subject: str = Field(max_length=60, description="an address, or the number of an account")
    open_key: str | None = Field(default=None, max_length=120, unique=True, description="rule and subject while open")
    user_id: int | None = Field(default=None, description="no foreign key: an alert outlives the account")
    count: int = 1
    first_at: datetime = Field(sa_type=Instant)
    last_at: datetime = Field(sa_type=Instant)
    taken_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL", index=True)
    resolved_at: datetime | None = Field(default=None, sa_type=Instant, index=True)
    resolved_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL", index=True)
    note: str = Field(default="", max_length=1000)
