"""Tables of products, prices, customers and sales."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    UniqueConstraint,
)

from bot.store.db.schema.definitions import check_one_of, id_column, partial_index, table
from bot.store.db.types import Big, Flag, Instant, Words

__all__ = [
    "customers",
    "merged_customers",
    "payment_notes",
    "photo_digests",
    "prices",
    "products",
    "sale_decisions",
    "sale_lines",
    "sale_version_lines",
    "sale_versions",
    "sales",
]

products = table(
    "products",
    id_column(),
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
    Column("lasts_days", Big, nullable=False, server_default="0"),
    CheckConstraint("member_price > 0", name="member_price"),
    CheckConstraint("retail_price >= member_price", name="retail_price"),
    CheckConstraint("points >= 0", name="points"),
    CheckConstraint("bonus_value >= 0", name="bonus_value"),
)

prices = table(
    "prices",
    id_column(),
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

customers = table(
    "customers",
    id_column(),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("name", Words, nullable=False),
    Column("name_key", Words, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("phone", Words, nullable=False, server_default=""),
    UniqueConstraint("member_id", "name_key"),
    Index("ix_customers_name_key", "name_key"),
)
partial_index("ix_customers_phone", "phone <> ''", customers.c.phone)

merged_customers = table(
    "merged_customers",
    Column("customer_id", Big, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    Column("kept_id", Big, ForeignKey("customers.id"), nullable=False, index=True),
    Column("merged_at", Instant, nullable=False),
    CheckConstraint("customer_id <> kept_id", name="kept_id"),
)

sales = table(
    "sales",
    id_column(),
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
    Column("version", Big, nullable=False, server_default="1"),
    Column("point_value", Big, nullable=False, server_default="0"),
    check_one_of("status", "waiting", "approved", "rejected", "void"),
    CheckConstraint("total > 0", name="total"),
    Index("ix_sales_seller_id", "seller_id", "id"),
    Index("ix_sales_seller_id_sold_on", "seller_id", "sold_on"),
    Index("ix_sales_sold_on", "sold_on", "id"),
)
partial_index("ix_sales_photo_key", "photo_key <> ''", sales.c.photo_key)
partial_index("ix_sales_customer_id", "customer_id IS NOT NULL", sales.c.customer_id, sales.c.id)
partial_index("ix_sales_waiting", "status = 'waiting'", sales.c.id)
partial_index(
    "ix_sales_counted",
    "status = 'approved' AND customer_id IS NOT NULL",
    sales.c.period,
    sales.c.seller_id,
    sales.c.customer_id,
)

sale_lines = table(
    "sale_lines",
    id_column(),
    Column("sale_id", Big, ForeignKey("sales.id"), nullable=False, index=True),
    Column("product_id", Big, ForeignKey("products.id"), nullable=False),
    Column("quantity", Big, nullable=False),
    Column("amount", Big, nullable=False),
    Column("member_price", Big, nullable=False),
    Column("points", Big, nullable=False),
    Column("bonus_value", Big, nullable=False),
    CheckConstraint("quantity > 0", name="quantity"),
    CheckConstraint("amount > 0", name="amount"),
    Index("ix_sale_lines_product_id", "product_id", "id"),
)

# The states of a sale before it was changed: `version` counts them from 1, the one recorded.
sale_versions = table(
    "sale_versions",
    Column("sale_id", Big, ForeignKey("sales.id"), nullable=False),
    Column("version", Big, nullable=False),
    Column("customer_id", Big, ForeignKey("customers.id")),
    Column("sold_on", Words, nullable=False),
    Column("period", Words, nullable=False),
    Column("total", Big, nullable=False),
    Column("goods", Big, nullable=False),
    Column("points", Big, nullable=False),
    Column("bonus_value", Big, nullable=False),
    Column("invoice", Words, nullable=False),
    Column("photo_id", Words, nullable=False),
    Column("photo_key", Words, nullable=False),
    Column("photo_kind", Words, nullable=False),
    Column("reference", Words, nullable=False, unique=True),
    Column("replaced_at", Instant, nullable=False),
    Column("replaced_by", Big, nullable=False),
    PrimaryKeyConstraint("sale_id", "version"),
    CheckConstraint("version > 0", name="version"),
)

sale_version_lines = table(
    "sale_version_lines",
    id_column(),
    Column("sale_id", Big, nullable=False),
    Column("version", Big, nullable=False),
    Column("product_id", Big, ForeignKey("products.id"), nullable=False),
    Column("quantity", Big, nullable=False),
    Column("amount", Big, nullable=False),
    Column("member_price", Big, nullable=False),
    Column("points", Big, nullable=False),
    Column("bonus_value", Big, nullable=False),
    ForeignKeyConstraint(
        ["sale_id", "version"], ["sale_versions.sale_id", "sale_versions.version"]
    ),
    Index("ix_sale_version_lines_sale_id", "sale_id", "version"),
)

# Every change of a sale's status, with its reason; `by` is empty where no person decided.
sale_decisions = table(
    "sale_decisions",
    id_column(),
    Column("sale_id", Big, ForeignKey("sales.id"), nullable=False),
    Column("version", Big, nullable=False),
    Column("before", Words, nullable=False),
    Column("after", Words, nullable=False),
    Column("period", Words, nullable=False),
    Column("reason", Words, nullable=False, server_default=""),
    Column("at", Instant, nullable=False),
    Column("by", Big),
    Column("correction", Flag, nullable=False, server_default="0"),
    check_one_of("before", "waiting", "approved", "rejected", "void"),
    check_one_of("after", "waiting", "approved", "rejected", "void"),
    CheckConstraint("before <> after", name="two_statuses"),
    Index("ix_sale_decisions_sale_id", "sale_id", "id"),
)

# What the photo of a sale is known by besides Telegram's own id, another one for each upload. The
# digest is empty where the photo could not be fetched.
photo_digests = table(
    "photo_digests",
    Column("sale_id", Big, ForeignKey("sales.id"), primary_key=True, autoincrement=False),
    Column("photo_key", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Column("noted_at", Instant, nullable=False, index=True),
)
partial_index("ix_photo_digests_digest", "digest <> ''", photo_digests.c.digest)

payment_notes = table(
    "payment_notes",
    Column("sale_id", Big, ForeignKey("sales.id"), primary_key=True, autoincrement=False),
    Column("in_full", Words, nullable=False),
    Column("deposit", Big, nullable=False),
    Column("means", Words, nullable=False),
    Column("noted_at", Instant, nullable=False),
    Column("due_on", Words, nullable=False, server_default=""),
    check_one_of("in_full", "", "yes", "no"),
    CheckConstraint("deposit >= 0", name="deposit"),
)
