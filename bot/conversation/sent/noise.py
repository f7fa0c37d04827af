"""Keeps a person who sends much that the bot cannot use from getting as many answers."""

from datetime import timedelta
from typing import Final

from bot.conversation import engine
from bot.core.conversation.messages import Message
from bot.flows.talk import SlowDown
from bot.store.conversation import attempts
from bot.turn.turn import Turn

__all__ = ["lead_back", "too_many"]

NOISE: Final = "noise"
NOISE_MAX: Final = 10
NOISE_WINDOW: Final = timedelta(minutes=1)


def lead_back(turn: Turn, hint: Message, *, asked: Message | None = None) -> None:
    """Say what to do instead, and repeat the open question if there is one.

    Args:
        turn: the turn.
        hint: what to do instead.
        asked: what comes before an open question; None for the same hint.
    """
    if not too_many(turn) and not engine.ask_again(turn, asked or hint):
        turn.reply.say(hint)


def too_many(turn: Turn) -> bool:
    """Returns whether to leave this unanswered, after too many such messages in a minute.

    Only messages that the bot did not understand count: joining alone takes some fourteen.
    """
    user_id, now = turn.caller.user_id, turn.now
    lately = len(attempts.since(turn.conn, user_id, NOISE, now - NOISE_WINDOW))
    if lately >= NOISE_MAX:
        turn.reply.preface = None
        return True
    attempts.add(turn.conn, user_id, NOISE, now)
    if lately + 1 == NOISE_MAX:
        turn.reply.preface = None
        turn.reply.say(SlowDown())
        return True
    return False
