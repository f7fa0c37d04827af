"""Whether each posting comes from what it says: the sale, month, return or payout behind it."""

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, inspect, text

from bot.store.db.types import Words
from bot.store.ledger.causes import SHAPES

__all__ = ["faults"]

# Members' accounts count by their kind. A reversal goes the other way.
MISSHAPEN = text("""
    SELECT p.reference, p.amount, p.cause, s.name AS source, d.name AS destination
    FROM postings AS p
      JOIN accounts AS s ON s.id = p.source_id JOIN accounts AS d ON d.id = p.destination_id
    WHERE p.cause || ' ' ||
      CASE WHEN p.reverses IS NULL
        THEN CASE s.kind WHEN 'house' THEN s.name ELSE s.kind END
          || ' ' || CASE d.kind WHEN 'house' THEN d.name ELSE d.kind END
        ELSE CASE d.kind WHEN 'house' THEN d.name ELSE d.kind END
          || ' ' || CASE s.kind WHEN 'house' THEN s.name ELSE s.kind END
      END NOT IN :shapes
    ORDER BY p.id LIMIT 100
""").bindparams(
    bindparam("shapes", [" ".join(shape) for shape in sorted(SHAPES)], expanding=True, type_=Words)
)

MISREVERSED = text("""
    SELECT r.reference, o.reference AS original
    FROM postings AS r JOIN postings AS o ON o.id = r.reverses
    WHERE r.amount <> o.amount OR r.cause <> o.cause OR r.period <> o.period
      OR r.source_id <> o.destination_id OR r.destination_id <> o.source_id
      OR COALESCE(r.sale_id, 0) <> COALESCE(o.sale_id, 0)
      OR COALESCE(r.return_id, 0) <> COALESCE(o.return_id, 0)
      OR COALESCE(r.payout_id, 0) <> COALESCE(o.payout_id, 0)
      OR o.reverses IS NOT NULL OR r.cause NOT IN ('sale', 'return', 'payout')
    ORDER BY r.id LIMIT 100
""")

# Each half of a sale by itself, so that two false halves cannot make a right profit.
OF_SALES = text("""
    SELECT s.id, s.status, s.total, s.goods, s.seller_id, COALESCE(x.price, 0) AS price,
      COALESCE(x.spent, 0) AS spent, x.members, x.member_id
    FROM sales AS s LEFT JOIN (
      SELECT p.sale_id,
        CAST(SUM(CASE WHEN f.name = 'house:customers' THEN p.amount
                      WHEN t.name = 'house:customers' THEN -p.amount ELSE 0 END) AS BIGINT)
          AS price,
        CAST(SUM(CASE WHEN t.name = 'house:goods' THEN p.amount
                      WHEN f.name = 'house:goods' THEN -p.amount ELSE 0 END) AS BIGINT) AS spent,
        COUNT(DISTINCT COALESCE(f.member_id, t.member_id)) AS members,
        MIN(COALESCE(f.member_id, t.member_id)) AS member_id
      FROM postings AS p
        JOIN accounts AS f ON f.id = p.source_id JOIN accounts AS t ON t.id = p.destination_id
      WHERE p.sale_id IS NOT NULL GROUP BY p.sale_id
    ) AS x ON x.sale_id = s.id
    WHERE COALESCE(x.price, 0) <> CASE s.status WHEN 'approved' THEN s.total ELSE 0 END
      OR COALESCE(x.spent, 0) <> CASE s.status WHEN 'approved' THEN s.goods ELSE 0 END
      OR x.members > 1 OR x.member_id <> s.seller_id
    ORDER BY s.id LIMIT 100
""")

# What a confirmed return moves: the price and the goods of its pieces, and from each wallet what
# the return took from the member's credits. One that was taken back has moved both ways: price and
# goods come to nothing, and each wallet has what its credits got back. Others move nothing.
OF_RETURNS = text("""
    SELECT moved.return_id, moved.what, moved.member_id,
      CAST(SUM(moved.posted) AS BIGINT) AS posted, CAST(SUM(moved.due) AS BIGINT) AS due
    FROM (
      SELECT p.return_id,
        CASE WHEN 'house:customers' IN (f.name, t.name) THEN 'price'
             WHEN 'house:goods' IN (f.name, t.name) THEN 'goods' ELSE 'bonus' END AS what,
        COALESCE(f.member_id, t.member_id) AS member_id,
        CASE WHEN t.name = 'house:customers' OR f.name = 'house:goods' OR t.name = 'house:bonus'
          THEN p.amount ELSE -p.amount END AS posted, 0 AS due
      FROM postings AS p
        JOIN accounts AS f ON f.id = p.source_id JOIN accounts AS t ON t.id = p.destination_id
      WHERE p.cause = 'return'
      UNION ALL
      SELECT r.id, 'price', s.seller_id, 0, r.amount
      FROM returns AS r JOIN sales AS s ON s.id = r.sale_id WHERE r.state = 'confirmed'
      UNION ALL
      SELECT r.id, 'goods', s.seller_id, 0, r.goods
      FROM returns AS r JOIN sales AS s ON s.id = r.sale_id WHERE r.state = 'confirmed'
      UNION ALL
      SELECT x.return_id, 'bonus', c.member_id, 0, x.amount
      FROM credit_returns AS x JOIN credits AS c ON c.id = x.credit_id
      UNION ALL
      SELECT x.return_id, 'bonus', h.member_id, 0, x.amount
      FROM pool_returns AS x JOIN pool_shares AS h ON h.id = x.pool_share_id
      UNION ALL
      SELECT x.return_id, 'bonus', c.member_id, 0, -x.amount
      FROM restored_credits AS x JOIN credits AS c ON c.id = x.credit_id
      UNION ALL
      SELECT x.return_id, 'bonus', h.member_id, 0, -x.amount
      FROM restored_pool_shares AS x JOIN pool_shares AS h ON h.id = x.pool_share_id
    ) AS moved
    GROUP BY moved.return_id, moved.what, moved.member_id
    HAVING SUM(moved.posted) <> SUM(moved.due)
    ORDER BY moved.return_id, moved.member_id LIMIT 100
""")

