"""Fetches updates and stores them; only then may Telegram forget them.

Asking for the updates behind an offset is what tells Telegram that those before it have arrived.
So the raw updates and the new offset go into the books in one commit, and the next question is
asked after it.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

import aiohttp

from bot.clock import Clock
from bot.store import inbox
from bot.store.database import Database
from bot.witness import Witness

__all__ = ["Intake", "lane_of"]

log = logging.getLogger(__name__)

POLL_SECONDS = 25
ANSWER_SECONDS = POLL_SECONDS + 10
CONFLICT_SECONDS = 20
PAUSES = (0.2, 0.5, 1, 2, 5, 10)
UPDATES = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
]


class Intake:
    """The one who asks Telegram what is new.

    Args:
        address: `<server>/bot<token>`; never logged.
        bot_id: whose updates these are.
        database: the books.
        clock: the bot's clock.
        arrived: called after updates have been stored.
        witness: listens to what Telegram says of the time.
    """

    def __init__(
        self,
        address: str,
        bot_id: int,
        database: Database,
        clock: Clock,
        arrived: Callable[[], None],
        witness: Witness,
    ) -> None:
        self._url = f"{address}/getUpdates"
        self._bot_id = bot_id
        self._database = database
        self._clock = clock
        self._arrived = arrived
        self._witness = witness
        self.last_answer: float | None = None

    async def run(self) -> None:
        """Ask again and again, until cancelled."""
        offset = await self._database.read(partial(inbox.next_offset, bot_id=self._bot_id))
        failures = 0
        timeout = aiohttp.ClientTimeout(sock_connect=5, sock_read=ANSWER_SECONDS)
        traces = [self._witness.trace()]
        async with aiohttp.ClientSession(
            timeout=timeout, trust_env=False, trace_configs=traces
        ) as session:
            while True:
                try:
                    offset = await self._poll(session, offset)
                    failures = 0
                except Conflict:
                    log.error("another program polls with this bot's token; waiting")  # noqa: TRY400
                    await asyncio.sleep(CONFLICT_SECONDS)
                except Exception as error:
                    pause = PAUSES[min(failures, len(PAUSES) - 1)]
                    failures += 1
                    if isinstance(error, Refused):
                        pause = max(pause, error.wait)
                    if isinstance(error, OUTSIDE):
                        log.warning("no updates (%s); again in %s s", _reason(error), pause)
                    else:
                        log.exception("updates cannot be kept; again in %s s", pause)
                    await asyncio.sleep(pause)

    async def _poll(self, session: aiohttp.ClientSession, offset: int) -> int:
        question = {
            "offset": offset,
            "timeout": POLL_SECONDS,
            "limit": 100,
            "allowed_updates": UPDATES,
        }
        async with session.post(self._url, json=question) as answer:
            told = await answer.json(content_type=None)
        if not isinstance(told, dict) or not told.get("ok"):
            code = told.get("error_code") if isinstance(told, dict) else answer.status
            if code == 409:  # noqa: PLR2004 - Telegram's own word for "conflict"
                raise Conflict
            raise Refused(f"answer {code}", _wait(told))
        self.last_answer = self._clock.monotonic()
        updates = told["result"]
        if not updates:
            return offset
        following: int = max(update["update_id"] for update in updates) + 1
        self._witness.saw(updates)
        # Escaped: half a surrogate pair is good JSON, but no text that a database takes.
        rows = [(u["update_id"], lane_of(u), json.dumps(u)) for u in updates]
        await self._database.write(
            partial(
                inbox.store,
                bot_id=self._bot_id,
                updates=rows,
                next_offset=following,
                at=self._clock.now(),
            )
        )
        self._arrived()
        return following


class Conflict(Exception):  # noqa: N818
    """Somebody else fetches this bot's updates."""


class Refused(Exception):  # noqa: N818
    """Telegram did not give any updates, and wants to be left alone for so many seconds."""

    def __init__(self, words: str, wait: float) -> None:
        super().__init__(words)
        self.wait = wait


OUTSIDE = (aiohttp.ClientError, OSError, ValueError, Refused)
"""What goes wrong between Telegram and here; a page of HTML in place of JSON is a ValueError."""


def lane_of(update: dict[str, Any]) -> str:
    """In which line an update waits: its chat's, else its person's, else its own."""
    for part in update.values():
        if not isinstance(part, dict):
            continue
        message = part.get("message")
        for place in (part, message if isinstance(message, dict) else {}):
            chat = place.get("chat")
            if isinstance(chat, dict) and "id" in chat:
                return f"chat {chat['id']}"
        person = part.get("from")
        if isinstance(person, dict) and "id" in person:
            return f"user {person['id']}"
    return f"update {update.get('update_id')}"


def _wait(told: object) -> float:
    parameters = told.get("parameters") if isinstance(told, dict) else None
    wait = parameters.get("retry_after", 0) if isinstance(parameters, dict) else 0
    return float(wait)


def _reason(error: BaseException) -> str:
    return str(error) if isinstance(error, Refused) else type(error).__name__
