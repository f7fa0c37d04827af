"""The office changes the price of a starter kit, and never its value for bonuses."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.store.db import schema
from bot.store.members import roles
from tests.services.harness import Harness, open_harness

WATI = 11
CODE = "k7Qd2mXw9LrT4vBn8sYc1hJf6pGz3eAu"


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    opened, database = await open_harness(f"sqlite+aiosqlite:///{tmp_path}/books.db")
    yield opened
    await database.close()


async def test_a_starter_kit_needs_no_points_and_loses_those_it_had(
    harness: Harness,
) -> None:
    def unit(conn: Connection) -> None:
        roles.make_admin_code(conn, CODE, harness.at)
        kit = {"sku": "KIT", "name": "Kit Mitra", "category": "Kit-Anggota", "active": 1}
        terms = {"member_price": 40_000, "retail_price": 50_000, "points": 9, "bonus_value": 8_000}
        conn.execute(schema.products.insert(), kit | terms)

    await harness.runtime.database.write(unit)
    await harness.say(WATI, f"/kelola {CODE}")
    await harness.say(WATI, "/kelola harga 1")
    assert "Poin" not in await harness.last(WATI)
    await harness.say(WATI, "poin")
    assert "Tekan salah satu" in await harness.last(WATI)
    await harness.tap(WATI, "Harga mitra")
    await harness.say(WATI, "45rb")
    assert "Berlaku mulai kapan?" in await harness.last(WATI)
    await harness.tap(WATI, "Hari ini")
    await harness.say(WATI, "ya")
    ((member_price, points, bonus_value),) = await harness.rows(
        "SELECT member_price, points, bonus_value FROM products"
    )
    assert (member_price, points, bonus_value) == (45_000, 0, 0)
