"""All tables of the books, as SQLAlchemy knows them.

Money is whole rupiah. Days are YYYY-MM-DD, periods YYYY-MM, moments microseconds in UTC. Every
CHECK has a name, since a later step of the schema can only change what it can name.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from bot.store.types import Big, Flag, Instant, Words

__all__ = ["metadata"]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *parts: SchemaItem) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


def _id() -> Column[int]:
    return Column("id", Big, primary_key=True, autoincrement=True)


def _one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


# What Telegram told us ---------------------------------------------------------------------------

inbox = _table(
    "inbox",
    _id(),
    Column("bot_id", Big, nullable=False),
    Column("update_id", Big, nullable=False),
    Column("lane", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("state", Words, nullable=False, server_default="new"),
    Column("attempts", Big, nullable=False, server_default="0"),
    Column("error", Words),
    UniqueConstraint("bot_id", "update_id"),
    _one_of("state", "new", "done", "dead"),
)
Index(
    "ix_inbox_open",
    inbox.c.id,
    sqlite_where=text("state = 'new'"),
    postgresql_where=text("state = 'new'"),
)

cursors = _table(
    "cursors",
    Column("bot_id", Big, primary_key=True, autoincrement=False),
    Column("next_offset", Big, nullable=False),
)

# What we tell Telegram ---------------------------------------------------------------------------

outbox = _table(
    "outbox",
    _id(),
    Column("key", Words, nullable=False, unique=True),
    Column("chat_id", Big, nullable=False),
    Column("kind", Words, nullable=False),
    Column("method", Words, nullable=False),
    Column("payload", Words, nullable=False),
    Column("state", Words, nullable=False, server_default="new"),
    Column("epoch", Big, nullable=False, server_default="0"),
    Column("tries", Big, nullable=False, server_default="0"),
    Column("doubts", Big, nullable=False, server_default="0"),
    Column("not_before", Instant),
    Column("expires_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("message_id", Big),
    Column("error", Words),
    _one_of("kind", "toast", "answer", "notice", "tip"),
    _one_of("state", "new", "sending", "sent", "uncertain", "failed", "expired"),
)
for _name, _first in (("ix_outbox_open_by_chat", "chat_id"), ("ix_outbox_open_by_kind", "kind")):
    Index(
        _name,
        outbox.c[_first],
        outbox.c.id,
        sqlite_where=text("state IN ('new', 'sending')"),
        postgresql_where=text("state IN ('new', 'sending')"),
    )

attachments = _table(
    "attachments",
    Column("digest", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("file_id", Words),
)

gates = _table(
    "gates",
    Column("scope", Words, primary_key=True),
    Column("until", Instant, nullable=False),
)

marks = _table(
    "marks",
    Column("name", Words, primary_key=True),
    Column("value", Big, nullable=False),
)

# Who writes to us --------------------------------------------------------------------------------

people = _table(
    "people",
    Column("user_id", Big, primary_key=True, autoincrement=False),
    Column("language", Words, nullable=False),
    Column("title", Words, nullable=False, server_default=""),
    Column("reach", Words, nullable=False, server_default="open"),
    Column("first_seen", Instant, nullable=False),
    _one_of("reach", "open", "blocked", "gone"),
)

sessions = _table(
    "sessions",
    Column("chat_id", Big, primary_key=True, autoincrement=False),
    Column("flow", Words, nullable=False),
    Column("version", Big, nullable=False),
    Column("reference", Words, nullable=False, unique=True),
    Column("args", Words, nullable=False, server_default=""),
    Column("answers", Words, nullable=False),
    Column("kept", Words, nullable=False),
    Column("asked", Words, nullable=False),
    Column("waiting", Words),
    Column("started_at", Instant, nullable=False),
)

strikes = _table(
    "strikes",
    _id(),
    Column("user_id", Big, nullable=False),
    Column("kind", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_strikes_user_id_kind_at", "user_id", "kind", "at"),
)

roles = _table(
    "roles",
    Column("user_id", Big, primary_key=True, autoincrement=False),
    Column("role", Words, primary_key=True),
    Column("granted_at", Instant, nullable=False),
    Column("granted_by", Big),
    _one_of("role", "trainer", "admin"),
)

admin_codes = _table(
    "admin_codes",
    Column("digest", Words, primary_key=True),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

leads = _table(
    "leads",
    _id(),
    Column("reference", Words, nullable=False, unique=True),
    Column("user_id", Big, nullable=False),
    Column("name", Words, nullable=False),
    Column("phone", Words, nullable=False),
    Column("at", Instant, nullable=False),
)

audit = _table(
    "audit",
    _id(),
    Column("at", Instant, nullable=False),
    Column("actor", Big),
    Column("action", Words, nullable=False),
    Column("object", Words, nullable=False),
)

# Who sponsors whom -------------------------------------------------------------------------------

members = _table(
    "members",
    _id(),
    Column("reference", Words, nullable=False, unique=True),
    Column("user_id", Big, unique=True),
    Column("code", Words, nullable=False, unique=True),
    Column("sponsor_id", Big, ForeignKey("members.id")),
    Column("name", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("phone", Words, nullable=False, unique=True),
    Column("phone_verified", Flag, nullable=False),
    Column("phone_shown", Flag, nullable=False, server_default="0"),
    Column("province", Words, nullable=False),
    Column("zone", Words, nullable=False),
    Column("birth_year", Big, nullable=False),
    Column("joined_at", Instant, nullable=False),
    Column("active", Flag, nullable=False, server_default="1"),
    CheckConstraint("sponsor_id <> id", name="own_sponsor"),
    Index("ix_members_sponsor_id", "sponsor_id", "id"),
)

consents = _table(
    "consents",
    _id(),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("card", Words, nullable=False),
    Column("version", Words, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("member_id", "card", "version"),
)

teams = _table(
    "teams",
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("size", Big, nullable=False, server_default="0"),
    Column("legs", Big, nullable=False, server_default="0"),
)

volumes = _table(
    "volumes",
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("period", Words, primary_key=True),
    Column("own_sales", Big, nullable=False, server_default="0"),
    Column("own_points", Big, nullable=False, server_default="0"),
    Column("own_profit", Big, nullable=False, server_default="0"),
    Column("own_count", Big, nullable=False, server_default="0"),
    Column("group_sales", Big, nullable=False, server_default="0"),
    Column("group_points", Big, nullable=False, server_default="0"),
    Column("team_active", Big, nullable=False, server_default="0"),
    Column("team_joined", Big, nullable=False, server_default="0"),
)

# What is sold ------------------------------------------------------------------------------------

products = _table(
    "products",
    _id(),
    Column("sku", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("member_price", Big, nullable=False),
    Column("retail_price", Big, nullable=False),
    Column("points", Big, nullable=False),
    Column("bonus_value", Big, nullable=False),
    Column("category", Words, nullable=False, server_default=""),
    Column("izin_edar", Words, nullable=False, server_default=""),
    Column("description", Words, nullable=False, server_default=""),
    Column("active", Flag, nullable=False, server_default="1"),
    CheckConstraint("member_price > 0", name="member_price"),
    CheckConstraint("retail_price >= member_price", name="retail_price"),
    CheckConstraint("points >= 0", name="points"),
    CheckConstraint("bonus_value >= 0", name="bonus_value"),
)

customers = _table(
    "customers",
    _id(),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("name", Words, nullable=False),
    Column("name_key", Words, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("member_id", "name_key"),
)

sales = _table(
    "sales",
    _id(),
    Column("reference", Words, nullable=False, unique=True),
    Column("seller_id", Big, ForeignKey("members.id"), nullable=False),
    Column("customer_id", Big, ForeignKey("customers.id")),
    Column("sold_on", Words, nullable=False),
    Column("period", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("total", Big, nullable=False),
    Column("goods", Big, nullable=False),
    Column("points", Big, nullable=False),
    Column("bonus_value", Big, nullable=False),
    Column("invoice", Words, nullable=False, server_default=""),
    Column("photo_id", Words, nullable=False, server_default=""),
    Column("photo_key", Words, nullable=False, server_default=""),
    Column("photo_kind", Words, nullable=False, server_default=""),
    Column("logged_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Column("decided_by", Big),
    _one_of("status", "waiting", "approved", "rejected", "void"),
    CheckConstraint("total > 0", name="total"),
    Index("ix_sales_seller_id", "seller_id", "id"),
    Index("ix_sales_seller_id_sold_on", "seller_id", "sold_on"),
)
Index(
    "ix_sales_photo_key",
    sales.c.photo_key,
    sqlite_where=text("photo_key <> ''"),
    postgresql_where=text("photo_key <> ''"),
)
Index(
    "ix_sales_waiting",
    sales.c.id,
    sqlite_where=text("status = 'waiting'"),
    postgresql_where=text("status = 'waiting'"),
)

sale_lines = _table(
    "sale_lines",
    _id(),
    Column("sale_id", Big, ForeignKey("sales.id"), nullable=False, index=True),
    Column("product_id", Big, ForeignKey("products.id"), nullable=False),
    Column("quantity", Big, nullable=False),
    Column("amount", Big, nullable=False),
    Column("member_price", Big, nullable=False),
    Column("points", Big, nullable=False),
    Column("bonus_value", Big, nullable=False),
    CheckConstraint("quantity > 0", name="quantity"),
    CheckConstraint("amount > 0", name="amount"),
)

# The books ---------------------------------------------------------------------------------------

accounts = _table(
    "accounts",
    _id(),
    Column("name", Words, nullable=False, unique=True),
    Column("kind", Words, nullable=False),
    Column("member_id", Big, ForeignKey("members.id")),
    Column("balance", Big, nullable=False, server_default="0"),
    _one_of("kind", "house", "wallet", "trade"),
)

postings = _table(
    "postings",
    _id(),
    Column("reference", Words, nullable=False, unique=True),
    Column("source_id", Big, ForeignKey("accounts.id"), nullable=False),
    Column("destination_id", Big, ForeignKey("accounts.id"), nullable=False),
    Column("amount", Big, nullable=False),
    Column("sale_id", Big, ForeignKey("sales.id"), nullable=False, index=True),
    Column("reverses", Big, ForeignKey("postings.id"), unique=True),
    Column("period", Words, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("source_id <> destination_id", name="two_accounts"),
    Index("ix_postings_source_id", "source_id", "id"),
    Index("ix_postings_destination_id", "destination_id", "id"),
)

# What is due -------------------------------------------------------------------------------------

tip_clocks = _table(
    "tip_clocks",
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("hour", Words, nullable=False),
    Column("paused", Flag, nullable=False, server_default="0"),
    Column("due_at", Instant, nullable=False),
    Index("ix_tip_clocks_due_at", "due_at"),
)

deliveries = _table(
    "deliveries",
    _id(),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("schedule", Words, nullable=False),
    Column("slot", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("schedule", "slot", "member_id"),
    _one_of("state", "queued", "missed"),
    Index("ix_deliveries_member_id", "member_id", "schedule"),
)
