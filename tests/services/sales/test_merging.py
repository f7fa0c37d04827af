"""Putting customers together: what is logged, and what forged data cannot do."""

from collections.abc import AsyncIterator

import pytest

from tests.services.harness import Harness, buttons, open_harness
from tests.services.sales.company import BUDI, SARI, enter_people


@pytest.fixture
async def harness(database_url: str) -> AsyncIterator[Harness]:
    opened, database = await open_harness(database_url)
    await database.write(lambda conn: enter_people(conn, opened))
    for user, names in ((SARI, ("Bu Ani", "Bu Yani")), (BUDI, ("Bu Wati", "Bu Tini"))):
        for name in names:
            await opened.say(user, f"J 1 SABUN @50rb {name}")
            await opened.say(user, "ya")
    yield opened
    await database.close()


async def audit(harness: Harness) -> list[tuple[object, ...]]:
    rows = await harness.rows("SELECT actor, object FROM audit WHERE action = 'customers merged'")
    return [tuple(row) for row in rows]


async def test_the_audit_log_says_who_was_put_together_and_which_sales_moved(
    harness: Harness,
) -> None:
    await harness.say(SARI, "/gabung Bu Yani ke Bu Ani")
    assert await audit(harness) == []
    await harness.tap(SARI, "Ya, gabungkan")
    assert await audit(harness) == [(SARI, "customer 2 into 1, sales [2]")]
    assert "sekarang tercatat sebagai <b>Bu Ani</b>" in await harness.last(SARI)
    names = await harness.rows("SELECT name FROM customers ORDER BY id")
    assert [row.name for row in names] == ["Bu Ani", "Bu Yani", "Bu Wati", "Bu Tini"]


@pytest.mark.parametrize("value", ["c3", "c0", "c", "c99999999999999999999", "x"])
async def test_no_data_reaches_a_customer_of_another_seller(harness: Harness, value: str) -> None:
    await harness.say(SARI, "/gabung")
    [(_, payload)] = (await harness.read(SARI))[-1:]
    data = buttons(payload)[0]["callback_data"]
    forged = f"{data.rpartition(':')[0]}:{value}"
    await harness._handle(SARI, "tap", forged)
    assert "Bu Wati" not in await harness.last(SARI)
    assert await audit(harness) == []


async def test_a_suspended_seller_puts_nobody_together(harness: Harness) -> None:
    await harness.runtime.database.write(
        lambda conn: conn.exec_driver_sql("UPDATE members SET active = 0 WHERE code <> 'PUSAT'")
    )
    await harness.say(SARI, "/gabung Bu Yani ke Bu Ani")
    assert "[Ya, gabungkan]" not in await harness.last(SARI)
    assert await audit(harness) == []
