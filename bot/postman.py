"""Sends one letter with python-telegram-bot and tells what became of it."""

import logging
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any, Literal

from telegram import Bot, BotCommand, BotCommandScopeChat, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.store import attachments, people
from bot.store.database import Database, Work
from bot.store.letters import Letter, Mark, Stay
from bot.transport import NotSent

__all__ = ["Postman"]

log = logging.getLogger(__name__)

NOT_SENT_SECONDS = (1, 2, 5, 10)
PREPARED_TRIES_MAX = 10
TOKEN_SECONDS = 60
TOAST_TOO_LATE = ("query is too old", "query id is invalid")
GONE = ("chat not found", "user is deactivated", "peer_id_invalid")
QUOTED = re.compile(r'"[^"]*"')
NO_EDIT = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
)


class Postman:
    """Knows how each kind of letter is sent.

    Args:
        bot: speaks to Telegram.
        database: the books, for attachments and for who can be reached.
        fill: makes the payload of a letter that is worded only when it leaves, or says why it
            stays.
    """

    def __init__(
        self,
        bot: Bot,
        database: Database,
        fill: Callable[[Letter], Awaitable[dict[str, Any] | Stay]],
    ) -> None:
        self._bot = bot
        self._database = database
        self._fill = fill

    async def post(self, letter: Letter) -> Mark:
        """Send, and classify the outcome. Raises nothing but cancellation."""
        try:
            payload = await self._prepared(letter)
        except Exception as error:
            log.exception("letter %s cannot be prepared", letter.id)
            reason = type(error).__name__
            if letter.tries >= PREPARED_TRIES_MAX:
                return Mark(letter, "failed", error=reason)
            return Mark(letter, "later", wait=_patience(letter), error=reason)
        if isinstance(payload, Stay):
            outcome: Literal["failed", "later"] = "failed" if payload.wait is None else "later"
            return Mark(letter, outcome, error=payload.reason, wait=payload.wait)
        try:
            message_id = await self._send(letter, payload)
        except TelegramError as error:
            return await self._classify(letter, error)
        except Exception as error:
            log.exception("nobody knows what became of letter %s", letter.id)
            return Mark(letter, "doubt", error=type(error).__name__)
        return Mark(letter, "sent", message_id=message_id)

    async def _prepared(self, letter: Letter) -> dict[str, Any] | Stay:
        """All that goes to Telegram, or why the letter stays here."""
        if letter.method in {"tip", "broadcast", "withheld"}:
            return await self._fill(letter)
        payload = dict(letter.payload)
        if "attachment" in payload:
            digest = payload["attachment"]
            name, body, file_id = await self._database.read(
                partial(attachments.load, digest=digest)
            )
            payload |= {"photo": file_id or body, "filename": None if file_id else name}
        return payload

    async def _send(self, letter: Letter, payload: dict[str, Any]) -> int | None:
        # A keyboard is JSON already, and python-telegram-bot passes a string on as it is.
        keyboard: Any = payload.pop("reply_markup", None)
        if letter.method == "answerCallbackQuery":
            await self._bot.answer_callback_query(**payload)
            return None
        if letter.method == "setMyCommands":
            await self._hang(letter)
            return None
        if letter.method in {"editMessageText", "editMessageReplyMarkup"}:
            return await self._edit(letter, payload, keyboard)
        if "attachment" in payload:
            return await self._photo(letter, payload, keyboard)
        if "photo" in payload:
            shown = await self._bot.send_photo(letter.chat_id, reply_markup=keyboard, **payload)
            return shown.message_id
        if "document" in payload:
            shown = await self._bot.send_document(letter.chat_id, reply_markup=keyboard, **payload)
            return shown.message_id
        sent = await self._bot.send_message(letter.chat_id, reply_markup=keyboard, **payload)
        return sent.message_id

    async def _hang(self, letter: Letter) -> None:
        """The commands of one chat; without any, it shows those of everybody again."""
        scope = BotCommandScopeChat(letter.chat_id)
        listed = [BotCommand(*pair) for pair in letter.payload["commands"]]
        if listed:
            await self._bot.set_my_commands(listed, scope=scope)
        else:
            await self._bot.delete_my_commands(scope=scope)

    async def _edit(self, letter: Letter, payload: dict[str, Any], keyboard: Any) -> int:
        number: int = payload.pop("message_id")
        try:
            if letter.method == "editMessageReplyMarkup":
                await self._bot.edit_message_reply_markup(
                    letter.chat_id, number, reply_markup=keyboard
                )
            else:
                await self._bot.edit_message_text(
                    chat_id=letter.chat_id, message_id=number, reply_markup=keyboard, **payload
                )
        except BadRequest as error:
            words = str(error).casefold()
            if "message is not modified" in words:
                return number
            if not words.startswith(NO_EDIT):
                raise
            if letter.method == "editMessageReplyMarkup":
                return number
            sent = await self._bot.send_message(letter.chat_id, reply_markup=keyboard, **payload)
            return sent.message_id
        return number

    async def _photo(self, letter: Letter, payload: dict[str, Any], keyboard: Any) -> int:
        digest: str = payload.pop("attachment")
        sent: Message = await self._bot.send_photo(
            letter.chat_id, reply_markup=keyboard, **payload
        )
        if payload["filename"] is not None and sent.photo:
            known = sent.photo[-1].file_id
            await self._note(partial(attachments.remember, digest=digest, file_id=known))
        return sent.message_id

    async def _classify(self, letter: Letter, error: TelegramError) -> Mark:
        """What an error says about the letter. BadRequest is a NetworkError: it comes first."""
        words = str(error).casefold()
        reason = type(error).__name__
        match error:
            case RetryAfter():
                wait = error.retry_after
                seconds = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
                bulk = letter.kind in {"tip", "broadcast"}
                closes: Literal["bulk", "chat"] = "bulk" if bulk else "chat"
                return Mark(letter, "later", wait=seconds, closes=closes, error=reason)
            case Forbidden():
                await self._lose(letter, "blocked")
                return Mark(letter, "failed", error=reason)
            case BadRequest():
                if letter.kind != "toast" or not any(part in words for part in TOAST_TOO_LATE):
                    # Telegram quotes what it does not like.
                    told = QUOTED.sub('"…"', str(error))
                    log.error("letter was refused: %s", told, extra={"letter": letter.id})
                if any(part in words for part in GONE):
                    await self._lose(letter, "gone")
                    return Mark(letter, "failed", error="gone")
                return Mark(letter, "failed", error=words[:200])
            case ChatMigrated():
                return Mark(letter, "failed", error=reason)
            case InvalidToken():
                log.critical("Telegram does not know this bot's token")
                return Mark(letter, "later", wait=timedelta(seconds=TOKEN_SECONDS), error=reason)
            case NotSent():
                return Mark(letter, "later", wait=_patience(letter), error=reason)
            case NetworkError() | _:
                return Mark(letter, "doubt", error=reason)

    async def _lose(self, letter: Letter, reach: str) -> None:
        await self._note(partial(people.reached, user_id=letter.chat_id, reach=reach))

    async def _note(self, work: Work[None]) -> None:
        """Write down what is good to know; what became of the letter does not hang on it."""
        try:
            await self._database.write(work)
        except Exception:
            log.exception("something about a letter could not be written down")


def _patience(letter: Letter) -> timedelta:
    """How long a letter that did not leave waits for its next try."""
    return timedelta(seconds=NOT_SENT_SECONDS[min(letter.tries, len(NOT_SENT_SECONDS)) - 1])
