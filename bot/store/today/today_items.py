"""Who stood on a seller's list, for which reason, and what became of it.

There is one row for each customer and reason: the last time. Rows of customers who were put
together count for the one that is kept; what is written is written to that one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, cast

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.today.customer_facts import ItemState, ListedCustomer, Named
from bot.core.today.list_rules import LIST_MAX, REASONS, ListReason
from bot.store.db.types import Instant

__all__ = ["RefusedCustomer", "decide", "decide_all", "of_day", "past", "put", "refused"]

PAST_DAYS: Final = max(rule.again_days for rule in REASONS.values())
ORDER: Final = timedelta(microseconds=1)
"""The moments of a list differ by this, so that they keep its order."""


@dataclass(frozen=True, slots=True)
class RefusedCustomer:
    """A reason for which a seller does not want to be shown a customer any more."""

    customer_id: int
    name: str
    reason: ListReason


ITEMS = """
    SELECT coalesce(m.kept_id, i.customer_id) AS customer_id, i.reason, i.subject, i.shown_on,
      i.state, i.until
    FROM today_items AS i LEFT JOIN merged_customers AS m ON m.customer_id = i.customer_id
    WHERE i.member_id = :member_id"""

PAST = text(f"{ITEMS} AND (i.shown_on >= :since OR i.state IN ('later', 'never'))")

OF_DAY = text(f"{ITEMS} AND i.shown_on = :day ORDER BY i.at, i.customer_id LIMIT :limit")

# A list of this day that was made meanwhile stands.
PUT_ITEM = text("""
    INSERT INTO today_items (customer_id, reason, member_id, subject, shown_on, state, until, at)
    VALUES (:customer_id, :reason, :member_id, :subject, :day, 'shown', '', :at)
    ON CONFLICT (customer_id, reason) DO UPDATE SET member_id = excluded.member_id,
      subject = excluded.subject, shown_on = excluded.shown_on, state = excluded.state,
      until = excluded.until, at = excluded.at
    WHERE today_items.shown_on < excluded.shown_on AND today_items.state <> 'never'
""").bindparams(bindparam("at", type_=Instant))

DECIDE_ITEM = text("""
    UPDATE today_items SET state = :state, until = :until
    WHERE member_id = :member_id AND reason = :reason
      AND (customer_id = :customer_id OR customer_id IN (
        SELECT m.customer_id FROM merged_customers AS m WHERE m.kept_id = :customer_id))
""")

DECIDE_ALL = text("""
    UPDATE today_items SET state = 'done'
    WHERE member_id = :member_id AND shown_on = :day AND state IN ('shown', 'sent')
""")

REFUSED = text("""
    SELECT k.id, k.name, i.reason
    FROM today_items AS i LEFT JOIN merged_customers AS m ON m.customer_id = i.customer_id
      JOIN customers AS k ON k.id = coalesce(m.kept_id, i.customer_id)
    WHERE i.member_id = :member_id AND i.state = 'never'
    ORDER BY i.shown_on DESC, i.at DESC, k.id LIMIT :limit
""")


def past(conn: Connection, member_id: int, today: date) -> list[ListedCustomer]:
    """Returns the earlier rows that may keep somebody off the list of a day."""
    since = (today - timedelta(days=PAST_DAYS)).isoformat()
    return [_listed(row) for row in conn.execute(PAST, {"member_id": member_id, "since": since})]


def of_day(conn: Connection, member_id: int, day: date) -> list[ListedCustomer]:
    """Returns the list of a day in its order; empty if it has not been made."""
    wanted = {"member_id": member_id, "day": day.isoformat(), "limit": LIST_MAX}
    return [_listed(row) for row in conn.execute(OF_DAY, wanted)]


def put(conn: Connection, member_id: int, named: Sequence[Named], day: date, at: datetime) -> None:
    """Store the list of a day."""
    for place, one in enumerate(named):
        row = {
            "customer_id": one.customer_id,
            "reason": one.reason,
            "member_id": member_id,
            "subject": one.subject,
            "day": day.isoformat(),
            "at": at + place * ORDER,
        }
        conn.execute(PUT_ITEM, row)


def decide(
    conn: Connection,
    member_id: int,
    customer_id: int,
    reason: ListReason,
    state: ItemState,
    until: date | None = None,
) -> bool:
    """Store what becomes of one; returns False if the seller never had that row."""
    row = {
        "member_id": member_id,
        "customer_id": customer_id,
        "reason": reason,
        "state": state,
        "until": until.isoformat() if until else "",
    }
    return conn.execute(DECIDE_ITEM, row).rowcount > 0


def decide_all(conn: Connection, member_id: int, day: date) -> None:
    """Store that everybody on the list of a day is done."""
    conn.execute(DECIDE_ALL, {"member_id": member_id, "day": day.isoformat()})


def refused(conn: Connection, member_id: int, limit: int) -> list[RefusedCustomer]:
    """Returns whom the seller does not want to be shown any more, the latest first."""
    found = conn.execute(REFUSED, {"member_id": member_id, "limit": limit})
    return [RefusedCustomer(row.id, row.name, cast("ListReason", row.reason)) for row in found]


def _listed(row: Row[tuple[object, ...]]) -> ListedCustomer:
    return ListedCustomer(
        customer_id=row.customer_id,
        reason=cast("ListReason", row.reason),  # the database has no other
        subject=row.subject,
        shown_on=date.fromisoformat(row.shown_on),
        state=cast("ItemState", row.state),
        until=date.fromisoformat(row.until) if row.until else None,
    )
