"""`plan compare`: calculates a month under two plans and shows who wins and loses."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.file_reports import one_sentence
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
    language = numbers.language
    counts = {"members": len(one.month.ids), "sales": numbers.sales}
    click.echo(one_sentence(language, "month compared", period=numbers.period, **counts))
    for name, path, each in (("A", a, one), ("B", b, other)):
        facts = {"name": name, "file": path, "since": each.version.since}
        click.echo(f"  {one_sentence(language, 'plan compared', **facts)}")
    rows(_totals(one, other, language))
    click.echo(one_sentence(language, "by rule"))
    rows(_by_rule(one, other, language))
    changed = {
        member_id: other.earned.get(member_id, 0) - one.earned.get(member_id, 0)
        for member_id in one.month.ids
    }
    _show_changed(numbers, one.earned, other.earned, changed, top)
    show_notes(numbers)


def _totals(
    one: "PlanResult", other: "PlanResult", language: str
) -> Iterator[tuple[str, str, str, str]]:
    more = difference(other.paid - one.paid)
    yield "", "A", "B", one_sentence(language, "label difference")
    yield one_sentence(language, "label bonuses"), rupiah(one.paid), rupiah(other.paid), more
    parts = [part(each.paid, each.net_sales) for each in (one, other)]
    yield one_sentence(language, "label part"), parts[0], parts[1], ""
    paid = len(one.earned), len(other.earned)
    more = f"{paid[1] - paid[0]:+d}"
    yield one_sentence(language, "label members paid"), str(paid[0]), str(paid[1]), more
    cut = one.outcome.cut, other.outcome.cut
    more = difference(cut[1] - cut[0])
    yield one_sentence(language, "label cut"), rupiah(cut[0]), rupiah(cut[1]), more
    if one.kept or other.kept:
        more = difference(other.kept - one.kept)
        yield one_sentence(language, "label kept"), rupiah(one.kept), rupiah(other.kept), more


def _by_rule(
    one: "PlanResult", other: "PlanResult", language: str
) -> Iterator[tuple[str, str, str, str]]:
    yield "", "A", "B", one_sentence(language, "label difference")
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
    from bot.cli.plan.totals import people_and_bonuses

    wins = sorted((-more, each) for each, more in changed.items() if more > 0)
    losses = sorted((more, each) for each, more in changed.items() if more < 0)
    language = numbers.language
    gained, lost = -sum(more for more, _ in wins), sum(more for more, _ in losses)
    stay = len(changed) - len(wins) - len(losses)
    click.echo(one_sentence(language, "from a to b"))
    rows(
        (
            people_and_bonuses(language),
            (one_sentence(language, "win"), str(len(wins)), difference(gained)),
            (one_sentence(language, "lose"), str(len(losses)), difference(lost)),
            (one_sentence(language, "stay"), str(stay), ""),
        )
    )
    shown = {
        one_sentence(language, "win most"): wins[:top],
        one_sentence(language, "lose most"): losses[:top],
    }
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
