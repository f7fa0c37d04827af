"""What stands of a bonus of a closed month after goods came back.

A return takes back the difference of what stood before it and what stands after it. So parts of a
return take together what the whole takes, in whatever order they come.
"""

from bot.core.plans.rates import share

__all__ = ["credit_stands", "pool_part_stands"]


def credit_stands(amount: int, base: int, rate_bp: int, left: int, *, is_cut: bool) -> int:
    """Returns the rupiah that stand of a credit, rounded down.

    Args:
        amount: rupiah of the credit as it was paid.
        base: the bonus value that it was paid on, in rupiah, above zero.
        rate_bp: the rate, in hundredths of a percent.
        left: what is left of the base.
        is_cut: whether a cap had cut it; then it falls in proportion.
    """
    if left >= base:
        return amount
    return amount * max(left, 0) // base if is_cut else share(max(left, 0), rate_bp)


def pool_part_stands(
    amount: int, base: int, rate_bp: int, left: int, part: tuple[int, int], *, is_cut: bool
) -> int:
    """Returns the rupiah that stand of a member's part of a pool, rounded down.

    Args:
        amount: rupiah of the part as it was paid.
        base: what the pool was taken of, in rupiah, above zero.
        rate_bp: the rate of the pool, in hundredths of a percent.
        left: what is left of the base.
        part: the member's weight, and the weights of all.
        is_cut: whether a cap had cut the part; then it falls in proportion.
    """
    if left >= base:
        return amount
    if is_cut:
        return amount * max(left, 0) // base
    weight, weights = part
    return share(max(left, 0), rate_bp) * weight // weights
