"""What the author of a rule may not mean, in words for the office that continue its name."""

from collections.abc import Sequence

from bot.core.plans.rates import Steps

__all__ = ["low_rows", "zero_rates", "zero_rows"]


def zero_rates(what: str, rates_bp: Sequence[int]) -> tuple[str, ...]:
    """Returns which of the rates are 0 %, by number; `what` is what one rate is of."""
    named = [f"{what} {n}" for n, rate_bp in enumerate(rates_bp, start=1) if not rate_bp]
    return _zero(named)


def zero_rows(steps: Steps) -> tuple[str, ...]:
    """Returns which rows of a table have a rate of 0 %; the row of 0 is the whole rule."""
    named = [f"the row of {least}" if least else "it" for least, rate_bp in steps if not rate_bp]
    return _zero(named)


def _zero(named: Sequence[str]) -> tuple[str, ...]:
    if not named:
        return ()
    return (f"{', '.join(named)} pays 0 %; leave it out, or write its rate",)


def low_rows(steps: Steps, least: int) -> tuple[str, ...]:
    """Returns which rows of a table by points begin below the points that a member needs."""
    low = [str(points) for points, _ in steps if 0 < points < least]
    if not low:
        return ()
    words = (
        f"the table begins a row at {', '.join(low)} points, and no member with fewer than "
        f"{least} own points is paid (own_points_min)"
    )
    return (words,)
