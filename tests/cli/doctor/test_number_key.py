"""The doctor says when the key of customers' numbers is missing, and that the rest is fine."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.system.number_keys import NumberKeys
from tests.cli.office import Office, fill


def test_a_missing_key_is_named_and_a_present_one_is_fine(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.books.parent.mkdir()
    fill(f"sqlite+aiosqlite:///{office.books}")
    key = office.books.with_name(f"{office.books.name}.key")
    keys = NumberKeys(key)
    keys.make()
    with closing(sqlite3.connect(office.books)) as books, books:
        (customer,) = books.execute("SELECT min(id) FROM customers").fetchone()
        sealed = keys.seal("+6281234567890", customer)
        books.execute(
            "INSERT INTO customer_details (customer_id, phone_sealed, phone_hash, changed_at)"
            " VALUES (?, ?, ?, 1)",
            (customer, sealed, keys.digest("+6281234567890", 1)),
        )
    assert "numbers of members' customers can be read" in office.run("doctor").stdout
    key.unlink()
    said = office.run("doctor").stdout
    assert "jualdulu.db.key, is missing" in said
    assert not key.exists()
