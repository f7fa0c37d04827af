"""The specification of a flow: its commands, who may use it, and where it is listed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup
from bot.flows.caller import Caller

__all__ = ["Action", "FlowSpec", "HelpPlace", "MenuPlace", "Outcome", "Readers", "Section", "Who"]

Who: TypeAlias = Literal["anyone", "member", "trainer", "admin"]

Section: TypeAlias = Literal[
    "selling",
    "customers",
    "money",
    "settings",
    "joining",
    "beginning",
    "trainer",
    "office",
    "person",
]
"""Parts of the help: four for members, two for those who have not joined, three for both."""

Readers: TypeAlias = Literal[
    "members", "newcomers", "trainers", "admins", "office only", "everybody"
]
"""The people whose menu it is, in the order of the list; an admin need not be a member."""


class Action:
    """Something a flow wants done; the service of its topic performs it.

    Attributes:
        following: the command line, without its slash, of what starts when this is done; empty
            if it ends here.
        records: whether something is recorded, so that the message that began it is settled.
    """

    following: str = ""
    records: ClassVar[bool] = True


Outcome: TypeAlias = Message | Action
"""What a flow ends with: something to say, or something to do."""


@dataclass(frozen=True, slots=True)
class HelpPlace:
    """Where the help lists a flow; its words are in `bot/content/menu/words.*.j2`.

    Attributes:
        section: a part of the help, as its template calls it.
        row: the line within the section, counted from 1.
        column: the place within the line, counted from 1.
        runs_on: whether a comma joins it to the one before it; otherwise a dot separates them.
    """

    section: Section
    row: int = 1
    column: int = 1
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class MenuPlace:
    """Where Telegram's own menu lists a flow.

    Attributes:
        readers: the people in whose menu it is listed.
        rank: sorts the menu, lowest first; the ranks in use leave gaps for new ones.
    """

    readers: Readers
    rank: int


@dataclass(frozen=True, slots=True)
class FlowSpec:
    """One conversation or query.

    Attributes:
        name: its stable name, stored with open sessions.
        start: makes the flow from the caller and the text after the command.
        commands: the commands that start it, without the slash: the Indonesian name, the English
            one where it differs, then any others.
        who: who may start it.
        version: raised when its questions change so much that open sessions make no sense.
        words: words that start it without a slash.
        heard: the intents that lead to it, each with the text that comes after the command:
            `{goods}`, `{several}`, `{member}`, `{receipt}` and `{month}` are taken from what was
            typed, `{several}` only where several goods are named; `{line}` is all of it if there
            is no doubt, `{text}` all of it unless that is too long for one of several buttons.
        keeps_photo: whether a photo whose words begin it, or answer one of its questions, is kept
            for what it records.
        keeps_line: whether the text after its command is something to be recorded, so that
            another command does not replace it without a question.
        several: looks up what it is to do one after the other, for a text after its command that
            may tell of more than one; the first is done first.
        acts: whether it does something that a suspended member may not do.
        after_leaving: whether it stays open to a member who has left; what anyone may do does.
        in_help: where the help lists it; empty if only a button leads to it.
        in_menu: where Telegram's own menu lists it.
    """

    name: str
    start: Callable[[Caller, str], Flow[Outcome]]
    commands: tuple[str, ...]
    who: Who = "member"
    version: int = 1
    words: tuple[str, ...] = ()
    heard: tuple[tuple[str, str], ...] = ()
    keeps_line: bool = False
    several: Callable[[str], Lookup[tuple[str, ...]]] | None = None
    acts: bool = False
    after_leaving: bool = False
    keeps_photo: bool = False
    in_help: tuple[HelpPlace, ...] = ()
    in_menu: tuple[MenuPlace, ...] = ()

    def command(self, language: str) -> str:
        """Returns the command name for readers of this language, without the slash."""
        first, *others = self.commands
        return others[0] if others and language != "id" else first
