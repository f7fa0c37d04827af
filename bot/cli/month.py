"""What a month brings under the plan, worked out from a snapshot and shown to the operator."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from bot.core.periods import period_bounds
from bot.core.plans import Credit, Version, credits_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.company import Company
    from bot.settings import Settings

__all__ = ["CREDITS_PER_STEP", "PAYEES_PER_STEP", "Month", "ready_on", "show", "work_out"]

CREDITS_PER_STEP = 2_000
PAYEES_PER_STEP = 500
TOP = 5
HUNDREDTHS = 10_000


@dataclass(frozen=True, slots=True)
class Month:
    """A month, worked out.

    Attributes:
        closed: what to say where it is closed already; empty otherwise.
        sales: rupiah of its approved sales; bonus is their bonus value.
        waiting: how many sales of it the office has not decided on.
        top: code and sum of those who are paid most.
        members: how many the snapshot holds.
    """

    period: str
    version: Version
    closed: str
    credits: list[Credit]
    payees: int
    paid: int
    sellers: int
    number: int
    sales: int
    bonus: int
    waiting: int
    waiting_sum: int
    top: tuple[tuple[str, int], ...]
    members: int


def ready_on(company: "Company", period: str) -> date:
    """The first day on which no customer may give goods of that month back any more."""
    from bot.core.hours import local_day

    after = local_day(period_bounds(period, company.time_zone)[1], company.time_zone)
    return after + timedelta(days=company.policy.customer_window_days)


async def work_out(settings: "Settings", company: "Company", period: str) -> Month:
    """Read a snapshot of the month and run the plan over it.

    Raises:
        Fault: the books have to be migrated first.
    """
    from bot.cli.books import refuse_unready
    from bot.store import looking, members, periods, sales

    await refuse_unready(settings)
    version = company.plan.version_for(period)
    assert version is not None, "checked before"

    def look(conn: "Connection") -> Month:
        standing = periods.find(conn, period)
        closed = ""
        if standing is not None and standing.state == "closed":
            closed = (
                f"{period} was closed at {standing.closed_at:%Y-%m-%d %H:%M} UTC: "
                f"{_rupiah(standing.paid)} to {standing.payees} members. Nothing was changed."
            )
        month = periods.snapshot(conn, period)
        credits_ = credits_of(version, month)
        totals: dict[int, int] = {}
        for credit in credits_:
            totals[credit.member_id] = totals.get(credit.member_id, 0) + credit.amount
        best = sorted(totals.items(), key=lambda each: (-each[1], each[0]))[:TOP]
        sold = periods.sales_of(conn, period)
        waiting, waiting_sum = sales.waiting_in(conn, period)
        return Month(
            period=period,
            version=version,
            closed=closed,
            credits=credits_,
            payees=len(totals),
            paid=sum(totals.values()),
            sellers=sold.sellers,
            number=sold.number,
            sales=sold.sales,
            bonus=sold.bonus,
            waiting=waiting,
            waiting_sum=waiting_sum,
            top=tuple((members.by_id(conn, member).code, amount) for member, amount in best),
            members=len(month.ids),
        )

    return await looking.look(settings.database_url.get_secret_value(), look)


def show(month: Month) -> None:
    """The month on one screen."""
    part = month.paid * HUNDREDTHS // month.sales if month.sales else 0
    sellers = f"by {month.sellers} of {month.members} members"
    share = f"({part // 100}.{part % 100:02d} % of sales)"
    click.echo(f"{month.period}, plan of {month.version.since}")
    click.echo(f"  sold         {_rupiah(month.sales)} in {month.number} sales {sellers}")
    click.echo(f"  bonus value  {_rupiah(month.bonus)}")
    click.echo(f"  bonuses      {_rupiah(month.paid)} to {month.payees} members {share}")
    for code, amount in month.top:
        click.echo(f"    {code}   {_rupiah(amount)}")
    if month.waiting:
        click.echo(
            f"{month.waiting} sales of {month.period} ({_rupiah(month.waiting_sum)}) still wait "
            "for the office. Approved after the closing they count in the next month: decide on "
            "them first (/setujui)."
        )


def _rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")
