"""Renders a broadcast for one of its readers, at the moment it is sent."""

import json
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.content import Reader
from bot.content.broadcasts import Addressee, render_for
from bot.core.calendar.hours import next_training
from bot.core.members.people import first_name
from bot.core.members.provinces import province
from bot.store.broadcasts import broadcasts, recipients
from bot.store.queue.outbox_messages import OutboxMessage, Stay
from bot.turn.access import may_go_on
from bot.turn.keyboards import markup
from bot.turn.runtime import BotRuntime

__all__ = ["render"]

BELOW: Final = "broadcast_frame/below.{language}.j2"


def render(
    conn: Connection, *, runtime: BotRuntime, at: datetime, outgoing: OutboxMessage
) -> dict[str, object] | Stay:
    """Returns the payload for Telegram, or why the message is not sent after all."""
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
    person = Addressee(
        first_name(found.name), found.title, province(found.province).name, found.code
    )
    below = runtime.content.fill(
        BELOW.format(language=found.language), {}, Reader(found.language, found.title)
    )
    keyboard = markup(below, runtime.content.menu(found.language), "", lasting=True)
    payload = {"parse_mode": "HTML", "reply_markup": json.dumps(keyboard, ensure_ascii=False)}
    worded = render_for(found.body, person)
    if not found.file_kind:
        return {**payload, "text": worded}
    return {**payload, "caption": worded, found.file_kind: found.file_id}
