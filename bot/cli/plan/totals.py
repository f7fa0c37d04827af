"""The figures that all plan commands print: sold, paid, and the part of sales."""

from pathlib import Path

import click

from bot.cli.plan.calculation import PlanResult
from bot.cli.plan.numbers import Numbers
from bot.cli.plan.words import part, rows, rupiah
from bot.core.plans import month_under

__all__ = ["show_best", "show_notes", "show_ranks", "show_totals"]

WIDTH = 16


def show_totals(numbers: Numbers, found: PlanResult, file: Path, *, err: bool = False) -> None:
    """Print the month on one screen."""
    month, version = found.month, found.version
    sellers = sum(any(each) for each in zip(month.points, month.bonus, month.sales, strict=True))
    bonus = sum(month.bonus)
    value = rupiah(sum(month_under(version, month).bases))
    if version.point_value != 1:
        value = f"{bonus:,} points of {rupiah(version.point_value)}: {value}".replace(",", ".")
    lines = {
        "members": f"{len(month.ids)}, of whom {sellers} sold",
        "sold": f"{rupiah(found.net_sales)} in {numbers.sales} sales",
        "bonus value": value,
        "bonuses": f"{rupiah(found.paid)} to {len(found.earned)} members",
        "part of sales": part(found.paid, found.net_sales),
        "cut by caps": rupiah(found.outcome.cut),
        "from recruiting": part(found.from_recruiting, found.paid),
    }
    click.echo(f"{numbers.period} under {file}, version of {version.since}", err=err)
    for name, words in lines.items():
        click.echo(f"  {name:<{WIDTH}}{words}", err=err)
    if found.margins:
        click.echo(
            f"Kept by sellers themselves, not paid by the company: {rupiah(found.kept)}", err=err
        )


def show_best(numbers: Numbers, found: PlanResult, count: int, *, err: bool = False) -> None:
    """Print the best paid members, with their paid-as ranks."""
    best = found.best(count)
    if not best:
        return
    codes = numbers.codes([member_id for member_id, _ in best])
    ranks = dict(zip(found.month.ids, found.outcome.ranks, strict=True))
    slugs = ("", *(rank.slug for rank in found.version.ranks))
    click.echo("Best paid", err=err)
    rows(
        (
            (codes[member_id], rupiah(amount), slugs[ranks[member_id]])
            for member_id, amount in best
        ),
        err=err,
    )


def show_ranks(found: PlanResult, *, err: bool = False) -> None:
    """Print the count of members paid as each rank, and the sum of their bonuses."""
    if not found.version.ranks:
        return
    click.echo("By rank", err=err)
    ranks = [
        (slug, str(members), rupiah(amount), part(amount, found.paid))
        for slug, members, amount in found.by_rank()
    ]
    rows([("", "members", "bonuses", ""), *ranks], err=err)


def show_notes(numbers: Numbers, *, err: bool = False) -> None:
    """Print what was left out."""
    for note in numbers.notes:
        click.echo(f"Note: {note}", err=err)
