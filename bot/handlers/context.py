"""What a handler can reach: the running bot and the time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from telegram import Bot
from telegram.ext import Application, CallbackContext, ExtBot

from bot.turn.runtime import BotRuntime

__all__ = ["BotApplication", "BotContext", "BotData", "attach"]


class BotData:
    """What an application keeps for its handlers; `attach` fills it in.

    python-telegram-bot makes it without arguments, before the runtime exists.
    """

    runtime: BotRuntime
    now: Callable[[], datetime]


Unused: TypeAlias = dict[Any, Any]  # the library's own default type; the bot keeps nothing there


class BotContext(CallbackContext[Bot, Unused, Unused, BotData]):
    """python-telegram-bot's context, with the bot that its application belongs to."""

    @property
    def runtime(self) -> BotRuntime:
        """The running bot."""
        return self.bot_data.runtime

    def now(self) -> datetime:
        """Returns the time by the bot's clock (aware, UTC)."""
        return self.bot_data.now()


BotApplication: TypeAlias = Application[ExtBot[None], BotContext, Unused, Unused, BotData, None]


def attach(application: BotApplication, runtime: BotRuntime, now: Callable[[], datetime]) -> None:
    """Connect an application to its bot; one process may run several of both."""
    application.bot_data.runtime = runtime
    application.bot_data.now = now
