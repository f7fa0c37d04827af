"""Lines of earlier lists that were perhaps paid, and are not recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, text

from bot.store.db.types import Instant

__all__ = ["LISTS_SHOWN_MAX", "OpenList", "line_of", "open_lists"]

LISTS_SHOWN_MAX: Final = 3
LISTS_LOOKED_AT: Final = 6
"""The newest lists; the lines of older ones are settled, or paid by a later list."""

# A payment by a later list settles a line too, and what left the wallet is in no new list.
OPEN_LISTS = text("""
    SELECT x.id, x.made_at, COUNT(*) AS members, CAST(SUM(l.amount) AS BIGINT) AS amount
    FROM (SELECT id, made_at FROM payout_lists ORDER BY id DESC LIMIT :lists) AS x
      CROSS JOIN payout_list_lines AS l
    WHERE l.list_id = x.id
      AND (
        SELECT a.balance FROM accounts AS a
        WHERE a.name = 'member:' || CAST(l.member_id AS TEXT) || '\\:wallet'
      ) > 0
      AND NOT EXISTS (
        SELECT 1 FROM payouts AS p WHERE p.member_id = l.member_id AND p.list_id >= l.list_id
      )
    GROUP BY x.id, x.made_at ORDER BY x.id DESC LIMIT :shown
""").columns(made_at=Instant)

LINE_OF = text("""
    SELECT x.id, x.made_at, 1 AS members, l.amount
    FROM (SELECT id, made_at FROM payout_lists ORDER BY id DESC LIMIT :lists) AS x
      CROSS JOIN payout_list_lines AS l
    WHERE l.list_id = x.id AND l.member_id = :member_id
      AND NOT EXISTS (
        SELECT 1 FROM payouts AS p WHERE p.member_id = l.member_id AND p.list_id >= l.list_id
      )
    ORDER BY x.id DESC LIMIT 1
""").columns(made_at=Instant)


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list with lines that are not recorded: how many, and the rupiah of these."""

    list_id: int
    made_at: datetime
    count: int
    amount: int


def open_lists(conn: Connection) -> list[OpenList]:
    """Returns the newest lists with lines of members who could be listed again."""
    wanted = {"lists": LISTS_LOOKED_AT, "shown": LISTS_SHOWN_MAX}
    return [OpenList(*row) for row in conn.execute(OPEN_LISTS, wanted)]


def line_of(conn: Connection, member_id: int) -> OpenList | None:
    """Returns the newest line of a member that is not recorded; None without one."""
    wanted = {"lists": LISTS_LOOKED_AT, "member_id": member_id}
    row = conn.execute(LINE_OF, wanted).one_or_none()
    return None if row is None else OpenList(*row)
