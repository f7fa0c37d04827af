"""Books of a believable company of any size, written in bulk.

Of a hundred who join, thirty-five go to the sponsor of a random member, which lets a few legs grow
wide, and the others to somebody who joined not long ago, which lets lines grow long. Two of three
sold something this month. All counters are those of a recount, and the money adds up.
"""

import asyncio
import random
import shutil
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.company import load_company
from bot.content import Content
from bot.core.codes import make_code
from bot.core.periods import period_of
from bot.services.menus import hang_new
from bot.store.database import open_database
from bot.store.migrations import migrate
from bot.store.recount import recount
from bot.store.writers import sqlite_engine

__all__ = ["SAMPLE", "ZONE", "copied", "founded", "url_of", "user_of"]

SAMPLE = Path(__file__).parents[1] / "company.sample.toml"
SEED = 1_978
ZONE = "Asia/Jakarta"
FIRST_USER = 5_000_000
ASIDE_PERCENT = 35
RECENT_PART = 5
SELLERS_PERCENT = 67
SALES_MAX = 3
MICROSECONDS = 1_000_000
PRICE_LIST = (
    # sku, name, member price, retail price, points, category
    ("SABUN", "Sabun Sereh", 40_000, 50_000, 5, "perawatan"),
    ("TEH", "Teh Hijau", 20_000, 25_000, 3, "minuman"),
    ("MADU250", "Madu Hutan 250 g", 70_000, 85_000, 9, "pangan"),
    ("MADU500", "Madu Hutan 500 g", 125_000, 150_000, 16, "pangan"),
    ("KOPI", "Kopi Jahe", 28_000, 35_000, 4, "minuman"),
    ("MINYAK", "Minyak Kayu Putih", 32_000, 40_000, 4, "perawatan"),
    ("SAMPO", "Sampo Lidah Buaya", 36_000, 45_000, 5, "perawatan"),
    ("SERUM", "Serum Wajah", 96_000, 120_000, 14, "perawatan"),
)
FIRST_NAMES = ("Sari", "Ani", "Dewi", "Rina", "Wati", "Budi", "Agus", "Joko", "Hasan", "Made")
LAST_NAMES = ("Lestari", "Wulandari", "Santoso", "Daeng", "Siregar", "Putra", "Hidayat", "Utami")


def user_of(member_id: int) -> int:
    """The Telegram account of a member."""
    return FIRST_USER + member_id


def url_of(file: Path) -> str:
    """How the bot calls these books."""
    return f"sqlite+aiosqlite:///{file}"


def founded(file: Path, members: int) -> Path:
    """New books at `file` with this many members; gives the file."""
    asyncio.run(_opened(url_of(file)))
    chance = random.Random(SEED)
    now = datetime.now(UTC)
    conn = sqlite3.connect(file)
    with conn:
        _fill(conn, "products", "sku, name, member_price, retail_price, points, category,"
              " bonus_value", [(*row, row[2]) for row in PRICE_LIST])  # fmt: skip
        _fill_members(conn, _sponsors(chance, members), now)
        _fill_sales(conn, chance, members, now)
    conn.close()
    _count(file)
    conn = sqlite3.connect(file)
    conn.execute("ANALYZE")
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.close()
    return file


async def _opened(url: str) -> None:
    """Empty books in which the bot finds nothing to catch up with when it starts."""
    await migrate(url)
    company = load_company(SAMPLE)
    database = open_database(url)
    content = Content(company=company.name, office=company.office_contact, bot="bench_bot")
    await hang_new(database, content, company.languages, datetime.now(UTC))
    await database.close()


def copied(file: Path, other: Path) -> Path:
    """The same books once more, for a bot of its own."""
    return Path(shutil.copy(file, other))


