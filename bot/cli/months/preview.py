"""Calculates a month under the plan from a snapshot, and shows it to the operator."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import click

from bot.cli.plan.words import rupiah
from bot.core.calendar.periods import period_bounds
from bot.core.plans import PlanOutcome, Snapshot, Version, work_out
from bot.core.plans.values import COMPANY

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.company import Company
    from bot.system.settings import Settings

__all__ = [
    "MonthResult",
    "MonthState",
    "preview_month",
    "read_preview",
    "ready_on",
    "show",
    "without_gc",
]

TOP = 5
HUNDREDTHS = 10_000


@dataclass(frozen=True, slots=True)
class MonthState:
    """A month as the database has it.

    Attributes:
        closed: a sentence for a month that is closed already; empty otherwise.
        number: the count of its approved sales.
        sales: their sum in rupiah.
        bonus: their bonus value, in points of the plan version.
        waiting: the count of sales that the office has not decided on.
        waiting_sum: their sum in rupiah.
    """

    period: str
    version: Version
    closed: str
    snapshot: Snapshot
    sellers: int
    number: int
    sales: int
    bonus: int
    waiting: int
    waiting_sum: int


@dataclass(frozen=True, slots=True)
class MonthResult:
    """A month, calculated.

    Attributes:
        state: the month that it was calculated from.
        outcome: the result of the plan; its credits are ordered by the member who is paid.
        payees: id and rupiah of each member who is paid, in the same order.
    """

    state: MonthState
    outcome: PlanOutcome
    payees: list[tuple[int, int]]

    @property
    def paid(self) -> int:
        """The sum of all bonuses in rupiah."""
        return sum(amount for _, amount in self.payees)

    @property
    def without_sales(self) -> int:
        """Rupiah of bonuses without sales below them, which would be paid for recruiting alone."""
        snapshot = self.state.snapshot
        sold = {
            seller for seller, sales in zip(snapshot.ids, snapshot.sales, strict=True) if sales > 0
        }
        if sold:
            sold.add(COMPANY)
        return sum(each.amount for each in self.outcome.credits if each.source_id not in sold)


def ready_on(company: "Company", period: str) -> date:
    """Returns the first day after the right of customers to return goods of that month."""
    from bot.core.calendar.hours import local_day

    after = local_day(period_bounds(period, company.time_zone)[1], company.time_zone)
    return after + timedelta(days=company.policy.customer_window_days)


@contextmanager
def without_gc() -> Iterator[None]:
    """Switch the garbage collector off: scanning millions of rows without cycles takes seconds."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def read_preview(settings: "Settings", version: Version, period: str) -> MonthState:
    """Read a snapshot of the month.

    Raises:
        CommandError: the database has to be upgraded first.
    """
    from bot.cli.database.upgrade import refuse_unready
    from bot.store.db import read_only
    from bot.store.ledger import periods
    from bot.store.sales import sales

    await refuse_unready(settings)

    def look(conn: "Connection") -> MonthState:
        stored = periods.find(conn, period)
        closed = ""
        if stored is not None and stored.state == "closed":
            closed = (
                f"{period} was closed at {stored.closed_at:%Y-%m-%d %H:%M} UTC: "
                f"{rupiah(stored.paid)} to {stored.payees} members. Nothing was changed."
            )
        sold = periods.sales_of(conn, period)
        waiting, waiting_sum = sales.waiting_in(conn, period)
        return MonthState(
            period=period,
            version=version,
            closed=closed,
            snapshot=Snapshot.of(()) if closed else periods.snapshot(conn, period, version),
            sellers=sold.sellers,
            number=sold.number,
            sales=sold.sales,
            bonus=sold.bonus,
            waiting=waiting,
            waiting_sum=waiting_sum,
        )

    return await read_only.look(settings.database_url.get_secret_value(), look)


def preview_month(state: MonthState) -> MonthResult:
    """Calculate the month under its plan version."""
    outcome = work_out(state.version, state.snapshot)
    payee = attrgetter("member_id")
    outcome.credits.sort(key=payee)
    payees = [
        (member_id, sum(credit.amount for credit in theirs))
        for member_id, theirs in groupby(outcome.credits, payee)
    ]
    return MonthResult(state, outcome, payees)


async def show(settings: "Settings", month: MonthResult) -> None:
    """Print the month on one screen."""
    from bot.store.db import read_only
    from bot.store.members import members

    state, cut = month.state, month.outcome.cut
    best = sorted(month.payees, key=lambda each: (-each[1], each[0]))[:TOP]
    url = settings.database_url.get_secret_value()
    codes = await read_only.look(
        url, lambda conn: [members.by_id(conn, member).code for member, _ in best]
    )
    members_ = len(state.snapshot.ids)
    sellers = f"by {state.sellers} of {members_} members"
    share = f"({_percent(month.paid, state.sales)} of sales)"
    click.echo(f"{state.period}, plan of {state.version.since}")
    click.echo(f"  sold         {rupiah(state.sales)} in {state.number} sales {sellers}")
    click.echo(f"  bonus value  {rupiah(state.bonus * state.version.point_value)}")
    click.echo(f"  bonuses      {rupiah(month.paid)} to {len(month.payees)} members {share}")
    for code, (_, amount) in zip(codes, best, strict=True):
        click.echo(f"    {code}   {rupiah(amount)}")
    if cut:
        click.echo(f"  caps took    {rupiah(cut)}")
    recruiting = month.without_sales
    click.echo(f"  recruiting   {rupiah(recruiting)} ({_percent(recruiting, month.paid)})")
    if state.waiting:
        click.echo(
            f"{state.waiting} sales of {state.period} ({rupiah(state.waiting_sum)}) still wait "
            "for the office. Those approved after the closing count in the next month: decide on "
            "them first (/setujui)."
        )


def _percent(part: int, whole: int) -> str:
    hundredths = part * HUNDREDTHS // whole if whole else 0
    return f"{hundredths // 100}.{hundredths % 100:02d} %"
