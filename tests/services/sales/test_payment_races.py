"""A payment whose answer was lost, or that is undone elsewhere at the same instant, counts once.

Only a server lets a unit run between two statements of another one, so the races are played there:
the other unit is run and committed exactly between the two.
"""

from typing import Any

import pytest
from sqlalchemy import Connection

from bot.store.debts import customer_payments
from tests.services.harness import Harness
from tests.services.sales.company import ON_A_SERVER, SARI, elsewhere, harness

__all__ = ["harness"]


async def owing(harness: Harness) -> None:
    await harness.say(SARI, "J 1 SABUN @50rb Bu Ani belum bayar")
    await harness.say(SARI, "ya")


async def payments(harness: Harness) -> list[tuple[int, bool]]:
    rows = await harness.rows("SELECT amount, undone_at FROM customer_payments ORDER BY id")
    return [(row.amount, row.undone_at is not None) for row in rows]


@ON_A_SERVER
async def test_a_payment_that_was_saved_and_not_answered_is_noted_once(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await owing(harness)
    await harness.say(SARI, "bu ani bayar 20rb")
    add = customer_payments.add

    def saved_before(conn: Connection, *facts: Any, **more: Any) -> None:
        monkeypatch.setattr(customer_payments, "add", add)
        assert elsewhere(database_url, lambda other: add(other, *facts, **more) is None)
        add(conn, *facts, **more)

    monkeypatch.setattr(customer_payments, "add", saved_before)
    await harness.say(SARI, "ya")
    assert await payments(harness) == [(20_000, False)]
    assert "Sisa utang Rp30.000" in await harness.last(SARI)


@ON_A_SERVER
async def test_a_payment_that_is_undone_twice_says_so(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await owing(harness)
    await harness.say(SARI, "bu ani lunas")
    await harness.say(SARI, "ya")
    await harness.say(SARI, "/bayar urung")
    undo = customer_payments.undo

    def overtaken(conn: Connection, *facts: Any) -> bool:
        monkeypatch.setattr(customer_payments, "undo", undo)
        assert elsewhere(database_url, lambda other: undo(other, *facts))
        return undo(conn, *facts)

    monkeypatch.setattr(customer_payments, "undo", overtaken)
    await harness.tap(SARI, "Ya, urungkan")
    assert await payments(harness) == [(50_000, True)]
    assert "Tidak ada pembayaran yang bisa diurungkan" in await harness.last(SARI)
