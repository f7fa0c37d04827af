"""Compares the most that a plan can pay of a sale with the company's cap and the law."""

from collections.abc import Iterator
from typing import Final

from bot.core.file_faults import Said
from bot.core.plans.rates import BASIS_POINTS
from bot.core.plans.versions import Plan, Version

__all__ = ["LEGAL_BP", "over_whole", "percent", "warnings_of"]

LEGAL_BP: Final = 4_000
"""Of net sales, as Permendag 32/2008 allowed; the words say that it may not hold any more."""


def percent(rate_bp: int) -> str:
    """Returns a rate, given in basis points, as Indonesians write it: 12,5 %."""
    whole, rest = divmod(rate_bp, 100)
    digits = f"{rest:02}".rstrip("0")
    return f"{whole},{digits} %" if digits else f"{whole} %"


def over_whole(version: Version) -> Said | None:
    """Returns why a version could pay out more than 100 % of a sale; None if it cannot."""
    if version.most_bp <= BASIS_POINTS:
        return None
    rules = " + ".join(f"{rule.slug} {percent(rule.most_bp)}" for rule in version.rules)
    return Said.of("over whole", most=percent(version.most_bp), rules=rules)


def warnings_of(plan: Plan, *, compared: bool = False) -> list[Said]:
    """Returns warnings about a plan, which the company may decide to leave as it is.

    Args:
        plan: without faults.
        compared: whether the price list is compared as well.
    """
    return [
        Said.of("of version", since=version.since, said=said)
        for version in plan.versions
        for said in _of(version, compared=compared)
    ]


def _of(version: Version, *, compared: bool) -> Iterator[Said]:
    most, cap = version.most_bp, version.caps.company_bp
    source = Said("legal source")
    if cap is None and most > LEGAL_BP:
        yield Said.of("no cap", most=percent(most), source=source)
    if cap is not None and most > cap:
        yield Said.of("over cap", most=percent(most), cap=percent(cap))
    if cap is not None and cap > LEGAL_BP:
        yield Said.of("high cap", cap=percent(cap), source=source)
    if cap is not None and version.point_value > 1 and most <= cap and not compared:
        yield Said("cap and point value")
    given = [rank.slug for rank in version.ranks if rank.is_given]
    if given:
        yield Said.of("given ranks", ranks=given)
