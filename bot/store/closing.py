"""What closing a month writes: in small steps that may be repeated.

A month that is being closed takes no more sales in. Its credits are written and paid out bit by
bit while the bot goes on answering, and nobody sees any of it before `finish` sets the one flag.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.plans import Credit
from bot.store import ledger, periods
from bot.store.types import Instant

__all__ = ["Sums", "add_credits", "begin", "finish", "post_bonuses", "sums"]

BEGIN = text("""
    INSERT INTO periods (period, state, plan, plan_digest, ready_on, began_at)
    VALUES (:period, 'closing', :plan, :plan_digest, :ready_on, :at)
    ON CONFLICT (period) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

ADD_CREDIT = text("""
    INSERT INTO credits (period, member_id, rule, source_id, level, base, rate_bp, amount)
    VALUES (:period, :member_id, :rule, :source_id, :level, :base, :rate_bp, :amount)
    ON CONFLICT (period, member_id, rule, source_id, level) DO NOTHING
""")

SUMS = text("""
    SELECT COUNT(*) AS credits, COUNT(DISTINCT member_id) AS payees,
      CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS paid
    FROM credits WHERE period = :period
""")

# In the order of the members, so that a step knows where the one before it ended.
UNPOSTED = text("""
    SELECT c.member_id, CAST(SUM(c.amount) AS BIGINT) AS amount
    FROM credits AS c
    WHERE c.period = :period AND c.member_id > :above
    GROUP BY c.member_id ORDER BY c.member_id LIMIT :limit
""")

POSTED = text("""
    SELECT COUNT(*) AS payees, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS paid
    FROM postings WHERE closing = :period AND reverses IS NULL
""")

FINISH = text("""
    UPDATE periods SET state = 'closed', closed_at = :at, payees = :payees, paid = :paid
    WHERE period = :period AND state = 'closing'
""").bindparams(bindparam("at", type_=Instant))


@dataclass(frozen=True, slots=True)
class Sums:
    """What a month's credits come to: how many, to how many members, how much in rupiah."""

    credits: int
    payees: int
    paid: int


def begin(
    conn: Connection, period: str, *, plan: str, digest: str, ready_on: date, at: datetime
) -> periods.Standing:
    """Let no more sales into a month; where that was done before, it stays as it was."""
    facts = {"period": period, "plan": plan, "plan_digest": digest, "at": at}
    conn.execute(BEGIN, {**facts, "ready_on": ready_on.isoformat()})
    standing = periods.find(conn, period)
    assert standing is not None, "it was written just now"
    return standing


def add_credits(conn: Connection, period: str, credits_: Sequence[Credit]) -> int:
    """Write credits of a month that is being closed; those written before stay. Gives how many."""
    standing = periods.find(conn, period)
    assert standing is not None, "begin comes first"
    assert standing.state == "closing", "what is closed stays"
    if not credits_:
        return 0
    rows = [{"period": period, **asdict(credit)} for credit in credits_]
    return conn.execute(ADD_CREDIT, rows).rowcount


def sums(conn: Connection, period: str) -> Sums:
    """What the credits of a month come to so far."""
    return Sums(*conn.execute(SUMS, {"period": period}).one())


def post_bonuses(
    conn: Connection, period: str, *, above: int, limit: int, at: datetime
) -> int | None:
    """Post the sum of each member's credits into the wallet, some members at a time.

    Args:
        conn: the books.
        period: the month, which is being closed.
        above: the last member of the step before; 0 at first.
        limit: how many members at most.
        at: the moment of the posting.

    Returns:
        The last member of this step; None when there is nobody left.
    """
    standing = periods.find(conn, period)
    assert standing is not None, "begin comes first"
    assert standing.state == "closing", "what is closed stays"
    wanted = {"period": period, "above": above, "limit": limit}
    rows = conn.execute(UNPOSTED, wanted).all()
    if not rows:
        return None
    bonus = ledger.house_account(conn, ledger.BONUS)
    for row in rows:
        posting = ledger.Posting(
            reference=ledger.bonus_reference(period, row.member_id),
            source_id=bonus,
            destination_id=ledger.wallet(conn, row.member_id),
            amount=row.amount,
            sale_id=None,
            period=period,
            closing=period,
        )
        ledger.post(conn, posting, at)
    last: int = rows[-1].member_id
    return last


def finish(conn: Connection, period: str, expected: Sums, at: datetime) -> str | None:
    """Close a month that holds just what was worked out for it, and let everybody see it.

    Returns:
        What is wrong, for the operator; None where the month is closed now or was before.
    """
    standing = periods.find(conn, period)
    assert standing is not None, "begin comes first"
    stored = sums(conn, period)
    if stored != expected:
        return f"the books hold {stored} for {period}, but the plan gives {expected}"
    posted = conn.execute(POSTED, {"period": period}).one()
    if (posted.payees, posted.paid) != (stored.payees, stored.paid):
        return f"{period}: {posted.paid} is posted to {posted.payees} members, not {stored}"
    faults = ledger.audit_credits(conn, period)
    if faults:
        return "; ".join(faults)
    facts = {"period": period, "payees": stored.payees, "paid": stored.paid, "at": at}
    conn.execute(FINISH, facts)
    return None
