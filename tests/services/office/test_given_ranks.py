"""A rank that was given on the command line is told to the member, once."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import Connection, text

from bot.content import Content
from bot.conversation.registry import FLOWS
from bot.core.plans import Plan, Rank, Version
from bot.services.office.given_ranks import tell_given
from bot.store.db.database import Database
from bot.store.ledger import given_ranks
from bot.turn.runtime import BotRuntime
from tests.services.bonus.test_announcing import MONTH, NOON, RULE, SAMPLE, enter

RANKS = (Rank("emas", (("id", "Emas"), ("en", "Gold")), group_points=10),)
COMPANY = replace(SAMPLE, plan=Plan((Version("2026-01", (RULE,), RANKS),)))
TOLD = text("SELECT payload FROM outbox WHERE key LIKE 'given_rank:%' ORDER BY id")


@pytest.fixture
def runtime(database: Database) -> BotRuntime:
    content = Content(FLOWS, company=COMPANY.name, office=COMPANY.office_contact, bot="bot")
    return BotRuntime(database, content, COMPANY, "bot", lambda: 1)


async def test_each_is_told_once_and_what_an_admin_gave_is_not_told_again(
    runtime: BotRuntime,
) -> None:
    def give(conn: Connection) -> None:
        enter(conn, 1, None, 0, 0)
        enter(conn, 2, 1, 0, 0, met=False)
        for member, by in ((1, None), (2, None), (1, 9_001)):
            given_ranks.add(conn, member, MONTH, "emas", "sebabnya", at=NOON, by=by)

    await runtime.database.write(give)
    assert [await tell_given(runtime, NOON) for _ in range(2)] == [2, 0]
    (payload,) = await runtime.database.read(lambda conn: conn.execute(TOLD).scalars().all())
    told = json.loads(payload)["text"]
    assert "peringkat <b>Emas</b> mulai November 2026" in told
    assert "Alasannya: sebabnya" in told
    await runtime.database.write(
        lambda conn: given_ranks.add(conn, 1, MONTH, "", "selesai", at=NOON, by=None)
    )
    assert await tell_given(runtime, NOON) == 1
    *_, payload = await runtime.database.read(lambda conn: conn.execute(TOLD).scalars().all())
    assert "tidak berlaku lagi" in json.loads(payload)["text"]
