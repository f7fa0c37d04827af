"""Ranks that the company has given members by hand, beside those that are reached by sales.

In a month holds what was decided for the latest month up to it; of two decisions for one month,
the later one. An empty rank takes back what was given before. Rows are never changed or deleted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["GivenRank", "add", "bring_in", "by_operator", "in_force", "last_id", "of_member"]

ADD = text("""
    INSERT INTO given_ranks (member_id, period, rank, reason, given_at, given_by)
    VALUES (:member_id, :period, :rank, :reason, :given_at, :given_by)
    RETURNING id
""").bindparams(bindparam("given_at", type_=Instant))

BRING_IN = text("""
    INSERT INTO given_ranks (member_id, period, rank, reason, given_at, given_by)
    SELECT id, CAST(:period AS TEXT), CAST(:rank AS TEXT), '', :given_at,
      CAST(:given_by AS BIGINT)
    FROM members
    WHERE reference = 'import:' || CAST(:number AS TEXT) AND import_id = :import_id
""").bindparams(bindparam("given_at", type_=Instant))

IN_FORCE = text("""
    SELECT g.member_id, g.rank FROM given_ranks AS g
    WHERE g.period <= :period AND g.rank <> '' AND NOT EXISTS (
      SELECT 1 FROM given_ranks AS x
      WHERE x.member_id = g.member_id AND x.period <= :period
        AND (x.period > g.period OR x.period = g.period AND x.id > g.id))
    ORDER BY g.member_id
""")

OF_MEMBER = text("""
    SELECT id, member_id, period, rank, reason FROM given_ranks
    WHERE member_id = :member_id AND period <= :period
    ORDER BY period DESC, id DESC LIMIT 1
""")

BY_OPERATOR = text("""
    SELECT id, member_id, period, rank, reason FROM given_ranks
    WHERE id > :above AND given_by IS NULL ORDER BY id LIMIT :limit
""")

LAST_ID = text("SELECT COALESCE(MAX(id), 0) FROM given_ranks")


@dataclass(frozen=True, slots=True)
class GivenRank:
    """What the company has decided about a member.

    Attributes:
        period: the first month in which it holds, as YYYY-MM.
        rank: its slug; empty where a rank was taken back.
        reason: in the words of the office.
    """

    id: int
    member_id: int
    period: str
    rank: str
    reason: str


def add(
    conn: Connection,
    member_id: int,
    period: str,
    rank: str,
    reason: str,
    *,
    at: datetime,
    by: int | None,
) -> int:
    """Give a member a rank from a month on, which has to be open; returns the id of the row.

    Args:
        conn: the transaction.
        member_id: the member.
        period: the first month in which it holds, as YYYY-MM.
        rank: its slug; empty to take back what was given before.
        reason: in the words of the office.
        at: the moment (aware, UTC).
        by: the account that decided; None for the command line.
    """
    facts = {"member_id": member_id, "period": period, "rank": rank, "reason": reason}
    found: int = conn.execute(ADD, {**facts, "given_at": at, "given_by": by}).scalar_one()
    return found


def bring_in(
    conn: Connection,
    import_id: int,
    ranks: Sequence[tuple[str, str]],
    *,
    period: str,
    at: datetime,
    by: int | None,
) -> None:
    """Give members of an import the ranks that they bring along, by their member numbers."""
    more = {"import_id": import_id, "period": period, "given_at": at, "given_by": by}
    rows = [{"number": number, "rank": rank, **more} for number, rank in ranks]
    if rows:
        conn.execute(BRING_IN, rows)


def in_force(conn: Connection, period: str) -> list[tuple[int, str]]:
    """Returns the members who hold a given rank in a month, each with its slug."""
    return [(row.member_id, row.rank) for row in conn.execute(IN_FORCE, {"period": period})]


def last_id(conn: Connection) -> int:
    """Returns the id of the newest row; 0 for none."""
    found: int = conn.execute(LAST_ID).scalar_one()
    return found


def of_member(conn: Connection, member_id: int, period: str) -> GivenRank | None:
    """Returns the decision about a member that holds in a month; None for nothing."""
    row = conn.execute(OF_MEMBER, {"member_id": member_id, "period": period}).one_or_none()
    return None if row is None else GivenRank(*row)


def by_operator(conn: Connection, above: int, limit: int) -> list[GivenRank]:
    """Returns decisions made on the command line with ids above `above`, the earliest first."""
    rows = conn.execute(BY_OPERATOR, {"above": above, "limit": limit})
    return [GivenRank(*row) for row in rows]
