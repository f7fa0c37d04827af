"""What members brought along when their company began with the bot: money, points, a rank.

The money is posted with the cause `opening`, once for each member. The points and the rank are
those of before the first month; ranks and rates count them from then on. Rows are never changed
or deleted.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant
from bot.store.ledger import ledger

__all__ = ["OPENING", "BroughtAlong", "amounts", "bring_in"]

OPENING = "opening"
"""What the company owed its members when it began with the bot."""

KEEP = text("""
    INSERT INTO openings (member_id, import_id, period, amount, points, title, at, by)
    SELECT id, import_id, CAST(:period AS TEXT), CAST(:amount AS BIGINT), CAST(:points AS BIGINT),
      CAST(:title AS TEXT), :at, CAST(:by AS BIGINT)
    FROM members
    WHERE reference = 'import:' || CAST(:number AS TEXT) AND import_id = :import_id
""").bindparams(bindparam("at", type_=Instant))

OPEN_WALLETS = text("""
    INSERT INTO accounts (name, kind, member_id)
    SELECT 'member:' || CAST(o.member_id AS TEXT) || '\\:wallet', 'wallet', o.member_id
    FROM openings AS o WHERE o.import_id = :import_id AND o.amount > 0
    ON CONFLICT (name) DO NOTHING
""")

POST = text("""
    INSERT INTO postings (reference, source_id, destination_id, amount, cause, period, at)
    SELECT 'opening:' || CAST(o.member_id AS TEXT), CAST(:house AS BIGINT), a.id, o.amount,
      'opening', o.period, o.at
    FROM openings AS o
      JOIN accounts AS a ON a.name = 'member:' || CAST(o.member_id AS TEXT) || '\\:wallet'
    WHERE o.import_id = :import_id AND o.amount > 0
""")

MOVE = text("""
    UPDATE accounts SET balance = balance + (
      SELECT o.amount FROM openings AS o WHERE o.member_id = accounts.member_id)
    WHERE name IN (
      SELECT 'member:' || CAST(o.member_id AS TEXT) || '\\:wallet'
      FROM openings AS o WHERE o.import_id = :import_id AND o.amount > 0)
""")

AMOUNTS = text("SELECT member_id, amount FROM openings")


class BroughtAlong(NamedTuple):
    """What a member of a list brings along.

    Attributes:
        number: the member number in the list.
        amount: rupiah that the company owes the member.
        points: accumulated points of the member's group.
        title: slug of the highest rank the member has reached; empty for none.
    """

    number: str
    amount: int
    points: int
    title: str


def bring_in(
    conn: Connection,
    import_id: int,
    rows: Sequence[BroughtAlong],
    *,
    period: str,
    at: datetime,
    by: int | None,
) -> None:
    """Store what the members of an import bring along, and post their money.

    Args:
        conn: the transaction in which the members become visible.
        import_id: the import that they belong to.
        rows: those who bring anything.
        period: the month in which it counts first.
        at: the moment (aware, UTC).
        by: the account that signed the sum; None for the command line.
    """
    if not rows:
        return
    more = {"import_id": import_id, "period": period, "at": at, "by": by}
    conn.execute(KEEP, [{**row._asdict(), **more} for row in rows])
    house = ledger.house_account(conn, OPENING)
    for statement in (OPEN_WALLETS, POST, MOVE):
        conn.execute(statement, {"import_id": import_id, "house": house})


def amounts(conn: Connection) -> dict[int, int]:
    """Returns the rupiah that each member brought along, by member."""
    found: Iterable[tuple[int, int]] = map(tuple, conn.execute(AMOUNTS))
    return dict(found)
