"""Divides a sum without losing a rupiah: rounded down, the rest to the largest remainders."""

from collections.abc import Sequence

__all__ = ["parts"]


def parts(amount: int, weights: Sequence[int]) -> list[int]:
    """Returns the amount divided by weights; of equal remainders the earlier one comes first.

    Args:
        amount: at least 0, and at most the sum of the weights where those are rupiah.
        weights: each at least 0, their sum above 0.
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
