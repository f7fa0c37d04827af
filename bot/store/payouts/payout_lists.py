"""Lists of all that can be paid out, frozen when made, and what was paid by them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from bot.store.db import bulk
from bot.store.db.types import Instant, Words
from bot.store.payouts import takeable

__all__ = [
    "ListLine",
    "ListTotal",
    "ListedMember",
    "latest_list",
    "lines_of",
    "list_reference",
    "listed",
    "make_list",
    "payable",
    "total_of",
]

# What is not ready is less by what returns took and did not give back, as in `statements.wallet`.
# A test compares this with `takeable.takeable` for every member.
PAYABLE = text("""
    SELECT a.member_id,
      a.balance - COALESCE(unready.amount, 0) + COALESCE(back.amount, 0) AS amount
    FROM accounts AS a
      LEFT JOIN (
        SELECT x.destination_id, CAST(SUM(x.amount) AS BIGINT) AS amount
        FROM periods AS p CROSS JOIN postings AS x
        WHERE x.closing = p.period AND (p.state = 'closing' OR p.ready_on > :today)
        GROUP BY x.destination_id
      ) AS unready ON unready.destination_id = a.id
      LEFT JOIN (
        SELECT x.account_id, CAST(SUM(x.amount) AS BIGINT) AS amount
        FROM (
          SELECT b.source_id AS account_id, b.amount
          FROM returns AS r CROSS JOIN sales AS s CROSS JOIN periods AS p CROSS JOIN postings AS b
          WHERE r.state = 'confirmed' AND s.id = r.sale_id AND p.period = s.period
            AND (p.state = 'closing' OR p.ready_on > :today) AND b.return_id = r.id
          UNION ALL
          SELECT b.source_id, b.amount
          FROM return_reversals AS v CROSS JOIN returns AS r CROSS JOIN sales AS s
            CROSS JOIN periods AS p CROSS JOIN postings AS b
          WHERE r.id = v.return_id AND s.id = r.sale_id AND p.period = s.period
            AND (p.state = 'closing' OR p.ready_on > :today) AND b.return_id = r.id
          UNION ALL
          SELECT b.destination_id, -b.amount
          FROM return_reversals AS v CROSS JOIN returns AS r CROSS JOIN sales AS s
            CROSS JOIN periods AS p CROSS JOIN postings AS b
          WHERE r.id = v.return_id AND s.id = r.sale_id AND p.period = s.period
            AND (p.state = 'closing' OR p.ready_on > :today) AND b.return_id = r.id
        ) AS x GROUP BY x.account_id
      ) AS back ON back.account_id = a.id
    WHERE a.kind = 'wallet' AND a.balance > 0
    ORDER BY a.member_id
""")

MAKE = text("""
    INSERT INTO payout_lists (reference, made_at, made_by) VALUES (:reference, :at, :by)
    ON CONFLICT (reference) DO NOTHING RETURNING id
""").bindparams(bindparam("at", type_=Instant))

BY_REFERENCE = text("SELECT id FROM payout_lists WHERE reference = :reference")

ADD_LINE = text("""
    INSERT INTO payout_list_lines (list_id, member_id, amount)
    VALUES (:list_id, :member_id, :amount)
""")

TOTAL = text("""
    SELECT COUNT(*) AS members, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS amount
    FROM payout_list_lines WHERE list_id = :list_id
""")

LINES = text("""
    SELECT m.code, m.name, l.amount
    FROM payout_list_lines AS l JOIN members AS m ON m.id = l.member_id
    WHERE l.list_id = :list_id ORDER BY m.name, m.id
""")

LATEST = text("SELECT MAX(id) FROM payout_lists")

LISTED = text("""
    SELECT l.list_id, m.code, l.member_id, m.user_id, l.amount
    FROM members AS m JOIN payout_list_lines AS l ON l.list_id = :list_id AND l.member_id = m.id
    WHERE m.code IN :codes
""").bindparams(bindparam("codes", expanding=True, type_=Words))

RECORDED = text("""
    SELECT p.member_id, p.reference FROM payouts AS p WHERE p.reference IN :references
""").bindparams(bindparam("references", expanding=True, type_=Words))

CODES_AT_ONCE = 400


class ListLine(NamedTuple):
    """One member of a list, and the rupiah that could be taken when it was made."""

    code: str
    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class ListTotal:
    """How many members a list has, and the rupiah of all of them."""

    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A member of a list, as a row of its file is checked against.

    Attributes:
        user_id: the member's Telegram account, or None.
        amount: rupiah on the list.
        recorded: whether a payment by this list is recorded, also if it was reversed later.
    """

    member_id: int
    user_id: int | None
    amount: int
    recorded: bool


def payable(conn: Connection, today: date) -> list[tuple[int, int]]:
    """Returns the members with something that can be taken on this day, each with the rupiah."""
    held = takeable.all_held_by_returns(conn, today)
    rows = conn.execute(PAYABLE, {"today": today.isoformat()})
    found = ((row.member_id, row.amount - held.get(row.member_id, 0)) for row in rows)
    return [(member_id, amount) for member_id, amount in found if amount > 0]


def make_list(
    conn: Connection, reference: str, today: date, by: int | None, at: datetime
) -> int | None:
    """Freeze what can be taken; returns the id of the list, or None if there is nothing.

    The same reference again returns the list as it was made.
    """
    made: int | None = conn.execute(BY_REFERENCE, {"reference": reference}).scalar()
    if made is not None:
        return made
    lines = payable(conn, today)
    if not lines:
        return None
    made = conn.execute(MAKE, {"reference": reference, "at": at, "by": by}).scalar_one()
    bulk.write(conn, ADD_LINE, [(made, member_id, amount) for member_id, amount in lines])
    return made


def total_of(conn: Connection, list_id: int) -> ListTotal:
    """Returns the size of a list; zeros where there is no such list."""
    row = conn.execute(TOTAL, {"list_id": list_id}).one()
    return ListTotal(row.members, row.amount)


def lines_of(conn: Connection, list_id: int) -> list[ListLine]:
    """Returns the lines of a list, by name."""
    return [ListLine(*row) for row in conn.execute(LINES, {"list_id": list_id})]


def latest_list(conn: Connection) -> int:
    """Returns the number of the newest list; 0 before the first."""
    found: int | None = conn.execute(LATEST).scalar()
    return found or 0


def list_reference(list_id: int, member_id: int) -> str:
    """Returns the reference of a payment by a list: each member of it is paid once at most."""
    return f"payout-list:{list_id}:{member_id}"


def listed(conn: Connection, list_id: int, codes: Collection[str]) -> dict[str, ListedMember]:
    """Returns the members of a list who have these codes, by code."""
    found: dict[str, ListedMember] = {}
    wanted = sorted(codes)
    for start in range(0, len(wanted), CODES_AT_ONCE):
        some = wanted[start : start + CODES_AT_ONCE]
        rows = conn.execute(LISTED, {"list_id": list_id, "codes": some}).all()
        recorded = _recorded(conn, [list_reference(list_id, row.member_id) for row in rows])
        for row in rows:
            paid = row.member_id in recorded
            found[row.code] = ListedMember(row.member_id, row.user_id, row.amount, paid)
    return found


def _recorded(conn: Connection, references: Sequence[str]) -> set[int]:
    """Returns the members whose payments with these references are recorded."""
    if not references:
        return set()
    return {row.member_id for row in conn.execute(RECORDED, {"references": references})}
