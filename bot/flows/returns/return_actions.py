"""What is done about a return by the person who enters it."""

from dataclasses import dataclass
from datetime import date

from bot.flows.spec import Action

__all__ = ["LogReturn", "VoidReturn"]


@dataclass(frozen=True, slots=True)
class LogReturn(Action):
    """Enter a return; it counts at once if the caller decides for the office.

    Attributes:
        pieces: the id of each line with its pieces.
        damaged: the id of each line with pieces that cannot be sold again, and how many.
        came_on: the day on which the goods came back, for the office; a seller's come back on
            the day of the last answer.
        refund: rupiah that the buyer got back.
        reason: why it is taken although the time has passed; mostly empty.
        office: whether it counts at once.
    """

    sale_id: int
    pieces: tuple[tuple[int, int], ...]
    damaged: tuple[tuple[int, int], ...]
    came_on: date
    refund: int
    reason: str
    office: bool


@dataclass(frozen=True, slots=True)
class VoidReturn(Action):
    """Take back a return of one's own that waits."""

    number: int
