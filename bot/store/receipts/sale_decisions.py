"""Every decision about a sale: who made it, when, what it changed, and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["Decision", "add", "count", "of_sale", "on_record"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A change of a sale's status.

    Attributes:
        before: the status before.
        after: the status after.
        period: the month in which the sale counted from then on, YYYY-MM.
        reason: as the person who decided has put it, or empty.
        at: the moment (aware, UTC).
        by: the account that decided; None if no person did.
    """

    before: str
    after: str
    period: str
    reason: str
    at: datetime
    by: int | None


ADD = text("""
    INSERT INTO sale_decisions (sale_id, version, before, after, period, reason, at, by)
    VALUES (:sale_id, :version, :before, :after, :period, :reason, :at, :by)
""").bindparams(bindparam("at", type_=Instant))

OF_SALE = text("""
    SELECT before, after, period, reason, at, by
    FROM sale_decisions WHERE sale_id = :sale_id ORDER BY id
""").columns(at=Instant)

ON_RECORD = text("""
    SELECT 'waiting' AS before, status, period, '' AS reason, decided_at, decided_by FROM sales
    WHERE id = :sale_id AND status <> 'waiting' AND decided_at IS NOT NULL
""").columns(decided_at=Instant)

COUNT = text("SELECT count(*) FROM sale_decisions WHERE sale_id = :sale_id")


def add(conn: Connection, sale_id: int, version: int, decision: Decision) -> None:
    """Keep a decision about a sale that is in the state `version`."""
    row = {
        "sale_id": sale_id,
        "version": version,
        "before": decision.before,
        "after": decision.after,
        "period": decision.period,
        "reason": decision.reason,
        "at": decision.at,
        "by": decision.by,
    }
    conn.execute(ADD, row)


def of_sale(conn: Connection, sale_id: int) -> list[Decision]:
    """Returns the decisions about a sale, the earliest first."""
    return [Decision(*row) for row in conn.execute(OF_SALE, {"sale_id": sale_id})]


def count(conn: Connection, sale_id: int) -> int:
    """Returns how many decisions about a sale were kept."""
    number: int = conn.execute(COUNT, {"sale_id": sale_id}).scalar_one()
    return number


def on_record(conn: Connection, sale_id: int) -> Decision | None:
    """Returns the last decision as it stands with the sale; None if it waits."""
    row = conn.execute(ON_RECORD, {"sale_id": sale_id}).one_or_none()
    return None if row is None else Decision(*row)
