"""Calculates a month under the plan from a snapshot, and shows it to the operator."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import click

from bot.cli.plan.words import rupiah
from bot.core.plans import PlanOutcome, Snapshot, Version, work_out
from bot.core.plans.values import COMPANY

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.store.months.closing_requests import ClosingFigures
    from bot.store.months.month_checks import MonthWaits
    from bot.system.settings import Settings

__all__ = [
    "MonthResult",
    "MonthState",
    "preview_month",
    "read_month",
    "read_preview",
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
        bonus: their bonus value in rupiah.
        waits: what the office has not decided on.
        stamp: changes with everything that the bonuses follow from.
    """

    period: str
    version: Version
    closed: str
    snapshot: Snapshot
    sellers: int
    number: int
    sales: int
    bonus: int
    waits: "MonthWaits"
    stamp: str


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
    def figures(self) -> "ClosingFigures":
        """The figures that are confirmed before the month is closed."""
        from bot.store.months.closing_requests import ClosingFigures

        state = self.state
        return ClosingFigures(
            plan_digest=state.version.digest,
            number=state.number,
            sales=state.sales,
            payees=len(self.payees),
            paid=self.paid,
            cut=self.outcome.cut,
        )

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

    await refuse_unready(settings)
    return await read_month(settings.database_url.get_secret_value(), version, period)


async def read_month(url: str, version: Version, period: str) -> MonthState:
    """Read a snapshot of the month from a database with the schema of this version."""
    from bot.store.db import read_only
    from bot.store.ledger import periods, snapshots
    from bot.store.months import month_checks

    def look(conn: "Connection") -> MonthState:
        stored = periods.find(conn, period)
        closed = ""
        if stored is not None and stored.state == "closed":
            closed = (
                f"{period} was closed at {stored.closed_at:%Y-%m-%d %H:%M} UTC: "
                f"{rupiah(stored.paid)} to {stored.payees} members. Nothing was changed."
            )
        sold = periods.sales_of(conn, period)
        return MonthState(
            period=period,
            version=version,
            closed=closed,
            snapshot=Snapshot.of(()) if closed else snapshots.of_company(conn, period, version),
            sellers=sold.sellers,
            number=sold.number,
            sales=sold.sales,
            bonus=sold.bonus * version.point_value + sold.fixed,
            waits=month_checks.waits_of(conn, period),
            stamp=month_checks.month_stamp(conn, period),
        )

    return await read_only.look(url, look)


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
    click.echo(f"  bonus value  {rupiah(state.bonus)}")
    click.echo(f"  bonuses      {rupiah(month.paid)} to {len(month.payees)} members {share}")
    for code, (_, amount) in zip(codes, best, strict=True):
        click.echo(f"    {code}   {rupiah(amount)}")
    if cut:
        click.echo(f"  caps took    {rupiah(cut)}")
    recruiting = month.without_sales
    click.echo(f"  recruiting   {rupiah(recruiting)} ({_percent(recruiting, month.paid)})")
    if state.waits.sales:
        click.echo(
            f"{state.waits.sales} sales of {state.period} ({rupiah(state.waits.sales_sum)}) are "
            "still unapproved; approve or reject them first (/setujui). Those approved after the "
            "closing count in the next month."
        )
    if state.waits.returns:
        click.echo(
            f"{state.waits.returns} returns ({rupiah(state.waits.returns_sum)}) are still "
            "unchecked. Those confirmed after the closing count in the next month."
        )


def _percent(part: int, whole: int) -> str:
    hundredths = part * HUNDREDTHS // whole if whole else 0
    return f"{hundredths // 100}.{hundredths % 100:02d} %"
