"""People without a sponsor who asked the office to call them."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["keep", "lead_with_phone", "new_leads", "settle_lead", "tell_leads"]

# A person who asks twice with the same number is still one call to make.
KEEP = text("""
    INSERT INTO leads (reference, user_id, name, phone, at)
    SELECT CAST(:reference AS TEXT), CAST(:user_id AS BIGINT), CAST(:name AS TEXT),
      CAST(:phone AS TEXT), :at
    WHERE NOT EXISTS (
      SELECT 1 FROM leads WHERE user_id = :user_id AND phone = :phone AND done_at IS NULL)
    ON CONFLICT (reference) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

WITH_PHONE = text("SELECT id FROM leads WHERE phone = :phone ORDER BY id DESC LIMIT 1")

NEW = text("SELECT count(*) FROM leads WHERE done_at IS NULL AND told = 0")

TELL = text("UPDATE leads SET told = 1 WHERE done_at IS NULL AND told = 0")

SETTLE = text("""
    UPDATE leads SET done_at = :at, done_by = :by WHERE id = :id AND done_at IS NULL
""").bindparams(bindparam("at", type_=Instant))


def lead_with_phone(conn: Connection, phone: str) -> int | None:
    """Returns the newest lead with this number, done or not."""
    number: int | None = conn.execute(WITH_PHONE, {"phone": phone}).scalar()
    return number


def new_leads(conn: Connection) -> int:
    """Returns how many leads no notice to the admins has counted."""
    count: int = conn.execute(NEW).scalar_one()
    return count


def tell_leads(conn: Connection) -> None:
    """Note that the admins have a notice of all leads so far."""
    conn.execute(TELL)


def settle_lead(conn: Connection, lead_id: int, by: int, at: datetime) -> bool:
    """Mark a lead as done; False if it was before, or there is none."""
    return conn.execute(SETTLE, {"id": lead_id, "by": by, "at": at}).rowcount == 1


def keep(
    conn: Connection, *, reference: str, user_id: int, name: str, phone: str, at: datetime
) -> None:
    """Store a name and a number for the office, once for each reference and number."""
    row = {"reference": reference, "user_id": user_id, "name": name, "phone": phone, "at": at}
    conn.execute(KEEP, row)
