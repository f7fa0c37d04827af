"""A member's choices about tips and broadcasts; every tip and broadcast has a button to them."""

from bot.core.conversation.replay import Flow, find
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace, Outcome
from bot.flows.tips.permissions import Decide, OwnWishes, Purpose
from bot.flows.tips.tip_time import ask_tip_hour

__all__ = ["SPEC", "tips"]

HOUR_WORDS = frozenset({"jam", "hour", "time"})
BROADCAST_WORDS = frozenset({"siaran", "broadcast", "broadcasts"})
REFUSING_WORDS = frozenset({"stop", "jeda", "pause"})
ALLOWING_WORDS = frozenset({"terima", "jalan", "lanjut", "get", "resume"})


def tips(caller: Caller, args: str) -> Flow[Outcome]:
    """Choose the hour of the daily tip; refuse or allow tips and broadcasts."""
    words = args.casefold().split()
    if words and words[0] in HOUR_WORDS:
        return (yield from ask_tip_hour(caller, ""))
    of_broadcasts = bool(words) and words[0] in BROADCAST_WORDS
    decision = " ".join(words[1:] if of_broadcasts else words)
    if decision in REFUSING_WORDS or decision in ALLOWING_WORDS:
        purpose: Purpose = "broadcasts" if of_broadcasts else "tips"
        return Decide((purpose,), given=decision in ALLOWING_WORDS)
    return (yield from find(OwnWishes(caller.member.id)))


SPEC = FlowSpec(
    "tips",
    tips,
    ("tips",),
    heard=(("tips_off", ""), ("tips_on", "")),
    words=("tips", "tip", "stop tips", "berhenti tips", "jeda tips"),
    in_help=(HelpPlace("settings", row=2),),
    in_menu=(MenuPlace("members", 90),),
)
