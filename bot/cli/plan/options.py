"""What `plan simulate` and `plan compare` ask for, and the month that they get for it."""

import asyncio
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

if TYPE_CHECKING:
    from bot.cli.plan.numbers import Numbers
    from bot.cli.plan.reckoning import Reckoned
    from bot.system.settings import Settings

__all__ = ["EXISTING", "as_period", "month_options", "worked_out"]

Command = TypeVar("Command", bound=Callable[..., object])

PERIOD: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)
EXISTING: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


def as_period(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A month as it is written everywhere."""
    del ctx, param
    if value is not None and not PERIOD.fullmatch(value):
        raise click.BadParameter("a month is written as 2026-10")
    return value


def month_options(command: Command) -> Command:
    """The options that say which month is tried, and where it comes from."""
    options = (
        click.option(
            "--period",
            callback=as_period,
            metavar="YYYY-MM",
            help="The month. Left out: of the books the last one that is over.",
        ),
        click.option("--tree", type=EXISTING, help="A table of members instead of the books."),
        click.option("--sales", type=EXISTING, help="A table of sales instead of the books."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def worked_out(
    env_file: Path,
    plans: Sequence[Path],
    period: str | None,
    tree: Path | None,
    sales: Path | None,
) -> tuple["Numbers", list["Reckoned"]]:
    """A month, and what each of the plans makes of it.

    Raises:
        UsageError: half of what tables need.
        WrongSetupError: a plan, a table or the settings have faults.
    """
    from bot.cli.plan.numbers import from_books, from_files
    from bot.cli.plan.plan_of import version_of
    from bot.cli.plan.reckoning import reckon

    if (tree is None) != (sales is None):
        raise click.UsageError("--tree and --sales go together: who is there, and who sold what.")
    if tree is not None and sales is not None:
        if period is None:
            raise click.UsageError("Say with --period which month of the tables is meant.")
        versions = [version_of(plan, period) for plan in plans]
        numbers = from_files(tree, sales, period, versions)
    else:
        from bot.cli.setup import settings_from

        settings = settings_from(env_file)
        period = period or asyncio.run(_last_period(settings))
        versions = [version_of(plan, period) for plan in plans]
        numbers = from_books(settings, period, versions)
    pairs = zip(versions, numbers.months, strict=True)
    return numbers, [reckon(version, month) for version, month in pairs]


async def _last_period(settings: "Settings") -> str:
    """The last month that is over, on the company's wall clock."""
    from bot.cli.setup import now_by
    from bot.company import load_company
    from bot.core.calendar.periods import period_of, previous_period

    company = load_company(settings.company_file)
    return previous_period(period_of(await now_by(settings), company.time_zone))
