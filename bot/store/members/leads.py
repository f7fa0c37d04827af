"""People without a sponsor who asked the office to call them."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["keep"]

# A person who asks twice with the same number is still one call to make.
KEEP = text("""
    INSERT INTO leads (reference, user_id, name, phone, at)
    SELECT CAST(:reference AS TEXT), CAST(:user_id AS BIGINT), CAST(:name AS TEXT),
      CAST(:phone AS TEXT), :at
    WHERE NOT EXISTS (SELECT 1 FROM leads WHERE user_id = :user_id AND phone = :phone)
    ON CONFLICT (reference) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))


def keep(
    conn: Connection, *, reference: str, user_id: int, name: str, phone: str, at: datetime
) -> None:
    """Store a name and a number for the office, once for each reference and number."""
    row = {"reference": reference, "user_id": user_id, "name": name, "phone": phone, "at": at}
    conn.execute(KEEP, row)
