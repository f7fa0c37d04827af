"""The months: which are open, being closed or closed, and what was sold in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from typing import Literal, NamedTuple, TypeAlias

from sqlalchemy import Connection, text

from bot.core.calendar.periods import next_period
from bot.core.plans import Snapshot, Version
from bot.core.plans.values import NOBODY
from bot.store.db import bulk
from bot.store.db.types import Instant
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = [
    "CompanySales",
    "MonthClosing",
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

RankHeld: TypeAlias = tuple[int, int, str]
"""The member, the points accumulated, and the rank's name."""


@dataclass(frozen=True, slots=True)
class MonthClosing:
    """The closing of one month, from its beginning on.

    Attributes:
        period: the month, as YYYY-MM.
        plan: the first month of the version of the plan under which it is closed.
        plan_digest: by which that version is recognized.
        ready_on: the day from which its bonuses can be taken, as YYYY-MM-DD.
        payees: the number of members paid so far.
        paid: what was paid so far, in rupiah.
        told_upto: the highest member id that was notified; 0 before the first.
        told_at: when all members had been notified.
        point_value: rupiah per unit of bonus value.
        cut: what caps took from the credits, in rupiah.
    """

    period: str
    state: Literal["closing", "closed"]
    plan: str
    plan_digest: str
    ready_on: str
    began_at: datetime
    closed_at: datetime | None
    payees: int
    paid: int
    told_upto: int
    told_at: datetime | None
    point_value: int
    cut: int


class CompanySales(NamedTuple):
    """What the whole company sold in a month.

    Attributes:
        sellers: the number of members who sold.
        sales: in rupiah.
        bonus: the bonus value, in rupiah.
        number: of sales.
    """

    sellers: int
    sales: int
    bonus: int
    number: int


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

# Months that were closed under a plan without ranks have no rows in `ranks`. Volumes without
# points add nothing, and their member may belong to a list that is still being imported.
PASSED = text("""
    SELECT v.member_id, CAST(SUM(v.group_points) AS BIGINT) AS points
    FROM periods AS p JOIN volumes AS v ON v.period = p.period
    WHERE p.state = 'closed' AND p.period > :held_in AND p.period < :period
      AND v.group_points <> 0
    GROUP BY v.member_id
""")

# A bonus depends on the team alone, so only the team is read. CROSS JOIN keeps SQLite to this
# order: newer versions would scan all members and look each up in the team.
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


def find(conn: Connection, period: str) -> MonthClosing | None:
    """Returns the closing of a month; None while it has not begun."""
    row = conn.execute(FIND, {"period": period}).one_or_none()
    return None if row is None else MonthClosing(*row)


def is_open(conn: Connection, period: str) -> bool:
    """Returns whether sales may still be added to a month or taken out of it."""
    return find(conn, period) is None


def open_period(conn: Connection, period: str) -> str:
    """Returns the month itself, or the first one after it that is still open."""
    while not is_open(conn, period):
        period = next_period(period)
    return period


def closing(conn: Connection) -> str | None:
    """Returns the month that is being closed; None if there is none."""
    found: str | None = conn.execute(CLOSING).scalar()
    return found


def latest_closed(conn: Connection, limit: int) -> Sequence[MonthClosing]:
    """Returns the last `limit` closed months, the newest first."""
    return [MonthClosing(*row) for row in conn.execute(LATEST_CLOSED, {"limit": limit})]


def first_unclosed(conn: Connection, since: str, before: str) -> str | None:
    """Returns the earliest month with sales that is not closed; None if there is none.

    Args:
        conn: the unit's connection.
        since: the first month to consider, such as the one with which the plan begins.
        before: the first month after those to consider.
    """
    wanted = {"since": since, "before": before}
    found: str | None = conn.execute(FIRST_UNCLOSED, wanted).scalar()
    return found


def snapshot(conn: Connection, period: str, version: Version) -> Snapshot:
    """Returns all members with their sales in a month, as far as a version of the plan needs."""
    wanted = {"period": period}
    ids, sponsors, active = _member_columns(bulk.rows_of(conn, MEMBERS, {}))
    places: dict[int | None, int] = dict(zip(ids, range(len(ids)), strict=True))
    nothing = [0] * len(ids)
    points, bonus, sales = nothing[:], nothing[:], nothing[:]
    sold: Iterable[tuple[int, int, int, int]] = bulk.rows_of(conn, SOLD, wanted)
    for member, its_points, its_bonus, its_sales in sold:
        place = places[member]
        points[place], bonus[place], sales[place] = its_points, its_bonus, its_sales
    customers, accumulated, titles = nothing, nothing, nothing
    if version.needs_customers:
        customers = nothing[:]
        bought: Iterable[tuple[int, int]] = bulk.rows_of(conn, BOUGHT, wanted)
        for member, number in bought:
            customers[places[member]] = number
    if version.ranks or version.accumulates:
        accumulated, titles = nothing[:], nothing[:]
        since = {"period": period, "held_in": _held_in(conn, period)}
        numbers = _numbers(version)
        held: Iterable[RankHeld] = bulk.rows_of(conn, HELD, {"held_in": since["held_in"]})
        for member, its_points, title in held:
            place = places[member]
            accumulated[place], titles[place] = its_points, numbers.get(title, 0)
        passed: Iterable[tuple[int, int]] = bulk.rows_of(conn, PASSED, since)
        for member, its_points in passed:
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
    """Returns a member and the whole team, with their sales in a month."""
    wanted = {"member_id": member_id, "period": period, "chain_max": CHAIN_MAX}
    found = conn.execute(TEAM_SNAPSHOT, {**wanted, "held_in": _held_in(conn, period)})
    numbers = _numbers(version)
    return Snapshot.of((*row[:-1], numbers.get(row[-1], 0)) for row in found)


def _held_in(conn: Connection, period: str) -> str:
    """Returns the latest month before this one for which ranks are stored; empty for none."""
    return conn.execute(HELD_IN, {"period": period}).scalar() or ""


def _numbers(version: Version) -> dict[str, int]:
    return {rank.slug: number for number, rank in enumerate(version.ranks, start=1)}


def _member_columns(
    rows: Iterable[tuple[int, int | None, int]],
) -> tuple[Sequence[int], Sequence[int | None], Sequence[int]]:
    """Returns the ids of all members, their sponsors, and whether they are active (1 or 0)."""
    ids, sponsors, active = list(zip(*rows, strict=True)) or ((), (), ())
    return ids, sponsors, active


def sales_of(conn: Connection, period: str) -> CompanySales:
    """Returns what the whole company sold in a month."""
    return CompanySales(*conn.execute(SALES_OF, {"period": period}).one())
