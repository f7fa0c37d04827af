"""What a seller noted about the payment of a sale."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

__all__ = ["NOT_STATED", "Means", "Payment"]

Means = Literal["cash", "transfer", "qris"]


@dataclass(frozen=True, slots=True)
class Payment:
    """What the seller noted about the payment; it is no entry in the company's ledger.

    Attributes:
        in_full: True if all was paid, False if something is owed, None if the line does not say.
        deposit: what was paid in advance, in rupiah; 0 if the line does not say.
        rest: what is still owed, in rupiah, where the line names that instead; else 0.
        share: the hundredths of a percent of the price that were paid, where it says so; else 0.
        means: how it was or will be paid.
        due_on: the day until which the rest is owed; None if the line names none.
        when_is_open: whether the line says a time that is no certain day, such as `gajian`.
    """

    in_full: bool | None = None
    deposit: int = 0
    means: tuple[Means, ...] = ()
    due_on: date | None = None
    when_is_open: bool = field(default=False, compare=False)
    rest: int = 0
    share: int = 0

    @property
    def is_stated(self) -> bool:
        """Whether the line says anything about the payment."""
        return self != Payment()

    @property
    def leaves_open(self) -> bool:
        """Whether something is owed by this note."""
        return self.in_full is False or (self.in_full is None and self.deposit > 0)

    @property
    def names_a_sum(self) -> bool:
        """Whether it is known how much was paid, or how much is owed."""
        return bool(self.deposit or self.rest or self.share)

    def of(self, total: int) -> "Payment":
        """Returns the note for a sale of this total, in rupiah: a rest or a share as a deposit."""
        if not (self.rest or self.share):
            return self
        paid = max(0, total - self.rest) if self.rest else total * self.share // 10_000
        return replace(self, in_full=None if paid else False, deposit=paid, rest=0, share=0)

    def told_anew(self, payment: "Payment") -> "Payment":
        """Returns what is noted after a change; words about a day alone keep what was paid."""
        only_when = payment.in_full is False and not payment.names_a_sum
        if not only_when or not self.names_a_sum:
            return payment
        return replace(
            self,
            means=payment.means or self.means,
            due_on=payment.due_on,
            when_is_open=payment.when_is_open,
        )


NOT_STATED = Payment()
"""The line says nothing of the payment."""
