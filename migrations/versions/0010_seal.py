"""A database has a seal, which distinguishes it from that of another company."""

import secrets

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TOKEN_BYTES = 16

# The bot is known where only one has ever used this database.
SEAL = sa.text("""
    INSERT INTO seal (id, token, bot_id)
    SELECT 1, :token, CASE WHEN count(*) = 1 THEN max(bot_id) END FROM cursors
""")


def upgrade() -> None:
    """Make the seal, once for the life of this database."""
    op.create_table(
        "seal",
        sa.Column("id", types.Big, autoincrement=False, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("bot_id", types.Big, nullable=True),
        sa.Column("sealed_at", types.Big, nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_seal_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sqlite_strict=True,
    )
    op.get_bind().execute(SEAL, {"token": secrets.token_hex(TOKEN_BYTES)})


def downgrade() -> None:
    """Drop the seal."""
    op.drop_table("seal")
