"""Waits for a webhook to be gone, which would take the updates."""

import asyncio
import logging
from typing import Final

from telegram import Bot

__all__ = ["wait_for_no_webhook"]

log = logging.getLogger(__name__)

WEBHOOK_SECONDS: Final = 5


async def wait_for_no_webhook(bot: Bot) -> None:
    """Wait until no webhook is set; where that cannot be found out, polling will report it."""
    while True:
        try:
            hook = await bot.get_webhook_info()
        except Exception as error:  # noqa: BLE001 - polling will report it as well
            log.warning("the webhook cannot be checked (%s)", type(error).__name__)
            return
        if not hook.url:
            return
        log.error(
            "a webhook is set for @%s, so that Telegram gives the updates to another program: "
            "stop that program, or run the command delete-webhook; waiting",
            bot.username,
        )
        await asyncio.sleep(WEBHOOK_SECONDS)
