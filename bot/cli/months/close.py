"""`close`: calculates the bonuses of a month and pays them, once."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.faults import CommandError, WrongSetupError
from bot.cli.period import read_period
from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from bot.cli.months.preview import MonthResult
    from bot.company import Company
    from bot.system.settings import Settings

__all__ = ["close"]


@click.command(
    help="Close the month PERIOD (YYYY-MM): calculate the bonuses under the plan, store each "
    "credit with the sales it comes from, pay the bonuses into the wallets, and notify the "
    "members.\n\n"
    "Works while the bot runs and answers. Members see nothing before all of it is written and "
    "checked. If the command is interrupted, run it again: it continues where it stopped, and "
    "nothing is paid twice. A closed month stays closed; running this again changes nothing.\n\n"
    "Sales that the office approves later count in the next open month. Details: docs/plans.md.",
    epilog="\b\nExamples:\n"
    "  python -m bot close 2026-10 --preview\n"
    "  python -m bot close 2026-10\n"
    "\b\nExit codes: 0 closed (or previewed), 1 not closed, 2 wrong settings or arguments.",
)
@click.argument("period", callback=read_period)
@click.option("--preview", is_flag=True, help="Show what the month would pay and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.pass_obj
def close(env_file: Path, period: str, *, preview: bool, yes: bool) -> None:
    """Show the month, ask for confirmation, and close it."""
    from bot.cli.months.preview import preview_month, read_preview, show, without_gc
    from bot.company import load_company

    settings = settings_from(env_file)
    company = load_company(settings.company_file)
    version = company.plan.version_for(period)
    if version is None:
        raise WrongSetupError(_no_plan(company, period))
    with without_gc():
        state = asyncio.run(read_preview(settings, version, period))
        if state.closed:
            click.echo(state.closed)
            return
        month = preview_month(state)
        asyncio.run(show(settings, month))
        if preview:
            return
        _refuse_running(settings, company, period)
        if sys.stdin.isatty() and not yes:
            click.confirm(f"Close {period}? This cannot be undone.", abort=True)
        _close(settings, env_file, company, month)


def _no_plan(company: "Company", period: str) -> str:
    if not company.plan.versions:
        return (
            "The company has no plan, so there is nothing to calculate. Begin with "
            'plan.sample.toml and name it in the company file: plan_file = "plan.toml"'
        )
    return (
        f"The plan begins with {company.plan.versions[0].since}, so it has no rule for {period}."
    )


def _refuse_running(settings: "Settings", company: "Company", period: str) -> None:
    from bot.cli.wrong_clock import refuse_wrong_clock
    from bot.core.calendar.periods import period_bounds

    asyncio.run(refuse_wrong_clock(settings))
    end = period_bounds(period, company.time_zone)[1]
    if asyncio.run(now_by(settings)) < end:
        raise CommandError(f"{period} is not over yet. To see its figures so far, use --preview.")


def _close(settings: "Settings", env_file: Path, company: "Company", month: "MonthResult") -> None:
    """Close the month as a job; continues where an earlier run stopped."""
    from bot.cli.months.carry_out import carry_out
    from bot.cli.service.long_work import run_as_job
    from bot.cli.service.remote import TaskClient

    period = month.state.period
    wish = {
        "period": period,
        "env_file": str(env_file.absolute() if env_file.exists() else env_file),
        "company_file": str(settings.company_file.absolute()),
    }

    def here() -> dict[str, str]:
        carry_out(client, settings, company, month)
        return {}

    with TaskClient(settings) as client:
        run_as_job(client, "close", f"close:{period}", wish, here)
    click.echo(f"{period} is closed. The members are notified within the sending hours.")
