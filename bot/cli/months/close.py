"""`close`: calculates the bonuses of a month and pays them, once."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.faults import CommandError, WrongSetupError, listed
from bot.cli.period import read_period
from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from bot.cli.months.preview import MonthResult
    from bot.company import Company
    from bot.jobs.closing_terms import ClosingTerms
    from bot.system.settings import Settings

__all__ = ["close"]


@click.command(
    help="Close the month PERIOD (YYYY-MM): calculate the bonuses under the plan, store each "
    "credit with the sales it comes from, pay the bonuses into the wallets, and notify the "
    "members.\n\n"
    "Works while the bot runs and answers. Members see nothing before all of it is written and "
    "checked. It closes exactly the figures that it showed; if they change meanwhile, it stops. "
    "Where the bonuses come to more of the net sales than the company's limit "
    "(bonus_share_max_percent), give a --reason, which is kept; a month that would pay more than "
    "it sold is never closed. If the command is interrupted, run it again: it continues where it "
    "stopped, and nothing is paid twice. A closed month stays closed; running this again changes "
    "nothing.\n\n"
    "Sales that the office approves later count in the next open month. Details: docs/plans.md.",
    epilog="\b\nExamples:\n"
    "  python -m bot close 2026-10 --preview\n"
    "  python -m bot close 2026-10\n"
    '  python -m bot close 2026-10 --reason "birthday promotion, approved by Bu Wati"\n'
    "\b\nExit codes: 0 closed (or previewed), 1 not closed, 2 wrong settings or arguments.",
)
@click.argument("period", callback=read_period)
@click.option("--preview", is_flag=True, help="Show what the month would pay and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.option("--reason", default="", help="Why a month above the company's limit is closed.")
@click.pass_obj
def close(env_file: Path, period: str, *, preview: bool, yes: bool, reason: str) -> None:
    """Show the month, ask for confirmation, and close it."""
    from bot.cli.file_reports import said_lines
    from bot.cli.months.preview import preview_month, read_preview, show, without_gc
    from bot.company import load_company
    from bot.company.plan_file import open_questions
    from bot.content.file_words import said_words
    from bot.core.file_faults import Said

    settings = settings_from(env_file)
    company = load_company(settings.company_file)
    terms = asyncio.run(_terms(settings, company, period))
    if terms is None:
        raise WrongSetupError(_no_plan(company, period))
    with without_gc():
        state = asyncio.run(read_preview(settings, terms.version, period))
        if state.closed:
            click.echo(state.closed)
            return
        month = preview_month(state)
        asyncio.run(show(settings, month))
        refused = refusal(month, terms.cap_percent, reason.strip())
        questions, spoken = open_questions(terms.version), company.languages[0]
        asked = said_lines(questions, spoken)
        if questions and not preview:
            raise WrongSetupError(
                listed(said_words(Said.of("heading month", period=period), spoken), asked)
            )
        for question in asked:
            click.echo(question)
        if preview:
            click.echo(refused, nl=bool(refused))
            return
        _refuse_running(settings, company, period)
        if refused:
            raise CommandError(refused)
        if sys.stdin.isatty() and not yes:
            click.confirm(f"Close {period}? This cannot be undone.", abort=True)
        _close(settings, env_file, terms, month, reason.strip())


async def _terms(settings: "Settings", company: "Company", period: str) -> "ClosingTerms | None":
    """Returns the terms of the month; of one that is shut, those that it was shut with.

    Raises:
        CommandError: the database has to be upgraded first.
    """
    from functools import partial

    from bot.cli.database.upgrade import refuse_unready
    from bot.jobs.closing_terms import terms_to_close
    from bot.store.db import read_only

    await refuse_unready(settings)
    look = partial(terms_to_close, company=company, period=period)
    return await read_only.look(settings.database_url.get_secret_value(), look)


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


def refusal(month: "MonthResult", cap_percent: int, reason: str) -> str:
    """Returns why a month is not closed as it is; empty where nothing is against it."""
    from bot.core.plans.bonus_share import judge_share
    from bot.services.months.closing_guard import absurd_words, high_words

    period, figures = month.state.period, month.figures
    match judge_share(figures.paid, figures.sales, cap_percent):
        case "absurd":
            return f"{period} cannot be closed: {absurd_words(period, figures)}."
        case "high" if not reason:
            words = high_words(figures, cap_percent)
            return f"{period} needs a reason: {words}. Give one with --reason TEXT; it is kept."
        case _:
            return ""


def _close(
    settings: "Settings",
    env_file: Path,
    terms: "ClosingTerms",
    month: "MonthResult",
    reason: str,
) -> None:
    """Close the month as a job; continues where an earlier run stopped."""
    from dataclasses import astuple

    from bot.cli.months.carry_out import carry_out
    from bot.cli.service.long_work import run_as_job
    from bot.cli.service.remote import TaskClient
    from bot.core.input.checked_json import integer
    from bot.jobs.job_names import CLOSE
    from bot.services.months.request_tasks import close_reference

    period, url = terms.period, settings.database_url.get_secret_value()
    wish: dict[str, object] = {
        "period": period,
        "env_file": str(env_file.absolute() if env_file.exists() else env_file),
        "company_file": str(settings.company_file.absolute()),
    }
    confirmed = {
        "period": period,
        "figures": list(astuple(month.figures)),
        "cap_percent": terms.cap_percent,
        "reason": reason,
    }
    with TaskClient(settings) as client:
        asked = client.do("confirm closing", confirmed)
        if "refused" in asked:
            raise CommandError(f"{period} is not closed: {asked['refused']}.")
        request = integer(asked, "request")

        def here() -> dict[str, str]:
            carry_out(client, url, terms, month, request)
            return {}

        run_as_job(client, CLOSE, close_reference(period), {**wish, "request": request}, here)
    click.echo(f"{period} is closed. The members are notified within the sending hours.")
