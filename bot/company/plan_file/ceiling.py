"""Compares the most that a plan can pay of a sale with the company's cap and the law."""

from collections.abc import Iterator
from typing import Final

from bot.core.file_faults import Said
from bot.core.plans.rates import BASIS_POINTS
from bot.core.plans.versions import Plan, Version

__all__ = ["LEGAL_BP", "LEGAL_SOURCE", "over_whole", "percent", "warnings_of"]

LEGAL_BP: Final = 4_000
LEGAL_SOURCE: Final = (
    "Permendag 32/2008 allowed bonuses of 40 % of net sales at most; whether that still holds "
    "after Permendag 70/2019 and PP 3/2026 is not confirmed, so ask a lawyer"
)


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


def warnings_of(plan: Plan, *, compared: bool = False) -> list[str]:
    """Returns warnings about a plan, which the company may decide to leave as it is.

    Args:
        plan: without faults.
        compared: whether the price list is compared as well.
    """
    return [
        f"Version {version.since}: {words}"
        for version in plan.versions
        for words in _of(version, compared=compared)
    ]


def _of(version: Version, *, compared: bool) -> Iterator[str]:
    most, cap = version.most_bp, version.caps.company_bp
    if cap is None and most > LEGAL_BP:
        yield (
            f"up to {percent(most)} of the bonus value can be paid, and there is no cap. "
            f'{LEGAL_SOURCE}. A cap keeps within it: [version.caps] company = "40%"'
        )
    if cap is not None and most > cap:
        yield (
            f"up to {percent(most)} of the bonus value can be paid, and the company pays at most "
            f"{percent(cap)} of net sales. In a month that comes to more, all bonuses are cut in "
            "proportion, and members are shown why"
        )
    if cap is not None and cap > LEGAL_BP:
        yield f"the cap of the company is {percent(cap)} of net sales. {LEGAL_SOURCE}"
    if cap is not None and version.point_value > 1 and most <= cap and not compared:
        yield (
            "rates apply to the bonus value and the cap to net sales. With a point value the "
            "bonus value of an article may exceed its price: compare the price list"
        )
    given = [rank.slug for rank in version.ranks if rank.is_given]
    if given:
        yield (
            f"no sales lead to {', '.join(given)}, so it is given for some other reason. "
            "Neither a purchase nor recruits may be that reason (Permendag 70/2019 Art. 21(g), 30)"
        )
