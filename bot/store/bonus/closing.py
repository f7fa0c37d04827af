"""Writes a month's closing in small steps, each of which may be repeated.

A month that is being closed accepts no more sales. Its credits are written and paid out bit by bit
while the bot goes on answering, and no member sees any of it before `finish` sets the flag. The
audit, which takes longest, reads a snapshot beside the bot.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.plans import Credit
from bot.store.bonus import pools, ranks, wallets
from bot.store.db import bulk
from bot.store.db.types import Instant
from bot.store.ledger import ledger_audit, periods, shut_months

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

# Changes nothing, but keeps a second closing of the month out until this transaction ends.
HOLD = text("""
    UPDATE periods SET state = 'closing' WHERE period = :period AND state = 'closing'
""")

ADD_CREDIT = text("""
    INSERT INTO credits (period, member_id, rule, source_id, level, base, rate_bp, amount, cut)
    VALUES (:period, :member_id, :rule, :source_id, :level, :base, :rate_bp, :amount, :cut)
    ON CONFLICT (period, member_id, rule, source_id, level) DO NOTHING
""")

SUMS = text("""
    SELECT own.credits + pool.shares, own.payees + pool.payees, own.paid + pool.paid
    FROM (
        SELECT COUNT(*) AS credits, COUNT(DISTINCT member_id) AS payees,
          CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS paid
        FROM credits WHERE period = :period
      ) AS own,
      (
        SELECT COUNT(*) AS shares, COUNT(DISTINCT CASE WHEN NOT EXISTS (
            SELECT 1 FROM credits AS c WHERE c.period = s.period AND c.member_id = s.member_id
          ) THEN s.member_id END) AS payees,
          CAST(COALESCE(SUM(s.amount), 0) AS BIGINT) AS paid
        FROM pool_shares AS s WHERE s.period = :period
      ) AS pool
""")

PAYEES = text("""
    SELECT member_id, CAST(SUM(amount) AS BIGINT) AS amount
    FROM (
      SELECT member_id, amount FROM credits WHERE period = :period
      UNION ALL
      SELECT member_id, amount FROM pool_shares WHERE period = :period
    ) AS paid
    GROUP BY member_id ORDER BY member_id
""")

POSTED = text("""
    SELECT COUNT(*) AS payees, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS paid
    FROM postings WHERE closing = :period AND reverses IS NULL
""")

WRITTEN_UPTO = text("""
    SELECT (SELECT COALESCE(MAX(id), 0) FROM credits)
      + (SELECT COALESCE(MAX(id), 0) FROM pool_shares)
      + (SELECT COALESCE(MAX(id), 0) FROM postings WHERE closing = :period)
""")

FINISH = text("""
    UPDATE periods SET state = 'closed', closed_at = :at, payees = :payees, paid = :paid,
      cut = :cut
    WHERE period = :period AND state = 'closing'
""").bindparams(bindparam("at", type_=Instant))


@dataclass(frozen=True, slots=True)
class Sums:
    """Totals of a month's credits: how many, to how many members, how much in rupiah."""

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
    point_value: int,
    plan_file: str = "",
    languages: Sequence[str] = (),
) -> periods.MonthClosing:
    """Close a month for sales; does nothing where that was done before.

    Its members as they are and the plan file are kept until `finish`, so that it is closed with
    these whenever that is.
    """
    facts = {"period": period, "plan": plan, "plan_digest": digest, "at": at}
    more = {"ready_on": ready_on.isoformat(), "point_value": point_value}
    if conn.execute(BEGIN, {**facts, **more}).rowcount:
        shut_months.keep(conn, period, plan=plan_file, languages=languages, at=at)
    standing = periods.find(conn, period)
    assert standing is not None, "it was written just now"
    return standing


def add_credits(conn: Connection, period: str, credits_: Sequence[Credit]) -> None:
    """Write credits of a month that is being closed.

    Those written before stay. It is quickest where those of a member follow each other.
    """
    _hold(conn, period)
    of_members = [(period, *credit[:8]) for credit in credits_ if credit.part is None]
    bulk.write(conn, ADD_CREDIT, of_members)
    pools.add(conn, period, credits_)


def add_ranks(conn: Connection, period: str, held: Sequence[ranks.Held]) -> None:
    """Write the ranks of members in a month that is being closed; earlier rows stay."""
    _hold(conn, period)
    ranks.add(conn, period, held)


def sums(conn: Connection, period: str) -> Sums:
    """Returns the totals of the credits of a month that are written so far."""
    return Sums(*conn.execute(SUMS, {"period": period}).one())


def payees_of(conn: Connection, period: str) -> list[tuple[int, int]]:
    """Returns each member's id with the sum of the credits written for them, by id."""
    return [(row.member_id, row.amount) for row in conn.execute(PAYEES, {"period": period})]


def post_bonuses(
    conn: Connection, period: str, payees: Iterable[tuple[int, int]], at: datetime
) -> None:
    """Post the sums of some members' credits into their wallets, each member once.

    Args:
        conn: the database.
        period: the month, which is being closed.
        payees: each member's id and rupiah.
        at: the moment of the posting.
    """
    _hold(conn, period)
    wallets.pay(conn, period, payees, at)


def faults(conn: Connection, period: str, expected: Sums) -> list[str]:
    """Returns what keeps a month from being closed, in words for the operator; reads all of it.

    Args:
        conn: the database, or a snapshot of it.
        period: the month, all of which is written.
        expected: the totals that the plan gives.
    """
    stored = sums(conn, period)
    if stored != expected:
        return [f"the database holds {stored} for {period}, but the plan gives {expected}"]
    posted = conn.execute(POSTED, {"period": period}).one()
    if (posted.payees, posted.paid) != (stored.payees, stored.paid):
        return [f"{period}: {posted.paid} is posted to {posted.payees} members, not {stored}"]
    return [*ledger_audit.audit_credits(conn, period), *pools.audit(conn, period)]


def written_upto(conn: Connection, period: str) -> int:
    """Returns a number that grows with everything written for a month that is being closed."""
    found: int = conn.execute(WRITTEN_UPTO, {"period": period}).scalar_one()
    return found


def finish(
    conn: Connection,
    period: str,
    expected: Sums,
    at: datetime,
    *,
    cut: int,
    proved_upto: int | None = None,
) -> str | None:
    """Close a month that holds exactly what the plan gives, and make it visible.

    Args:
        conn: the database.
        period: the month.
        expected: the totals that the plan gives.
        at: the moment of closing.
        cut: rupiah that the caps took away.
        proved_upto: `written_upto` when `faults` found none on a snapshot. Without it the audit
            runs here, which takes long in a large company.

    Returns:
        What is wrong, for the operator; None where the month is closed, now or before.
    """
    if proved_upto is None:
        found = faults(conn, period, expected)
        if found:
            return "; ".join(found)
    elif written_upto(conn, period) != proved_upto:
        return f"something was written for {period} after the audit"
    facts = {"period": period, "payees": expected.payees, "paid": expected.paid}
    conn.execute(FINISH, {**facts, "cut": cut, "at": at})
    shut_months.forget(conn, period)
    return None


def _hold(conn: Connection, period: str) -> None:
    """Lock the month for this transaction; it has to be in closing."""
    assert conn.execute(HOLD, {"period": period}).rowcount == 1, "the month is not in closing"
