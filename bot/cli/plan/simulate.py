"""`plan simulate`: shows what a month would pay, and writes nothing."""

from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli.file_reports import one_sentence
from bot.cli.plan.options import calculate_plans, month_options
from bot.cli.plan.words import part, rows, rupiah

__all__ = ["simulate"]

TOP = 10
STEPS = (0, 100_000, 1_000_000)
"""The bounds between groups of bonuses, in rupiah."""


@click.command(
    help="Show what a month would pay under the plan in FILE: who gets most, how many get "
    "nothing, little or much, and the part of each rule and each rank. Nothing is written.\n\n"
    "The month comes from the database, which is only read, or from two tables as for `plan run`.",
    epilog="\b\nExamples:\n"
    "  python -m bot plan simulate plan.toml\n"
    "  python -m bot plan simulate plan-2027.toml --period 2026-10 --top 25\n"
    "  python -m bot plan simulate plan.toml --tree tree.csv --sales sales.csv --period 2026-10\n"
    "\b\nExit codes: 0 shown, 1 database not readable, 2 wrong plan, table or arguments.",
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@month_options
@click.option(
    "--top",
    type=click.IntRange(0, 1_000),
    default=TOP,
    show_default=True,
    help="How many of the best paid members are named.",
)
@click.pass_obj
def simulate(
    env_file: Path,
    file: Path,
    period: str | None,
    tree: Path | None,
    sales: Path | None,
    top: int,
) -> None:
    """Calculate the month and print it."""
    from bot.cli.plan.totals import (
        people_and_bonuses,
        show_best,
        show_notes,
        show_ranks,
        show_totals,
    )

    numbers, (found,) = calculate_plans(env_file, [file], period, tree, sales)
    show_totals(numbers, found, file)
    bonuses = sorted(found.earned.get(member_id, 0) for member_id in found.month.ids)
    language = numbers.language
    click.echo(one_sentence(language, "what members get"))
    rows(_shares(bonuses, language))
    click.echo(one_sentence(language, "by rule"))
    rules = [
        (slug, str(payees), rupiah(amount), part(amount, found.paid))
        for slug, (amount, payees) in found.by_rule.items()
    ]
    rows([people_and_bonuses(language), *rules])
    show_ranks(numbers, found)
    show_best(numbers, found, top)
    show_notes(numbers)


def _shares(bonuses: list[int], language: str) -> Iterator[tuple[str, str, str]]:
    """Yield lines with the count of members per group of bonuses, and the medians."""
    yield "", one_sentence(language, "label members"), ""
    bounds = (-1, *STEPS)
    for low, high in zip(bounds, STEPS, strict=False):
        count = sum(low < each <= high for each in bonuses)
        label = one_sentence(language, "gets up to" if high else "gets nothing", sum=rupiah(high))
        yield label, str(count), part(count, len(bonuses))
    count = sum(each > STEPS[-1] for each in bonuses)
    yield one_sentence(language, "gets more"), str(count), part(count, len(bonuses))
    paid = [each for each in bonuses if each]
    yield one_sentence(language, "median of all"), rupiah(_lower_median(bonuses)), ""
    yield one_sentence(language, "median of paid"), rupiah(_lower_median(paid)), ""


def _lower_median(sums: list[int]) -> int:
    """Returns the median; of an even count the lower of the two in the middle."""
    return sums[(len(sums) - 1) // 2] if sums else 0
