"""The hour of the daily tip."""

from dataclasses import dataclass
from datetime import time
from typing import ClassVar

from bot.company import Company
from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, ask
from bot.core.input.clock_times import NotATime, read_clock_time
from bot.flows.caller import Caller
from bot.flows.spec import Action

__all__ = ["AskTipHour", "ChangeTipHour", "TipHourOutside", "ask_tip_hour", "hour_choice"]


@dataclass(frozen=True, slots=True)
class AskTipHour(Question):
    """Asks when to send the tip; offers whole hours, accepts any minute."""

    asked_as: ClassVar[str] = "tip.hour@1"

    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TipHourOutside(Message):
    """The bot sends no tips at that hour."""

    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class ChangeTipHour(Action):
    """Send the caller's tips at HH:MM."""

    tip_hour: str


@dataclass(frozen=True, slots=True)
class HourChoice:
    """The hours in which the company's bot writes by itself.

    Attributes:
        opens: the first minute of the day.
        closes: the first minute that is too late.
    """

    opens: time
    closes: time

    @property
    def whole(self) -> tuple[str, ...]:
        """The whole hours between them, as HH:MM."""
        return tuple(
            f"{hour:02}:00" for hour in range(24) if self.opens <= time(hour) < self.closes
        )

    def read(self, answer: Answer) -> str:
        """Read a time between them from an answer, as HH:MM.

        Raises:
            Refusal: what was sent is no time, or none between them.
        """
        if answer.kind not in {"text", "tap"}:
            raise Refusal(NotATime(""))
        clock_time = read_clock_time(answer.value)
        if not self.opens <= clock_time < self.closes:
            raise Refusal(TipHourOutside(f"{self.opens:%H:%M}", f"{self.closes:%H:%M}"))
        return f"{clock_time:%H:%M}"


def hour_choice(company: Company) -> HourChoice:
    """Return the hours in which this company's bot writes by itself."""
    return HourChoice(company.sending.opens, company.sending.closes)


def ask_tip_hour(caller: Caller, _rest: str) -> Flow[ChangeTipHour]:
    """Ask for the hour of the tip."""
    hours = hour_choice(caller.company)
    return ChangeTipHour((yield from ask(AskTipHour(hours.whole), hours.read)))
