"""How a sale may change its status, in which month it counts then, and what that does to sums."""

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["CHANGES", "Change", "change_of"]

CHANGES: Final = frozenset(
    (("waiting", "approved"), ("waiting", "rejected"), ("waiting", "void"), ("approved", "void"))
)
"""From which status to which; all others are final."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of status brings about.

    Attributes:
        period: the month that the sale counts in from now on, `YYYY-MM`.
        effect: 1 where its money and points are entered, -1 where they are taken back, else 0.
    """

    period: str
    effect: Literal[-1, 0, 1]


def change_of(before: str, after: str, period: str, open_period: str) -> Change | None:
    """The change from one status to another; None where it cannot be.

    A month that is closed, or just being closed, takes nothing in any more: what is approved
    later counts in the next one; and it gives nothing back.

    Args:
        before: the status now.
        after: the status wanted.
        period: the month that the sale counts in now.
        open_period: that month, or the first one behind it that still takes sales in.
    """
    if (before, after) not in CHANGES:
        return None
    if before == "approved":
        return None if open_period != period else Change(period, -1)
    return Change(open_period, 1) if after == "approved" else Change(period, 0)
