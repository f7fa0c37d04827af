"""Renders tips, lists of a day, broadcasts and their corrections when they are sent.

They have the figures of that moment.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final, cast

from sqlalchemy import Connection

from bot.company import Company
from bot.content import Reader
from bot.content.tips import TIPS
from bot.core.calendar.hours import local_day, may_train
from bot.core.calendar.periods import period_bounds, period_of
from bot.core.members.people import first_name
from bot.core.messaging.tips import AfterSilence
from bot.flows.talk import PictureUnseen
from bot.services.broadcasts import rendering
from bot.services.today import morning
from bot.store.members import people
from bot.store.queue import notice_circles
from bot.store.queue.outbox_messages import (
    CORRECTED,
    CORRECTION,
    WITHHELD,
    OutboxMessage,
    Stay,
)
from bot.store.tips import consents, tips
from bot.turn.access import may_receive
from bot.turn.keyboards import KeyboardPayload, markup
from bot.turn.notice_list import Circle
from bot.turn.runtime import BotRuntime

__all__ = ["fill", "rendered", "unseen"]

log = logging.getLogger(__name__)

BELOW: Final = "tips_frame/below.{language}.j2"


async def fill(
    runtime: BotRuntime, now: Callable[[], datetime], outgoing: OutboxMessage
) -> KeyboardPayload | Stay:
    """Returns the payload of a tip, a broadcast or a correction, or why it is not sent.

    Since it was queued, the reader may have refused tips, blocked the bot, or sold again after
    the silence that the tip is about; or the sending hours may be over.
    """
    if outgoing.method == WITHHELD:
        return Stay("no longer theirs to know")
    if outgoing.method == "broadcast":
        word = partial(rendering.render, runtime=runtime, at=now(), outgoing=outgoing)
        return await runtime.database.read(word)
    if outgoing.method == CORRECTION:
        edit = partial(rendering.render_correction, runtime=runtime, outgoing=outgoing)
        return await runtime.database.read(edit)
    if outgoing.method == morning.METHOD:
        # `rendered` makes the list within the commit that claims it, or there is none.
        return Stay("no longer wanted")
    tip = await runtime.database.read(partial(_tip, runtime=runtime, at=now(), outgoing=outgoing))
    return tip or Stay("no longer wanted")


def rendered(
    runtime: BotRuntime, now: Callable[[], datetime], conn: Connection, outgoing: OutboxMessage
) -> OutboxMessage:
    """Returns a broadcast, its edit or the list of a day, within the commit that claims it.

    Other messages are unchanged.

    A notice that its reader may no longer receive is withheld. A broadcast that cannot be rendered
    is left to `fill`, where the failure is logged and its attempts are counted. A list of a day
    that has nobody on it is left to `fill` too, which does not send it.
    """
    if outgoing.kind in {"notice", "answer"}:
        circle = cast("Circle", notice_circles.of(conn, outgoing.id))  # `send` stores no other
        answer = outgoing.kind == "answer" and circle == "own"
        allowed = answer or may_receive(conn, outgoing.chat_id, circle)
        return outgoing if allowed else replace(outgoing, method=WITHHELD, payload={})
    if outgoing.method not in {"broadcast", CORRECTION, morning.METHOD}:
        return outgoing
    payload: KeyboardPayload | Stay | None
    try:
        if outgoing.method == morning.METHOD:
            method = "worded"
            payload = morning.render_list(conn, runtime=runtime, at=now(), outgoing=outgoing)
        elif outgoing.method == CORRECTION:
            method = CORRECTED
            payload = rendering.render_correction(conn, runtime=runtime, outgoing=outgoing)
        else:
            method = "worded"
            payload = rendering.render(
                conn, runtime=runtime, at=now(), outgoing=outgoing, leaves=True
            )
    except Exception:
        log.exception("outbox message %s cannot be rendered", outgoing.id)
        return outgoing
    return (
        outgoing
        if payload is None or isinstance(payload, Stay)
        else replace(outgoing, method=method, payload=payload)
    )


async def unseen(runtime: BotRuntime, user_id: int) -> str:
    """Returns the text, in this person's language, that a picture cannot be shown."""
    known = await runtime.database.read(partial(people.find, user_id=user_id))
    reader = Reader(runtime.company.languages[0]) if known is None else Reader(*known)
    return runtime.content.screen(PictureUnseen(), reader).text


def _tip(
    conn: Connection, *, runtime: BotRuntime, at: datetime, outgoing: OutboxMessage
) -> KeyboardPayload | None:
    tip = TIPS.get(outgoing.text("tip"))
    member_id = outgoing.number("member")
    member = tips.reader(conn, member_id)
    if tip is None or member is None or member.user_id != outgoing.chat_id:
        return None
    if not consents.allows(conn, member_id, "tips"):
        return None
    if not may_train(at, member.zone, runtime.company.sending):
        return None
    reader = Reader(member.language, member.title, first_name(member.name), member.zone)
    today = local_day(at, member.zone)
    if isinstance(tip.rule, AfterSilence):
        since = today - timedelta(days=tip.rule.days + runtime.company.policy.sale_days_back_max)
        sold_at = tips.last_logged(conn, [member_id], since).get(member_id)
        if sold_at and (today - local_day(sold_at, member.zone)).days < tip.rule.days:
            return None
    facts = _facts(conn, runtime.company, member_id, at, today)
    facts["day"] = (today - local_day(member.joined_at, member.zone)).days
    screen = runtime.content.fill(tip.path(reader.language), facts, reader)
    below = runtime.content.fill(BELOW.format(language=reader.language), {}, reader)
    keyboard = markup(below, runtime.content.menu(reader.language), "", lasting=True)
    return {
        "text": screen.text,
        "parse_mode": "HTML",
        "reply_markup": json.dumps(keyboard, ensure_ascii=False),
    }


def _facts(
    conn: Connection, company: Company, member_id: int, at: datetime, today: date
) -> dict[str, object]:
    """Returns the member's own figures under the names that tips use."""
    period = period_of(at, company.time_zone)
    opening = local_day(period_bounds(period, company.time_zone)[0], company.time_zone)
    since = opening - timedelta(days=company.policy.sale_days_back_max)
    own = tips.figures(conn, member_id, period, since)
    days = -1
    if own.last_sold_on:
        days = max((today - date.fromisoformat(own.last_sold_on)).days, 0)
    return {
        "sales_month": own.sales_month,
        "customers_month": own.customers_month,
        "profit_month": own.profit_month,
        "points_month": own.points_month,
        "last_product": own.last_product,
        "best_product": own.best_product,
        "days_since_sale": days,
    }
