"""The Telegram edge: which updates the bot listens to, all on this one screen."""

from typing import Any

from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

from bot.handlers import edge
from bot.handlers.settled import Settled, settled

__all__ = ["Settled", "register", "settled"]

NEW = filters.UpdateType.MESSAGE
PHOTO = filters.PHOTO
MEDIA = ~filters.StatusUpdate.ALL


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Put every handler in its place; the first that fits takes the update."""
    application.add_handlers(
        [
            CallbackQueryHandler(edge.on_tap),
            MessageHandler(NEW & filters.TEXT, edge.on_text),
            MessageHandler(NEW & filters.CONTACT, edge.on_contact),
            MessageHandler(NEW & filters.PHOTO, edge.on_photo),
            MessageHandler(NEW & filters.Document.ALL, edge.on_document),
            MessageHandler(NEW & MEDIA, edge.on_media),
            ChatMemberHandler(edge.on_reach, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
    application.add_error_handler(_note)


async def _note(update: object, context: Any) -> None:  # noqa: ARG001
    """Tell the worker, who counts attempts; nothing is logged twice."""
    settled.get().error = context.error
    settled.get().heard = True
