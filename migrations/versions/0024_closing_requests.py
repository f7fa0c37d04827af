"""Requests to close a month, with the figures that were shown and who agreed."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None

FIGURES = ("plan_digest", "number", "sales", "payees", "paid", "cut", "cap_percent")
STATES = ("counting", "shown", "waiting", "agreed", "refused", "dropped", "closed")

OTHER_FIGURES = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in FIGURES)
CHANGED = (
    "OLD.state IN ('refused', 'dropped', 'closed') OR OLD.period <> NEW.period"
    f" OR OLD.state <> 'counting' AND ({OTHER_FIGURES})"
    " OR OLD.state IN ('waiting', 'agreed') AND OLD.reason <> NEW.reason"
    " OR OLD.state = 'agreed' AND NEW.state NOT IN ('agreed', 'dropped', 'closed')"
)
SAID = "a request to close a month keeps what was shown, and is decided once"


def upgrade() -> None:
    """Add the table, and protect what was decided."""
    op.create_table(
        "closing_requests",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("plan_digest", sa.Text(), server_default="", nullable=False),
        *(
            sa.Column(name, types.Big, server_default="0", nullable=False)
            for name in FIGURES
            if name != "plan_digest"
        ),
        sa.Column("asked_at", types.Instant(), nullable=False),
        sa.Column("asked_by", types.Big, nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", types.Instant(), nullable=True),
        sa.Column("decided_by", types.Big, nullable=True),
        sa.CheckConstraint(
            f"state IN ({', '.join(repr(state) for state in STATES)})",
            name=op.f("ck_closing_requests_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_requests")),
        sa.UniqueConstraint("reference", name=op.f("uq_closing_requests_reference")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_closing_requests_period"), "closing_requests", ["period"])
    is_open = sa.text("state IN ('waiting', 'agreed')")
    op.create_index(
        "ix_closing_requests_open",
        "closing_requests",
        ["period"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    if op.get_bind().dialect.name == "sqlite":
        for name, act, when in (
            ("closing_requests_stay", "UPDATE", CHANGED),
            ("closing_requests_remain", "DELETE", "1 = 1"),
        ):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON closing_requests WHEN {when}"
                f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION closing_requests_stay() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF TG_OP = 'DELETE' THEN RAISE EXCEPTION '{SAID}'; END IF;"
        f" IF {CHANGED} THEN RAISE EXCEPTION '{SAID}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER closing_requests_stay BEFORE UPDATE OR DELETE ON closing_requests"
        " FOR EACH ROW EXECUTE FUNCTION closing_requests_stay()"
    )


def downgrade() -> None:
    """Back to closings without requests; who agreed, and why, is lost."""
    op.drop_table("closing_requests")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION closing_requests_stay()")
