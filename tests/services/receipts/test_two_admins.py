"""Two admins go through one queue at once, and an admin sells: each sale is decided once."""

from sqlalchemy import Connection

from tests.services.harness import Harness
from tests.services.receipts.crowd import (
    BUDI,
    JOKO,
    SARI,
    audited,
    enter_admin,
    statuses,
    wait,
)
from tests.services.sales.company import harness

__all__ = ["harness"]


async def _company(harness: Harness, users: list[int], *, joko: bool = True) -> list[int]:
    def unit(conn: Connection) -> list[int]:
        if joko:
            enter_admin(conn, harness)
        return wait(conn, harness, users, [1] * len(users))

    return await harness.runtime.database.write(unit)


async def test_the_second_of_two_who_approve_all_is_told_and_nothing_counts_twice(
    harness: Harness,
) -> None:
    await _company(harness, [SARI] * 6)
    for admin in (BUDI, JOKO):
        await harness.say(admin, "/setujui semua")
        assert "<b>6</b> penjualan sekaligus" in await harness.last(admin)
    await harness.tap(BUDI, "✅ Ya, semua")
    await harness.tap(JOKO, "✅ Ya, semua")
    assert await statuses(harness) == {"approved": 6}
    assert "Semua penjualan sudah dicek." in await harness.last(JOKO)
    assert len(await harness.read(SARI)) == 1
    await audited(harness)


async def test_what_another_admin_has_decided_is_asked_about_no_more(harness: Harness) -> None:
    await _company(harness, [SARI] * 6)
    await harness.say(JOKO, "/setujui semua")
    await harness.say(BUDI, "/setujui S-1003")
    await harness.tap(BUDI, "Tolak")
    await harness.tap(BUDI, "Tercatat dua kali")
    await harness.tap(JOKO, "✅ Ya, semua")
    assert await statuses(harness) == {"rejected": 1, "waiting": 5}
    assert "<b>5</b> penjualan sekaligus" in await harness.last(JOKO), "it is asked again"
    await harness.tap(JOKO, "✅ Ya, semua")
    assert await statuses(harness) == {"rejected": 1, "approved": 5}
    await audited(harness)


async def test_what_one_has_picked_and_another_decided_is_dropped_and_named(
    harness: Harness,
) -> None:
    await _company(harness, [SARI] * 6)
    await harness.say(JOKO, "/setujui")
    for receipt in ("1001", "1002", "1003"):
        await harness.tap(JOKO, f"⬜ {receipt}")
    await harness.say(BUDI, "/setujui S-1002")
    await harness.tap(BUDI, "✅ Setujui")
    await harness.tap(JOKO, "✅ Setujui 3 yang dipilih")
    assert await statuses(harness) == {"approved": 1, "waiting": 5}
    shown = await harness.last(JOKO)
    assert "S-1002 tidak dipilih lagi" in shown
    await harness.tap(JOKO, "✅ Setujui 2 yang dipilih")
    assert await statuses(harness) == {"approved": 3, "waiting": 3}
    await audited(harness)


async def test_two_who_open_one_card_decide_it_once(harness: Harness) -> None:
    await _company(harness, [SARI])
    for admin in (BUDI, JOKO):
        await harness.say(admin, "/setujui S-1001")
    await harness.tap(JOKO, "✅ Setujui")
    await harness.tap(BUDI, "Tolak")
    assert await statuses(harness) == {"approved": 1}
    assert "S-1001 sudah disetujui" in await harness.last(BUDI)
    await audited(harness)


async def test_the_only_admin_who_sells_decides_no_own_sale_in_any_way(harness: Harness) -> None:
    own, other = await _company(harness, [BUDI, SARI], joko=False)
    for line in (f"/setujui +{own}.1", f"/setujui +{own}.1 +{other}.1"):
        await harness.say(BUDI, line)
        assert "☑️ 1001" not in await harness.last(BUDI)
    await harness.tap(BUDI, "✅ Setujui 1 yang dipilih")
    assert await statuses(harness) == {"approved": 1, "waiting": 1}
    for line in ("/setujui semua", "/setujui S-1001", "/setujui semua budi"):
        await harness.say(BUDI, line)
        shown = [payload["text"] for _, payload in await harness.read(BUDI)][-2:]
        assert any("belum ada admin lain" in each for each in shown), line
    await harness.runtime.database.write(lambda conn: enter_admin(conn, harness))
    await harness.say(BUDI, "/setujui semua")
    assert "belum ada admin lain" not in await harness.last(BUDI)
    await harness.say(JOKO, "/setujui semua")
    await harness.tap(JOKO, "✅ Ya, semua")
    assert await statuses(harness) == {"approved": 2}
    await audited(harness)
