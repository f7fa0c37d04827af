"""Requests for a number, messages that the bot relays, and what one member allows one other."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

INDEXES = (
    ("pair_permissions", "ix_pair_permissions_member_id", "member_id other_id purpose id"),
    ("pair_permissions", "ix_pair_permissions_other_id", "other_id"),
    ("number_requests", "ix_number_requests_member_id", "member_id upline_id id"),
    ("number_requests", "ix_number_requests_member_id_at", "member_id at"),
    ("number_requests", "ix_number_requests_upline_id_at", "upline_id at"),
    ("relayed_messages", "ix_relayed_messages_sender_id_at", "sender_id at"),
    ("relayed_messages", "ix_relayed_messages_receiver_id_due_at", "receiver_id due_at"),
    ("relayed_messages", "ix_relayed_messages_at", "at"),
)


def upgrade() -> None:
    """Add the tables; who shows the number to all uplines goes on showing it."""
    _table(
        "pair_permissions",
        *_members("pair_permissions", "member_id", "other_id"),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("given", types.Flag(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        _one_of("pair_permissions", "purpose", "phone", "messages"),
    )
    _table(
        "number_requests",
        sa.Column("reference", sa.Text(), nullable=False),
        *_members("number_requests", "member_id", "upline_id"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("decided_at", types.Instant(), nullable=True),
        _one_of("number_requests", "state", "asked", "given", "refused"),
        sa.UniqueConstraint("reference", name=op.f("uq_number_requests_reference")),
    )
    _table(
        "relayed_messages",
        sa.Column("reference", sa.Text(), nullable=False),
        *_members("relayed_messages", "sender_id", "receiver_id"),
        sa.Column("answers", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("due_at", types.Instant(), nullable=False),
        sa.Column("sent_at", types.Instant(), nullable=True),
        _one_of("relayed_messages", "state", "waiting", "sent", "dropped"),
        sa.UniqueConstraint("reference", name=op.f("uq_relayed_messages_reference")),
    )
    for table, name, columns in INDEXES:
        op.create_index(name, table, columns.split())
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_relayed_messages_waiting",
        "relayed_messages",
        ["due_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def downgrade() -> None:
    """Drop the tables: numbers given to one upline, and relayed messages, are lost."""
    for table in ("relayed_messages", "number_requests", "pair_permissions"):
        op.drop_table(table)


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Create a table with a primary key that the database numbers."""
    op.create_table(
        name,
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_strict=True,
    )


def _members(table: str, *columns: str) -> list[sa.schema.SchemaItem]:
    """Returns columns that each name a member."""
    parts: list[sa.schema.SchemaItem] = []
    for column in columns:
        parts += [
            sa.Column(column, types.Big, nullable=False),
            sa.ForeignKeyConstraint([column], ["members.id"], name=op.f(f"fk_{table}_{column}")),
        ]
    return parts


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))
