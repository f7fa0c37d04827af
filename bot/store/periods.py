"""The months: which are open, being closed or closed, and what was sold in them."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, text

from bot.core.periods import next_period
from bot.core.plans import Snapshot
from bot.store.types import Flag, Instant
from bot.store.volumes import CHAIN_MAX

__all__ = [
    "Standing",
    "closing",
    "find",
    "first_unclosed",
    "is_open",
    "latest_closed",
    "open_period",
    "sales_of",
    "snapshot",
    "team_snapshot",
]

Standing = Row[tuple[object, ...]]

FIND = text("""
    SELECT period, state, plan, plan_digest, ready_on, began_at, closed_at, payees, paid,
      told_upto, told_at
    FROM periods WHERE period = :period
""").columns(began_at=Instant, closed_at=Instant, told_at=Instant)

LATEST_CLOSED = text("""
    SELECT period, state, plan, plan_digest, ready_on, began_at, closed_at, payees, paid,
      told_upto, told_at
    FROM periods WHERE state = 'closed' ORDER BY period DESC LIMIT :limit
""").columns(began_at=Instant, closed_at=Instant, told_at=Instant)

CLOSING = text("SELECT period FROM periods WHERE state = 'closing' ORDER BY period LIMIT 1")

FIRST_UNCLOSED = text("""
    SELECT v.period
    FROM (SELECT DISTINCT period FROM volumes
          WHERE period >= :since AND period < :before AND own_count > 0) AS v
    WHERE NOT EXISTS (
      SELECT 1 FROM periods AS p WHERE p.period = v.period AND p.state = 'closed')
    ORDER BY v.period LIMIT 1
""")

SNAPSHOT = text("""
    SELECT m.id, m.sponsor_id, m.active, COALESCE(v.own_points, 0) AS own_points,
      COALESCE(v.own_bonus, 0) AS own_bonus
    FROM members AS m
    LEFT JOIN volumes AS v ON v.member_id = m.id AND v.period = :period
""").columns(active=Flag)

# A bonus follows from the team alone, so the team is enough to look at.
TEAM_SNAPSHOT = text("""
    WITH RECURSIVE down (id, depth) AS (
      SELECT CAST(:member_id AS BIGINT), 0
      UNION ALL
      SELECT m.id, down.depth + 1 FROM down JOIN members AS m ON m.sponsor_id = down.id
      WHERE down.depth < :chain_max
    )
    SELECT m.id, m.sponsor_id, m.active, COALESCE(v.own_points, 0) AS own_points,
      COALESCE(v.own_bonus, 0) AS own_bonus
    FROM down JOIN members AS m ON m.id = down.id
    LEFT JOIN volumes AS v ON v.member_id = m.id AND v.period = :period
""").columns(active=Flag)

SALES_OF = text("""
    SELECT COUNT(*) AS sellers, CAST(COALESCE(SUM(own_sales), 0) AS BIGINT) AS sales,
      CAST(COALESCE(SUM(own_bonus), 0) AS BIGINT) AS bonus,
      CAST(COALESCE(SUM(own_count), 0) AS BIGINT) AS number
    FROM volumes WHERE period = :period AND own_count > 0
""")


def find(conn: Connection, period: str) -> Standing | None:
    """How far the closing of a month is; None while it has not begun."""
    return conn.execute(FIND, {"period": period}).one_or_none()


def is_open(conn: Connection, period: str) -> bool:
    """Whether sales may still come into a month, or go out of it."""
    return find(conn, period) is None


def open_period(conn: Connection, period: str) -> str:
    """The month itself, or the first one after it that is still open."""
    while not is_open(conn, period):
        period = next_period(period)
    return period


def closing(conn: Connection) -> str | None:
    """The month that is being closed at this moment."""
    found: str | None = conn.execute(CLOSING).scalar()
    return found


def latest_closed(conn: Connection, limit: int) -> Sequence[Standing]:
    """The months that are closed, the newest first."""
    return conn.execute(LATEST_CLOSED, {"limit": limit}).all()


def first_unclosed(conn: Connection, since: str, before: str) -> str | None:
    """The earliest month in which something was sold and that is not closed.

    Args:
        conn: the books.
        since: the first month that is looked at, as that with which the plan begins.
        before: the first one that is not.
    """
    wanted = {"since": since, "before": before}
    found: str | None = conn.execute(FIRST_UNCLOSED, wanted).scalar()
    return found


def snapshot(conn: Connection, period: str) -> Snapshot:
    """All members and what they sold in a month."""
    return Snapshot.of(tuple(row) for row in conn.execute(SNAPSHOT, {"period": period}))


def team_snapshot(conn: Connection, member_id: int, period: str) -> Snapshot:
    """A member with the whole team, and what they sold in a month."""
    wanted = {"member_id": member_id, "period": period, "chain_max": CHAIN_MAX}
    return Snapshot.of(tuple(row) for row in conn.execute(TEAM_SNAPSHOT, wanted))


def sales_of(conn: Connection, period: str) -> Standing:
    """What the whole company sold in a month: sellers, number, rupiah and bonus value."""
    return conn.execute(SALES_OF, {"period": period}).one()
