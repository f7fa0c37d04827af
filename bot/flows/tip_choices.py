"""What a member may decide about the daily tips, one button away from every tip."""

from dataclasses import dataclass

from bot.core.dialogue import Flow, find
from bot.core.messages import Message
from bot.flows.caller import Caller
from bot.flows.profile import OwnProfile
from bot.flows.spec import FlowSpec, Outcome
from bot.flows.tip_time import PauseTips, ask_tip_hour

__all__ = ["SPEC", "TipChoices", "tips"]

PAUSE_WORDS = frozenset({"jeda", "stop", "pause"})
RESUME_WORDS = frozenset({"jalan", "lanjut", "resume"})
HOUR_WORDS = frozenset({"jam", "hour", "time"})


@dataclass(frozen=True, slots=True)
class TipChoices(Message):
    """When tips come, HH:MM on the member's own wall, or that they rest; and what to change."""

    tip_hour: str
    paused: bool


def tips(caller: Caller, args: str) -> Flow[Outcome]:
    """Pause, go on or choose another hour; without a word, show how it stands."""
    word = args.casefold()
    if word in PAUSE_WORDS or word in RESUME_WORDS:
        return PauseTips(paused=word in PAUSE_WORDS)
    if word in HOUR_WORDS:
        return (yield from ask_tip_hour(caller, ""))
    card = yield from find(OwnProfile(caller.seat.id))
    return TipChoices(card.tip_hour, card.tips_paused)


SPEC = FlowSpec("tips", tips, ("tips",), words=("tips", "tip"))
