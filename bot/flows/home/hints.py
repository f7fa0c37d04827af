"""Short answers to what people write that the bot cannot do for them, or that needs one sentence.

They say truthfully what is possible and lead on; nothing is recorded.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec

__all__ = ["ABOUT", "HINTS", "Hint", "hints"]

ABOUT: Final = (
    "return",
    "later",
    "order",
    "sell",
    "invite",
    "payout",
    "bonus",
    "price",
    "team",
    "greeting",
    "thanks",
)
"""What there is a hint about; each has its words in `bot/content/hints/hint.*.j2`."""


@dataclass(frozen=True, slots=True)
class Hint(Message):
    """One or two sentences about one thing, with buttons that lead on."""

    passing: ClassVar[bool] = True

    about: str
    member: bool


def hints(caller: Caller, args: str) -> Flow[Message]:
    """Show how one thing is done, such as `/cara return`: what the bot can do, and who helps."""
    yield from ()
    about = args.strip().casefold()
    return Hint(about if about in ABOUT else "sell", caller.me is not None)


HINTS = FlowSpec(
    "hints",
    hints,
    ("cara", "howto"),
    who="anyone",
    heard=(
        ("help_return", "return"),
        ("later", "later"),
        ("order", "order"),
        ("help_sell", "sell"),
        ("help_invite", "invite"),
        ("help_bonus", "bonus"),
        ("help_price", "price"),
        ("help_team", "team"),
        ("greeting", "greeting"),
        ("thanks", "thanks"),
    ),
)
