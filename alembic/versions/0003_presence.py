"""Presence: events, desks, devices, call times, rules about hours"""

import sqlalchemy as sa

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("pairing_hash", sa.String(length=64), nullable=True),
        sa.Column("pairing_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("pin_hash", sa.String(length=100), nullable=False),
        sa.Column("is_kiosk", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("paired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_device_created_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("pairing_hash", name=op.f("uq_device_pairing_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_device_token_hash")),
        sa.UniqueConstraint("uid", name=op.f("uq_device_uid")),
    )
    op.create_table(
        "desk_grant",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["user.id"], name=op.f("fk_desk_grant_granted_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_desk_grant_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_desk_grant_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("project_id", "user_id", name=op.f("pk_desk_grant")),
    )
    with op.batch_alter_table("desk_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_grant_user_id"), ["user_id"], unique=False)

    op.create_table(
        "device_scope",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_device_scope_device_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_device_scope_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("device_id", "project_id", name=op.f("pk_device_scope")),
    )
    with op.batch_alter_table("device_scope", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_scope_project_id"), ["project_id"], unique=False)

    op.create_table(
        "hours_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("after_minutes", sa.Integer(), nullable=False),
        sa.Column("from_hour", sa.Integer(), nullable=False),
        sa.Column("to_hour", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_hours_rule_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_rule")),
    )
    with op.batch_alter_table("hours_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hours_rule_project_id"), ["project_id"], unique=False)

    op.create_table(
        "call_time",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_call_time_assignment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("assignment_id", "day", name=op.f("pk_call_time")),
    )
    with op.batch_alter_table("call_time", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_time_day"), ["day"], unique=False)

    op.create_table(
        "presence_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("client_id", sa.String(length=36), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_presence_event_assignment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_presence_event_device_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_presence_event_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_presence_event_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence_event")),
        sa.UniqueConstraint("client_id", name=op.f("uq_presence_event_client_id")),
    )
    with op.batch_alter_table("presence_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_presence_event_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_presence_event_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_presence_event_device_id"), ["device_id"], unique=False)
        batch_op.create_index("ix_presence_event_person", ["project_id", "assignment_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_presence_event_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cool_down", sa.Integer(), nullable=False, server_default="60"))


def downgrade() -> None:
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_column("cool_down")

    with op.batch_alter_table("presence_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_presence_event_user_id"))
        batch_op.drop_index("ix_presence_event_person")
        batch_op.drop_index(batch_op.f("ix_presence_event_device_id"))
        batch_op.drop_index(batch_op.f("ix_presence_event_at"))
        batch_op.drop_index(batch_op.f("ix_presence_event_assignment_id"))

    op.drop_table("presence_event")
    with op.batch_alter_table("call_time", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_time_day"))

    op.drop_table("call_time")
    with op.batch_alter_table("hours_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hours_rule_project_id"))

    op.drop_table("hours_rule")
    with op.batch_alter_table("device_scope", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_device_scope_project_id"))

    op.drop_table("device_scope")
    with op.batch_alter_table("desk_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_grant_user_id"))

    op.drop_table("desk_grant")
    op.drop_table("device")
