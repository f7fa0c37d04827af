"""Tables of what members have to sell: purchases, deliveries and counts."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint

from bot.store.db.schema.definitions import check_one_of, id_column, partial_index, table
from bot.store.db.types import Big, Instant, Words

__all__ = ["stock_notes", "stock_starts"]

# What came into a member's stock, or was counted there; sales and returns have their own tables.
# `quantity` is the pieces that came, for `counted` the pieces that were there; `expected` is what
# should have been there by the notes of that moment. `document` is the office's, for `delivered`.
# `found` are pieces that were there and had not been noted. A note that was taken back stays, with
# the moment. `told_at` is when the member got the news of a delivery, or of its last correction.
stock_notes = table(
    "stock_notes",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("product_id", Big, ForeignKey("products.id"), nullable=False),
    Column("kind", Words, nullable=False),
    Column("quantity", Big, nullable=False),
    Column("expected", Big, nullable=False, server_default="0"),
    Column("day", Words, nullable=False),
    Column("document", Words, nullable=False, server_default=""),
    Column("noted_at", Instant, nullable=False),
    Column("undone_at", Instant),
    Column("told_at", Instant),
    check_one_of("kind", "bought", "delivered", "counted", "found"),
    CheckConstraint("quantity >= 0", name="quantity"),
    CheckConstraint("(kind = 'delivered') = (document <> '')", name="document"),
    Index("ix_stock_notes_member_id", "member_id", "product_id"),
)
partial_index(
    "ix_stock_notes_untold",
    "kind = 'delivered' AND told_at IS NULL",
    stock_notes.c.member_id,
)

# From when on an article of a member is added up, and what was there then: the last count, or the
# first note. Made from the notes with every change of them. `since_at` is the moment of a count in
# microseconds, -1 for the whole day of a first note. `day` is empty where no note counts any more.
stock_starts = table(
    "stock_starts",
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("product_id", Big, ForeignKey("products.id"), nullable=False),
    Column("day", Words, nullable=False, server_default=""),
    Column("since_at", Big, nullable=False, server_default="-1"),
    Column("counted", Big, nullable=False, server_default="0"),
    PrimaryKeyConstraint("member_id", "product_id"),
)
