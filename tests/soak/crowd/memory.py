"""What the people of a soak do at this moment, and what they were told."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

__all__ = ["ACTS", "Memory"]

SYLLABLES = ("ra", "ni", "wa", "lu", "fi", "zo", "ke", "mi", "pu", "go")
ACTS = ("return", "return decided", "undo", "closing", "payout", "reversal")
"""The acts whose kills are counted."""


@dataclass
class Memory:
    """What the people of a soak were sent; the checker compares the database with it.

    Attributes:
        receipts: of each sale that was said to be entered: seller, buyer, receipt, total.
        never: buyers whose sale was given up.
        voided: receipts that were said to be taken back.
        joined: account and name of each person who was welcomed, with the sponsor's account.
        approved: how many sales the bot reported to the admin as approved.
        returned: returns that were said to be entered, by the seller's account and the receipt.
        returns_confirmed: returns that were said to count, by receipt.
        returns_rejected: returns that were said to be rejected, by receipt.
        undone: decisions that were said to be undone, by receipt and the status after it.
        closed: rupiah and members paid of each month that was said to be closed.
        payouts: rupiah of each payment that was said to be recorded, by the bank's reference.
        reversed: reasons of payments that were said to be reversed; each reason is used once.
        unanswered: waits that were given up.
        closing: whether the soak comes to its end.
        go_on: cleared to ask people to finish what they do and to wait; `at_rest` of them do.
        deciding: set when somebody takes the last step of an act that is counted.
        month_underway: whether somebody waits for a month to be closed.
    """

    receipts: list[tuple[int, str, str, int]] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    voided: list[str] = field(default_factory=list)
    joined: dict[int, int] = field(default_factory=dict)
    approved: int = 0
    returned: Counter[tuple[int, str]] = field(default_factory=Counter)
    returns_confirmed: Counter[str] = field(default_factory=Counter)
    returns_rejected: Counter[str] = field(default_factory=Counter)
    undone: Counter[tuple[str, str]] = field(default_factory=Counter)
    closed: dict[str, tuple[int, int]] = field(default_factory=dict)
    payouts: dict[str, int] = field(default_factory=dict)
    reversed: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    names: int = 0
    closing: bool = False
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    at_rest: int = 0
    deciding: asyncio.Event = field(default_factory=asyncio.Event)
    month_underway: bool = False

    def __post_init__(self) -> None:
        self.go_on.set()

    def name(self) -> str:
        """A name that no other person has; any two differ in two syllables, so none is close."""
        self.names += 1
        digits = [int(digit) for digit in f"{self.names:04d}"]
        return "Z" + "".join(SYLLABLES[digit] for digit in (*digits, sum(digits) % 10))

    async def rest(self) -> None:
        """Wait while everybody is asked to; called between two acts."""
        if self.go_on.is_set():
            return
        self.at_rest += 1
        await self.go_on.wait()
        self.at_rest -= 1

    @contextmanager
    def awaiting_month(self) -> Iterator[None]:
        """Within this somebody waits for a month to be closed."""
        self.month_underway = True
        try:
            yield
        finally:
            self.month_underway = False
