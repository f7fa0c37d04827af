"""What the office reads of long work that did not get done, and how it asks for it again."""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow
from bot.flows.caller import Caller
from bot.flows.spec import Action, Outcome

__all__ = [
    "AskMonthFile",
    "MonthFileAsked",
    "OfficeWork",
    "WorkNotDone",
    "ask_month_file",
]

OfficeWork: TypeAlias = Literal[
    "month file", "payout list", "file", "payout recording", "list import", "mirror file"
]
"""The kinds of long work of the office, as a person would tell them apart."""

PERIOD: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class WorkNotDone(Message):
    """The bot could not do what was asked of it, and does not go on by itself.

    Attributes:
        work: what was asked for.
        period: the month of a file; else empty.
    """

    work: OfficeWork
    period: str


@dataclass(frozen=True, slots=True)
class AskMonthFile(Action):
    """Make the file of a closed month's bonuses again, if it could not be made before."""

    period: str


@dataclass(frozen=True, slots=True)
class MonthFileAsked(Message):
    """The file of a month's bonuses.

    Attributes:
        period: the month.
        state: it is being made, it was sent before, or no closed month has this name.
    """

    period: str
    state: Literal["begun", "sent", "unknown"]


def ask_month_file(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Have the file of a closed month's bonuses made again."""
    yield from ()
    words = rest.strip()
    if PERIOD.fullmatch(words) is None:
        return MonthFileAsked("", "unknown")
    return AskMonthFile(words)
