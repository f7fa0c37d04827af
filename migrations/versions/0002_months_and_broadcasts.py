"""Closing of months and credits, prices by date, broadcasts, and imported members."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GUARDED = {"postings": "a posting is never changed: reverse it", "credits": "a credit stays"}

# SQLite cannot change a column or a CHECK of a table, so these two tables are rebuilt. They are
# copied here: Alembic's own copying would lose the triggers that protect postings.
OUTBOX_BEFORE = "'toast', 'answer', 'notice', 'tip'"
OUTBOX_AFTER = f"{OUTBOX_BEFORE}, 'broadcast'"
STATES_BEFORE = "'new', 'sending', 'sent', 'uncertain', 'failed', 'expired'"
STATES_AFTER = f"'held', {STATES_BEFORE}"

OUTBOX_COLUMNS = (
    "id, key, chat_id, kind, method, payload, state, epoch, tries, doubts, not_before, "
    "expires_at, created_at, message_id, error"
)
POSTING_COLUMNS = "id, reference, source_id, destination_id, amount, sale_id, reverses, period, at"
OPEN = "state IN ('new', 'sending')"
ONE_CAUSE = "(sale_id IS NULL) <> (closing IS NULL)"

FIRST_PRICES = """
    INSERT INTO prices (product_id, from_day, member_price, retail_price, points, bonus_value,
                        decided_at)
    SELECT id, '2000-01-01', member_price, retail_price, points, bonus_value, 0
    FROM products ORDER BY id
"""
# To pause the tips meant to refuse them; when that was done is not known.
PAUSED_REFUSE = """
    INSERT INTO permissions (member_id, purpose, given, at)
    SELECT member_id, 'tips', 0, 0 FROM tip_clocks WHERE paused = 1 ORDER BY member_id
"""
REFUSED_PAUSE = """
    UPDATE tip_clocks SET paused = 1
    WHERE (SELECT given FROM permissions AS p
           WHERE p.member_id = tip_clocks.member_id AND p.purpose = 'tips'
           ORDER BY p.id DESC LIMIT 1) = 0
"""
COUNT_BONUS = """
    UPDATE volumes SET own_bonus = (
      SELECT CAST(COALESCE(SUM(s.bonus_value), 0) AS BIGINT) FROM sales AS s
      WHERE s.seller_id = volumes.member_id AND s.period = volumes.period
        AND s.status = 'approved')
