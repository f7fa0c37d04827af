"""Whom the close of a month concerns, and how far they have been told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Flag, Instant

__all__ = ["concerned", "finish", "next_untold", "reach"]

UNTOLD = text("""
    SELECT period, ready_on, told_upto FROM periods
    WHERE state = 'closed' AND told_at IS NULL ORDER BY period LIMIT 1
""")

# Each part goes along an index in the order of the members and stop at the limit.
CONCERNED = text("""
    SELECT who.member_id, m.active, COALESCE(v.own_points, 0) AS points,
      COALESCE(v.own_profit, 0) AS profit, COALESCE(v.own_sales, 0) AS own_sales,
      COALESCE(v.group_sales, 0) AS group_sales, COALESCE(x.amount, 0) AS amount
    FROM (
        SELECT member_id FROM (
          SELECT member_id FROM volumes
          WHERE period = :period AND member_id > :above AND own_count > 0
          ORDER BY member_id LIMIT :limit) AS sold
        UNION
        SELECT member_id FROM (
          SELECT DISTINCT member_id FROM credits
          WHERE period = :period AND member_id > :above
          ORDER BY member_id LIMIT :limit) AS credited
        UNION
        SELECT member_id FROM (
          SELECT DISTINCT member_id FROM pool_shares
          WHERE period = :period AND member_id > :above
          ORDER BY member_id LIMIT :limit) AS sharing
      ) AS who
      JOIN members AS m ON m.id = who.member_id
      LEFT JOIN volumes AS v ON v.member_id = who.member_id AND v.period = :period
      LEFT JOIN postings AS x
        ON x.reference = 'bonus:' || :period || ':' || CAST(who.member_id AS TEXT)
    ORDER BY who.member_id LIMIT :limit
""").columns(active=Flag)

REACH = text("""
    UPDATE periods SET told_upto = :upto
    WHERE period = :period AND state = 'closed' AND told_upto < :upto
""")

FINISH = text("""
    UPDATE periods SET told_at = :at
    WHERE period = :period AND state = 'closed' AND told_at IS NULL
""").bindparams(bindparam("at", type_=Instant))

Found = Row[tuple[object, ...]]


def next_untold(conn: Connection) -> Found | None:
    """The earliest closed month of which somebody may not have been told."""
    return conn.execute(UNTOLD).one_or_none()


def concerned(conn: Connection, period: str, *, above: int, limit: int) -> Sequence[Found]:
    """The next members who sold or were credited in a month, with what it was for them."""
    wanted = {"period": period, "above": above, "limit": limit}
    return conn.execute(CONCERNED, wanted).all()


def reach(conn: Connection, period: str, upto: int) -> None:
    """Note that everybody up to this member has been told."""
    conn.execute(REACH, {"period": period, "upto": upto})


def finish(conn: Connection, period: str, at: datetime) -> None:
    """Note that nobody is left to be told."""
    conn.execute(FINISH, {"period": period, "at": at})
