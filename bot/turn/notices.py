"""Sends notices, and answers outside any turn, through the outbox."""

from datetime import datetime

from sqlalchemy import Connection

from bot.company import Company
from bot.content import Content, Reader, Screen
from bot.core.calendar.hours import next_opening
from bot.core.conversation.messages import Message
from bot.store.members import members
from bot.store.queue import notice_circles, outbox
from bot.turn.access import may_receive
from bot.turn.keyboards import markup, text_payload
from bot.turn.notice_list import NOTICES

__all__ = ["answer_to", "send", "send_to_admins"]


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
    document: str = "",
) -> None:
    """Queue a notice for the sending hours, unless the person may not receive it.

    `at_once` is for news that a person waits for, or whose sender has checked the hours itself: it
    is queued among the answers, as the notices before it may wait for the morning. `document` is
    the digest of a stored file, which is sent with the notice as its caption.
    """
    circle = NOTICES[type(message)]
    if not may_receive(conn, person.user_id, circle):
        return
    reader = Reader(person.language, person.title, person.name, person.zone)
    screen = content.screen(message, reader)
    payload = text_payload(screen, markup(screen, content.menu(person.language), "", lasting=True))
    if document:
        payload |= {"caption": payload.pop("text"), "attachment": document}
    outbox.put(
        conn,
        key=key,
        chat_id=person.user_id,
        kind="answer" if at_once else "notice",
        method="sendDocument" if document else "sendMessage",
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
    document: str = "",
) -> None:
    """Queue a notice for every admin who can be reached, with a stored file if one is named."""
    for person in members.reachable_admins(conn, company.time_zone):
        to = f"{key}:{person.user_id}"
        send(
            conn,
            content,
            company,
            person,
            message,
            key=to,
            at=at,
            at_once=at_once,
            document=document,
        )


def answer_to(conn: Connection, screen: Screen, chat_id: int, key: str, at: datetime) -> None:
    """Queue an answer outside any turn, to be sent at once."""
    outbox.put(
        conn,
        key=key,
        chat_id=chat_id,
        kind="answer",
        method="sendMessage",
        payload=text_payload(screen, None),
        at=at,
    )
