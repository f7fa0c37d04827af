"""Divides a sum so that nothing is lost: rounded down, the rest to the largest remainders."""

from collections.abc import Sequence

__all__ = ["parts"]


def parts(amount: int, weights: Sequence[int]) -> list[int]:
    """The amount in proportion to the weights; the earlier of two equal remainders comes first.

    Args:
        amount: at least 0, and no more than the weights come to where they are sums of rupiah.
        weights: at least 0, and above it in all.
    """
    whole = sum(weights)
    found = [weight * amount // whole for weight in weights]
    rest = amount - sum(found)
    if rest:
        remainders = [weight * amount % whole for weight in weights]
        by_remainder = sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)
        for place in by_remainder[:rest]:
            found[place] += 1
    return found
