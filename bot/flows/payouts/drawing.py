"""How a member gets at the balance: the office pays it; and what it has paid last."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.caller import Caller
from bot.flows.home.hints import Hint
from bot.flows.payouts.payout_facts import LastPayout, PayableMember
from bot.flows.spec import FlowSpec

__all__ = ["SPEC", "Drawing", "OwnDrawing", "drawing"]


@dataclass(frozen=True, slots=True)
class Drawing(Message):
    """What can be drawn and when, from whom, and the last payment, if there was one."""

    passing: ClassVar[bool] = True

    member: PayableMember
    last: LastPayout | None


@dataclass(frozen=True, slots=True)
class OwnDrawing(Lookup[Drawing]):
    """The caller's own."""


def drawing(caller: Caller, _args: str) -> Flow[Message]:
    """Show how much of the balance can be drawn, who pays it, and what was paid last."""
    if caller.me is None:
        return Hint("payout", member=False)
    return (yield from find(OwnDrawing()))


SPEC = FlowSpec(
    "payout",
    drawing,
    ("cair", "payout"),
    who="anyone",
    heard=(("payout", ""), ("help_payout", "")),
    words=(
        *("cair", "tarik", "tarik saldo", "ambil saldo"),
        *("cairkan", "cairkan saldo", "withdraw", "payout"),
    ),
)
