"""The lookups about payments of the office to one member."""

from dataclasses import dataclass

from bot.core.conversation.replay import Lookup
from bot.flows.payouts.payout_facts import OpenPayoutList, PayableMember, StandingPayout
from bot.flows.payouts.payout_messages import NoPayouts, Payouts

__all__ = ["OpenPayoutLists", "PayableBy", "PayoutBy", "PayoutsOf"]


@dataclass(frozen=True, slots=True)
class OpenPayoutLists(Lookup[tuple[OpenPayoutList, ...]]):
    """The newest lists with lines that are not recorded."""


@dataclass(frozen=True, slots=True)
class PayableBy(Lookup[PayableMember | None]):
    """The member with this code, as the office may pay them."""

    code: str


@dataclass(frozen=True, slots=True)
class PayoutsOf(Lookup[Payouts | NoPayouts | None]):
    """A page of the payments to the member with this code."""

    code: str
    page: int


@dataclass(frozen=True, slots=True)
class PayoutBy(Lookup[StandingPayout | None]):
    """The payment with this number."""

    id: int
