"""The list that comes by itself: once a day, in the morning, only if there is something to say."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, text

from bot.company import load_company
from bot.content import Content
from bot.conversation.late_rendering import fill, rendered
from bot.conversation.registry import FLOWS
from bot.core.customers.customer_keys import name_key
from bot.services.today.morning import METHOD, enqueue_lists, enrol_sellers
from bot.store.customers import customers
from bot.store.db.database import Database
from bot.store.members import members
from bot.store.queue import outbox
from bot.store.queue.outbox_messages import OutboxMessage, Stay
from bot.store.today import today_clocks
from bot.turn.runtime import BotRuntime
from tests.stage import SAMPLE
from tests.store.both import ACCOUNT, START, join, sell, stock

# Eight in the morning in Makassar, two days after a sale.
EIGHT = datetime(2026, 11, 4, 0, tzinfo=UTC)
NIGHT = EIGHT - timedelta(hours=9)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CHRISTMAS = datetime(2026, 12, 25, 0, tzinfo=UTC)

Unit = Callable[[Connection], Any]


def runtime_of(database: Database) -> BotRuntime:
    company = load_company(SAMPLE)
    content = Content(FLOWS, company=company.name, office=company.office_contact)
    return BotRuntime(database, content, company, "jualdulu_bot", lambda: 1)


async def seller_of(database: Database, *, sold_on: str = "2026-11-02") -> BotRuntime:
    """The runtime of a company with one seller, who has one customer."""

    def unit(conn: Connection) -> None:
        (seller,) = join(conn, [None])
        soap, _ = stock(conn)
        ani = customers.add(conn, seller, "Bu Ani", name_key("Bu Ani"), START)
        sell(conn, seller, soap, customer_id=ani, sold_on=sold_on)

    await database.write(unit)
    runtime = runtime_of(database)
    assert await enrol_sellers(runtime, NIGHT) == 1
    assert await enrol_sellers(runtime, NIGHT) == 0
    return runtime


async def sent(runtime: BotRuntime, at: datetime, *, bulk: int = 9) -> list[OutboxMessage]:
    """What the sender claims at this moment."""
    render = partial(rendered, runtime, lambda: at)
    unit = partial(
        outbox.cycle, results=(), now=at, epoch=1, free=9, bulk=bulk, excluded=(), render=render
    )
    claimed, _ = await runtime.database.write(unit)
    return claimed


async def run(runtime: BotRuntime, statement: str, **facts: object) -> None:
    await runtime.database.write(lambda conn: conn.execute(text(statement), facts))


async def count(runtime: BotRuntime, statement: str) -> int:
    found: int = await runtime.database.read(
        lambda conn: conn.execute(text(statement)).scalar_one()
    )
    return found


async def test_the_list_goes_out_once_at_its_hour(database: Database) -> None:
    runtime = await seller_of(database)
    assert await enqueue_lists(runtime, EIGHT - timedelta(seconds=1)) == 0
    assert await enqueue_lists(runtime, EIGHT) == 1
    assert await enqueue_lists(runtime, EIGHT) == 0
    (message,) = await sent(runtime, EIGHT)
    assert (message.chat_id, message.kind, message.method) == (ACCOUNT + 1, "tip", "worded")
    assert "Bu Ani" in message.text("text")
    keyboard = json.loads(message.text("reply_markup"))["inline_keyboard"]
    assert keyboard[0][0]["url"].startswith("https://t.me/share/url?url=Bu%20Ani")
    assert keyboard[0][1]["callback_data"] == "/hariini sudah 1 after_days"
    assert await count(runtime, "SELECT count(*) FROM today_items") == 1
    assert await sent(runtime, EIGHT + HOUR) == []
    assert await enqueue_lists(runtime, EIGHT + DAY - timedelta(seconds=1)) == 0


async def test_a_kill_before_the_clock_was_stored_doubles_nothing(database: Database) -> None:
    runtime = await seller_of(database)
    assert await enqueue_lists(runtime, EIGHT) == 1
    await run(runtime, "UPDATE today_clocks SET due_at = due_at - 86400000000")
    assert await enqueue_lists(runtime, EIGHT + HOUR) == 0
    assert len(await sent(runtime, EIGHT + HOUR)) == 1


async def test_a_list_that_is_rendered_again_is_the_same(database: Database) -> None:
    runtime = await seller_of(database)
    await enqueue_lists(runtime, EIGHT)
    (first,) = await sent(runtime, EIGHT)
    await run(runtime, "UPDATE outbox SET state = 'new', due_at = :at", at=0)
    (again,) = await sent(runtime, EIGHT + HOUR)
    assert again.payload == first.payload
    assert await count(runtime, "SELECT count(*) FROM today_items") == 1


async def test_nobody_to_think_of_is_no_message(database: Database) -> None:
    runtime = await seller_of(database, sold_on="2026-11-04")
    await enqueue_lists(runtime, EIGHT)
    (message,) = await sent(runtime, EIGHT)
    assert message.method == METHOD
    assert isinstance(await fill(runtime, lambda: EIGHT, message), Stay)
    assert await count(runtime, "SELECT count(*) FROM today_items") == 0


async def test_a_list_waits_while_the_clock_is_not_believed_and_ends_with_its_day(
    database: Database,
) -> None:
    runtime = await seller_of(database)
    await enqueue_lists(runtime, EIGHT)
    assert await sent(runtime, EIGHT, bulk=0) == []
    assert await sent(runtime, EIGHT + 12 * HOUR) == []
    assert await sent(runtime, EIGHT + DAY) == []
    assert await count(runtime, "SELECT count(*) FROM outbox WHERE state = 'expired'") == 1


async def test_a_bot_that_was_down_for_days_sends_one_list(database: Database) -> None:
    runtime = await seller_of(database)
    assert await enqueue_lists(runtime, EIGHT + 9 * DAY + HOUR) == 1
    assert await enqueue_lists(runtime, EIGHT + 9 * DAY + 2 * HOUR) == 0
    assert await count(runtime, "SELECT count(*) FROM outbox") == 1


async def test_at_night_and_on_a_holiday_nothing_is_queued(database: Database) -> None:
    runtime = await seller_of(database)
    assert await enqueue_lists(runtime, EIGHT + 13 * HOUR) == 0
    assert await enqueue_lists(runtime, CHRISTMAS) == 0
    assert await count(runtime, "SELECT count(*) FROM outbox") == 0


async def test_who_refuses_leaves_or_is_suspended_gets_none(database: Database) -> None:
    runtime = await seller_of(database)
    await enqueue_lists(runtime, EIGHT)
    want: Unit = partial(today_clocks.want, member_id=1, wanted=False, at=EIGHT)
    await database.write(want)
    (message,) = await sent(runtime, EIGHT)
    assert message.method == METHOD
    assert await enqueue_lists(runtime, EIGHT + DAY) == 0
    await database.write(partial(today_clocks.want, member_id=1, wanted=True, at=EIGHT))
    await run(runtime, "UPDATE members SET active = 0")
    assert await enqueue_lists(runtime, EIGHT + 2 * DAY) == 0
    await run(runtime, "UPDATE members SET active = 1")
    await run(runtime, "UPDATE people SET reach = 'blocked'")
    assert await enqueue_lists(runtime, EIGHT + 3 * DAY) == 0
    person = await database.read(partial(members.reachable, member_id=1))
    assert person is None


async def test_a_sale_before_it_is_sent_takes_the_reason_away(database: Database) -> None:
    runtime = await seller_of(database)
    await enqueue_lists(runtime, EIGHT)
    await run(runtime, "UPDATE sales SET status = 'void'")
    (message,) = await sent(runtime, EIGHT + HOUR)
    assert message.method == METHOD
