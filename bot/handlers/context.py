"""What a handler may reach: the running bot it belongs to, and the time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from telegram import Bot
from telegram.ext import Application, CallbackContext

from bot.turn.runtime import BotRuntime

__all__ = ["BotContext", "belongs_to"]

RUNTIME: Final = "runtime"
NOW: Final = "now"


class BotContext(CallbackContext[Bot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """python-telegram-bot's context; what is the bot's own is kept with its application."""

    @property
    def runtime(self) -> BotRuntime:
        """The running bot."""
        runtime: BotRuntime = self.bot_data[RUNTIME]
        return runtime

    def now(self) -> datetime:
        """The time by the bot's clock (aware, UTC)."""
        told: datetime = self.bot_data[NOW]()
        return told


def belongs_to(
    application: Application[Any, Any, Any, Any, Any, Any],
    runtime: BotRuntime,
    now: Callable[[], datetime],
) -> None:
    """Tell an application which bot it works for; there may be several in a process."""
    application.bot_data |= {RUNTIME: runtime, NOW: now}
