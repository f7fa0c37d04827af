"""Every decision about a sale: who made it, when, what it changed, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big, Flag, Instant

__all__ = ["Decision", "add", "asked_of_seller", "count", "of_sale", "on_record"]


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
        correction: whether it asks the seller to correct the sale.
    """

    before: str
    after: str
    period: str
    reason: str
    at: datetime
    by: int | None
    correction: bool = False


ADD = text("""
    INSERT INTO sale_decisions (sale_id, version, before, after, period, reason, at, by,
                                correction)
    VALUES (:sale_id, :version, :before, :after, :period, :reason, :at, :by, :correction)
""").bindparams(bindparam("at", type_=Instant))

OF_SALE = text("""
    SELECT before, after, period, reason, at, by, correction
    FROM sale_decisions WHERE sale_id = :sale_id ORDER BY id
""").columns(at=Instant, correction=Flag)

# The last decision asks for a correction of the sale as it still is.
ASKED_OF_SELLER = text("""
    SELECT d.sale_id, d.reason FROM sale_decisions AS d JOIN sales AS s ON s.id = d.sale_id
    WHERE d.sale_id IN :ids AND d.correction = 1 AND d.version = s.version
      AND s.status = 'waiting'
      AND d.id = (SELECT MAX(x.id) FROM sale_decisions AS x WHERE x.sale_id = d.sale_id)
""").bindparams(bindparam("ids", expanding=True, type_=Big))

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
        "correction": int(decision.correction),
    }
    conn.execute(ADD, row)


def of_sale(conn: Connection, sale_id: int) -> list[Decision]:
    """Returns the decisions about a sale, the earliest first."""
    return [Decision(*row) for row in conn.execute(OF_SALE, {"sale_id": sale_id})]


def asked_of_seller(conn: Connection, sale_ids: Sequence[int]) -> dict[int, str]:
    """Returns what the office asked to correct in those of these sales that were not changed."""
    if not sale_ids:
        return {}
    rows = conn.execute(ASKED_OF_SELLER, {"ids": list(sale_ids)})
    return {row.sale_id: row.reason for row in rows}


def count(conn: Connection, sale_id: int) -> int:
    """Returns how many decisions about a sale were kept."""
    number: int = conn.execute(COUNT, {"sale_id": sale_id}).scalar_one()
    return number


def on_record(conn: Connection, sale_id: int) -> Decision | None:
    """Returns the last decision as it stands with the sale; None if it waits."""
    row = conn.execute(ON_RECORD, {"sale_id": sale_id}).one_or_none()
    return None if row is None else Decision(*row)
