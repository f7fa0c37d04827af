"""Telegram's rate limits: a burst of five per chat, then one a second; thirty a second in all."""

import math
import random
from dataclasses import dataclass

from sandbox.lanes import HOLD_S_MAX, HOLD_S_MIN

CHAT_BURST = 5
CHAT_PER_SECOND = 1.0
GROUP_BURST = 20
GROUP_PER_SECOND = 20 / 60
ALL_BURST = 30
ALL_PER_SECOND = 30.0
HELD_SHARE = 0.01


@dataclass(slots=True)
class Bucket:
    """A token bucket."""

    capacity: float
    per_second: float
    level: float
    at: float

    def wait_s(self, now: float) -> float:
        """Returns the seconds until a token is available; 0 if one is."""
        gained = (now - self.at) * self.per_second
        self.level = min(self.capacity, self.level + gained)
        self.at = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.per_second


class Flood:
    """Counts what is sent, and returns how long to wait when it is too much."""

    def __init__(self, *, on: bool, steady: bool = False) -> None:
        """With `steady`, no call is held at random, only for the rate limits."""
        self.on = on
        self._steady = steady or not on
        self._chance = random.Random(1)  # noqa: S311  repeatable, not secret
        self._all: Bucket | None = None
        self._chats: dict[int, Bucket] = {}

    def chance_holds(self) -> tuple[float, ...]:
        """Returns the seconds for which a call is held at random; mostly none."""
        if self._steady or self._chance.random() >= HELD_SHARE:
            return ()
        return (self._chance.uniform(HOLD_S_MIN, HOLD_S_MAX),)

    def seconds_to_wait(self, chat_id: int, now: float) -> int:
        """Take one token and return 0, or return the whole seconds to wait for one."""
        if not self.on:
            return 0
        if self._all is None:
            self._all = Bucket(ALL_BURST, ALL_PER_SECOND, ALL_BURST, now)
        chat = self._chats.get(chat_id)
        if chat is None:
            burst, pace = (CHAT_BURST, CHAT_PER_SECOND)
            if chat_id < 0:
                burst, pace = (GROUP_BURST, GROUP_PER_SECOND)
            chat = self._chats[chat_id] = Bucket(burst, pace, burst, now)
        wait = max(self._all.wait_s(now), chat.wait_s(now))
        if wait > 0:
            return math.ceil(wait)
        self._all.level -= 1
        chat.level -= 1
        return 0
