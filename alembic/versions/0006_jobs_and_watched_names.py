"""Jobs with their last run; watched names and who answers to them"""

import sqlalchemy as sa

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("last_slot", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("covered_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job")),
    )
    op.create_table(
        "watched",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_watched_created_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched")),
        sa.UniqueConstraint("key", name=op.f("uq_watched_key")),
    )
    op.create_table(
        "watch_hit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("watched_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("talent_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["seen_by"], ["user.id"], name=op.f("fk_watch_hit_seen_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["watched_id"], ["watched.id"], name=op.f("fk_watch_hit_watched_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_hit")),
        sa.UniqueConstraint("watched_id", "kind", "talent_id", name=op.f("uq_watch_hit_watched_id")),
    )
    with op.batch_alter_table("watch_hit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_watch_hit_watched_id"), ["watched_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("watch_hit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_watch_hit_watched_id"))

    op.drop_table("watch_hit")
    op.drop_table("watched")
    op.drop_table("job")
