"""One short handler per kind of update: it decodes the update and calls `handle`."""

from dataclasses import replace
from typing import Final

from telegram import (
    Chat,
    ChatMember,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
    User,
)

from bot.conversation.router import handle
from bot.handlers.context import BotContext
from bot.handlers.settled import settled
from bot.turn.incoming import Forwarded, Incoming, IncomingKind, Quoted

__all__ = ["on_contact", "on_document", "on_media", "on_photo", "on_reach", "on_tap", "on_text"]

AWAY = {ChatMember.BANNED, ChatMember.LEFT}
MEDIA: Final = (
    *("voice", "video_note", "audio", "video", "sticker", "animation", "dice"),
    *("venue", "location", "poll"),
)
"""Kinds of media with an answer of their own; a venue is also a location, so it comes first."""


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
    incoming = _incoming(update, context, "contact", contact.phone_number, own=own)
    name = f"{contact.first_name} {contact.last_name or ''}".strip()
    await _handle(context, replace(incoming, contact_name=name))


async def on_photo(update: Update, context: BotContext) -> None:
    """Handle a photo. The bot keeps Telegram's id of it, never the picture."""
    message = _message(update)
    largest = message.photo[-1]
    file = (largest.file_id, largest.file_unique_id)
    await _handle(context, _incoming(update, context, "photo", message.caption or "", file=file))


async def on_document(update: Update, context: BotContext) -> None:
    """Handle a file; a moving picture is also sent as one, but is of no more use than a film."""
    message = _message(update)
    assert message.document is not None
    if message.animation is not None:
        await on_media(update, context)
        return
    document = message.document
    file = (document.file_id, document.file_unique_id)
    incoming = _incoming(update, context, "document", message.caption or "", file=file)
    name, size = document.file_name or "", document.file_size or 0
    await _handle(context, replace(incoming, file_name=name, file_bytes=size))


async def on_media(update: Update, context: BotContext) -> None:
    """Handle any other kind of message."""
    message = _message(update)
    media = next((kind for kind in MEDIA if getattr(message, kind)), "")
    words = message.caption or ""
    await _handle(context, _incoming(update, context, "media", words, media=media))


async def on_reach(update: Update, context: BotContext) -> None:
    """Handle a person blocking or unblocking the bot."""
    change = update.my_chat_member
    assert change is not None
    reach = "blocked" if change.new_chat_member.status in AWAY else "open"
    await _handle(context, _incoming(update, context, "reach", reach))


def _message(update: Update) -> Message:
    message = update.message or update.edited_message
    assert message is not None, "the filters pass only messages, new or changed"
    return message


def _incoming(
    update: Update,
    context: BotContext,
    kind: IncomingKind,
    text: str,
    *,
    own: bool = False,
    file: tuple[str, str] = ("", ""),
    media: str = "",
) -> Incoming:
    chat, sender = update.effective_chat, update.effective_user
    assert chat is not None
    message = update.message or update.edited_message
    return Incoming(
        row=settled.get().row,
        kind=kind,
        chat_id=chat.id,
        user_id=_person(chat, sender),
        private=chat.type == Chat.PRIVATE,
        text=text,
        at=context.now(),
        message_id=message.message_id if message is not None else None,
        file_id=file[0],
        file_key=file[1],
        own=own,
        album=(message.media_group_id or "") if message is not None else "",
        media=media,
        edited=update.edited_message is not None,
        quoted=_quoted(message, context.bot.id),
        forwarded=_forwarded(message, context.bot.id),
    )


def _person(chat: Chat, sender: User | None) -> int:
    return sender.id if sender is not None else chat.id


def _quoted(message: Message | None, bot_id: int) -> Quoted | None:
    """Returns the message that this one replies to, if it is of the same chat."""
    quoted = message.reply_to_message if message is not None else None
    if quoted is None:
        return None
    markup = quoted.reply_markup
    rows = markup.inline_keyboard if markup is not None else ()
    data = (button.callback_data for row in rows for button in row)
    return Quoted(
        quoted.message_id,
        quoted.from_user is not None and quoted.from_user.id == bot_id,
        quoted.text or quoted.caption or "",
        tuple(each for each in data if isinstance(each, str)),
    )


def _forwarded(message: Message | None, bot_id: int) -> Forwarded | None:
    """Returns who wrote a forwarded message first."""
    origin = message.forward_origin if message is not None else None
    match origin:
        case None:
            return None
        case MessageOriginUser(sender_user=user):
            own = message is not None and message.from_user == user
            if user.id == bot_id:
                return Forwarded(user.full_name, "bot")
            return Forwarded(user.full_name, "sender" if own else "other")
        case MessageOriginHiddenUser(sender_user_name=name):
            return Forwarded(name, "other")
        case MessageOriginChat(sender_chat=chat) | MessageOriginChannel(chat=chat):
            return Forwarded(chat.title or "", "other")
        case _:
            return Forwarded("", "other")


async def _handle(context: BotContext, incoming: Incoming) -> None:
    await handle(context.runtime, incoming)
    settled.get().handled = True
