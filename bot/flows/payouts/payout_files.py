"""The office pays many members by a list: it is made, filled in, sent back, and recorded."""

from bot.core.conversation.replay import Flow, ask, find
from bot.flows.answers import button_number, said_yes
from bot.flows.caller import Caller
from bot.flows.payouts.payout_list_messages import (
    AskPayoutList,
    MakePayoutList,
    NoListMade,
    RecordPayoutFile,
)
from bot.flows.payouts.payout_lookups import OpenPayoutLists
from bot.flows.spec import Outcome

__all__ = ["make_payout_list", "record_payout_file"]


def make_payout_list(_caller: Caller, _rest: str) -> Flow[Outcome]:
    """Make a list of all that can be paid now, after a confirmation."""
    unrecorded = yield from find(OpenPayoutLists())
    sure: bool = yield from ask(AskPayoutList(unrecorded), said_yes)
    return MakePayoutList() if sure else NoListMade()


def record_payout_file(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Record the payments of the file that the job with this number has read."""
    yield from ()
    return RecordPayoutFile(button_number(rest))
