"""Operations: settings with revisions and their history"""

import sqlalchemy as sa

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "setting_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_setting_change_user_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_change")),
    )
    with op.batch_alter_table("setting_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setting_change_key"), ["key"], unique=False)
        batch_op.create_index(batch_op.f("ix_setting_change_user_id"), ["user_id"], unique=False)

    op.create_table(
        "setting_reader",
        sa.Column("tab", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_setting_reader_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tab", name=op.f("pk_setting_reader")),
    )
    with op.batch_alter_table("setting_reader", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setting_reader_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("app_settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("app_settings", schema=None) as batch_op:
        batch_op.drop_column("revision")

    with op.batch_alter_table("setting_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_setting_change_user_id"))
        batch_op.drop_index(batch_op.f("ix_setting_change_key"))

    op.drop_table("setting_change")
    with op.batch_alter_table("setting_reader", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_setting_reader_user_id"))

    op.drop_table("setting_reader")
