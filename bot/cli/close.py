"""`close`: works out the bonuses of a month and puts them into the books, once."""

import asyncio
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.faults import Fault, WrongSetup
from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from bot.cli.month import Month
    from bot.company import Company
    from bot.settings import Settings

__all__ = ["close"]

PERIOD = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


def _period(ctx: click.Context, param: click.Parameter, value: str) -> str:
    del ctx, param
    if not PERIOD.fullmatch(value):
        raise click.BadParameter("a month is written as 2026-10")
    return value


@click.command(
    help="Close the month PERIOD (YYYY-MM): work out the bonuses under the plan, write each "
    "credit with the sales it comes from, pay them into the wallets, and tell the members.\n\n"
    "Works while the bot runs and goes on answering. Nobody sees anything before all of it is "
    "written and proved. If it is broken off, run it again: it goes on where it stopped, and "
    "nothing is paid twice. A month that is closed stays closed; running this again changes "
    "nothing.\n\n"
    "Sales that the office approves after this count in the next open month.",
    epilog="\b\nExamples:\n"
    "  python -m bot close 2026-10 --preview\n"
    "  python -m bot close 2026-10\n"
    "\b\nExit codes: 0 closed (or previewed), 1 not closed, 2 wrong settings or arguments.",
)
@click.argument("period", callback=_period)
@click.option("--preview", is_flag=True, help="Only show what it would pay; nothing is written.")
@click.option("--yes", is_flag=True, help="Do not ask once more.")
@click.pass_obj
def close(env_file: Path, period: str, *, preview: bool, yes: bool) -> None:
    """Show, ask, and close."""
    from bot.cli.month import show, work_out
    from bot.company import load_company

    settings = settings_from(env_file)
    company = load_company(settings.company_file)
    if company.plan.version_for(period) is None:
        raise WrongSetup(_no_plan(company, period))
    month = asyncio.run(work_out(settings, company, period))
    if month.closed:
        click.echo(month.closed)
        return
    show(month)
    if preview:
        return
    _refuse_running(settings, company, period)
    if sys.stdin.isatty() and not yes:
        click.confirm(f"Close {period}? This cannot be undone.", abort=True)
    _close(settings, company, month)


def _no_plan(company: "Company", period: str) -> str:
    if not company.plan.versions:
        return (
            "The company has no plan, so there is nothing to work out. Begin with "
            'plan.sample.toml and name it in the company file: plan_file = "plan.toml"'
        )
    return f"The plan begins with {company.plan.versions[0].since}, so {period} has no rule."


def _refuse_running(settings: "Settings", company: "Company", period: str) -> None:
    from bot.core.periods import period_bounds

    end = period_bounds(period, company.time_zone)[1]
    if asyncio.run(now_by(settings)) < end:
        raise Fault(f"{period} is not over yet. See how it stands with --preview.")


def _close(settings: "Settings", company: "Company", month: "Month") -> None:
    """All steps, from wherever an earlier run stopped."""
    from bot.cli.errands import have_done
    from bot.cli.month import CREDITS_PER_STEP, PAYEES_PER_STEP, ready_on, work_out
    from bot.cli.progress import counted

    period = month.period
    wish = {
        "period": period,
        "plan": month.version.since,
        "since": company.plan.versions[0].since,
        "digest": month.version.digest,
        "ready_on": ready_on(company, period).isoformat(),
    }
    begun = have_done(settings, "closing begin", wish)
    if "refused" in begun:
        raise Fault(f"{period} is not closed: {begun['refused']}.")
    # A sale may have come in while the question was read. From here on nothing does.
    month = asyncio.run(work_out(settings, company, period))
    steps = range(0, len(month.credits), CREDITS_PER_STEP)
    for start in counted(steps, "Writing credits"):
        part = [each.columns() for each in month.credits[start : start + CREDITS_PER_STEP]]
        have_done(settings, "closing credits", {"period": period, "credits": part})
    above: int | None = 0
    for _ in counted(range(month.payees // PAYEES_PER_STEP + 1), "Paying into the wallets"):
        if above is None:
            break
        step = {"period": period, "above": above, "limit": PAYEES_PER_STEP}
        above = have_done(settings, "closing post", step)["last"]
    sums = {"credits": len(month.credits), "payees": month.payees, "paid": month.paid}
    done = have_done(settings, "closing finish", {"period": period, **sums})
    if done["fault"]:
        raise Fault(
            f"{period} is not closed: {done['fault']}. Nothing of it is visible to members. "
            "Keep the files as they are and run: python -m bot doctor"
        )
    click.echo(f"{period} is closed. The members are told within the sending hours.")
