"""Members whose tip clocks run, for tests of tips on a real database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.company import load_company
from bot.content import Content
from bot.content.tips import RULES
from bot.conversation.late_rendering import fill
from bot.conversation.registry import FLOWS
from bot.core.messaging.tips import OnDay
from bot.store.db.database import open_database
from bot.store.db.schema import metadata
from bot.store.queue import claiming, outbox
from bot.store.queue.outbox_messages import Stay
from bot.store.tips import consents
from bot.turn.runtime import BotRuntime
from tests.blank import lay_out

TABLES = metadata.tables
SAMPLE = Path(__file__).parents[3] / "company.sample.toml"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
JOINED = datetime(2026, 11, 4, 2, tzinfo=UTC)
# Nine o'clock in Jakarta on the first day after joining.
FIRST_TURN = datetime(2026, 11, 5, 2, tzinfo=UTC)


@asynccontextmanager
async def open_runtime(folder: Path) -> AsyncIterator[BotRuntime]:
    """Open the runtime of a company without members yet."""
    url = f"sqlite+aiosqlite:///{folder / 'books.db'}"
    await lay_out(url)
    database = open_database(url)
    company = load_company(SAMPLE)
    content = Content(FLOWS, company=company.name, office=company.office_contact)
    try:
        yield BotRuntime(database, content, company, "jualdulu_bot", lambda: 1)
    finally:
        await database.close()


async def join(runtime: BotRuntime, count: int = 1, **differing: object) -> None:
    """Members 1, 2, 3 …, each with an open chat and a clock for nine o'clock."""
    numbers = range(1, count + 1)

    def unit(conn: Connection) -> None:
        conn.execute(
            TABLES["people"].insert(),
            [{"user_id": 100 + n, "language": "id", "first_seen": JOINED} for n in numbers],
        )
        facts = {
            "sponsor_id": None,
            "name": "Sari Dewi",
            "title": "Ibu",
            "phone_verified": True,
            "province": "dki-jakarta",
            "zone": "Asia/Jakarta",
            "birth_year": 1978,
            "joined_at": JOINED,
        }
        own = [
            {"id": n, "reference": f"r{n}", "user_id": 100 + n, "code": f"C{n}", "phone": f"+{n}"}
            for n in numbers
        ]
        conn.execute(TABLES["members"].insert(), [facts | each | differing for each in own])
        clocks = [{"member_id": n, "hour": "09:00", "due_at": FIRST_TURN} for n in numbers]
        conn.execute(TABLES["tip_clocks"].insert(), clocks)

    await runtime.database.write(unit)


async def rows(runtime: BotRuntime, table: str) -> list[dict[str, Any]]:
    """Returns all rows of a table."""
    chosen = TABLES[table].select()
    return await runtime.database.read(
        lambda conn: [dict(row._mapping) for row in conn.execute(chosen)]
    )


async def change(runtime: BotRuntime, table: str, **values: object) -> None:
    """Set columns in all rows."""

    def unit(conn: Connection) -> None:
        conn.execute(TABLES[table].update().values(**values))

    await runtime.database.write(unit)


async def decide(runtime: BotRuntime, *, given: bool) -> None:
    """Let the first member allow tips or refuse them."""
    await runtime.database.write(
        lambda conn: consents.note(conn, 1, "tips", given=given, at=JOINED)
    )


async def had_tips_before(runtime: BotRuntime, day: int) -> None:
    """Let the first member have had each tip by day of membership that comes before this day."""
    had = [slug for slug, rule in RULES if isinstance(rule, OnDay) and rule.day < day]

    def unit(conn: Connection) -> None:
        given = {"member_id": 1, "slot": "2026-10-01", "state": "queued", "at": JOINED}
        conn.execute(TABLES["deliveries"].insert(), [given | {"schedule": slug} for slug in had])

    await runtime.database.write(unit)


async def take(runtime: BotRuntime, now: datetime) -> list[outbox.OutboxMessage]:
    """Returns the messages the sender would take."""
    return await runtime.database.write(
        lambda conn: claiming.claim(conn, now, 1, answers=16, bulk=16, excluded=()).outbox_messages
    )


async def worded(runtime: BotRuntime, now: datetime) -> dict[str, Any] | Stay:
    """Returns the only message, filled."""
    (message,) = await take(runtime, now)
    return await fill(runtime, lambda: now, message)


async def add_sale(
    runtime: BotRuntime, *, status: str = "approved", day: str = "2026-11-05"
) -> None:
    """Two Sabun Sereh for a customer, worth a profit of 20,000."""

    def unit(conn: Connection) -> None:
        product = {
            "id": 1,
            "sku": "SABUN",
            "name": "Sabun <Sereh>",
            "member_price": 40_000,
            "retail_price": 50_000,
            "points": 5,
            "bonus_value": 40_000,
        }
        conn.execute(TABLES["products"].insert(), product)
        customer = {"id": 1, "member_id": 1, "name": "Bu Ani", "name_key": "ani"}
        conn.execute(TABLES["customers"].insert(), {**customer, "created_at": JOINED})
        sale = {
            "id": 1,
            "reference": "s1",
            "seller_id": 1,
            "customer_id": 1,
            "sold_on": day,
            "period": day[:7],
            "status": status,
            "total": 100_000,
            "goods": 80_000,
            "points": 10,
            "bonus_value": 80_000,
            "logged_at": FIRST_TURN,
        }
        conn.execute(TABLES["sales"].insert(), sale)
        line = {"sale_id": 1, "product_id": 1, "quantity": 2, "amount": 100_000}
        frozen = {"member_price": 40_000, "points": 5, "bonus_value": 40_000}
        conn.execute(TABLES["sale_lines"].insert(), line | frozen)
        if status == "approved":
            month = {"member_id": 1, "period": day[:7], "own_count": 1, "own_profit": 20_000}
            conn.execute(TABLES["volumes"].insert(), month)

    await runtime.database.write(unit)