"""


def upgrade() -> None:
    """Add tables, extend two of the old ones, and fill in what follows from existing rows."""
    _periods()
    _prices()
    _broadcasts()
    _people()
    op.execute(PAUSED_REFUSE)
    op.drop_column("tip_clocks", "paused")
    lite = op.get_bind().dialect.name == "sqlite"
    if lite:
        _outbox_anew(OUTBOX_AFTER, STATES_AFTER, broadcasts=True)
        _unguard("postings", lite=True)
        _postings_anew(closing=True)
        _guard("postings", lite=True)
    else:
        op.add_column("outbox", _broadcast_id())
        op.drop_constraint(op.f("ck_outbox_kind"), "outbox", type_="check")
        op.create_check_constraint(op.f("ck_outbox_kind"), "outbox", f"kind IN ({OUTBOX_AFTER})")
        op.drop_constraint(op.f("ck_outbox_state"), "outbox", type_="check")
        op.create_check_constraint(op.f("ck_outbox_state"), "outbox", f"state IN ({STATES_AFTER})")
        op.alter_column("postings", "sale_id", nullable=True)
        op.add_column("postings", _closing())
        op.create_check_constraint(op.f("ck_postings_one_cause"), "postings", ONE_CAUSE)
    op.create_index(
        "ix_outbox_broadcast_id",
        "outbox",
        ["broadcast_id", "state"],
        sqlite_where=sa.text("broadcast_id IS NOT NULL"),
        postgresql_where=sa.text("broadcast_id IS NOT NULL"),
    )
    op.create_index(
        "ix_postings_closing",
        "postings",
        ["closing"],
        sqlite_where=sa.text("closing IS NOT NULL"),
        postgresql_where=sa.text("closing IS NOT NULL"),
    )
    _put_aside()
    _guard("credits", lite=lite)


def downgrade() -> None:
    """Go back to the first tables; fails where a closed month has postings: they would be lost."""
    lite = op.get_bind().dialect.name == "sqlite"
    _unguard("credits", lite=lite)
    op.drop_index("ix_postings_closing", table_name="postings")
    op.drop_index("ix_outbox_broadcast_id", table_name="outbox")
    op.drop_index("ix_outbox_uncertain", table_name="outbox")
    op.drop_index("ix_inbox_dead", table_name="inbox")
    op.execute("DELETE FROM outbox WHERE kind = 'broadcast'")
    if lite:
        _outbox_anew(OUTBOX_BEFORE, STATES_BEFORE, broadcasts=False)
        _unguard("postings", lite=True)
        _postings_anew(closing=False)
        _guard("postings", lite=True)
    else:
        op.drop_column("outbox", "broadcast_id")
        op.drop_constraint(op.f("ck_outbox_kind"), "outbox", type_="check")
        op.create_check_constraint(op.f("ck_outbox_kind"), "outbox", f"kind IN ({OUTBOX_BEFORE})")
        op.drop_constraint(op.f("ck_outbox_state"), "outbox", type_="check")
        was = f"state IN ({STATES_BEFORE})"
        op.create_check_constraint(op.f("ck_outbox_state"), "outbox", was)
        op.drop_constraint(op.f("ck_postings_one_cause"), "postings", type_="check")
        op.drop_column("postings", "closing")
        op.alter_column("postings", "sale_id", nullable=False)
    op.drop_index("ix_members_number", table_name="members")
    op.drop_index("ix_members_joined_at", table_name="members")
    op.drop_column("members", "number")
    op.drop_index("ix_volumes_period", table_name="volumes")
    op.drop_column("volumes", "own_bonus")
    op.drop_column("products", "picture")
    paused: sa.Column[bool] = sa.Column("paused", types.Flag(), server_default="0", nullable=False)
    op.add_column("tip_clocks", paused)
    op.execute(REFUSED_PAUSE)
    for table in (
        "member_words",
        "permissions",
        "relink_codes",
        "broadcasts",
        "prices",
        "estimates",
        "credits",
        "periods",
    ):
        op.drop_table(table)


def _periods() -> None:
    op.create_table(
        "periods",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("plan_digest", sa.Text(), nullable=False),
        sa.Column("ready_on", sa.Text(), nullable=False),
        sa.Column("began_at", types.Instant(), nullable=False),
        sa.Column("closed_at", types.Instant(), nullable=True),
        sa.Column("payees", types.Big, server_default="0", nullable=False),
        sa.Column("paid", types.Big, server_default="0", nullable=False),
        sa.Column("told_upto", types.Big, server_default="0", nullable=False),
        sa.Column("told_at", types.Instant(), nullable=True),
        sa.CheckConstraint("state IN ('closing', 'closed')", name=op.f("ck_periods_state")),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_periods")),
        sqlite_strict=True,
    )
    op.create_table(
        "credits",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("member_id", types.Big, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("source_id", types.Big, nullable=False),
        sa.Column("level", types.Big, nullable=False),
        sa.Column("base", types.Big, nullable=False),
        sa.Column("rate_bp", types.Big, nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        sa.CheckConstraint("base > 0", name=op.f("ck_credits_base")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_credits_amount")),
        sa.CheckConstraint("level >= 0", name=op.f("ck_credits_level")),
        sa.ForeignKeyConstraint(["period"], ["periods.period"], name=op.f("fk_credits_period")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_credits_member_id")),
        sa.ForeignKeyConstraint(["source_id"], ["members.id"], name=op.f("fk_credits_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credits")),
        sa.UniqueConstraint(
            "period",
            "member_id",
            "rule",
            "source_id",
            "level",
            name=op.f("uq_credits_period_member_id_rule_source_id_level"),
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "estimates",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("member_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("level", types.Big, autoincrement=False, nullable=False),
        sa.Column("rate_bp", types.Big, nullable=False),
        sa.Column("sources", types.Big, nullable=False),
        sa.Column("base", types.Big, nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_estimates_member_id")
        ),
        sa.PrimaryKeyConstraint("period", "member_id", "rule", "level", name=op.f("pk_estimates")),
        sqlite_strict=True,
    )
    op.add_column("volumes", sa.Column("own_bonus", types.Big, server_default="0", nullable=False))
    op.execute(COUNT_BONUS)
    op.create_index("ix_volumes_period", "volumes", ["period", "member_id"])


def _prices() -> None:
    op.create_table(
        "prices",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("product_id", types.Big, nullable=False),
        sa.Column("from_day", sa.Text(), nullable=False),
        sa.Column("member_price", types.Big, nullable=False),
        sa.Column("retail_price", types.Big, nullable=False),
        sa.Column("points", types.Big, nullable=False),
        sa.Column("bonus_value", types.Big, nullable=False),
        sa.Column("decided_at", types.Instant(), nullable=False),
        sa.Column("decided_by", types.Big, nullable=True),
        sa.CheckConstraint("member_price > 0", name=op.f("ck_prices_member_price")),
        sa.CheckConstraint("retail_price >= member_price", name=op.f("ck_prices_retail_price")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_prices_points")),
        sa.CheckConstraint("bonus_value >= 0", name=op.f("ck_prices_bonus_value")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_prices_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prices")),
        sa.UniqueConstraint("product_id", "from_day", name=op.f("uq_prices_product_id_from_day")),
        sqlite_strict=True,
    )
    op.create_index("ix_prices_from_day", "prices", ["from_day"])
    op.execute(FIRST_PRICES)
    op.add_column("products", sa.Column("picture", sa.Text(), server_default="", nullable=False))


def _broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("author_id", types.Big, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), server_default="", nullable=False),
        sa.Column("file_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starts_at", types.Instant(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("finished_at", types.Instant(), nullable=True),
        sa.Column("filled_upto", types.Big, server_default="0", nullable=False),
        sa.Column("filled", types.Flag(), server_default="0", nullable=False),
        sa.Column("repeats", types.Big, nullable=True),
        *(
            sa.Column(name, types.Big, server_default="0", nullable=False)
            for name in ("total", "sent", "blocked", "failed", "uncertain", "unsent")
        ),
        sa.CheckConstraint(
            "state IN ('running', 'paused', 'stopped', 'done')", name=op.f("ck_broadcasts_state")
        ),
        sa.CheckConstraint(
            "file_kind IN ('', 'photo', 'document')", name=op.f("ck_broadcasts_file_kind")
        ),
        sa.ForeignKeyConstraint(
            ["repeats"], ["broadcasts.id"], name=op.f("fk_broadcasts_repeats")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sa.UniqueConstraint("reference", name=op.f("uq_broadcasts_reference")),
        sqlite_strict=True,
    )
    op.create_index("ix_broadcasts_author_id", "broadcasts", ["author_id", "id"])
    op.create_index(
        "ix_broadcasts_open",
        "broadcasts",
        ["id"],
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )


def _people() -> None:
    op.create_table(
        "permissions",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("member_id", types.Big, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("given", types.Flag(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('tips', 'broadcasts')", name=op.f("ck_permissions_purpose")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_permissions_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permissions")),
        sqlite_strict=True,
    )
    op.create_index("ix_permissions_member_id", "permissions", ["member_id", "purpose", "id"])
    op.create_table(
        "relink_codes",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("member_id", types.Big, nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.Column("used_at", types.Instant(), nullable=True),
        sa.Column("made_by", types.Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_relink_codes_member_id")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_relink_codes")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_relink_codes_member_id"), "relink_codes", ["member_id"])
    op.create_table(
        "member_words",
        sa.Column("word", types.Bytewise, nullable=False),
        sa.Column("member_id", types.Big, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_member_words_member_id")
        ),
        sa.PrimaryKeyConstraint("word", "member_id", name=op.f("pk_member_words")),
        sqlite_strict=True,
    )
    op.create_index("ix_member_words_member_id", "member_words", ["member_id"])
    op.add_column("members", sa.Column("number", sa.Text(), nullable=True))
    op.create_index("ix_members_joined_at", "members", ["joined_at", "id"])
    op.create_index("ix_members_number", "members", ["number"], unique=True)
    rows = op.get_bind().execute(sa.text("SELECT id, name FROM members ORDER BY id")).all()
    words = [
        {"word": word, "member_id": row.id} for row in rows for word in sorted(_words(row.name))
    ]
    if words:
        insert = sa.text("INSERT INTO member_words (word, member_id) VALUES (:word, :member_id)")
        op.get_bind().execute(insert, words)


def _words(name: str) -> set[str]:
    """Returns the words of a name as people type them: lower case, without accents."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return set(re.findall(r"\w+", bare))


