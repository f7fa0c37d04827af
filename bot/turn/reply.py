"""Answers the person who has just written: text, pictures, files, a word over the chat.

A tapped message turns into the first answer; whatever follows is a new message.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection

from bot.content import Screen
from bot.core.conversation.messages import Message, Sample
from bot.store.queue import attachments, outbox
from bot.turn.incoming import Incoming
from bot.turn.keyboards import markup, text_payload

__all__ = ["Picture", "Reply", "SentFile"]

TOAST_SECONDS: Final = 15


@dataclass(frozen=True, slots=True)
class Picture:
    """A message that stands under a picture."""

    caption: Message
    body: bytes
    name: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """A photo or document that somebody sent to the bot, shown again under a caption."""

    caption: Message
    file_id: str
    kind: str


class Reply:
    """What is said to one update.

    Args:
        conn: the transaction of the update.
        incoming: the update.
        screen: puts a message into the words of its reader.
        menu: the keys of the menu.
        cause: names the letters of a turn that no update has begun.

    Attributes:
        leaves: whether the tapped button stands under a message that stays as it is.
    """

    def __init__(
        self,
        conn: Connection,
        incoming: Incoming,
        screen: Callable[[Message | Screen], Screen],
        menu: Callable[[], Screen],
        cause: str = "",
    ) -> None:
        self._conn = conn
        self._incoming = incoming
        self._screen = screen
        self._menu = menu
        self._cause = cause
        self.leaves = False
        self._said = 0
        self._edited = False

    def say(
        self,
        message: Message | Screen,
        *,
        before: Message | None = None,
        address: str = "",
        passing: bool = False,
    ) -> None:
        """Answer the person.

        A tapped message turns into the first answer, unless it is one that lasts; whatever follows
        is a new message.

        Args:
            message: what to say, or a screen that is filled already.
            before: a refusal that is said in front, in the same message.
            address: of the open question, for its buttons.
            passing: whether a newer screen may take its place while neither has been sent.
        """
        screen = self._screen(message)
        passing = passing and screen.keyboard == "inline"
        sample = getattr(message, "sample", None)
        if isinstance(sample, Sample) and before is None:
            self._show_sample(sample)
        if before is not None:
            said = self._screen(before).text
            screen = Screen(f"{said}\n\n{screen.text}", screen.rows, screen.keyboard)
        lasting = not isinstance(message, Screen) and message.lasting
        keyboard = markup(screen, self._menu(), address, lasting=lasting)
        edits = self._incoming.kind == "tap" and not self.leaves and not self._edited
        if edits and screen.keyboard == "inline":
            payload = text_payload(screen, keyboard) | {"message_id": self._incoming.message_id}
            self._put("editMessageText", payload, passing=passing)
        else:
            if edits:
                self._put("editMessageReplyMarkup", {"message_id": self._incoming.message_id})
            self._put("sendMessage", text_payload(screen, keyboard), passing=passing)
        self._edited = True

    def show(self, picture: Picture) -> None:
        """Answer with a picture and its caption."""
        key = attachments.keep(self._conn, picture.name, picture.body)
        screen = self._screen(picture.caption)
        payload = {"attachment": key, "caption": screen.text, "parse_mode": "HTML"}
        keyboard = markup(screen, self._menu(), "", lasting=True)
        if keyboard is not None:
            payload["reply_markup"] = json.dumps(keyboard)
        self._put("sendPhoto", payload)
        self._edited = True

    def hand_on(self, file: SentFile) -> None:
        """Answer with a file that Telegram has already."""
        caption = self._screen(file.caption).text
        method = "sendPhoto" if file.kind == "photo" else "sendDocument"
        self._put(method, {file.kind: file.file_id, "caption": caption, "parse_mode": "HTML"})
        self._edited = True

    def _show_sample(self, sample: Sample) -> None:
        """Show what others will get, as a message of its own that stays."""
        if self._incoming.kind == "tap" and not self.leaves and not self._edited:
            self._put("editMessageReplyMarkup", {"message_id": self._incoming.message_id})
        payload = {"parse_mode": "HTML"}
        if not sample.file_kind:
            self._put("sendMessage", {**payload, "text": sample.worded})
        else:
            method = "sendPhoto" if sample.file_kind == "photo" else "sendDocument"
            payload |= {sample.file_kind: sample.file_id, "caption": sample.worded}
            self._put(method, payload)
        self._edited = True

    def toast(self, message: Message | None = None) -> None:
        """Let the tapped button go, with a word if there is one to say."""
        payload: dict[str, Any] = {"callback_query_id": self._incoming.tap_id}
        if message is not None:
            payload |= {"text": self._screen(message).text, "show_alert": True}
        outbox.put(
            self._conn,
            key=f"u{self._incoming.row}:toast",
            chat_id=self._incoming.chat_id,
            kind="toast",
            method="answerCallbackQuery",
            payload=payload,
            at=self._incoming.at,
            expires_at=self._incoming.at + timedelta(seconds=TOAST_SECONDS),
        )

    def _put(self, method: str, payload: dict[str, Any], *, passing: bool = False) -> None:
        self._said += 1
        outbox.put(
            self._conn,
            key=f"{self._cause or f'u{self._incoming.row}'}:{self._said}",
            chat_id=self._incoming.chat_id,
            kind="answer",
            method=method,
            payload=payload,
            at=self._incoming.at,
            passing=passing,
        )
