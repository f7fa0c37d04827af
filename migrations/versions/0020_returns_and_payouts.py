"""Returns, payouts, a cause for each posting, given ranks, and guards of what is final."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CAUSES = ("sale", "closing", "return", "payout", "opening", "tax")
OF_CAUSE = {
    "sale": "sale_id",
    "closing": "closing",
    "return": "return_id",
    "payout": "payout_id",
}
ONE_CAUSE = " AND ".join(
    f"({column} IS NOT NULL) = (cause = '{cause}')" for cause, column in OF_CAUSE.items()
)
ONE_CAUSE_BEFORE = "(sale_id IS NULL) <> (closing IS NULL)"
POSTING_COLUMNS = (
    "id, reference, source_id, destination_id, amount, sale_id, closing, reverses, period, at"
)
NEW_VOLUMES = (
    "sold_points",
    "fixed_bonus",
    "returned_sales",
    "returned_points",
    "returned_profit",
    "returned_group_points",
)

# Rows of these tables are never changed or deleted.
FINAL = {
    "credit_returns": "what a return took from a credit stays",
    "pool_returns": "what a return took from a share of a pool stays",
    "payouts": "a payout stays: reverse it",
    "payout_reversals": "the reversal of a payout stays",
    "payout_lists": "a list of payouts stays",
    "payout_list_lines": "a line of a list of payouts stays",
    "given_ranks": "a given rank stays",
}

# When a row of these tables may be changed (never where the condition holds) or deleted.
STAYS = {
    "postings": ("a posting is never changed or deleted: reverse it", "1 = 1", "1 = 1"),
    "periods": (
        "the closing of a month is never changed",
        "OLD.period <> NEW.period OR OLD.plan <> NEW.plan OR OLD.plan_digest <> NEW.plan_digest"
        " OR OLD.ready_on <> NEW.ready_on OR OLD.point_value <> NEW.point_value"
        " OR OLD.state = 'closed' AND (NEW.state <> 'closed' OR OLD.closed_at <> NEW.closed_at"
        " OR NEW.closed_at IS NULL"
        " OR OLD.payees <> NEW.payees OR OLD.paid <> NEW.paid OR OLD.cut <> NEW.cut)",
        "1 = 1",
    ),
    "sales": (
        "the figures of an approved sale, and the sales of a closed month, are never changed",
        "OLD.status = 'approved' AND (OLD.seller_id <> NEW.seller_id"
        " OR OLD.sold_on <> NEW.sold_on OR OLD.period <> NEW.period OR OLD.total <> NEW.total"
        " OR OLD.goods <> NEW.goods OR OLD.points <> NEW.points"
        " OR OLD.bonus_value <> NEW.bonus_value OR OLD.point_value <> NEW.point_value"
        " OR (OLD.customer_id IS NULL) <> (NEW.customer_id IS NULL))"
        " OR OLD.status <> NEW.status AND (OLD.status = 'approved' AND EXISTS"
        " (SELECT 1 FROM periods AS p WHERE p.period = OLD.period)"
        " OR NEW.status = 'approved' AND EXISTS"
        " (SELECT 1 FROM periods AS p WHERE p.period = NEW.period))",
        "OLD.status = 'approved'",
    ),
    "sale_lines": (
        "a line of an approved sale is never changed",
        "EXISTS (SELECT 1 FROM sales AS s WHERE s.id = OLD.sale_id AND s.status = 'approved')",
        "EXISTS (SELECT 1 FROM sales AS s WHERE s.id = OLD.sale_id AND s.status = 'approved')",
    ),
    "returns": (
        "a return is decided once, and its figures stay",
        "OLD.state <> 'waiting' OR OLD.sale_id <> NEW.sale_id OR OLD.amount <> NEW.amount"
        " OR OLD.goods <> NEW.goods OR OLD.points <> NEW.points"
        " OR OLD.bonus_value <> NEW.bonus_value OR OLD.refund <> NEW.refund",
        "1 = 1",
    ),
    # The pieces of a return that came to nothing give way where its sale is corrected.
    "return_lines": (
        "a line of a return stays",
        "1 = 1",
        "NOT EXISTS (SELECT 1 FROM returns AS r WHERE r.id = OLD.return_id"
        " AND r.state IN ('rejected', 'void'))",
    ),
    **{table: (said, "1 = 1", "1 = 1") for table, said in FINAL.items()},
}

SOLD_POINTS = """
    UPDATE volumes SET sold_points = (
      SELECT CAST(COALESCE(SUM(s.points), 0) AS BIGINT) FROM sales AS s
      WHERE s.seller_id = volumes.member_id AND s.period = volumes.period
        AND s.status = 'approved' AND s.customer_id IS NOT NULL)
    WHERE own_points <> 0