OF_PAYOUTS = text("""
    SELECT moved.payout_id, moved.member_id, CAST(SUM(moved.posted) AS BIGINT) AS posted,
      CAST(SUM(moved.due) AS BIGINT) AS due
    FROM (
      SELECT p.payout_id, COALESCE(f.member_id, t.member_id) AS member_id,
        CASE WHEN p.reverses IS NULL THEN p.amount ELSE -p.amount END AS posted, 0 AS due
      FROM postings AS p
        JOIN accounts AS f ON f.id = p.source_id JOIN accounts AS t ON t.id = p.destination_id
      WHERE p.cause = 'payout'
      UNION ALL
      SELECT x.id, x.member_id, 0,
        CASE WHEN EXISTS (SELECT 1 FROM payout_reversals AS v WHERE v.payout_id = x.id)
          THEN 0 ELSE x.amount END
      FROM payouts AS x
    ) AS moved
    GROUP BY moved.payout_id, moved.member_id
    HAVING SUM(moved.posted) <> SUM(moved.due)
    ORDER BY moved.payout_id, moved.member_id LIMIT 100
""")

# What a member brought along is posted once, as its row says.
OF_OPENINGS = text("""
    SELECT moved.member_id, CAST(SUM(moved.posted) AS BIGINT) AS posted,
      CAST(SUM(moved.due) AS BIGINT) AS due
    FROM (
      SELECT a.member_id, p.amount AS posted, 0 AS due
      FROM postings AS p JOIN accounts AS a ON a.id = p.destination_id
      WHERE p.cause = 'opening'
      UNION ALL
      SELECT o.member_id, 0, o.amount FROM openings AS o
    ) AS moved
    GROUP BY moved.member_id
    HAVING SUM(moved.posted) <> SUM(moved.due)
    ORDER BY moved.member_id LIMIT 100
""")


def faults(conn: Connection) -> Iterator[str]:
    """Yields the postings that do not fit their cause, a sentence each for the operator.

    A copy by an earlier version, in which postings name no cause, is checked sale by sale; one in
    which no return could be taken back, without its returns.
    """
    if any(column["name"] == "cause" for column in inspect(conn).get_columns("postings")):
        yield from _of_causes(conn)
    if inspect(conn).has_table("openings"):
        yield from _of_openings(conn)
    for row in conn.execute(OF_SALES):
        due = (row.total, row.goods) if row.status == "approved" else (0, 0)
        yield (
            f"sale {row.id} ({row.status}) of member {row.seller_id}: its postings come to "
            f"{row.price} paid and {row.spent} for goods, not {due[0]} and {due[1]} of this member"
        )


def _of_causes(conn: Connection) -> Iterator[str]:
    for row in conn.execute(MISSHAPEN):
        yield (
            f"posting {row.reference}: {row.amount} from {row.source} to {row.destination} is "
            f"nothing that the cause {row.cause} moves"
        )
    for row in conn.execute(MISREVERSED):
        yield f"posting {row.reference} is no reversal of {row.original}"
    can_take_back = inspect(conn).has_table("return_reversals")
    for row in conn.execute(OF_RETURNS) if can_take_back else ():
        yield (
            f"return {row.return_id}: {row.posted} is posted for the {row.what} of member "
            f"{row.member_id}, not {row.due}"
        )
    for row in conn.execute(OF_PAYOUTS):
        yield (
            f"payout {row.payout_id}: {row.posted} is posted for member {row.member_id}, "
            f"not {row.due}"
        )


def _of_openings(conn: Connection) -> Iterator[str]:
    for row in conn.execute(OF_OPENINGS):
        yield (f"opening balance of member {row.member_id}: {row.posted} is posted, not {row.due}")
