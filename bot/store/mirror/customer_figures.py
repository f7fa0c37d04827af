"""Counts the customers of a month: of one seller, and of all.

What counts is said in `bot/core/mirror/mirror_figures.py`. Customers who were put together are
one, also in months that are closed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, bindparam, text

from bot.core.mirror.mirror_figures import CustomerFigures
from bot.store.db.types import Instant

__all__ = [
    "SellerFigures",
    "figures_of_seller",
    "first_sale_on",
    "joined_between",
    "of_all_sellers",
    "team_joined",
    "waiting_between",
]

# What a sale counts for: approved, and not all of it came back.
COUNTS: Final = """{0}.status = 'approved' AND {0}.total > COALESCE((
          SELECT SUM(r.amount) FROM returns AS r
          WHERE r.sale_id = {0}.id AND r.state = 'confirmed'), 0)"""

# The buyers of these days, and whether each had bought before; those put together are one.
# Counting the earlier sales under other names, instead of asking whether there is one, lets
# PostgreSQL go from the name to its sales also while few customers have been put together.
FOUND: Final = """
    WITH buyers AS (
      SELECT s.seller_id AS seller_id, COALESCE(m.kept_id, s.customer_id) AS customer_id,
        COUNT(*) AS sales
      FROM sales AS s LEFT JOIN merged_customers AS m ON m.customer_id = s.customer_id
      WHERE {whose} s.sold_on >= :first AND s.sold_on < :after AND s.customer_id IS NOT NULL
        AND {now}
      GROUP BY s.seller_id, COALESCE(m.kept_id, s.customer_id)
    ), found AS MATERIALIZED (
      SELECT b.seller_id AS seller_id, b.sales AS sales, CASE WHEN
        EXISTS (SELECT 1 FROM sales AS e
          WHERE e.customer_id = b.customer_id AND e.sold_on < :first AND {earlier})
        OR (SELECT COUNT(*) FROM merged_customers AS n
              JOIN sales AS e ON e.customer_id = n.customer_id
            WHERE n.kept_id = b.customer_id AND e.sold_on < :first AND {earlier}) > 0
        THEN 1 ELSE 0 END AS known
      FROM buyers AS b
    )"""

FIGURES: Final = """COUNT(*) AS customers,
      CAST(COALESCE(SUM(f.sales), 0) AS BIGINT) AS sales,
      COUNT(CASE WHEN f.known = 1 OR f.sales > 1 THEN 1 END) AS again,
      CAST(COALESCE(SUM(f.sales - 1 + f.known), 0) AS BIGINT) AS repeat_orders,
      COUNT(CASE WHEN f.known = 0 THEN 1 END) AS fresh"""

BOTH: Final = {"now": COUNTS.format("s"), "earlier": COUNTS.format("e")}

OF_SELLER = text(
    " ".join(
        (
            FOUND.format(whose="s.seller_id = :seller_id AND", **BOTH),
            "SELECT",
            FIGURES,
            "FROM found AS f",
        )
    )
)

OF_ALL = text(
    " ".join(
        (
            FOUND.format(whose="", **BOTH),
            "SELECT k.code, k.name, f.seller_id,",
            FIGURES,
            "FROM found AS f JOIN members AS k ON k.id = f.seller_id",
            "GROUP BY f.seller_id, k.code, k.name ORDER BY k.code",
        )
    )
)

WAITING = text("""
    SELECT COUNT(*) FROM sales AS s
    WHERE s.seller_id = :seller_id AND s.sold_on >= :first AND s.sold_on < :after
      AND s.status = 'waiting' AND s.customer_id IS NOT NULL
""")

FIRST_SALE = text("""
    SELECT s.sold_on FROM sales AS s WHERE s.seller_id = :seller_id ORDER BY s.sold_on LIMIT 1
""")

TEAM_JOINED = text("""
    SELECT v.team_joined FROM volumes AS v WHERE v.member_id = :member_id AND v.period = :period
""")

JOINED = text("""
    SELECT COUNT(*) FROM members AS k
    WHERE k.joined_at >= :since AND k.joined_at < :until
      AND (k.import_id IS NULL OR k.import_id IN (SELECT id FROM imports WHERE state = 'done'))
""").bindparams(bindparam("since", type_=Instant), bindparam("until", type_=Instant))


@dataclass(frozen=True, slots=True)
class SellerFigures:
    """The figures of one seller; no customer is named."""

    code: str
    name: str
    figures: CustomerFigures


def figures_of_seller(
    conn: Connection, seller_id: int, first: date, after: date
) -> CustomerFigures:
    """Returns what a seller's customers did from the first day up to, without, the last."""
    wanted = {"seller_id": seller_id, "first": first.isoformat(), "after": after.isoformat()}
    return CustomerFigures(*conn.execute(OF_SELLER, wanted).one())


def of_all_sellers(conn: Connection, first: date, after: date) -> list[SellerFigures]:
    """Returns the figures of every seller who served a customer in these days, by member code."""
    wanted = {"first": first.isoformat(), "after": after.isoformat()}
    return [
        SellerFigures(row.code, row.name, CustomerFigures(*row[3:]))
        for row in conn.execute(OF_ALL, wanted)
    ]


def waiting_between(conn: Connection, seller_id: int, first: date, after: date) -> int:
    """Returns how many sales of these days the office has not checked yet."""
    wanted = {"seller_id": seller_id, "first": first.isoformat(), "after": after.isoformat()}
    count: int = conn.execute(WAITING, wanted).scalar_one()
    return count


def first_sale_on(conn: Connection, seller_id: int) -> date | None:
    """Returns the day of a seller's earliest sale, whatever became of it; None without any."""
    day = conn.execute(FIRST_SALE, {"seller_id": seller_id}).scalar()
    return None if day is None else date.fromisoformat(day)


def team_joined(conn: Connection, member_id: int, period: str) -> int:
    """Returns how many members joined below this one in a month."""
    wanted = {"member_id": member_id, "period": period}
    return conn.execute(TEAM_JOINED, wanted).scalar() or 0


def joined_between(conn: Connection, since: datetime, until: datetime) -> int:
    """Returns how many members joined the company from a moment up to, without, another one."""
    count: int = conn.execute(JOINED, {"since": since, "until": until}).scalar_one()
    return count
