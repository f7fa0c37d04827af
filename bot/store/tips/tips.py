"""Whose tip is due, what each member was given, and the figures that a tip speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Big, Instant, Words

__all__ = [
    "DueClock",
    "TipFigures",
    "due",
    "figures",
    "given",
    "key",
    "reader",
    "record",
    "rewind",
    "told",
]


@dataclass(frozen=True, slots=True)
class DueClock:
    """One tip clock that has run out, and whose it is.

    Attributes:
        user_id: where to write to; None while the member wants no tips or cannot be reached.
    """

    member_id: int
    hour: str
    due_at: datetime
    zone: str
    joined_at: datetime
    user_id: int | None


@dataclass(frozen=True, slots=True)
class TipFigures:
    """What the member sold.

    Attributes:
        sales_month: approved sales of the month.
        profit_month: price charged less member price, of these.
        points_month: points of these.
        customers_month: how many customers bought in these.
        best_product: the product sold most in these; empty where there are none.
        last_product: from the last sale, if approved or waiting; empty where there is none.
        last_sold_on: the day of that sale as YYYY-MM-DD; empty where there is none.
    """

    sales_month: int
    profit_month: int
    points_month: int
    customers_month: int
    best_product: str
    last_product: str
    last_sold_on: str


DUE = (
    text("""
    SELECT c.member_id, c.hour, c.due_at, m.zone, m.joined_at,
      (SELECT p.user_id FROM people AS p
       WHERE p.user_id = m.user_id AND p.reach = 'open' AND m.active = 1
         AND COALESCE((SELECT o.given FROM permissions AS o
                       WHERE o.member_id = m.id AND o.purpose = 'tips'
                       ORDER BY o.id DESC LIMIT 1), 1) = 1) AS user_id
    FROM tip_clocks AS c JOIN members AS m ON m.id = c.member_id
    WHERE c.due_at <= :now
    ORDER BY c.due_at LIMIT :limit
""")
    .bindparams(bindparam("now", type_=Instant))
    .columns(due_at=Instant, joined_at=Instant)
)

# A clock that its owner moved meanwhile is not touched.
REWIND = text("""
    UPDATE tip_clocks SET due_at = :next_at
    WHERE member_id = :member_id AND due_at = :due_at
""").bindparams(bindparam("next_at", type_=Instant), bindparam("due_at", type_=Instant))

# What expired or was not wanted any more surely never left, so it may be given another day.
GIVEN = text("""
    SELECT d.member_id, d.schedule, d.slot FROM deliveries AS d
    WHERE d.member_id IN :members AND d.state = 'queued'
      AND (d.schedule IN :lasting OR d.slot >= :since)
      AND NOT EXISTS (
        SELECT 1 FROM outbox AS o
        WHERE o.key = 'tip:' || d.schedule || ':' || d.slot || ':' || CAST(d.member_id AS TEXT)
          AND (o.state = 'expired' OR (o.state = 'failed' AND o.error = 'no longer wanted')))
""").bindparams(
    bindparam("members", expanding=True, type_=Big),
    bindparam("lasting", expanding=True, type_=Words),
)

RECORD = text("""
    INSERT INTO deliveries (member_id, schedule, slot, state, at)
    VALUES (:member_id, :slug, :slot, :state, :at)
    ON CONFLICT (schedule, slot, member_id) DO UPDATE SET state = excluded.state, at = excluded.at
    WHERE deliveries.state = 'missed'
""").bindparams(bindparam("at", type_=Instant))

READER = text("""
    SELECT p.user_id, p.language, m.title, m.name, m.zone, m.joined_at
    FROM tip_clocks AS c JOIN members AS m ON m.id = c.member_id
      JOIN people AS p ON p.user_id = m.user_id
    WHERE c.member_id = :member_id AND m.active = 1 AND p.reach = 'open'
""").columns(joined_at=Instant)

# Without the day this would read all that the member ever sold.
TOLD = (
    text("""
    SELECT seller_id, MAX(logged_at) AS told_at FROM sales
    WHERE seller_id IN :members AND sold_on >= :since GROUP BY seller_id
""")
    .bindparams(bindparam("members", expanding=True, type_=Big))
    .columns(told_at=Instant)
)

MONTH = text("""
    SELECT own_count, own_profit, own_points FROM volumes
    WHERE member_id = :member_id AND period = :period
