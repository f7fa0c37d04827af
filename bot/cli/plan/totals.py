"""The figures that all plan commands print: sold, paid, and the part of sales."""

from pathlib import Path

import click

from bot.cli.file_reports import one_sentence
from bot.cli.plan.calculation import PlanResult
from bot.cli.plan.numbers import Numbers
from bot.cli.plan.words import part, rows, rupiah
from bot.core.plans import month_under

__all__ = ["people_and_bonuses", "show_best", "show_notes", "show_ranks", "show_totals"]


def show_totals(numbers: Numbers, found: PlanResult, file: Path, *, err: bool = False) -> None:
    """Print the month on one screen."""
    language, month, version = numbers.language, found.month, found.version
    sellers = sum(any(each) for each in zip(month.points, month.bonus, month.sales, strict=True))
    people = {"number": len(month.ids), "sellers": sellers}
    sold = {"sum": rupiah(found.net_sales), "number": numbers.sales}
    paid = {"sum": rupiah(found.paid), "number": len(found.earned)}
    lines = {
        one_sentence(language, "label members"): one_sentence(language, "members sold", **people),
        one_sentence(language, "label sold"): one_sentence(language, "sold in", **sold),
        one_sentence(language, "label bonus value"): _bonus_value(numbers, found),
        one_sentence(language, "label bonuses"): one_sentence(language, "bonuses to", **paid),
        one_sentence(language, "label part"): part(found.paid, found.net_sales),
        one_sentence(language, "label cut"): rupiah(found.outcome.cut),
        one_sentence(language, "label recruiting"): part(found.from_recruiting, found.paid),
    }
    facts = {"period": numbers.period, "file": file, "since": version.since}
    click.echo(one_sentence(language, "month under", **facts), err=err)
    width = max(map(len, lines))
    for name, words in lines.items():
        click.echo(f"  {name:<{width}} {words}", err=err)
    if found.margins:
        click.echo(one_sentence(language, "kept by sellers", sum=rupiah(found.kept)), err=err)


def _bonus_value(numbers: Numbers, found: PlanResult) -> str:
    version = found.version
    value = rupiah(sum(month_under(version, found.month).bases))
    if version.point_value == 1:
        return value
    facts = {
        "points": f"{sum(found.month.bonus):,}".replace(",", "."),
        "value": rupiah(version.point_value),
        "sum": value,
    }
    return one_sentence(numbers.language, "points of value", **facts)


def show_best(numbers: Numbers, found: PlanResult, count: int, *, err: bool = False) -> None:
    """Print the best paid members, with their paid-as ranks."""
    best = found.best(count)
    if not best:
        return
    codes = numbers.codes([member_id for member_id, _ in best])
    ranks = dict(zip(found.month.ids, found.outcome.ranks, strict=True))
    slugs = ("", *(rank.slug for rank in found.version.ranks))
    click.echo(one_sentence(numbers.language, "best paid"), err=err)
    rows(
        (
            (codes[member_id], rupiah(amount), slugs[ranks[member_id]])
            for member_id, amount in best
        ),
        err=err,
    )


def show_ranks(numbers: Numbers, found: PlanResult, *, err: bool = False) -> None:
    """Print the count of members paid as each rank, and the sum of their bonuses."""
    if not found.version.ranks:
        return
    language = numbers.language
    click.echo(one_sentence(language, "by rank"), err=err)
    ranks = [
        (
            slug or one_sentence(language, "no rank"),
            str(members),
            rupiah(amount),
            part(amount, found.paid),
        )
        for slug, members, amount in found.by_rank()
    ]
    rows([people_and_bonuses(language), *ranks], err=err)


def people_and_bonuses(language: str) -> tuple[str, str, str]:
    """Returns the headings of a table: what, how many members, how much."""
    return "", one_sentence(language, "label members"), one_sentence(language, "label bonuses")


def show_notes(numbers: Numbers, *, err: bool = False) -> None:
    """Print what was left out."""
    for note in numbers.notes:
        click.echo(one_sentence(numbers.language, "note", note=note), err=err)
