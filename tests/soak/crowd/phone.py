"""One person's phone in a soak: does something and waits until the bot has answered just that."""

import asyncio
import random
import re
from collections import deque
from collections.abc import Callable
from typing import Any

from sandbox.server import Sandbox

__all__ = ["Json", "Phone", "Unanswered", "labels"]

PATIENCE_SECONDS = 120.0
REDELIVERED_SHARE = 0.04
DOUBLE_TAP_SHARE = 0.08
HEARD_MAX = 4
STALE = "Tombol ini sudah tidak berlaku"

Json = dict[str, Any]


class Unanswered(Exception):  # noqa: N818 - says what is the case
    """The bot did not answer in time."""


class AskedAgain(Exception):  # noqa: N818 - says what is the case
    """The pressed question was a late copy; `question` is open and reads alike."""

    def __init__(self, question: Json) -> None:
        super().__init__()
        self.question = question


class Phone:
    """A person who waits for an answer before the next step.

    Attributes:
        act: what the person is doing, if kills of it are counted.
        update_ids: of all that was said and pressed.
        kept: those that Telegram may still give again; after days it numbers anew.
        waiting: whether something was said that is not answered yet.
        expects: a pattern of the answer that is waited for, now or last.
        heard: the last messages that came while it was waited for.
    """

    def __init__(self, telegram: Sandbox, person: int, chance: random.Random) -> None:
        self.telegram = telegram
        self.person = person
        self.chance = chance
        self.update_ids: list[int] = []
        self.kept: list[int] = []
        self.double_taps = 0
        self.redelivered = 0
        self.patience = PATIENCE_SECONDS
        self.act = ""
        self.waiting = False
        self.expects = ""
        self.heard: deque[str] = deque(maxlen=HEARD_MAX)

    async def say(self, text: str, expect: str) -> Json:
        phones = self.telegram.phones
        return await self._do(lambda: phones.say(self.person, text), expect)

    async def start(self, payload: str, expect: str) -> Json:
        phones = self.telegram.phones
        return await self._do(lambda: phones.start(self.person, payload), expect)

    async def contact(self, expect: str) -> Json:
        phones = self.telegram.phones
        return await self._do(lambda: phones.contact(self.person), expect)

    async def tap(self, message: Json, label: str, expect: str) -> Json:
        """Press the button whose label holds these words; sometimes a second time at once."""
        number, data = message["message_id"], _data(message, label)

        def press() -> Json:
            # Not by the current keyboard, which another answer may have changed meanwhile.
            done = self.telegram.phones.forge(self.person, number, data)
            # A second press on a command begins it again, and would press the new button there.
            if not data.startswith("/") and self.chance.random() < DOUBLE_TAP_SHARE:
                self.double_taps += 1
                second = self.telegram.phones.forge(self.person, number, data)
                self.update_ids.append(second["update_id"])
                self.kept.append(second["update_id"])
            return done

        try:
            return await self._do(press, expect, message)
        except AskedAgain as again:
            return await self.tap(again.question, label, expect)

    async def _do(self, act: Callable[[], Json], expect: str, pressed: Json | None = None) -> Json:
        after = self.telegram.world.events.last
        self.heard.clear()
        done = act()
        self.update_ids.append(done["update_id"])
        self.kept.append(done["update_id"])
        if self.chance.random() < REDELIVERED_SHARE:
            self.redelivered += 1
            # The one just made, or an old one that was dealt with long ago.
            again = self.chance.choice([done["update_id"], self.chance.choice(self.kept)])
            self.telegram.world.updates.deliver_again(again)
        self.waiting, self.expects = True, expect
        try:
            async with asyncio.timeout(self.patience):
                return await self._until(after, expect, pressed)
        except TimeoutError:
            heard = list(self.heard)
            raise Unanswered(
                f"{self.person} waited in vain for {expect!r} and heard {heard}"
            ) from None
        finally:
            self.waiting = False

    async def _until(self, after: int, expect: str, pressed: Json | None) -> Json:
        """Returns the message that is waited for.

        A message that the line delivers late may be the copy of a question of yesterday. Who
        presses it is told so, and presses the same question where it stands again.
        """
        wanted = re.compile(expect, re.DOTALL)
        stale, alike = False, None
        while True:
            for event in await self.telegram.wait(self.person, after, 5.0):
                after = max(after, event["n"])
                message: Json = event.get("message") or {}
                text = message.get("text") or message.get("caption") or ""
                self.heard.append(f"{event['kind']}: {text or event.get('text')}")
                if wanted.search(text):
                    return message
                stale |= event["kind"] == "alert" and STALE in event["text"]
                if pressed is not None and text == pressed["text"]:
                    other = message["message_id"] != pressed["message_id"]
                    alike = message if other else alike
                if stale and alike is not None:
                    raise AskedAgain(alike)


def labels(message: Json) -> list[str]:
    """Returns the labels of the buttons under a message."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def _data(message: Json, label: str) -> str:
    for row in message["reply_markup"]["inline_keyboard"]:
        for button in row:
            if label in button["text"]:
                data: str = button["callback_data"]
                return data
    raise AssertionError(f"no button {label!r} under {message.get('text')!r}")
