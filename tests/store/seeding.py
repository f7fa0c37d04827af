"""Puts members and sales into the database, for tests of what the store derives from them."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url

from bot.store.db.database import sqlite_engine
from bot.store.db.schema import metadata
from tests.blank import lay_out

TABLES = metadata.tables
START = datetime(2026, 11, 1, 2, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sold:
    """A sale as the tests need it."""

    seller_id: int
    period: str = "2026-11"
    total: int = 100_000
    goods: int = 80_000
    points: int = 10
    status: str = "approved"


def new_database(folder: Path) -> Engine:
    """Returns a migrated database in a new file."""
    file = folder / "books.db"
    asyncio.run(lay_out(f"sqlite+aiosqlite:///{file}"))
    return sqlite_engine(make_url(f"sqlite:///{file}"))


@contextmanager
def forgotten(engine: Engine) -> Iterator[Connection]:
    """A transaction that leaves nothing behind."""
    with engine.connect() as conn, conn.begin() as transaction:
        yield conn
        transaction.rollback()


def unguard(conn: Connection, *tables: str) -> None:
    """Let a test forge what the triggers of these tables refuse."""
    for table in tables:
        if conn.dialect.name == "sqlite":
            conn.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_stay")
            conn.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_remain")
        else:
            conn.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_stay ON {table}")


def code_of(member_id: int) -> str:
    """Returns a code that will do for the store, which does not check it."""
    return f"C{member_id:07d}"


def add_members(conn: Connection, sponsors: Sequence[int | None], day: timedelta = DAY) -> None:
    """Members 1, 2, 3 … with these sponsors, one joining each day; nothing is counted."""
    rows = [
        {
            "id": member_id,
            "reference": f"join{member_id}",
            "code": code_of(member_id),
            "sponsor_id": sponsor_id,
            "name": f"Mitra Ke-{member_id}",
            "title": "Ibu",
            "phone": f"+628110000{member_id:05d}",
            "phone_verified": True,
            "phone_shown": member_id % 2 == 0,
            "province": "Sulawesi Selatan",
            "zone": "Asia/Makassar",
            "birth_year": 1978,
            "joined_at": START + member_id * day,
        }
        for member_id, sponsor_id in enumerate(sponsors, 1)
    ]
    conn.execute(TABLES["members"].insert(), rows)


def add_sales(conn: Connection, sold: Sequence[Sold]) -> None:
    """Sales 1, 2, 3 …; nothing is counted or posted."""
    rows = [
        {
            "id": sale_id,
            "reference": f"sale{sale_id}",
            "seller_id": sale.seller_id,
            "sold_on": f"{sale.period}-15",
            "period": sale.period,
            "status": sale.status,
            "total": sale.total,
            "goods": sale.goods,
            "points": sale.points,
            "bonus_value": sale.goods,
            "logged_at": START + sale_id * DAY,
        }
        for sale_id, sale in enumerate(sold, 1)
    ]
    if rows:
        conn.execute(TABLES["sales"].insert(), rows)
