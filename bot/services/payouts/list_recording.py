"""Checks the rows of a list of payments against the database, and records them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from bot.company import Company
from bot.content import Content
from bot.core.calendar.hours import local_day
from bot.core.payouts.payout_sheet import RowFault, SheetEntry
from bot.flows.payouts.payout_list_messages import FaultyRow
from bot.flows.payouts.payout_messages import PayoutForYou
from bot.store.db import audit_log
from bot.store.members import members, second_admins
from bot.store.payouts import payout_lists, payouts, takeable
from bot.store.payouts.payout_lists import ListedMember
from bot.store.payouts.payouts import NewPayout
from bot.turn.notices import send

__all__ = ["CheckedSheet", "ReadyRow", "check", "record_rows"]


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """A payment that can be recorded; `line` is its row in the file."""

    line: int
    list_id: int
    member_id: int
    amount: int
    paid_on: date
    bank_reference: str


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """What can be recorded of a file, and what cannot.

    Attributes:
        unpaid: rows without a day.
        before: rows that are recorded already.
        before_amount: rupiah of these.
    """

    ready: tuple[ReadyRow, ...]
    faulty: tuple[FaultyRow, ...]
    unpaid: int
    before: int
    before_amount: int

    @property
    def amount(self) -> int:
        """Rupiah of what can be recorded."""
        return sum(row.amount for row in self.ready)


def check(
    conn: Connection, entries: Sequence[SheetEntry], by: int | None, now: datetime, zone: str
) -> CheckedSheet:
    """Returns which rows can be recorded by this account; None for the operator."""
    can = dict(payout_lists.payable(conn, local_day(now, zone)))
    second = None if by is None else second_admins.second_admin(conn, by, now)
    on_lists = _on_lists(conn, entries)
    ready, faulty, before = [], [], []
    for entry in entries:
        if entry.fault == "unpaid":
            continue
        listed = on_lists.get((entry.list_id, entry.code))
        if listed is not None and listed.recorded and entry.paid_on is not None:
            before.append(listed.amount)
            continue
        own = second is not None and listed is not None and listed.user_id == by
        row = None if entry.fault or own else _ready(entry, listed)
        fault = entry.fault or ("own" if own else _fault(conn, entry, listed, can, zone))
        if fault or row is None:
            faulty.append(FaultyRow(entry.line, entry.code, fault))
        else:
            ready.append(row)
            can[row.member_id] -= row.amount
    unpaid = sum(entry.fault == "unpaid" for entry in entries)
    return CheckedSheet(tuple(ready), tuple(faulty), unpaid, len(before), sum(before))


def record_rows(
    conn: Connection,
    rows: Sequence[ReadyRow],
    by: int | None,
    now: datetime,
    content: Content,
    company: Company,
) -> list[ReadyRow]:
    """Record some payments, each once, and notify the members; returns those that are recorded.

    A row that another run recorded before counts as well. What can be taken no more is left out.
    """
    recorded = []
    # In one order, so that two recordings on a server cannot wait for each other.
    for row in sorted(rows, key=lambda each: each.member_id):
        new = NewPayout(
            reference=payout_lists.list_reference(row.list_id, row.member_id),
            member_id=row.member_id,
            amount=row.amount,
            paid_on=row.paid_on.isoformat(),
            bank_reference=row.bank_reference,
            by=by,
            list_id=row.list_id,
        )
        done = payouts.record(conn, new, local_day(now, company.time_zone), now)
        if done.payout_id is not None:
            recorded.append(row)
        if done.payout_id is None or done.again:
            continue
        audit_log.note(conn, by, "payout recorded", f"payout {done.payout_id}", now)
        person = members.reachable(conn, row.member_id)
        if person is not None:
            news = PayoutForYou(row.amount, row.paid_on, row.bank_reference, done.left)
            send(conn, content, company, person, news, key=f"payout:{done.payout_id}", at=now)
    return recorded


def _on_lists(
    conn: Connection, entries: Sequence[SheetEntry]
) -> dict[tuple[int, str], ListedMember]:
    codes: defaultdict[int, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.list_id and entry.code:
            codes[entry.list_id].add(entry.code)
    return {
        (list_id, code): listed
        for list_id, some in codes.items()
        for code, listed in payout_lists.listed(conn, list_id, some).items()
    }


def _ready(entry: SheetEntry, listed: ListedMember | None) -> ReadyRow | None:
    if listed is None or entry.paid_on is None:
        return None
    return ReadyRow(
        entry.line,
        entry.list_id,
        listed.member_id,
        entry.amount,
        entry.paid_on,
        entry.bank_reference,
    )


def _fault(
    conn: Connection,
    entry: SheetEntry,
    listed: ListedMember | None,
    can: dict[int, int],
    zone: str,
) -> RowFault:
    """Returns why a row that reads well cannot be recorded; empty if it can."""
    if listed is None:
        return "code" if payout_lists.total_of(conn, entry.list_id).count else "list"
    if entry.amount != listed.amount:
        return "changed"
    if entry.amount > can.get(listed.member_id, 0):
        return "too much"
    first = takeable.first_credit(conn, listed.member_id)
    if first is not None and entry.paid_on is not None:
        return "early" if entry.paid_on < local_day(first, zone) else ""
    return ""
