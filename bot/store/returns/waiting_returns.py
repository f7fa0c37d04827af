"""Returns that the office has not decided on yet."""

from sqlalchemy import Connection, text

from bot.store.db.types import Flag, Instant
from bot.store.returns.returns import FROM_RETURNS, RETURN_COLUMNS, GoodsReturn

__all__ = ["count", "count_for", "page"]

RETURNS_WAITING = text(
    f"""SELECT {RETURN_COLUMNS} {FROM_RETURNS}
    WHERE r.state = 'waiting' AND r.id > :above ORDER BY r.id LIMIT :limit"""
).columns(asked_at=Instant, saleable=Flag)

RETURNS_WAITING_COUNT = text("SELECT count(*) FROM returns WHERE state = 'waiting'")

RETURNS_WAITING_FOR = text("""
    SELECT count(*) FROM returns AS r CROSS JOIN sales AS s CROSS JOIN members AS m
    WHERE r.state = 'waiting' AND s.id = r.sale_id AND m.id = s.seller_id
      AND coalesce(m.user_id, 0) <> :user_id
""")


def page(conn: Connection, above: int, limit: int) -> list[GoodsReturn]:
    """Returns the undecided returns with ids above `above`, the oldest first."""
    wanted = {"above": above, "limit": limit}
    return [GoodsReturn(*row) for row in conn.execute(RETURNS_WAITING, wanted)]


def count(conn: Connection) -> int:
    """Returns how many returns the office has not decided on."""
    found: int = conn.execute(RETURNS_WAITING_COUNT).scalar_one()
    return found


def count_for(conn: Connection, user_id: int) -> int:
    """Returns how many of them are not of the account's own sales."""
    found: int = conn.execute(RETURNS_WAITING_FOR, {"user_id": user_id}).scalar_one()
    return found
