"""The allowed changes of a sale's status, the month it then counts in, and the effect on sums."""

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["CHANGES", "Change", "change_of"]

CHANGES: Final = frozenset(
    (
        ("waiting", "approved"),
        ("waiting", "rejected"),
        ("waiting", "void"),
        ("approved", "void"),
        ("approved", "waiting"),
        ("approved", "rejected"),
        ("rejected", "waiting"),
    )
)
"""The allowed changes, as the status before and after; no other change is possible.

The last three undo a decision of the office. What is void stays void.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """The effect of a change of status.

    Attributes:
        period: the month that the sale counts in from now on, `YYYY-MM`.
        effect: 1 where its money and points are posted, -1 where they are reversed, else 0.
    """

    period: str
    effect: Literal[-1, 0, 1]


def change_of(before: str, after: str, period: str, open_period: str) -> Change | None:
    """Returns the change from one status to another; None if it is not allowed.

    A month that is closed, or is being closed, accepts no sale and no reversal: a sale approved
    later counts in the next open month.

    Args:
        before: the present status.
        after: the status wanted.
        period: the month that the sale counts in now.
        open_period: that month, or the first one after it that is still open.
    """
    if (before, after) not in CHANGES:
        return None
    if before == "approved":
        return None if open_period != period else Change(period, -1)
    return Change(open_period, 1) if after == "approved" else Change(period, 0)
