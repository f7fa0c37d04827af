"""The members whom the closing of a month concerns, and how many of them have been notified."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Flag, Instant

__all__ = ["ConcernedMember", "UnannouncedMonth", "concerned", "finish", "next_untold", "reach"]


@dataclass(frozen=True, slots=True)
class UnannouncedMonth:
    """A closed month about which not all members have been notified.

    Attributes:
        ready_on: the day from which its bonus can be taken, as YYYY-MM-DD.
        told_upto: the highest member id that was notified; 0 before the first.
    """

    period: str
    ready_on: str
    told_upto: int


@dataclass(frozen=True, slots=True)
class ConcernedMember:
    """A member who sold or was credited in a month.

    Attributes:
        points: the member's own.
        profit: retail profit in rupiah.
        own_sales: in rupiah.
        group_sales: of the member and the whole team, in rupiah.
        amount: the bonus paid, in rupiah.
    """

    member_id: int
    active: bool
    points: int
    profit: int
    own_sales: int
    group_sales: int
    amount: int


UNTOLD = text("""
    SELECT period, ready_on, told_upto FROM periods
    WHERE state = 'closed' AND told_at IS NULL ORDER BY period LIMIT 1
""")

# Both halves read an index in the order of the members and stop at the limit.
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


def next_untold(conn: Connection) -> UnannouncedMonth | None:
    """Returns the earliest closed month that is not announced to all members it concerns."""
    row = conn.execute(UNTOLD).one_or_none()
    return None if row is None else UnannouncedMonth(*row)


def concerned(
    conn: Connection, period: str, *, above: int, limit: int
) -> Sequence[ConcernedMember]:
    """Returns the next members who sold or were credited in a month, by id from `above` on."""
    wanted = {"period": period, "above": above, "limit": limit}
    return [ConcernedMember(*row) for row in conn.execute(CONCERNED, wanted)]


def reach(conn: Connection, period: str, upto: int) -> None:
    """Note that all members up to this id have been notified."""
    conn.execute(REACH, {"period": period, "upto": upto})


def finish(conn: Connection, period: str, at: datetime) -> None:
    """Note that all members have been notified."""
    conn.execute(FINISH, {"period": period, "at": at})
