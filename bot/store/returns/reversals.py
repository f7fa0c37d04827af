"""Returns that counted and were taken back: why, and what their bonuses got back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db import bulk
from bot.store.db.types import Instant
from bot.store.ledger import ledger
from bot.store.returns.clawbacks import Clawback

__all__ = ["Reversal", "begin", "of_sale", "paid_for_seller", "restore", "write"]


@dataclass(frozen=True, slots=True)
class Reversal:
    """The reversal of a return.

    Attributes:
        period: the month in which the return had counted.
        reason: as the admin has put it.
        by: the admin's account.
    """

    return_id: int
    period: str
    reason: str
    at: datetime
    by: int


ADD_REVERSAL = text("""
    INSERT INTO return_reversals (return_id, period, reason, at, by)
    SELECT r.id, r.period, :reason, :at, CAST(:by AS BIGINT)
    FROM returns AS r WHERE r.id = :id AND r.state = 'confirmed'
    ON CONFLICT (return_id) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

VOID = text("""
    UPDATE returns SET state = 'void', period = NULL WHERE id = :id AND state = 'confirmed'
""")

REVERSALS_OF = text("""
    SELECT v.return_id, v.period, v.reason, v.at, v.by
    FROM returns AS r JOIN return_reversals AS v ON v.return_id = r.id
    WHERE r.sale_id = :sale_id ORDER BY v.return_id
""").columns(at=Instant)

WRITE_RESTORED = text("""
    INSERT INTO restored_credits (return_id, credit_id, amount)
    VALUES (:return_id, :credit_id, :amount)
""")

WRITE_RESTORED_SHARES = text("""
    INSERT INTO restored_pool_shares (return_id, pool_share_id, amount)
    VALUES (:return_id, :pool_share_id, :amount)
""")

RESTORED_FOR_SELLER = text("""
    SELECT DISTINCT c.member_id
    FROM restored_credits AS x JOIN credits AS c ON c.id = x.credit_id
    WHERE x.return_id = :return_id
""")


def begin(conn: Connection, return_id: int, *, reason: str, by: int, at: datetime) -> bool:
    """Let a return count no more; returns False if it does not count, or no longer.

    What it moved is reversed by the caller, in the same transaction.
    """
    row = {"id": return_id, "reason": reason, "at": at, "by": by}
    if conn.execute(ADD_REVERSAL, row).rowcount != 1:
        return False
    return conn.execute(VOID, {"id": return_id}).rowcount == 1


def of_sale(conn: Connection, sale_id: int) -> dict[int, Reversal]:
    """Returns the reversals of a sale's returns, by the id of the return."""
    rows = conn.execute(REVERSALS_OF, {"sale_id": sale_id})
    return {row.return_id: Reversal(*row) for row in rows}


def write(conn: Connection, return_id: int, restored: Sequence[Clawback]) -> None:
    """Store what each credit and each part of a pool gets back."""
    credits_ = [(return_id, each.id, each.amount) for each in restored if each.of == "credit"]
    parts = [(return_id, each.id, each.amount) for each in restored if each.of == "pool_share"]
    bulk.write(conn, WRITE_RESTORED, credits_)
    bulk.write(conn, WRITE_RESTORED_SHARES, parts)


def restore(
    conn: Connection, return_id: int, members: Iterable[tuple[int, int]], period: str, at: datetime
) -> None:
    """Put the rupiah back into each member's wallet.

    Args:
        conn: the database.
        return_id: the return that was taken back.
        members: the id of each member and the rupiah.
        period: the month in which the return had counted.
        at: the moment of the posting.
    """
    bonus = ledger.house_account(conn, ledger.BONUS)
    for member_id, amount in members:
        posting = ledger.Posting(
            f"return:{return_id}:restored:{member_id}",
            bonus,
            ledger.wallet(conn, member_id),
            amount,
            None,
            period,
            return_id=return_id,
        )
        posted = ledger.post(conn, posting, at)
        assert posted, "a return is taken back once"


def paid_for_seller(conn: Connection, return_id: int) -> set[int]:
    """Returns the ids of the members with a credit from the seller's sales that rose again."""
    return set(conn.execute(RESTORED_FOR_SELLER, {"return_id": return_id}).scalars())
