"""What a month brings under the plan, worked out from a snapshot and shown to the operator."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import click

from bot.core.calendar.periods import period_bounds
from bot.core.plans import PlanOutcome, Snapshot, Version, work_out
from bot.core.plans.values import COMPANY

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.company import Company
    from bot.system.settings import Settings

__all__ = [
    "MonthResult",
    "Seen",
    "preview_month",
    "read_preview",
    "ready_on",
    "show",
    "uncollected",
]

TOP = 5
HUNDREDTHS = 10_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A month as it stands in the books.

    Attributes:
        closed: what to say where it is closed already; empty otherwise.
        sales: rupiah of its approved sales; bonus is their bonus value.
        waiting: how many sales of it the office has not decided on.
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
    """A month, worked out.

    Attributes:
        seen: what it was worked out from.
        outcome: what the plan gives; its credits stand in the order of who is paid.
        payees: number and rupiah of each who is paid, in the same order.
    """

    seen: Seen
    outcome: PlanOutcome
    payees: list[tuple[int, int]]

    @property
    def paid(self) -> int:
        """Rupiah in all."""
        return sum(amount for _, amount in self.payees)

    @property
    def without_sales(self) -> int:
        """Rupiah of bonuses under which there are no sales, so that only recruiting were left."""
        snapshot = self.seen.snapshot
        sold = {
            seller for seller, sales in zip(snapshot.ids, snapshot.sales, strict=True) if sales > 0
        }
        if sold:
            sold.add(COMPANY)
        return sum(each.amount for each in self.outcome.credits if each.source_id not in sold)


def ready_on(company: "Company", period: str) -> date:
    """The first day on which no customer may give goods of that month back any more."""
    from bot.core.calendar.hours import local_day

    after = local_day(period_bounds(period, company.time_zone)[1], company.time_zone)
    return after + timedelta(days=company.policy.customer_window_days)


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave millions of rows alone: none of them refers to itself, and looking takes seconds."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def read_preview(settings: "Settings", version: Version, period: str) -> Seen:
    """Read a snapshot of the month.

    Raises:
        CommandError: the books have to be migrated first.
    """
    from bot.cli.database.upgrade import refuse_unready
    from bot.store.db import read_only
    from bot.store.ledger import periods
    from bot.store.sales import sales

    await refuse_unready(settings)

    def look(conn: "Connection") -> Seen:
        standing = periods.find(conn, period)
        closed = ""
        if standing is not None and standing.state == "closed":
            closed = (
                f"{period} was closed at {standing.closed_at:%Y-%m-%d %H:%M} UTC: "
                f"{_rupiah(standing.paid)} to {standing.payees} members. Nothing was changed."
            )
        sold = periods.sales_of(conn, period)
        waiting, waiting_sum = sales.waiting_in(conn, period)
        return Seen(
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


def preview_month(seen: Seen) -> MonthResult:
    """Run the plan over what was seen."""
    outcome = work_out(seen.version, seen.snapshot)
    payee = attrgetter("member_id")
    outcome.credits.sort(key=payee)
    payees = [
        (member_id, sum(credit.amount for credit in theirs))
        for member_id, theirs in groupby(outcome.credits, payee)
    ]
    return MonthResult(seen, outcome, payees)


async def show(settings: "Settings", month: MonthResult) -> None:
    """The month on one screen."""
    from bot.store.db import read_only
    from bot.store.members import members

    seen, cut = month.seen, month.outcome.cut
    best = sorted(month.payees, key=lambda each: (-each[1], each[0]))[:TOP]
    url = settings.database_url.get_secret_value()
    codes = await read_only.look(
        url, lambda conn: [members.by_id(conn, member).code for member, _ in best]
    )
    members_ = len(seen.snapshot.ids)
    sellers = f"by {seen.sellers} of {members_} members"
    share = f"({_percent(month.paid, seen.sales)} of sales)"
    click.echo(f"{seen.period}, plan of {seen.version.since}")
    click.echo(f"  sold         {_rupiah(seen.sales)} in {seen.number} sales {sellers}")
    click.echo(f"  bonus value  {_rupiah(seen.bonus * seen.version.point_value)}")
    click.echo(f"  bonuses      {_rupiah(month.paid)} to {len(month.payees)} members {share}")
    for code, (_, amount) in zip(codes, best, strict=True):
        click.echo(f"    {code}   {_rupiah(amount)}")
    if cut:
        click.echo(f"  caps took    {_rupiah(cut)}")
    recruiting = month.without_sales
    click.echo(f"  recruiting   {_rupiah(recruiting)} ({_percent(recruiting, month.paid)})")
    if seen.waiting:
        click.echo(
            f"{seen.waiting} sales of {seen.period} ({_rupiah(seen.waiting_sum)}) still wait "
            "for the office. Approved after the closing they count in the next month: decide on "
            "them first (/setujui)."
        )


def _percent(part: int, whole: int) -> str:
    hundredths = part * HUNDREDTHS // whole if whole else 0
    return f"{hundredths // 100}.{hundredths % 100:02d} %"


def _rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")
