"""One short handler per kind of update: it decodes the update and calls `handle`."""

from telegram import Chat, ChatMember, Message, Update, User

from bot.conversation.router import handle
from bot.handlers.context import BotContext
from bot.handlers.settled import settled
from bot.turn.incoming import Incoming, IncomingKind

__all__ = ["on_contact", "on_document", "on_media", "on_photo", "on_reach", "on_tap", "on_text"]

AWAY = {ChatMember.BANNED, ChatMember.LEFT}


async def on_text(update: Update, context: BotContext) -> None:
    """Handle typed text, a key of the reply keyboard included."""
    message = _message(update)
    await _handle(context, _incoming(update, context, "text", message.text or ""))


async def on_tap(update: Update, context: BotContext) -> None:
    """Handle a pressed button under a message."""
    query = update.callback_query
    assert query is not None
    message = query.message
    incoming = Incoming(
        row=settled.get().row,
        kind="tap",
        chat_id=message.chat.id if message is not None else query.from_user.id,
        user_id=query.from_user.id,
        private=message is None or message.chat.type == Chat.PRIVATE,
        text=query.data or "",
        at=context.now(),
        message_id=message.message_id if message is not None else None,
        tap_id=query.id,
    )
    await _handle(context, incoming)


async def on_contact(update: Update, context: BotContext) -> None:
    """Handle a contact card; only the sender's own card proves a phone number."""
    contact, sender = _message(update).contact, update.effective_user
    assert contact is not None
    own = sender is not None and contact.user_id == sender.id
    await _handle(context, _incoming(update, context, "contact", contact.phone_number, own=own))


async def on_photo(update: Update, context: BotContext) -> None:
    """Handle a photo. The bot keeps Telegram's id of it, never the picture."""
    message = _message(update)
    largest = message.photo[-1]
    file = (largest.file_id, largest.file_unique_id)
    await _handle(context, _incoming(update, context, "photo", message.caption or "", file=file))


async def on_document(update: Update, context: BotContext) -> None:
    """Handle a file."""
    message = _message(update)
    assert message.document is not None
    file = (message.document.file_id, message.document.file_unique_id)
    await _handle(
        context, _incoming(update, context, "document", message.caption or "", file=file)
    )


async def on_media(update: Update, context: BotContext) -> None:
    """Handle any other kind of message."""
    await _handle(context, _incoming(update, context, "media", ""))


async def on_reach(update: Update, context: BotContext) -> None:
    """Handle a person blocking or unblocking the bot."""
    change = update.my_chat_member
    assert change is not None
    reach = "blocked" if change.new_chat_member.status in AWAY else "open"
    await _handle(context, _incoming(update, context, "reach", reach))


def _message(update: Update) -> Message:
    message = update.message
    assert message is not None, "the filters pass only new messages"
    return message


def _incoming(
    update: Update,
    context: BotContext,
    kind: IncomingKind,
    text: str,
    *,
    own: bool = False,
    file: tuple[str, str] = ("", ""),
) -> Incoming:
    chat, sender = update.effective_chat, update.effective_user
    assert chat is not None
    return Incoming(
        row=settled.get().row,
        kind=kind,
        chat_id=chat.id,
        user_id=_person(chat, sender),
        private=chat.type == Chat.PRIVATE,
        text=text,
        at=context.now(),
        file_id=file[0],
        file_key=file[1],
        own=own,
        album=(update.message.media_group_id or "") if update.message is not None else "",
    )


def _person(chat: Chat, sender: User | None) -> int:
    return sender.id if sender is not None else chat.id


async def _handle(context: BotContext, incoming: Incoming) -> None:
    await handle(context.runtime, incoming)
    settled.get().handled = True
