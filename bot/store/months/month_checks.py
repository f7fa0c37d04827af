"""What to look at before a month is closed, and months that paid more than they sold."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from bot.store.customers import customers
from bot.store.db import counters
from bot.store.sales import sales

__all__ = ["MonthWaits", "OverpaidMonth", "month_stamp", "overpaid_months", "waits_of"]

# Everything that the bonuses of a month follow from, except the plan: if none of these sums has
# changed, no sale, return, suspension, joining or given rank has come in between.
SOLD_SUMS = text("""
    SELECT COUNT(*), CAST(COALESCE(SUM(own_sales), 0) AS BIGINT),
      CAST(COALESCE(SUM(own_points), 0) AS BIGINT), CAST(COALESCE(SUM(own_bonus), 0) AS BIGINT),
      CAST(COALESCE(SUM(own_count), 0) AS BIGINT),
      CAST(COALESCE(SUM(sold_points), 0) AS BIGINT),
      CAST(COALESCE(SUM(fixed_bonus), 0) AS BIGINT),
      CAST(COALESCE(SUM(returned_points), 0) AS BIGINT),
      CAST(COALESCE(SUM(returned_sold_points), 0) AS BIGINT),
      CAST(COALESCE(SUM(member_id * own_points), 0) AS BIGINT)
    FROM volumes WHERE period = :period
""")

MEMBER_SUMS = text("""
    SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN active = 1 THEN id ELSE 0 END), 0) AS BIGINT)
    FROM members
""")

GIVEN_RANKS = text("SELECT COUNT(*) FROM given_ranks")

RETURNS_WAITING = text("""
    SELECT COUNT(*) AS number, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS amount
    FROM returns WHERE state = 'waiting'
""")

OVERPAID = text("""
    SELECT p.period, p.paid, CAST(COALESCE(SUM(v.own_sales), 0) AS BIGINT) AS sales
    FROM periods AS p LEFT JOIN volumes AS v ON v.period = p.period
    WHERE p.state = 'closed'
    GROUP BY p.period, p.paid
    HAVING p.paid > COALESCE(SUM(v.own_sales), 0)
    ORDER BY p.period
""")


@dataclass(frozen=True, slots=True)
class MonthWaits:
    """What still waits for the office and may belong to a month; sums in rupiah."""

    sales: int
    sales_sum: int
    returns: int
    returns_sum: int

    @property
    def anything(self) -> bool:
        """Whether anything waits."""
        return bool(self.sales or self.returns)


@dataclass(frozen=True, slots=True)
class OverpaidMonth:
    """A closed month whose bonuses are more than its net sales, both in rupiah."""

    period: str
    paid: int
    sales: int


def waits_of(conn: Connection, period: str) -> MonthWaits:
    """Returns the sales of a month that wait for the office, and all returns that do."""
    waiting, waiting_sum = sales.waiting_in(conn, period)
    back = conn.execute(RETURNS_WAITING).one()
    return MonthWaits(waiting, waiting_sum, back.number, back.amount)


def month_stamp(conn: Connection, period: str) -> str:
    """Returns a text that changes with everything the bonuses of a month follow from."""
    sold = conn.execute(SOLD_SUMS, {"period": period}).one()
    members = conn.execute(MEMBER_SUMS).one()
    given = conn.execute(GIVEN_RANKS).scalar_one()
    merges = counters.read(conn, customers.MERGES_COUNTER)
    return " ".join(str(each) for each in (*sold, *members, given, merges))


def overpaid_months(conn: Connection) -> list[OverpaidMonth]:
    """Returns the closed months that paid more than they sold, the earliest first."""
    return [OverpaidMonth(*row) for row in conn.execute(OVERPAID)]
