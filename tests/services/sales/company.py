"""A small company with one sale, and what races about that sale need."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection

from bot.store.db import schema
from bot.store.db.database import open_database
from bot.store.ledger import ledger_audit
from bot.store.members import members, people, roles
from bot.store.proof.recount import audit_volumes
from tests.services.harness import Harness, open_harness

__all__ = ["BUDI", "ON_A_SERVER", "SARI", "elsewhere", "harness", "sold", "status_of"]

BUDI, SARI = 11, 22
ON_A_SERVER = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
async def harness(database_url: str) -> AsyncIterator[Harness]:
    opened, database = await open_harness(database_url)
    await database.write(lambda conn: enter_people(conn, opened))
    yield opened
    await database.close()


def enter_people(conn: Connection, harness: Harness) -> None:
    for user in (BUDI, SARI):
        people.meet(conn, user, "id", harness.at)
    roles.grant(conn, BUDI, "admin", None, harness.at)
    for user, code in ((BUDI, "PUSAT"), (SARI, "015S265G")):
        members.add(
            conn,
            consents=(),
            reference=code,
            user_id=user,
            code=code,
            sponsor_id=None,
            name="Sari Dewi" if user == SARI else "Budi Wijaya",
            title="Ibu",
            phone=f"+62812345678{user}",
            phone_verified=False,
            province="bali",
            zone="Asia/Makassar",
            birth_year=1978,
            joined_at=harness.at,
        )
    soap = {"sku": "SABUN", "name": "Sabun Sereh", "category": "Sabun", "active": 1}
    terms = {"member_price": 40_000, "retail_price": 50_000, "points": 5, "bonus_value": 40_000}
    conn.execute(schema.products.insert(), soap | terms)


async def sold(harness: Harness) -> None:
    await harness.say(SARI, "J 1 SABUN @50rb Bu Ani")
    await harness.say(SARI, "ya")
    assert "S-1001" in await harness.last(SARI)


def elsewhere(url: str, unit: Callable[[Connection], bool]) -> bool:
    """Run a unit on a separate connection and wait for its commit."""

    async def run() -> bool:
        database = open_database(url)
        try:
            return await database.write(unit)
        finally:
            await database.close()

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, run()).result(30)


async def status_of(harness: Harness) -> str:
    """Returns the status of the only sale; asserts that the ledger balances."""
    faults = await harness.runtime.database.read(
        lambda conn: [*ledger_audit.audit(conn), *audit_volumes(conn, "Asia/Jakarta")]
    )
    assert faults == []
    [row] = await harness.rows("SELECT status FROM sales")
    return str(row.status)
