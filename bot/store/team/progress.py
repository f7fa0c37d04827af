"""A group's points by month, and the first steps of a new member."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

__all__ = ["FIRST_SALES", "TeamProgress", "group_points", "progress"]

FIRST_SALES = 3
"""The number of approved sales that completes the first steps; more are not counted."""

MONTHS = text("""
    SELECT period, group_points FROM volumes
    WHERE member_id = :member_id AND period >= :first AND period <= :last
""")

# A tip whose message waits or may not have arrived is not received; one whose message is no
# longer in the outbox was sent long ago.
PROGRESS = text("""
    SELECT
      CASE WHEN EXISTS (
        SELECT 1 FROM deliveries AS d
        WHERE d.member_id = :member_id AND d.state = 'queued' AND NOT EXISTS (
          SELECT 1 FROM outbox AS o
          WHERE o.key = 'tip:' || d.schedule || ':' || d.slot || ':' || CAST(d.member_id AS TEXT)
            AND o.state <> 'sent')) THEN 1 ELSE 0 END AS tip,
      (SELECT COUNT(*) FROM (
        SELECT 1 FROM sales AS s
        WHERE s.seller_id = :member_id AND s.status IN ('waiting', 'approved')
        LIMIT 1) AS few) AS logged,
      (SELECT COUNT(*) FROM (
        SELECT 1 FROM sales AS s
        WHERE s.seller_id = :member_id AND s.status = 'approved'
        LIMIT :most) AS few) AS approved
""")


@dataclass(frozen=True, slots=True)
class TeamProgress:
    """The first steps: whether a tip arrived, whether a sale was logged, and approved sales."""

    tip: bool
    logged: bool
    approved: int


def group_points(conn: Connection, member_id: int, first: str, last: str) -> dict[str, int]:
    """Returns the points of a member's group by month, for months that have any."""
    facts = {"member_id": member_id, "first": first, "last": last}
    return {row.period: row.group_points for row in conn.execute(MONTHS, facts)}


def progress(conn: Connection, member_id: int) -> TeamProgress:
    """Returns the first steps of a member."""
    row = conn.execute(PROGRESS, {"member_id": member_id, "most": FIRST_SALES}).one()
    return TeamProgress(row.tip == 1, row.logged > 0, row.approved)
