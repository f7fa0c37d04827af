"""Tables of members, their teams, their monthly volumes and their tips."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint

from bot.store.db.schema.definitions import check_one_of, id_column, partial_index, table
from bot.store.db.types import Big, Bytewise, Flag, Instant, Words

__all__ = [
    "consents",
    "deliveries",
    "import_months",
    "import_teams",
    "imports",
    "member_words",
    "members",
    "permissions",
    "teams",
    "tip_clocks",
    "volumes",
]

members = table(
    "members",
    id_column(),
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
partial_index("ix_members_import_id", "import_id IS NOT NULL", members.c.import_id, members.c.id)

imports = table(
    "imports",
    id_column(),
    Column("state", Words, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("touched_at", Instant, nullable=False),
    check_one_of("state", "open", "done", "lost"),
)

import_teams = table(
    "import_teams",
    Column("import_id", Big, primary_key=True, autoincrement=False),
    Column("member_id", Big, primary_key=True, autoincrement=False),
    Column("sponsor_id", Big, nullable=False),
    Column("size", Big, nullable=False),
    Column("legs", Big, nullable=False),
)

import_months = table(
    "import_months",
    Column("import_id", Big, primary_key=True, autoincrement=False),
    Column("member_id", Big, primary_key=True, autoincrement=False),
    Column("period", Words, primary_key=True),
    Column("joined", Big, nullable=False),
)

member_words = table(
    "member_words",
    Column("word", Bytewise, primary_key=True),
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Index("ix_member_words_member_id", "member_id"),
)

consents = table(
    "consents",
    id_column(),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("card", Words, nullable=False),
    Column("version", Words, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("member_id", "card", "version"),
)

permissions = table(
    "permissions",
    id_column(),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("purpose", Words, nullable=False),
    Column("given", Flag, nullable=False),
    Column("at", Instant, nullable=False),
    check_one_of("purpose", "tips", "broadcasts"),
    Index("ix_permissions_member_id", "member_id", "purpose", "id"),
)

teams = table(
    "teams",
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("size", Big, nullable=False, server_default="0"),
    Column("legs", Big, nullable=False, server_default="0"),
)

volumes = table(
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
    Column("sold_points", Big, nullable=False, server_default="0"),
    Column("fixed_bonus", Big, nullable=False, server_default="0"),
    Column("returned_sales", Big, nullable=False, server_default="0"),
    Column("returned_points", Big, nullable=False, server_default="0"),
    Column("returned_profit", Big, nullable=False, server_default="0"),
    Column("returned_group_points", Big, nullable=False, server_default="0"),
    Column("returned_sold_points", Big, nullable=False, server_default="0"),
    Index("ix_volumes_period", "period", "member_id"),
)

tip_clocks = table(
    "tip_clocks",
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("hour", Words, nullable=False),
    Column("due_at", Instant, nullable=False),
    Index("ix_tip_clocks_due_at", "due_at"),
)

deliveries = table(
    "deliveries",
    id_column(),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("schedule", Words, nullable=False),
    Column("slot", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("schedule", "slot", "member_id"),
    check_one_of("state", "queued", "missed"),
    Index("ix_deliveries_member_id", "member_id", "schedule"),
)
