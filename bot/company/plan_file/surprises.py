"""Finds what a plan says and its author may not mean, in the versions that hold or will hold."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.company.plan_file.articles import Article, dear_articles
from bot.company.plan_file.product_first import law_of
from bot.core.file_faults import Said
from bot.core.plans.ranks import Rank
from bot.core.plans.versions import Plan, Version

__all__ = ["surprises_of"]

MONTHS_AHEAD_MAX: Final = 12
MONTHS: Final = 12
CAP_LEAST: Final = 1_000
"""Rupiah: a cap below this pays no member anything worth a transfer."""


def surprises_of(
    plan: Plan, period: str, articles: Sequence[Article] = (), most_points: int | None = None
) -> list[Said]:
    """Returns warnings, which the company may decide to leave as they are.

    Args:
        plan: without faults.
        period: the present month, as YYYY-MM; versions that hold no longer are left out.
        articles: the price list; empty where there is none to compare with.
        most_points: the points that the whole company made in its best month; None if not known.
    """
    after = [version.since for version in plan.versions[1:]] + ["9999-12"]
    return [
        Said.of("of version", since=version.since, said=said)
        for version, until in zip(plan.versions, after, strict=True)
        if until > period
        for said in _of(version, period, articles, most_points)
    ]


def _of(
    version: Version, period: str, articles: Sequence[Article], most_points: int | None
) -> Iterator[Said]:
    if version.qualify_by == "bought":
        yield Said.of("purchases qualify", law=law_of("purchase"))
    ahead = _months(version.since) - _months(period)
    if ahead > MONTHS_AHEAD_MAX:
        yield Said.of("far ahead", months=ahead)
    for rule in version.rules:
        yield from (Said.of("doubt of rule", rule=rule.slug, said=said) for said in rule.doubts)
    yield from _unused_breakaway(version)
    yield from _tiny_caps(version)
    yield from _out_of_reach(version, most_points)
    yield from dear_articles(version, articles)


def _months(period: str) -> int:
    year, month = period.split("-")
    return int(year) * MONTHS + int(month)


def _unused_breakaway(version: Version) -> Iterator[Said]:
    if not version.breakaway:
        return
    used = any(rule.on_groups for rule in version.rules)
    if not used and not any(rank.personal_group_points for rank in version.ranks):
        yield Said("unused breakaway")


def _tiny_caps(version: Version) -> Iterator[Said]:
    caps = version.caps
    limits = [(Said("cap for member"), caps.member)]
    limits += [
        (Said.of("cap for rank", rank=version.ranks[n - 1].slug), limit) for n, limit in caps.ranks
    ]
    for cap, limit in limits:
        if limit is not None and limit < CAP_LEAST:
            yield Said.of("tiny cap", cap=cap, limit=limit)


def _out_of_reach(version: Version, most_points: int | None) -> Iterator[Said]:
    """Yields the ranks that no member can reach, each with the reason."""
    beyond: dict[int, Said] = {}
    for number, rank in enumerate(version.ranks, start=1):
        lost = [each for legs in rank.legs if (each := legs.rank) in beyond]
        if lost:
            beyond[number] = Said.of("legs as far", rank=version.ranks[lost[0] - 1].slug)
        elif most_points and _month_points(rank) > most_points:
            points = f"{_month_points(rank):,}".replace(",", ".")
            best = f"{most_points:,}".replace(",", ".")
            beyond[number] = Said.of("points too many", points=points, best=best)
    for number, why in beyond.items():
        yield Said.of("out of reach", rank=version.ranks[number - 1].slug, why=why)


def _month_points(rank: Rank) -> int:
    return max(rank.own_points, rank.group_points, rank.personal_group_points)
