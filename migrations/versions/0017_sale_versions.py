"""Versions of a sale: each state that a waiting sale had before its seller changed it."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

GUARDED = {
    "sale_versions": "a former state of a sale is never changed or deleted",
    "sale_version_lines": "a line of a former state of a sale is never changed or deleted",
}


def upgrade() -> None:
    """Number the states of each sale, and add the tables of the former ones."""
    op.add_column("sales", sa.Column("version", types.Big, server_default="1", nullable=False))
    op.create_table(
        "sale_versions",
        sa.Column("sale_id", types.Big, nullable=False),
        sa.Column("version", types.Big, nullable=False),
        sa.Column("customer_id", types.Big, nullable=True),
        sa.Column("sold_on", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("total", types.Big, nullable=False),
        sa.Column("goods", types.Big, nullable=False),
        sa.Column("points", types.Big, nullable=False),
        sa.Column("bonus_value", types.Big, nullable=False),
        sa.Column("invoice", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.Text(), nullable=False),
        sa.Column("photo_key", sa.Text(), nullable=False),
        sa.Column("photo_kind", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("replaced_at", types.Instant(), nullable=False),
        sa.Column("replaced_by", types.Big, nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_sale_versions_version")),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("fk_sale_versions_sale_id")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_sale_versions_customer_id")
        ),
        sa.PrimaryKeyConstraint("sale_id", "version", name=op.f("pk_sale_versions")),
        sa.UniqueConstraint("reference", name=op.f("uq_sale_versions_reference")),
        sqlite_strict=True,
    )
    op.create_table(
        "sale_version_lines",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("sale_id", types.Big, nullable=False),
        sa.Column("version", types.Big, nullable=False),
        sa.Column("product_id", types.Big, nullable=False),
        sa.Column("quantity", types.Big, nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        sa.Column("member_price", types.Big, nullable=False),
        sa.Column("points", types.Big, nullable=False),
        sa.Column("bonus_value", types.Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["sale_id", "version"],
            ["sale_versions.sale_id", "sale_versions.version"],
            name=op.f("fk_sale_version_lines_sale_id"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_sale_version_lines_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_version_lines")),
        sqlite_strict=True,
    )
    op.create_index("ix_sale_version_lines_sale_id", "sale_version_lines", ["sale_id", "version"])
    for table, said in GUARDED.items():
        _guard(table, said, lite=op.get_bind().dialect.name == "sqlite")


def downgrade() -> None:
    """Back to sales without former states; the present state of each sale stays."""
    op.drop_table("sale_version_lines")
    op.drop_table("sale_versions")
    op.drop_column("sales", "version")
    if op.get_bind().dialect.name != "sqlite":
        for table in GUARDED:
            op.execute(f"DROP FUNCTION {table}_stay()")


def _guard(table: str, said: str, *, lite: bool) -> None:
    """Refuse every change of a row and every deletion."""
    if lite:
        for name, act in ((f"{table}_stay", "UPDATE"), (f"{table}_remain", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_stay() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{said}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_stay()"
    )