""")

CUSTOMERS = text("""
    SELECT COUNT(DISTINCT customer_id) FROM sales
    WHERE seller_id = :member_id AND sold_on >= :since AND period = :period
      AND status = 'approved'
""")

BEST = text("""
    SELECT p.name FROM sales AS s JOIN sale_lines AS l ON l.sale_id = s.id
      JOIN products AS p ON p.id = l.product_id
    WHERE s.seller_id = :member_id AND s.sold_on >= :since AND s.period = :period
      AND s.status = 'approved'
    GROUP BY p.id, p.name ORDER BY SUM(l.quantity) DESC, p.id LIMIT 1
""")

LAST = text("""
    SELECT s.sold_on,
      (SELECT p.name FROM sale_lines AS l JOIN products AS p ON p.id = l.product_id
       WHERE l.sale_id = s.id ORDER BY l.id LIMIT 1) AS product
    FROM sales AS s
    WHERE s.seller_id = :member_id AND s.status IN ('waiting', 'approved')
    ORDER BY s.sold_on DESC, s.id DESC LIMIT 1
""")


def due(conn: Connection, now: datetime, limit: int) -> list[DueClock]:
    """The clocks that have run out, those that did so first in front."""
    return [DueClock(*row) for row in conn.execute(DUE, {"now": now, "limit": limit})]


def rewind(conn: Connection, clock: DueClock, next_at: datetime) -> bool:
    """Set a clock that has run out for its next turn; False where it was changed meanwhile."""
    facts = {"member_id": clock.member_id, "due_at": clock.due_at, "next_at": next_at}
    return conn.execute(REWIND, facts).rowcount == 1


def given(
    conn: Connection, members: Sequence[int], lasting: Sequence[str], since: date
) -> dict[int, list[tuple[str, date]]]:
    """Slug and local day of what these members were given.

    Args:
        conn: the books.
        members: whose.
        lasting: tips that are asked for however long ago; the others only from `since` on.
        since: a day before the turns in question.
    """
    wanted = {"members": list(members), "lasting": list(lasting), "since": since.isoformat()}
    found: dict[int, list[tuple[str, date]]] = {member: [] for member in members}
    for row in conn.execute(GIVEN, wanted):
        found[row.member_id].append((row.schedule, date.fromisoformat(row.slot)))
    return found


def told(conn: Connection, members: Sequence[int], since: date) -> dict[int, datetime]:
    """When each of these members last told a sale of this day or later, whatever came of it."""
    wanted = {"members": list(members), "since": since.isoformat()}
    return {row.seller_id: row.told_at for row in conn.execute(TOLD, wanted)}


def record(
    conn: Connection, clock: DueClock, slug: str, day: date, *, queued: bool, at: datetime
) -> None:
    """Write down that a tip goes to a member, or that its turn was missed."""
    row = {
        "member_id": clock.member_id,
        "slug": slug,
        "slot": day.isoformat(),
        "state": "queued" if queued else "missed",
        "at": at,
    }
    conn.execute(RECORD, row)


def key(slug: str, day: date, member_id: int) -> str:
    """The name of the letter that takes a tip to a member, the same for ever."""
    return f"tip:{slug}:{day.isoformat()}:{member_id}"


def reader(conn: Connection, member_id: int) -> Row[tuple[object, ...]] | None:
    """The member as a reader of tips; None for who cannot be reached."""
    return conn.execute(READER, {"member_id": member_id}).one_or_none()


def figures(conn: Connection, member_id: int, period: str, since: date) -> TipFigures:
    """What the member sold in a month and last.

    Args:
        conn: the books.
        member_id: the seller.
        period: the month.
        since: the first day on which a sale of that month can have been made.
    """
    wanted = {"member_id": member_id, "period": period, "since": since.isoformat()}
    month = conn.execute(MONTH, {"member_id": member_id, "period": period}).one_or_none()
    last = conn.execute(LAST, {"member_id": member_id}).one_or_none()
    return TipFigures(
        sales_month=month.own_count if month else 0,
        profit_month=month.own_profit if month else 0,
        points_month=month.own_points if month else 0,
        customers_month=conn.execute(CUSTOMERS, wanted).scalar_one(),
        best_product=conn.execute(BEST, wanted).scalar() or "",
        last_product=(last.product if last else None) or "",
        last_sold_on=last.sold_on if last else "",
    )
