"""Two people decide about one sale at the same instant: the second is shown its status.

Only a server lets a unit run between the check and the decision of another one, so the race is
played there: the other unit is run and committed exactly between the two.
"""

import ast
import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

import bot.conversation
import bot.services
import bot.store
import bot.turn
from bot.services.sales import decision
from bot.store.db import schema
from bot.store.db.database import open_database
from bot.store.ledger import ledger
from bot.store.members import members, people, roles
from bot.store.proof.recount import audit_volumes
from tests.services.harness import Harness, open_harness

BUDI, SARI = 11, 22
ON_A_SERVER = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
DROPPED = {
    "outbox.put": "a letter that is there already is the same letter",
    "roles.revoke": "the roles were read under a lock",
}
"""Results of the store that may be ignored, and why."""


def test_no_outcome_that_the_store_reports_is_ignored() -> None:
    asked = {
        f"{file.stem}.{node.name}"
        for file in (*Path(bot.store.__path__[0]).rglob("*.py"), Path(decision.__file__))
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and node.returns is not None
        and ast.unparse(node.returns) == "bool"
    }
    unheard = {
        (ast.unparse(node.value.func), f"{file.name}:{node.lineno}")
        for floor in (bot.services, bot.conversation, bot.turn)
        for file in Path(floor.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    }
    dropped = {each for each in unheard if each[0] in asked}
    assert {"decision.decide", "broadcasts.change_state"} <= asked
    assert {name for name, _ in dropped} == DROPPED.keys(), sorted(dropped)


@pytest.fixture
async def harness(database_url: str) -> AsyncIterator[Harness]:
    opened, database = await open_harness(database_url)
    await database.write(lambda conn: _found(conn, opened))
    yield opened
    await database.close()


@ON_A_SERVER
async def test_a_sale_approved_while_it_is_taken_back_stays_approved(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _sold(harness)
    _meanwhile(monkeypatch, database_url, "approved", harness)
    await harness.tap(SARI, "Batalkan struk ini")
    await harness.tap(SARI, "Ya, batalkan")
    assert await _status(harness) == "approved"
    assert "S-1001 sudah masuk hitungan" in await harness.last(SARI)


@ON_A_SERVER
@pytest.mark.parametrize("label", ["✅ Setujui", "Tolak"])
async def test_a_sale_taken_back_while_it_is_decided_stays_taken_back(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    await _sold(harness)
    received = len(await harness.read(SARI))
    _meanwhile(monkeypatch, database_url, "void", harness)
    await harness.say(BUDI, "/setujui S-1001")
    await harness.tap(BUDI, label)
    if label == "Tolak":
        await harness.say(BUDI, "harganya keliru")
    assert await _status(harness) == "void"
    assert "S-1001 sudah dibatalkan" in await harness.last(BUDI)
    assert len(await harness.read(SARI)) == received


@ON_A_SERVER
async def test_a_sale_taken_back_while_all_are_approved_is_not_counted(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _sold(harness)
    received = len(await harness.read(SARI))
    await harness.say(BUDI, "/setujui")
    _meanwhile(monkeypatch, database_url, "void", harness)
    await harness.tap(BUDI, "✅ Setujui semua")
    await harness.say(BUDI, "ya")
    assert await _status(harness) == "void"
    assert len(await harness.read(SARI)) == received


def _found(conn: Connection, harness: Harness) -> None:
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


async def _sold(harness: Harness) -> None:
    await harness.say(SARI, "J 1 SABUN @50rb Bu Ani")
    await harness.say(SARI, "ya")
    assert "S-1001" in await harness.last(SARI)


def _meanwhile(monkeypatch: pytest.MonkeyPatch, url: str, status: str, harness: Harness) -> None:
    """Between the check and the decision of the next unit, let another one decide."""
    decide = decision.decide

    def overtaken(conn: Connection, sale_id: int, before: str, *others: Any) -> bool:
        monkeypatch.setattr(decision, "decide", decide)
        assert _elsewhere(url, lambda other: decide(other, sale_id, before, status, 1, harness.at))
        return decide(conn, sale_id, before, *others)

    monkeypatch.setattr(decision, "decide", overtaken)


def _elsewhere(url: str, unit: Callable[[Connection], bool]) -> bool:
    """Run a unit on a separate connection and wait for its commit."""

    async def run() -> bool:
        database = open_database(url)
        try:
            return await database.write(unit)
        finally:
            await database.close()

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, run()).result(30)


async def _status(harness: Harness) -> str:
    """Returns the status of the only sale; asserts that the ledger balances."""
    faults = await harness.runtime.database.read(
        lambda conn: [*ledger.audit(conn), *audit_volumes(conn, "Asia/Jakarta")]
    )
    assert faults == []
    [row] = await harness.rows("SELECT status FROM sales")
    return str(row.status)
