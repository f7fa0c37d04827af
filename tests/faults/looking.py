"""What the tests of this folder look at: the outbox, the chats, the log of Telegram."""

import asyncio
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, text

from bot.store.queue import outbox
from bot.store.queue.outbox import OutboxKind
from tests.stage import Stage

__all__ = [
    "advance",
    "messages_to",
    "of_chats",
    "ok",
    "one_message",
    "pass_time",
    "put",
    "recorded",
    "requests",
    "said",
    "sell",
    "until",
]

SENDING = text("SELECT count(*) FROM outbox WHERE state = 'sending'")
LETTERS = text("SELECT * FROM outbox WHERE chat_id = :chat_id ORDER BY id")
SECONDS_MAX = 30.0


async def recorded(stage: Stage) -> None:
    """Wait until the database holds each result that Telegram has returned, which comes first."""
    async with asyncio.timeout(SECONDS_MAX):
        while await stage.read(_sending) > _unanswered(stage):
            await asyncio.sleep(0.005)


def _sending(conn: Connection) -> int:
    found: int = conn.execute(SENDING).scalar_one()
    return found


def _unanswered(stage: Stage) -> int:
    serving = stage.telegram.world.serving
    return serving.total() - serving["getUpdates"]


async def messages_to(stage: Stage, who: str) -> Sequence[Row[Any]]:
    await recorded(stage)
    facts = {"chat_id": stage.user(who)}
    found: Sequence[Row[Any]] = await stage.read(lambda conn: conn.execute(LETTERS, facts).all())
    return found


async def one_message(stage: Stage, key: str) -> Row[Any]:
    await recorded(stage)
    question = text("SELECT * FROM outbox WHERE key = :key")
    found: Row[Any] = await stage.read(lambda conn: conn.execute(question, {"key": key}).one())
    return found


async def put(
    stage: Stage,
    who: str,
    kind: OutboxKind,
    words: str,
    *,
    not_before: datetime | None = None,
    at: datetime | None = None,
) -> None:
    """Write an outbox message, as a service would; its words are its key."""

    def unit(conn: Connection) -> None:
        outbox.put(
            conn,
            key=words,
            chat_id=stage.user(who),
            kind=kind,
            method="sendMessage",
            payload={"text": words},
            at=at or stage.clock.now(),
            not_before=not_before,
        )

    await stage.app.database.write(unit)
    stage.app.sender.wake()


def said(stage: Stage, who: str) -> list[str]:
    """What the bot's messages in a chat say now, oldest first."""
    chat = stage.telegram.views.chat(stage.user(who))
    bot = stage.telegram.world.bot.id
    return [m.get("text", "") for m in chat["messages"] if m["from"]["id"] == bot]


def requests(stage: Stage, method: str = "sendMessage") -> list[dict[str, Any]]:
    log = stage.telegram.views.log()["requests"]
    return [entry for entry in log if entry["method"] == method]


def of_chats(stage: Stage, *methods: str) -> list[str]:
    """The names of the methods that were called, of those that are named."""
    log = stage.telegram.views.log()["requests"]
    return [entry["method"] for entry in log if entry["method"] in methods]


def ok(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns the requests that Telegram carried out."""
    return [entry for entry in entries if entry["outcome"].endswith("ok")]


async def sell(stage: Stage, who: str, buyer: str) -> str:
    """Log a sale in words; returns the receipt's number."""
    stage.telegram.phones.say(stage.user(who), f"J 2 SABUN @50rb Bu {buyer}")
    await stage.settle()
    stage.telegram.phones.say(stage.user(who), "ya")
    await stage.settle()
    found = re.search(rf"struk (S-\d+).*Bu {buyer}", said(stage, who)[-1], re.DOTALL)
    assert found is not None, said(stage, who)
    return found[1]


async def until(what: Callable[[], bool]) -> None:
    """Wait for something that must happen soon."""
    async with asyncio.timeout(SECONDS_MAX):
        while not what():
            await asyncio.sleep(0.01)


async def advance(stage: Stage, seconds: float) -> None:
    """Move the clock; not everything that waits may have gone when this returns."""
    await recorded(stage)
    await stage.telegram.move_clock(stage.clock.now() + timedelta(seconds=seconds))
    await stage.app.scheduler.settled()
    stage.app.sender.wake()
    await asyncio.sleep(0.05)


async def pass_time(stage: Stage, seconds: float) -> None:
    """Move the clock, and the stopwatch with it: the time has really passed."""
    await recorded(stage)
    stopwatch = stage.clock.monotonic
    stage.clock.monotonic = lambda: stopwatch() + seconds  # type: ignore[method-assign]
    await advance(stage, seconds)
