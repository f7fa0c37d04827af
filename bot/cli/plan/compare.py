"""`plan compare`: calculates a month under two plans and shows who wins and loses."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.plan.options import calculate_plans, month_options
from bot.cli.plan.words import difference, part, rows, rupiah

if TYPE_CHECKING:
    from bot.cli.plan.calculation import PlanResult
    from bot.cli.plan.numbers import Numbers

__all__ = ["compare"]

TOP = 5


@click.command(
    help="Calculate the same month under the plans in A and B and show the difference: the sums, "
    "how many members win, lose or stay the same, those who win or lose most, and each rule. "
    "Nothing is written.\n\n"
    "The month comes from the database, which is only read, or from two tables as for `plan run`.",
    epilog="\b\nExamples:\n"
    "  python -m bot plan compare plan.toml plan-2027.toml\n"
    "  python -m bot plan compare plan.toml plan-2027.toml --period 2026-10 --top 20\n"
    "\b\nExit codes: 0 shown, 1 database not readable, 2 wrong plan, table or arguments.",
)
@click.argument("a", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("b", type=click.Path(dir_okay=False, path_type=Path))
@month_options
@click.option(
    "--top",
    type=click.IntRange(0, 1_000),
    default=TOP,
    show_default=True,
    help="How many of the members who win or lose most are named.",
)
@click.pass_obj
def compare(
    env_file: Path,
    a: Path,
    b: Path,
    period: str | None,
    tree: Path | None,
    sales: Path | None,
    top: int,
) -> None:
    """Calculate the month twice and print the difference."""
    from bot.cli.plan.totals import show_notes

    numbers, (one, other) = calculate_plans(env_file, [a, b], period, tree, sales)
    click.echo(f"{numbers.period}, {len(one.month.ids)} members, {numbers.sales} sales")
    click.echo(f"  A  {a}, version of {one.version.since}")
    click.echo(f"  B  {b}, version of {other.version.since}")
    rows(_totals(one, other))
    click.echo("By rule")
    rows(_by_rule(one, other))
    changed = {
        member_id: other.earned.get(member_id, 0) - one.earned.get(member_id, 0)
        for member_id in one.month.ids
    }
    _show_changed(numbers, one.earned, other.earned, changed, top)
    show_notes(numbers)


def _totals(one: "PlanResult", other: "PlanResult") -> Iterator[tuple[str, str, str, str]]:
    yield "", "A", "B", "difference"
    yield "bonuses", rupiah(one.paid), rupiah(other.paid), difference(other.paid - one.paid)
    parts = [part(each.paid, each.net_sales) for each in (one, other)]
    yield "part of sales", parts[0], parts[1], ""
    paid = len(one.earned), len(other.earned)
    yield "members paid", str(paid[0]), str(paid[1]), f"{paid[1] - paid[0]:+d}"
    cut = one.outcome.cut, other.outcome.cut
    yield "cut by caps", rupiah(cut[0]), rupiah(cut[1]), difference(cut[1] - cut[0])
    if one.kept or other.kept:
        more = difference(other.kept - one.kept)
        yield "kept by sellers", rupiah(one.kept), rupiah(other.kept), more


def _by_rule(one: "PlanResult", other: "PlanResult") -> Iterator[tuple[str, str, str, str]]:
    yield "", "A", "B", "difference"
    for slug in dict.fromkeys([*one.by_rule, *other.by_rule]):
        sums = [each.by_rule[slug][0] if slug in each.by_rule else None for each in (one, other)]
        shown = ["-" if each is None else rupiah(each) for each in sums]
        yield slug, shown[0], shown[1], difference((sums[1] or 0) - (sums[0] or 0))


def _show_changed(
    numbers: "Numbers",
    before: Mapping[int, int],
    after: Mapping[int, int],
    changed: Mapping[int, int],
    top: int,
) -> None:
    """Print how many members win or lose how much, and who most."""
    wins = sorted((-more, each) for each, more in changed.items() if more > 0)
    losses = sorted((more, each) for each, more in changed.items() if more < 0)
    click.echo("From A to B")
    rows(
        (
            ("", "members", "bonuses"),
            ("win", str(len(wins)), difference(-sum(more for more, _ in wins))),
            ("lose", str(len(losses)), difference(sum(more for more, _ in losses))),
            ("stay", str(len(changed) - len(wins) - len(losses)), ""),
        )
    )
    shown = {"Win most": wins[:top], "Lose most": losses[:top]}
    codes = numbers.codes([each for found in shown.values() for _, each in found])
    for heading, found in shown.items():
        if found:
            click.echo(heading)
            rows(
                (
                    codes[each],
                    rupiah(before.get(each, 0)),
                    "→",
                    rupiah(after.get(each, 0)),
                    difference(changed[each]),
                )
                for _, each in found
            )
