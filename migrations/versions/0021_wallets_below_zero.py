"""Wallets below zero are found without looking at all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OWING = "kind = 'wallet' AND balance < 0"


def upgrade() -> None:
    """Add the index."""
    op.create_index(
        "ix_accounts_owing",
        "accounts",
        ["id"],
        sqlite_where=sa.text(OWING),
        postgresql_where=sa.text(OWING),
    )


def downgrade() -> None:
    """Take the index away."""
    op.drop_index("ix_accounts_owing", table_name="accounts")
