"""Two admins decide about the same approved sale at once: one wins, the other is told.

Only a server lets a unit run between the look and the decision of another one.
"""

from typing import Any

import pytest
from sqlalchemy import Connection

from bot.company.model import NO_PLAN
from bot.services.sales import decision
from bot.store.db import schema
from bot.store.members import people, roles
from tests.services.harness import Harness
from tests.services.sales.company import (
    BUDI,
    ON_A_SERVER,
    SARI,
    elsewhere,
    harness,
    sold,
    status_of,
)

__all__ = ["harness"]

JOKO = 33


async def _approved(harness: Harness) -> None:
    def enter(conn: Connection) -> None:
        people.meet(conn, JOKO, "id", harness.at)
        roles.grant(conn, JOKO, "admin", None, harness.at)

    await harness.runtime.database.write(enter)
    await sold(harness)
    await harness.say(JOKO, "/setujui S-1001")
    await harness.say(JOKO, "ya")
    await harness.say(BUDI, "/urungkan S-1001")
    await harness.tap(BUDI, "Periksa lagi")


@ON_A_SERVER
@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("waiting", "S-1001 sedang menunggu dicek"),
        ("rejected", "S-1001 baru saja ditolak admin lain"),
    ],
)
async def test_a_decision_that_another_admin_has_just_undone_is_not_undone_twice(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch, status: str, said: str
) -> None:
    await _approved(harness)
    received = len(await harness.read(SARI))
    _meanwhile(
        monkeypatch,
        database_url,
        lambda other, decide: decide(other, 1, "approved", status, JOKO, harness.at, plan=NO_PLAN),
    )
    await harness.say(BUDI, "salah tekan")
    assert await status_of(harness) == status
    assert said in await harness.last(BUDI)
    assert len(await harness.read(SARI)) == received


@ON_A_SERVER
async def test_a_return_that_was_entered_just_before_keeps_the_sale(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _approved(harness)
    _meanwhile(monkeypatch, database_url, lambda other, _decide: _came_back(other, harness))
    await harness.say(BUDI, "salah tekan")
    assert await status_of(harness) == "approved"
    assert "Sudah ada retur di S-1001" in await harness.last(BUDI)


async def test_the_seller_is_told_of_each_decision_once(harness: Harness) -> None:
    await _approved(harness)
    await harness.say(BUDI, "salah tekan")
    await harness.tap(BUDI, "Cek sekarang")
    await harness.say(BUDI, "ya")
    rows = await harness.rows("SELECT key FROM outbox WHERE kind = 'notice' ORDER BY id")
    told = [row.key for row in rows if ":decided:" in row.key]
    assert told == [f"sale:1:decided:{number}" for number in (1, 2, 3)]
    logged = await harness.rows("SELECT action FROM audit WHERE object = 'sale 1' ORDER BY id")
    assert [row.action for row in logged] == [
        "sale approved",
        "sale approved undone",
        "sale approved",
    ]


def _came_back(conn: Connection, harness: Harness) -> bool:
    facts: dict[str, Any] = {"reference": "back", "sale_id": 1, "state": "waiting", "reason": ""}
    facts |= {"came_on": "2026-11-23", "saleable": True, "asked_by": SARI, "asked_at": harness.at}
    facts |= dict.fromkeys(("amount", "goods", "points", "bonus_value", "refund"), 1)
    return conn.execute(schema.returns.insert(), facts).rowcount == 1


def _meanwhile(monkeypatch: pytest.MonkeyPatch, url: str, act: Any) -> None:
    """Between the check and the decision of the next unit, let another one act."""
    decide = decision.decide

    def overtaken(conn: Connection, *others: Any, **more: Any) -> bool:
        monkeypatch.setattr(decision, "decide", decide)
        assert elsewhere(url, lambda other: act(other, decide))
        return decide(conn, *others, **more)

    monkeypatch.setattr(decision, "decide", overtaken)
