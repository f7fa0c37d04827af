"""Answers in groups: only a pointer to the private chat, at most once a minute.

A group may have other bots. A command that names one of them, or that this bot does not have, is
not meant for this bot.
"""

from datetime import timedelta
from typing import Final

from bot.conversation.registry import by_command
from bot.conversation.slash_commands import read_command
from bot.flows.talk import PrivateOnly
from bot.store.conversation import attempts
from bot.turn.turn import Turn

__all__ = ["answer"]

CALLED_IN_GROUP: Final = "group"
QUIET: Final = timedelta(minutes=1)
"""How long a group gets no further answer, however often the bot is called."""


def answer(turn: Turn) -> None:
    """Point to the private chat when one of the bot's commands is called."""
    if turn.incoming.kind == "tap":
        turn.reply.toast(PrivateOnly())
        return
    if turn.incoming.edited:
        return
    command = read_command(turn.incoming.text.strip(), turn.username)
    if command is None or not _is_ours(command[0]):
        return
    group = turn.incoming.chat_id
    if attempts.since(turn.conn, group, CALLED_IN_GROUP, turn.now - QUIET):
        return
    attempts.add(turn.conn, group, CALLED_IN_GROUP, turn.now)
    turn.reply.say(PrivateOnly())


def _is_ours(name: str) -> bool:
    return by_command(name) is not None
