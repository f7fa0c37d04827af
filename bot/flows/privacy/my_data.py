"""A copy of everything that is kept about the person who asks."""

from dataclasses import dataclass

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow
from bot.flows.caller import Caller
from bot.flows.spec import Action, FlowSpec, HelpPlace

__all__ = ["SPEC", "CopyForPrograms", "CopyToRead", "GiveCopy", "my_data"]


@dataclass(frozen=True, slots=True)
class CopyToRead(Message):
    """Under the copy that people read.

    Attributes:
        member: whether its owner is a member, who can change a profile and leave.
        customers: how many customers of the owner are in it.
    """

    member: bool
    customers: int


@dataclass(frozen=True, slots=True)
class CopyForPrograms(Message):
    """Under the same copy as JSON."""


@dataclass(frozen=True, slots=True)
class GiveCopy(Action):
    """Send the caller a copy of everything that is kept about them."""


def my_data(_caller: Caller, _args: str) -> Flow[GiveCopy]:
    """Get a copy of everything that is kept about you, to read and for other programs."""
    yield from ()
    return GiveCopy()


SPEC = FlowSpec(
    "my_data",
    my_data,
    ("dataku", "mydata", "datasaya"),
    who="anyone",
    words=(
        "dataku",
        "salinan data",
        "salinan dataku",
        "salinan data saya",
        "minta salinan data",
        "minta data saya",
        "unduh data",
        "my data",
        "copy of my data",
        "download my data",
    ),
    in_help=(HelpPlace("settings", row=4), HelpPlace("joining", row=7)),
)
