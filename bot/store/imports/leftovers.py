"""Empties the staged members of interrupted imports, which were never visible.

They are not deleted: checking which rows refer to a member takes long in a large company. An empty
member belongs to the import 0, which is never done.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big, Instant

__all__ = ["any_left", "empty_some", "mark_abandoned"]

ANY_LEFT = text("""
    SELECT 1 FROM imports AS i
    WHERE i.state = 'open' AND i.touched_at <= :before
      OR i.state = 'lost' AND EXISTS (SELECT 1 FROM members AS m WHERE m.import_id = i.id)
      OR i.state <> 'open' AND EXISTS (SELECT 1 FROM import_teams AS g WHERE g.import_id = i.id)
      OR i.state <> 'open' AND EXISTS (SELECT 1 FROM import_months AS g WHERE g.import_id = i.id)
    LIMIT 1
""").bindparams(bindparam("before", type_=Instant))

MARK_ABANDONED = text("""
    UPDATE imports SET state = 'lost' WHERE state = 'open' AND touched_at <= :before
""").bindparams(bindparam("before", type_=Instant))

LEFT_OVER = text("""
    SELECT id FROM members
    WHERE import_id IN (SELECT id FROM imports WHERE state = 'lost')
    ORDER BY import_id, id LIMIT :limit
""")

FORGET_WORDS = text("DELETE FROM member_words WHERE member_id IN :ids").bindparams(
    bindparam("ids", expanding=True, type_=Big)
)
FORGET_TEAMS = text("DELETE FROM teams WHERE member_id IN :ids").bindparams(
    bindparam("ids", expanding=True, type_=Big)
)
FORGET_MONTHS = text("DELETE FROM volumes WHERE member_id IN :ids").bindparams(
    bindparam("ids", expanding=True, type_=Big)
)

EMPTY = text("""
    UPDATE members SET reference = 'spare:' || CAST(id AS TEXT),
      code = 'spare:' || CAST(id AS TEXT), phone = 'spare:' || CAST(id AS TEXT),
      number = NULL, name = '', sponsor_id = NULL, joined_at = 0, import_id = 0
    WHERE id IN :ids
""").bindparams(bindparam("ids", expanding=True, type_=Big))


def any_left(conn: Connection, before: datetime) -> bool:
    """Returns whether there is a row to empty, or an open import not touched after `before`."""
    return conn.execute(ANY_LEFT, {"before": before}).first() is not None


def mark_abandoned(conn: Connection, before: datetime) -> bool:
    """Mark open imports not touched after `before` as lost; returns whether there were any."""
    return conn.execute(MARK_ABANDONED, {"before": before}).rowcount > 0


def empty_some(conn: Connection, limit: int) -> int:
    """Empty some members of lost imports; returns how many, 0 when none are left."""
    ids = conn.execute(LEFT_OVER, {"limit": limit}).scalars().all()
    if ids:
        for statement in (FORGET_WORDS, FORGET_TEAMS, FORGET_MONTHS, EMPTY):
            conn.execute(statement, {"ids": ids})
    return len(ids)
