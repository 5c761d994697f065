"""What keeps the house running: settings, logs, outgoing mail, counters, the feed of changes."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from talento.models.types import Instant

SERIAL = BigInteger().with_variant(Integer, "sqlite")


class AppSettings(SQLModel, table=True):
    """One setting an admin can change; `value` is JSON."""

    __tablename__ = "app_settings"

    key: str = Field(primary_key=True, max_length=100)
    value: str = ""
    revision: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    updated_at: datetime = Field(sa_type=Instant)
    updated_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")


class SettingChange(SQLModel, table=True):
    """One change of a setting: `before` and `after` as stored, empty for the default, and always for secrets."""

    __tablename__ = "setting_change"

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    key: str = Field(max_length=100, index=True)
    action: str = Field(max_length=10)
    before: str = ""
    after: str = ""
    at: datetime = Field(sa_type=Instant)
    user_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL", index=True)


class SettingReader(SQLModel, table=True):
    """A tab that shows settings now; `tab` is a hash of its token."""

    __tablename__ = "setting_reader"

    tab: str = Field(primary_key=True, max_length=64)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    group: str = Field(default="", max_length=40)
    seen_at: datetime = Field(sa_type=Instant)


class ActivityLog(SQLModel, table=True):
    """Something a person did. A link of a chain: `services/chain.py`."""

    __tablename__ = "activity_log"
    __table_args__ = (
        Index("ix_activity_log_subject", "subject", "subject_id", "id"),
        Index("ix_activity_log_user", "user_id", "id"),
        Index("ix_activity_log_action", "action", "id"),
        Index("ix_activity_log_both", "user_id", "action", "id"),
        Index("ix_activity_log_ip", "ip", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    at: datetime = Field(sa_type=Instant, index=True)
    user_id: int | None = Field(default=None, description="no foreign key: an entry outlives the account")
    action: str = Field(max_length=60)
    subject: str = Field(default="", max_length=40)
    subject_id: int | None = None
    ip: str = Field(default="", max_length=45)
    details: str = Field(default="{}", description="JSON without secrets")
    seq: int | None = Field(default=None, sa_type=SERIAL, unique=True, description="its place in the chain")
    mac: str = Field(default="", max_length=64)


class SecurityLog(SQLModel, table=True):
    """Something that concerns the safety of the house. A link of a chain, too."""

    __tablename__ = "security_log"
    __table_args__ = (
        Index("ix_security_log_user", "user_id", "id"),
        Index("ix_security_log_event", "event", "id"),
        Index("ix_security_log_severity", "severity", "id"),
        Index("ix_security_log_both", "user_id", "event", "id"),
        Index("ix_security_log_about", "about_id", "id"),
        Index("ix_security_log_ip", "ip", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    at: datetime = Field(sa_type=Instant, index=True)
    event: str = Field(max_length=60)
    severity: str = Field(default="info", max_length=10)
    user_id: int | None = Field(default=None, description="no foreign key: an entry outlives the account")
    about_id: int | None = Field(default=None, description="the `subject` of its details, to find it by")
    ip: str = Field(default="", max_length=45)
    agent: str = Field(default="", max_length=200)
    details: str = Field(default="{}", description="JSON without secrets")
    seq: int | None = Field(default=None, sa_type=SERIAL, unique=True, description="its place in the chain")
    mac: str = Field(default="", max_length=64)


class LogHead(SQLModel, table=True):
    """Both ends of a log's chain: the last link, and what was before the first one that is kept."""

    __tablename__ = "log_head"

    log: str = Field(primary_key=True, max_length=40)
    seq: int = Field(default=0, sa_type=SERIAL)
    mac: str = Field(default="", max_length=64)
    kept_after: int = Field(default=0, sa_type=SERIAL, description="older links were let go, see retention")
    kept_mac: str = Field(default="", max_length=64)
    kept_seal: str = Field(default="", max_length=64, description="says that it was us who let them go")


