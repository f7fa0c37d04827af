"""Who gets a broadcast: reachable members of its audience who have not refused broadcasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big, Instant, Words
from bot.store.ledger.volumes import CHAIN_MAX

__all__ = [
    "AudienceFilter",
    "Recipient",
    "highest",
    "page",
    "repeat_recipients",
    "repeatable",
    "sizes",
]


@dataclass(frozen=True, slots=True)
class AudienceFilter:
    """The conditions that a member of an audience meets.

    Attributes:
        author: the account that writes, which is not in its own audience.
        zones: the members' time zones.
        since: the earliest moment of joining.
        until: the latest moment of joining.
        periods: months (YYYY-MM), in one of which they sold something; empty for no condition.
        leader: the member in whose team they are; 0 for no condition.
        sold_from: the day (YYYY-MM-DD) from which on they sold nothing; empty for no condition.
        ranked_in: the month (YYYY-MM) in whose ranks their title stands; empty for no condition.
            A title given by hand counts as well, and the higher of both decides.
        month: the month (YYYY-MM) up to which titles given by hand count.
        titles: the slugs of that title.
        lower: the slugs of lower titles.
    """

    author: int
    zones: tuple[str, ...]
    since: datetime
    until: datetime
    periods: tuple[str, ...] = ()
    leader: int = 0
    sold_from: str = ""
    ranked_in: str = ""
    month: str = ""
    titles: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()

    def parameters(self) -> dict[str, object]:
        """Returns the parameters of the statements below."""
        return {
            "author": self.author,
            "zones": self.zones,
            "since": self.since,
            "until": self.until,
            "periods": self.periods or ("",),
            "sellers": int(bool(self.periods)),
            "leader": self.leader,
            "chain_max": CHAIN_MAX,
            "sold_from": self.sold_from,
            "ranked_in": self.ranked_in,
            "month": self.month,
            "titles": self.titles or ("",),
            "up_to_title": ("", *self.lower, *self.titles),
        }


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member and the account to which the broadcast goes."""

    member_id: int
    user_id: int


_FILTER_TYPES = (
    bindparam("since", type_=Instant),
    bindparam("until", type_=Instant),
    bindparam("zones", expanding=True, type_=Words),
    bindparam("periods", expanding=True, type_=Words),
    bindparam("sold_from", type_=Words),
    bindparam("ranked_in", type_=Words),
    bindparam("month", type_=Words),
    bindparam("titles", expanding=True, type_=Words),
    bindparam("up_to_title", expanding=True, type_=Words),
)

# Walks down the team once, since every member is checked anyway.
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
      AND (:sold_from = '' OR NOT EXISTS (
            SELECT 1 FROM sales AS s
            WHERE s.seller_id = m.id AND s.sold_on >= :sold_from
              AND s.status IN ('waiting', 'approved')))
      AND (:ranked_in = '' OR (
            COALESCE((SELECT r.title FROM ranks AS r
                      WHERE r.period = :ranked_in AND r.member_id = m.id), '') IN :up_to_title
            AND COALESCE((SELECT g.rank FROM given_ranks AS g
                          WHERE g.member_id = m.id AND g.period <= :month
                          ORDER BY g.period DESC, g.id DESC LIMIT 1), '')
                IN :up_to_title
            AND (EXISTS (SELECT 1 FROM ranks AS r WHERE r.period = :ranked_in
                         AND r.member_id = m.id AND r.title IN :titles)
                 OR (SELECT g.rank FROM given_ranks AS g
                     WHERE g.member_id = m.id AND g.period <= :month
                     ORDER BY g.period DESC, g.id DESC LIMIT 1) IN :titles)))
      AND COALESCE((SELECT w.given FROM permissions AS w
                    WHERE w.member_id = m.id AND w.purpose = 'broadcasts'
                    ORDER BY w.id DESC LIMIT 1), 1) = 1
    GROUP BY m.zone
""").bindparams(*_FILTER_TYPES)

# Walks up from each member of the page, one sponsor at a time, so that no table is joined.
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
      AND (:sold_from = '' OR NOT EXISTS (
            SELECT 1 FROM sales AS s
            WHERE s.seller_id = m.id AND s.sold_on >= :sold_from
              AND s.status IN ('waiting', 'approved')))
      AND (:ranked_in = '' OR (
            COALESCE((SELECT r.title FROM ranks AS r
                      WHERE r.period = :ranked_in AND r.member_id = m.id), '') IN :up_to_title
            AND COALESCE((SELECT g.rank FROM given_ranks AS g
                          WHERE g.member_id = m.id AND g.period <= :month
                          ORDER BY g.period DESC, g.id DESC LIMIT 1), '')
                IN :up_to_title
            AND (EXISTS (SELECT 1 FROM ranks AS r WHERE r.period = :ranked_in
                         AND r.member_id = m.id AND r.title IN :titles)
                 OR (SELECT g.rank FROM given_ranks AS g
                     WHERE g.member_id = m.id AND g.period <= :month
                     ORDER BY g.period DESC, g.id DESC LIMIT 1) IN :titles)))
      AND COALESCE((SELECT w.given FROM permissions AS w
                    WHERE w.member_id = m.id AND w.purpose = 'broadcasts'
                    ORDER BY w.id DESC LIMIT 1), 1) = 1
    ORDER BY m.id
""").bindparams(*_FILTER_TYPES)

HIGHEST = text("SELECT MAX(id) FROM members")

# Uncertain, or failed for a reason other than that the reader cannot or must not get it.
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

REPEAT_RECIPIENTS = text("""
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


def sizes(conn: Connection, wanted: AudienceFilter) -> dict[str, int]:
    """Returns the size of an audience by time zone."""
    return {row.zone: row.people for row in conn.execute(SIZES, wanted.parameters())}


def page(conn: Connection, wanted: AudienceFilter, after: int, upto: int) -> Sequence[Recipient]:
    """Returns the audience among the members with ids above `after` and up to `upto`."""
    facts = {**wanted.parameters(), "after": after, "upto": upto}
    return [Recipient(row.member_id, row.user_id) for row in conn.execute(PAGE, facts)]


def highest(conn: Connection) -> int:
    """Returns the largest member id; 0 if there are no members."""
    return conn.execute(HIGHEST).scalar() or 0


def repeatable(conn: Connection, broadcast_id: int) -> dict[str, int]:
    """Returns, by time zone, how many members may have missed a broadcast and can get it again."""
    found = conn.execute(REPEATABLE, {"broadcast_id": broadcast_id})
    return {row.zone: row.people for row in found}


def repeat_recipients(
    conn: Connection, broadcast_id: int, after: int, limit: int
) -> Sequence[tuple[int, Recipient]]:
    """Returns these members, each with the id (above `after`) of the message that may be lost."""
    wanted = {"broadcast_id": broadcast_id, "after": after, "limit": limit}
    rows = conn.execute(REPEAT_RECIPIENTS, wanted)
    return [(row.id, Recipient(row.member_id, row.user_id)) for row in rows]
