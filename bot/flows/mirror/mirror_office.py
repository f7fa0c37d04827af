"""The office's file of a month in the mirror: sums of each member and of the company."""

from dataclasses import dataclass

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow
from bot.core.input.months import some_month
from bot.core.mirror.mirror_figures import CustomerFigures
from bot.flows.caller import Caller
from bot.flows.mirror.mirror import NoSuchMirror
from bot.flows.spec import Action, Outcome

__all__ = ["MakeMirrorFile", "MirrorFile", "MirrorFileRequested", "mirror_file"]


@dataclass(frozen=True, slots=True)
class MakeMirrorFile(Action):
    """Make the file of a month and send it to the admin who asks."""

    period: str


@dataclass(frozen=True, slots=True)
class MirrorFileRequested(Message):
    """The file is being made."""

    period: str


@dataclass(frozen=True, slots=True)
class MirrorFile(Message):
    """The caption of the file, with the sums of the whole company.

    Attributes:
        period: the month.
        sellers: members who served a customer.
        figures: of all of them together.
        new_members: how many joined the company in the month.
    """

    period: str
    sellers: int
    figures: CustomerFigures
    new_members: int


def mirror_file(caller: Caller, rest: str) -> Flow[Outcome]:
    """Ask for the file of a month, the running one if none is named."""
    yield from ()
    period = some_month(rest, caller.period) if rest.strip() else caller.period
    if period is None or period > caller.period:
        return NoSuchMirror(office=True)
    return MakeMirrorFile(period)
