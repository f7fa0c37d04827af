"""What the bot says in a group: where to talk, seldom; nothing about anybody.

A group may hold other bots. A command that names one of them, or that this bot does not have, is
not meant for it.
"""

from datetime import timedelta
from typing import Final

from bot.conversation.registry import by_command
from bot.conversation.slash_commands import read_command
from bot.flows.talk import PrivateOnly
from bot.store.conversation import attempts
from bot.turn.turn import Turn

__all__ = ["answer"]

ASIDE: Final = "group"
QUIET: Final = timedelta(minutes=1)
"""How long a group is left alone after an answer, however often the bot is called."""


def answer(turn: Turn) -> None:
    """Point to the private chat where a command of ours was called, at most once a minute."""
    if turn.incoming.kind == "tap":
        turn.reply.toast(PrivateOnly())
        return
    command = read_command(turn.incoming.text.strip(), turn.username)
    if command is None or not _is_ours(command[0]):
        return
    group = turn.incoming.chat_id
    if attempts.since(turn.conn, group, ASIDE, turn.now - QUIET):
        return
    attempts.add(turn.conn, group, ASIDE, turn.now)
    turn.reply.say(PrivateOnly())


def _is_ours(name: str) -> bool:
    return by_command(name) is not None
