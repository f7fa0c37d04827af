"""Words what is worded only when it leaves: a tip, with the reader's figures of that moment."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection

from bot.company import Company
from bot.content import Reader
from bot.content.tips import TIPS
from bot.core.hours import local_day, may_send
from bot.core.people import first_name
from bot.core.periods import period_bounds, period_of
from bot.services.conversation import Ear
from bot.services.wires import markup
from bot.store import tips
from bot.store.outbox import Letter

__all__ = ["fill"]

BELOW: Final = "tips_frame/below.{language}.j2"


async def fill(ear: Ear, now: Callable[[], datetime], letter: Letter) -> dict[str, Any] | None:
    """The payload of a letter that holds a tip; None where it should not leave any more.

    Much may have happened since it was written: the reader paused the tips or blocked the bot, or
    the hours in which the bot writes are over.
    """
    return await ear.database.read(partial(_tip, ear=ear, at=now(), letter=letter))


def _tip(conn: Connection, *, ear: Ear, at: datetime, letter: Letter) -> dict[str, Any] | None:
    tip = TIPS.get(letter.payload["tip"])
    member_id: int = letter.payload["member"]
    member = tips.reader(conn, member_id)
    if tip is None or member is None or member.user_id != letter.chat_id:
        return None
    if not may_send(at, member.zone, ear.company.sending):
        return None
    reader = Reader(member.language, member.title, first_name(member.name), member.zone)
    facts = _facts(conn, ear.company, member_id, at, local_day(at, member.zone))
    facts["day"] = (local_day(at, member.zone) - local_day(member.joined_at, member.zone)).days
    screen = ear.content.fill(tip.path(reader.language), facts, reader)
    below = ear.content.fill(BELOW.format(language=reader.language), {}, reader)
    keyboard = markup(below, ear.content.menu(reader.language), "", lasting=True)
    return {
        "text": screen.text,
        "parse_mode": "HTML",
        "reply_markup": json.dumps(keyboard, ensure_ascii=False),
    }


def _facts(
    conn: Connection, company: Company, member_id: int, at: datetime, today: date
) -> dict[str, object]:
    """The member's own figures, as the tips name them."""
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
        "last_product": own.last_product,
        "best_product": own.best_product,
        "days_since_sale": days,
    }
