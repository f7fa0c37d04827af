"""What is still open with a member, and so has to be settled before everything can be erased."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

__all__ = ["OpenMatters", "open_matters"]


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """What is still open with a member.

    Attributes:
        balance: of the wallet, in rupiah; below zero where the member owes the company.
        sales: sales that the office has not checked.
        returns: returns that the office has not checked.
        listed: rupiah on the newest list of payments, if that is not recorded.
        month: the first month that may still bring the member a bonus; empty for none.
    """

    balance: int
    sales: int
    returns: int
    listed: int
    month: str

    @property
    def anything(self) -> bool:
        """Whether anything is open; a list of payments is open only beside a balance."""
        return bool(self.balance or self.sales or self.returns or self.month)


OPEN_WITH = text("""
    SELECT
      COALESCE((SELECT a.balance FROM accounts AS a WHERE a.name = :wallet), 0) AS balance,
      (SELECT COUNT(*) FROM sales AS s
       WHERE s.seller_id = :member_id AND s.status = 'waiting') AS sales,
      (SELECT COUNT(*) FROM sales AS s JOIN returns AS r ON r.sale_id = s.id
       WHERE s.seller_id = :member_id AND r.state = 'waiting') AS returns,
      COALESCE((SELECT v.period FROM volumes AS v
       WHERE v.member_id = :member_id AND v.period >= :since AND v.period <= :upto
         AND (v.own_sales <> 0 OR v.group_points <> 0 OR v.group_sales <> 0)
         AND NOT EXISTS (SELECT 1 FROM periods AS p
                         WHERE p.period = v.period AND p.state = 'closed')
       ORDER BY v.period LIMIT 1), '') AS month
""")

LISTED_FOR = text("""
    SELECT l.amount FROM payout_list_lines AS l
    WHERE l.list_id = (SELECT MAX(x.id) FROM payout_lists AS x) AND l.member_id = :member_id
      AND NOT EXISTS (SELECT 1 FROM payouts AS p
                      WHERE p.member_id = l.member_id AND p.list_id >= l.list_id)
""")


def open_matters(conn: Connection, member_id: int, since: str, upto: str) -> OpenMatters:
    """Returns what is open with a member.

    Args:
        conn: the unit's connection.
        member_id: the member.
        since: the first month of the plan; empty if the company has none.
        upto: the last month for which the member can be paid.
    """
    facts = {
        "member_id": member_id,
        "wallet": f"member:{member_id}:wallet",
        "since": since or "9999-99",
        "upto": upto,
    }
    row = conn.execute(OPEN_WITH, facts).one()
    listed = conn.execute(LISTED_FOR, {"member_id": member_id}).scalar() or 0
    return OpenMatters(row.balance, row.sales, row.returns, listed, row.month)
