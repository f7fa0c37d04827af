"""How often a text of each shape was unclear; no row says who wrote it, or any personal word.

The table has a ceiling: a new shape takes the place of the rarest, the oldest of those first.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from bot.core.understanding.text_shapes import Unclear

__all__ = ["SHAPES_MAX", "UnclearText", "count", "forget", "most_frequent"]

SHAPES_MAX = 2_000


@dataclass(frozen=True, slots=True)
class UnclearText:
    """A shape, and how often a text of it was unclear for one reason.

    Attributes:
        shape: listed words and kinds of others; see `bot.core.understanding.text_shapes`.
        why: the reason.
        times: since the first day.
        first_day: YYYY-MM-DD, by the company's time zone; so is the last.
        last_day: when it was counted last.
    """

    shape: str
    why: Unclear
    times: int
    first_day: str
    last_day: str


AGAIN = text("""
    UPDATE unclear_texts SET times = times + 1, last_day = :day WHERE shape = :shape AND why = :why
""")

STORED = text("SELECT COUNT(*) FROM unclear_texts")

MAKE_ROOM = text("""
    DELETE FROM unclear_texts WHERE (shape, why) IN (
      SELECT shape, why FROM unclear_texts ORDER BY times, last_day, shape, why LIMIT :surplus)
""")

# On PostgreSQL another unit may have added the shape meanwhile.
ADD = text("""
    INSERT INTO unclear_texts (shape, why, times, first_day, last_day)
    VALUES (:shape, :why, 1, :day, :day)
    ON CONFLICT (shape, why) DO UPDATE SET
      times = unclear_texts.times + 1, last_day = excluded.last_day
""")

MOST_FREQUENT = text("""
    SELECT shape, why, times, first_day, last_day FROM unclear_texts WHERE last_day >= :since
    ORDER BY times DESC, last_day DESC, shape, why LIMIT :limit
""")

FORGET = text("DELETE FROM unclear_texts WHERE last_day < :before")


def count(conn: Connection, shape: str, why: Unclear, day: str) -> None:
    """Count a text of this shape on a day (YYYY-MM-DD)."""
    row = {"shape": shape, "why": why, "day": day}
    if conn.execute(AGAIN, row).rowcount:
        return
    surplus = conn.execute(STORED).scalar_one() + 1 - SHAPES_MAX
    if surplus > 0:
        conn.execute(MAKE_ROOM, {"surplus": surplus})
    conn.execute(ADD, row)


def most_frequent(conn: Connection, since: str, limit: int) -> list[UnclearText]:
    """Returns the shapes seen on or after a day (YYYY-MM-DD), the most frequent first."""
    rows = conn.execute(MOST_FREQUENT, {"since": since, "limit": limit})
    return [UnclearText(*row) for row in rows]


def forget(conn: Connection, before: str) -> None:
    """Delete the shapes not seen since a day (YYYY-MM-DD)."""
    conn.execute(FORGET, {"before": before})
