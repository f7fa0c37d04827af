"""The options of `plan simulate` and `plan compare`, and the month that they name."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from bot.cli.period import read_period

if TYPE_CHECKING:
    from bot.cli.plan.calculation import PlanResult
    from bot.cli.plan.numbers import Numbers
    from bot.system.settings import Settings

__all__ = ["EXISTING", "calculate_plans", "month_options"]

Command = TypeVar("Command", bound=Callable[..., object])

EXISTING: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


def month_options(command: Command) -> Command:
    """Add the options for the month and its source to a command."""
    options = (
        click.option(
            "--period",
            callback=read_period,
            metavar="YYYY-MM",
            help="The month. Default: the last one that is over, from the database.",
        ),
        click.option("--tree", type=EXISTING, help="A table of members instead of the database."),
        click.option("--sales", type=EXISTING, help="A table of sales instead of the database."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def calculate_plans(
    env_file: Path,
    plans: Sequence[Path],
    period: str | None,
    tree: Path | None,
    sales: Path | None,
) -> tuple["Numbers", list["PlanResult"]]:
    """Returns a month, and its result under each of the plans.

    Raises:
        UsageError: the options for tables are incomplete.
        WrongSetupError: a plan, a table or the settings have faults.
    """
    from bot.cli.file_reports import first_language
    from bot.cli.plan.calculation import calculate
    from bot.cli.plan.numbers import from_database, from_files
    from bot.cli.plan.plan_of import version_of

    if (tree is None) != (sales is None):
        raise click.UsageError("--tree and --sales go together: the members, and what they sold.")
    spoken = first_language(env_file)
    if tree is not None and sales is not None:
        if period is None:
            raise click.UsageError("Name the month of the tables with --period.")
        versions = [version_of(plan, period, spoken) for plan in plans]
        numbers = from_files(tree, sales, period, versions, spoken)
    else:
        from bot.cli.setup import settings_from

        settings = settings_from(env_file)
        period = period or asyncio.run(_last_period(settings))
        versions = [version_of(plan, period, spoken) for plan in plans]
        numbers = from_database(settings, period, versions, spoken)
    pairs = zip(versions, numbers.months, strict=True)
    return numbers, [calculate(version, month) for version, month in pairs]


async def _last_period(settings: "Settings") -> str:
    """Returns the last month that is over, in the company's time zone."""
    from bot.cli.setup import now_by
    from bot.company import load_company
    from bot.core.calendar.periods import period_of, previous_period

    company = load_company(settings.company_file)
    return previous_period(period_of(await now_by(settings), company.time_zone))
