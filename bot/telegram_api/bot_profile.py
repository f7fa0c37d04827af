"""The bot's profile on Telegram: its description, and the lists of commands.

No answer waits for these calls. The lists of single chats are set by a loop of their own, at most
one a second, and only for chats that need another list.
"""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.content import Content, Reader
from bot.services.home.command_menu import Menu, commands, next_menu, put_off, record_menu
from bot.store.db import counters
from bot.store.db.database import Database
from bot.store.home import command_menus
from bot.store.queue import outcomes
from bot.system.clock import Clock
from bot.telegram_api import retry_gates
from bot.telegram_api.http import TooManyRequestsError
from bot.telegram_api.retry_gates import Gates
from bot.turn.runtime import BotRuntime

__all__ = ["Menus", "publish_profile"]

log = logging.getLogger(__name__)

DIGEST_BYTES = 7
PROFILE_SECONDS: Final = 5.0
MENU_SECONDS: Final = 1.0
LOOK_SECONDS: Final = 2.0
FAILED_SECONDS_MAX: Final = 60.0
FAILED_CHATS_MAX: Final = 3
"""If the lists of this many chats fail in a row, the cause is not a single chat."""


async def publish_profile(
    bot: Bot, runtime: BotRuntime, flooded: Callable[[TooManyRequestsError], Awaitable[None]]
) -> None:
    """Set the commands and the description on Telegram if they have changed.

    They are for people without a list of their own (members have one). People whose Telegram uses
    no language of the bot see the first language. A failure is logged and tried again at the next
    start; the bot works without them.
    """
    try:
        try:
            await _publish(bot, runtime.content, runtime.company.languages, runtime.database)
        except TooManyRequestsError as flood:
            await flooded(flood)
            raise
    except Exception as error:
        # Errors of python-telegram-bot explain themselves; others need their traceback.
        known = isinstance(error, TelegramError)
        event = "commands and description are not set (%s)"
        log.warning(event, type(error).__name__, exc_info=None if known else error)


async def _publish(
    bot: Bot, content: Content, languages: tuple[str, ...], database: Database
) -> None:
    texts = {
        language: (
            commands(content, language),
            content.fill(f"menu/about.{language}.j2", {}, Reader(language)).text,
        )
        for language in languages
    }
    digest = int.from_bytes(hashlib.sha256(repr(texts).encode()).digest()[:DIGEST_BYTES])
    name = f"shopfront of {bot.id}"
    if await database.read(partial(counters.read, name=name)) == digest:
        return
    for language, (listed, about) in texts.items():
        code = None if language == languages[0] else language
        await bot.set_my_commands(
            [BotCommand(*one) for one in listed],
            language_code=code,
            read_timeout=PROFILE_SECONDS,
        )
        await bot.set_my_description(about, language_code=code, read_timeout=PROFILE_SECONDS)
    await database.write(partial(counters.put, name=name, value=digest))


class Menus:
    """Sets the lists of commands of single chats.

    Args:
        bot: the client of the Bot API.
        runtime: for the database and the templates.
        clock: the bot's clock.
        gates: the gates that are closed.
        alarm: called with the seconds when Telegram asks for a longer wait than the bot accepts.
    """

    def __init__(
        self,
        bot: Bot,
        runtime: BotRuntime,
        clock: Clock,
        gates: Gates,
        alarm: Callable[[int], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._runtime = runtime
        self._clock = clock
        self._gates = gates
        self._alarm = alarm
        self._failures = 0
        self._failed: set[int] = set()
        self._again_at = 0.0

    async def run(self) -> None:
        """Set due lists until cancelled."""
        while True:
            pause = LOOK_SECONDS
            try:
                pause = await self._set_next()
            except Exception:
                log.exception("a list of commands could not be set")
            await asyncio.sleep(pause)

    async def _set_next(self) -> float:
        """Set one list, if one is due; returns the seconds to pause."""
        database = self._runtime.database
        due = await database.read(partial(command_menus.due, limit=1))
        if not due or self._gates.is_closed(retry_gates.MENUS) or self._is_paused(due[0].user_id):
            return LOOK_SECONDS
        content, username = self._runtime.content, self._runtime.username
        menu = await database.write(partial(next_menu, content=content, username=username))
        if menu is None:
            return LOOK_SECONDS
        try:
            await self._set(menu)
        except TooManyRequestsError as error:
            await self.close(error)
            return LOOK_SECONDS
        except TelegramError as error:
            # Only a refusal is final; after any other error the list may be set again, even twice.
            if type(error) not in {BadRequest, Forbidden}:
                await self._put_off(menu)
                return MENU_SECONDS
            log.warning("a list of commands was refused (%s)", type(error).__name__)
            await database.write(partial(record_menu, menu=menu, given=False))
        else:
            await database.write(partial(record_menu, menu=menu, given=True))
        self._failures = 0
        self._failed.clear()
        return MENU_SECONDS

    def _is_paused(self, user_id: int) -> bool:
        """Returns whether this chat's list, or every list, has to wait."""
        common = len(self._failed) >= FAILED_CHATS_MAX
        return (common or user_id in self._failed) and self._clock.monotonic() < self._again_at

    async def _put_off(self, menu: Menu) -> None:
        """Move the list behind those of other chats, for which setting may succeed."""
        self._failures += 1
        pause = min(MENU_SECONDS * (1 << min(self._failures, 9)), FAILED_SECONDS_MAX)
        self._again_at = self._clock.monotonic() + pause
        self._failed.add(menu.due.user_id)
        await self._runtime.database.write(partial(put_off, menu=menu))

    async def _set(self, menu: Menu) -> None:
        """Set the commands of a chat; without any of its own, it shows the bot's general list."""
        scope = BotCommandScopeChat(menu.due.user_id)
        if menu.listed:
            listed = [BotCommand(*pair) for pair in menu.listed]
            await self._bot.set_my_commands(listed, scope=scope)
        else:
            await self._bot.delete_my_commands(scope=scope)

    async def close(self, flood: TooManyRequestsError) -> None:
        """Set no list for as long as Telegram asks."""
        self._gates.close(retry_gates.MENUS, flood.seconds)
        close = partial(
            outcomes.close_gate, scope=retry_gates.MENUS, now=self._clock.now(), shut=flood.wait
        )
        await self._runtime.database.write(close)
        if flood.overlong:
            await self._alarm(flood.asked)
