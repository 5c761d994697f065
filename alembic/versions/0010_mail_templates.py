"""Mail: how admins word messages, version by version, and who wants no more of a kind"""

import sqlalchemy as sa

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("facts", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("is_test", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.alter_column("facts", existing_type=sa.String(), server_default=None)
        batch_op.alter_column("is_test", existing_type=sa.Boolean(), server_default=None)
    op.create_table(
        "mail_template",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("built_in", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["user.id"], name=op.f("fk_mail_template_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("kind", "locale", "version", name=op.f("pk_mail_template")),
    )
    with op.batch_alter_table("mail_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_template_by"), ["by"], unique=False)
    op.create_table(
        "mail_unsubscribed",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email", "kind", name=op.f("pk_mail_unsubscribed")),
    )
    with op.batch_alter_table("mail_unsubscribed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_unsubscribed_at"), ["at"], unique=False)


def downgrade() -> None:
    op.drop_table("mail_unsubscribed")
    op.drop_table("mail_template")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("is_test")
        batch_op.drop_column("facts")
