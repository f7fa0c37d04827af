"""One turn of a conversation: what was heard, from whom, and what is said to it."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Connection

from bot.company import Company
from bot.content import Content, Reader, Screen
from bot.core.calendar.hours import next_opening
from bot.core.conversation.messages import Message, Sample
from bot.core.conversation.replay import Lookup
from bot.flows.caller import Caller
from bot.flows.spec import Command
from bot.store.members import members
from bot.store.queue import attachments, notice_circles, outbox
from bot.turn.access import may_be_told
from bot.turn.incoming import Heard
from bot.turn.keyboards import markup
from bot.turn.notice_list import NOTICES

__all__ = [
    "Actions",
    "Lookups",
    "Picture",
    "SentFile",
    "Turn",
    "answer_to",
    "send",
    "send_to_admins",
]

TOAST_SECONDS = 15


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


@dataclass(slots=True)
class Turn:
    """What the services of one update share. It lives as long as the update's transaction.

    `leaves` says that the tapped button stands under a message that stays as it is, `put_back`
    that an update waits again that had been set aside, `after_gap` that what was typed just before
    was left out, so that this answers no question. `cause` names the letters of a turn that no
    update has begun.
    """

    conn: Connection
    content: Content
    company: Company
    heard: Heard
    caller: Caller
    reader: Reader
    username: str
    chance: int
    reference: str = ""
    leaves: bool = False
    put_back: bool = False
    cause: str = ""
    after_gap: bool = False
    _said: int = 0
    _edited: bool = False

    @property
    def now(self) -> datetime:
        """When this update was taken up."""
        return self.heard.at

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
        screen = self.screen(message)
        passing = passing and screen.keyboard == "inline"
        sample = getattr(message, "sample", None)
        if isinstance(sample, Sample) and before is None:
            self._show_sample(sample)
        if before is not None:
            said = self.screen(before).text
            screen = Screen(f"{said}\n\n{screen.text}", screen.rows, screen.keyboard)
        lasting = not isinstance(message, Screen) and message.lasting
        keyboard = markup(screen, self.menu(), address, lasting=lasting)
        edits = self.heard.kind == "tap" and not self.leaves and not self._edited
        if edits and screen.keyboard == "inline":
            payload = _text(screen, keyboard) | {"message_id": self.heard.message_id}
            self._put("editMessageText", payload, passing=passing)
        else:
            if edits:
                self._put("editMessageReplyMarkup", {"message_id": self.heard.message_id})
            self._put("sendMessage", _text(screen, keyboard), passing=passing)
        self._edited = True

    def show(self, picture: Picture) -> None:
        """Answer with a picture and its caption."""
        key = attachments.keep(self.conn, picture.name, picture.body)
        screen = self.screen(picture.caption)
        payload = {"attachment": key, "caption": screen.text, "parse_mode": "HTML"}
        keyboard = markup(screen, self.menu(), "", lasting=True)
        if keyboard is not None:
            payload["reply_markup"] = json.dumps(keyboard)
        self._put("sendPhoto", payload)
        self._edited = True

    def hand_on(self, file: SentFile) -> None:
        """Answer with a file that Telegram has already."""
        caption = self.screen(file.caption).text
        method = "sendPhoto" if file.kind == "photo" else "sendDocument"
        self._put(method, {file.kind: file.file_id, "caption": caption, "parse_mode": "HTML"})
        self._edited = True

    def _show_sample(self, sample: Sample) -> None:
        """Show what others will get, as a message of its own that stays."""
        if self.heard.kind == "tap" and not self.leaves and not self._edited:
            self._put("editMessageReplyMarkup", {"message_id": self.heard.message_id})
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
        payload: dict[str, Any] = {"callback_query_id": self.heard.tap_id}
        if message is not None:
            payload |= {"text": self.screen(message).text, "show_alert": True}
        outbox.put(
            self.conn,
            key=f"u{self.heard.row}:toast",
            chat_id=self.heard.chat_id,
            kind="toast",
            method="answerCallbackQuery",
            payload=payload,
            at=self.now,
            expires_at=self.now + timedelta(seconds=TOAST_SECONDS),
        )

    def tell(self, member_id: int, message: Message, key: str) -> None:
        """Tell another member something, once for this key, within the hours for it."""
        person = members.reachable(self.conn, member_id)
        if person is not None:
            send(self.conn, self.content, self.company, person, message, key=key, at=self.now)

    def screen(self, message: Message | Screen) -> Screen:
        """The message in the caller's words."""
        if isinstance(message, Screen):
            return message
        return self.content.screen(message, self.reader)

    def screen_in(self, message: Message, language: str) -> Screen:
        """The message in this language, for what a person may type."""
        return self.content.screen(message, replace(self.reader, language=language))

    def menu(self) -> Screen:
        """The keys of the menu."""
        return self.content.menu(self.reader.language)

    def _put(self, method: str, payload: dict[str, Any], *, passing: bool = False) -> None:
        self._said += 1
        outbox.put(
            self.conn,
            key=f"{self.cause or f'u{self.heard.row}'}:{self._said}",
            chat_id=self.heard.chat_id,
            kind="answer",
            method=method,
            payload=payload,
            at=self.now,
            passing=passing,
        )


Lookups: TypeAlias = Mapping[type[Lookup[Any]], Callable[[Turn, Any], Any]]
Actions: TypeAlias = Mapping[
    type[Command], Callable[[Turn, Any], Iterable[Message | Picture | SentFile]]
]
"""Which function answers which lookup, and which one does what a flow ended with."""


def send(
    conn: Connection,
    content: Content,
    company: Company,
    person: members.Reachable,
    message: Message,
    *,
    key: str,
    at: datetime,
    at_once: bool = False,
) -> None:
    """Write a notice to a person who may be told it, to leave within the sending hours.

    `at_once` is for the caller who looked at the hours already.
    """
    circle = NOTICES[type(message)]
    if not may_be_told(conn, person.user_id, circle):
        return
    reader = Reader(person.language, person.title, person.name, person.zone)
    screen = content.screen(message, reader)
    payload = _text(screen, markup(screen, content.menu(person.language), "", lasting=True))
    outbox.put(
        conn,
        key=key,
        chat_id=person.user_id,
        kind="notice",
        method="sendMessage",
        payload=payload,
        at=at,
        not_before=None if at_once else next_opening(at, person.zone, company.sending),
    )
    if circle != "own":
        notice_circles.note(conn, key, circle)


def send_to_admins(
    conn: Connection,
    content: Content,
    company: Company,
    message: Message,
    key: str,
    at: datetime,
    *,
    at_once: bool = False,
) -> None:
    """Write a notice to every admin who can be reached."""
    for person in members.reachable_admins(conn, company.time_zone):
        to = f"{key}:{person.user_id}"
        send(conn, content, company, person, message, key=to, at=at, at_once=at_once)


def answer_to(conn: Connection, screen: Screen, chat_id: int, key: str, at: datetime) -> None:
    """Write an answer outside any turn, to leave at once."""
    outbox.put(
        conn,
        key=key,
        chat_id=chat_id,
        kind="answer",
        method="sendMessage",
        payload=_text(screen, None),
        at=at,
    )


def _text(screen: Screen, keyboard: dict[str, Any] | None) -> dict[str, Any]:
    payload: dict[str, Any] = {"text": screen.text, "parse_mode": "HTML"}
    if keyboard is not None:
        payload["reply_markup"] = json.dumps(keyboard, ensure_ascii=False)
    return payload
