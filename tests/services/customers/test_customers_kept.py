"""What a seller notes of a customer stays hers: sealed, found by her alone, gone when asked."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.services.privacy.pruning import prune
from bot.store.backup import erasure_file
from bot.store.backup.erasure_file import ErasureBook
from bot.store.customers import customer_details, customers
from bot.store.customers.customer_details import CustomerDetails
from bot.system.number_keys import NumberKeys
from tests.services.harness import MORNING, Harness, open_harness
from tests.store.both import ACCOUNT, DAY, join, sell, stock

SARI = ACCOUNT + 1


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    """Sari has sold soap to Bu Ani; both files are beside the database."""
    harness, database = await open_harness(f"sqlite:///{tmp_path / 'kept.db'}")
    harness.runtime = replace(
        harness.runtime,
        erasures=ErasureBook(tmp_path / "kept.db.erasures"),
        number_keys=NumberKeys(tmp_path / "kept.db.key"),
    )

    def unit(conn: Connection) -> None:
        (sari,) = join(conn, [None])
        soap, _ = stock(conn)
        ani = customers.add(conn, sari, "Bu Ani", "bu ani", MORNING)
        customers.add(conn, sari, "Bu Anni", "bu anni", MORNING)
        sell(conn, sari, soap, customer_id=ani)

    await database.write(unit)
    yield harness
    await database.close()


async def _note(harness: Harness, customer: int, line: str) -> None:
    await harness.say(SARI, f"/ubahpelanggan {customer}")
    await harness.say(SARI, line)


async def _details(harness: Harness, customer: int) -> CustomerDetails:
    return await harness.runtime.database.read(
        lambda conn: customer_details.of_customer(conn, 1, customer)
    )


async def test_the_key_is_made_with_the_first_number_and_no_number_is_in_table_or_log(
    harness: Harness, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    key = tmp_path / "kept.db.key"
    await _note(harness, 1, "ultah 3 mei")
    assert not key.exists()
    await _note(harness, 1, "0812 9988 7766")
    assert key.exists()
    await harness.say(SARI, "/pelanggan bu ani")
    assert "+62 812-9988-7766" in await harness.last(SARI)
    await harness.say(SARI, "/dataku")
    copied = await harness.rows("SELECT body FROM attachments WHERE name LIKE '%.json'")
    assert '"phone": "+6281299887766"' in copied[0].body.decode()
    rows = await harness.rows("SELECT * FROM customer_details")
    assert "99887766" not in f"{rows}"
    said = [each.getMessage() for each in caplog.records if each.name.startswith("bot")]
    assert "99887766" not in "".join(said).replace(" ", "").replace("-", "")


async def test_without_the_key_everything_else_goes_on(harness: Harness, tmp_path: Path) -> None:
    await _note(harness, 1, "0812 3456 7890")
    (tmp_path / "kept.db.key").unlink()
    harness.runtime = replace(harness.runtime, number_keys=NumberKeys(tmp_path / "kept.db.key"))
    await harness.say(SARI, "/pelanggan #1")
    assert "belum bisa dibaca" in await harness.last(SARI)
    await _note(harness, 2, "0857 1111 2222")
    assert "Nomor HP belum bisa disimpan" in await harness.last(SARI)
    assert not (tmp_path / "kept.db.key").exists(), "a new key would hide that the old one is lost"
    await harness.say(SARI, "catatan: suka yang wangi")
    assert (await _details(harness, 2)).notes == "suka yang wangi"
    await harness.say(SARI, "/pelanggan unduh")
    await harness.say(SARI, "/dataku")
    copied = await harness.rows("SELECT body FROM attachments WHERE name LIKE '%.json'")
    assert '"phone": null' in copied[0].body.decode()
    await _note(harness, 1, "ultah 3 mei")
    assert (await _details(harness, 1)).birthday == "05-03"


async def test_two_who_are_one_keep_all_that_was_noted(harness: Harness) -> None:
    await _note(harness, 1, "catatan: suka yang wangi")
    await _note(harness, 2, "0857 1111 2222")
    await _note(harness, 2, "catatan: bayar tunai")
    await _note(harness, 2, "mau madu, hubungi tgl 3")
    await harness.say(SARI, "/gabung Bu Anni ke Bu Ani")
    await harness.say(SARI, "ya")
    noted = await _details(harness, 1)
    assert noted.notes == "suka yang wangi; bayar tunai"
    assert (noted.wish, noted.wish_on[-2:]) == ("mau madu", "03")
    await harness.say(SARI, "/pelanggan 085711112222")
    assert "Bu Ani" in await harness.last(SARI)
    assert "+62 857-1111-2222" in await harness.last(SARI)
    assert await _details(harness, 2) == CustomerDetails()


async def test_forgetting_is_listed_beside_the_database_before_it_is_done(
    harness: Harness, tmp_path: Path
) -> None:
    await _note(harness, 1, "0812 3456 7890")
    await harness.say(SARI, "/lupakan 1")
    await harness.say(SARI, "ya")
    assert "Sudah dilupakan" in await harness.last(SARI)
    listed = erasure_file.read(tmp_path / "kept.db.erasures")
    assert listed is not None
    assert len(listed.customers) == 1
    assert "ani" not in (tmp_path / "kept.db.erasures").read_text()
    rows = await harness.rows("SELECT name, name_key, phone FROM customers WHERE id = 1")
    assert [tuple(row) for row in rows] == [("#1", "erased:1", "")]
    noted = await harness.rows("SELECT action, object FROM audit WHERE action LIKE 'customer%'")
    assert [tuple(row) for row in noted] == [("customer forgotten", "customers [1]")]
    await harness.say(SARI, "/pelanggan #1")
    assert "belum ketemu" in await harness.last(SARI)


async def test_a_button_pressed_twice_forgets_once(harness: Harness) -> None:
    await harness.say(SARI, "/lupakan 2")
    await harness.tap(SARI, "Ya, lupakan")
    await harness.say(SARI, "/lupakan 2")
    assert "belum ketemu" in await harness.last(SARI)


async def test_details_of_customers_go_after_the_days_that_are_set(harness: Harness) -> None:
    await _note(harness, 2, "catatan: suka yang wangi")
    days = harness.runtime.company.retention.customers_days
    await prune(harness.runtime, MORNING + (days - 1) * DAY)
    assert (await _details(harness, 2)).notes
    await prune(harness.runtime, MORNING + (days + 1) * DAY)
    assert await _details(harness, 2) == CustomerDetails()
    names = await harness.rows("SELECT name FROM customers ORDER BY id")
    assert [row.name for row in names] == ["Bu Ani", "#2"]
    noted = await harness.rows("SELECT object FROM audit WHERE action LIKE 'customers%'")
    assert [row.object for row in noted] == ["2"]


async def test_a_suspended_seller_reads_and_forgets_but_notes_nothing(harness: Harness) -> None:
    await _note(harness, 1, "catatan: suka yang wangi")
    await harness.runtime.database.write(
        lambda conn: conn.execute(text("UPDATE members SET active = 0"))
    )
    await harness.say(SARI, "/pelanggan #1")
    assert "suka yang wangi" in await harness.last(SARI)
    await harness.say(SARI, "/ubahpelanggan 1")
    assert "catat tentang" not in await harness.last(SARI)
    await harness.share(SARI, "6281234567890", own=False)
    assert "Simpan" not in await harness.last(SARI)
    await harness.say(SARI, "/lupakan 1")
    assert "Lupakan <b>Bu Ani</b>?" in await harness.last(SARI)
