"""What a flow is to the rest of the bot: its commands, who may use it, and where it is listed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow
from bot.flows.caller import Caller

__all__ = ["Action", "FlowSpec", "HelpPlace", "MenuPlace", "Outcome", "Readers", "Section", "Who"]

Who: TypeAlias = Literal["anyone", "member", "trainer", "admin"]

Section: TypeAlias = Literal[
    "selling", "money", "settings", "joining", "beginning", "trainer", "office", "person"
]
"""Parts of the help: three for members, two for those who have not joined, three for both."""

Readers: TypeAlias = Literal[
    "members", "newcomers", "trainers", "admins", "office only", "everybody"
]
"""Whose menu it is, in the order of the list; an admin need not be a member."""


class Action:
    """Something a flow wants done; the service of its topic carries it out."""


Outcome: TypeAlias = Message | Action
"""What a flow ends with: something to say, or something to do."""


@dataclass(frozen=True, slots=True)
class HelpPlace:
    """Where the help names a flow; what it says there stands in `bot/content/menu/words.*.j2`.

    Attributes:
        section: a part of the help, as its template calls it.
        row: the line within the section, counted from 1.
        column: the place within the line, counted from 1.
        runs_on: whether a comma joins it to the one before it; otherwise they stand apart.
    """

    section: Section
    row: int = 1
    column: int = 1
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class MenuPlace:
    """Where Telegram's own menu lists a flow.

    Attributes:
        readers: in whose menu.
        rank: what comes first there; the ranks in use leave room between them.
    """

    readers: Readers
    rank: int


@dataclass(frozen=True, slots=True)
class FlowSpec:
    """One conversation or query.

    Attributes:
        name: its stable name, kept in open sessions.
        start: makes the flow from the caller and what was typed behind the command.
        commands: what starts it, without the slash: the Indonesian name, the English one where it
            is another, and what else is typed.
        who: who may start it.
        version: raised when its questions change so much that open sessions make no sense.
        words: typed without a slash, they start it too.
        acts: whether it brings something about that a suspended member may not do.
        in_help: where the help names it; nowhere, where a button leads to it.
        in_menu: where Telegram's own menu lists it.
    """

    name: str
    start: Callable[[Caller, str], Flow[Outcome]]
    commands: tuple[str, ...]
    who: Who = "member"
    version: int = 1
    words: tuple[str, ...] = ()
    acts: bool = False
    in_help: tuple[HelpPlace, ...] = ()
    in_menu: tuple[MenuPlace, ...] = ()

    def command(self, language: str) -> str:
        """Returns the name under which readers of this language know it, without the slash."""
        first, *others = self.commands
        return others[0] if others and language != "id" else first
