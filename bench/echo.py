"""The baseline: the echo bot of python-telegram-bot's tutorial, which stores nothing."""

import os
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, MessageHandler, filters

from bench.server import TOKEN


async def _echo(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def main() -> None:
    """Run until killed."""
    builder = Application.builder().token(TOKEN).base_url(f"{os.environ['BOT_API_URL']}/bot")
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.run_polling()


if __name__ == "__main__":
    main()
