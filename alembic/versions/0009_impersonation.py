"""Whom an administrator impersonates in a session; whom an entry of the security log is about"""

import sqlalchemy as sa

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("as_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_session_as_id"), "user", ["as_id"], ["id"], ondelete="SET NULL")
        batch_op.create_index(batch_op.f("ix_session_as_id"), ["as_id"], unique=False)
    with op.batch_alter_table("security_log", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_security_log_about", ["about_id", "id"], unique=False)
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    subject = "CAST(details::json ->> 'subject' AS integer)" if is_postgresql else "json_extract(details, '$.subject')"
    op.execute(f"UPDATE security_log SET about_id = {subject} WHERE details LIKE '%\"subject\": %'")


def downgrade() -> None:
    with op.batch_alter_table("security_log", schema=None) as batch_op:
        batch_op.drop_index("ix_security_log_about")
        batch_op.drop_column("about_id")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_as_id"))
        batch_op.drop_constraint(batch_op.f("fk_session_as_id"), type_="foreignkey")
        batch_op.drop_column("as_id")
