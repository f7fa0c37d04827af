"""The messages and actions about payments of the office to one member."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.members.second_admin import SecondAdmin
from bot.flows.payouts.payout_facts import LastPayout, OpenPayoutList, PayableMember
from bot.flows.spec import Action

__all__ = [
    "AskBankReference",
    "AskPaidOn",
    "AskPayoutAmount",
    "AskReversalReason",
    "BeforeFirstCredit",
    "ConfirmPayout",
    "ConfirmReversal",
    "NoBankReference",
    "NoPayouts",
    "NoReversalReason",
    "NothingToPay",
    "OwnPayout",
    "PayoutForYou",
    "PayoutGone",
    "PayoutLine",
    "PayoutRecorded",
    "PayoutReversed",
    "PayoutReversedByAdmin",
    "PayoutReversedForYou",
    "Payouts",
    "RecordPayout",
    "ReversePayout",
    "TooMuchToPay",
]


@dataclass(frozen=True, slots=True)
class PayoutLine:
    """A payment in the list of a member.

    Attributes:
        by: who recorded it; empty for the command line.
        cancelled: whether it was reversed.
        reason: why; empty while it stands.
    """

    id: int
    amount: int
    paid_on: date
    bank_reference: str
    by: str
    cancelled: bool
    reason: str


@dataclass(frozen=True, slots=True)
class AskPayoutAmount(Question):
    """Asks how much was paid, with what can be taken as the default."""

    asked_as: ClassVar[str] = "payout.amount@1"

    full_name: str
    takeable: int
    held_by_returns: int


@dataclass(frozen=True, slots=True)
class AskPaidOn(Question):
    """Asks on which day it was paid."""

    asked_as: ClassVar[str] = "payout.day@1"


@dataclass(frozen=True, slots=True)
class AskBankReference(Question):
    """Asks for the reference of the bank; there may be none."""

    asked_as: ClassVar[str] = "payout.bank_reference@1"


@dataclass(frozen=True, slots=True)
class ConfirmPayout(Question):
    """The payment as it will be recorded.

    Attributes:
        left: rupiah that can be taken after it.
        listed: a list with a line of the member that is not recorded: it may be this payment.
        last: the last payment to the member, which may be this one too.
    """

    asked_as: ClassVar[str] = "payout.confirm@2"

    full_name: str
    code: str
    amount: int
    paid_on: date
    bank_reference: str
    left: int
    listed: OpenPayoutList | None
    last: LastPayout | None


@dataclass(frozen=True, slots=True)
class AskReversalReason(Question):
    """Asks why the payment is reversed, which the member will see."""

    asked_as: ClassVar[str] = "payout.reversal_reason@1"

    full_name: str
    amount: int
    paid_on: date


@dataclass(frozen=True, slots=True)
class ConfirmReversal(Question):
    """The reversal as it will be recorded."""

    asked_as: ClassVar[str] = "payout.reversal_confirm@1"

    full_name: str
    amount: int
    paid_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class NothingToPay(Message):
    """The member has nothing that can be paid now."""

    member: PayableMember


@dataclass(frozen=True, slots=True)
class TooMuchToPay(Message):
    """The amount is more than can be taken."""

    amount: int
    takeable: int


@dataclass(frozen=True, slots=True)
class BeforeFirstCredit(Message):
    """The day is before the member's first bonus came in."""

    day: date
    since: date


@dataclass(frozen=True, slots=True)
class NoBankReference(Message):
    """The text has nothing that could be a reference."""


@dataclass(frozen=True, slots=True)
class NoReversalReason(Message):
    """The text says no reason."""


@dataclass(frozen=True, slots=True)
class OwnPayout(Message):
    """Another admin has to record or reverse the caller's own payment."""

    code: str
    second: SecondAdmin


@dataclass(frozen=True, slots=True)
class PayoutRecorded(Message):
    """For the admin: the payment is recorded."""

    full_name: str
    code: str
    amount: int
    paid_on: date
    left: int


@dataclass(frozen=True, slots=True)
class PayoutForYou(Message):
    """For the member: the office has paid, and what can still be taken."""

    amount: int
    paid_on: date
    bank_reference: str
    left: int


@dataclass(frozen=True, slots=True)
class PayoutReversed(Message):
    """For the admin: the payment is reversed, or was before."""

    full_name: str
    code: str
    amount: int
    paid_on: date
    before: bool


@dataclass(frozen=True, slots=True)
class PayoutReversedByAdmin(Message):
    """For the other admins: a payment was reversed, by whom and why."""

    full_name: str
    code: str
    amount: int
    paid_on: date
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class PayoutReversedForYou(Message):
    """For the member: a payment was reversed, why, and what can be taken now."""

    amount: int
    paid_on: date
    reason: str
    left: int


@dataclass(frozen=True, slots=True)
class Payouts(Message):
    """A page of the payments to a member; `newer` and `older` are 0 if there is no such page."""

    passing: ClassVar[bool] = True

    full_name: str
    code: str
    payments: tuple[PayoutLine, ...]
    count: int
    newer: int
    older: int


@dataclass(frozen=True, slots=True)
class NoPayouts(Message):
    """Nothing was paid to the member yet."""

    passing: ClassVar[bool] = True

    full_name: str
    code: str


@dataclass(frozen=True, slots=True)
class PayoutGone(Message):
    """There is no such payment."""


@dataclass(frozen=True, slots=True)
class RecordPayout(Action):
    """Record a payment to the member with this code."""

    code: str
    amount: int
    paid_on: date
    bank_reference: str


@dataclass(frozen=True, slots=True)
class ReversePayout(Action):
    """Reverse a wrong payment."""

    id: int
    reason: str