def _put_aside() -> None:
    """Add indexes for rows that a person has to look at."""
    for name, table, columns, state in (
        ("ix_inbox_dead", "inbox", ["id"], "dead"),
        ("ix_outbox_uncertain", "outbox", ["kind", "id"], "uncertain"),
    ):
        where = sa.text(f"state = '{state}'")
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def _broadcast_id() -> sa.Column[int]:
    name = op.f("fk_outbox_broadcast_id")
    return sa.Column("broadcast_id", types.Big, sa.ForeignKey("broadcasts.id", name=name))


def _closing() -> sa.Column[str]:
    name = op.f("fk_postings_closing")
    return sa.Column("closing", sa.Text(), sa.ForeignKey("periods.period", name=name))


def _outbox_anew(kinds: str, states: str, *, broadcasts: bool) -> None:
    """Rebuild the outbox with other kinds and states of messages, on SQLite."""
    op.create_table(
        "outbox_anew",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("chat_id", types.Big, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="new", nullable=False),
        sa.Column("epoch", types.Big, server_default="0", nullable=False),
        sa.Column("tries", types.Big, server_default="0", nullable=False),
        sa.Column("doubts", types.Big, server_default="0", nullable=False),
        sa.Column("not_before", types.Instant(), nullable=True),
        sa.Column("expires_at", types.Instant(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("message_id", types.Big, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        *((_broadcast_id(),) if broadcasts else ()),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_outbox_kind")),
        sa.CheckConstraint(f"state IN ({states})", name=op.f("ck_outbox_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sqlite_strict=True,
    )
    _move_over("outbox", OUTBOX_COLUMNS)
    for name, first in (("ix_outbox_open_by_chat", "chat_id"), ("ix_outbox_open_by_kind", "kind")):
        op.create_index(name, "outbox", [first, "id"], sqlite_where=sa.text(OPEN))


def _postings_anew(*, closing: bool) -> None:
    """Rebuild the postings with or without the second cause, on SQLite."""
    op.create_table(
        "postings_anew",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("source_id", types.Big, nullable=False),
        sa.Column("destination_id", types.Big, nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        sa.Column("sale_id", types.Big, nullable=closing),
        *((_closing(),) if closing else ()),
        sa.Column("reverses", types.Big, nullable=True),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_postings_amount")),
        sa.CheckConstraint("source_id <> destination_id", name=op.f("ck_postings_two_accounts")),
        *((sa.CheckConstraint(ONE_CAUSE, name=op.f("ck_postings_one_cause")),) if closing else ()),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["accounts.id"], name=op.f("fk_postings_destination_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverses"], ["postings_anew.id"], name=op.f("fk_postings_reverses")
        ),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("fk_postings_sale_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["accounts.id"], name=op.f("fk_postings_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("reference", name=op.f("uq_postings_reference")),
        sa.UniqueConstraint("reverses", name=op.f("uq_postings_reverses")),
        sqlite_strict=True,
    )
    _move_over("postings", POSTING_COLUMNS)
    op.create_index("ix_postings_source_id", "postings", ["source_id", "id"])
    op.create_index("ix_postings_destination_id", "postings", ["destination_id", "id"])
    op.create_index(op.f("ix_postings_sale_id"), "postings", ["sale_id"])


def _move_over(table: str, columns: str) -> None:
    """Copy all rows into the new table, and put it in the place of the old one."""
    copy = f"INSERT INTO {table}_anew ({columns}) SELECT {columns} FROM {table} ORDER BY id"  # noqa: S608
    op.execute(copy)
    # Dropping the old table deletes its rows, which fails where rows refer to others of the table.
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.drop_table(table)
    op.rename_table(f"{table}_anew", table)


def _guard(table: str, *, lite: bool) -> None:
    """Add triggers against changing or deleting rows of the table."""
    said = GUARDED[table]
    if lite:
        for name, act in ((f"{table}_stay", "UPDATE"), (f"{table}_remain", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_stay() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{said}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_stay()"
    )


def _unguard(table: str, *, lite: bool) -> None:
    """Drop the triggers against changing or deleting rows of the table."""
    if lite:
        op.execute(f"DROP TRIGGER {table}_stay")
        op.execute(f"DROP TRIGGER {table}_remain")
        return
    op.execute(f"DROP TRIGGER {table}_stay ON {table}")
    op.execute(f"DROP FUNCTION {table}_stay()")
