"""Calls the Bot API without a library and measures the time of each call."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import aiohttp

from bot.system.clock import Clock
from bot.system.clock_check import date_of

__all__ = ["Json", "ProbeLine", "TimedAnswer"]

WORDS_MAX = 120
REFUSED_FROM = 400
PAUSE_SECONDS_MIN = 1
PAUSE_SECONDS_MAX = 30
"""The longest pause of `fetch`, even if a refusal asks for more: its caller watches the time."""

Json: TypeAlias = Any  # what Telegram answers; each step looks for the few fields it needs


@dataclass(frozen=True, slots=True)
class TimedAnswer:
    """An answer of Telegram, and the seconds it took.

    Attributes:
        code: Telegram's error code; 200 for a call that was served, 0 if no answer came.
        words: Telegram's description of a refusal, or why no answer came.
        retry_after: seconds that Telegram asked to wait.
    """

    code: int
    words: str
    seconds: float
    result: Json = None
    retry_after: int = 0

    @property
    def ok(self) -> bool:
        """Whether the call was served."""
        return 0 < self.code < REFUSED_FROM

    def in_words(self) -> str:
        """Returns the outcome of the call, for a line of the report."""
        if self.ok:
            return f"taken after {self.seconds:.1f} s"
        return f"refused after {self.seconds:.1f} s with {self.code} {self.words!r}"


class ProbeLine:
    """The connection of one bot to Telegram.

    Attributes:
        answers: the number of answers.
        skews: for each answer with a `Date`, its seconds ahead of this machine's clock.
    """

    def __init__(self, http: aiohttp.ClientSession, address: str, clock: Clock) -> None:
        self._http = http
        self._address = address
        self._clock = clock
        self._offset = 0
        self.answers = 0
        self.skews: list[float] = []

    async def call(self, method: str, **parameters: object) -> TimedAnswer:
        """Call a method with JSON parameters."""
        return await self._asked(method, {"json": parameters})

    async def upload(
        self, method: str, name: str, content: bytes, **parameters: str
    ) -> TimedAnswer:
        """Call a method that takes a PNG file."""
        form = aiohttp.FormData(parameters, default_to_multipart=True)
        form.add_field(name, content, filename=f"{name}.png", content_type="image/png")
        return await self._asked(method, {"data": form})

    async def fetch(self, seconds: float) -> list[Json]:
        """Long-poll for updates, at most `seconds`; after a refusal pause and return none."""
        answer = await self.call("getUpdates", offset=self._offset, timeout=int(seconds))
        if not answer.ok:
            pause = max(PAUSE_SECONDS_MIN, answer.retry_after)
            await asyncio.sleep(min(pause, PAUSE_SECONDS_MAX))
            return []
        updates: list[Json] = answer.result
        if updates:
            self._offset = updates[-1]["update_id"] + 1
        return updates

    async def forget_updates(self) -> TimedAnswer:
        """Confirm all earlier updates without reading them."""
        wanted = ["message", "callback_query"]
        answer = await self.call("getUpdates", offset=-1, allowed_updates=wanted)
        if answer.ok and answer.result:
            self._offset = answer.result[-1]["update_id"] + 1
        return answer

    async def _asked(self, method: str, how: dict[str, Json]) -> TimedAnswer:
        began = self._clock.monotonic()
        try:
            async with self._http.post(f"{self._address}/{method}", **how) as reply:
                answer = await reply.json(content_type=None)
                self._note(date_of(reply))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            return TimedAnswer(0, type(error).__name__, self._clock.monotonic() - began)
        took = self._clock.monotonic() - began
        if not isinstance(answer, dict):
            return TimedAnswer(0, "not the Bot API", took)
        if answer.get("ok"):
            return TimedAnswer(200, "", took, answer["result"])
        wait = (answer.get("parameters") or {}).get("retry_after", 0)
        words = str(answer.get("description", ""))[:WORDS_MAX]
        return TimedAnswer(int(answer.get("error_code", 0)), words, took, retry_after=wait)

    def _note(self, date: datetime | None) -> None:
        self.answers += 1
        if date is not None:
            self.skews.append((date - self._clock.now()).total_seconds())
