"""The Telegram edge: the updates the bot handles, all on one screen."""

from typing import Final

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

from bot.handlers import edge
from bot.handlers.context import BotApplication, BotContext
from bot.handlers.settled import UpdateOutcome, settled

__all__ = ["LISTENED", "UPDATES", "UpdateOutcome", "register", "settled"]

NEW = filters.UpdateType.MESSAGE
EDITED = filters.UpdateType.EDITED_MESSAGE
MEDIA = ~filters.StatusUpdate.ALL

LISTENED: Final[tuple[tuple[str, BaseHandler[Update, BotContext, None]], ...]] = (
    ("callback_query", CallbackQueryHandler(edge.on_tap)),
    ("message", MessageHandler(NEW & filters.TEXT, edge.on_text)),
    ("message", MessageHandler(NEW & filters.CONTACT, edge.on_contact)),
    ("message", MessageHandler(NEW & filters.PHOTO, edge.on_photo)),
    ("message", MessageHandler(NEW & filters.Document.ALL, edge.on_document)),
    ("message", MessageHandler(NEW & MEDIA, edge.on_media)),
    ("edited_message", MessageHandler(EDITED & filters.TEXT, edge.on_text)),
    ("edited_message", MessageHandler(EDITED & filters.PHOTO, edge.on_photo)),
    ("edited_message", MessageHandler(EDITED & filters.Document.ALL, edge.on_document)),
    ("edited_message", MessageHandler(EDITED & MEDIA, edge.on_media)),
    ("my_chat_member", ChatMemberHandler(edge.on_reach, ChatMemberHandler.MY_CHAT_MEMBER)),
)
"""Each handler with its type of update; the first that matches takes the update."""

UPDATES: Final = sorted({kind for kind, _ in LISTENED})
"""The types of update requested from Telegram, which drops all others at once."""


def register(application: BotApplication) -> None:
    """Add every handler to the application."""
    application.add_handlers([handler for _, handler in LISTENED])
    application.add_error_handler(_note)


async def _note(update: object, context: BotContext) -> None:  # noqa: ARG001
    """Pass the error to the worker, which counts attempts and logs it once."""
    settled.get().error = context.error
    settled.get().handled = True
