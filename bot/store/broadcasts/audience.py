"""Whom a broadcast reaches: members who can be written to, do not refuse, and belong to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big, Instant, Words
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = ["Circle", "Recipient", "highest", "in_doubt", "page", "repeatable", "sizes"]


@dataclass(frozen=True, slots=True)
class Circle:
    """Who is meant.

    Attributes:
        author: the account that writes, which does not write to itself.
        zones: where they live.
        since: the earliest moment of joining.
        until: the latest; who joins later is not meant.
        periods: months in one of which they sold something; none where that does not matter.
        leader: the member in whose team they stand; 0 where that does not matter.
    """

    author: int
    zones: tuple[str, ...]
    since: datetime
    until: datetime
    periods: tuple[str, ...] = ()
    leader: int = 0

    def facts(self) -> dict[str, object]:
        """The same as the statements name it."""
        return {
            "author": self.author,
            "zones": self.zones,
            "since": self.since,
            "until": self.until,
            "periods": self.periods or ("",),
            "sellers": int(bool(self.periods)),
            "leader": self.leader,
            "chain_max": CHAIN_MAX,
        }


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who is to get a letter."""

    member_id: int
    user_id: int


_MEANT = (
    bindparam("since", type_=Instant),
    bindparam("until", type_=Instant),
    bindparam("zones", expanding=True, type_=Words),
    bindparam("periods", expanding=True, type_=Words),
)

# Down the team once, for everybody is looked at anyway.
SIZES = text("""
    WITH RECURSIVE team (id, depth) AS (
      SELECT id, 1 FROM members WHERE sponsor_id = :leader
      UNION ALL
      SELECT m.id, t.depth + 1 FROM team AS t JOIN members AS m ON m.sponsor_id = t.id
      WHERE t.depth < :chain_max
    )
    SELECT m.zone, COUNT(*) AS people
    FROM members AS m JOIN people AS p ON p.user_id = m.user_id
    WHERE m.active = 1 AND p.reach = 'open' AND m.user_id <> :author
      AND m.joined_at >= :since AND m.joined_at <= :until AND m.zone IN :zones
      AND (CAST(:sellers AS BIGINT) = 0 OR EXISTS (
            SELECT 1 FROM volumes AS v
            WHERE v.member_id = m.id AND v.period IN :periods AND v.own_count > 0))
      AND (CAST(:leader AS BIGINT) = 0 OR m.id IN (SELECT id FROM team))
      AND COALESCE((SELECT w.given FROM permissions AS w
                    WHERE w.member_id = m.id AND w.purpose = 'broadcasts'
                    ORDER BY w.id DESC LIMIT 1), 1) = 1
    GROUP BY m.zone
""").bindparams(*_MEANT)

# Up from each of a few; the climb asks for one sponsor at a time, so that no table is joined.
PAGE = text("""
    SELECT m.id AS member_id, m.user_id
    FROM members AS m JOIN people AS p ON p.user_id = m.user_id
    WHERE m.id > :after AND m.id <= :upto
      AND m.active = 1 AND p.reach = 'open' AND m.user_id <> :author
      AND m.joined_at >= :since AND m.joined_at <= :until AND m.zone IN :zones
      AND (CAST(:sellers AS BIGINT) = 0 OR EXISTS (
            SELECT 1 FROM volumes AS v
            WHERE v.member_id = m.id AND v.period IN :periods AND v.own_count > 0))
      AND (CAST(:leader AS BIGINT) = 0 OR EXISTS (
            WITH RECURSIVE up (id, depth) AS (
              SELECT m.sponsor_id, 1
              UNION ALL
              SELECT (SELECT sponsor_id FROM members WHERE id = up.id), up.depth + 1
              FROM up WHERE up.id IS NOT NULL AND up.id <> :leader AND up.depth < :chain_max
            )
            SELECT 1 FROM up WHERE up.id = :leader))
      AND COALESCE((SELECT w.given FROM permissions AS w
                    WHERE w.member_id = m.id AND w.purpose = 'broadcasts'
                    ORDER BY w.id DESC LIMIT 1), 1) = 1
    ORDER BY m.id
""").bindparams(*_MEANT)

HIGHEST = text("SELECT MAX(id) FROM members")

# Refused by Telegram for what it is, or nobody knows; not those who cannot or must not get it.
REPEATABLE = text("""
    SELECT m.zone, COUNT(*) AS people
    FROM outbox AS o JOIN members AS m ON m.user_id = o.chat_id
      JOIN people AS p ON p.user_id = o.chat_id
    WHERE o.broadcast_id = :broadcast_id AND o.state IN ('uncertain', 'failed')
      AND (o.state = 'uncertain'
           OR o.error NOT IN ('Forbidden', 'blocked', 'gone', 'refused', 'left'))
      AND m.active = 1 AND p.reach = 'open'
      AND COALESCE((SELECT w.given FROM permissions AS w
                    WHERE w.member_id = m.id AND w.purpose = 'broadcasts'
                    ORDER BY w.id DESC LIMIT 1), 1) = 1
    GROUP BY m.zone
""")

IN_DOUBT = text("""
    SELECT o.id, m.id AS member_id, m.user_id
    FROM outbox AS o JOIN members AS m ON m.user_id = o.chat_id
      JOIN people AS p ON p.user_id = o.chat_id
    WHERE o.broadcast_id = :broadcast_id AND o.state IN ('uncertain', 'failed')
      AND (o.state = 'uncertain'
           OR o.error NOT IN ('Forbidden', 'blocked', 'gone', 'refused', 'left'))
      AND m.active = 1 AND p.reach = 'open' AND o.id > :after
      AND COALESCE((SELECT w.given FROM permissions AS w
                    WHERE w.member_id = m.id AND w.purpose = 'broadcasts'
                    ORDER BY w.id DESC LIMIT 1), 1) = 1
    ORDER BY o.id LIMIT :limit
""").bindparams(bindparam("after", type_=Big))


def sizes(conn: Connection, circle: Circle) -> dict[str, int]:
    """How many are meant in each zone."""
    return {row.zone: row.people for row in conn.execute(SIZES, circle.facts())}


def page(conn: Connection, circle: Circle, after: int, upto: int) -> Sequence[Recipient]:
    """Those who are meant among the members with ids after the one and up to the other."""
    wanted = {**circle.facts(), "after": after, "upto": upto}
    return [Recipient(row.member_id, row.user_id) for row in conn.execute(PAGE, wanted)]


def highest(conn: Connection) -> int:
    """The largest id of a member; 0 where there is none."""
    return conn.execute(HIGHEST).scalar() or 0


def repeatable(conn: Connection, broadcast_id: int) -> dict[str, int]:
    """How many in each zone may be sent a broadcast again that they perhaps did not get."""
    found = conn.execute(REPEATABLE, {"broadcast_id": broadcast_id})
    return {row.zone: row.people for row in found}


def in_doubt(
    conn: Connection, broadcast_id: int, after: int, limit: int
) -> Sequence[tuple[int, Recipient]]:
    """Who these are, each with the number of the letter that is in doubt, from one number on."""
    wanted = {"broadcast_id": broadcast_id, "after": after, "limit": limit}
    return [
        (row.id, Recipient(row.member_id, row.user_id)) for row in conn.execute(IN_DOUBT, wanted)
    ]
