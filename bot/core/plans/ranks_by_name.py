"""The ranks of a plan, by what people call them."""

from bot.core.plans.versions import Plan

__all__ = ["ranks_by_name"]


def ranks_by_name(plan: Plan, period: str) -> dict[str, str]:
    """Returns the slugs of the ranks of a month, by what people call them, in small letters."""
    version = plan.version_for(period)
    found: dict[str, str] = {}
    for rank in version.ranks if version is not None else ():
        found |= {name.casefold(): rank.slug for name in (*dict(rank.names).values(), rank.slug)}
    return found
