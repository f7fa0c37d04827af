"""Finds what a plan says and its author may not mean, in the versions that hold or will hold."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.company.plan_file.articles import Article, dear_articles
from bot.company.plan_file.product_first import PURCHASE
from bot.core.plans.ranks import Rank
from bot.core.plans.versions import Plan, Version

__all__ = ["surprises_of"]

MONTHS_AHEAD_MAX: Final = 12
MONTHS: Final = 12
CAP_LEAST: Final = 1_000
"""Rupiah: a cap below this pays no member anything worth a transfer."""


def surprises_of(
    plan: Plan, period: str, articles: Sequence[Article] = (), most_points: int | None = None
) -> list[str]:
    """Returns warnings, which the company may decide to leave as they are.

    Args:
        plan: without faults.
        period: the present month, as YYYY-MM; versions that hold no longer are left out.
        articles: the price list; empty where there is none to compare with.
        most_points: the points that the whole company made in its best month; None if not known.
    """
    after = [version.since for version in plan.versions[1:]] + ["9999-12"]
    return [
        f"Version {version.since}: {words}"
        for version, until in zip(plan.versions, after, strict=True)
        if until > period
        for words in _of(version, period, articles, most_points)
    ]


def _of(
    version: Version, period: str, articles: Sequence[Article], most_points: int | None
) -> Iterator[str]:
    if version.qualify_by == "bought":
        yield (
            "goods that members buy for themselves meet the conditions of rules and ranks. "
            f"{PURCHASE} forbid a purchase as a condition; in a version for the months to come "
            'write qualify_by = "sold"'
        )
    ahead = _months(version.since) - _months(period)
    if ahead > MONTHS_AHEAD_MAX:
        yield f"it begins {ahead} months from now; is the year of since right?"
    for rule in version.rules:
        yield from (f"{rule.slug}: {words}" for words in rule.doubts)
    yield from _unused_breakaway(version)
    yield from _tiny_caps(version)
    yield from _out_of_reach(version, most_points)
    yield from dear_articles(version, articles)


def _months(period: str) -> int:
    year, month = period.split("-")
    return int(year) * MONTHS + int(month)


def _unused_breakaway(version: Version) -> Iterator[str]:
    if not version.breakaway:
        return
    used = any(rule.on_groups for rule in version.rules)
    if not used and not any(rank.personal_group_points for rank in version.ranks):
        yield (
            "breakaway changes nothing: there is no rule of the kind generation, and no rank "
            "with personal_group_points"
        )


def _tiny_caps(version: Version) -> Iterator[str]:
    caps = version.caps
    limits = [("member", caps.member)]
    limits += [(f"rank {version.ranks[n - 1].slug}", limit) for n, limit in caps.ranks]
    for name, limit in limits:
        if limit is not None and limit < CAP_LEAST:
            yield (
                f"the cap for {name} is Rp{limit} a month; caps are whole rupiah, so 1 is one "
                "rupiah and not one million"
            )


def _out_of_reach(version: Version, most_points: int | None) -> Iterator[str]:
    """Yields the ranks that no member can reach, each with the reason."""
    beyond: dict[int, str] = {}
    for number, rank in enumerate(version.ranks, start=1):
        given = [version.ranks[legs.rank - 1] for legs in rank.legs]
        lost = [each for legs in rank.legs if (each := legs.rank) in beyond]
        if any(each.is_given and not version.ranks_kept for each in given):
            beyond[number] = "its legs need a rank that no sales lead to"
        elif lost:
            beyond[number] = f"its legs need {version.ranks[lost[0] - 1].slug}, which is as far"
        elif most_points and _month_points(rank) > most_points:
            points = f"{_month_points(rank):,}".replace(",", ".")
            best = f"{most_points:,}".replace(",", ".")
            beyond[number] = (
                f"it asks for {points} points in a month, and the whole company has made "
                f"{best} in its best one"
            )
    for number, reason in beyond.items():
        yield f"no member can reach the rank {version.ranks[number - 1].slug}: {reason}"


def _month_points(rank: Rank) -> int:
    return max(rank.own_points, rank.group_points, rank.personal_group_points)
