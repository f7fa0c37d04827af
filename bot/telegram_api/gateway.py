"""Sends one outbox message with python-telegram-bot, and classifies the result."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, Literal

from telegram import Bot, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.core.messaging.retry_policy import PREPARED_TRIES_MAX, again_after
from bot.store.db.database import Database, StoreUnavailableError, UnitOfWork
from bot.store.members import people
from bot.store.queue import attachments
from bot.store.queue.outbox import BULK
from bot.store.queue.outbox_messages import (
    CORRECTED,
    CORRECTION,
    WITHHELD,
    OutboxMessage,
    SendResult,
    Stay,
)
from bot.telegram_api import delivered_edits, refusals, retry_gates
from bot.telegram_api.delivered_edits import EDIT_WAIT_SECONDS_MAX, Keyboard, Payload
from bot.telegram_api.http import NotSentError, TooManyRequestsError
from bot.telegram_api.retry_gates import Gates

__all__ = ["Gateway"]

log = logging.getLogger(__name__)

TOAST_SECONDS: Final = 5.0
"""A toast is of no use after this time."""

ERROR_CHARACTERS_MAX: Final = 200

Fill = Callable[[OutboxMessage], Awaitable[dict[str, object] | Stay]]


class Gateway:
    """Sends each kind of outbox message.

    Args:
        bot: the client of the Bot API.
        database: for attachments, and for noting who can be reached.
        gates: the gates that are closed.
        fill: renders the payload of a message that gets its text only when it is sent, or returns
            why it is not sent.
        unseen: returns the note, in the person's language, that a picture cannot be shown.
        alarm: called with the seconds when Telegram asks for a longer wait than the bot accepts.
    """

    def __init__(
        self,
        bot: Bot,
        database: Database,
        gates: Gates,
        fill: Fill,
        unseen: Callable[[int], Awaitable[str]],
        alarm: Callable[[int], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._database = database
        self._gates = gates
        self._fill = fill
        self._unseen = unseen
        self._alarm = alarm

    async def send(self, outgoing: OutboxMessage) -> SendResult:
        """Send a message and classify the outcome; raises only on cancellation."""
        if outgoing.kind == "toast" and self._gates.is_closed(retry_gates.TOASTS):
            return SendResult(outgoing, "failed", error="toasts have to wait")
        try:
            payload = await self._payload(outgoing)
        except Exception as error:
            log.exception("outbox message %s cannot be prepared", outgoing.id)
            reason = type(error).__name__
            if outgoing.tries >= PREPARED_TRIES_MAX and not isinstance(
                error, StoreUnavailableError
            ):
                return SendResult(outgoing, "failed", error=reason)
            return SendResult(outgoing, "later", wait=again_after(outgoing.tries), error=reason)
        if isinstance(payload, Stay):
            outcome: Literal["failed", "later"] = "failed" if payload.wait is None else "later"
            return SendResult(outgoing, outcome, error=payload.reason, wait=payload.wait)
        try:
            message_id = await self._call(outgoing, payload)
        except TelegramError as error:
            return await self._classify(outgoing, error)
        except Exception as error:
            log.exception("the outcome of outbox message %s is unknown", outgoing.id)
            return SendResult(outgoing, "doubt", error=type(error).__name__)
        return SendResult(outgoing, "sent", message_id=message_id)

    async def _payload(self, outgoing: OutboxMessage) -> Payload | Stay:
        """Returns what is sent to Telegram, or why the message is not sent."""
        if outgoing.method in {"tip", "today", "broadcast", CORRECTION, WITHHELD}:
            return await self._fill(outgoing)
        payload = dict(outgoing.payload)
        if "attachment" in payload:
            digest, bot_id = outgoing.text("attachment"), self._bot.id
            known = partial(attachments.file_id, digest=digest, bot_id=bot_id)
            file_id = await self._database.read(known)
            form = _form(outgoing)
            payload |= {form: file_id} if file_id else await self._load(form, digest)
        return payload

    async def _load(self, form: str, digest: str) -> Payload:
        name, body = await self._database.read(partial(attachments.load, digest=digest))
        return {form: body, "filename": name}

    async def _call(self, outgoing: OutboxMessage, payload: Payload) -> int | None:
        # A keyboard is already JSON, and python-telegram-bot passes a string on as it is.
        keyboard: Keyboard = payload.pop("reply_markup", None)
        if outgoing.method == "answerCallbackQuery":
            await self._bot.answer_callback_query(read_timeout=TOAST_SECONDS, **payload)
            return None
        if outgoing.method in {"editMessageText", "editMessageReplyMarkup"}:
            return await self._edit(outgoing, payload, keyboard)
        if outgoing.method in {CORRECTION, CORRECTED}:
            return await delivered_edits.correct(
                self._bot, outgoing, payload, keyboard, self._unseen
            )
        if "attachment" in payload:
            return await self._send_attachment(outgoing, payload, keyboard)
        if "photo" in payload or "document" in payload:
            return await self._send_persons_file(outgoing, payload, keyboard)
        sent = await self._bot.send_message(outgoing.chat_id, reply_markup=keyboard, **payload)
        return sent.message_id

    async def _edit(self, outgoing: OutboxMessage, payload: Payload, keyboard: Keyboard) -> int:
        number: int = payload.pop("message_id")
        bare = outgoing.method == "editMessageReplyMarkup"
        gate = retry_gates.edits(outgoing.chat_id)
        if not self._gates.is_closed(gate):
            try:
                await delivered_edits.change(
                    self._bot, outgoing, number, payload, keyboard, bare=bare
                )
            except BadRequest as error:
                if refusals.is_unchanged(error):
                    return number
                if not refusals.cannot_be_edited(error):
                    raise
            except TooManyRequestsError as error:
                if error.seconds <= EDIT_WAIT_SECONDS_MAX:
                    raise
                self._gates.close(gate, error.seconds)
                await self._alert(error)
            else:
                return number
        if bare:
            return number
        sent = await self._bot.send_message(outgoing.chat_id, reply_markup=keyboard, **payload)
        return sent.message_id

    async def _send_attachment(
        self, outgoing: OutboxMessage, payload: Payload, keyboard: Keyboard
    ) -> int:
        """Send a stored attachment, by the file id that this bot has for it or by its bytes."""
        digest: str = payload.pop("attachment")
        try:
            sent = await self._send_file(outgoing, payload, keyboard)
        except BadRequest as error:
            if not refusals.is_about_the_file(error):
                raise
            if "filename" in payload:
                return await self._send_text_instead(outgoing, payload, keyboard, error)
            payload |= await self._load(_form(outgoing), digest)
            try:
                sent = await self._send_file(outgoing, payload, keyboard)
            except BadRequest as again:
                if not refusals.is_about_the_file(again):
                    raise
                return await self._send_text_instead(outgoing, payload, keyboard, again)
        file = sent.document or (sent.photo[-1] if sent.photo else None)
        if "filename" in payload and file is not None:
            known, bot_id = file.file_id, self._bot.id
            note = partial(attachments.remember, digest=digest, bot_id=bot_id, file_id=known)
            await self._record(note)
        return sent.message_id

    async def _send_file(
        self, outgoing: OutboxMessage, payload: Payload, keyboard: Keyboard
    ) -> Message:
        if "photo" in payload:
            return await self._bot.send_photo(outgoing.chat_id, reply_markup=keyboard, **payload)
        return await self._bot.send_document(outgoing.chat_id, reply_markup=keyboard, **payload)

    async def _send_persons_file(
        self, outgoing: OutboxMessage, payload: Payload, keyboard: Keyboard
    ) -> int:
        """Send a person's file by its id, which is valid only for the bot that received it."""
        try:
            sent = await self._send_file(outgoing, payload, keyboard)
        except BadRequest as error:
            if not refusals.is_about_the_file(error):
                raise
            return await self._send_text_instead(outgoing, payload, keyboard, error)
        return sent.message_id

    async def _send_text_instead(
        self, outgoing: OutboxMessage, payload: Payload, keyboard: Keyboard, error: BadRequest
    ) -> int:
        """Send the text alone, with a note that a picture cannot be shown."""
        log.warning("a picture is not shown: %s", refusals.description(error))
        note = await self._unseen(outgoing.chat_id)
        text = "\n\n".join(part for part in (payload.get("caption"), note) if part)
        sent = await self._bot.send_message(
            outgoing.chat_id, text, parse_mode="HTML", reply_markup=keyboard
        )
        return sent.message_id

    async def _classify(self, outgoing: OutboxMessage, error: TelegramError) -> SendResult:
        """Returns the outcome of an error. BadRequest is a NetworkError, so it comes first."""
        reason = type(error).__name__
        match error:
            case TooManyRequestsError():
                return await self._wait(outgoing, error)
            case Forbidden() | BadRequest():
                return await self._refused(outgoing, error)
            case ChatMigrated():
                return SendResult(outgoing, "failed", error=reason)
            case InvalidToken():
                if outgoing.tries <= 1:
                    log.critical("Telegram does not know this bot's token")
                return SendResult(
                    outgoing, "later", wait=again_after(outgoing.tries), error=reason
                )
            case NotSentError():
                return SendResult(
                    outgoing, "later", wait=again_after(outgoing.tries), error=reason
                )
            case NetworkError() | _:
                return SendResult(outgoing, "doubt", error=reason)

    async def _wait(self, outgoing: OutboxMessage, flood: TooManyRequestsError) -> SendResult:
        """Returns the outcome of a 429, which closes the gate of this chat or kind of call."""
        await self._alert(flood)
        outcome: Literal["failed", "later"] = "later"
        scope = retry_gates.chat(outgoing.chat_id)
        if outgoing.kind == "toast":
            outcome, scope = "failed", retry_gates.TOASTS
        elif outgoing.kind in BULK:
            # If the limit was the chat's after all, the next answer to it will show that.
            scope = retry_gates.BULK_GATE
        return SendResult(
            outgoing, outcome, closes=scope, shut=flood.wait, error=type(flood).__name__
        )

    async def _refused(self, outgoing: OutboxMessage, error: Forbidden | BadRequest) -> SendResult:
        reach = refusals.reach_after(error)
        if outgoing.method in {CORRECTION, CORRECTED} and refusals.cannot_be_edited(error):
            return SendResult(outgoing, "failed", error="deleted")
        if outgoing.kind != "toast" or not (
            isinstance(error, BadRequest) and refusals.is_too_late(error)
        ):
            level = logging.INFO if reach == "blocked" else logging.ERROR
            log.log(level, "outbox message was refused: %s", refusals.description(error))
        if reach is not None:
            await self._record(partial(people.set_reach, user_id=outgoing.chat_id, reach=reach))
            return SendResult(outgoing, "failed", error=reach)
        reason = refusals.description(error).casefold()
        return SendResult(outgoing, "failed", error=reason[:ERROR_CHARACTERS_MAX])

    async def _alert(self, flood: TooManyRequestsError) -> None:
        """Notify the admins of a wait that is longer than the bot accepts."""
        if not flood.overlong:
            return
        try:
            await self._alarm(flood.asked)
        except Exception:
            log.exception("the admins could not be notified of a long wait")

    async def _record(self, work: UnitOfWork[None]) -> None:
        """Store a fact about the chat or a file; the outcome of the send does not depend on it."""
        try:
            await self._database.write(work)
        except Exception:
            log.exception("a fact about an outbox message could not be stored")


def _form(outgoing: OutboxMessage) -> str:
    """Returns the parameter of the Bot API that an attachment goes into."""
    return "document" if outgoing.method == "sendDocument" else "photo"
