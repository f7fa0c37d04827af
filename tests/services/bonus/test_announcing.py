"""The close of a month is announced once to each member concerned, whatever happens meanwhile."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.company import Company, load_company
from bot.content import Content
from bot.conversation.registry import FLOWS
from bot.core.plans import Conditions, Plan, Version, credits_of
from bot.core.plans.kinds.unilevel import Unilevel
from bot.services.bonus import announce
from bot.services.bonus.announce import MESSAGES_PER_TICK_MAX, announce_closed
from bot.store.bonus import closing
from bot.store.db.database import Database
from bot.store.ledger import periods, snapshots, volumes
from bot.store.members import members, people
from bot.store.team import sizes
from bot.turn.notices import send
from bot.turn.runtime import BotRuntime

SAMPLE = load_company(Path(__file__).parents[3] / "company.sample.toml")
RULE = Unilevel(
    "tim", (("id", "Bonus tim"), ("en", "Team bonus")), (1_000,), "none", Conditions(10)
)
VERSION = Version("2026-01", (RULE,))
COMPANY: Company = replace(SAMPLE, plan=Plan((VERSION,)))
MONTH = "2026-11"
JOINED = datetime(2026, 11, 1, 3, tzinfo=UTC)
NOON = datetime(2026, 12, 2, 5, tzinfo=UTC)
NIGHT = datetime(2026, 12, 2, 16, tzinfo=UTC)


@pytest.fixture
def runtime(database: Database) -> BotRuntime:
    content = Content(FLOWS, company=COMPANY.name, office=COMPANY.office_contact, bot="bot")
    return BotRuntime(database, content, COMPANY, "bot", lambda: 1)


def enter(
    conn: Connection,
    member: int,
    sponsor: int | None,
    points: int,
    value: int,
    *,
    met: bool = True,
) -> None:
    """A member with the sales of the month."""
    if met:
        people.meet(conn, 9_000 + member, "id", JOINED)
    entered = members.add(
        conn,
        consents=(),
        reference=f"join{member}",
        user_id=9_000 + member if met else None,
        code=f"C{member:07d}",
        sponsor_id=sponsor,
        name=f"Sari Ke-{member}",
        title="Ibu",
        phone=f"+62811{member:08d}",
        phone_verified=True,
        province="bali",
        zone="Asia/Makassar",
        birth_year=1978,
        joined_at=JOINED,
    )
    assert entered == member
    sizes.joined(conn, member, sponsor, MONTH)
    if value:
        volumes.add_sale(
            conn,
            member,
            MONTH,
            sales=value * 2,
            points=points,
            profit=value,
            bonus=value,
            to_customer=True,
            point_value=0,
            sign=1,
        )


def close(conn: Connection) -> None:
    ready = date(2026, 12, 8)
    closing.begin(
        conn,
        MONTH,
        plan=VERSION.since,
        digest=VERSION.digest,
        ready_on=ready,
        at=NOON,
        point_value=1,
    )
    closing.add_credits(
        conn, MONTH, credits_of(VERSION, snapshots.of_company(conn, MONTH, VERSION))
    )
    closing.post_bonuses(conn, MONTH, closing.payees_of(conn, MONTH), NOON)
    assert closing.finish(conn, MONTH, closing.sums(conn, MONTH), NOON, cut=0) is None


async def messages(database: Database) -> list[Any]:
    query = text("SELECT key, chat_id, payload, not_before FROM outbox ORDER BY id")
    return await database.read(lambda conn: list(conn.execute(query)))


async def announced_at(database: Database) -> datetime | None:
    standing = await database.read(lambda conn: periods.find(conn, MONTH))
    assert standing is not None
    return standing.told_at


def text_of(message: Any) -> str:
    return str(json.loads(message.payload)["text"])


async def test_every_member_who_sold_or_was_credited_is_notified_once(runtime: BotRuntime) -> None:
    def company(conn: Connection) -> None:
        enter(conn, 1, None, 10, 40_000)
        enter(conn, 2, 1, 4, 20_000)
        enter(conn, 3, 2, 0, 80_000)
        enter(conn, 4, 3, 0, 0)
        enter(conn, 5, 3, 0, 30_000, met=False)
        close(conn)

    await runtime.database.write(company)
    assert await announce_closed(runtime, NOON) == 3
    assert await announce_closed(runtime, NOON) == 0
    assert await announced_at(runtime.database) == NOON
    found = await messages(runtime.database)
    assert [message.key for message in found] == [f"closed:{MONTH}:{n}" for n in (1, 2, 3)]
    first, second, third = (text_of(message) for message in found)
    assert "<b>Rp2.000</b>" in first
    assert "8 Desember 2026" in first
    assert "Rp40.000" in first
    assert "kurang 6 poin" in second
    assert "Rp" in second
    assert "kurang 10 poin" in third


async def test_a_tick_writes_a_limited_number_of_messages(runtime: BotRuntime) -> None:
    count = MESSAGES_PER_TICK_MAX + 70

    def company(conn: Connection) -> None:
        for member in range(1, count + 1):
            enter(conn, member, None, 1, 1_000)
        close(conn)

    await runtime.database.write(company)
    assert await announce_closed(runtime, NOON) == MESSAGES_PER_TICK_MAX
    assert await announced_at(runtime.database) is None
    assert await announce_closed(runtime, NOON) == 70
    assert await announced_at(runtime.database) == NOON
    chats = Counter(message.chat_id for message in await messages(runtime.database))
    assert set(chats.values()) == {1}
    assert len(chats) == count


async def test_an_interrupted_announcement_goes_on_where_it_stopped(
    runtime: BotRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def company(conn: Connection) -> None:
        for member in range(1, 121):
            enter(conn, member, None, 1, 1_000)
        close(conn)

    await runtime.database.write(company)
    sent = Counter[int]()

    def breaks(*args: Any, **facts: Any) -> None:
        sent[0] += 1
        if sent[0] in {70, 71}:
            raise ValueError("broken off")
        send(*args, **facts)

    monkeypatch.setattr(announce, "send", breaks)
    for _ in range(2):
        with pytest.raises(ValueError, match="broken off"):
            await announce_closed(runtime, NOON)
    assert len(await messages(runtime.database)) == 50
    assert await announce_closed(runtime, NOON) == 70
    found = await messages(runtime.database)
    assert sorted(message.chat_id for message in found) == [9_000 + n for n in range(1, 121)]


async def test_a_month_closed_at_night_is_announced_in_the_morning(runtime: BotRuntime) -> None:
    def company(conn: Connection) -> None:
        enter(conn, 1, None, 1, 1_000)
        close(conn)

    await runtime.database.write(company)
    assert await announce_closed(runtime, NIGHT) == 1
    (message,) = await messages(runtime.database)
    morning = datetime(2026, 12, 3, 0, tzinfo=UTC)
    assert message.not_before == int(morning.timestamp()) * 1_000_000


async def test_a_month_that_is_not_closed_is_not_announced(runtime: BotRuntime) -> None:
    def company(conn: Connection) -> None:
        enter(conn, 1, None, 1, 1_000)
        ready = date(2026, 12, 8)
        facts = {"plan": VERSION.since, "digest": VERSION.digest, "ready_on": ready, "at": NOON}
        closing.begin(conn, MONTH, **facts, point_value=1)  # type: ignore[arg-type]

    await runtime.database.write(company)
    assert await announce_closed(runtime, NOON) == 0
    assert await messages(runtime.database) == []
