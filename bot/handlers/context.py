"""What a handler may reach: the ear and the time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from telegram import Bot
from telegram.ext import CallbackContext

from bot.turn.runtime import Ear

__all__ = ["BotContext"]


class BotContext(CallbackContext[Bot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """python-telegram-bot's context, with the bot's own things; set once by `app`."""

    ear: Ear
    now: Callable[[], datetime]
