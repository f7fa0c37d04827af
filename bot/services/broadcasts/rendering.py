"""Renders a broadcast, or the correction of one, for a reader at the moment it is sent."""

import json
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.content import Reader
from bot.content.broadcasts import Addressee, render_for
from bot.core.calendar.hours import next_training
from bot.core.members.people import first_name
from bot.core.members.provinces import province
from bot.store.broadcasts import broadcast_corrections, broadcasts, recipients
from bot.store.broadcasts.recipients import RecipientCopy
from bot.store.queue.outbox_messages import OutboxMessage, Stay
from bot.turn.access import may_broadcast, may_go_on
from bot.turn.keyboards import markup
from bot.turn.runtime import BotRuntime

__all__ = ["render", "render_correction"]

BELOW: Final = "broadcast_frame/below.{language}.j2"


def render(
    conn: Connection,
    *,
    runtime: BotRuntime,
    at: datetime,
    outgoing: OutboxMessage,
    leaves: bool = False,
) -> dict[str, object] | Stay:
    """Returns the payload for Telegram, or why the message is not sent after all.

    If it `leaves` within this transaction, the edition that it has is noted. Where none is noted,
    a correction edits the message once more than needed.
    """
    number, member_id = outgoing.number("broadcast"), outgoing.number("member")
    found = recipients.read(conn, number, member_id)
    if found is None or not found.active or found.user_id != outgoing.chat_id:
        return Stay("left")
    if found.reach != "open":
        return Stay(found.reach)
    if not found.allowed:
        return Stay("refused")
    broadcast = broadcasts.load(conn, number)
    if broadcast is None or not may_go_on(conn, broadcast):
        return Stay("author is out", timedelta(0))
    if found.state != "running":
        return Stay(found.state, timedelta(0))
    opening = next_training(at, found.zone, runtime.company.sending)
    if opening > at:
        return Stay("outside the hours", opening - at)
    if leaves and found.edition:
        recipients.note_edition(conn, outgoing.id, found.edition)
    payload = _worded(runtime, found)
    return {**payload, found.file_kind: found.file_id} if found.file_kind else payload


def render_correction(
    conn: Connection, *, runtime: BotRuntime, outgoing: OutboxMessage
) -> dict[str, object] | Stay:
    """Returns the edit of a delivered message to the newest text, or why it is not edited.

    It makes no sound, so it goes at any hour, and also to a member who was suspended or refuses
    broadcasts now: what they have must not stay wrong. It does not go to an account that is no
    longer the member's.
    """
    found = recipients.read(conn, outgoing.number("broadcast"), outgoing.number("member"))
    if found is None or found.user_id != outgoing.chat_id:
        return Stay("left")
    if found.reach != "open":
        return Stay(found.reach)
    correction = broadcast_corrections.load(conn, outgoing.number("correction"))
    if correction is None or correction.state != "running":
        return Stay("over", timedelta(0))
    if not may_broadcast(conn, correction.author_id):
        return Stay("author is out", timedelta(0))
    return {**_worded(runtime, found), "message_id": outgoing.number("message_id")}


def _worded(runtime: BotRuntime, found: RecipientCopy) -> dict[str, object]:
    """Returns the text or the caption for a reader, with the buttons below it."""
    person = Addressee(
        first_name(found.name), found.title, province(found.province).name, found.code
    )
    below = runtime.content.fill(
        BELOW.format(language=found.language), {}, Reader(found.language, found.title)
    )
    keyboard = markup(below, runtime.content.menu(found.language), "", lasting=True)
    return {
        "parse_mode": "HTML",
        "reply_markup": json.dumps(keyboard, ensure_ascii=False),
        "caption" if found.file_kind else "text": render_for(found.body, person),
    }
