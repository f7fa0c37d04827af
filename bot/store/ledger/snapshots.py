"""What members sold in a month, in the columns from which bonuses and ranks are calculated."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import TypeAlias

from sqlalchemy import Connection, text

from bot.core.plans import Snapshot, Version
from bot.core.plans.values import NOBODY
from bot.store.db import bulk
from bot.store.ledger import given_ranks, shut_months
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = ["of_company", "of_team"]

RankHeld: TypeAlias = tuple[int, int, str]
"""The member, the points accumulated, and the rank's name."""

# A member who has left is paid for the months up to that one.
MEMBERS = text("""
    SELECT m.id, m.sponsor_id,
      CASE WHEN m.active = 1 THEN 1 ELSE
        (SELECT COUNT(*) FROM departures AS d
         WHERE d.member_id = m.id AND d.suspended = 0 AND d.period >= :period) END AS active
    FROM members AS m
    WHERE (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
    ORDER BY m.id
""")

SOLD = text("""
    SELECT member_id, own_points, own_bonus, own_sales, sold_points, fixed_bonus, returned_points,
      returned_sold_points
    FROM volumes WHERE period = :period AND (own_count > 0 OR returned_points <> 0)
""")

# A sale of which nothing is left in its own month has no customer.
BOUGHT = text("""
    SELECT seller_id, COUNT(DISTINCT customer_id) AS customers FROM sales
    WHERE period = :period AND status = 'approved' AND customer_id IS NOT NULL
      AND id NOT IN (
        SELECT r.sale_id FROM returns AS r CROSS JOIN sales AS b
        WHERE r.period = :period AND b.id = r.sale_id
        GROUP BY r.sale_id, b.total HAVING SUM(r.amount) = b.total)
    GROUP BY seller_id
""")

HELD_IN = text("""
    SELECT p.period FROM periods AS p
    WHERE p.state = 'closed' AND p.period < :period
      AND EXISTS (SELECT 1 FROM ranks AS r WHERE r.period = p.period)
    ORDER BY p.period DESC LIMIT 1
""")

HELD = text("SELECT member_id, accumulated, title FROM ranks WHERE period = :held_in")

# What was brought along after the last month for which ranks are stored, which has the rest.
BROUGHT = text("""
    SELECT member_id, points, title FROM openings
    WHERE period > :held_in AND period <= :period
""")

# Months that were closed under a plan without ranks have no rows in `ranks`. Volumes without
# points add nothing, and their member may belong to a list that is still being imported.
PASSED = text("""
    SELECT v.member_id,
      CAST(SUM(v.group_points - v.returned_group_points) AS BIGINT) AS points
    FROM periods AS p JOIN volumes AS v ON v.period = p.period
    WHERE p.state = 'closed' AND p.period > :held_in AND p.period < :period
      AND (v.group_points <> 0 OR v.returned_group_points <> 0)
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
    SELECT m.id, m.sponsor_id,
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
      COALESCE(v.own_sales, 0) AS own_sales,
      CAST(COALESCE(r.accumulated, 0) + COALESCE((
        SELECT SUM(x.group_points - x.returned_group_points)
        FROM volumes AS x JOIN periods AS p ON p.period = x.period
        WHERE x.member_id = m.id AND x.period > :held_in AND x.period < :period
          AND p.state = 'closed'), 0) + COALESCE(o.points, 0) AS BIGINT) AS accumulated,
      COALESCE(v.sold_points, 0) AS sold_points, COALESCE(v.fixed_bonus, 0) AS fixed_bonus,
      COALESCE(v.returned_points, 0) AS returned,
      COALESCE(v.returned_sold_points, 0) AS returned_sold,
      COALESCE(r.title, o.title) AS title,
      (SELECT g.rank FROM given_ranks AS g WHERE g.member_id = m.id
        AND g.period <= :period ORDER BY g.period DESC, g.id DESC LIMIT 1) AS given
    FROM down CROSS JOIN members AS m
    LEFT JOIN volumes AS v ON v.member_id = m.id AND v.period = :period
    LEFT JOIN ranks AS r ON r.member_id = m.id AND r.period = :held_in
    LEFT JOIN openings AS o
      ON o.member_id = m.id AND o.period > :held_in AND o.period <= :period
    WHERE m.id = down.id
""")


