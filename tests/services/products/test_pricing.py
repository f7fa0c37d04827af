"""The office changes what a starter kit costs, and never what it is worth for bonuses."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.store.db import schema
from bot.store.members import roles
from tests.services.desk import Desk, open_desk

WATI = 11
CODE = "k7Qd2mXw9LrT4vBn8sYc1hJf6pGz3eAu"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    opened, database = await open_desk(f"sqlite+aiosqlite:///{tmp_path}/books.db")
    yield opened
    await database.close()


async def test_a_starter_kit_is_asked_for_no_points_and_loses_those_it_had(desk: Desk) -> None:
    def unit(conn: Connection) -> None:
        roles.make_admin_code(conn, CODE, desk.at)
        kit = {"sku": "KIT", "name": "Kit Mitra", "category": "Kit-Anggota", "active": 1}
        terms = {"member_price": 40_000, "retail_price": 50_000, "points": 9, "bonus_value": 8_000}
        conn.execute(schema.products.insert(), kit | terms)

    await desk.runtime.database.write(unit)
    await desk.say(WATI, f"/kelola {CODE}")
    await desk.say(WATI, "/kelola harga 1")
    await desk.say(WATI, "45rb")
    await desk.say(WATI, "55rb")
    assert "Berlaku mulai kapan?" in await desk.last(WATI)
    await desk.tap(WATI, "Hari ini")
    await desk.say(WATI, "ya")
    ((member_price, points, bonus_value),) = await desk.rows(
        "SELECT member_price, points, bonus_value FROM products"
    )
    assert (member_price, points, bonus_value) == (45_000, 0, 0)