def _sponsors(chance: random.Random, members: int) -> list[int | None]:
    """The sponsor of each member, the first one's first."""
    sponsors: list[int | None] = [None]
    while (joined := len(sponsors)) < members:
        if chance.randrange(100) < ASIDE_PERCENT:
            sponsors.append(sponsors[chance.randrange(joined)] or 1)
        else:
            sponsors.append(joined - chance.randrange(max(joined // RECENT_PART, 1)))
    return sponsors


def _fill_members(conn: sqlite3.Connection, sponsors: list[int | None], now: datetime) -> None:
    first = now - timedelta(days=900)
    pace = (now - first) / len(sponsors)
    rows = []
    for member_id, sponsor_id in enumerate(sponsors, 1):
        name = f"{FIRST_NAMES[member_id % 10]} {LAST_NAMES[member_id // 10 % 8]}"
        code = make_code(member_id * 339_461 % (1 << 35))
        joined = _micros(first + member_id * pace)
        about = (code, sponsor_id, name, "Ibu", f"+62811{member_id:08d}")
        home = ("sulawesi-selatan", "Asia/Makassar")
        reference = f"join{member_id}"
        rows.append((member_id, reference, user_of(member_id), *about, 1, *home, 1978, joined))
    _fill(conn, "members", "id, reference, user_id, code, sponsor_id, name, title, phone,"
          " phone_verified, province, zone, birth_year, joined_at", rows)  # fmt: skip
    people = [(row[2], "id", "Ibu", row[-1]) for row in rows]
    _fill(conn, "people", "user_id, language, title, first_seen", people)


def _fill_sales(
    conn: sqlite3.Connection, chance: random.Random, members: int, now: datetime
) -> None:
    """Approved sales of this month, each with a customer, its line and its two postings."""
    day, period = now.astimezone().date().isoformat(), period_of(now, ZONE)
    at = _micros(now)
    sales: list[tuple[object, ...]] = []
    lines: list[tuple[object, ...]] = []
    customers: list[tuple[object, ...]] = []
    postings: list[tuple[object, ...]] = []
    profits: dict[int, int] = {}
    for seller in range(1, members + 1):
        if chance.randrange(100) >= SELLERS_PERCENT:
            continue
        customers.append((seller, seller, "Bu Ratna", "ratna", at))
        for _ in range(1 + chance.randrange(SALES_MAX)):
            product = chance.randrange(len(PRICE_LIST))
            _, _, price, retail, points, _ = PRICE_LIST[product]
            sale = len(sales) + 1
            sales.append((sale, f"made{sale}", seller, seller, day, period, "approved", retail,
                          price, points, price, at))  # fmt: skip
            lines.append((sale, product + 1, 1, retail, price, points, price))
            postings.append((f"sale:{sale}:price", 1, 2 + seller, retail, sale, period, at))
            postings.append((f"sale:{sale}:goods", 2 + seller, 2, price, sale, period, at))
            profits[seller] = profits.get(seller, 0) + retail - price
    accounts: list[tuple[object, ...]] = [
        (1, "house:customers", "house", None, 0),
        (2, "house:goods", "house", None, 0),
    ]
    accounts += [(2 + m, f"member:{m}:trade", "trade", m, sum_) for m, sum_ in profits.items()]
    _fill(conn, "customers", "id, member_id, name, name_key, created_at", customers)
    _fill(conn, "sales", "id, reference, seller_id, customer_id, sold_on, period, status, total,"
          " goods, points, bonus_value, logged_at", sales)  # fmt: skip
    _fill(conn, "sale_lines", "sale_id, product_id, quantity, amount, member_price, points,"
          " bonus_value", lines)  # fmt: skip
    _fill(conn, "accounts", "id, name, kind, member_id, balance", accounts)
    _fill(conn, "postings", "reference, source_id, destination_id, amount, sale_id, period, at",
          postings)  # fmt: skip


def _count(file: Path) -> None:
    """Fill the counters with what a recount finds."""
    engine = sqlite_engine(make_url(f"sqlite:///{file}"))
    with engine.connect() as conn:
        fresh = recount(conn, ZONE)
        members = range(1, (conn.exec_driver_sql("SELECT max(id) FROM members").scalar() or 0) + 1)
    engine.dispose()
    teams = [(m, fresh.teams[m].size, fresh.teams[m].legs) for m in members]
    volumes = [
        {"member_id": member_id, "period": period, **asdict(volume)}
        for member_id, months in fresh.volumes.items()
        for period, volume in months.items()
    ]
    raw = sqlite3.connect(file)
    with raw:
        _fill(raw, "teams", "member_id, size, legs", teams)
        if volumes:
            _fill(raw, "volumes", ", ".join(volumes[0]), (tuple(row.values()) for row in volumes))
    raw.close()


def _fill(
    conn: sqlite3.Connection, table: str, columns: str, rows: Iterable[tuple[object, ...]]
) -> None:
    places = ", ".join("?" for _ in columns.split(","))
    conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


def _micros(moment: datetime) -> int:
    return int(moment.timestamp() * MICROSECONDS)
