"""Databases with a made-up company of any size, in which every member has a Telegram account.

The company is that of `seed`, but it sells in the current month, from a price list whose products
the messages of the benchmark name.
"""

import asyncio
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import bindparam, literal, make_url, select

from bot.cli.seed.company_spec import CompanySpec, spec_before
from bot.cli.seed.fill import fill_database
from bot.company import load_company
from bot.content import Content
from bot.conversation.registry import FLOWS
from bot.core.calendar.periods import period_of
from bot.services.home.command_menu import request_changed_menus
from bot.store.db.database import open_database, sqlite_engine
from bot.store.db.migrations import migrate
from bot.store.db.schema import metadata
from bot.store.db.types import Instant
from bot.store.products import price_list
from bot.store.products.price_list import ListedProduct
from bot.store.proof import integrity

__all__ = [
    "SAMPLE",
    "ZONE",
    "copied",
    "seeded",
    "sold_last_month",
    "sold_months",
    "url_of",
    "user_of",
]

SAMPLE = Path(__file__).parents[1] / "company.sample.toml"
SEED = 1_978
USERNAME = "bench_bot"
ZONE = "Asia/Jakarta"
FIRST_USER = 5_000_000
PRICE_LIST = tuple(
    ListedProduct(sku, name, price, retail, points, price, category)
    for sku, name, price, retail, points, category in (
        ("SABUN", "Sabun Sereh", 40_000, 50_000, 5, "perawatan"),
        ("TEH", "Teh Hijau", 20_000, 25_000, 3, "minuman"),
        ("MADU250", "Madu Hutan 250 g", 70_000, 85_000, 9, "pangan"),
        ("MADU500", "Madu Hutan 500 g", 125_000, 150_000, 16, "pangan"),
        ("KOPI", "Kopi Jahe", 28_000, 35_000, 4, "minuman"),
        ("MINYAK", "Minyak Kayu Putih", 32_000, 40_000, 4, "perawatan"),
        ("SAMPO", "Sampo Lidah Buaya", 36_000, 45_000, 5, "perawatan"),
        ("SERUM", "Serum Wajah", 96_000, 120_000, 14, "perawatan"),
    )
)


def user_of(member_id: int) -> int:
    """Returns the Telegram account of a member."""
    return FIRST_USER + member_id


def url_of(file: Path) -> str:
    """Returns the URL of the database in this file."""
    return f"sqlite+aiosqlite:///{file}"


def seeded(file: Path, members: int) -> Path:
    """Fill a new database with members who sold one line each this month; returns its file."""
    now = datetime.now(UTC)
    asyncio.run(_create(url_of(file), now))
    periods = (period_of(now, ZONE),)
    fill_database(
        file, CompanySpec(members, members, SEED, periods, now, ZONE, first_user=FIRST_USER)
    )
    _leave_unasked(file, now)
    return file


def sold_last_month(file: Path, members: int, lines: int, chain: int) -> str:
    """Fill a new database with sales of last month; returns that month."""
    return sold_months(file, members, lines, chain, 1)[-1]


def sold_months(file: Path, members: int, lines: int, chain: int, months: int) -> tuple[str, ...]:
    """Fill a new database with sales of the last months; returns these months, the oldest first.

    Args:
        file: the file of the new database.
        members: the number of members.
        lines: the number of lines of all sales.
        chain: how many of the members form one line of sponsors.
        months: how many months.
    """
    now = datetime.now(UTC)
    asyncio.run(_create(url_of(file), now))
    spec = spec_before(
        now, ZONE, members=members, lines=lines, months=months, chain=chain, seed=SEED
    )
    fill_database(file, replace(spec, first_user=FIRST_USER))
    _leave_unasked(file, now)
    return tuple(spec.periods)


def _leave_unasked(file: Path, now: datetime) -> None:
    """Have no list of a day go out while the answers to people are measured."""
    engine = sqlite_engine(make_url(f"sqlite:///{file}"))
    clocks = metadata.tables["today_clocks"]
    members = select(
        metadata.tables["members"].c.id, literal("08:00"), bindparam("due_at", type_=Instant)
    )
    with engine.begin() as conn:
        enter = clocks.insert().from_select(["member_id", "hour", "due_at"], members)
        conn.execute(enter, {"due_at": now + timedelta(days=7)})
    engine.dispose()


async def _create(url: str, now: datetime) -> None:
    """Create an empty database in which the bot finds nothing to do when it starts."""
    await migrate(url)
    company = load_company(SAMPLE)
    database = open_database(url)
    content = Content(FLOWS, company=company.name, office=company.office_contact, bot=USERNAME)
    await request_changed_menus(database, content, company.languages, USERNAME, now)
    await database.write(lambda conn: price_list.apply_list(conn, PRICE_LIST, now))
    await database.write(lambda conn: integrity.keep(conn, 0, now))
    await database.close()


def copied(file: Path, other: Path) -> Path:
    """Returns a copy of the database, for another bot."""
    return Path(shutil.copy(file, other))
