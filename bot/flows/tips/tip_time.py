"""The hour of the daily tip."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import ClassVar

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, ask
from bot.core.input.clock_times import NotATime, read_clock_time
from bot.flows.caller import Caller
from bot.flows.spec import Action

__all__ = ["AskTipHour", "ChangeTipHour", "TipHourOutside", "ask_tip_hour", "hour_within"]


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


def ask_tip_hour(caller: Caller, _rest: str) -> Flow[ChangeTipHour]:
    """Ask for the hour of the tip."""
    return ChangeTipHour((yield from hour_within(caller, AskTipHour)))


def hour_within(caller: Caller, question: Callable[[tuple[str, ...]], Question]) -> Flow[str]:
    """Ask for a time within the company's sending hours; returns it as HH:MM.

    Args:
        caller: who is asked.
        question: made of the whole hours that are offered.
    """
    sending = caller.company.sending
    opens, closes = sending.opens, sending.closes

    def read(answer: Answer) -> time:
        if answer.kind not in {"text", "tap"}:
            raise Refusal(NotATime(""))
        clock_time = read_clock_time(answer.value)
        if not opens <= clock_time < closes:
            raise Refusal(TipHourOutside(f"{opens:%H:%M}", f"{closes:%H:%M}"))
        return clock_time

    whole = tuple(f"{hour:02}:00" for hour in range(24) if opens <= time(hour) < closes)
    clock_time: time = yield from ask(question(whole), read)
    return f"{clock_time:%H:%M}"
