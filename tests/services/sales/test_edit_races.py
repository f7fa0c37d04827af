"""A sale is decided and changed at the same instant: whoever is first wins, the other is told.

Only a server lets a unit run between the look and the change of another one, so the races are
played there: the other unit is run and committed exactly between the two.
"""

from typing import Any

import pytest
from sqlalchemy import Connection

from bot.company.model import NO_PLAN
from bot.core.plans import Plan
from bot.core.sales.sales import SaleLine
from bot.services.sales import decision
from bot.store.products import products
from bot.store.receipts import sale_versions
from bot.store.sales import sales
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


@ON_A_SERVER
async def test_a_sale_approved_while_its_change_is_saved_counts_as_it_was_shown(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sold(harness)
    _decided_meanwhile(monkeypatch, database_url, harness)
    await harness.say(SARI, "/ubah S-1001")
    await harness.say(SARI, "3 aja")
    await harness.say(SARI, "ya")
    assert await status_of(harness) == "approved"
    assert "S-1001 sudah disetujui" in await harness.last(SARI)
    assert await _quantities(harness) == [1]


@ON_A_SERVER
@pytest.mark.parametrize("label", ["✅ Setujui", "Tolak"])
async def test_a_sale_changed_while_it_is_decided_waits_on_and_is_shown_again(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    await sold(harness)
    received = len(await harness.read(SARI))
    _changed_meanwhile(monkeypatch, database_url, harness)
    await harness.say(BUDI, "/setujui S-1001")
    await harness.tap(BUDI, label)
    if label == "Tolak":
        await harness.say(BUDI, "harganya keliru")
    assert await status_of(harness) == "waiting"
    shown = await harness.last(BUDI)
    assert "S-1001 sudah diubah penjual" in shown
    assert "4 Sabun Sereh (tadinya 1)" in shown
    assert len(await harness.read(SARI)) == received
    await harness.tap(BUDI, "✅ Setujui")
    assert await status_of(harness) == "approved"
    assert await _quantities(harness) == [4]


@ON_A_SERVER
async def test_a_sale_changed_while_all_are_approved_is_not_approved(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sold(harness)
    await harness.say(BUDI, "/setujui semua")
    _changed_meanwhile(monkeypatch, database_url, harness)
    await harness.say(BUDI, "ya")
    assert await status_of(harness) == "waiting"
    assert "Masih 1 penjualan menunggu" in await harness.last(BUDI)


@ON_A_SERVER
async def test_of_two_changes_at_once_the_second_is_asked_about_again(
    harness: Harness, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sold(harness)
    begin = sale_versions.begin

    def overtaken(conn: Connection, *others: Any) -> bool:
        monkeypatch.setattr(sale_versions, "begin", begin)
        assert elsewhere(database_url, lambda other: _four(other, harness))
        return begin(conn, *others)

    monkeypatch.setattr(sale_versions, "begin", overtaken)
    await harness.say(SARI, "/ubah S-1001")
    await harness.say(SARI, "buat bu nur")
    await harness.say(SARI, "ya")
    shown = await harness.last(SARI)
    assert "Isinya baru saja berubah" in shown
    assert "4 Sabun Sereh" in shown
    await harness.say(SARI, "ya")
    assert "4 Sabun Sereh" in await harness.last(SARI)
    assert "Pembeli: Bu Nur" in await harness.last(SARI)
    assert await _quantities(harness) == [4]


def _decided_meanwhile(monkeypatch: pytest.MonkeyPatch, url: str, harness: Harness) -> None:
    """Between the look and the change of the next unit, let the office approve the sale."""
    begin = sale_versions.begin

    def overtaken(conn: Connection, sale_id: int, *others: Any) -> bool:
        monkeypatch.setattr(sale_versions, "begin", begin)
        assert elsewhere(
            url,
            lambda other: decision.decide(
                other, sale_id, "waiting", "approved", 1, harness.at, 1, plan=NO_PLAN
            ),
        )
        return begin(conn, sale_id, *others)

    monkeypatch.setattr(sale_versions, "begin", overtaken)


def _changed_meanwhile(monkeypatch: pytest.MonkeyPatch, url: str, harness: Harness) -> None:
    """Between the check and the decision of the next unit, let the seller change the sale."""
    decide = decision.decide

    def overtaken(conn: Connection, *others: Any, plan: Plan) -> bool:
        monkeypatch.setattr(decision, "decide", decide)
        assert elsewhere(url, lambda other: _four(other, harness))
        return decide(conn, *others, plan=plan)

    monkeypatch.setattr(decision, "decide", overtaken)


def _four(conn: Connection, harness: Harness) -> bool:
    """Make the only sale one of four pieces."""
    if not sale_versions.begin(conn, 1, 1, "meanwhile", SARI, harness.at):
        return False
    sale = sales.by_id(conn, 1)
    assert sale is not None
    (soap,) = products.catalogue(conn)
    sale_versions.put(
        conn,
        1,
        [SaleLine(soap, 4, 200_000)],
        customer_id=sale.customer_id,
        sold_on=sale.sold_on,
        period=sale.period,
        invoice="",
        photo_id="",
        photo_key="",
        photo_kind="",
    )
    return True


async def _quantities(harness: Harness) -> list[int]:
    rows = await harness.rows("SELECT quantity FROM sale_lines ORDER BY id")
    return [row.quantity for row in rows]
