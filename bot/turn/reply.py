"""Answers the sender of an update: text, pictures, files, toasts.

A tapped message is edited into the first answer; any further answer is a new message.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from bot.content import Screen
from bot.core.conversation.messages import Message, ProofSample, Sample
from bot.store.db import audit_log
from bot.store.queue import attachments, outbox
from bot.turn.incoming import Incoming
from bot.turn.keyboards import KeyboardPayload, markup, text_payload

__all__ = ["Document", "Picture", "Reply", "SentFile"]

TOAST_SECONDS: Final = 15


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with a message as its caption."""

    caption: Message
    body: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file that the bot has made, with a message as its caption."""

    caption: Message
    body: bytes
    name: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """A photo or document that a person sent to the bot, shown again with a caption."""

    caption: Message
    file_id: str
    kind: str


class Reply:
    """The answers to one update.

    Args:
        conn: the transaction of the update.
        incoming: the update.
        screen: renders a message for its reader.
        menu: returns the keys of the menu.
        cause: the prefix of outbox keys in a turn that no update began.

    Attributes:
        keeps_message: whether the message above the tapped button stays unchanged.
        preface: placed before the next answer, in the same message.
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
        self.keeps_message = False
        self.preface: Message | None = None
        self._count = 0
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

        A tapped message is edited into the first answer, unless it is a lasting one; any further
        answer is a new message.

        Args:
            message: the answer, or a screen that is already rendered.
            before: a refusal placed before the answer, in the same message.
            address: `<session>:<number>` of the open question, for its buttons.
            passing: whether a newer screen may replace this one while neither has been sent.
        """
        screen = self._screen(message)
        passing = passing and screen.keyboard == "inline"
        sample = getattr(message, "sample", None)
        if isinstance(sample, Sample) and before is None:
            self._show_sample(sample)
        first = [each for each in (self.preface, before) if each is not None]
        self.preface = None
        if first:
            texts = [self._screen(each).text for each in first]
            whole = "\n\n".join([*texts, screen.text])
            screen = Screen(whole, screen.rows, screen.keyboard)
        lasting = not isinstance(message, Screen) and message.lasting
        keyboard = markup(screen, self._menu(), address, lasting=lasting)
        edits = self._incoming.kind == "tap" and not self.keeps_message and not self._edited
        if edits and screen.keyboard == "inline":
            payload = text_payload(screen, keyboard) | {"message_id": self._incoming.message_id}
            self._put("editMessageText", payload, passing=passing)
        else:
            if edits:
                self._put("editMessageReplyMarkup", {"message_id": self._incoming.message_id})
            self._put("sendMessage", text_payload(screen, keyboard), passing=passing)
        self._edited = True

    def say_left_preface(self) -> None:
        """Send the preface by itself if no answer in text has followed it."""
        message, self.preface = self.preface, None
        if message is not None:
            self.say(message)

    def show(self, made: Picture | Document) -> None:
        """Answer with a picture or a file and its caption."""
        key = attachments.keep(self._conn, made.name, made.body)
        screen = self._screen(made.caption)
        payload: KeyboardPayload = {
            "attachment": key,
            "caption": screen.text,
            "parse_mode": "HTML",
        }
        keyboard = markup(screen, self._menu(), "", lasting=True)
        if keyboard is not None:
            payload["reply_markup"] = json.dumps(keyboard)
        self._put("sendPhoto" if isinstance(made, Picture) else "sendDocument", payload)
        self._edited = True

    def show_file(self, file: SentFile) -> None:
        """Answer with a file that Telegram already has."""
        caption = self._screen(file.caption).text
        method = "sendPhoto" if file.kind == "photo" else "sendDocument"
        self._put(method, {file.kind: file.file_id, "caption": caption, "parse_mode": "HTML"})
        self._edited = True

    def _show_sample(self, sample: Sample) -> None:
        """Show what others will receive, or a photo, in a separate message that stays."""
        if self._incoming.kind == "tap" and not self.keeps_message and not self._edited:
            self._put("editMessageReplyMarkup", {"message_id": self._incoming.message_id})
        payload: KeyboardPayload = {"parse_mode": "HTML"}
        if not sample.file_kind:
            self._put("sendMessage", {**payload, "text": sample.text})
        else:
            method = "sendPhoto" if sample.file_kind == "photo" else "sendDocument"
            payload |= {sample.file_kind: sample.file_id, "caption": sample.text}
            self._put(method, payload)
        if isinstance(sample, ProofSample):
            who, at = self._incoming.user_id, self._incoming.at
            audit_log.note(self._conn, who, "proof shown", sample.subject, at)
        self._edited = True

    def toast(self, message: Message | None = None) -> None:
        """Answer the tap itself, with an alert if there is a message."""
        payload: KeyboardPayload = {"callback_query_id": self._incoming.tap_id}
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

    def _put(self, method: str, payload: KeyboardPayload, *, passing: bool = False) -> None:
        self._count += 1
        outbox.put(
            self._conn,
            key=f"{self._cause or f'u{self._incoming.row}'}:{self._count}",
            chat_id=self._incoming.chat_id,
            kind="answer",
            method=method,
            payload=payload,
            at=self._incoming.at,
            passing=passing,
        )
