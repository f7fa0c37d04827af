"""Contacts by account and postings by time are found without a scan; who came back is known."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the indexes; that by destination takes the place of the one by number."""
    op.create_table(
        "comebacks",
        sa.Column("member_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("came_at", types.Instant(), nullable=True),
        sa.Column("chosen_at", types.Instant(), nullable=True),
        sa.Column("chosen_by", types.Big, nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_comebacks_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_comebacks")),
        sqlite_strict=True,
    )
    op.create_index("ix_leads_user_id", "leads", ["user_id", "id"])
    op.create_index("ix_postings_source_at", "postings", ["source_id", "at", "id"])
    op.create_index("ix_postings_destination_at", "postings", ["destination_id", "at", "id"])
    op.drop_index("ix_postings_destination_id", table_name="postings")


def downgrade() -> None:
    """Bring the former index back, and drop the new ones."""
    op.create_index("ix_postings_destination_id", "postings", ["destination_id", "id"])
    op.drop_index("ix_postings_destination_at", table_name="postings")
    op.drop_index("ix_postings_source_at", table_name="postings")
    op.drop_index("ix_leads_user_id", table_name="leads")
    op.drop_table("comebacks")
