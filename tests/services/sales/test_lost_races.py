"""Two people decide about one sale at the same instant: the second is shown its status.

Only a server lets a unit run between the check and the decision of another one, so the race is
played there: the other unit is run and committed exactly between the two.
"""

import ast
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

import bot.conversation
import bot.services
import bot.store
import bot.turn
from bot.company.model import NO_PLAN
from bot.core.plans import Plan
from bot.services.sales import decision
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

DROPPED = {
    "cards.set_active": "only who has just left or come back is asked for, under a lock",
    "number_requests.decide_request": "a number that is taken back was refused before, or is now",
    "outbox.put": "a letter that is there already is the same letter",
    "roles.revoke": "the roles were read under a lock",
    "stock_notes.add": "the same conversation has noted it before, and says so again",
    "stock_notes.undo": "a note that was taken back before stays so, and that is said",
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


@ON_A_SERVER
async def test_a_sale_approved_while_it_is_taken_back_stays_approved(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sold(harness)
    _meanwhile(monkeypatch, database_url, "approved", harness)
    await harness.tap(SARI, "Batalkan struk ini")
    await harness.tap(SARI, "Ya, batalkan")
    assert await status_of(harness) == "approved"
    assert "S-1001 sudah disetujui" in await harness.last(SARI)


@ON_A_SERVER
@pytest.mark.parametrize("label", ["✅ Setujui", "Tolak"])
async def test_a_sale_taken_back_while_it_is_decided_stays_taken_back(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    await sold(harness)
    received = len(await harness.read(SARI))
    _meanwhile(monkeypatch, database_url, "void", harness)
    await harness.say(BUDI, "/setujui S-1001")
    await harness.tap(BUDI, label)
    if label == "Tolak":
        await harness.say(BUDI, "harganya keliru")
    assert await status_of(harness) == "void"
    assert "S-1001 sudah dibatalkan" in await harness.last(BUDI)
    assert len(await harness.read(SARI)) == received


@ON_A_SERVER
async def test_a_sale_taken_back_while_all_are_approved_is_not_counted(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sold(harness)
    received = len(await harness.read(SARI))
    await harness.say(BUDI, "/setujui")
    _meanwhile(monkeypatch, database_url, "void", harness)
    await harness.tap(BUDI, "✅ Setujui semua")
    await harness.say(BUDI, "ya")
    assert await status_of(harness) == "void"
    assert len(await harness.read(SARI)) == received


def _meanwhile(monkeypatch: pytest.MonkeyPatch, url: str, status: str, harness: Harness) -> None:
    """Between the check and the decision of the next unit, let another one decide."""
    decide = decision.decide

    def overtaken(conn: Connection, sale_id: int, before: str, *others: Any, plan: Plan) -> bool:
        monkeypatch.setattr(decision, "decide", decide)
        assert elsewhere(
            url, lambda other: decide(other, sale_id, before, status, 1, harness.at, plan=NO_PLAN)
        )
        return decide(conn, sale_id, before, *others, plan=plan)

    monkeypatch.setattr(decision, "decide", overtaken)
