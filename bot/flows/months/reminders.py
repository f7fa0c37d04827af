"""An admin stops the reminders about closing one month, or has them again."""

from dataclasses import dataclass

from bot.core.calendar.periods import is_period
from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow
from bot.flows.caller import Caller
from bot.flows.months.month_closing_messages import ClosingGone
from bot.flows.spec import Action, Outcome

__all__ = ["RemindersSet", "SetReminders", "remind_again", "remind_no_more"]


@dataclass(frozen=True, slots=True)
class RemindersSet(Message):
    """Whether the reader is reminded of closing this month from now on."""

    period: str
    reminded: bool


@dataclass(frozen=True, slots=True)
class SetReminders(Action):
    """Remind the caller of closing this month, or no more."""

    period: str
    reminded: bool


def remind_no_more(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Stop the reminders about closing a month."""
    yield from ()
    return SetReminders(rest, reminded=False) if is_period(rest) else ClosingGone()


def remind_again(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Have the reminders about closing a month again."""
    yield from ()
    return SetReminders(rest, reminded=True) if is_period(rest) else ClosingGone()
