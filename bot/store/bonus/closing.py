"""What closing a month writes: in small steps that may be repeated.

A month that is being closed takes no more sales in. Its credits are written and paid out bit by
bit while the bot goes on answering, and nobody sees any of it before `finish` sets the one flag.
What takes long, the proof of all of it, can be read beside the bot from a snapshot.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.bonus import ranks, wallets
from bot.store.db import bulk
from bot.store.db.types import Instant
from bot.store.ledger import ledger, periods

__all__ = [
    "Sums",
    "add_credits",
    "add_ranks",
    "begin",
    "faults",
    "finish",
    "payees_of",
    "post_bonuses",
    "sums",
    "written_upto",
]

BEGIN = text("""
    INSERT INTO periods (period, state, plan, plan_digest, ready_on, began_at, point_value)
    VALUES (:period, 'closing', :plan, :plan_digest, :ready_on, :at, :point_value)
    ON CONFLICT (period) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

# Changes nothing, but lets no second closing of the month in before this transaction ends.
HOLD = text("""
    UPDATE periods SET state = 'closing' WHERE period = :period AND state = 'closing'
""")

ADD_CREDIT = text("""
    INSERT INTO credits (period, member_id, rule, source_id, level, base, rate_bp, amount, cut)
    VALUES (:period, :member_id, :rule, :source_id, :level, :base, :rate_bp, :amount, :cut)
    ON CONFLICT (period, member_id, rule, source_id, level) DO NOTHING
""")

SUMS = text("""
    SELECT COUNT(*) AS credits, COUNT(DISTINCT member_id) AS payees,
      CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS paid
    FROM credits WHERE period = :period
""")

PAYEES = text("""
    SELECT member_id, CAST(SUM(amount) AS BIGINT) AS amount
    FROM credits WHERE period = :period GROUP BY member_id ORDER BY member_id
""")

POSTED = text("""
    SELECT COUNT(*) AS payees, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS paid
    FROM postings WHERE closing = :period AND reverses IS NULL
""")

WRITTEN_UPTO = text("""
    SELECT (SELECT COALESCE(MAX(id), 0) FROM credits)
      + (SELECT COALESCE(MAX(id), 0) FROM postings WHERE closing = :period)
""")

FINISH = text("""
    UPDATE periods SET state = 'closed', closed_at = :at, payees = :payees, paid = :paid,
      cut = :cut
    WHERE period = :period AND state = 'closing'
""").bindparams(bindparam("at", type_=Instant))


@dataclass(frozen=True, slots=True)
class Sums:
    """What a month's credits come to: how many, to how many members, how much in rupiah."""

    credits: int
    payees: int
    paid: int


def begin(
    conn: Connection,
    period: str,
    *,
    plan: str,
    digest: str,
    ready_on: date,
    at: datetime,
    point_value: int = 1,
) -> periods.MonthClosing:
    """Let no more sales into a month; where that was done before, it stays as it was."""
    facts = {"period": period, "plan": plan, "plan_digest": digest, "at": at}
    more = {"ready_on": ready_on.isoformat(), "point_value": point_value}
    conn.execute(BEGIN, {**facts, **more})
    standing = periods.find(conn, period)
    assert standing is not None, "it was written just now"
    return standing


def add_credits(conn: Connection, period: str, credits_: Sequence[Sequence[int | str]]) -> None:
    """Write credits of a month that is being closed, each in the order of its fields.

    Those written before stay. It is quickest where those of a member follow each other.
    """
    _hold(conn, period)
    bulk.write(conn, ADD_CREDIT, [(period, *credit) for credit in credits_])


def add_ranks(conn: Connection, period: str, held: Sequence[ranks.Held]) -> None:
    """Write which ranks members have in a month that is being closed; those written stay."""
    _hold(conn, period)
    ranks.add(conn, period, held)


def sums(conn: Connection, period: str) -> Sums:
    """What the credits of a month come to so far."""
    return Sums(*conn.execute(SUMS, {"period": period}).one())


def payees_of(conn: Connection, period: str) -> list[tuple[int, int]]:
    """What the credits that are written come to for each member, by their numbers."""
    return [(row.member_id, row.amount) for row in conn.execute(PAYEES, {"period": period})]


def post_bonuses(
    conn: Connection, period: str, payees: Iterable[tuple[int, int]], at: datetime
) -> None:
    """Post what some members' credits come to into their wallets, each member once.

    Args:
        conn: the books.
        period: the month, which is being closed.
        payees: each member's number and rupiah.
        at: the moment of the posting.
    """
    _hold(conn, period)
    wallets.pay(conn, period, payees, at)


def faults(conn: Connection, period: str, expected: Sums) -> list[str]:
    """What keeps a month from being closed, in words for the operator; reads all of it.

    Args:
        conn: the books, or a snapshot of them.
        period: the month, all of which is written.
        expected: what was worked out for it.
    """
    stored = sums(conn, period)
    if stored != expected:
        return [f"the books hold {stored} for {period}, but the plan gives {expected}"]
    posted = conn.execute(POSTED, {"period": period}).one()
    if (posted.payees, posted.paid) != (stored.payees, stored.paid):
        return [f"{period}: {posted.paid} is posted to {posted.payees} members, not {stored}"]
    return ledger.audit_credits(conn, period)


def written_upto(conn: Connection, period: str) -> int:
    """A number that changes when anything more is written for a month that is being closed."""
    found: int = conn.execute(WRITTEN_UPTO, {"period": period}).scalar_one()
    return found


def finish(
    conn: Connection,
    period: str,
    expected: Sums,
    at: datetime,
    *,
    cut: int = 0,
    proved_upto: int | None = None,
) -> str | None:
    """Close a month that holds just what was worked out for it, and let everybody see it.

    Args:
        conn: the books.
        period: the month.
        expected: what was worked out for it.
        at: the moment of closing.
        cut: rupiah that the caps took away.
        proved_upto: how far it was written when `faults` found none on a snapshot; left out, it
            is proved here, which takes long in a large company.

    Returns:
        What is wrong, for the operator; None where the month is closed now or was before.
    """
    if proved_upto is None:
        found = faults(conn, period, expected)
        if found:
            return "; ".join(found)
    elif written_upto(conn, period) != proved_upto:
        return f"something was written for {period} after it was proved"
    facts = {"period": period, "payees": expected.payees, "paid": expected.paid}
    conn.execute(FINISH, {**facts, "cut": cut, "at": at})
    return None


def _hold(conn: Connection, period: str) -> None:
    """See to it that the month is being closed, and by this transaction alone."""
    assert conn.execute(HOLD, {"period": period}).rowcount == 1, "what is closed stays"
