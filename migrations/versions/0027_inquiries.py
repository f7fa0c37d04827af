"""Questions to the office with their answers, entries of the FAQ, pauses, leads that are done."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

STATES = ("offered", "waiting", "answered", "closed")
LISTED = ", ".join(f"'{state}'" for state in STATES)


def upgrade() -> None:
    """Add the tables and columns; leads of before count as told."""
    op.create_table(
        "inquiries",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("user_id", types.Big, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("sent_at", types.Instant(), nullable=True),
        sa.Column("told", types.Flag(), server_default="0", nullable=False),
        sa.Column("settled_at", types.Instant(), nullable=True),
        sa.Column("settled_by", types.Big, nullable=True),
        sa.CheckConstraint(f"state IN ({LISTED})", name=op.f("ck_inquiries_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiries")),
        sa.UniqueConstraint("reference", name=op.f("uq_inquiries_reference")),
        sqlite_strict=True,
    )
    op.create_index("ix_inquiries_user_id_sent_at", "inquiries", ["user_id", "sent_at"])
    for name, columns, where in (
        ("ix_inquiries_waiting", ["id"], "state = 'waiting'"),
        ("ix_inquiries_untold", ["id"], "state = 'waiting' AND told = 0"),
        ("ix_inquiries_offered", ["at"], "state = 'offered'"),
    ):
        op.create_index(
            name,
            "inquiries",
            columns,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
    op.create_table(
        "inquiry_answers",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("inquiry_id", types.Big, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", types.Big, nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("sent", types.Flag(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiries.id"], name=op.f("fk_inquiry_answers_inquiry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_answers")),
        sa.UniqueConstraint("reference", name=op.f("uq_inquiry_answers_reference")),
        sqlite_strict=True,
    )
    op.create_index("ix_inquiry_answers_inquiry_id", "inquiry_answers", ["inquiry_id", "id"])
    op.create_table(
        "faq_entries",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("inquiry_id", types.Big, nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("added_at", types.Instant(), nullable=False),
        sa.Column("added_by", types.Big, nullable=False),
        sa.Column("removed_at", types.Instant(), nullable=True),
        sa.Column("removed_by", types.Big, nullable=True),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiries.id"], name=op.f("fk_faq_entries_inquiry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faq_entries")),
        sa.UniqueConstraint("inquiry_id", name=op.f("uq_faq_entries_inquiry_id")),
        sqlite_strict=True,
    )
    op.add_column(
        "sessions", sa.Column("paused", types.Flag(), server_default="0", nullable=False)
    )
    op.add_column("leads", sa.Column("told", types.Flag(), server_default="0", nullable=False))
    op.add_column("leads", sa.Column("done_at", types.Instant(), nullable=True))
    op.add_column("leads", sa.Column("done_by", types.Big, nullable=True))
    op.execute("UPDATE leads SET told = 1")
    op.create_index("ix_leads_phone", "leads", ["phone", "id"])
    for name, where in (
        ("ix_leads_open", "done_at IS NULL"),
        ("ix_leads_untold", "done_at IS NULL AND told = 0"),
    ):
        op.create_index(
            name, "leads", ["id"], sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )


def downgrade() -> None:
    """Back to leads without a state; questions and their answers are lost."""
    for name in ("ix_leads_untold", "ix_leads_open", "ix_leads_phone"):
        op.drop_index(name, table_name="leads")
    for name in ("done_by", "done_at", "told"):
        op.drop_column("leads", name)
    op.drop_column("sessions", "paused")
    for name in ("faq_entries", "inquiry_answers", "inquiries"):
        op.drop_table(name)
