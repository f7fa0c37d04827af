"""Stores lists of deliveries, and tells each member once what the office has delivered.

A list is stored as a whole; members are told by the tick, from the rows themselves. So whoever
stores it, and whatever is killed in between, each delivery and each correction is told once.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot.core.calendar.hours import local_day
from bot.core.input.checked_json import array, record_by_name
from bot.core.stock.stock_levels import is_much
from bot.flows.stock.stock_messages import DeliveredLine, GoodsDelivered
from bot.store.db import audit_log
from bot.store.members import members
from bot.store.stock import delivered_goods, stock_sums
from bot.store.stock.delivered_goods import DeliveredGoods
from bot.turn.notices import send

if TYPE_CHECKING:
    from bot.turn.runtime import BotRuntime

__all__ = ["TASKS", "store_deliveries", "tell_deliveries"]

TOLD_PER_TICK_MAX: Final = 20
LINES_SHOWN_MAX: Final = 12


def store_deliveries(
    conn: Connection, wish: Mapping[str, object], now: datetime, by: int | None = None
) -> dict[str, object]:
    """Store a list of deliveries; returns how many were added, changed and there already.

    Raises:
        TypeError: a row does not have the fields of `DeliveredGoods`.
    """
    listed = [record_by_name(DeliveredGoods, facts) for facts in array(wish, "goods")]
    done = delivered_goods.apply(conn, listed, now)
    counts: dict[str, object] = {state: len(each) for state, each in done.items()}
    if counts["added"] or counts["changed"]:
        summary = f"added {counts['added']}, changed {counts['changed']}"
        audit_log.note(conn, by, "import deliveries", summary, now)
    return counts


async def tell_deliveries(runtime: "BotRuntime", now: datetime) -> int:
    """Tell some members what was delivered to them; returns how many."""
    limit = TOLD_PER_TICK_MAX
    waiting = await runtime.database.read(partial(delivered_goods.untold_members, limit=limit))
    for member_id in waiting:
        await runtime.database.write(partial(_tell, runtime=runtime, member_id=member_id, now=now))
    return len(waiting)


def _tell(conn: Connection, runtime: "BotRuntime", member_id: int, now: datetime) -> None:
    found = delivered_goods.take_untold(conn, member_id, now)
    person = members.reachable(conn, member_id)
    if not found or person is None or not runtime.company.stock.enabled:
        return
    today = local_day(now, person.zone)
    levels = stock_sums.levels(conn, member_id, today)
    months = runtime.company.stock.months_much
    long = {
        each.product
        for each in found
        if each.quantity
        and each.product_id in levels
        and is_much(levels[each.product_id], today, months)
    }
    lines = tuple(
        DeliveredLine(each.product, each.quantity, date.fromisoformat(each.day), each.document)
        for each in found[:LINES_SHOWN_MAX]
    )
    news = GoodsDelivered(found[0].id, lines, len(found) - len(lines), tuple(sorted(long)), months)
    key = f"delivery:{member_id}:{found[-1].id}:{now.isoformat()}"
    send(conn, runtime.content, runtime.company, person, news, key=key, at=now)


TASKS: Final = {"import deliveries": store_deliveries}