class OutgoingMail(SQLModel, table=True):
    """A message to send: written in the transaction of what caused it, sent later by a scheduled task."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "status", "due_at"),
        Index("ix_outbox_status", "status", "id"),
        Index("ix_outbox_kind", "kind", "id"),
        Index("ix_outbox_both", "kind", "status", "id"),
        Index("ix_outbox_sent", "status", "sent_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(max_length=32, unique=True)
    kind: str = Field(max_length=40)
    recipient: str = Field(max_length=254)
    recipient_name: str = Field(default="", max_length=210)
    user_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL", index=True)
    locale: str = Field(default="en", max_length=8)
    subject: str = Field(max_length=200)
    text: str = Field(description="secrets appear as {secret}")
    html: str = Field(description="secrets appear as {secret}")
    secret: str = Field(default="", description="sealed; erased once the message is sent")
    status: str = Field(default="waiting", max_length=10, description="waiting, sent, failed, local, suppressed")
    attempts: int = 0
    created_at: datetime = Field(sa_type=Instant)
    due_at: datetime = Field(sa_type=Instant)
    lease: str = Field(default="", max_length=32, description="whoever sends it now")
    leased_until: datetime | None = Field(default=None, sa_type=Instant)
    handed_at: datetime | None = Field(default=None, sa_type=Instant, description="set while it is being sent")
    unsure_at: datetime | None = Field(default=None, sa_type=Instant, description="since when it may have left")
    sent_at: datetime | None = Field(default=None, sa_type=Instant, index=True)
    problem: str = Field(default="", max_length=300)
    attachments: str = Field(default="", max_length=500, description="what to attach, such as `badge:12`, commas")
    is_copy: bool = Field(default=False, description="for an admin, without links")
    outcome: str = Field(default="", max_length=12, description="delivered, bounced, dropped or complained")
    facts: str = Field(default="", description="JSON: what its wording was filled with; never its link")
    is_test: bool = Field(default=False, description="sent to the admin who words its kind")


class MailWords(SQLModel, table=True):
    """What the mail log is searched by: short rows beside the long ones, read by the hundred thousand."""

    __tablename__ = "mail_words"

    mail_id: int = Field(
        primary_key=True, foreign_key="outbox.id", ondelete="CASCADE", sa_column_kwargs={"autoincrement": False}
    )
    words: str = Field(max_length=500, description="recipient and subject, without case and accents")


class MailKind(SQLModel, table=True):
    """How admins have set a kind of message; a kind without a row is sent and not copied."""

    __tablename__ = "mail_kind"

    kind: str = Field(primary_key=True, max_length=40)
    is_on: bool = True
    is_copied: bool = False


class MailTemplate(SQLModel, table=True):
    """A version of how admins word a kind of message in a language; the newest counts."""

    __tablename__ = "mail_template"

    kind: str = Field(primary_key=True, max_length=40)
    locale: str = Field(primary_key=True, max_length=8)
    version: int = Field(primary_key=True)
    words: str = Field(default="", description="JSON of its fields; empty: the built-in text counts again")
    built_in: str = Field(default="", description="JSON: the built-in text when this was saved")
    at: datetime = Field(sa_type=Instant)
    by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL", index=True)


class Unsubscribed(SQLModel, table=True):
    """An address that wants no more messages of one kind; its owner said so."""

    __tablename__ = "mail_unsubscribed"

    email: str = Field(primary_key=True, max_length=254)
    kind: str = Field(primary_key=True, max_length=40)
    at: datetime = Field(sa_type=Instant, index=True)


class SuppressedAddress(SQLModel, table=True):
    """An address that is not written to; `lifted_at` once an admin said that it works again."""

    __tablename__ = "mail_suppressed"

    email: str = Field(primary_key=True, max_length=254)
    reason: str = Field(max_length=12, description="bounced, dropped, complained, unsubscribed or manual")
    note: str = Field(default="", max_length=300)
    at: datetime = Field(sa_type=Instant, index=True)
    by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL", index=True)
    lifted_at: datetime | None = Field(default=None, sa_type=Instant)


class Counter(SQLModel, table=True):
    """The last number given in a scope; it only grows."""

    __tablename__ = "counter"

    scope: str = Field(primary_key=True, max_length=40)
    value: int = 0


class Change(SQLModel, table=True):
    """Something open screens and search indexes care about; read by every process, kept for a day."""

    __tablename__ = "change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    topic: str = Field(max_length=40)
    key: int
    at: datetime = Field(sa_type=Instant, index=True)


class JobSlot(SQLModel, table=True):
    """One due run of a scheduled job; whoever inserts the row runs it."""

    __tablename__ = "job_slot"

    job: str = Field(primary_key=True, max_length=40)
    slot: datetime = Field(primary_key=True, sa_type=Instant)
    started_at: datetime = Field(sa_type=Instant)


class Job(SQLModel, table=True):
    """How a scheduled job stands: its last run, and the last slot that is settled."""

    __tablename__ = "job"

    name: str = Field(primary_key=True, max_length=40)
    is_paused: bool = False
    last_slot: datetime | None = Field(default=None, sa_type=Instant)
    ran_at: datetime | None = Field(default=None, sa_type=Instant)
    took_ms: int = 0
    outcome: str = Field(default="", max_length=10, description="done or failed; empty before the first run")
    said: str = Field(default="", max_length=300)
    tries: int = Field(default=0, description="failures in a row of the slot that is due")
    retry_at: datetime | None = Field(default=None, sa_type=Instant)
    covered_until: datetime | None = Field(default=None, sa_type=Instant, description="what a recap has told of")


class Watched(SQLModel, table=True):
    """A name that somebody wants to hear of."""

    __tablename__ = "watched"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120)
    key: str = Field(max_length=200, unique=True, description="its words, folded and sorted")
    note: str = Field(default="", max_length=300)
    created_at: datetime = Field(sa_type=Instant)
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")


class WatchHit(SQLModel, table=True):
    """Somebody whose name answers to a watched one."""

    __tablename__ = "watch_hit"
    __table_args__ = (UniqueConstraint("watched_id", "kind", "talent_id"),)

    id: int | None = Field(default=None, primary_key=True)
    watched_id: int = Field(foreign_key="watched.id", ondelete="CASCADE", index=True)
    kind: str = Field(max_length=20, description="talent or cinema_talent")
    talent_id: int
    name: str = Field(max_length=250)
    code: str = Field(max_length=16)
    why: str = Field(max_length=20)
    at: datetime = Field(sa_type=Instant)
    seen_at: datetime | None = Field(default=None, sa_type=Instant)
    seen_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
