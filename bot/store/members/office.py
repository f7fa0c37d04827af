"""What the office panel and the menu count, and the people who left a number."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, text

from bot.store.db.types import Instant

__all__ = ["Lead", "count_leads", "day_of", "lead", "leads"]


@dataclass(frozen=True, slots=True)
class Lead:
    """A person who left a name and a number; `done_at` is when an admin had called them."""

    id: int
    name: str
    phone: str
    at: datetime
    done_at: datetime | None = None


OWN_WAITING = text("""
    SELECT count(*) FROM sales WHERE seller_id = :member_id AND status = 'waiting'
""")

OWN_TODAY = text("""
    SELECT count(*) AS sold, CAST(coalesce(sum(total), 0) AS BIGINT) AS total
    FROM sales
    WHERE seller_id = :member_id AND sold_on = :today AND status IN ('waiting', 'approved')
""")

COUNT_LEADS = text("SELECT count(*) FROM leads WHERE done_at IS NULL")

LEADS = text("""
    SELECT id, name, phone, at, done_at FROM leads
    WHERE done_at IS NULL ORDER BY id DESC LIMIT :limit OFFSET :offset
""").columns(at=Instant, done_at=Instant)

LEAD = text("SELECT id, name, phone, at, done_at FROM leads WHERE id = :id").columns(
    at=Instant, done_at=Instant
)


def day_of(conn: Connection, member_id: int, today: date) -> tuple[int, int, int]:
    """Returns a seller's waiting sales, and the count and total (rupiah) of those of a day."""
    waiting: int = conn.execute(OWN_WAITING, {"member_id": member_id}).scalar_one()
    facts = {"member_id": member_id, "today": today.isoformat()}
    row = conn.execute(OWN_TODAY, facts).one()
    return waiting, row.sold, row.total


def count_leads(conn: Connection) -> int:
    """Returns the number of leads that are not done."""
    count: int = conn.execute(COUNT_LEADS).scalar_one()
    return count


def leads(conn: Connection, limit: int, offset: int) -> list[Lead]:
    """Returns a page of the leads that are not done, newest first."""
    rows = conn.execute(LEADS, {"limit": limit, "offset": offset})
    return [Lead(*row) for row in rows]


def lead(conn: Connection, lead_id: int) -> Lead | None:
    """Returns a lead, unless it is gone."""
    row = conn.execute(LEAD, {"id": lead_id}).one_or_none()
    return None if row is None else Lead(*row)
