"""What a flow is to the rest of the bot: its commands, who may use it, and how it starts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow
from bot.flows.caller import Caller

__all__ = ["Command", "FlowSpec", "Outcome", "Who"]

Who: TypeAlias = Literal["anyone", "member", "trainer", "admin"]


class Command:
    """Something a flow wants done; the service of its topic carries it out."""


Outcome: TypeAlias = Message | Command
"""What a flow ends with: something to say, or something to do."""


@dataclass(frozen=True, slots=True)
class FlowSpec:
    """One conversation or query.

    Attributes:
        name: its stable name, kept in open sessions.
        start: makes the flow from the caller and what was typed behind the command.
        commands: what starts it, without the slash; the first is the Indonesian name.
        who: who may start it.
        version: raised when its questions change so much that open sessions make no sense.
        words: typed without a slash, they start it too.
        acts: whether it brings something about that a suspended member may not do.
    """

    name: str
    start: Callable[[Caller, str], Flow[Any]]
    commands: tuple[str, ...]
    who: Who = "member"
    version: int = 1
    words: tuple[str, ...] = ()
    acts: bool = False
