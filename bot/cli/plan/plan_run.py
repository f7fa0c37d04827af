"""`plan run`: calculates a month from two tables, without bot, settings or database."""

from collections.abc import Sequence
from pathlib import Path

import click

from bot.cli.file_reports import first_language, one_sentence, wrong_plan
from bot.cli.period import read_period
from bot.cli.plan.options import EXISTING

__all__ = ["plan_run"]

STDOUT = Path("-")
TOP = 5


@click.command(
    "run",
    help="Calculate a month under the plan in FILE, from two tables of your own, and write every "
    "bonus with the sales it comes from. Needs no bot, no settings and no database.\n\n"
    "TREE has the headings code, sponsor, joined, and optionally rank, status, accumulated. "
    "SALES has id, date, seller, points, bonus_value, amount, kind, and optionally customer; "
    "kind is retail, own or signup. Both are CSV in UTF-8 with commas or semicolons. A return is "
    "a line with negative figures. Sales at joining (signup) never count.\n\n"
    "The result has a line for each member, rule, seller and level: member, rule, amount, base, "
    "rate_bp (hundredths of a percent), source, level.\n\n"
    "An example to copy is in docs/plan-run.md.",
    epilog="\b\nExamples:\n"
    "  python -m bot plan run plan.toml --tree tree.csv --sales sales.csv \\\n"
    "    --period 2026-10 --out result.csv\n"
    "  python -m bot plan run plan.toml --tree tree.csv --sales sales.csv \\\n"
    "    --period 2026-10 --out - > result.csv\n"
    "\b\nExit codes: 0 calculated, 1 not written, 2 wrong plan, table or arguments.",
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--tree", required=True, type=EXISTING, help="The table of members and sponsors.")
@click.option("--sales", required=True, type=EXISTING, help="The table of sales.")
@click.option(
    "--period",
    required=True,
    callback=read_period,
    metavar="YYYY-MM",
    help="The month.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="The file for the result; - is the standard output.",
)
@click.pass_obj
def plan_run(env_file: Path, file: Path, tree: Path, sales: Path, period: str, out: Path) -> None:
    """Read the tables, calculate the month, and write and print the result."""
    from bot.cli.plan.calculation import calculate
    from bot.cli.plan.numbers import from_files
    from bot.cli.plan.plan_of import version_of
    from bot.cli.plan.result_file import write_result
    from bot.cli.plan.totals import show_best, show_notes, show_ranks, show_totals

    spoken = first_language(env_file)
    _refuse_target(out, (file, tree, sales), spoken)
    version = version_of(file, period, spoken)
    numbers = from_files(tree, sales, period, [version], spoken)
    found = calculate(version, numbers.months[0])
    write_result(out, numbers, [*found.outcome.credits, *found.margins])
    err = out == STDOUT
    show_totals(numbers, found, file, err=err)
    show_best(numbers, found, TOP, err=err)
    show_ranks(numbers, found, err=err)
    show_notes(numbers, err=err)
    if not err:
        lines = len(found.outcome.credits) + len(found.margins)
        click.echo(one_sentence(spoken, "lines written", number=lines, file=out))


def _refuse_target(out: Path, given: Sequence[Path], language: str) -> None:
    """Refuse a file for the result that would overwrite an input or has no folder.

    Raises:
        WrongSetupError: always in these cases.
    """
    if out == STDOUT:
        return
    if out.resolve() in {each.resolve() for each in given}:
        raise wrong_plan(language, "result is input", file=out)
    if not out.parent.is_dir():
        raise wrong_plan(language, "no result folder", folder=out.parent)
