"""The integrity check of the database, and a search for work that is stuck."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, text

from bot.store.bonus import line_audit, pools
from bot.store.db import counters
from bot.store.db.read_only import find_damage
from bot.store.db.types import Instant
from bot.store.ledger import ledger_audit
from bot.store.months import month_checks
from bot.store.proof.recount import audit_volumes
from bot.store.returns import return_audit

__all__ = ["IntegrityResult", "keep", "last", "overpaid", "prove", "stuck_work"]

PROVED_AT: Final = "proved at"
FAULTS: Final = "faults of the proof"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

STUCK: Final = timedelta(hours=1)
"""Work that should be done at once is reported if it has waited that long."""


@dataclass(frozen=True, slots=True)
class IntegrityResult:
    """The outcome of an integrity check.

    Attributes:
        at: when it ended.
        faults: the number of faults that it found.
    """

    at: datetime
    faults: int


UNSCHEDULED = text("""
    SELECT count(*) FROM members AS m JOIN people AS p ON p.user_id = m.user_id
    WHERE m.active = 1 AND NOT EXISTS (SELECT 1 FROM tip_clocks AS c WHERE c.member_id = m.id)
""")

LATE_TIPS = text("""
    SELECT count(*) FROM (
      SELECT member_id FROM tip_clocks WHERE due_at <= :before ORDER BY due_at LIMIT 10000) AS late
""").bindparams(bindparam("before", type_=Instant))

STUCK_UPDATES = text("""
    SELECT count(*) FROM inbox WHERE state = 'new' AND received_at <= :before
""").bindparams(bindparam("before", type_=Instant))

STUCK_MESSAGES = text("""
    SELECT kind, count(*) AS number FROM outbox
    WHERE state IN ('new', 'sending') AND coalesce(not_before, created_at) <= :before
    GROUP BY kind ORDER BY kind
""").bindparams(bindparam("before", type_=Instant))

OPEN_FLOWS = text("SELECT flow, version, count(*) AS number FROM sessions GROUP BY flow, version")

HALF_CLOSED = text("""
    SELECT period FROM periods WHERE state = 'closing' AND began_at <= :before ORDER BY period
""").bindparams(bindparam("before", type_=Instant))


def prove(conn: Connection, time_zone: str) -> list[str]:
    """Returns the faults of the database, a sentence each for the operator; reads all of it.

    Args:
        conn: a snapshot of the database.
        time_zone: of the company, which decides when months begin.
    """
    found = find_damage(conn) if conn.dialect.name == "sqlite" else []
    found += overpaid(conn)
    found += [*ledger_audit.audit(conn), *line_audit.audit(conn), *pools.audit_closed(conn)]
    found += return_audit.audit(conn)
    return [*found, *audit_volumes(conn, time_zone)]


def overpaid(conn: Connection) -> list[str]:
    """Returns closed months that paid more than they sold, a sentence each for the operator."""
    return [
        f"{month.period} paid Rp{month.paid} in bonuses, but its net sales were Rp{month.sales}"
        for month in month_checks.overpaid_months(conn)
    ]


def keep(conn: Connection, faults: int, at: datetime) -> int:
    """Store the outcome of a check; returns the number of faults the one before had found."""
    before = counters.read(conn, FAULTS)
    counters.put(conn, FAULTS, faults)
    counters.put(conn, PROVED_AT, int(at.timestamp()))
    return before


def last(conn: Connection) -> IntegrityResult | None:
    """Returns the outcome of the last check; None before the first."""
    at = counters.read(conn, PROVED_AT)
    if not at:
        return None
    moment = EPOCH + timedelta(seconds=at)
    return IntegrityResult(moment, counters.read(conn, FAULTS))


def stuck_work(conn: Connection, flows: Mapping[str, int], now: datetime) -> Iterator[str]:
    """Yields what should go on by itself and is stuck, a sentence each for the operator.

    Args:
        conn: a snapshot of the database.
        flows: the version of each kind of conversation, by name.
        now: the bot's time.
    """
    before = {"before": now - STUCK}
    if number := conn.execute(UNSCHEDULED).scalar_one():
        yield f"{number} members can be reached but have no tip schedule"
    if number := conn.execute(LATE_TIPS, before).scalar_one():
        yield f"{number} tips have been due for over an hour"
    if number := conn.execute(STUCK_UPDATES, before).scalar_one():
        yield f"{number} updates have waited for over an hour"
    for row in conn.execute(STUCK_MESSAGES, before):
        yield f"{row.number} messages of the kind {row.kind} have been due for over an hour"
    for row in conn.execute(OPEN_FLOWS):
        if row.flow not in flows:
            yield f"{row.number} open conversations are of an unknown kind: {row.flow}"
    for row in conn.execute(HALF_CLOSED, before):
        yield f"the closing of {row.period} began over an hour ago and has not ended"