def of_company(conn: Connection, period: str, version: Version) -> Snapshot:
    """Returns all members with their sales in a month, as far as a version of the plan needs.

    Of a month that is being closed it returns the members that it was shut with.
    """
    wanted = {"period": period}
    rows: Iterable[shut_months.MemberRow] = bulk.rows_of(conn, MEMBERS, wanted)
    shut = shut_months.find(conn, period)
    ids, sponsors, active = _member_columns(rows if shut is None else shut.members_of(rows))
    places: dict[int | None, int] = dict(zip(ids, range(len(ids)), strict=True))
    nothing = [0] * len(ids)
    points, bonus, sales, sold, fixed, back, sold_back = (nothing[:] for _ in range(7))
    volumes: Iterable[tuple[int, ...]] = bulk.rows_of(conn, SOLD, wanted)
    for member, *its, its_back, its_sold_back in volumes:
        place = places[member]
        points[place], bonus[place], sales[place], sold[place], fixed[place] = its
        back[place], sold_back[place] = its_back, its_sold_back
    customers, accumulated, titles, given = nothing, nothing, nothing, nothing
    if version.needs_customers:
        customers = nothing[:]
        bought: Iterable[tuple[int, int]] = bulk.rows_of(conn, BOUGHT, wanted)
        for member, number in bought:
            customers[places[member]] = number
    if version.ranks or version.accumulates:
        accumulated, titles, given = _rank_columns(conn, period, version, places)
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
        sold=sold,
        fixed=fixed,
        given=given,
        returned=back if any(back) else (),
        returned_sold=sold_back if any(sold_back) else (),
    )


def _rank_columns(
    conn: Connection, period: str, version: Version, places: dict[int | None, int]
) -> tuple[list[int], list[int], list[int]]:
    """Returns points of the months before, titles and given ranks, by the places of members."""
    accumulated, titles, given = ([0] * len(places) for _ in range(3))
    since = {"period": period, "held_in": _held_in(conn, period)}
    numbers = version.rank_numbers
    held: Iterable[RankHeld] = bulk.rows_of(conn, HELD, {"held_in": since["held_in"]})
    for member, its_points, title in held:
        place = places[member]
        accumulated[place], titles[place] = its_points, numbers.get(title, 0)
    brought: Iterable[RankHeld] = bulk.rows_of(conn, BROUGHT, since)
    for member, its_points, title in brought:
        place = places[member]
        accumulated[place] += its_points
        titles[place] = titles[place] or numbers.get(title, 0)
    passed: Iterable[tuple[int, int]] = bulk.rows_of(conn, PASSED, since)
    for member, its_points in passed:
        accumulated[places[member]] += its_points
    for member, rank in given_ranks.in_force(conn, period):
        given[places[member]] = numbers.get(rank, 0)
    return accumulated, titles, given


def of_team(conn: Connection, member_id: int, period: str, version: Version) -> Snapshot:
    """Returns a member and the whole team, with their sales in a month."""
    wanted = {"member_id": member_id, "period": period, "chain_max": CHAIN_MAX}
    found = conn.execute(TEAM_SNAPSHOT, {**wanted, "held_in": _held_in(conn, period)})
    numbers = version.rank_numbers
    return Snapshot.of(
        (*figures, numbers.get(title, 0), sold, fixed, numbers.get(given, 0), back, sold_back)
        for *figures, sold, fixed, back, sold_back, title, given in found
    )


def _held_in(conn: Connection, period: str) -> str:
    """Returns the latest month before this one for which ranks are stored; empty for none."""
    return conn.execute(HELD_IN, {"period": period}).scalar() or ""


def _member_columns(
    rows: Iterable[shut_months.MemberRow],
) -> tuple[Sequence[int], Sequence[int | None], Sequence[int]]:
    """Returns the ids of all members, their sponsors, and whether they are active (1 or 0)."""
    ids, sponsors, active = list(zip(*rows, strict=True)) or ((), (), ())
    return ids, sponsors, active
