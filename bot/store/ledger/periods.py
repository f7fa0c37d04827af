"""The months: which are open, being closed or closed, and what was sold in them."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, Row, text

from bot.core.calendar.periods import next_period
from bot.core.plans import Snapshot, Version
from bot.core.plans.values import NOBODY
from bot.store.db import bulk
from bot.store.db.types import Instant
from bot.store.ledger.volumes import CHAIN_MAX

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
      told_upto, told_at, point_value, cut
    FROM periods WHERE period = :period
""").columns(began_at=Instant, closed_at=Instant, told_at=Instant)

LATEST_CLOSED = text("""
    SELECT period, state, plan, plan_digest, ready_on, began_at, closed_at, payees, paid,
      told_upto, told_at, point_value, cut
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

MEMBERS = text("""
    SELECT id, sponsor_id, active FROM members
    WHERE (import_id IS NULL OR import_id IN (SELECT id FROM imports WHERE state = 'done'))
    ORDER BY id
""")

SOLD = text("""
    SELECT member_id, own_points, own_bonus, own_sales
    FROM volumes WHERE period = :period AND own_count > 0
""")

BOUGHT = text("""
    SELECT seller_id, COUNT(DISTINCT customer_id) AS customers FROM sales
    WHERE period = :period AND status = 'approved' AND customer_id IS NOT NULL
    GROUP BY seller_id
""")

HELD_IN = text("""
    SELECT p.period FROM periods AS p
    WHERE p.state = 'closed' AND p.period < :period
      AND EXISTS (SELECT 1 FROM ranks AS r WHERE r.period = p.period)
    ORDER BY p.period DESC LIMIT 1
""")

HELD = text("SELECT member_id, accumulated, title FROM ranks WHERE period = :held_in")

# Months that were closed under a plan without ranks left no rows behind. Without points there is
# nothing to add, and the member may be one of a list that is still being taken over.
PASSED = text("""
    SELECT v.member_id, CAST(SUM(v.group_points) AS BIGINT) AS points
    FROM periods AS p JOIN volumes AS v ON v.period = p.period
    WHERE p.state = 'closed' AND p.period > :held_in AND p.period < :period
      AND v.group_points <> 0
    GROUP BY v.member_id
""")

# A bonus follows from the team alone, so the team is enough to look at. CROSS JOIN keeps SQLite to
# this order: newer versions would rather go through all members and look each up in the team.
TEAM_SNAPSHOT = text("""
    WITH RECURSIVE down (id, depth) AS (
      SELECT CAST(:member_id AS BIGINT), 0
      UNION ALL
      SELECT m.id, down.depth + 1 FROM down JOIN members AS m ON m.sponsor_id = down.id
      WHERE down.depth < :chain_max
    )
    SELECT m.id, m.sponsor_id, m.active, COALESCE(v.own_points, 0) AS own_points,
      COALESCE(v.own_bonus, 0) AS own_bonus,
      (SELECT COUNT(DISTINCT s.customer_id) FROM sales AS s
       WHERE s.period = :period AND s.seller_id = m.id AND s.status = 'approved'
         AND s.customer_id IS NOT NULL) AS customers,
      COALESCE(v.own_sales, 0) AS own_sales,
      CAST(COALESCE(r.accumulated, 0) + COALESCE((
        SELECT SUM(x.group_points) FROM volumes AS x JOIN periods AS p ON p.period = x.period
        WHERE x.member_id = m.id AND x.period > :held_in AND x.period < :period
          AND p.state = 'closed'), 0) AS BIGINT) AS accumulated,
      r.title
    FROM down CROSS JOIN members AS m
    LEFT JOIN volumes AS v ON v.member_id = m.id AND v.period = :period
    LEFT JOIN ranks AS r ON r.member_id = m.id AND r.period = :held_in
    WHERE m.id = down.id
""")

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


def snapshot(conn: Connection, period: str, version: Version) -> Snapshot:
    """All members and what they sold in a month, as far as a version of the plan goes by it."""
    wanted = {"period": period}
    ids, sponsors, active = _columns(bulk.rows_of(conn, MEMBERS, {}), 3)
    places = dict(zip(ids, range(len(ids)), strict=True))
    nothing = [0] * len(ids)
    points, bonus, sales = nothing[:], nothing[:], nothing[:]
    for member, its_points, its_bonus, its_sales in bulk.rows_of(conn, SOLD, wanted):
        place = places[member]
        points[place], bonus[place], sales[place] = its_points, its_bonus, its_sales
    customers, accumulated, titles = nothing, nothing, nothing
    if version.needs_customers:
        customers = nothing[:]
        for member, number in bulk.rows_of(conn, BOUGHT, wanted):
            customers[places[member]] = number
    if version.ranks or version.accumulates:
        accumulated, titles = nothing[:], nothing[:]
        since = {"period": period, "held_in": _held_in(conn, period)}
        numbers = _numbers(version)
        for member, its_points, title in bulk.rows_of(conn, HELD, {"held_in": since["held_in"]}):
            place = places[member]
            accumulated[place], titles[place] = its_points, numbers.get(title, 0)
        for member, its_points in bulk.rows_of(conn, PASSED, since):
            accumulated[places[member]] += its_points
    return Snapshot(
        ids=ids,
        sponsors=list(map(places.get, sponsors, repeat(NOBODY))),
        active=list(map(bool, active)),
        points=points,
        bonus=bonus,
        customers=customers,
        sales=sales,
        accumulated=accumulated,
        titles=titles,
    )


def team_snapshot(conn: Connection, member_id: int, period: str, version: Version) -> Snapshot:
    """A member with the whole team, and what they sold in a month."""
    wanted = {"member_id": member_id, "period": period, "chain_max": CHAIN_MAX}
    found = conn.execute(TEAM_SNAPSHOT, {**wanted, "held_in": _held_in(conn, period)})
    numbers = _numbers(version)
    return Snapshot.of((*row[:-1], numbers.get(row[-1], 0)) for row in found)


def _held_in(conn: Connection, period: str) -> str:
    """The latest month before this one for which ranks are kept; empty for none."""
    return conn.execute(HELD_IN, {"period": period}).scalar() or ""


def _numbers(version: Version) -> dict[str, int]:
    return {rank.slug: number for number, rank in enumerate(version.ranks, start=1)}


def _columns(rows: Iterable[tuple[Any, ...]], number: int) -> list[tuple[Any, ...]]:
    return list(zip(*rows, strict=True)) or [()] * number


def sales_of(conn: Connection, period: str) -> Standing:
    """What the whole company sold in a month: sellers, number, rupiah and bonus value."""
    return conn.execute(SALES_OF, {"period": period}).one()
