"""Starts a flow by the name of its command, or says why the caller may not use it."""

from bot.conversation import engine
from bot.conversation.registry import by_command
from bot.turn.access import may, why_not
from bot.turn.turn import Turn

__all__ = ["start_flow"]


def start_flow(turn: Turn, name: str, args: str) -> bool:
    """Start the flow with this command; False if there is none."""
    if name in engine.DECISIONS:
        return engine.decide(turn, name)
    spec = by_command(name)
    if spec is None:
        return False
    if may(turn.caller, spec):
        engine.start(turn, spec, args)
    else:
        turn.reply.say(why_not(turn.caller, spec))
    return True
