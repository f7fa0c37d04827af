"""The table of requests to close a month."""

from sqlalchemy import Column, Index, text

from bot.store.db.schema.definitions import check_one_of, id_column, table
from bot.store.db.types import Big, Instant, Words

__all__ = ["closing_requests"]

# A request keeps the figures that were shown; what is closed has exactly these. `asked_by` is null
# for the command line; `note` says why another admin has refused.
closing_requests = table(
    "closing_requests",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("period", Words, nullable=False, index=True),
    Column("state", Words, nullable=False),
    Column("plan_digest", Words, nullable=False, server_default=""),
    Column("number", Big, nullable=False, server_default="0"),
    Column("sales", Big, nullable=False, server_default="0"),
    Column("payees", Big, nullable=False, server_default="0"),
    Column("paid", Big, nullable=False, server_default="0"),
    Column("cut", Big, nullable=False, server_default="0"),
    Column("cap_percent", Big, nullable=False, server_default="0"),
    Column("asked_at", Instant, nullable=False),
    Column("asked_by", Big),
    Column("reason", Words, nullable=False, server_default=""),
    Column("decided_at", Instant),
    Column("decided_by", Big),
    Column("note", Words, nullable=False, server_default=""),
    check_one_of(
        "state", "counting", "shown", "waiting", "agreed", "refused", "dropped", "closed"
    ),
)
OPEN = text("state IN ('waiting', 'agreed')")
Index(
    "ix_closing_requests_open",
    closing_requests.c.period,
    unique=True,
    sqlite_where=OPEN,
    postgresql_where=OPEN,
)
