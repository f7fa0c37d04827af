"""How much of a month's net sales its bonuses are, and whether that may be closed.

Shares are compared by multiplying, so nothing is rounded.
"""

from typing import Literal, TypeAlias

__all__ = ["BonusShare", "judge_share", "share_bp"]

BonusShare: TypeAlias = Literal["usual", "high", "absurd"]
"""Within the company's limit; above it; or more than the month sold, which is never closed."""

PERCENT = 100
BASIS_POINTS = 10_000


def judge_share(paid: int, sales: int, max_percent: int) -> BonusShare:
    """Returns how the bonuses of a month compare with its net sales.

    Args:
        paid: all bonuses of the month, in rupiah.
        sales: its net sales in rupiah, before returns of earlier months.
        max_percent: the company's limit.
    """
    if paid > sales:
        return "absurd"
    return "high" if paid * PERCENT > sales * max_percent else "usual"


def share_bp(paid: int, sales: int) -> int:
    """Returns the bonuses in basis points of the net sales, rounded up; 0 without bonuses.

    Bonuses without any sales are shown as 100 %.
    """
    if sales <= 0:
        return BASIS_POINTS if paid else 0
    return -(-paid * BASIS_POINTS // sales)
