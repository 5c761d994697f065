"""Accounts: who can sign in, from where, with which single-use links."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from talento.models.types import Instant, Slug
from talento.vocabulary.permissions import Role


class User(SQLModel, table=True):
    """A login. It owns at most one talent profile of each kind."""

    __tablename__ = "user"

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=lambda: uuid4().hex, max_length=32, unique=True)
    email: str = Field(max_length=254, unique=True, description="lower-case, normalised")
    name: str = Field(default="", max_length=210)
    password_hash: str | None = Field(default=None, max_length=100)
    password_version: int = Field(default=1, description="raised on each change; links and sessions are bound to it")
    role: Role = Field(default=Role.USER, sa_type=Slug(Role), index=True)
    locale: str = Field(default="en", max_length=8)
    created_at: datetime = Field(sa_type=Instant)
    email_verified_at: datetime | None = Field(default=None, sa_type=Instant)
    suspended_at: datetime | None = Field(default=None, sa_type=Instant)


class Session(SQLModel, table=True):
    """A signed-in browser. Only the hash of its token is kept."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_user_open", "user_id", "ended_at"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE")
    token_hash: str = Field(max_length=64, unique=True)
    is_remembered: bool = False
    agent: str = Field(default="", max_length=200)
    ip: str = Field(default="", max_length=45, description="prefix only: /24 or /48")
    created_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    proved_at: datetime | None = Field(
        default=None, sa_type=Instant, description="when its owner last proved who it is"
    )
    as_id: int | None = Field(
        default=None, foreign_key="user.id", ondelete="SET NULL", index=True, description="whom its owner impersonates"
    )


class Link(SQLModel, table=True):
    """A single-use link sent to the owner of an account. Only the hash of its token is kept."""

    __tablename__ = "link"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    purpose: str = Field(max_length=20)
    token_hash: str = Field(max_length=64, unique=True)
    password_version: int
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class Factor(SQLModel, table=True):
    """An app that shows codes, as a second proof besides the password. It counts once its owner has typed a code."""

    __tablename__ = "factor"

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(max_length=32, unique=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    secret: str = Field(max_length=400, description="sealed")
    last_step: int = Field(default=0, description="the period of the last code that was accepted")
    created_at: datetime = Field(sa_type=Instant)
    confirmed_at: datetime | None = Field(default=None, sa_type=Instant)


class RecoveryCode(SQLModel, table=True):
    """Opens an account once when the app is lost. Only its hash is kept, sealed."""

    __tablename__ = "recovery_code"

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(max_length=32, unique=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    hash: str = Field(max_length=400, description="sealed")
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class Passkey(SQLModel, table=True):
    """The public half of a key pair: it opens an account, or is a second proof. The other half stays with its owner."""

    __tablename__ = "passkey"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    credential_id: str = Field(max_length=1364, unique=True, description="base64url")
    public_key: str = Field(max_length=1400, description="COSE, base64url")
    sign_count: int = Field(default=0, sa_type=BigInteger, description="of the last answer; 0 for those that count not")
    name: str = Field(max_length=60)
    transports: str = Field(default="", max_length=80, description="how a browser reaches it, by commas")
    is_synced: bool = Field(default=False, description="copied to its owner's other devices")
    created_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class SpentTicket(SQLModel, table=True):
    """A question about a passkey that has been answered. Only the hash of its ticket is kept, while it could count."""

    __tablename__ = "spent_ticket"

    hash: str = Field(primary_key=True, max_length=64)
    expires_at: datetime = Field(sa_type=Instant, index=True)


class Entry(SQLModel, table=True):
    """A browser whose password was right and that has something more to prove. It opens nothing by itself."""

    __tablename__ = "entry"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    password_version: int
    is_remembered: bool = False
    expires_at: datetime = Field(sa_type=Instant, index=True)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class Throttle(SQLModel, table=True):
    """How often something happened lately, for one key such as an account or an address; shared by all processes."""

    __tablename__ = "throttle"

    key: str = Field(primary_key=True, max_length=120)
    hits: int = 0
    since: datetime = Field(sa_type=Instant)
    blocked_until: datetime | None = Field(default=None, sa_type=Instant, index=True)
