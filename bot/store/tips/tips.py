"""Due tips, past deliveries, and the figures that tips mention."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big, Instant, Words

__all__ = [
    "DueTip",
    "TipFigures",
    "TipReader",
    "delivered",
    "due",
    "figures",
    "key",
    "last_logged",
    "reader",
    "record",
    "reschedule",
]


@dataclass(frozen=True, slots=True)
class DueTip:
    """A member whose next tip is due.

    Attributes:
        hour: the local time of the tip, HH:MM.
        user_id: the account; None while the member refuses tips or cannot be reached.
    """

    member_id: int
    hour: str
    due_at: datetime
    zone: str
    joined_at: datetime
    user_id: int | None


@dataclass(frozen=True, slots=True)
class TipFigures:
    """What a member sold.

    Attributes:
        sales_month: the number of approved sales of the month.
        profit_month: their prices less the member prices, in rupiah.
        points_month: points of those that customers bought.
        customers_month: the number of their customers.
        best_product: the product sold most in them; empty if there are none.
        last_product: the first line of the last approved or waiting sale; empty if there is none.
        last_sold_on: the day of that sale, YYYY-MM-DD; empty if there is none.
    """

    sales_month: int
    profit_month: int
    points_month: int
    customers_month: int
    best_product: str
    last_product: str
    last_sold_on: str


@dataclass(frozen=True, slots=True)
class TipReader:
    """A reachable member, as the reader of a tip."""

    user_id: int
    language: str
    title: str
    name: str
    zone: str
    joined_at: datetime


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

# A tip hour that the member changed meanwhile is left as it is.
RESCHEDULE = text("""
    UPDATE tip_clocks SET due_at = :next_at
    WHERE member_id = :member_id AND due_at = :due_at
""").bindparams(bindparam("next_at", type_=Instant), bindparam("due_at", type_=Instant))

# A tip that expired or was withheld was certainly not sent, so it may come another day.
DELIVERED = text("""
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

# Without the day this would read every sale the member ever made.
LAST_LOGGED = (
    text("""
    SELECT seller_id, MAX(logged_at) AS last_logged_at FROM sales
    WHERE seller_id IN :members AND sold_on >= :since GROUP BY seller_id
""")
    .bindparams(bindparam("members", expanding=True, type_=Big))
    .columns(last_logged_at=Instant)
)

MONTH = text("""
    SELECT own_count, own_profit, sold_points FROM volumes
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


def due(conn: Connection, now: datetime, limit: int) -> list[DueTip]:
    """Returns the members whose tip is due, the longest overdue first."""
    return [DueTip(*row) for row in conn.execute(DUE, {"now": now, "limit": limit})]


def reschedule(conn: Connection, clock: DueTip, next_at: datetime) -> bool:
    """Set when the next tip is due; returns False if the member changed the hour meanwhile."""
    facts = {"member_id": clock.member_id, "due_at": clock.due_at, "next_at": next_at}
    return conn.execute(RESCHEDULE, facts).rowcount == 1


def delivered(
    conn: Connection, members: Sequence[int], lasting: Sequence[str], since: date
) -> dict[int, list[tuple[str, date]]]:
    """Returns slug and local day of the tips delivered to each of these members.

    Args:
        conn: the connection.
        members: their ids.
        lasting: slugs of tips returned whatever their day; the others only from `since` on.
        since: the first day of those.
    """
    wanted = {"members": list(members), "lasting": list(lasting), "since": since.isoformat()}
    found: dict[int, list[tuple[str, date]]] = {member: [] for member in members}
    for row in conn.execute(DELIVERED, wanted):
        found[row.member_id].append((row.schedule, date.fromisoformat(row.slot)))
    return found


def last_logged(conn: Connection, members: Sequence[int], since: date) -> dict[int, datetime]:
    """Returns when each member last logged a sale of this day or later, whatever its status."""
    wanted = {"members": list(members), "since": since.isoformat()}
    return {row.seller_id: row.last_logged_at for row in conn.execute(LAST_LOGGED, wanted)}


def record(
    conn: Connection, clock: DueTip, slug: str, day: date, *, queued: bool, at: datetime
) -> None:
    """Store that a tip is queued for a member, or that its day was missed."""
    row = {
        "member_id": clock.member_id,
        "slug": slug,
        "slot": day.isoformat(),
        "state": "queued" if queued else "missed",
        "at": at,
    }
    conn.execute(RECORD, row)


def key(slug: str, day: date, member_id: int) -> str:
    """Returns the unique key of the outbox message with this tip for this member."""
    return f"tip:{slug}:{day.isoformat()}:{member_id}"


def reader(conn: Connection, member_id: int) -> TipReader | None:
    """Returns the member as a reader of tips; None if suspended or unreachable."""
    row = conn.execute(READER, {"member_id": member_id}).one_or_none()
    return None if row is None else TipReader(*row)


def figures(conn: Connection, member_id: int, period: str, since: date) -> TipFigures:
    """Returns what a member sold in a month, and the last sale.

    Args:
        conn: the connection.
        member_id: the seller.
        period: the month, YYYY-MM.
        since: the first day on which a sale of that month can have been made.
    """
    wanted = {"member_id": member_id, "period": period, "since": since.isoformat()}
    month = conn.execute(MONTH, {"member_id": member_id, "period": period}).one_or_none()
    last = conn.execute(LAST, {"member_id": member_id}).one_or_none()
    return TipFigures(
        sales_month=month.own_count if month else 0,
        profit_month=month.own_profit if month else 0,
        points_month=month.sold_points if month else 0,
        customers_month=conn.execute(CUSTOMERS, wanted).scalar_one(),
        best_product=conn.execute(BEST, wanted).scalar() or "",
        last_product=(last.product if last else None) or "",
        last_sold_on=last.sold_on if last else "",
    )
