"""What the author of a rule may not mean, as sentences for the office that continue its name."""

from collections.abc import Sequence
from typing import Literal

from bot.core.file_faults import Said
from bot.core.plans.rates import Steps

__all__ = ["low_rows", "zero_ranks", "zero_rates", "zero_rows"]


def zero_rates(what: Literal["level", "generation"], rates_bp: Sequence[int]) -> tuple[Said, ...]:
    """Returns which of the rates are 0 %, by number; `what` is what one rate is of."""
    rates = enumerate(rates_bp, start=1)
    return _zero([Said.of(f"nth {what}", number=n) for n, rate_bp in rates if not rate_bp])


def zero_rows(steps: Steps) -> tuple[Said, ...]:
    """Returns which rows of a table by points have a rate of 0 %; that of 0 is the whole rule."""
    return _zero(
        [
            Said.of("row from", points=least) if least else Said("this rule")
            for least, rate_bp in steps
            if not rate_bp
        ]
    )


def zero_ranks(steps: Steps) -> tuple[Said, ...]:
    """Returns which rows of a table by rank have a rate of 0 %, by the number of the rank."""
    return _zero([Said.of("nth rank", number=rank) for rank, rate_bp in steps if not rate_bp])


def _zero(named: Sequence[Said]) -> tuple[Said, ...]:
    return (Said.of("pays zero", named=named),) if named else ()


def low_rows(steps: Steps, least: int) -> tuple[Said, ...]:
    """Returns which rows of a table by points begin below the points that a member needs."""
    low = [points for points, _ in steps if 0 < points < least]
    return (Said.of("low rows", rows=low, least=least),) if low else ()
