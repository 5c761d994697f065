"""Mail: who sends a message and since when it may have left, kinds, suppressed addresses"""

import sqlalchemy as sa

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ADDED = {
    "lease": sa.Column("lease", sa.String(length=32), nullable=False, server_default=""),
    "handed_at": sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
    "unsure_at": sa.Column("unsure_at", sa.DateTime(timezone=True), nullable=True),
    "is_copy": sa.Column("is_copy", sa.Boolean(), nullable=False, server_default=sa.false()),
    "outcome": sa.Column("outcome", sa.String(length=12), nullable=False, server_default=""),
}
INDEXES = {
    "ix_outbox_status": ["status", "id"],
    "ix_outbox_kind": ["kind", "id"],
    "ix_outbox_sent_at": ["sent_at"],
}


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_kind")
        for column in ADDED.values():
            batch_op.add_column(column.copy())
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        for name, columns in INDEXES.items():
            batch_op.create_index(name, columns, unique=False)
        for name, kind in (("lease", sa.String(length=32)), ("is_copy", sa.Boolean()), ("outcome", sa.String(12))):
            batch_op.alter_column(name, existing_type=kind, server_default=None)
    op.create_table(
        "mail_kind",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("is_copied", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_mail_kind")),
    )
    op.create_table(
        "mail_suppressed",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["user.id"], name=op.f("fk_mail_suppressed_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_mail_suppressed")),
    )
    with op.batch_alter_table("mail_suppressed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_suppressed_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_suppressed_by"), ["by"], unique=False)


def downgrade() -> None:
    op.drop_table("mail_suppressed")
    op.drop_table("mail_kind")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        for name in INDEXES:
            batch_op.drop_index(name)
        for name in reversed(ADDED):
            batch_op.drop_column(name)
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_kind", ["kind"], unique=False)
