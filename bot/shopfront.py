"""What Telegram itself shows of the bot before anybody writes: commands and description."""

import hashlib
import logging
from functools import partial

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.content import Content, Reader
from bot.services.menus import commands
from bot.store import marks
from bot.store.database import Database

__all__ = ["dress"]

log = logging.getLogger(__name__)

DIGEST_BYTES = 7


async def dress(bot: Bot, content: Content, languages: tuple[str, ...], books: Database) -> None:
    """Tell Telegram the commands and the description, when they have changed.

    These are for people who have no list of their own, as members do; the first language is
    everybody's whose Telegram speaks none that the bot knows. A failure is logged and tried
    again at the next start: the bot works without.
    """
    words = {
        language: (
            commands(content, language),
            content.fill(f"menu/about.{language}.j2", {}, Reader(language)).text,
        )
        for language in languages
    }
    told = int.from_bytes(hashlib.sha256(repr(words).encode()).digest()[:DIGEST_BYTES])
    name = f"shopfront of {bot.id}"
    if await books.read(partial(marks.read, name=name)) == told:
        return
    try:
        for language, (listed, about) in words.items():
            code = None if language == languages[0] else language
            await bot.set_my_commands([BotCommand(*one) for one in listed], language_code=code)
            await bot.set_my_description(about, language_code=code)
    except TelegramError as error:
        log.warning("commands and description are not set (%s)", type(error).__name__)
        return
    await books.write(partial(marks.put, name=name, value=told))
