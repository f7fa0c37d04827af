"""A plan in words for its author: what is paid, for what, and how much at most."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias, assert_never

from bot.cli.plan.words import rupiah
from bot.company.plan_file.ceiling import percent
from bot.content.file_words import said_words
from bot.core.file_faults import Said
from bot.core.plans import (
    Caps,
    Conditions,
    Differential,
    Generation,
    Personal,
    Plan,
    Pool,
    Rank,
    Rule,
    Unilevel,
    Version,
)
from bot.core.plans.values import Names

__all__ = ["summary"]

Line: TypeAlias = tuple[int, Said]
"""How far a line stands to the right, and what it says."""

INDENT: Final = "  "


def summary(plan: Plan, language: str) -> Iterator[str]:
    """Yield the lines of one screen for each version, in this language."""
    for number, version in enumerate(plan.versions):
        after = plan.versions[number + 1].since if number + 1 < len(plan.versions) else ""
        head = Said.of("plan until" if after else "plan from", since=version.since, until=after)
        yield said_words(head, language)
        for depth, said in _version(version):
            yield f"{INDENT * (depth + 1)}{said_words(said, language)}"
        yield ""


def _version(version: Version) -> Iterator[Line]:
    yield 0, Said(f"qualify {version.qualify_by}")
    if version.point_value > 1:
        yield 0, Said.of("point value", value=rupiah(version.point_value))
    yield from _ranks(version)
    yield 0, Said("rules")
    for rule in version.rules:
        yield 1, _named(rule.slug, rule.names, _paid(rule, version))
        yield 2, Said.of("requires", asked=_conditions(rule.conditions, version))
    yield 1, Said("rounded")
    for margin in version.retail:
        paid = Said.of("pays retail", rate=percent(margin.rate_bp))
        yield 1, _named(margin.slug, margin.names, paid)
    yield from _caps(version.caps, version.ranks)
    of_sales = sum(rule.most_bp for rule in version.rules if rule.of_sales)
    yield 0, Said("one rupiah")
    yield 1, Said.of("most in all", most=percent(version.most_bp - of_sales))
    if of_sales:
        yield 0, Said.of("most of sales", most=percent(of_sales))
    yield 1, Said("for recruiting")


def _ranks(version: Version) -> Iterator[Line]:
    if not version.ranks:
        return
    yield 0, Said("ranks kept" if version.ranks_kept else "ranks monthly")
    for rank in version.ranks:
        yield 1, _named(rank.slug, rank.names, Said.of("list", listed=_asked(rank, version)))
    if version.breakaway:
        yield 1, Said.of("breaks away", rank=version.ranks[version.breakaway - 1].slug)


def _named(slug: str, names: Names, said: Said) -> Said:
    return Said.of("named", slug=slug, names=" / ".join(name for _, name in names), said=said)


def _asked(rank: Rank, version: Version) -> Iterator[Said]:
    if rank.is_given:
        yield Said("rank by hand")
        return
    if rank.own_points:
        yield Said.of(f"own points {version.qualify_by}", number=_whole(rank.own_points))
    if rank.customers:
        yield Said.of("different customers", number=_whole(rank.customers))
    if rank.group_points:
        yield Said.of("group points", number=_whole(rank.group_points))
    if rank.personal_group_points:
        yield Said.of("personal group points", number=_whole(rank.personal_group_points))
    if rank.accumulated_points:
        yield Said.of("accumulated points", number=_whole(rank.accumulated_points))
    where = "first" if rank.first_line else "with"
    for legs in rank.legs:
        slug = version.ranks[legs.rank - 1].slug
        if legs.count == 1:
            yield Said.of(f"asks leg {where}", rank=slug)
        else:
            yield Said.of(f"asks legs {where}", number=legs.count, rank=slug)


def _conditions(conditions: Conditions, version: Version) -> Iterator[Said]:
    yield Said("membership")
    if conditions.own_points_min:
        least = _whole(conditions.own_points_min)
        yield Said.of(f"own points {version.qualify_by}", number=least)
    if conditions.customers_min:
        yield Said.of("different customers", number=conditions.customers_min)
    if conditions.rank_min:
        yield Said.of("the rank", rank=version.ranks[conditions.rank_min - 1].slug)


def _paid(rule: Rule, version: Version) -> Said:
    match rule:
        case Unilevel():
            left = Said(f"left {rule.compression}")
            return Said.of("pays unilevel", rates=_row(rule.rates_bp), left=left)
        case Differential(by="rank"):
            names = [version.ranks[number - 1].slug for number, _ in rule.steps]
            rates = [percent(rate_bp) for _, rate_bp in rule.steps]
            return Said.of("pays by rank", rows=map(" ".join, zip(names, rates, strict=True)))
        case Differential():
            points = Said(f"points by {rule.by}")
            return Said.of("pays by points", points=points, rows=_rows(rule.steps))
        case Generation():
            if not rule.guarantee:
                return Said.of("pays generation", rates=_row(rule.rates_bp))
            least = rupiah(rule.guarantee * version.point_value)
            return Said.of("pays guarantee", rates=_row(rule.rates_bp), least=least)
        case Personal(steps=((0, rate_bp),)):
            return Said.of("pays own sales", rate=percent(rate_bp))
        case Pool():
            return _pool(rule, version)
        case Personal():
            return Said.of("pays own points", rows=_rows(rule.steps))
        case _:
            assert_never(rule)


def _pool(rule: Pool, version: Version) -> Said:
    return Said.of(
        "pays pool",
        rate=percent(rule.rate_bp),
        base=Said(f"base {rule.of}"),
        rank=version.ranks[rule.conditions.rank_min - 1].slug,
        shared=Said(f"shared {rule.shared}"),
    )


def _row(rates_bp: Sequence[int]) -> str:
    return " + ".join(map(percent, rates_bp))


def _rows(steps: Sequence[tuple[int, int]]) -> Iterator[str]:
    return (f"{_whole(points)}: {percent(rate_bp)}" for points, rate_bp in steps)


def _caps(caps: Caps, ranks: Sequence[Rank]) -> Iterator[Line]:
    found = []
    if caps.member is not None:
        found.append(Said.of("member at most", limit=rupiah(caps.member)))
    found += [
        Said.of("rank at most", rank=ranks[number - 1].slug, limit=rupiah(limit))
        for number, limit in caps.ranks
    ]
    if caps.company_bp is not None:
        found.append(Said.of("company at most", cap=percent(caps.company_bp)))
    yield 0, Said("caps" if found else "no caps")
    yield from ((1, said) for said in found)


def _whole(figure: int) -> str:
    return f"{figure:,}".replace(",", ".")
