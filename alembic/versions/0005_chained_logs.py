"""Logs: each entry is a link of a chain, and outlives the account it names"""

import sqlalchemy as sa

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LOGS = {
    "activity_log": (
        ("ix_activity_log_user_id", "ix_activity_log_action", "ix_activity_subject"),
        {
            "ix_activity_log_subject": ["subject", "subject_id", "id"],
            "ix_activity_log_user": ["user_id", "id"],
            "ix_activity_log_action": ["action", "id"],
            "ix_activity_log_both": ["user_id", "action", "id"],
            "ix_activity_log_ip": ["ip", "id"],
        },
    ),
    "security_log": (
        ("ix_security_log_user_id", "ix_security_log_event"),
        {
            "ix_security_log_user": ["user_id", "id"],
            "ix_security_log_event": ["event", "id"],
            "ix_security_log_severity": ["severity", "id"],
            "ix_security_log_both": ["user_id", "event", "id"],
            "ix_security_log_ip": ["ip", "id"],
        },
    ),
}


def upgrade() -> None:
    for table, (former, indexes) in LOGS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in former:
                batch_op.drop_index(name)
            batch_op.drop_constraint(op.f(f"fk_{table}_user_id"), type_="foreignkey")
            batch_op.add_column(sa.Column("seq", SERIAL, nullable=True))
            batch_op.add_column(sa.Column("mac", sa.String(length=64), nullable=False, server_default=""))
            batch_op.create_unique_constraint(op.f(f"uq_{table}_seq"), ["seq"])
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("mac", existing_type=sa.String(length=64), server_default=None)
            for name, columns in indexes.items():
                batch_op.create_index(name, columns, unique=False)
    op.create_table(
        "log_head",
        sa.Column("log", sa.String(length=40), nullable=False),
        sa.Column("seq", SERIAL, nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.Column("kept_after", SERIAL, nullable=False),
        sa.Column("kept_mac", sa.String(length=64), nullable=False),
        sa.Column("kept_seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_log_head")),
    )


def downgrade() -> None:
    op.drop_table("log_head")
    for table, (former, indexes) in LOGS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in indexes:
                batch_op.drop_index(name)
            batch_op.drop_constraint(op.f(f"uq_{table}_seq"), type_="unique")
            batch_op.drop_column("mac")
            batch_op.drop_column("seq")
            batch_op.create_foreign_key(
                op.f(f"fk_{table}_user_id"), "user", ["user_id"], ["id"], ondelete="SET NULL"
            )
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in former:
                columns = ["subject", "subject_id"] if name == "ix_activity_subject" else [name.split("_log_")[1]]
                batch_op.create_index(name, columns, unique=False)
