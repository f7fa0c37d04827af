"""A member leaves: what is still open is named first, and it is asked twice."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Flow, Lookup, ask, find
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.spec import Action, FlowSpec, HelpPlace, Outcome

__all__ = [
    "LEAVE",
    "AskLeave",
    "AskLeaveAgain",
    "ClosingJustNow",
    "Goodbye",
    "Leave",
    "LeftBefore",
    "MemberLeft",
    "OnlyAdmin",
    "StillMember",
    "StillOpen",
    "WhatIsOpen",
]


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What is still open with a member.

    Attributes:
        balance: of the wallet, in rupiah; below zero where the member owes the company.
        sales: sales that the office has not checked.
        returns: returns that the office has not checked.
        listed: rupiah on a list of payments that is not recorded.
        unclosed_month: the first month that may still bring the member a bonus; empty for none.
        only_admin: whether the office would have no admin without the member.
    """

    balance: int
    sales: int
    returns: int
    listed: int
    unclosed_month: str
    only_admin: bool

    @property
    def anything(self) -> bool:
        """Whether data needed for it must stay until it is settled."""
        return bool(self.balance or self.sales or self.returns or self.unclosed_month)


@dataclass(frozen=True, slots=True)
class AskLeave(Question):
    """Asks whether to leave; says what ends, what stays and what is open."""

    asked_as: ClassVar[str] = "leaving.sure@1"

    open: StillOpen


@dataclass(frozen=True, slots=True)
class AskLeaveAgain(Question):
    """Asks a second time."""

    asked_as: ClassVar[str] = "leaving.again@1"


@dataclass(frozen=True, slots=True)
class StillMember(Message):
    """The member cancelled; nothing has changed."""


@dataclass(frozen=True, slots=True)
class OnlyAdmin(Message):
    """The only admin cannot leave: no other admin could do the office's work."""


@dataclass(frozen=True, slots=True)
class ClosingJustNow(Message):
    """A month is being closed; nobody can leave until that is done."""

    period: str


@dataclass(frozen=True, slots=True)
class LeftBefore(Message):
    """The member has left before."""


@dataclass(frozen=True, slots=True)
class Goodbye(Message):
    """The member has left; what is open, and what is deleted when."""

    open: StillOpen
    days: int


@dataclass(frozen=True, slots=True)
class MemberLeft(Message):
    """For the admins: who has left, and what is open.

    Attributes:
        label: the full name.
        code: of the member.
        open: what is still open.
        erase: whether the member wants to be erased.
    """

    label: str
    code: str
    open: StillOpen
    erase: bool


@dataclass(frozen=True, slots=True)
class WhatIsOpen(Lookup[StillOpen]):
    """What is still open with this member."""

    member_id: int


@dataclass(frozen=True, slots=True)
class Leave(Action):
    """End the caller's membership."""


def leave(caller: Caller, _args: str) -> Flow[Outcome]:
    """End your membership; what the company owes you stays payable."""
    if caller.member.left:
        return LeftBefore()
    still_open = yield from find(WhatIsOpen(caller.member.id))
    if still_open.only_admin:
        return OnlyAdmin()
    if not (yield from ask(AskLeave(still_open), said_yes)):
        return StillMember()
    if not (yield from ask(AskLeaveAgain(), said_yes)):
        return StillMember()
    return Leave()


LEAVE = FlowSpec(
    "leave",
    leave,
    ("keluar", "leave"),
    words=(
        "keluar dari keanggotaan",
        "berhenti jadi mitra",
        "mau berhenti jadi mitra",
        "keluar jadi mitra",
        "end my membership",
        "leave the company",
    ),
    after_leaving=True,
    in_help=(HelpPlace("settings", row=4, column=2),),
)
