"""A member whom the office pays, and a payment, as the conversations about them see these."""

from dataclasses import dataclass
from datetime import date

from bot.core.members.second_admin import SecondAdmin

__all__ = ["LastPayout", "OpenPayoutList", "PayableMember", "StandingPayout"]


@dataclass(frozen=True, slots=True)
class LastPayout:
    """The last payment to a member that stands, in rupiah."""

    amount: int
    paid_on: date


@dataclass(frozen=True, slots=True)
class OpenPayoutList:
    """A list with lines that are not recorded.

    Attributes:
        made_on: the company's day on which it was made.
        count: these lines.
        amount: rupiah of them.
    """

    list_id: int
    made_on: date
    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class PayableMember:
    """A member whom the office may pay.

    Attributes:
        full_name: in full.
        takeable: rupiah that can be paid now; 0 for nothing.
        held: rupiah of bonuses that can be paid later.
        ready_on: the day from which the first part of `held` can be paid.
        held_by_returns: rupiah that waiting returns may take.
        since: the day of the first bonus in the wallet; None before it.
        listed: the newest list with a line of the member that is not recorded, or None.
        last: the last payment that stands; None before one.
        second: the other admin who has to record it, as it is the caller's own; None for others.
    """

    full_name: str
    code: str
    takeable: int
    held: int
    ready_on: date | None
    held_by_returns: int
    since: date | None
    listed: OpenPayoutList | None
    last: LastPayout | None
    second: SecondAdmin | None


@dataclass(frozen=True, slots=True)
class StandingPayout:
    """A recorded payment.

    Attributes:
        full_name: of the member, in full.
        reversed: whether it was reversed.
        second: the other admin who has to reverse it, as it is the caller's; None for others.
    """

    id: int
    full_name: str
    code: str
    amount: int
    paid_on: date
    bank_reference: str
    reversed: bool
    second: SecondAdmin | None
