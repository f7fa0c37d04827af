"""Edits of messages that have been delivered: a screen in place of another, a corrected text."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

from telegram import Bot
from telegram.error import BadRequest

from bot.store.queue.outbox_messages import OutboxMessage
from bot.telegram_api import refusals

__all__ = ["EDIT_WAIT_SECONDS_MAX", "Keyboard", "Payload", "change", "correct"]

EDIT_WAIT_SECONDS_MAX: Final = 10
"""If edits have to wait longer, the answer is sent as a new message."""

Payload: TypeAlias = dict[str, Any]  # keyword arguments of the library, as they were stored
Keyboard: TypeAlias = Any  # JSON; the library passes a text on as it is, but does not type it


async def change(
    bot: Bot,
    outgoing: OutboxMessage,
    number: int,
    payload: Payload,
    keyboard: Keyboard,
    *,
    bare: bool,
) -> None:
    """Edit the text of a message with its keyboard, or the keyboard alone if `bare`.

    Raises:
        TelegramError: as the library reports it.
    """
    chat_id = outgoing.chat_id
    if bare:
        await bot.edit_message_reply_markup(chat_id, number, reply_markup=keyboard)
        return
    await bot.edit_message_text(
        chat_id=chat_id, message_id=number, reply_markup=keyboard, **payload
    )


async def correct(
    bot: Bot,
    outgoing: OutboxMessage,
    payload: Payload,
    keyboard: Keyboard,
    unseen: Callable[[int], Awaitable[str]],
) -> int:
    """Give a delivered message of a broadcast its corrected text; returns its number.

    A message that has the text already is as it should be. Where the picture of a broadcast could
    not be shown, its words came as a text with a note, and are corrected there.

    Raises:
        TelegramError: as the library reports it.
    """
    number: int = payload.pop("message_id")
    try:
        if "caption" in payload:
            try:
                await bot.edit_message_caption(
                    chat_id=outgoing.chat_id, message_id=number, reply_markup=keyboard, **payload
                )
            except BadRequest as error:
                if not refusals.has_no_caption(error):
                    raise
                note = await unseen(outgoing.chat_id)
                text = "\n\n".join((payload.pop("caption"), note))
                await change(bot, outgoing, number, payload | {"text": text}, keyboard, bare=False)
        else:
            await change(bot, outgoing, number, payload, keyboard, bare=False)
    except BadRequest as error:
        if not refusals.is_unchanged(error):
            raise
    return number
