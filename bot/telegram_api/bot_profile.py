"""What Telegram itself shows of the bot: its description, and the lists of commands.

No answer waits for any of it. The lists of single chats are set
one a second at most, by a loop of their own, and only where a chat has another list.
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

__all__ = ["Menus", "dress"]

log = logging.getLogger(__name__)

DIGEST_BYTES = 7
DRESS_SECONDS: Final = 5.0
MENU_SECONDS: Final = 1.0
LOOK_SECONDS: Final = 2.0
FAILED_SECONDS_MAX: Final = 60.0
FAILED_CHATS_MAX: Final = 3
"""After this many failed chats in a row the cause is not a chat."""


async def dress(
    bot: Bot, runtime: BotRuntime, flooded: Callable[[TooManyRequestsError], Awaitable[None]]
) -> None:
    """Tell Telegram the commands and the description, when they have changed.

    These are for people who have no list of their own, as members do; the first language is
    for Telegram clients in a language that the bot does not know. A failure is logged and tried
    again at the next start: the bot works without.
    """
    try:
        try:
            await _dress(bot, runtime.content, runtime.company.languages, runtime.database)
        except TooManyRequestsError as flood:
            await flooded(flood)
            raise
    except Exception as error:
        # Python-telegram-bot's own say what is the case; what else broke is worth its traceback.
        known = isinstance(error, TelegramError)
        words = "commands and description are not set (%s)"
        log.warning(words, type(error).__name__, exc_info=None if known else error)


async def _dress(bot: Bot, content: Content, languages: tuple[str, ...], books: Database) -> None:
    words = {
        language: (
            commands(content, language),
            content.fill(f"menu/about.{language}.j2", {}, Reader(language)).text,
        )
        for language in languages
    }
    told = int.from_bytes(hashlib.sha256(repr(words).encode()).digest()[:DIGEST_BYTES])
    name = f"shopfront of {bot.id}"
    if await books.read(partial(counters.read, name=name)) == told:
        return
    for language, (listed, about) in words.items():
        code = None if language == languages[0] else language
        await bot.set_my_commands(
            [BotCommand(*one) for one in listed],
            language_code=code,
            read_timeout=DRESS_SECONDS,
        )
        await bot.set_my_description(about, language_code=code, read_timeout=DRESS_SECONDS)
    await books.write(partial(counters.put, name=name, value=told))


class Menus:
    """Sets the lists of single chats.

    Args:
        bot: speaks to Telegram.
        runtime: of the bot.
        clock: the bot's clock.
        shut: the gates.
        alarm: called when Telegram asks for a wait that is too long to be believed.
    """

    def __init__(
        self,
        bot: Bot,
        runtime: BotRuntime,
        clock: Clock,
        shut: Gates,
        alarm: Callable[[int], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._runtime = runtime
        self._clock = clock
        self._gates = shut
        self._alarm = alarm
        self._failures = 0
        self._failed: set[int] = set()
        self._again_at = 0.0

    async def run(self) -> None:
        """Set what is due until cancelled."""
        while True:
            pause = LOOK_SECONDS
            try:
                pause = await self._turn()
            except Exception:
                log.exception("a list of commands could not be seen to")
            await asyncio.sleep(pause)

    async def _turn(self) -> float:
        """Set one list, if one is due; returns how many seconds to rest."""
        books = self._runtime.database
        due = await books.read(partial(command_menus.due, limit=1))
        if not due or self._gates.shut(retry_gates.MENUS) or self._rests(due[0].user_id):
            return LOOK_SECONDS
        content, username = self._runtime.content, self._runtime.username
        menu = await books.write(partial(next_menu, content=content, username=username))
        if menu is None:
            return LOOK_SECONDS
        try:
            await self._set(menu)
        except TooManyRequestsError as error:
            await self.close(error)
            return LOOK_SECONDS
        except TelegramError as error:
            # A refusal is for good; whatever else went wrong, setting a list twice does no harm.
            if type(error) not in {BadRequest, Forbidden}:
                await self._put_off(menu)
                return MENU_SECONDS
            log.warning("a list of commands was refused (%s)", type(error).__name__)
            await books.write(partial(record_menu, menu=menu, given=False))
        else:
            await books.write(partial(record_menu, menu=menu, given=True))
        self._failures = 0
        self._failed.clear()
        return MENU_SECONDS

    def _rests(self, user_id: int) -> bool:
        """Whether this chat's list is not to be tried yet, or no list is."""
        common = len(self._failed) >= FAILED_CHATS_MAX
        return (common or user_id in self._failed) and self._clock.monotonic() < self._again_at

    async def _put_off(self, menu: Menu) -> None:
        """Let the lists of others go first; what fails for one chat may work for the next."""
        self._failures += 1
        pause = min(MENU_SECONDS * (1 << min(self._failures, 9)), FAILED_SECONDS_MAX)
        self._again_at = self._clock.monotonic() + pause
        self._failed.add(menu.due.user_id)
        await self._runtime.database.write(partial(put_off, menu=menu))

    async def _set(self, menu: Menu) -> None:
        """Set the commands of one chat; without any, it shows the general ones again."""
        scope = BotCommandScopeChat(menu.due.user_id)
        if menu.listed:
            listed = [BotCommand(*pair) for pair in menu.listed]
            await self._bot.set_my_commands(listed, scope=scope)
        else:
            await self._bot.delete_my_commands(scope=scope)

    async def close(self, flood: TooManyRequestsError) -> None:
        """Set no list for as long as Telegram wants none."""
        self._gates.close(retry_gates.MENUS, flood.seconds)
        close = partial(
            outcomes.close_gate, scope=retry_gates.MENUS, now=self._clock.now(), shut=flood.wait
        )
        await self._runtime.database.write(close)
        if flood.overlong:
            await self._alarm(flood.asked)
