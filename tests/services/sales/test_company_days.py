"""Wherever a member lives, the company's clock decides the day and the month of a sale.

Walks the borders between two months: the card, the receipt, the balance, what can be taken back,
the office's search and the month that is closed all agree.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_bounds, period_of
from bot.store.bonus import statements
from bot.store.db import schema
from bot.store.members import members
from tests.services.harness import Harness
from tests.services.sales.company import SARI, harness

__all__ = ["harness"]

WIB, WITA, WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
MIDNIGHT = datetime(2026, 11, 30, 17, tzinfo=UTC)
"""When December begins in Jakarta; in Papua it began two hours before."""

MOMENTS = tuple(
    MIDNIGHT + timedelta(minutes=minutes) for minutes in (-150, -121, -90, -61, -30, -1, 1, 90)
)


@pytest.mark.parametrize(
    ("company_zone", "member_zone"),
    [(WIB, WIB), (WIB, WITA), (WIB, WIT), (WIT, WIB), (WIT, WIT), (WITA, WIB)],
)
async def test_every_part_of_a_sale_is_in_the_same_month(
    harness: Harness, company_zone: str, member_zone: str
) -> None:
    company = harness.runtime.company
    policy = replace(company.policy, approve_sales=False)
    company = replace(company, policy=policy, time_zone=company_zone)
    harness.runtime = replace(harness.runtime, company=company)
    await _live_in(harness, member_zone)
    for number, moment in enumerate(MOMENTS, 1):
        await harness.runtime.database.write(lambda conn: conn.execute(schema.outbox.delete()))
        harness.at = moment
        day, month = local_day(moment, company_zone), period_of(moment, company_zone)
        pieces, receipt = number, f"S-{1000 + number}"
        await harness.say(SARI, f"J {pieces} SABUN Bu Ani")
        elsewhere = local_day(moment, member_zone) != day
        assert ("menurut jam kantor" in await harness.last(SARI)) is elsewhere
        await harness.say(SARI, "ya")
        assert receipt in await harness.last(SARI)
        [row] = await harness.rows("SELECT sold_on, period FROM sales ORDER BY id DESC LIMIT 1")
        assert (row.sold_on, row.period) == (day.isoformat(), month)
        start, end = period_bounds(month, company_zone)
        assert start <= harness.at < end
        own = await _own(harness, month)
        assert own.own_count > 0
        await harness.say(SARI, "S")
        assert f"Disetujui: {own.own_count} penjualan" in await harness.last(SARI)
        await harness.say(SARI, "menu")
        assert "Hari ini tercatat" in await harness.last(SARI)
        await harness.say(SARI, f"/batalkan {receipt}")
        assert f"Batalkan struk <b>{receipt}</b>" in await harness.last(SARI)
        await harness.say(SARI, "tidak")


@pytest.mark.parametrize(
    ("member_zone", "typed", "expected"),
    [
        (WIT, "kemarin", "2026-11-30"),
        (WIT, "hari ini", "2026-11-30"),
        (WIT, "1 des", "2026-11-30"),
        (WIT, "30 nov", "2026-11-30"),
        (WIT, "29 nov", "2026-11-29"),
        (WIB, "kemarin", "2026-11-29"),
        (WIB, "30 nov", "2026-11-30"),
    ],
)
async def test_words_for_days_are_the_members_and_their_today_is_the_companys(
    harness: Harness, member_zone: str, typed: str, expected: str
) -> None:
    await _live_in(harness, member_zone)
    harness.at = MIDNIGHT - timedelta(minutes=90)
    await harness.say(SARI, f"J 1 SABUN Bu Ani {typed}")
    await harness.say(SARI, "ya")
    await harness.say(SARI, "J 2 SABUN Bu Ani")
    await harness.say(SARI, typed)
    await harness.say(SARI, "ya")
    rows = await harness.rows("SELECT sold_on FROM sales ORDER BY id")
    assert [row.sold_on for row in rows] == [expected, expected]


async def _live_in(harness: Harness, zone: str) -> None:
    moved = schema.members.update().values(zone=zone)
    await harness.runtime.database.write(lambda conn: conn.execute(moved))


async def _own(harness: Harness, month: str) -> statements.OwnVolume:
    def look(conn: Connection) -> statements.OwnVolume | None:
        member = members.by_user(conn, SARI)
        assert member is not None
        return statements.month(conn, member.id, month)

    found = await harness.runtime.database.read(look)
    assert found is not None
    return found
