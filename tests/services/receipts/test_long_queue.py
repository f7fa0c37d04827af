"""500 sales wait: every page is reached both ways, several are picked, and all can be approved."""

import re

from sqlalchemy import Connection, text

from tests.services.harness import Harness
from tests.services.receipts.crowd import BUDI, SARI, audited, statuses, wait
from tests.services.sales.company import harness

__all__ = ["harness"]

COUNT = 500
FEW, MANY = 1, 40
RECEIPT = re.compile(r"S-([0-9]+) · 22 Nov")


async def _crowd(harness: Harness, users: list[int], pieces: list[int]) -> list[int]:
    def unit(conn: Connection) -> list[int]:
        return wait(conn, harness, users, pieces)

    return await harness.runtime.database.write(unit)


def _shown(screen: str) -> list[str]:
    return RECEIPT.findall(screen)


async def _turn(harness: Harness, label: str) -> list[str]:
    """Press a button whose answer is sent before the next press; returns the receipts shown."""
    await harness.runtime.database.write(
        lambda conn: conn.execute(text("UPDATE outbox SET state = 'sent'"))
    )
    await harness.tap(BUDI, label)
    return _shown(await harness.last(BUDI))


async def test_every_page_is_reached_in_both_directions(harness: Harness) -> None:
    sold = await _crowd(harness, [SARI] * COUNT, [FEW] * COUNT)
    await harness.say(BUDI, "/setujui")
    pages = [_shown(await harness.last(BUDI))]
    assert "<b>500</b> penjualan menunggu dicek." in await harness.last(BUDI)
    while "Berikutnya »" in await harness.last(BUDI):
        pages.append(await _turn(harness, "Berikutnya »"))
    assert [int(each) - 1_000 for page in pages for each in page] == sold
    assert {len(page) for page in pages} == {5}
    back = [pages[-1]]
    while "« Sebelumnya" in await harness.last(BUDI):
        back.append(await _turn(harness, "« Sebelumnya"))
    assert back == pages[::-1]


async def test_what_is_picked_on_several_pages_is_approved_and_nothing_else(
    harness: Harness,
) -> None:
    await _crowd(harness, [SARI] * COUNT, [FEW] * COUNT)
    await harness.say(BUDI, "/setujui >250")
    picked = []
    for _ in range(3):
        receipt = _shown(await harness.last(BUDI))[2]
        await harness.tap(BUDI, f"⬜ {receipt}")
        picked.append(int(receipt) - 1_000)
        await harness.tap(BUDI, "Berikutnya »")
    await harness.tap(BUDI, "« Sebelumnya")
    await harness.tap(BUDI, f"☑️ {picked[2] + 1_000}")
    await harness.tap(BUDI, "✅ Setujui 2 yang dipilih")
    approved = await harness.rows("SELECT id FROM sales WHERE status = 'approved' ORDER BY id")
    assert [row.id for row in approved] == picked[:2] == [253, 258]
    assert "Masih 498 penjualan menunggu." in await harness.last(BUDI)
    await audited(harness)


async def test_at_most_fifty_are_picked(harness: Harness) -> None:
    sold = await _crowd(harness, [SARI] * COUNT, [FEW] * COUNT)
    line = " ".join(f"+{sale}.1" for sale in sold[:50])
    await harness.say(BUDI, f"/setujui >50 {line}")
    assert "Dipilih 50, " in await harness.last(BUDI)
    await harness.tap(BUDI, "⬜ 1051")
    assert "Dipilih 50, " in await harness.last(BUDI)
    await harness.tap(BUDI, "✅ Setujui 50 yang dipilih")
    assert await statuses(harness) == {"approved": 50, "waiting": 450}


async def test_all_are_approved_a_part_at_a_time_and_each_seller_is_told_once_a_part(
    harness: Harness,
) -> None:
    await _crowd(harness, [SARI] * COUNT, [FEW] * COUNT)
    for count, more in ((200, True), (200, True), (100, False)):
        await harness.say(BUDI, "/setujui semua")
        asked = await harness.last(BUDI)
        assert f"<b>{count}</b> penjualan sekaligus" in asked
        assert ("Ini yang paling lama menunggu, sisanya sesudah ini." in asked) == more
        await harness.tap(BUDI, "✅ Ya, semua")
        assert f"{count} penjualan disetujui." in await harness.last(BUDI)
    assert await statuses(harness) == {"approved": 500}
    told = [payload["text"] for _, payload in await harness.read(SARI)]
    assert [int(each.split()[1]) for each in told] == [200, 200, 100]
    await audited(harness)


async def test_what_is_left_out_does_not_hide_what_waits_behind_it(harness: Harness) -> None:
    """More sales than are approved at once are the admin's own, or unusual; a few are not."""
    await _crowd(
        harness,
        [BUDI] * 220 + [SARI] * 280,
        [FEW] * 220 + [MANY] * 270 + [FEW] * 10,
    )
    await harness.say(BUDI, "/setujui semua")
    asked = await harness.last(BUDI)
    assert "<b>10</b> penjualan sekaligus" in asked
    assert "dan 265 lainnya." in asked
    await harness.tap(BUDI, "✅ Ya, semua")
    assert await statuses(harness) == {"approved": 10, "waiting": 490}
    await harness.say(BUDI, "/setujui semua")
    assert "270 penjualan perlu dicek satu per satu" in await harness.last(BUDI)
    await audited(harness)