"""


def upgrade() -> None:
    """Add the tables, let each posting name its cause, and protect what is final."""
    lite = op.get_bind().dialect.name == "sqlite"
    for table, name in (*(("volumes", each) for each in NEW_VOLUMES), ("sales", "point_value")):
        op.add_column(table, sa.Column(name, types.Big, server_default="0", nullable=False))
    op.execute(SOLD_POINTS)
    _returns()
    _payouts()
    _given_ranks()
    _unguard("postings", lite=lite)
    if lite:
        _postings_anew(after=True)
    else:
        _postings_in_place()
    for column in ("return_id", "payout_id"):
        op.create_index(
            f"ix_postings_{column}",
            "postings",
            [column],
            sqlite_where=sa.text(f"{column} IS NOT NULL"),
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )
    for table, (said, changed, deleted) in STAYS.items():
        _guard(table, said, changed, deleted, lite=lite)


def downgrade() -> None:
    """Back to sales and closings alone; what was returned or paid out cannot go back."""
    conn = op.get_bind()
    lite = conn.dialect.name == "sqlite"
    for table in ("returns", "payouts", "given_ranks"):
        kept = conn.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar()  # noqa: S608
        if kept:
            raise RuntimeError(f"{kept} rows of {table} exist; the older schema has no such table")
    for table in STAYS:
        _unguard(table, lite=lite)
    op.drop_index("ix_postings_return_id", table_name="postings")
    op.drop_index("ix_postings_payout_id", table_name="postings")
    if lite:
        _postings_anew(after=False)
    else:
        op.drop_constraint(op.f("ck_postings_one_cause"), "postings", type_="check")
        op.drop_constraint(op.f("ck_postings_cause"), "postings", type_="check")
        for column in ("payout_id", "return_id", "cause"):
            op.drop_column("postings", column)
        op.create_check_constraint(op.f("ck_postings_one_cause"), "postings", ONE_CAUSE_BEFORE)
    for table in (
        "given_ranks",
        "payout_reversals",
        "payouts",
        "payout_list_lines",
        "payout_lists",
        "pool_returns",
        "credit_returns",
        "return_lines",
        "returns",
    ):
        op.drop_table(table)
    op.drop_column("sales", "point_value")
    for name in NEW_VOLUMES:
        op.drop_column("volumes", name)
    said = "a posting is never changed or deleted: reverse it"
    _guard("postings", said, "1 = 1", "1 = 1", lite=lite)


def _returns() -> None:
    op.create_table(
        "returns",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("sale_id", types.Big, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("came_on", sa.Text(), nullable=False),
        sa.Column("saleable", types.Flag(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        sa.Column("goods", types.Big, nullable=False),
        sa.Column("points", types.Big, nullable=False),
        sa.Column("bonus_value", types.Big, nullable=False),
        sa.Column("refund", types.Big, nullable=False),
        sa.Column("asked_at", types.Instant(), nullable=False),
        sa.Column("asked_by", types.Big, nullable=False),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("decided_at", types.Instant(), nullable=True),
        sa.Column("decided_by", types.Big, nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'confirmed', 'rejected', 'void')", name=op.f("ck_returns_state")
        ),
        sa.CheckConstraint(
            "(state = 'confirmed') = (period IS NOT NULL)", name=op.f("ck_returns_period")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_returns_amount")),
        sa.CheckConstraint("refund >= 0", name=op.f("ck_returns_refund")),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("fk_returns_sale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
        sa.UniqueConstraint("reference", name=op.f("uq_returns_reference")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_returns_sale_id"), "returns", ["sale_id"])
    op.create_index("ix_returns_period", "returns", ["period"])
    op.create_index(
        "ix_returns_waiting",
        "returns",
        ["id"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "return_lines",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("return_id", types.Big, nullable=False),
        sa.Column("sale_line_id", types.Big, nullable=False),
        sa.Column("quantity", types.Big, nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_return_lines_quantity")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_return_lines_amount")),
        sa.ForeignKeyConstraint(
            ["return_id"], ["returns.id"], name=op.f("fk_return_lines_return_id")
        ),
        sa.ForeignKeyConstraint(
            ["sale_line_id"], ["sale_lines.id"], name=op.f("fk_return_lines_sale_line_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_lines")),
        sa.UniqueConstraint(
            "return_id", "sale_line_id", name=op.f("uq_return_lines_return_id_sale_line_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_return_lines_sale_line_id"), "return_lines", ["sale_line_id"])
    for table, of, column in (
        ("credit_returns", "credits", "credit_id"),
        ("pool_returns", "pool_shares", "pool_share_id"),
    ):
        op.create_table(
            table,
            sa.Column("id", types.Big, autoincrement=True, nullable=False),
            sa.Column("return_id", types.Big, nullable=False),
            sa.Column(column, types.Big, nullable=False),
            sa.Column("amount", types.Big, nullable=False),
            sa.CheckConstraint("amount > 0", name=op.f(f"ck_{table}_amount")),
            sa.ForeignKeyConstraint(
                ["return_id"], ["returns.id"], name=op.f(f"fk_{table}_return_id")
            ),
            sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint("return_id", column, name=op.f(f"uq_{table}_return_id_{column}")),
            sqlite_strict=True,
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _payouts() -> None:
    op.create_table(
        "payout_lists",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("made_at", types.Instant(), nullable=False),
        sa.Column("made_by", types.Big, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_lists")),
        sa.UniqueConstraint("reference", name=op.f("uq_payout_lists_reference")),
        sqlite_strict=True,
    )
    op.create_table(
        "payout_list_lines",
        sa.Column("list_id", types.Big, nullable=False),
        sa.Column("member_id", types.Big, nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payout_list_lines_amount")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["payout_lists.id"], name=op.f("fk_payout_list_lines_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_payout_list_lines_member_id")
        ),
        sa.PrimaryKeyConstraint("list_id", "member_id", name=op.f("pk_payout_list_lines")),
        sqlite_strict=True,
    )
    op.create_table(
        "payouts",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("member_id", types.Big, nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        sa.Column("paid_on", sa.Text(), nullable=False),
        sa.Column("bank_reference", sa.Text(), nullable=False),
        sa.Column("list_id", types.Big, nullable=True),
        sa.Column("recorded_at", types.Instant(), nullable=False),
        sa.Column("recorded_by", types.Big, nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payouts_amount")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_payouts_member_id")),
        sa.ForeignKeyConstraint(["list_id"], ["payout_lists.id"], name=op.f("fk_payouts_list_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payouts")),
        sa.UniqueConstraint("reference", name=op.f("uq_payouts_reference")),
        sqlite_strict=True,
    )
    op.create_index("ix_payouts_member_id", "payouts", ["member_id", "id"])
    op.create_table(
        "payout_reversals",
        sa.Column("payout_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("by", types.Big, nullable=True),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payouts.id"], name=op.f("fk_payout_reversals_payout_id")
        ),
        sa.PrimaryKeyConstraint("payout_id", name=op.f("pk_payout_reversals")),
        sqlite_strict=True,
    )


def _given_ranks() -> None:
    op.create_table(
        "given_ranks",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("member_id", types.Big, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_at", types.Instant(), nullable=False),
        sa.Column("given_by", types.Big, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_given_ranks_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_ranks")),
        sqlite_strict=True,
    )
    op.create_index("ix_given_ranks_member_id", "given_ranks", ["member_id", "period"])


def _postings_in_place() -> None:
    op.add_column("postings", sa.Column("cause", sa.Text(), nullable=True))
    for column, of in (("return_id", "returns"), ("payout_id", "payouts")):
        op.add_column("postings", sa.Column(column, types.Big, nullable=True))
        op.create_foreign_key(op.f(f"fk_postings_{column}"), "postings", of, [column], ["id"])
    op.execute(
        "UPDATE postings SET cause = CASE WHEN closing IS NULL THEN 'sale' ELSE 'closing' END"
    )
    op.alter_column("postings", "cause", nullable=False)
    op.drop_constraint(op.f("ck_postings_one_cause"), "postings", type_="check")
    op.create_check_constraint(op.f("ck_postings_one_cause"), "postings", ONE_CAUSE)
    op.create_check_constraint(op.f("ck_postings_cause"), "postings", _one_of(CAUSES))


def _postings_anew(*, after: bool) -> None:
    """Build the table again with the new columns and checks, or without; SQLite cannot alter."""
    more = (
        (
            sa.Column("return_id", types.Big, nullable=True),
            sa.Column("payout_id", types.Big, nullable=True),
            sa.CheckConstraint(_one_of(CAUSES), name=op.f("ck_postings_cause")),
            sa.ForeignKeyConstraint(
                ["return_id"], ["returns.id"], name=op.f("fk_postings_return_id")
            ),
            sa.ForeignKeyConstraint(
                ["payout_id"], ["payouts.id"], name=op.f("fk_postings_payout_id")
            ),
        )
        if after
        else ()
    )
    op.create_table(
        "postings_anew",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("source_id", types.Big, nullable=False),
        sa.Column("destination_id", types.Big, nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        *((sa.Column("cause", sa.Text(), nullable=False),) if after else ()),
        sa.Column("sale_id", types.Big, nullable=True),
        sa.Column("closing", sa.Text(), nullable=True),
        *more,
        sa.Column("reverses", types.Big, nullable=True),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_postings_amount")),
        sa.CheckConstraint("source_id <> destination_id", name=op.f("ck_postings_two_accounts")),
        sa.CheckConstraint(
            ONE_CAUSE if after else ONE_CAUSE_BEFORE, name=op.f("ck_postings_one_cause")
        ),
        sa.ForeignKeyConstraint(["closing"], ["periods.period"], name=op.f("fk_postings_closing")),
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
    into, read = POSTING_COLUMNS, POSTING_COLUMNS
    if after:
        into = f"{into}, cause"
        read = f"{read}, CASE WHEN closing IS NULL THEN 'sale' ELSE 'closing' END"
    copy = f"INSERT INTO postings_anew ({into}) SELECT {read} FROM postings ORDER BY id"  # noqa: S608
    op.execute(copy)
    # Dropping the old table deletes its rows, which fails where rows refer to others of the table.
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.drop_table("postings")
    op.rename_table("postings_anew", "postings")
    op.create_index("ix_postings_source_id", "postings", ["source_id", "id"])
    op.create_index("ix_postings_destination_id", "postings", ["destination_id", "id"])
    op.create_index(op.f("ix_postings_sale_id"), "postings", ["sale_id"])
    op.create_index(
        "ix_postings_closing",
        "postings",
        ["closing"],
        sqlite_where=sa.text("closing IS NOT NULL"),
    )


def _one_of(causes: tuple[str, ...]) -> str:
    return f"cause IN ({', '.join(repr(cause) for cause in causes)})"


def _guard(table: str, said: str, changed: str, deleted: str, *, lite: bool) -> None:
    """Refuse changes of a row where `changed` holds, and deletions where `deleted` holds."""
    if lite:
        for name, act, when in (
            (f"{table}_stay", "UPDATE", changed),
            (f"{table}_remain", "DELETE", deleted),
        ):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when}"
                f" BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_stay() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF TG_OP = 'DELETE' THEN"
        f" IF {deleted} THEN RAISE EXCEPTION '{said}'; END IF; RETURN OLD; END IF;"
        f" IF {changed} THEN RAISE EXCEPTION '{said}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_stay()"
    )


def _unguard(table: str, *, lite: bool) -> None:
    if lite:
        op.execute(f"DROP TRIGGER {table}_stay")
        op.execute(f"DROP TRIGGER {table}_remain")
        return
    op.execute(f"DROP TRIGGER {table}_stay ON {table}")
    op.execute(f"DROP FUNCTION {table}_stay()")
