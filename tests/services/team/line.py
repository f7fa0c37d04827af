"""A line of three and a sideline, whose every secret is told from all others."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.core.members.codes import make_code
from bot.store.members import members, people
from bot.store.team import sizes
from tests.services.harness import Harness, open_harness

__all__ = ["BUDI", "ERNI", "SARI", "SECRETS", "TONO", "code", "do", "harness", "ids", "settle"]

BUDI, SARI, ERNI, TONO = 11, 22, 33, 44
LINE: dict[int, tuple[str, int | None]] = {
    BUDI: ("Budi Wijaya", None),
    SARI: ("Sari Dewi", BUDI),
    ERNI: ("Erni Wahyuni", SARI),
    TONO: ("Tono Raharjo", BUDI),
}
"""Name and sponsor of each account: Tono is beside Sari and Erni."""

SECRETS: dict[int, tuple[str, ...]] = {
    BUDI: ("81234567811", "7811", "1961", "maluku", "Pelanggan Satu", "NOTA-1101"),
    SARI: ("81234562222", "2222", "1972", "bengkulu", "Pelanggan Dua", "NOTA-2202"),
    ERNI: ("81234563333", "3333", "1983", "gorontalo", "Pelanggan Tiga", "NOTA-3303"),
    TONO: ("81234564444", "4444", "1994", "lampung", "Pelanggan Empat", "NOTA-4404"),
}
"""Of each account: the number and its end, year of birth, province, a buyer, an invoice."""


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    """Everybody has joined long ago and sold once, and is awake."""
    opened, database = await open_harness(f"sqlite+aiosqlite:///{tmp_path}/books.db")
    await database.write(lambda conn: _enter(conn, opened))
    yield opened
    await database.close()


def _enter(conn: Connection, opened: Harness) -> None:
    ids: dict[int, int] = {}
    for user, (name, sponsor) in LINE.items():
        phone, _, year, province, buyer, invoice = SECRETS[user]
        people.meet(conn, user, "id", opened.at)
        sponsor_id = None if sponsor is None else ids[sponsor]
        ids[user] = members.add(
            conn,
            consents=(),
            reference=name,
            user_id=user,
            code=code(user),
            sponsor_id=sponsor_id,
            name=name,
            title="Ibu",
            phone=f"+62{phone}",
            phone_verified=True,
            province=province,
            zone="Asia/Makassar",
            birth_year=int(year),
            joined_at=opened.at.replace(month=1),
        )
        sizes.joined(conn, ids[user], sponsor_id, "2026-01")
        facts = {"seller": ids[user], "buyer": buyer, "invoice": invoice, "at": 1}
        conn.execute(CUSTOMER, facts)
        conn.execute(SALE, facts)


CUSTOMER = text("""
    INSERT INTO customers (member_id, name, name_key, created_at)
    VALUES (:seller, :buyer, :buyer, :at)
""")
SALE = text("""
    INSERT INTO sales (reference, seller_id, customer_id, sold_on, period, total, goods, points,
                       bonus_value, invoice, photo_id, status, logged_at)
    SELECT 's' || :seller, :seller, id, '2026-09-10', '2026-09', 60006, 50005, 4, 40004,
      :invoice, '', 'approved', :at FROM customers WHERE name = :buyer
""")


def code(user: int) -> str:
    """Returns the code of an account's member."""
    return make_code(user)


async def ids(harness: Harness) -> dict[int, int]:
    """Returns the member of each account."""
    return dict(await harness.rows("SELECT user_id, id FROM members"))


async def settle(harness: Harness) -> None:
    """Let everything that waits be sent, so that no chat is held up."""
    await do(harness, "UPDATE outbox SET state = 'sent' WHERE state = 'new'")


async def do(harness: Harness, statement: str, **values: object) -> None:
    """Change the database."""
    await harness.runtime.database.write(lambda conn: conn.execute(text(statement), values))
