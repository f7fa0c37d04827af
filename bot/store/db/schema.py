"""All tables of the database, as SQLAlchemy objects.

Money is whole rupiah. Days are YYYY-MM-DD, periods YYYY-MM, moments microseconds in UTC. Every
CHECK has a name, because a later migration can only change a constraint that it can name.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from bot.store.db.types import Big, Bytewise, Flag, Instant, Words

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


# Received from Telegram --------------------------------------------------------------------------

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
    Column("taken", Big),
    Column("alone", Big, nullable=False, server_default="0"),
    Column("ended", Big, nullable=False, server_default="0"),
    Column("ended_alone", Big, nullable=False, server_default="0"),
    UniqueConstraint("bot_id", "update_id"),
    _one_of("state", "new", "done", "dead"),
)
Index(
    "ix_inbox_open",
    inbox.c.id,
    sqlite_where=text("state = 'new'"),
    postgresql_where=text("state = 'new'"),
)
Index(
    "ix_inbox_open_by_lane",
    inbox.c.lane,
    inbox.c.id,
    sqlite_where=text("state = 'new'"),
    postgresql_where=text("state = 'new'"),
)
Index(
    "ix_inbox_dead",
    inbox.c.id,
    sqlite_where=text("state = 'dead'"),
    postgresql_where=text("state = 'dead'"),
)

cursors = _table(
    "cursors",
    Column("bot_id", Big, primary_key=True, autoincrement=False),
    Column("next_offset", Big, nullable=False),
)

# Sent to Telegram --------------------------------------------------------------------------------

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
    Column("due_at", Instant),
    Column("expires_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("passing", Flag, nullable=False, server_default="0"),
    Column("message_id", Big),
    Column("error", Words),
    Column("broadcast_id", Big, ForeignKey("broadcasts.id")),
    Column("circle", Words, nullable=False, server_default="own"),
    _one_of("kind", "toast", "answer", "notice", "tip", "broadcast"),
    _one_of("state", "held", "new", "sending", "sent", "uncertain", "failed", "expired"),
)
OPEN = "state IN ('new', 'sending')"
DUE = "state = 'new' AND due_at IS NOT NULL"
for _name, _columns, _where in (
    ("ix_outbox_open_by_chat", ("chat_id", "kind", "id"), OPEN),
    ("ix_outbox_open_by_kind", ("kind", "id"), OPEN),
    ("ix_outbox_due", ("kind", "due_at", "id"), DUE),
    ("ix_outbox_sending", ("chat_id",), "state = 'sending'"),
    ("ix_outbox_passing", ("chat_id", "id"), "state = 'new' AND passing = 1"),
    ("ix_outbox_expiring", ("expires_at",), "state = 'new' AND expires_at IS NOT NULL"),
):
    Index(
        _name,
        *(outbox.c[_column] for _column in _columns),
        sqlite_where=text(_where),
        postgresql_where=text(_where),
    )

Index(
    "ix_outbox_uncertain",
    outbox.c.kind,
    outbox.c.id,
    sqlite_where=text("state = 'uncertain'"),
    postgresql_where=text("state = 'uncertain'"),
)

Index(
    "ix_outbox_broadcast_id",
    outbox.c.broadcast_id,
    outbox.c.state,
    sqlite_where=text("broadcast_id IS NOT NULL"),
    postgresql_where=text("broadcast_id IS NOT NULL"),
)

attachments = _table(
    "attachments",
    Column("digest", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# Telegram's id of a file is valid only for the bot that received it.
file_ids = _table(
    "file_ids",
    Column("digest", Words, ForeignKey("attachments.digest"), primary_key=True),
    Column("bot_id", Big, primary_key=True, autoincrement=False),
    Column("file_id", Words, nullable=False),
)

floods = _table(
    "floods",
    Column("chat_id", Big, primary_key=True, autoincrement=False),
    Column("since", Instant, nullable=False),
    Column("worked", Big, nullable=False, server_default="0"),
    Column("gap", Flag, nullable=False, server_default="0"),
)

gates = _table(
    "gates",
    Column("scope", Words, primary_key=True),
    Column("until", Instant, nullable=False),
    Column("seconds", Big, nullable=False, server_default="0"),
)

seal = _table(
    "seal",
    Column("id", Big, primary_key=True, autoincrement=False),
    Column("token", Words, nullable=False),
    Column("bot_id", Big),
    Column("sealed_at", Instant),
    CheckConstraint("id = 1", name="one_row"),
)

marks = _table(
    "marks",
    Column("name", Words, primary_key=True),
    Column("value", Big, nullable=False),
)

# Long work: its request (`wish`), its progress and its result.
jobs = _table(
    "jobs",
    _id(),
    Column("kind", Words, nullable=False),
    Column("reference", Words, nullable=False, unique=True),
    Column("wish", Words, nullable=False),
    Column("state", Words, nullable=False, server_default="new"),
    Column("step", Words, nullable=False, server_default=""),
    Column("done", Big, nullable=False, server_default="0"),
    Column("total", Big, nullable=False, server_default="0"),
    Column("result", Words),
    Column("error", Words),
    Column("asked_by", Big),
    Column("epoch", Big, nullable=False, server_default="0"),
    Column("tries", Big, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("ended_at", Instant),
    _one_of("state", "new", "running", "done", "failed", "given_up"),
)
Index(
    "ix_jobs_open",
    jobs.c.kind,
    jobs.c.id,
    sqlite_where=text("state IN ('new', 'running')"),
    postgresql_where=text("state IN ('new', 'running')"),
)

# The input of a job, where it is long or holds personal data; deleted when the job ends.
job_inputs = _table(
    "job_inputs",
    Column("reference", Words, primary_key=True),
    Column("part", Big, primary_key=True, autoincrement=False),
    Column("content", Words, nullable=False),
    Column("sent_at", Instant, nullable=False),
)

# People who write to the bot ---------------------------------------------------------------------

people = _table(
    "people",
    Column("user_id", Big, primary_key=True, autoincrement=False),
    Column("language", Words, nullable=False),
    Column("title", Words, nullable=False, server_default=""),
    Column("reach", Words, nullable=False, server_default="open"),
    Column("first_seen", Instant, nullable=False),
    _one_of("reach", "open", "blocked", "gone"),
)

# `asked_at` is set while a chat's menu of commands is due; `shown` is the one that it has.
menus = _table(
    "menus",
    Column("user_id", Big, primary_key=True, autoincrement=False),
    Column("shown", Words, nullable=False, server_default=""),
    Column("asked_at", Instant),
)
Index(
    "ix_menus_asked_at",
    menus.c.asked_at,
    sqlite_where=text("asked_at IS NOT NULL"),
    postgresql_where=text("asked_at IS NOT NULL"),
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
    Column("asked_at", Instant, nullable=False, server_default="0"),
    Index("ix_sessions_asked_at", "asked_at"),
)

albums = _table(
    "albums",
    Column("chat_id", Big, primary_key=True, autoincrement=False),
    Column("album", Words, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("taken", Flag, nullable=False, server_default="0"),
    Index("ix_albums_at", "at"),
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

relink_codes = _table(
    "relink_codes",
    Column("digest", Words, primary_key=True),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False, index=True),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("made_by", Big, nullable=False),
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

# Members and their sponsors ----------------------------------------------------------------------

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
    Column("number", Words),
    Column("import_id", Big),
    CheckConstraint("sponsor_id <> id", name="own_sponsor"),
    Index("ix_members_sponsor_id", "sponsor_id", "id"),
    Index("ix_members_joined_at", "joined_at", "id"),
    Index("ix_members_number", "number", unique=True),
)
Index(
    "ix_members_import_id",
    members.c.import_id,
    members.c.id,
    sqlite_where=text("import_id IS NOT NULL"),
    postgresql_where=text("import_id IS NOT NULL"),
)

imports = _table(
    "imports",
    _id(),
    Column("state", Words, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("touched_at", Instant, nullable=False),
    _one_of("state", "open", "done", "lost"),
)

import_teams = _table(
    "import_teams",
    Column("import_id", Big, primary_key=True, autoincrement=False),
    Column("member_id", Big, primary_key=True, autoincrement=False),
    Column("sponsor_id", Big, nullable=False),
    Column("size", Big, nullable=False),
    Column("legs", Big, nullable=False),
)

import_months = _table(
    "import_months",
    Column("import_id", Big, primary_key=True, autoincrement=False),
    Column("member_id", Big, primary_key=True, autoincrement=False),
    Column("period", Words, primary_key=True),
    Column("joined", Big, nullable=False),
)

member_words = _table(
    "member_words",
    Column("word", Bytewise, primary_key=True),
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Index("ix_member_words_member_id", "member_id"),
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

permissions = _table(
    "permissions",
    _id(),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("purpose", Words, nullable=False),
    Column("given", Flag, nullable=False),
    Column("at", Instant, nullable=False),
    _one_of("purpose", "tips", "broadcasts"),
    Index("ix_permissions_member_id", "member_id", "purpose", "id"),
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
    Column("own_bonus", Big, nullable=False, server_default="0"),
    Index("ix_volumes_period", "period", "member_id"),
)

# Products and sales ------------------------------------------------------------------------------

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
    Column("picture", Words, nullable=False, server_default=""),
    CheckConstraint("member_price > 0", name="member_price"),
    CheckConstraint("retail_price >= member_price", name="retail_price"),
    CheckConstraint("points >= 0", name="points"),
    CheckConstraint("bonus_value >= 0", name="bonus_value"),
)

prices = _table(
    "prices",
    _id(),
    Column("product_id", Big, ForeignKey("products.id"), nullable=False),
    Column("from_day", Words, nullable=False),
    Column("member_price", Big, nullable=False),
    Column("retail_price", Big, nullable=False),
    Column("points", Big, nullable=False),
    Column("bonus_value", Big, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("decided_by", Big),
    UniqueConstraint("product_id", "from_day"),
    CheckConstraint("member_price > 0", name="member_price"),
    CheckConstraint("retail_price >= member_price", name="retail_price"),
    CheckConstraint("points >= 0", name="points"),
    CheckConstraint("bonus_value >= 0", name="bonus_value"),
    Index("ix_prices_from_day", "from_day"),
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

Index(
    "ix_sales_counted",
    sales.c.period,
    sales.c.seller_id,
    sales.c.customer_id,
    sqlite_where=text("status = 'approved' AND customer_id IS NOT NULL"),
    postgresql_where=text("status = 'approved' AND customer_id IS NOT NULL"),
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

# Months, credits and ranks -----------------------------------------------------------------------

periods = _table(
    "periods",
    Column("period", Words, primary_key=True),
    Column("state", Words, nullable=False),
    Column("plan", Words, nullable=False),
    Column("plan_digest", Words, nullable=False),
    Column("ready_on", Words, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("payees", Big, nullable=False, server_default="0"),
    Column("paid", Big, nullable=False, server_default="0"),
    Column("told_upto", Big, nullable=False, server_default="0"),
    Column("told_at", Instant),
    Column("point_value", Big, nullable=False, server_default="1"),
    Column("cut", Big, nullable=False, server_default="0"),
    _one_of("state", "closing", "closed"),
)

credits_ = _table(
    "credits",
    _id(),
    Column("period", Words, ForeignKey("periods.period"), nullable=False),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("rule", Words, nullable=False),
    Column("source_id", Big, ForeignKey("members.id"), nullable=False),
    Column("level", Big, nullable=False),
    Column("base", Big, nullable=False),
    Column("rate_bp", Big, nullable=False),
    Column("amount", Big, nullable=False),
    Column("cut", Words, nullable=False, server_default=""),
    UniqueConstraint("period", "member_id", "rule", "source_id", "level"),
    CheckConstraint("base > 0", name="base"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("level >= 0", name="level"),
)

# What comes from the sales of the whole company, and so from no member's alone.
pools = _table(
    "pools",
    Column("period", Words, ForeignKey("periods.period"), primary_key=True),
    Column("rule", Words, primary_key=True),
    Column("base_of", Words, nullable=False),
    Column("shared", Words, nullable=False),
    Column("base", Big, nullable=False),
    Column("rate_bp", Big, nullable=False),
    Column("weights", Big, nullable=False),
    _one_of("base_of", "bonus-value", "sales"),
    _one_of("shared", "equally", "own-points", "group-points"),
    CheckConstraint("base > 0", name="base"),
    CheckConstraint("weights > 0", name="weights"),
)

pool_shares = _table(
    "pool_shares",
    _id(),
    Column("period", Words, nullable=False),
    Column("rule", Words, nullable=False),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("weight", Big, nullable=False),
    Column("amount", Big, nullable=False),
    Column("cut", Words, nullable=False, server_default=""),
    ForeignKeyConstraint(["period", "rule"], ["pools.period", "pools.rule"]),
    UniqueConstraint("period", "member_id", "rule"),
    CheckConstraint("weight > 0", name="weight"),
    CheckConstraint("amount > 0", name="amount"),
)

ranks = _table(
    "ranks",
    Column("period", Words, ForeignKey("periods.period"), primary_key=True),
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("paid_as", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("accumulated", Big, nullable=False),
)

estimates = _table(
    "estimates",
    Column("period", Words, primary_key=True),
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("rule", Words, primary_key=True),
    Column("level", Big, primary_key=True, autoincrement=False),
    Column("rate_bp", Big, primary_key=True, autoincrement=False),
    Column("sources", Big, nullable=False),
    Column("base", Big, nullable=False),
    Column("amount", Big, nullable=False),
)

# The ledger --------------------------------------------------------------------------------------

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
    Column("sale_id", Big, ForeignKey("sales.id"), index=True),
    Column("closing", Words, ForeignKey("periods.period")),
    Column("reverses", Big, ForeignKey("postings.id"), unique=True),
    Column("period", Words, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("(sale_id IS NULL) <> (closing IS NULL)", name="one_cause"),
    CheckConstraint("source_id <> destination_id", name="two_accounts"),
    Index("ix_postings_source_id", "source_id", "id"),
    Index("ix_postings_destination_id", "destination_id", "id"),
)
Index(
    "ix_postings_closing",
    postings.c.closing,
    sqlite_where=text("closing IS NOT NULL"),
    postgresql_where=text("closing IS NOT NULL"),
)

# Tips --------------------------------------------------------------------------------------------

tip_clocks = _table(
    "tip_clocks",
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("hour", Words, nullable=False),
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

# Broadcasts --------------------------------------------------------------------------------------

broadcasts = _table(
    "broadcasts",
    _id(),
    Column("reference", Words, nullable=False, unique=True),
    Column("author_id", Big, nullable=False),
    Column("body", Words, nullable=False),
    Column("file_id", Words, nullable=False, server_default=""),
    Column("file_kind", Words, nullable=False, server_default=""),
    Column("audience", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("filled_upto", Big, nullable=False, server_default="0"),
    Column("filled", Flag, nullable=False, server_default="0"),
    Column("repeats", Big, ForeignKey("broadcasts.id")),
    Column("total", Big, nullable=False, server_default="0"),
    Column("sent", Big, nullable=False, server_default="0"),
    Column("blocked", Big, nullable=False, server_default="0"),
    Column("failed", Big, nullable=False, server_default="0"),
    Column("uncertain", Big, nullable=False, server_default="0"),
    Column("unsent", Big, nullable=False, server_default="0"),
    Column("vouched_by", Big),
    _one_of("state", "running", "paused", "stopped", "done"),
    _one_of("file_kind", "", "photo", "document"),
    Index("ix_broadcasts_author_id", "author_id", "id"),
)
Index(
    "ix_broadcasts_open",
    broadcasts.c.id,
    sqlite_where=text("finished_at IS NULL"),
    postgresql_where=text("finished_at IS NULL"),
)
