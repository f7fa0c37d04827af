"""The state and the types that the steps of the first day share."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

from bot.cli.first_day.line import ProbeLine, TimedAnswer
from bot.system.clock import Clock

__all__ = ["Observation", "Operator", "Probe", "Waits"]

FETCH_SECONDS = 5


class Operator(Protocol):
    """The operator at the terminal, with a phone in hand."""

    def tell(self, words: str) -> None:
        """Show a line."""
        ...

    async def until_done(self, words: str) -> None:
        """Ask for something on the phone, and wait until it is done."""
        ...

    async def agrees(self, words: str) -> bool:
        """Ask whether to go on."""
        ...


@dataclass(frozen=True, slots=True)
class Waits:
    """The counts and waits of the steps; tests use smaller ones."""

    messages: int = 40
    menus: int = 100
    taps_after_seconds: tuple[float, ...] = (20, 60, 140)
    patience_seconds: float = 300
    album_seconds: float = 5
    answer_seconds_max: float = 60


@dataclass(frozen=True, slots=True)
class Observation:
    """The result of one trial: what was seen and what was expected."""

    what: str
    saw: str
    expected: str
    as_expected: bool

    def in_words(self) -> str:
        """Returns three lines for the report."""
        mark = "as expected" if self.as_expected else "DIFFERENT"
        return f"{self.what}: {mark}\n  saw:      {self.saw}\n  expected: {self.expected}"


@dataclass(slots=True)
class Probe:
    """The state of one run."""

    line: ProbeLine
    operator: Operator
    clock: Clock
    waits: Waits
    chat_id: int = 0

    async def send(self, text: str, **more: object) -> TimedAnswer:
        """Send a text to the operator's phone."""
        return await self.line.call("sendMessage", chat_id=self.chat_id, text=text, **more)

    async def pause(self, answer: TimedAnswer) -> None:
        """Wait as long as a refusal asks, unless that is longer than the patience."""
        if answer.retry_after <= self.waits.patience_seconds:
            await asyncio.sleep(answer.retry_after)
