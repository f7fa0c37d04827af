"""What a change of a waiting sale leaves in the database, and what it does not touch."""

import pytest
from sqlalchemy import Connection

from bot.store.db import schema
from tests.services.harness import MORNING, Harness
from tests.services.sales.company import BUDI, SARI, harness, sold, status_of

__all__ = ["harness"]

PRICES = schema.prices


async def test_each_former_state_is_kept_and_the_audit_log_says_who_changed_it(
    harness: Harness,
) -> None:
    await sold(harness)
    [before] = await harness.rows("SELECT reference, logged_at FROM sales")
    for line in ("3 aja", "buat bu nur"):
        await harness.say(SARI, "/ubah S-1001")
        await harness.say(SARI, line)
        await harness.say(SARI, "ya")
    [after] = await harness.rows("SELECT reference, logged_at, version, total FROM sales")
    assert (after.reference, after.logged_at) == (before.reference, before.logged_at)
    assert (after.version, after.total) == (3, 150_000)
    kept = await harness.rows(
        "SELECT version, total, replaced_by FROM sale_versions ORDER BY version"
    )
    assert [tuple(row) for row in kept] == [(1, 50_000, SARI), (2, 150_000, SARI)]
    logged = await harness.rows(
        "SELECT actor, object FROM audit WHERE action = 'sale changed' ORDER BY id"
    )
    assert [tuple(row) for row in logged] == [(SARI, "sale 1"), (SARI, "sale 1")]
    assert await status_of(harness) == "waiting"


async def test_a_note_on_the_payment_is_no_change_of_the_sale(harness: Harness) -> None:
    await sold(harness)
    await harness.say(SARI, "/ubah S-1001")
    await harness.say(SARI, "belum bayar")
    await harness.say(SARI, "ya")
    assert "belum dibayar" in await harness.last(SARI)
    [row] = await harness.rows("SELECT version FROM sales")
    assert row.version == 1
    [note] = await harness.rows("SELECT in_full FROM payment_notes")
    assert note.in_full == "no"
    assert await harness.rows("SELECT * FROM audit WHERE action = 'sale changed'") == []


async def test_a_sale_left_as_it_is_changes_nothing(harness: Harness) -> None:
    await sold(harness)
    await harness.say(SARI, "/ubah S-1001")
    await harness.say(SARI, "3 aja")
    await harness.say(SARI, "1")
    await harness.say(SARI, "ya")
    assert "Tidak ada yang diubah" in await harness.last(SARI)
    assert await harness.rows("SELECT * FROM sale_versions") == []


async def test_the_office_reads_neither_the_customers_name_nor_the_note(
    harness: Harness,
) -> None:
    await sold(harness)
    await harness.say(SARI, "/ubah S-1001")
    await harness.say(SARI, "buat bu nurhayati")
    await harness.say(SARI, "dp 12.345")
    await harness.say(SARI, "ya")
    await harness.say(BUDI, "/setujui S-1001")
    shown = await harness.last(BUDI)
    assert "pembelinya lain" in shown
    for private in ("Nurhayati", "Ani", "12.345", "uang muka"):
        assert private not in shown


async def test_the_photo_of_a_sale_may_be_sent_for_it_again_but_for_no_other(
    harness: Harness,
) -> None:
    await harness.say(SARI, "J 1 SABUN Bu Ani")
    await harness.photo(SARI, "receipt")
    await harness.say(SARI, "ya")
    await harness.say(SARI, "J 2 SABUN Bu Nur")
    await harness.say(SARI, "ya")
    await harness.say(SARI, "/ubah S-1002")
    await harness.photo(SARI, "receipt")
    assert "Foto ini sudah dipakai untuk struk S-1001" in await harness.last(SARI)
    await harness.say(SARI, "/batal")
    await harness.say(SARI, "/ubah S-1001")
    await harness.photo(SARI, "receipt")
    assert "Nota: terlampir" in await harness.last(SARI)
    await harness.say(SARI, "ya")
    assert "Tidak ada yang diubah" in await harness.last(SARI)


@pytest.mark.parametrize("line", ["kemarin", "kemarin 2 sabun"])
async def test_another_day_has_its_own_prices(harness: Harness, line: str) -> None:
    await harness.runtime.database.write(_dearer_today)
    await harness.say(SARI, "J 2 SABUN Bu Ani")
    await harness.say(SARI, "ya")
    [row] = await harness.rows("SELECT total, goods, points FROM sales")
    assert tuple(row) == (120_000, 96_000, 12)
    await harness.say(SARI, "/ubah S-1001")
    await harness.say(SARI, line)
    await harness.say(SARI, "ya")
    [row] = await harness.rows("SELECT total, goods, points, sold_on FROM sales")
    assert tuple(row) == (100_000, 80_000, 10, "2026-11-21")
    await harness.say(SARI, "/ubah S-1001")
    await harness.say(SARI, "hari ini")
    await harness.say(SARI, "tambah 1 sabun")
    await harness.say(SARI, "ya")
    [row] = await harness.rows("SELECT total, goods, points, sold_on FROM sales")
    assert tuple(row) == (180_000, 144_000, 18, "2026-11-22")


async def test_a_price_outside_the_limits_of_the_new_day_is_asked_for(harness: Harness) -> None:
    await harness.runtime.database.write(_dearer_today)
    await harness.say(SARI, "J 1 SABUN @110rb Bu Ani")
    await harness.say(SARI, "ya")
    await harness.say(SARI, "/ubah S-1001")
    await harness.say(SARI, "kemarin")
    assert "Rp110.000 per buah di luar batas" in await harness.last(SARI)
    await harness.say(SARI, "55rb")
    await harness.say(SARI, "ya")
    [row] = await harness.rows("SELECT total, goods, sold_on FROM sales")
    assert tuple(row) == (55_000, 40_000, "2026-11-21")


async def test_a_sale_of_what_is_no_longer_sold_can_still_be_changed(harness: Harness) -> None:
    await sold(harness)
    await harness.runtime.database.write(_not_sold_any_more)
    await harness.say(SARI, "/ubah S-1001")
    await harness.say(SARI, "kemarin")
    await harness.say(SARI, "sabun 3")
    await harness.say(SARI, "ya")
    [row] = await harness.rows("SELECT total, goods, sold_on FROM sales")
    assert tuple(row) == (150_000, 120_000, "2026-11-21")


async def test_what_was_recorded_stays_though_the_prices_of_its_day_were_set_anew(
    harness: Harness,
) -> None:
    await sold(harness)
    await harness.runtime.database.write(_dearer_today)
    await harness.say(SARI, "/ubah S-1001")
    await harness.say(SARI, "buat bu nur")
    await harness.say(SARI, "ya")
    [row] = await harness.rows("SELECT total, goods, points, version FROM sales")
    assert tuple(row) == (50_000, 40_000, 5, 2)


def _dearer_today(conn: Connection) -> None:
    """From today on the soap costs more; before, it cost what `products` says."""
    rows = [("2026-01-01", 40_000, 50_000, 5), ("2026-11-22", 48_000, 60_000, 6)]
    for day, member_price, retail_price, points in rows:
        facts = {"product_id": 1, "from_day": day, "member_price": member_price}
        more = {"retail_price": retail_price, "points": points, "bonus_value": 40_000}
        conn.execute(PRICES.insert(), {**facts, **more, "decided_at": MORNING})


def _not_sold_any_more(conn: Connection) -> None:
    conn.execute(schema.products.update(), {"active": 0})
