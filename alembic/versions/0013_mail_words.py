"""Mail: what its log is searched by, in rows short enough to be read by the million"""

import unicodedata

import sqlalchemy as sa

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SLICE = 5_000
OUTBOX = sa.table("outbox", sa.column("id"), sa.column("recipient"), sa.column("subject"))
WORDS = sa.table("mail_words", sa.column("mail_id"), sa.column("words"))


def upgrade() -> None:
    op.create_table(
        "mail_words",
        sa.Column("mail_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["outbox.id"], name=op.f("fk_mail_words_mail_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mail_id", name=op.f("pk_mail_words")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_both", ["kind", "status", "id"], unique=False)
        batch_op.create_index("ix_outbox_sent", ["status", "sent_at"], unique=False)
    _fill(op.get_bind())


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_sent")
        batch_op.drop_index("ix_outbox_both")
    op.drop_table("mail_words")


def _fill(connection: sa.Connection) -> None:
    last = 0
    while rows := connection.execute(
        sa.select(OUTBOX).where(OUTBOX.c.id > last).order_by(OUTBOX.c.id).limit(SLICE)
    ).all():
        last = rows[-1].id
        words = [{"mail_id": row.id, "words": _plain(f"{row.recipient} {row.subject}")} for row in rows]
        connection.execute(sa.insert(WORDS), words)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))[:500]
