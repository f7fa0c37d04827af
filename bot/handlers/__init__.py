"""The Telegram edge: which updates the bot listens to, all on this one screen."""

from typing import Any, Final

from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

from bot.handlers import edge
from bot.handlers.settled import UpdateOutcome, settled

__all__ = ["LISTENED", "UPDATES", "UpdateOutcome", "register", "settled"]

NEW = filters.UpdateType.MESSAGE
MEDIA = ~filters.StatusUpdate.ALL

LISTENED: Final[tuple[tuple[str, BaseHandler[Any, Any, Any]], ...]] = (
    ("callback_query", CallbackQueryHandler(edge.on_tap)),
    ("message", MessageHandler(NEW & filters.TEXT, edge.on_text)),
    ("message", MessageHandler(NEW & filters.CONTACT, edge.on_contact)),
    ("message", MessageHandler(NEW & filters.PHOTO, edge.on_photo)),
    ("message", MessageHandler(NEW & filters.Document.ALL, edge.on_document)),
    ("message", MessageHandler(NEW & MEDIA, edge.on_media)),
    ("my_chat_member", ChatMemberHandler(edge.on_reach, ChatMemberHandler.MY_CHAT_MEMBER)),
)
"""Each handler with the type of update that it takes; the first that fits takes the update."""

UPDATES: Final = sorted({kind for kind, _ in LISTENED})
"""What Telegram is asked for. It drops what is not in here the moment it happens."""


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Put every handler in its place."""
    application.add_handlers([handler for _, handler in LISTENED])
    application.add_error_handler(_note)


async def _note(update: object, context: Any) -> None:  # noqa: ARG001
    """Tell the worker, who counts attempts; nothing is logged twice."""
    settled.get().error = context.error
    settled.get().handled = True
