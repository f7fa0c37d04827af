"""One member's month by the counters alone, without reading the team."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from bot.core.plans import Snapshot, Version

__all__ = ["OwnMonth", "own_month"]

# The same figures as of a whole team, for its head alone.
OWN = text("""
    SELECT m.id,
      CASE WHEN m.active = 1 THEN 1 ELSE
        (SELECT COUNT(*) FROM departures AS d
         WHERE d.member_id = m.id AND d.suspended = 0 AND d.period >= :period) END AS active,
      COALESCE(v.own_points, 0) AS own_points,
      COALESCE(v.own_bonus, 0) AS own_bonus,
      (SELECT COUNT(DISTINCT s.customer_id) FROM sales AS s
       WHERE s.period = :period AND s.seller_id = m.id AND s.status = 'approved'
         AND s.customer_id IS NOT NULL
         AND (NOT EXISTS (SELECT 1 FROM returns AS b WHERE b.sale_id = s.id)
           OR COALESCE((SELECT SUM(CASE WHEN b.period = s.period THEN b.amount ELSE 0 END)
                        FROM returns AS b WHERE b.sale_id = s.id), 0) < s.total)
       ) AS customers,
      COALESCE(v.own_sales, 0) AS own_sales, COALESCE(v.sold_points, 0) AS sold_points,
      (SELECT g.rank FROM given_ranks AS g WHERE g.member_id = m.id AND g.period <= :period
       ORDER BY g.period DESC, g.id DESC LIMIT 1) AS given,
      COALESCE(v.fixed_bonus, 0) AS fixed_bonus, COALESCE(v.group_points, 0) AS group_points,
      CAST(COALESCE(r.accumulated, 0) + COALESCE((
        SELECT SUM(x.group_points - x.returned_group_points)
        FROM volumes AS x JOIN periods AS p ON p.period = x.period
        WHERE x.member_id = m.id AND x.period > :held_in AND x.period < :period
          AND p.state = 'closed'), 0) + COALESCE(o.points, 0) AS BIGINT) AS accumulated,
      COALESCE(v.returned_points, 0) AS returned,
      COALESCE(v.returned_sold_points, 0) AS returned_sold,
      COALESCE(v.returned_group_points, 0) AS returned_group,
      COALESCE(r.title, o.title) AS title
    FROM members AS m
    LEFT JOIN volumes AS v ON v.member_id = m.id AND v.period = :period
    LEFT JOIN ranks AS r ON r.member_id = m.id AND r.period = :held_in
    LEFT JOIN openings AS o
      ON o.member_id = m.id AND o.period > :held_in AND o.period <= :period
    WHERE m.id = :member_id
""")

HELD_IN = text("""
    SELECT r.period FROM periods AS p JOIN ranks AS r
      ON r.period = p.period AND r.member_id = :member_id
    WHERE p.state = 'closed' AND p.period < :period ORDER BY p.period DESC LIMIT 1
""")


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """A member alone in a month.

    Attributes:
        snapshot: the member's own figures, as a plan takes them.
        group_points: points of the month of the member and everyone below.
        returned_group: points of closed months that came back to these members in the month.
    """

    snapshot: Snapshot
    group_points: int
    returned_group: int


def own_month(conn: Connection, member_id: int, period: str, version: Version) -> OwnMonth:
    """Returns a member's month without the team."""
    wanted = {"member_id": member_id, "period": period}
    held_in = conn.execute(HELD_IN, wanted).scalar() or ""
    row = conn.execute(OWN, {**wanted, "held_in": held_in}).one()
    figures = (row.own_points, row.own_bonus, row.customers, row.own_sales, row.accumulated)
    title, given = (version.rank_numbers.get(slug, 0) for slug in (row.title, row.given))
    more = (title, row.sold_points, row.fixed_bonus, given, row.returned, row.returned_sold)
    alone = Snapshot.of([(row.id, None, row.active, *figures, *more)])
    return OwnMonth(alone, row.group_points, row.returned_group)
